//! The real double-and-add of the key on screen, every step with its point.

use yew::prelude::*;

use super::player::use_player;
use crate::ledger::to_hex;
use crate::lessons::double_and_add::{WalkOperation, WalkStep, double_and_add};
use crate::ui::pages::keys::practice::{KeyOrigin, PageKey};
use crate::ui::parts::{CopyButton, EmptyState, IconName, Note, Panel, Slider};
use crate::ui::{Text, format, use_text};

/// Milliseconds a step is looked at.
const STEP_MS: u32 = 350;
/// Rows of the list around the step shown.
const PAGE: usize = 8;

/// Props of [`WalkCard`].
#[derive(Properties, PartialEq)]
pub struct WalkCardProps {
    /// The key on screen.
    pub key_on_screen: PageKey,
}

fn operation(text: Text, step: &WalkStep) -> &'static str {
    match step.operation {
        WalkOperation::Start => text.t(key!("keys.curve.start")),
        WalkOperation::Double => text.t(key!("keys.curve.double")),
        WalkOperation::AddG => text.t(key!("keys.curve.add_g")),
    }
}

/// The number as short as it is written: without the zeros in front.
fn short_hex(number: &[u8; 32]) -> String {
    let digits = to_hex(number);
    let digits = digits.trim_start_matches('0');
    ["0x", if digits.is_empty() { "0" } else { digits }].concat()
}

/// The card.
#[component]
pub fn WalkCard(props: &WalkCardProps) -> Html {
    let text = use_text();
    let key = &props.key_on_screen;
    let steps = use_memo(key.bits, {
        let private = key.private_key();
        move |_| private.map(|private| double_and_add(&private)).unwrap_or_default()
    });
    let player = use_player(steps.len(), STEP_MS);
    let at = player.at();
    let title = text.t(key!("keys.curve.walk.title"));
    let subtitle = text.t(key!("keys.curve.walk.sub"));
    let Some(step) = steps.get(at) else {
        return html! {
            <Panel name="walk" {title} {subtitle}>
                <EmptyState title={text.t(key!("keys.public.none"))} text={text.t(key!("keys.public.none_why"))} icon={IconName::Keys} />
            </Panel>
        };
    };
    let count = |operation: WalkOperation| steps.iter().filter(|step| step.operation == operation).count().to_string();
    let total = text.with(
        key!("keys.public.walk"),
        &[("doublings", &count(WalkOperation::Double)), ("additions", &count(WalkOperation::AddG))],
    );
    let last = steps.len().saturating_sub(1);
    let oninput = player.go().reform(|value: u32| value.saturating_sub(1) as usize);
    let page = at / PAGE * PAGE;
    let name = match step.operation {
        WalkOperation::Start => "start",
        WalkOperation::Double => "double",
        WalkOperation::AddG => "add",
    };
    let value = |name: &'static str, label: &'static str, value: String| {
        html! {
            <>
                <dt>{ label }</dt>
                <dd><code class="mono" data-walk={name}>{ value.clone() }</code><CopyButton text={value} /></dd>
            </>
        }
    };
    html! {
        <Panel name="walk" {title} {subtitle}>
            <div class="stack stack--3 walk">
                <p class="sm">{ total }{ " " }<span class="muted">{ text.t(key!("keys.curve.walk.why")) }</span></p>
                if matches!(key.origin, KeyOrigin::Wallet(_)) {
                    <Note icon={IconName::Warning} kind="bad">{ text.t(key!("keys.wallet.shown")) }</Note>
                }
                <Slider id="walk_step" label={text.t(key!("keys.curve.walk.step"))} min={1} max={steps.len() as u32} value={at as u32 + 1}
                    shown={(at + 1).to_string()} {oninput} />
                { player.buttons(text, "walk") }
                <div class="walk__now" data-walk-at={at.to_string()} data-walk-steps={steps.len().to_string()} data-walk-operation={name}
                    data-walk-bit={step.bit.to_string()} data-walk-end={(at == last).to_string()}>
                    <p class="sm strong" aria-live="polite">{ text.with(key!("keys.curve.walk.now"), &[("bit", &step.bit.to_string()), ("operation", operation(text, step))]) }</p>
                    <dl class="walk__values">
                        { value("multiple", text.t(key!("keys.curve.walk.multiple")), short_hex(&step.multiple)) }
                        { value("x", "x", to_hex(&step.x)) }
                        { value("y", "y", to_hex(&step.y)) }
                    </dl>
                    if at == last { <p class="sm">{ text.t(key!("keys.curve.walk.end")) }</p> }
                </div>
                <div class="scrollx" tabindex="0" role="region" aria-label={text.t(key!("keys.curve.walk.list"))}>
                    <table class="table">
                        <thead><tr><th scope="col" class="r">{ text.t(key!("keys.curve.walk.step")) }</th><th scope="col" class="r">{ text.t(key!("keys.curve.bit")) }</th>
                            <th scope="col">{ text.t(key!("keys.curve.operation")) }</th><th scope="col">{ "x" }</th><th scope="col">{ "y" }</th></tr></thead>
                        <tbody>{ for steps.iter().enumerate().skip(page).take(PAGE).map(|(index, step)| html! {
                            <tr key={index} data-selected={(index == at).then_some("true")}>
                                <td class="r">{ index + 1 }</td><td class="r">{ step.bit }</td><td>{ operation(text, step) }</td>
                                <td><code class="mono xs">{ format::middle_cut(&to_hex(&step.x), 12, 8) }</code></td>
                                <td><code class="mono xs">{ format::middle_cut(&to_hex(&step.y), 12, 8) }</code></td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </div>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_written_without_zeros_in_front() {
        let mut number = [0; 32];
        assert_eq!(short_hex(&number), "0x0");
        number[31] = 0x2b;
        assert_eq!(short_hex(&number), "0x2b");
    }
}
