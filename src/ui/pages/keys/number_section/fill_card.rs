//! Ways to choose a key: coin flips, movements, words, or typed; each says how much chance is in it.

use std::rc::Rc;

use yew::prelude::*;

use super::filling::{BITS, Flips, Stirred};
use crate::ledger::Params;
use crate::ui::pages::keys::practice::random_key;
use crate::ui::parts::{Button, ButtonKind, Field, IconName, Panel, ProgressBar, Segmented};
use crate::ui::{Text, use_text};
use crate::wallet::typed_key::{Notation, guess_notation, parse_private_key};
use crate::wallet::{DerivationPath, ExtendedPrivateKey, Mnemonic};
use crate::web::page;

/// Props of [`FillCard`].
#[derive(Properties, PartialEq)]
pub struct FillCardProps {
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The bits chosen.
    pub on_key: Callback<[u8; 32]>,
}

/// The card.
#[component]
pub fn FillCard(props: &FillCardProps) -> Html {
    let text = use_text();
    let way = use_state_eq(|| AttrValue::Static("flips"));
    let options = ["flips", "movement", "words", "typed"]
        .map(|way| (AttrValue::Static(way), AttrValue::Static(text.t(way_key(way)))))
        .to_vec();
    let onchange = {
        let way = way.setter();
        Callback::from(move |chosen: AttrValue| way.set(chosen))
    };
    let on_key = props.on_key.clone();
    html! {
        <Panel name="number-fill" title={text.t("keys.number.fill")} subtitle={text.t("keys.number.fill_sub")}>
            <div class="stack stack--3">
                <Segmented label={text.t("keys.number.fill")} {options} value={(*way).clone()} {onchange} action="fill" />
                { match way.as_str() {
                    "movement" => html! { <Movement {on_key} /> },
                    "words" => html! { <Words {on_key} /> },
                    "typed" => html! { <Typed params={props.params.clone()} {on_key} /> },
                    _ => html! { <CoinFlips {on_key} /> },
                } }
            </div>
        </Panel>
    }
}

fn way_key(way: &str) -> &'static str {
    match way {
        "movement" => "keys.number.way.movement",
        "words" => "keys.number.way.words",
        "typed" => "keys.number.way.typed",
        _ => "keys.number.way.flips",
    }
}

#[derive(Properties, PartialEq)]
struct WayProps {
    on_key: Callback<[u8; 32]>,
}

/// How much chance there is, as a bar and in words.
fn chance(text: Text, bits: usize) -> Html {
    let label = text.with("keys.number.chance", &[("bits", &bits.to_string())]);
    html! {
        <div class="stack stack--1" data-entropy={bits.to_string()}>
            <ProgressBar value={bits.min(BITS) as u32} max={BITS as u32} label={label.clone()} />
            <p class="xs muted" aria-live="polite">{ label }</p>
        </div>
    }
}

#[component]
fn CoinFlips(props: &WayProps) -> Html {
    let text = use_text();
    let flips = use_state_eq(Flips::default);
    let set = {
        let (flips, on_key) = (flips.setter(), props.on_key.clone());
        Callback::from(move |next: Flips| {
            on_key.emit(next.bytes());
            flips.set(next);
        })
    };
    let flip = |heads: bool| {
        let (flips, set) = (flips.clone(), set.clone());
        Callback::from(move |_: MouseEvent| set.emit(flips.with(heads)))
    };
    let onkeydown = {
        let (flips, set) = (flips.clone(), set.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "h" | "H" | "1" => set.emit(flips.with(true)),
            "t" | "T" | "0" => set.emit(flips.with(false)),
            "Backspace" => set.emit(flips.without_last()),
            _ => {}
        })
    };
    let rest = {
        let (flips, set) = (flips.clone(), set.clone());
        Callback::from(move |_: MouseEvent| set.emit(flips.completed(&random_key())))
    };
    let undo = {
        let (flips, set) = (flips.clone(), set.clone());
        Callback::from(move |_: MouseEvent| set.emit(flips.without_last()))
    };
    let again = set.reform(|_: MouseEvent| Flips::default());
    let full = flips.count() >= BITS;
    html! {
        <div class="stack stack--3" {onkeydown}>
            <p class="sm">{ text.t("keys.number.flips_how") }</p>
            <div class="row row--wrap">
                <Button kind={ButtonKind::Accent} action="heads" disabled={full} onclick={flip(true)}>{ text.t("keys.number.heads") }</Button>
                <Button kind={ButtonKind::Accent} action="tails" disabled={full} onclick={flip(false)}>{ text.t("keys.number.tails") }</Button>
                <Button icon={IconName::Return} action="undo-flip" disabled={flips.count() == 0} onclick={undo}>{ text.t("keys.number.undo") }</Button>
                <Button icon={IconName::Dice} action="flip-rest" disabled={full} onclick={rest}>{ text.t("keys.number.rest") }</Button>
                <Button kind={ButtonKind::Quiet} action="flips-again" disabled={flips.count() == 0} onclick={again}>{ text.t("keys.number.again") }</Button>
            </div>
            { chance(text, flips.count()) }
        </div>
    }
}

