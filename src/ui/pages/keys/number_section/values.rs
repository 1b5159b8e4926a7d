//! The number in every form, what becomes of it, and the range it is in.

use std::rc::Rc;

use yew::prelude::*;

use crate::keys::Address;
use crate::ledger::{Params, to_hex};
use crate::lessons::key_number::{CURVE_ORDER, bit_length, to_decimal};
use crate::ui::pages::keys::practice::PageKey;
use crate::ui::parts::{CopyButton, EmptyState, IconName, Panel};
use crate::ui::use_text;

/// Props of [`ValuesCard`].
#[derive(Properties, PartialEq)]
pub struct ValuesCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
    /// The network's version bytes.
    pub params: Rc<Params>,
    /// The key is hidden.
    pub hidden: bool,
}

/// The card.
#[component]
pub fn ValuesCard(props: &ValuesCardProps) -> Html {
    let text = use_text();
    let key = &props.key_on_screen;
    let found = key.private_key();
    let secret = |name: &'static str, label: &'static str, value: String| {
        html! {
            <div class="field">
                <span class="label">{ label }</span>
                <span class="row row--top">
                    <code class="run keytext grow" data-secret={(!props.hidden).then_some(name)}>
                        { if props.hidden { "•".repeat(32) } else { value.clone() } }</code>
                    if !props.hidden { <CopyButton text={value} /> }
                </span>
            </div>
        }
    };
    let open = |name: &'static str, label: &'static str, value: String| {
        html! {
            <div class="field">
                <span class="label">{ label }</span>
                <span class="row row--top"><code class="run keytext grow" data-value={name}>{ value.clone() }</code><CopyButton text={value} /></span>
            </div>
        }
    };
    let decimal = to_decimal(&key.bits.bytes);
    let size = text.with(
        key!("keys.number.values.size"),
        &[("digits", &decimal.len().to_string()), ("bits", &bit_length(&key.bits.bytes).to_string())],
    );
    html! {
        <div class="number__two">
            <Panel name="values" title={text.t(key!("keys.number.values.title"))} subtitle={text.t(key!("keys.number.values.sub"))}>
                <div class="stack stack--3">
                    { secret("hex", text.t(key!("keys.number.typed.hex")), to_hex(&key.bits.bytes)) }
                    { secret("decimal", text.t(key!("keys.number.typed.decimal")), decimal) }
                    if let Ok(private) = &found {
                        { secret("wif", text.t(key!("keys.private.wif")), private.to_wif(&props.params)) }
                        if !props.hidden { <p class="xs muted">{ size }</p> }
                        { open("public-key", text.t(key!("keys.public.title")), private.public_key().to_string()) }
                        { open("address", text.t(key!("keys.address.title")), Address::from_public_key(&private.public_key(), &props.params).to_string()) }
                    } else {
                        <EmptyState title={text.t(key!("keys.public.none"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} />
                    }
                </div>
            </Panel>
            <Panel name="range" title={text.t(key!("keys.number.range.title"))} subtitle="1 … n − 1">
                <div class="stack stack--3">
                    <p class="sm">{ text.t(key!("keys.number.range.why")) }</p>
                    { open("order-hex", text.t(key!("keys.number.range.hex")), to_hex(&CURVE_ORDER)) }
                    { open("order-decimal", text.t(key!("keys.number.range.decimal")), to_decimal(&CURVE_ORDER)) }
                    <p class="sm muted">{ text.t(key!("keys.number.range.chance")) }</p>
                </div>
            </Panel>
        </div>
    }
}
