//! A remark in a quiet frame.

use yew::prelude::*;

use super::icon::{IconName, icon};

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

/// A note; what its fields mean, [`NoteProps`] says.
pub fn note(kind: impl Into<AttrValue>, before: IconName, said: Html) -> Html {
    html! {
        <div class="notice" data-kind={kind.into()}>
            {icon(before, 16)}
            <div class="grow">{said}</div>
        </div>
    }
}

/// [`note`] as a component.
#[component]
pub fn Note(props: &NoteProps) -> Html {
    note(props.kind.clone(), props.icon, props.children.clone())
}
