//! The real walk of the key on screen, stop by stop, and the bytes it ends in.

use yew::prelude::*;

use crate::ledger::to_hex;
use crate::ui::pages::keys::practice::PageKey;
use crate::ui::parts::{Button, ButtonKind, CopyButton, EmptyState, IconName, Panel, Slider};
use crate::ui::{format, use_text};
use crate::wallet::double_and_add::walk;

/// Props of [`WalkCard`].
#[derive(Properties, PartialEq)]
pub struct WalkCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
}

/// The card.
#[component]
pub fn WalkCard(props: &WalkCardProps) -> Html {
    let text = use_text();
    let stop = use_state_eq(|| 0u32);
    let steps = use_memo(props.key_on_screen.bytes, |_| {
        props.key_on_screen.private_key().map(|key| (walk(&key), key.public_key())).ok()
    });
    let Some((steps, public)) = &*steps else {
        return html! {
            <Panel name="curve-walk" title={text.t("keys.curve.walk")}>
                <EmptyState title={text.t("keys.public.none")} text={text.t("keys.public.none_why")} icon={IconName::Keys} />
            </Panel>
        };
    };
    let last = steps.len().saturating_sub(1) as u32;
    let at = (*stop).min(last);
    let go = |to: u32| {
        let stop = stop.setter();
        Callback::from(move |_: MouseEvent| stop.set(to))
    };
    let additions = steps.iter().filter(|step| step.bit).count().saturating_sub(1);
    let counted =
        text.with("keys.public.walk", &[("doublings", &last.to_string()), ("additions", &additions.to_string())]);
    let shown = steps.get(at as usize).map(|step| {
        let operation = match (at, step.bit) {
            (0, _) => text.t("keys.toy.start"),
            (_, false) => text.t("keys.toy.double"),
            (_, true) => text.t("keys.toy.double_add"),
        };
        html! {
            <div class="walkstop" aria-live="polite" data-stop={at.to_string()} data-bit={u8::from(step.bit).to_string()}>
                <p>{ text.with("keys.curve.bit", &[("place", &step.place.to_string())]) }{ " " }<b class="mono">{ u8::from(step.bit) }</b>{ " · " }{ operation }</p>
                <p><b class="rs">{ "x" }</b>{ " " }<code class="mono" data-walk="x">{ to_hex(&step.x) }</code></p>
                <p><b class="rs">{ "y" }</b>{ " " }<code class="mono" data-walk="y">{ to_hex(&step.y) }</code></p>
            </div>
        }
    });
    let compressed = to_hex(&public.to_compressed());
    let (prefix, x) = compressed.split_at(2);
    let y = to_hex(&public.y());
    html! {
        <Panel name="curve-walk" class="curve__wide" title={text.t("keys.curve.walk")} subtitle={counted}>
            <div class="stack stack--3">
                <div class="row row--wrap">
                    <Button small={true} action="walk-first" disabled={at == 0} onclick={go(0)}>{ "G" }</Button>
                    <Button small={true} icon={IconName::Minus} icon_only={true} title={text.t("keys.curve.back")} action="walk-back" disabled={at == 0} onclick={go(at.saturating_sub(1))} />
                    <Button small={true} icon={IconName::Plus} icon_only={true} title={text.t("keys.curve.on")} action="walk-on" disabled={at == last} onclick={go(at + 1)} />
                    <Button small={true} kind={ButtonKind::Accent} action="walk-last" disabled={at == last} onclick={go(last)}>{ text.t("keys.curve.end") }</Button>
                </div>
                <Slider id="walk_stop" label={text.t("keys.curve.stop")} min={0} max={last} value={at} shown={format!("{at} / {last}")}
                    oninput={{
                        let stop = stop.setter();
                        Callback::from(move |to: u32| stop.set(to))
                    }} />
                { shown }
                <div class="forms">
                    <div>
                        <p class="label">{ text.t("keys.curve.compressed") }<CopyButton text={compressed.clone()} /></p>
                        <code class="run" data-public="compressed"><mark class="prefix">{ prefix.to_owned() }</mark>{ " " }<span data-field="r">{ format::spaced_hex(x) }</span></code>
                        <p class="xs muted">{ text.t("keys.curve.compressed_why") }</p>
                    </div>
                    <div>
                        <p class="label">{ text.t("keys.public.uncompressed") }<CopyButton text={["04", x, &y].concat()} /></p>
                        <code class="run" data-public="uncompressed"><mark class="prefix">{ "04" }</mark>{ " " }<span data-field="r">{ format::spaced_hex(x) }</span>{ " " }<span data-field="s">{ format::spaced_hex(&y) }</span></code>
                        <p class="xs muted">{ text.t("keys.curve.uncompressed_why") }</p>
                    </div>
                </div>
            </div>
        </Panel>
    }
}
