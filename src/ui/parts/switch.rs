//! On or off.

use yew::prelude::*;

/// Properties of [`Switch`].
#[derive(Properties, PartialEq)]
pub struct SwitchProps {
    /// What it switches.
    pub label: AttrValue,
    /// Whether it is on.
    pub checked: bool,
    /// Called with the wanted state.
    pub onchange: Callback<bool>,
    /// It can't be changed now.
    #[prop_or(false)]
    pub disabled: bool,
    /// For tests and scripts: `data-action`.
    #[prop_or_default]
    pub action: Option<AttrValue>,
}

/// A switch with its label.
#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let wanted = !props.checked;
    let onclick = props.onchange.reform(move |_| wanted);
    html! {
        <button type="button" class="switchrow" role="switch" aria-checked={if props.checked { "true" } else { "false" }}
            {onclick} disabled={props.disabled} data-action={props.action.clone()}>
            <span class="switch" aria-hidden="true"></span>
            <span>{props.label.clone()}</span>
        </button>
    }
}