#[component]
fn Movement(props: &WayProps) -> Html {
    let text = use_text();
    let stirred = use_state(Stirred::default);
    let stir = {
        let (stirred, on_key) = (stirred.clone(), props.on_key.clone());
        Callback::from(move |(x, y): (i32, i32)| {
            let next = stirred.with(x, y, page::now_ms());
            on_key.emit(next.bytes());
            stirred.set(next);
        })
    };
    let onpointermove = stir.reform(|event: PointerEvent| (event.offset_x(), event.offset_y()));
    let onkeydown = {
        let count = use_mut_ref(|| 0i32);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() != "Tab" && !event.repeat() {
                let code = event.key().chars().next().map_or(0, |character| character as i32);
                let pressed = *count.borrow() + 1;
                count.replace(pressed);
                stir.emit((code, pressed));
            }
        })
    };
    html! {
        <div class="stack stack--3">
            <p class="sm">{ text.t("keys.number.movement_how") }</p>
            <div class="pad" role="application" tabindex="0" data-pad="true" aria-label={text.t("keys.number.pad")} {onpointermove} {onkeydown}>
                <span class="muted">{ text.t("keys.number.pad") }</span>
            </div>
            { chance(text, stirred.bits() as usize) }
            <p class="xs muted">{ text.t("keys.number.movement_why") }</p>
        </div>
    }
}

/// The path of the first receiving key (BIP-0044, coin type 1: test networks).
fn first_path() -> Option<DerivationPath> {
    DerivationPath::bip44(1, 0, 0, 0)
}

#[component]
fn Words(props: &WayProps) -> Html {
    let text = use_text();
    let words = use_state_eq(String::new);
    let parsed = (!words.trim().is_empty()).then(|| Mnemonic::parse(&words));
    let key = use_memo(parsed.as_ref().and_then(|parsed| parsed.as_ref().ok()).map(Mnemonic::to_phrase), |phrase| {
        let seed = Mnemonic::parse(phrase.as_ref()?).ok()?.to_seed("");
        let master = ExtendedPrivateKey::from_seed(&seed).ok()?;
        Some(master.derive(&first_path()?).ok()?.private_key().to_bytes())
    });
    {
        let on_key = props.on_key.clone();
        use_effect_with(*key, move |key| {
            if let Some(bytes) = key {
                on_key.emit(*bytes);
            }
        });
    }
    let error = parsed.as_ref().and_then(|parsed| parsed.as_ref().err()).map(|error| {
        let facts: Vec<(String, String)> =
            error.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        AttrValue::from(text.rule(error.rule(), &facts).unwrap_or_else(|| error.to_string()))
    });
    let bits = parsed.and_then(Result::ok).map_or(0, |mnemonic| mnemonic.to_entropy().len() * 8);
    let generate = {
        let words = words.setter();
        Callback::from(move |_: MouseEvent| {
            let random = random_key();
            let entropy: Option<[u8; 16]> = random.get(..16).and_then(|half| half.try_into().ok());
            if let Some(entropy) = entropy {
                words.set(Mnemonic::from_entropy_16(&entropy).to_phrase());
            }
        })
    };
    let oninput = {
        let words = words.setter();
        Callback::from(move |value: String| words.set(value))
    };
    html! {
        <div class="stack stack--3">
            <p class="sm">{ text.with("keys.number.words_how", &[("path", "m/44'/1'/0'/0/0")]) }</p>
            <Field id="key_words" rows={3} label={text.t("keys.number.words")} value={(*words).clone()} {oninput} error={error} />
            <Button icon={IconName::Dice} action="random-words" onclick={generate}>{ text.t("keys.number.random_words") }</Button>
            { chance(text, bits) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TypedProps {
    params: Rc<Params>,
    on_key: Callback<[u8; 32]>,
}

#[component]
fn Typed(props: &TypedProps) -> Html {
    let text = use_text();
    let typed = use_state_eq(String::new);
    let notation = guess_notation(&typed);
    let found = (!typed.trim().is_empty()).then(|| parse_private_key(&typed, notation, &props.params));
    let error = found.as_ref().and_then(|found| found.as_ref().err()).map(|error| {
        let facts: Vec<(String, String)> =
            error.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        AttrValue::from(text.rule(error.rule(), &facts).unwrap_or_else(|| error.to_string()))
    });
    let read_as = match notation {
        Notation::Decimal => text.t("keys.number.as_decimal"),
        Notation::Hexadecimal => text.t("keys.number.as_hex"),
        Notation::Wif => text.t("keys.number.as_wif"),
    };
    let oninput = {
        let (typed, on_key, params) = (typed.setter(), props.on_key.clone(), props.params.clone());
        Callback::from(move |value: String| {
            if let Ok(key) = parse_private_key(&value, guess_notation(&value), &params) {
                on_key.emit(key.to_bytes());
            }
            typed.set(value);
        })
    };
    html! {
        <div class="stack stack--3">
            <p class="sm">{ text.t("keys.number.typed_how") }</p>
            <Field id="key_typed" mono={true} rows={2} label={text.t("keys.number.typed")} value={(*typed).clone()} {oninput} {error}
                hint={found.is_some().then_some(AttrValue::Static(read_as))} />
            <p class="xs muted" data-entropy="0">{ text.t("keys.number.typed_why") }</p>
        </div>
    }
}
