//! Adding points of y² = x³ + 7 on the real plane: chord, tangent, and the vertical line.

use yew::prelude::*;

use crate::ui::figures::real_curve::{Handle, RealCurveFigure, STEPS, Sum, Y_MAX, add, is_in_sight, point_of_step};
use crate::ui::parts::{Button, FigurePanel, Slider};
use crate::ui::use_text;

/// Where both points are at first, in steps of y.
const FIRST: (i32, i32) = (40, 10);

/// A number with two decimals; no minus before zero.
fn decimals(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    format!("{:.2}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A point in words.
fn pair((x, y): (f64, f64)) -> String {
    format!("({}, {})", decimals(x), decimals(y))
}

/// The card.
#[component]
pub fn ChordCard() -> Html {
    let text = use_text();
    let places = use_state_eq(|| FIRST);
    let (p_step, q_step) = *places;
    let (p, q) = (point_of_step(p_step), point_of_step(q_step));
    let sum = add(p, q);
    let on_move = {
        let places = places.clone();
        Callback::from(move |(handle, step): (Handle, i32)| {
            let (p, q) = *places;
            places.set(if handle == Handle::P { (step, q) } else { (p, step) });
        })
    };
    let set = |next: (i32, i32)| {
        let places = places.clone();
        Callback::from(move |_: MouseEvent| places.set(next))
    };
    let slider = |handle: Handle, id: &'static str, label: &'static str, step: i32| {
        let oninput = on_move.reform(move |value: u32| (handle, i32::try_from(value).unwrap_or(0) - Y_MAX));
        let value = u32::try_from(step + Y_MAX).unwrap_or(0);
        let shown = format!("{:.1}", f64::from(step) / f64::from(STEPS));
        html! { <Slider {id} {label} min={0} max={(2 * Y_MAX) as u32} {value} {shown} {oninput} /> }
    };
    let (state, words) = match sum {
        Sum::Infinity => ("infinity", text.t(key!("keys.curve.chord.infinity")).to_owned()),
        Sum::Finite { tangent, slope, third, sum } => {
            let values = [("slope", &*decimals(slope)), ("third", &pair(third)), ("sum", &pair(sum))];
            if tangent {
                ("tangent", text.with(key!("keys.curve.chord.tangent"), &values))
            } else {
                ("chord", text.with(key!("keys.curve.chord.chord"), &values))
            }
        }
    };
    let result = match sum {
        Sum::Infinity => "infinity".to_owned(),
        Sum::Finite { sum, .. } => format!("{},{}", decimals(sum.0), decimals(sum.1)),
    };
    let is_out = matches!(sum, Sum::Finite { third, .. } if !is_in_sight(third));
    let controls = html! {
        <div class="stack stack--3">
            <p class="sm muted">{ text.t(key!("keys.curve.chord.why")) }</p>
            { slider(Handle::P, "chord_p", text.t(key!("keys.curve.chord.p")), p_step) }
            { slider(Handle::Q, "chord_q", text.t(key!("keys.curve.chord.q")), q_step) }
            <div class="row row--wrap">
                <Button small={true} action="chord-tangent" onclick={set((p_step, p_step))}>{ "Q = P" }</Button>
                <Button small={true} action="chord-infinity" onclick={set((p_step, -p_step))}>{ "Q = −P" }</Button>
                <Button small={true} action="chord-first" onclick={set(FIRST)}>{ text.t(key!("keys.curve.chord.again")) }</Button>
            </div>
            <div class="chord__said" aria-live="polite" data-sum={result} data-line={state}>
                <p class="sm">{ words.clone() }</p>
                if is_out { <p class="xs muted">{ text.t(key!("keys.curve.chord.out")) }</p> }
            </div>
        </div>
    };
    let figure = html! {
        <div class="stack stack--3">
            { controls.clone() }
            <RealCurveFigure p={p_step} q={q_step} label={words} {on_move} />
            <p class="xs muted">{ text.t(key!("keys.curve.chord.real")) }</p>
        </div>
    };
    let row = |name: &'static str, words: &'static str, point: Option<(f64, f64)>| {
        let none = || (text.t(key!("keys.curve.chord.none")).to_owned(), "–".to_owned());
        let (x, y) = point.map_or_else(none, |(x, y)| (decimals(x), decimals(y)));
        html! { <tr><th scope="row">{ name }</th><td>{ words }</td><td class="r">{ x }</td><td class="r">{ y }</td></tr> }
    };
    let (third, total) = match sum {
        Sum::Infinity => (None, None),
        Sum::Finite { third, sum, .. } => (Some(third), Some(sum)),
    };
    let table = html! {
        <div class="stack stack--3">
            { controls }
            <table class="table">
                <thead><tr><th scope="col">{ text.t(key!("keys.curve.chord.point")) }</th><th scope="col"></th>
                    <th scope="col" class="r">{ "x" }</th><th scope="col" class="r">{ "y" }</th></tr></thead>
                <tbody>
                    { row("P", text.t(key!("keys.curve.chord.chosen")), Some(p)) }
                    { row("Q", text.t(key!("keys.curve.chord.chosen")), Some(q)) }
                    { row("R", text.t(key!("keys.curve.chord.third")), third) }
                    { row("P+Q", text.t(key!("keys.curve.chord.mirror")), total) }
                </tbody>
            </table>
        </div>
    };
    html! {
        <FigurePanel name="chord" title={text.t(key!("keys.curve.chord.title"))} subtitle="y² = x³ + 7" {figure} {table} />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_decimals_and_no_minus_before_zero() {
        assert_eq!(pair((-0.001, 2.0)), "(0.00, 2.00)");
        assert_eq!(decimals(-1.6), "-1.60");
    }

    #[test]
    fn the_first_picture_has_everything_in_sight() {
        let sum = add(point_of_step(FIRST.0), point_of_step(FIRST.1));
        assert!(matches!(sum, Sum::Finite { third, sum, .. } if is_in_sight(third) && is_in_sight(sum)));
        let tangent = add(point_of_step(FIRST.0), point_of_step(FIRST.0));
        assert!(matches!(tangent, Sum::Finite { third, sum, .. } if is_in_sight(third) && is_in_sight(sum)));
    }
}
