//! Names and values in two columns.

use yew::prelude::*;

/// A list of facts: name and value of each line.
pub fn facts(rows: Vec<(&'static str, Html)>) -> Html {
    html! {
        <dl class="facts">
            {for rows.into_iter().map(|(name, value)| html! { <><dt>{name}</dt><dd>{value}</dd></> })}
        </dl>
    }
}
