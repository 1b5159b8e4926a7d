//! Nothing here, and why, and what to do.

use yew::prelude::*;

use super::icon::{IconName, icon};
use super::mark::{MarkKind, mark};

/// Properties of [`EmptyState`].
#[derive(Clone, Default, Properties, PartialEq)]
pub struct EmptyStateProps {
    /// What it is.
    pub title: AttrValue,
    /// Why.
    #[prop_or_default]
    pub text: AttrValue,
    /// The icon above; none is a queue.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// It is an error.
    #[prop_or(false)]
    pub bad: bool,
    /// What to do: one button or link.
    #[prop_or_default]
    pub children: Html,
}

/// An empty or failed place.
pub fn empty_state(props: EmptyStateProps) -> Html {
    html! {
        <div class="void" data-kind={props.bad.then_some("bad")} data-state={if props.bad { "error" } else { "empty" }}>
            if props.bad {
                {mark(MarkKind::Bad, 26)}
            } else {
                {icon(props.icon.unwrap_or(IconName::Waiting), 26)}
            }
            <b>{props.title}</b>
            if !props.text.is_empty() {
                <p>{props.text}</p>
            }
            {props.children}
        </div>
    }
}

/// [`empty_state`] as a component.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    empty_state(props.clone())
}
