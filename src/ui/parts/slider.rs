//! A number by dragging or by keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Slider`].
#[derive(Properties, PartialEq)]
pub struct SliderProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What it sets.
    pub label: AttrValue,
    /// Least value.
    pub min: u32,
    /// Greatest value.
    pub max: u32,
    /// Step between values.
    #[prop_or(1)]
    pub step: u32,
    /// The value.
    pub value: u32,
    /// The value as people read it, such as `40 %`.
    pub shown: AttrValue,
    /// Called while it moves.
    pub oninput: Callback<u32>,
    /// It can't be changed now.
    #[prop_or(false)]
    pub disabled: bool,
}

/// A slider: label, track and value.
#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let oninput = props.oninput.clone();
    let fallback = props.value;
    let oninput = Callback::from(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        oninput.emit(text.parse().unwrap_or(fallback));
    });
    let span = props.max.saturating_sub(props.min).max(1);
    let part = props.value.saturating_sub(props.min).min(span) * 100 / span;
    html! {
        <div class="ctl">
            <label for={props.id.clone()}>{props.label.clone()}</label>
            <input class="range" type="range" id={props.id.clone()} min={props.min.to_string()} max={props.max.to_string()}
                step={props.step.to_string()} value={props.value.to_string()} {oninput} disabled={props.disabled}
                aria-valuetext={props.shown.clone()} style={format!("--v:{part}%")} />
            <output class="num" for={props.id.clone()}>{props.shown.clone()}</output>
        </div>
    }
}
