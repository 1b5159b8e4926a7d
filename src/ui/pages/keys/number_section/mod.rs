//! A key is a number: 256 bits, ways to choose them, which of them are keys, and how many there are.

mod fill_card;
mod filling;
mod range_card;

use yew::prelude::*;

use super::section::SectionProps;
use crate::ledger::to_hex;
use crate::ui::figures::bit_grid::{BitGrid, set_count};
use crate::ui::figures::powers::PowersFigure;
use crate::ui::parts::{CopyButton, FigurePanel, Mark, MarkKind, Panel};
use crate::ui::use_text;
use crate::wallet::KeyError;
use crate::wallet::typed_key::to_decimal;
use fill_card::FillCard;
use range_card::RangeCard;

/// What 2^256 is compared with: the key of its name, and about which power of two it is.
const COUNTS: [(&str, u32); 7] = [
    ("keys.number.count.seconds", 59),
    ("keys.number.count.sand", 63),
    ("keys.number.count.satoshi", 51),
    ("keys.number.count.earth", 166),
    ("keys.number.count.addresses", 160),
    ("keys.number.count.keys", 256),
    ("keys.number.count.universe", 266),
];

/// The section.
#[component]
pub fn NumberSection(props: &SectionProps) -> Html {
    let text = use_text();
    let bytes = props.key_on_screen.bytes;
    let found = props.key_on_screen.private_key();
    let label = text.with("keys.private.label", &[("count", &set_count(&bytes).to_string())]);
    let value = |name: &'static str, label: &'static str, value: String| {
        html! {
            <div class="field">
                <span class="label">{ label }</span>
                <span class="row"><code class="run keytext grow" data-key-as={name}>{ value.clone() }</code><CopyButton text={value} /></span>
            </div>
        }
    };
    let mut counts: Vec<(AttrValue, u32)> =
        COUNTS.iter().map(|(key, power)| (AttrValue::from(text.t(key)), *power)).collect();
    counts.sort_unstable_by_key(|(_, power)| *power);
    html! {
        <>
            <div class="numbercols">
                <Panel name="number-bits" title={text.t("keys.number.title")} subtitle={text.t("keys.private.sub")}>
                    <div class="stack stack--3">
                        <BitGrid {bytes} {label} hex_label="hex" bit_label={text.t("keys.private.bit")} row_label={text.t("keys.private.row")}
                            on_change={props.on_key.clone()} />
                        <div role="alert">
                            if let Err(error) = &found {
                                <p class="fielderr" data-key-refused={error.rule()}><Mark kind={MarkKind::Bad} size={15} /><span>
                                    { if matches!(error, KeyError::Zero) { text.t("keys.private.zero") } else { text.t("keys.private.large") } }</span></p>
                            }
                        </div>
                        { value("decimal", text.t("keys.number.decimal"), to_decimal(&bytes)) }
                        { value("hex", text.t("keys.private.hex"), to_hex(&bytes)) }
                        if let Ok(private) = &found {
                            { value("wif", text.t("keys.private.wif"), private.to_wif(&props.params)) }
                            { value("public", text.t("keys.number.public"), private.public_key().to_string()) }
                        }
                    </div>
                </Panel>
                <div class="stack stack--4">
                    <FillCard params={props.params.clone()} on_key={props.on_key.clone()} />
                    <RangeCard {bytes} on_key={props.on_key.clone()} />
                </div>
            </div>
            <FigurePanel name="number-scale" title={text.t("keys.number.scale")} subtitle={text.t("keys.number.scale_why")}
                figure={html! { <PowersFigure counts={counts.clone()} label={text.t("keys.number.scale_label")} /> }}
                table={html! {
                    <table class="table">
                        <thead><tr><th scope="col">{ text.t("keys.number.what") }</th><th scope="col">{ text.t("keys.number.about") }</th></tr></thead>
                        <tbody>{ for counts.iter().map(|(name, power)| html! { <tr><td>{ name.clone() }</td><td>{ "2" }<sup>{ *power }</sup></td></tr> }) }</tbody>
                    </table>
                }} />
        </>
    }
}
