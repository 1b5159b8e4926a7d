//! A word in a frame.

use yew::prelude::*;

use super::icon::{IconName, icon};

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

/// A tag; what its fields mean, [`TagProps`] says.
pub fn tag(kind: impl Into<AttrValue>, before: Option<IconName>, text: impl Into<AttrValue>) -> Html {
    framed(kind.into(), before, text.into())
}

fn framed(kind: AttrValue, before: Option<IconName>, text: AttrValue) -> Html {
    html! {
        <span class="tag" data-kind={kind}>
            if let Some(name) = before {
                {icon(name, 13)}
            }
            {text}
        </span>
    }
}

/// [`tag`] as a component.
#[component]
pub fn Tag(props: &TagProps) -> Html {
    framed(props.kind.clone(), props.icon, props.text.clone())
}
