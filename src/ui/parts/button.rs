//! Buttons.

use yew::prelude::*;

use super::icon::{Icon, IconName};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// One of several.
    #[default]
    Plain,
    /// The page's main act; at most one in sight.
    Primary,
    /// A main act of a panel.
    Accent,
    /// It destroys something.
    Danger,
    /// Barely there.
    Quiet,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Primary => "btn--primary",
            Self::Accent => "btn--accent",
            Self::Danger => "btn--danger",
            Self::Quiet => "btn--quiet",
        }
    }
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What the button says; nothing makes it an icon button, then `title` names it.
    #[prop_or_default]
    pub children: Html,
    /// How much it asks for attention.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// An icon before the text.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// Smaller, for panel heads and rows.
    #[prop_or(false)]
    pub small: bool,
    /// As wide as its place.
    #[prop_or(false)]
    pub block: bool,
    /// Only the icon is shown: `title` is the button's name.
    #[prop_or(false)]
    pub icon_only: bool,
    /// Called by click, Enter and Space, unless disabled.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// It can't be pressed now.
    #[prop_or(false)]
    pub disabled: bool,
    /// For toggles: whether it is down.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Whether it unfolds something, and that is open.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// It sends the form it is in.
    #[prop_or(false)]
    pub submit: bool,
    /// Tooltip, and the name of an icon button.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// For tests and scripts: `data-action`.
    #[prop_or_default]
    pub action: Option<AttrValue>,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let class = classes!(
        "btn",
        props.kind.class(),
        props.small.then_some("btn--sm"),
        props.block.then_some("btn--block"),
        props.icon_only.then_some("btn--icon"),
        props.class.clone(),
    );
    let size = if props.small { 15 } else { 18 };
    let flag = |value: bool| if value { "true" } else { "false" };
    html! {
        <button type={if props.submit { "submit" } else { "button" }} {class} onclick={props.onclick.clone()}
            disabled={props.disabled} aria-pressed={props.pressed.map(flag)} aria-expanded={props.expanded.map(flag)}
            title={props.title.clone()} aria-label={if props.icon_only { props.title.clone() } else { None }}
            data-action={props.action.clone()}>
            if let Some(name) = props.icon {
                <Icon {name} {size} />
            }
            {props.children.clone()}
        </button>
    }
}
