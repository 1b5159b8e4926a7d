//! How many 2^256 is.

use yew::prelude::*;

use crate::lessons::key_search::power_of_ten;
use crate::ui::figures::powers::{Counted, PowersFigure, entries, layout, log10};
use crate::ui::parts::{FigurePanel, Slider};
use crate::ui::{Key, Text, use_text};

/// The name of an entry.
fn name_key(entry: &Counted) -> Key {
    match entry.name {
        "people" => key!("keys.number.scale.people"),
        "seconds" => key!("keys.number.scale.seconds"),
        "sand" => key!("keys.number.scale.sand"),
        "words12" => key!("keys.number.scale.words12"),
        "addresses" => key!("keys.number.scale.addresses"),
        "earth" => key!("keys.number.scale.earth"),
        "universe" => key!("keys.number.scale.universe"),
        _ => key!("keys.number.scale.keys"),
    }
}

/// The count as a power of two, said to be an estimate where it is one.
fn count(text: Text, entry: &Counted) -> String {
    if entry.exact {
        format!("2^{}", entry.log2)
    } else {
        text.with(key!("keys.number.scale.about"), &[("power", &format!("2^{}", (entry.log2 * 10.0).round() / 10.0))])
    }
}

/// The card.
#[component]
pub fn ScaleCard() -> Html {
    let text = use_text();
    let chosen = use_state_eq(|| 64u32);
    let entries = entries();
    let drawing = layout(&entries, *chosen, |entry| (text.t(name_key(entry)).to_owned(), count(text, entry)));
    let passed = entries.iter().rev().find(|entry| entry.log2 <= f64::from(*chosen));
    let ten = power_of_ten(log10(f64::from(*chosen)));
    let said = match passed {
        Some(entry) => text.with(
            key!("keys.number.scale.more_than"),
            &[("flips", &chosen.to_string()), ("ten", &ten), ("name", text.t(name_key(entry)))],
        ),
        None => text.with(key!("keys.number.scale.less"), &[("flips", &chosen.to_string()), ("ten", &ten)]),
    };
    let oninput = {
        let chosen = chosen.clone();
        Callback::from(move |next: u32| chosen.set(next))
    };
    let figure = html! {
        <div class="stack stack--3 powers">
            <Slider id="scale_flips" label={text.t(key!("keys.number.scale.flips"))} min={0} max={256} value={*chosen} shown={chosen.to_string()} {oninput} />
            <p class="sm" aria-live="polite" data-scale={chosen.to_string()}>{ said.clone() }</p>
            <PowersFigure {drawing} label={said} />
            <p class="xs muted">{ text.t(key!("keys.number.scale.why")) }</p>
        </div>
    };
    let table = html! {
        <table class="table">
            <thead><tr><th scope="col">{ text.t(key!("keys.number.scale.what")) }</th><th scope="col" class="r">{ text.t(key!("keys.number.scale.two")) }</th>
                <th scope="col" class="r">{ text.t(key!("keys.number.scale.tens")) }</th></tr></thead>
            <tbody>{ for entries.iter().map(|entry| html! {
                <tr data-entry={entry.name}><td>{ text.t(name_key(entry)) }</td><td class="r">{ count(text, entry) }</td>
                    <td class="r">{ text.with(key!("keys.number.scale.about"), &[("power", &power_of_ten(log10(entry.log2)))]) }</td></tr>
            }) }</tbody>
        </table>
    };
    html! {
        <FigurePanel name="powers" title={text.t(key!("keys.number.scale.title"))} subtitle={text.t(key!("keys.number.scale.sub"))} {figure} {table} />
    }
}
