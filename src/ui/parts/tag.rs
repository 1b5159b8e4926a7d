//! A word in a frame.

use yew::prelude::*;

use super::icon::{Icon, IconName};

/// Properties of [`Tag`].
#[derive(Properties, PartialEq)]
pub struct TagProps {
    /// What it says.
    pub text: AttrValue,
    /// Its meaning: `accent`, `ok`, `bad`, `stale`, `pending`, `immature` or nothing.
    #[prop_or_default]
    pub kind: AttrValue,
    /// An icon before the text.
    #[prop_or_default]
    pub icon: Option<IconName>,
}

/// A tag.
#[component]
pub fn Tag(props: &TagProps) -> Html {
    html! {
        <span class="tag" data-kind={props.kind.clone()}>
            if let Some(name) = props.icon {
                <Icon {name} size={13} />
            }
            {props.text.clone()}
        </span>
    }
}
