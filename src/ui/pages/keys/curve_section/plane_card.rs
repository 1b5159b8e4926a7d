//! Adding two points on the real plane: a line, the third point on it, its mirror image.

use yew::prelude::*;

use crate::ui::figures::real_curve::{LEAST_X, MOST_X, Place, RealCurveFigure, sum};
use crate::ui::parts::{Button, Panel, Slider};
use crate::ui::use_text;

/// A slider's steps from the curve's left end to the drawing's right.
const STEPS: u32 = 200;

fn x_of(step: u32) -> f64 {
    LEAST_X + f64::from(step.min(STEPS)) / f64::from(STEPS) * (MOST_X - LEAST_X)
}

/// The card.
#[component]
pub fn PlaneCard() -> Html {
    let text = use_text();
    let p = use_state_eq(|| (20u32, true));
    let q = use_state_eq(|| (95u32, true));
    let (at_p, at_q) = (Place::at(x_of(p.0), p.1), Place::at(x_of(q.0), q.1));
    let result = sum(at_p, at_q);
    let shown = |place: Place| format!("({:.2}, {:.2})", place.x, place.y);
    let said = match result {
        None => text.t("keys.curve.upright").to_owned(),
        Some((_, sum)) => {
            text.with("keys.curve.sum", &[("p", &shown(at_p)), ("q", &shown(at_q)), ("sum", &shown(sum))])
        }
    };
    let control = |id: &'static str, name: &'static str, state: &UseStateHandle<(u32, bool)>| {
        let (step, upper) = **state;
        let (moved, turned) = (state.setter(), state.setter());
        html! {
            <div class="plane__control">
                <Slider {id} label={text.with("keys.curve.place", &[("name", name)])} min={0} max={STEPS} value={step}
                    shown={format!("{:.2}", x_of(step))} oninput={Callback::from(move |step: u32| moved.set((step, upper)))} />
                <Button small={true} action={format!("turn-{id}")} onclick={move |_| turned.set((step, !upper))}>{ text.t("keys.curve.turn") }</Button>
            </div>
        }
    };
    let set = |p_to: (u32, bool), q_to: (u32, bool)| {
        let (p, q) = (p.setter(), q.setter());
        Callback::from(move |_: MouseEvent| {
            p.set(p_to);
            q.set(q_to);
        })
    };
    html! {
        <Panel name="curve-plane" title={text.t("keys.curve.plane")} subtitle={text.t("keys.curve.plane_sub")}>
            <div class="stack stack--3">
                <RealCurveFigure p={at_p} q={at_q} label={said.clone()} />
                <p class="sm" aria-live="polite" data-plane={if result.is_some() { "sum" } else { "infinity" }}>{ said }</p>
                { control("point_p", "P", &p) }
                { control("point_q", "Q", &q) }
                <div class="row row--wrap">
                    <Button small={true} action="tangent" onclick={set(*p, *p)}>{ text.t("keys.curve.tangent") }</Button>
                    <Button small={true} action="upright" onclick={set(*p, (p.0, !p.1))}>{ text.t("keys.curve.mirror") }</Button>
                    <Button small={true} action="chord" onclick={set((20, true), (95, true))}>{ text.t("keys.curve.chord") }</Button>
                </div>
            </div>
        </Panel>
    }
}
