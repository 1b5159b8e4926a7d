//! k·G on a curve small enough to draw.

use yew::prelude::*;

use super::player::use_player;
use crate::ui::figures::toy_curve::{Move, ORDER, Operation, ToyWalkFigure, moves, moves_one_by_one};
use crate::ui::parts::{FigurePanel, Segmented, Slider};
use crate::ui::{Text, use_text};

/// Milliseconds a step is looked at.
const STEP_MS: u32 = 900;

/// What a step does.
fn operation(text: Text, step: &Move) -> &'static str {
    match step.operation {
        Operation::Start => text.t(key!("keys.curve.start")),
        Operation::Double => text.t(key!("keys.curve.double")),
        Operation::AddG => text.t(key!("keys.curve.add_g")),
    }
}

/// A step as a sum: `10G + 10G = 20G`.
fn sum(step: &Move) -> String {
    let before = step.multiple.saturating_sub(1);
    match step.operation {
        Operation::Start => "G".to_owned(),
        Operation::Double => format!("{0}G + {0}G = {1}G", step.multiple / 2, step.multiple),
        Operation::AddG => format!("{before}G + G = {}G", step.multiple),
    }
}

/// The card.
#[component]
pub fn ToyCard() -> Html {
    let text = use_text();
    let k = use_state_eq(|| 43u32);
    let is_short = use_state_eq(|| true);
    let walk = if *is_short { moves(*k) } else { moves_one_by_one(*k) };
    let player = use_player(walk.len(), STEP_MS);
    let at = player.at();
    let stops: Vec<(u32, u32)> = walk.iter().take(at + 1).map(|step| step.point).collect();
    let shown = walk.get(at);
    let options = vec![
        ("double".into(), text.t(key!("keys.curve.toy.short")).into()),
        ("add".into(), text.t(key!("keys.curve.toy.long")).into()),
    ];
    let onchange = {
        let (is_short, go) = (is_short.clone(), player.go());
        Callback::from(move |value: AttrValue| {
            is_short.set(value.as_str() == "double");
            go.emit(usize::MAX);
        })
    };
    let on_k = {
        let (k, go) = (k.clone(), player.go());
        Callback::from(move |next: u32| {
            k.set(next);
            go.emit(usize::MAX);
        })
    };
    let said = shown.map(|step| {
        let point = format!("({}, {})", step.point.0, step.point.1);
        [operation(text, step), ": ", &sum(step), ", ", &point].concat()
    });
    let steps_for = text.with(
        key!("keys.curve.toy.cost"),
        &[
            ("k", &k.to_string()),
            ("short", &moves(*k).len().saturating_sub(1).to_string()),
            ("long", &k.saturating_sub(1).to_string()),
        ],
    );
    let controls = html! {
        <div class="stack stack--3">
            <p class="sm muted">{ text.t(key!("keys.curve.toy.why")) }</p>
            <Segmented small={true} label={text.t(key!("keys.curve.toy.way"))} {options} value={if *is_short { "double" } else { "add" }} {onchange} action="toy-way" />
            <Slider id="toy_k" label="k" min={1} max={ORDER - 1} value={*k} shown={k.to_string()} oninput={on_k} />
            { bits(text, *k, shown.and_then(|step| step.bit)) }
            { player.buttons(text, "toy") }
            <p class="sm strong" aria-live="polite" data-toy-multiple={shown.map(|step| step.multiple.to_string())}
                data-toy-point={shown.map(|step| format!("{},{}", step.point.0, step.point.1))}>{ said.clone().unwrap_or_default() }</p>
        </div>
    };
    let label = text.with(key!("keys.toy.label"), &[("stops", &stops.len().to_string()), ("k", &k.to_string())]);
    let figure = html! {
        <div class="stack stack--3">
            { controls.clone() }
            <ToyWalkFigure {stops} {label} />
            <p class="sm">{ steps_for.clone() }</p>
        </div>
    };
    let table = html! {
        <div class="stack stack--3">
            { controls }
            <table class="table">
                <thead><tr><th scope="col">{ text.t(key!("keys.curve.bit")) }</th><th scope="col">{ text.t(key!("keys.curve.operation")) }</th>
                    <th scope="col">{ text.t(key!("keys.curve.sum")) }</th><th scope="col">{ "(x, y)" }</th></tr></thead>
                <tbody>{ for walk.iter().enumerate().map(|(index, step)| html! {
                    <tr data-selected={(index == at).then_some("true")}><td>{ step.bit.map_or_else(|| "–".to_owned(), |bit| bit.to_string()) }</td>
                        <td>{ operation(text, step) }</td><td>{ sum(step) }</td><td>{ format!("({}, {})", step.point.0, step.point.1) }</td></tr>
                }) }</tbody>
            </table>
            <p class="sm">{ steps_for }</p>
        </div>
    };
    html! {
        <FigurePanel name="toy" title={text.t(key!("keys.curve.toy.title"))} subtitle="y² = x³ + 7 mod 97" {figure} {table} />
    }
}

/// The bits of k, the one that is followed marked.
fn bits(text: Text, k: u32, marked: Option<u32>) -> Html {
    let highest = u32::BITS - 1 - k.max(1).leading_zeros();
    html! {
        <p class="kbits" role="img" aria-label={text.with(key!("keys.curve.toy.bits"), &[("bits", &format!("{k:b}"))])}>
            <span aria-hidden="true">{ "k = " }</span>
            { for (0..=highest).rev().map(|bit| html! {
                <b class="mono" aria-hidden="true" data-on={(marked == Some(bit)).then_some("true")}>{ k >> bit & 1 }</b>
            }) }
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_written_as_the_sum_it_is() {
        let sums: Vec<String> = moves(5).iter().map(sum).collect();
        assert_eq!(sums, ["G", "1G + 1G = 2G", "2G + 2G = 4G", "4G + G = 5G"]);
    }
}
