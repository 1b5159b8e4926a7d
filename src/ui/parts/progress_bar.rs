//! How far something is.

use yew::prelude::*;

/// Properties of [`ProgressBar`].
#[derive(Properties, PartialEq)]
pub struct ProgressBarProps {
    /// Done.
    pub value: u32,
    /// Of how many.
    pub max: u32,
    /// What is under way, with the numbers.
    pub label: AttrValue,
}

/// A bar with its name for screen readers.
#[component]
pub fn ProgressBar(props: &ProgressBarProps) -> Html {
    let (value, max) = (props.value, props.max);
    let part = u64::from(value.min(max)) * 100 / u64::from(max.max(1));
    html! {
        <span class="meter" role="progressbar" aria-label={props.label.clone()} aria-valuemin="0"
            aria-valuemax={max.to_string()} aria-valuenow={value.to_string()} style={format!("--v:{part}%")}>
            <i></i>
        </span>
    }
}
