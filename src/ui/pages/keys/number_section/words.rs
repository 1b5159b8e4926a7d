//! A key from twelve words or more.

use std::rc::Rc;

use yew::prelude::*;

use super::rule_text;
use super::source::{Filled, Source};
use crate::keys::{Address, DerivationPath, ExtendedPrivateKey, Mnemonic, PrivateKey};
use crate::ledger::Params;
use crate::ui::parts::{Button, ButtonKind, CopyButton, Field, IconName};
use crate::ui::use_text;
use crate::web::page::has_entropy;

/// Props of [`WordsCard`].
#[derive(Properties, PartialEq)]
pub struct WordsCardProps {
    /// The network: its coin type is part of the path.
    pub params: Rc<Params>,
    /// The key is hidden, and so are its words.
    pub hidden: bool,
    /// The bits are now these.
    pub on_fill: Callback<Filled>,
}

/// The first key of words.
#[derive(Clone, PartialEq, Eq)]
pub struct WordKey {
    /// The way to it.
    pub path: String,
    /// The key.
    pub key: PrivateKey,
    /// How many words.
    pub count: usize,
    /// Bits the words hold, without their checksum.
    pub bits: u32,
}

/// A rule that was broken, and its facts.
type Broken = (&'static str, Vec<(&'static str, String)>);

/// The key m/44'/coin'/0'/0/0 of a phrase (BIP-0044), without a passphrase.
pub fn word_key(phrase: &str, params: &Params) -> Result<WordKey, Broken> {
    let words = Mnemonic::parse(phrase).map_err(|error| (error.rule(), error.facts()))?;
    let path = DerivationPath::bip44(params.coin_type, 0, 0, 0).unwrap_or_default();
    let key = ExtendedPrivateKey::from_seed(&words.to_seed(""))
        .and_then(|master| master.derive(&path))
        .map_err(|error| (error.rule(), error.facts()))?;
    Ok(WordKey {
        path: path.to_string(),
        key: key.private_key().clone(),
        count: words.words().len(),
        bits: words.to_entropy().len() as u32 * 8,
    })
}

/// New words of so many bytes of entropy; none where there is no random source.
fn new_words(size: usize) -> Option<String> {
    let mut entropy = vec![0; size];
    getrandom::fill(&mut entropy).ok()?;
    Mnemonic::from_entropy(&entropy).ok().map(|words| words.to_phrase())
}

/// The card.
#[component]
pub fn WordsCard(props: &WordsCardProps) -> Html {
    let text = use_text();
    let phrase = use_state_eq(String::new);
    let found = use_state(|| None::<Result<WordKey, Broken>>);
    let take = {
        let (phrase, found, on_fill, params) =
            (phrase.clone(), found.clone(), props.on_fill.clone(), props.params.clone());
        move |next: String, generated: bool| {
            let result = (!next.trim().is_empty()).then(|| word_key(&next, &params));
            if let Some(Ok(word_key)) = &result {
                let source = Source::Words { bits: word_key.bits, generated };
                on_fill.emit(Filled { source, bits: (&word_key.key).into() });
            }
            phrase.set(next);
            found.set(result);
        }
    };
    let oninput = {
        let take = take.clone();
        Callback::from(move |next: String| take(next, false))
    };
    let new = |size: usize| {
        let take = take.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(next) = new_words(size) {
                take(next, true);
            }
        })
    };
    let error = match &*found {
        Some(Err((rule, facts))) => rule_text(text, rule, facts.clone()).map(AttrValue::from),
        _ => None,
    };
    html! {
        <div class="stack stack--3">
            <p class="sm muted">{ text.t(key!("keys.number.words.why")) }</p>
            if props.hidden {
                <p class="sm">{ text.t(key!("keys.number.words.hidden")) }</p>
            } else {
                <Field id="key_words" label={text.t(key!("keys.number.words.label"))} rows={3} value={(*phrase).clone()} {error}
                    hint={text.t(key!("keys.number.words.hint"))} {oninput} />
            }
            <div class="row row--wrap">
                <Button icon={IconName::Dice} action="words-12" disabled={!has_entropy()} onclick={new(16)}>{ text.t(key!("keys.number.words.new12")) }</Button>
                <Button kind={ButtonKind::Quiet} icon={IconName::Dice} action="words-24" disabled={!has_entropy()} onclick={new(32)}>
                    { text.t(key!("keys.number.words.new24")) }</Button>
            </div>
            if let Some(Ok(word_key)) = &*found {
                { derived(text, word_key, &props.params) }
            }
        </div>
    }
}

/// Which key was taken, and how the words were counted.
fn derived(text: crate::ui::Text, word_key: &WordKey, params: &Params) -> Html {
    let address = Address::from_public_key(&word_key.key.public_key(), params).to_string();
    let checksum = word_key.bits / 32;
    let count = text.with(
        key!("keys.number.words.count"),
        &[
            ("words", &word_key.count.to_string()),
            ("all", &(word_key.count * 11).to_string()),
            ("bits", &word_key.bits.to_string()),
            ("checksum", &checksum.to_string()),
        ],
    );
    html! {
        <div class="stack" aria-live="polite" data-word-key={word_key.path.clone()}>
            <p class="sm">{ count }</p>
            <p class="sm">{ text.t(key!("keys.number.words.taken")) }{ " " }<code class="mono" data-path={word_key.path.clone()}>{ word_key.path.clone() }</code></p>
            <p class="sm">{ text.t(key!("keys.number.words.address")) }{ " " }<code class="mono anywhere" data-word-address={address.clone()}>{ address.clone() }</code>
                <CopyButton text={address} /></p>
            <p class="xs muted">{ text.t(key!("keys.number.words.others")) }</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    #[test]
    fn the_first_key_of_the_published_words() {
        let params = Params::regtest();
        let found = word_key(ABOUT, &params).expect("valid words");
        assert_eq!((found.path.as_str(), found.count, found.bits), ("m/44'/1'/0'/0/0", 12, 128));
        assert_eq!(found.key.to_wif(&params), "cV6NTLu255SZ5iCNkVHezNGDH5qv6CanJpgBPqYgJU13NNKJhRs1");
        let address = Address::from_public_key(&found.key.public_key(), &params).to_string();
        assert_eq!(address, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV");
    }

    #[test]
    fn new_words_are_valid_and_bad_ones_are_named() {
        let params = Params::regtest();
        for (size, count) in [(16, 12), (32, 24)] {
            let words = new_words(size).expect("a random source");
            assert_eq!(
                word_key(&words, &params).map(|found| (found.count, found.bits)).ok(),
                Some((count, size as u32 * 8))
            );
        }
        let rule = |text: &str| word_key(text, &params).map(|_| ()).map_err(|(rule, _)| rule);
        assert_eq!(rule("abandon"), Err("words-count"));
        assert_eq!(rule(&"x".repeat(1_000)), Err("words-unknown"));
        assert_eq!(rule(&"x".repeat(1_001)), Err("words-too-long"));
    }
}
