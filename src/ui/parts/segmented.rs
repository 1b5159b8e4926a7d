//! One of a few, side by side.

use web_sys::{HtmlElement, wasm_bindgen::JsCast};
use yew::prelude::*;

/// Properties of [`Segmented`].
#[derive(Properties, PartialEq)]
pub struct SegmentedProps {
    /// What is chosen, for screen readers.
    pub label: AttrValue,
    /// Value and text of each choice.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The chosen value.
    pub value: AttrValue,
    /// Called with the value of the newly chosen.
    pub onchange: Callback<AttrValue>,
    /// Smaller.
    #[prop_or(false)]
    pub small: bool,
    /// For tests: `data-action` of each button is this and `:` and its value.
    #[prop_or_default]
    pub action: Option<AttrValue>,
}

/// A row of choices: Tab enters it once, arrow keys choose.
#[component]
pub fn Segmented(props: &SegmentedProps) -> Html {
    let onkeydown = {
        let values: Vec<AttrValue> = props.options.iter().map(|(value, _)| value.clone()).collect();
        let (value, onchange) = (props.value.clone(), props.onchange.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = values.len();
            let Some(at) = values.iter().position(|other| *other == value) else { return };
            let next = match event.key().as_str() {
                "ArrowRight" | "ArrowDown" => (at + 1) % count,
                "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            focus_child(&event, next);
            if let Some(value) = values.get(next) {
                onchange.emit(value.clone());
            }
        })
    };
    html! {
        <div class={classes!("seg", props.small.then_some("seg--sm"))} role="radiogroup" aria-label={props.label.clone()}
            {onkeydown}>
            {for props.options.iter().map(|(value, text)| {
                let chosen = *value == props.value;
                let onclick = {
                    let value = value.clone();
                    props.onchange.reform(move |_| value.clone())
                };
                html! {
                    <button type="button" role="radio" key={value.as_str()} {onclick}
                        aria-checked={if chosen { "true" } else { "false" }} tabindex={if chosen { "0" } else { "-1" }}
                        data-action={props.action.as_ref().map(|action| format!("{action}:{value}"))}>
                        {text.clone()}
                    </button>
                }
            })}
        </div>
    }
}

/// Moves the focus to the `index`-th child of the element that handles `event`.
fn focus_child(event: &KeyboardEvent, index: usize) {
    let child = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.children().item(index as u32))
        .and_then(|child| child.dyn_into::<HtmlElement>().ok());
    if let Some(child) = child {
        // A child that can't take the focus leaves it where it was.
        let _ = child.focus();
    }
}
