//! Names and values in two columns.

use yew::prelude::*;

/// Properties of [`Facts`].
#[derive(Properties, PartialEq)]
pub struct FactsProps {
    /// Name and value of each line.
    pub rows: Vec<(&'static str, Html)>,
}

/// A list of facts.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    html! {
        <dl class="facts">
            {for props.rows.iter().map(|(name, value)| html! { <><dt>{*name}</dt><dd>{value.clone()}</dd></> })}
        </dl>
    }
}
