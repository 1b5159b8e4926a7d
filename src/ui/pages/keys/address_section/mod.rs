//! An address is a short fingerprint: its stages, what one bit does to them, and how a mistake is caught.

mod avalanche;
mod mistake_card;

use yew::prelude::*;

use super::section::SectionProps;
use crate::ledger::{sha256d, to_hex};
use crate::lessons::address_steps::{AddressSteps, base58_digits};
use crate::ui::figures::bit_strip::BitStripFigure;
use crate::ui::figures::counts_line::CountsLineFigure;
use crate::ui::parts::{CopyButton, EmptyState, FigurePanel, IconName, Panel, Segmented, Slider};
use crate::ui::{Key, Text, format, use_text};
use avalanche::{Flip, changed_bits, changed_steps};
use mistake_card::MistakeCard;

/// What 2^160 is compared with: the key of its name, and about which power of two it is.
const COUNTS: [(Key, u32); 6] = [
    (key!("keys.addr.count.satoshi"), 51),
    (key!("keys.addr.count.sand"), 63),
    (key!("keys.addr.count.birthday"), 80),
    (key!("keys.addr.count.mass"), 92),
    (key!("keys.addr.count.addresses"), 160),
    (key!("keys.addr.count.earth"), 166),
];

/// The section.
#[component]
pub fn AddressSection(props: &SectionProps) -> Html {
    let text = use_text();
    let kind = use_state_eq(|| AttrValue::Static("none"));
    let bit = use_state_eq(|| 255u32);
    let Ok(private) = props.key_on_screen.private_key() else {
        return html! {
            <Panel name="address-stages" title={text.t(key!("keys.addr.title"))}>
                <EmptyState title={text.t(key!("keys.public.none"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} />
            </Panel>
        };
    };
    let bits = private.public_key().to_bytes().len() as u32 * 8;
    let flip = match kind.as_str() {
        "private" => Flip::Private((*bit).min(255)),
        "public" => Flip::Public((*bit).min(bits - 1)),
        _ => Flip::None,
    };
    let before = AddressSteps::new(&private.public_key().to_bytes(), &props.params);
    let after = changed_steps(&private, flip, &props.params);
    let onchange = {
        let kind = kind.setter();
        Callback::from(move |chosen: AttrValue| kind.set(chosen))
    };
    let oninput = {
        let bit = bit.setter();
        Callback::from(move |value: u32| bit.set(value))
    };
    let options = ["none", "private", "public"]
        .map(|way| (AttrValue::Static(way), AttrValue::Static(text.t(flip_key(way)))))
        .to_vec();
    let most = if matches!(flip, Flip::Public(_)) { bits - 1 } else { 255 };
    let mut counts: Vec<(AttrValue, u32)> =
        COUNTS.iter().map(|(key, power)| (AttrValue::from(text.t(*key)), *power)).collect();
    counts.sort_unstable_by_key(|(_, power)| *power);
    html! {
        <>
            <div class="addrcols">
                <Panel name="address-stages" title={text.t(key!("keys.addr.title"))} subtitle={text.t(key!("keys.addr.sub"))}>
                    <div class="stack stack--3">
                        <div class="row row--wrap">
                            <span class="label">{ text.t(key!("keys.addr.flip.title")) }</span>
                            <Segmented small={true} label={text.t(key!("keys.addr.flip.title"))} {options} value={(*kind).clone()} {onchange} action="flip" />
                        </div>
                        if flip != Flip::None {
                            <Slider id="flip_bit" label={text.t(key!("keys.addr.which"))} min={0} max={most} value={(*bit).min(most)}
                                shown={(*bit).min(most).to_string()} {oninput} />
                            if matches!(flip, Flip::Public(_)) { <p class="xs muted">{ text.t(key!("keys.addr.no_key")) }</p> }
                        }
                        { match &after {
                            Some(after) => stages(text, &before, after),
                            None => html! { <p class="fielderr" role="alert">{ text.t(key!("keys.public.none_why")) }</p> },
                        } }
                    </div>
                </Panel>
                <MistakeCard address={before.address.clone()} params={props.params.clone()} />
            </div>
            <FigurePanel name="address-scale" title={text.t(key!("keys.addr.scale"))} subtitle={text.t(key!("keys.addr.scale_why"))}
                figure={html! { <CountsLineFigure counts={counts.clone()} label={text.t(key!("keys.addr.scale_label"))} /> }}
                table={html! {
                    <table class="table">
                        <thead><tr><th scope="col">{ text.t(key!("keys.addr.what")) }</th><th scope="col">{ text.t(key!("keys.addr.about")) }</th></tr></thead>
                        <tbody>{ for counts.iter().map(|(name, power)| html! { <tr><td>{ name.clone() }</td><td>{ "2" }<sup>{ *power }</sup></td></tr> }) }</tbody>
                    </table>
                }} />
        </>
    }
}

fn flip_key(way: &str) -> Key {
    match way {
        "private" => key!("keys.addr.flip.private"),
        "public" => key!("keys.addr.flip.public"),
        _ => key!("keys.addr.flip.none"),
    }
}

/// All stages from the public key's bytes to the address, each against what it was before.
fn stages(text: Text, before: &AddressSteps, after: &AddressSteps) -> Html {
    let whole = to_hex(&sha256d(&after.versioned));
    let sum = |steps: &AddressSteps| steps.checksum.to_vec();
    let runs = [
        (
            "public-key",
            key!("keys.public.title"),
            key!("keys.addr.say.key"),
            before.public_key.clone(),
            after.public_key.clone(),
            Html::default(),
        ),
        (
            "sha256",
            key!("keys.addr.sha256"),
            key!("keys.address.sha"),
            before.sha256.to_vec(),
            after.sha256.to_vec(),
            html! { <p class="xs muted">{ text.t(key!("keys.addr.open.sha256")) }</p> },
        ),
        (
            "ripemd160",
            key!("keys.addr.ripemd160"),
            key!("keys.address.ripemd"),
            before.hash160.to_vec(),
            after.hash160.to_vec(),
            html! { <p class="xs muted">{ text.t(key!("keys.addr.open.ripemd160")) }</p> },
        ),
        (
            "version",
            key!("keys.addr.version"),
            key!("keys.addr.say.version"),
            before.versioned.clone(),
            after.versioned.clone(),
            html! { <p class="xs muted">{ text.with(key!("keys.addr.open.version"), &[("byte", &to_hex(after.versioned.get(..1).unwrap_or_default()))]) }</p> },
        ),
        (
            "checksum",
            key!("keys.address.sum"),
            key!("keys.address.checksum"),
            sum(before),
            sum(after),
            html! { <>
                <p class="xs muted">{ text.t(key!("keys.addr.open.checksum")) }</p>
                <CopyButton text={whole.clone()} />
                <code class="run"><mark>{ whole.get(..8).unwrap_or_default().to_owned() }</mark>{ whole.get(8..).unwrap_or_default().to_owned() }</code>
            </> },
        ),
    ];
    html! {
        <ol class="pipeline">
            { for runs.into_iter().map(|(name, title, why, before, after, open)| stage(text, name, title, why, &before, &after, open)) }
            <li class="pipeline__stage" data-stage-of="base58">
                <p><b>{ "Base58Check" }</b>{ " " }<span class="xs muted">{ text.count(plural!("keys.address.characters"), after.address.len() as u64) }</span></p>
                <p class="xs muted">{ text.t(key!("keys.address.base58")) }</p>
                <p class="row"><code class="addrtext grow" data-address-now={after.address.clone()}>
                    { for after.address.chars().enumerate().map(|(at, character)| {
                        let same = before.address.chars().nth(at) == Some(character);
                        if same { html! { <span>{ character }</span> } } else { html! { <mark class="changed">{ character }</mark> } }
                    }) }</code><CopyButton text={after.address.clone()} /></p>
                <details class="more">
                    <summary>{ text.t(key!("keys.addr.open.title")) }</summary>
                    <p class="xs muted">{ text.t(key!("keys.addr.open.base58")) }</p>
                    <ol class="digits">{ for base58_digits(&after.address).iter().map(|digit| html! {
                        <li><b class="mono">{ digit.character }</b><span>{ digit.value }</span></li>
                    }) }</ol>
                </details>
            </li>
        </ol>
    }
}

fn stage(text: Text, name: &'static str, title: Key, why: Key, before: &[u8], after: &[u8], open: Html) -> Html {
    let changed = changed_bits(before, after);
    let bits = after.len() * 8;
    let counted = text.with(key!("keys.addr.changed"), &[("bits", &bits.to_string())]);
    html! {
        <li class="pipeline__stage" data-stage-of={name} data-changed-bits={changed.to_string()}>
            <p class="row row--wrap"><b>{ text.t(title) }</b><span class="xs muted">{ text.count(plural!("common.bytes"), after.len() as u64) }</span>
                <CopyButton text={to_hex(after)} />
                if changed > 0 { <span class="pipeline__count end"><b>{ changed }</b>{ " " }<span class="xs">{ counted.clone() }</span></span> }</p>
            <p class="xs muted">{ text.t(why) }</p>
            <code class="run" data-bytes-of={name}>{ for after.iter().enumerate().map(|(at, byte)| {
                let hex = to_hex(&[*byte]);
                if before.get(at) == Some(byte) { html! { <>{ hex }{ " " }</> } } else { html! { <><mark class="changed">{ hex }</mark>{ " " }</> } }
            }) }</code>
            if changed > 0 {
                <BitStripFigure bytes={after.to_vec()} other={before.to_vec()} label={format!("{changed} {counted}")} />
            }
            <details class="more">
                <summary>{ text.t(key!("keys.addr.open.title")) }</summary>
                if changed == 0 {
                    <BitStripFigure bytes={after.to_vec()} label={text.with(key!("keys.addr.bits"), &[("bits", &bits.to_string())])} />
                }
                { open }
                <code class="run faint">{ format::spaced_hex(&to_hex(before)) }</code>
            </details>
        </li>
    }
}
