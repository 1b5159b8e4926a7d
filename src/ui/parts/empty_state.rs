//! Nothing here, and why, and what to do.

use yew::prelude::*;

use super::icon::{Icon, IconName};
use super::mark::{Mark, MarkKind};

/// Properties of [`EmptyState`].
#[derive(Properties, PartialEq)]
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
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="void" data-kind={props.bad.then_some("bad")} data-state={if props.bad { "error" } else { "empty" }}>
            if props.bad {
                <Mark kind={MarkKind::Bad} size={26} />
            } else {
                <Icon name={props.icon.unwrap_or(IconName::Waiting)} size={26} />
            }
            <b>{props.title.clone()}</b>
            if !props.text.is_empty() {
                <p>{props.text.clone()}</p>
            }
            {props.children.clone()}
        </div>
    }
}
