//! A remark in a quiet frame.

use yew::prelude::*;

use super::icon::{Icon, IconName};

/// Properties of [`Note`].
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// What it says.
    pub children: Html,
    /// An icon before it.
    #[prop_or(IconName::Info)]
    pub icon: IconName,
    /// Its meaning: `bad`, `pending` or nothing.
    #[prop_or_default]
    pub kind: AttrValue,
}

/// A note.
#[component]
pub fn Note(props: &NoteProps) -> Html {
    html! {
        <div class="notice" data-kind={props.kind.clone()}>
            <Icon name={props.icon} />
            <div class="grow">{props.children.clone()}</div>
        </div>
    }
}
