//! The public key's bytes, short and long, and what the first byte says.

use yew::prelude::*;

use crate::keys::PublicKey;
use crate::ledger::to_hex;
use crate::ui::parts::{CopyButton, EmptyState, IconName, Panel, Tag};
use crate::ui::{Text, format, use_text};

/// Props of [`BytesCard`].
#[derive(Properties, PartialEq)]
pub struct BytesCardProps {
    /// The public key; `None` when the bits are no private key.
    pub public_key: Option<PublicKey>,
}

/// The card.
#[component]
pub fn BytesCard(props: &BytesCardProps) -> Html {
    let text = use_text();
    let (title, subtitle) = (text.t(key!("keys.curve.bytes.title")), text.t(key!("keys.curve.bytes.sub")));
    let Some(key) = &props.public_key else {
        return html! {
            <Panel name="public-bytes" {title} {subtitle}>
                <EmptyState title={text.t(key!("keys.public.none"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} />
            </Panel>
        };
    };
    let (short, long) = (to_hex(&key.to_compressed()), to_hex(&key.with_compression(false).to_bytes()));
    let prefix = short.get(..2).unwrap_or_default().to_owned();
    let own = if key.is_compressed() { prefix.as_str() } else { "04" };
    let used = |compressed: bool| (compressed == key.is_compressed()).then(|| text.t(key!("keys.curve.bytes.used")));
    let parity = if key.y_is_odd() { key!("keys.public.odd") } else { key!("keys.public.even") };
    html! {
        <Panel name="public-bytes" {title} {subtitle}>
            <div class="stack stack--3">
                { strip(text, "compressed", text.t(key!("keys.curve.bytes.short")), &short, used(true)) }
                <p class="sm">{ text.with(parity, &[("byte", &prefix)]) }{ " " }<span class="muted">{ text.t(key!("keys.curve.bytes.why_short")) }</span></p>
                { strip(text, "uncompressed", text.t(key!("keys.curve.bytes.long")), &long, used(false)) }
                <p class="sm muted">{ text.t(key!("keys.curve.bytes.why_long")) }</p>
                <table class="table firstbyte">
                    <thead><tr><th scope="col">{ text.t(key!("keys.curve.bytes.first")) }</th><th scope="col">{ text.t(key!("keys.curve.bytes.means")) }</th>
                        <th scope="col" class="r">{ text.t(key!("keys.curve.bytes.size")) }</th></tr></thead>
                    <tbody>
                        { for [("02", text.t(key!("keys.curve.bytes.02")), 33), ("03", text.t(key!("keys.curve.bytes.03")), 33), ("04", text.t(key!("keys.curve.bytes.04")), 65)].into_iter()
                            .map(|(byte, means, size)| html! {
                                <tr data-selected={(byte == own).then_some("true")}><td><code class="mono">{ byte }</code></td><td>{ means }</td><td class="r">{ size }</td></tr>
                            }) }
                    </tbody>
                </table>
            </div>
        </Panel>
    }
}

/// First byte, x, and y if it is there; `used` says that the key's address is made of these.
fn strip(text: Text, name: &'static str, label: &'static str, hex: &str, used: Option<&'static str>) -> Html {
    let field = |tint: &'static str, name: &'static str, run: &str| {
        html! {
            <li class="bytes__field" data-field={tint}>
                <span class="bytes__label"><b>{ name }</b><span>{ text.count(plural!("common.bytes"), (run.len() / 2) as u64) }</span></span>
                <code class="bytes__run">{ format::spaced_hex(run) }</code>
            </li>
        }
    };
    let (first, x, y) =
        (hex.get(..2).unwrap_or_default(), hex.get(2..66).unwrap_or_default(), hex.get(66..).unwrap_or_default());
    html! {
        <div data-public-bytes={name} data-hex={hex.to_owned()} data-used={used.map(|_| "true")}>
            <div class="label row">{ label }if let Some(used) = used { <Tag kind="accent" text={used} /> }<span class="end"><CopyButton text={hex.to_owned()} /></span></div>
            <ol class="bytes" aria-label={label}>
                { field("key", text.t(key!("keys.curve.bytes.first")), first) }
                { field("r", "x", x) }
                if !y.is_empty() { { field("s", "y", y) } }
            </ol>
        </div>
    }
}
