//! The public key: a point, found by doubling and adding.

use yew::prelude::*;

use super::practice::walk;
use crate::keys::PublicKey;
use crate::ledger::to_hex;
use crate::ui::figures::toy_curve::{self, ToyCurveFigure};
use crate::ui::parts::{Button, ButtonKind, CopyButton, EmptyState, IconName, Panel, hue_style};
use crate::ui::{Digest, Text, format, use_text};

/// Props of [`PublicKeyCard`].
#[derive(Properties, PartialEq)]
pub struct PublicKeyCardProps {
    /// The public key; `None` when the bits are no private key.
    pub public_key: Option<PublicKey>,
    /// The private key's bits, for the length of the walk.
    pub bytes: [u8; 32],
}

/// The card.
#[component]
pub fn PublicKeyCard(props: &PublicKeyCardProps) -> Html {
    let text = use_text();
    html! {
        <Panel class="key2" name="public-key" title={text.t(key!("keys.public.title"))} subtitle={text.t(key!("keys.public.sub"))}>
            <ToyCard />
            { match &props.public_key {
                Some(key) => real(text, key, &props.bytes),
                None => html! { <EmptyState title={text.t(key!("keys.public.none"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} /> },
            } }
        </Panel>
    }
}

fn real(text: Text, key: &PublicKey, bytes: &[u8; 32]) -> Html {
    let own = key.to_string();
    let (prefix, x) = (own.get(..2).unwrap_or_default(), to_hex(&key.x()));
    let short = key.is_compressed();
    let other = key.with_compression(!short).to_string();
    let digest = Digest::of_text(&own);
    let first = match (short, key.y_is_odd()) {
        (false, _) => key!("keys.public.long"),
        (true, true) => key!("keys.public.odd"),
        (true, false) => key!("keys.public.even"),
    };
    let (doublings, additions) = walk(bytes);
    html! {
        <>
            <div class="bytes bytes--tight" data-public-key={own.clone()}>
                <div class="bytes__field">
                    <div class="bytes__label"><b>{ if short { "y" } else { "x, y" } }</b></div>
                    <code class="bytes__run">{ prefix }</code>
                </div>
                <div class="bytes__field grow" data-hash="true" style={hue_style(&digest)}>
                    <div class="bytes__label"><b>{ "x" }</b><span>{ text.t(key!("keys.public.x")) }</span>
                        <span class="end"><CopyButton text={own.clone()} /></span></div>
                    <code class="bytes__run">{ format::spaced_hex(&x) }</code>
                </div>
                if !short {
                    <div class="bytes__field grow">
                        <div class="bytes__label"><b>{ "y" }</b></div>
                        <code class="bytes__run">{ format::spaced_hex(&to_hex(&key.y())) }</code>
                    </div>
                }
            </div>
            <p class="xs muted">
                { text.with(first, &[("byte", prefix)]) }
                { " " }
                { text.with(key!("keys.public.walk"), &[("doublings", &doublings.to_string()), ("additions", &additions.to_string())]) }
            </p>
            <details class="more">
                <summary>{ text.t(key!("keys.public.whole")) }</summary>
                <div class="stack">
                    <span class="label row">{ "x" }<CopyButton text={to_hex(&key.x())} /></span><code class="run keytext">{ format::spaced_hex(&to_hex(&key.x())) }</code>
                    <span class="label row">{ "y" }<CopyButton text={to_hex(&key.y())} /></span><code class="run keytext">{ format::spaced_hex(&to_hex(&key.y())) }</code>
                    <span class="label row">{ text.t(if short { key!("keys.public.uncompressed") } else { key!("keys.public.compressed") }) }<CopyButton text={other.clone()} /></span>
                    <code class="run keytext">{ format::spaced_hex(&other) }</code>
                </div>
            </details>
        </>
    }
}

/// The same walk on a curve small enough to draw.
#[component]
pub fn ToyCard() -> Html {
    let text = use_text();
    let k = use_state_eq(|| 43u32);
    let table = use_state_eq(|| false);
    let steps = toy_curve::steps(*k);
    let step = |by: i32, title: &'static str, icon: IconName| {
        let (k, next) = (k.clone(), k.saturating_add_signed(by).clamp(1, toy_curve::ORDER - 1));
        html! { <Button small={true} kind={ButtonKind::Quiet} icon_only={true} {icon} {title} disabled={next == *k} onclick={move |_| k.set(next)} /> }
    };
    let label = text.with(key!("keys.toy.label"), &[("stops", &steps.len().to_string()), ("k", &k.to_string())]);
    html! {
        <>
            <p class="toycap">
                <span><b>{ text.t(key!("keys.toy.title")) }</b>{ " y² = x³ + 7 mod 97" }</span>
                <span class="stepper">
                    { step(-1, text.t(key!("keys.toy.less")), IconName::Minus) }
                    <span class="num" aria-live="polite">{ format!("k = {}", *k) }</span>
                    { step(1, text.t(key!("keys.toy.more")), IconName::Plus) }
                </span>
            </p>
            if *table {
                <table class="table">
                    <thead><tr><th scope="col">{ text.t(key!("keys.toy.bit")) }</th><th scope="col">{ text.t(key!("keys.toy.step")) }</th>
                        <th scope="col">{ "k·G" }</th><th scope="col">{ "(x, y)" }</th></tr></thead>
                    <tbody>{ for steps.iter().enumerate().map(|(at, step)| html! {
                        <tr><td>{ u8::from(step.bit) }</td><td>{ step_text(text, at, step.bit) }</td>
                            <td>{ format!("{}G", step.multiple) }</td><td>{ format!("({}, {})", step.point.0, step.point.1) }</td></tr>
                    }) }</tbody>
                </table>
            } else {
                <ToyCurveFigure k={*k} {label} />
            }
            <ol class="ladder" aria-label={text.t(key!("keys.toy.ladder"))}>
                { for steps.iter().enumerate().map(|(at, step)| html! {
                    <li aria-current={(at + 1 == steps.len()).then_some("step")}>
                        <span class="ladder__n">{ if at == 0 { "G".to_owned() } else { (at + 1).to_string() } }</span>
                        <b class="ladder__bit mono">{ u8::from(step.bit) }</b>
                        <span class="ladder__op">{ step_text(text, at, step.bit) }</span>
                        <b class="ladder__m">{ format!("{}G", step.multiple) }</b>
                    </li>
                }) }
            </ol>
            <p class="row"><span class="xs muted">{ text.t(key!("keys.toy.why")) }</span>
                <span class="end"><crate::ui::parts::TableToggle on={*table} onchange={move |on| table.set(on)} /></span></p>
        </>
    }
}

fn step_text(text: Text, at: usize, bit: bool) -> &'static str {
    match (at, bit) {
        (0, _) => text.t(key!("keys.toy.start")),
        (_, false) => text.t(key!("keys.toy.double")),
        (_, true) => text.t(key!("keys.toy.double_add")),
    }
}
