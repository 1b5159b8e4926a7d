//! The private key: 256 bits to flip.

use std::rc::Rc;

use yew::prelude::*;

use super::key_bits::KeyBits;
use super::practice::{KeyOrigin, PageKey, random_key};
use crate::api::{KeyReveal, WalletView};
use crate::ledger::{Params, to_hex};
use crate::ui::figures::bit_grid::{BitGrid, set_count};
use crate::ui::pages::wallet::reveal::RevealKeyDialog;
use crate::ui::parts::{Button, ButtonKind, CopyButton, Icon, IconName, Mark, MarkKind, Note, Panel, Tag};
use crate::ui::{Shared, format, use_text};

/// Props of [`PrivateKeyCard`].
#[derive(Properties, PartialEq)]
pub struct PrivateKeyCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The wallet, to take a key from.
    pub wallet: Option<Shared<WalletView>>,
    /// Whether one more key fits the page.
    pub can_add: bool,
    /// The bits changed.
    pub on_change: Callback<KeyBits>,
    /// A wallet key was revealed.
    pub on_wallet_key: Callback<KeyReveal>,
}

/// The card.
#[component]
pub fn PrivateKeyCard(props: &PrivateKeyCardProps) -> Html {
    let text = use_text();
    let hidden = use_state_eq(|| false);
    let asked = use_state_eq(|| None::<String>);
    let picked = use_state_eq(String::new);
    let before = use_state_eq(|| None::<[u8; 32]>);
    let key = &props.key_on_screen;
    let found = key.private_key();
    let set = set_count(&key.bits.bytes);
    let label = text.with(key!("keys.private.label"), &[("count", &set.to_string())]);

    let on_change = {
        let (before, on_change, old) = (before.clone(), props.on_change.clone(), key.bits);
        Callback::from(move |bytes: [u8; 32]| {
            before.set(Some(old.bytes));
            on_change.emit(old.with_bytes(bytes));
        })
    };
    let on_random = {
        let (before, on_change) = (before.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            before.set(None);
            on_change.emit(random_key().into());
        })
    };
    let toggle = {
        let hidden = hidden.clone();
        Callback::from(move |_: MouseEvent| hidden.set(!*hidden))
    };
    let eye = if *hidden { text.t(key!("keys.private.show")) } else { text.t(key!("keys.private.hide")) };
    let secret = |label: &'static str, value: String, name: &'static str| {
        html! {
            <div class="field" data-secret-field={name}>
                <span class="label">{ label }</span>
                <span class="row">
                    <code class="run keytext grow" data-secret={(!*hidden).then_some(name)}>
                        { if *hidden { "•".repeat(value.len().min(32)) } else { value.clone() } }
                    </code>
                    if !*hidden { <CopyButton text={value} /> }
                </span>
            </div>
        }
    };
    // Bits of another key are not a change of this one.
    let shown_before =
        before.filter(|before| before.iter().zip(&key.bits.bytes).map(|(a, b)| (a ^ b).count_ones()).sum::<u32>() == 1);
    html! {
        <Panel class="key1" name="private-key" title={text.t(key!("keys.private.title"))} subtitle={text.t(key!("keys.private.sub"))}
            actions={origin_tag(text, key)}>
            <BitGrid bytes={key.bits.bytes} before={shown_before} {label} hex_label="hex" bit_label={text.t(key!("keys.private.bit"))}
                row_label={text.t(key!("keys.private.row"))} {on_change} hidden={*hidden} />
            <p class="hintline"><Icon name={IconName::Hand} size={15} /><span>{ text.t(key!("keys.private.hint")) }</span></p>
            <div role="alert">
                if let Err(error) = &found {
                    <p class="fielderr"><Mark kind={MarkKind::Bad} size={15} />
                        <span>{ if matches!(error, crate::keys::KeyError::Zero) { text.t(key!("keys.private.zero")) } else { text.t(key!("keys.private.large")) } }</span></p>
                }
            </div>
            { secret(text.t(key!("keys.private.hex")), to_hex(&key.bits.bytes), "hex") }
            if let Ok(private) = &found {
                { secret(text.t(key!("keys.private.wif")), private.to_wif(&props.params), "wif") }
            }
            <div class="row row--wrap">
                <Button kind={ButtonKind::Accent} icon={IconName::Dice} action="random-key" onclick={on_random}>{ text.t(key!("keys.private.random")) }</Button>
                <Button icon={IconName::Eye} icon_only={true} pressed={*hidden} title={eye} action="hide-key" onclick={toggle} />
            </div>
            if let Some(wallet) = props.wallet.as_ref().filter(|wallet| !wallet.addresses.is_empty()) {
                <details class="more">
                    <summary>{ text.t(key!("keys.wallet.title")) }</summary>
                    <div class="stack">
                        <p class="xs muted">{ text.t(key!("keys.wallet.why")) }</p>
                        <div class="row row--wrap">
                            <select class="input" name="wallet_address" aria-label={text.t(key!("keys.wallet.address"))} onchange={{
                                let picked = picked.clone();
                                Callback::from(move |event: Event| picked.set(event.target_unchecked_into::<web_sys::HtmlSelectElement>().value()))
                            }}>
                                { for wallet.addresses.iter().map(|address| html! {
                                    <option value={address.address.clone()} selected={address.address == *picked}>
                                        { format!("{} {}", format::middle_cut(&address.address, 8, 6), address.label) }</option>
                                }) }
                            </select>
                            <Button kind={ButtonKind::Danger} action="use-wallet-key" disabled={!props.can_add} onclick={{
                                let first = wallet.addresses.first().map(|address| address.address.clone()).unwrap_or_default();
                                let (asked, picked) = (asked.clone(), picked.clone());
                                move |_| asked.set(Some(if picked.is_empty() { first.clone() } else { (*picked).clone() }))
                            }}>{ text.t(key!("keys.wallet.use")) }</Button>
                        </div>
                        if !props.can_add { <p class="xs muted">{ text.t(key!("keys.full")) }</p> }
                    </div>
                </details>
            }
            if matches!(key.origin, KeyOrigin::Wallet(_)) {
                <Note icon={IconName::Warning} kind="bad">{ text.t(key!("keys.wallet.shown")) }</Note>
            } else {
                <p class="xs muted">{ text.t(key!("keys.private.warning")) }</p>
            }
            <RevealKeyDialog address={(*asked).clone()} on_close={move |()| asked.set(None)}
                on_key={Some((AttrValue::Static(text.t(key!("keys.wallet.use"))), props.on_wallet_key.clone()))} />
        </Panel>
    }
}

fn origin_tag(text: crate::ui::Text, key: &PageKey) -> Html {
    let origin = match key.origin {
        KeyOrigin::Practice(_) => html! { <Tag text={text.t(key!("keys.private.practice"))} /> },
        KeyOrigin::Wallet(_) => {
            html! { <Tag kind="bad" icon={IconName::Wallet} text={text.t(key!("keys.wallet.tag"))} /> }
        }
    };
    html! { <>if !key.bits.compressed { <Tag text={text.t(key!("keys.curve.bytes.long"))} /> }{ origin }</> }
}
