//! All notes, sent and received.

use yew::prelude::*;

use super::note_item::{NoteItem, headline};
use crate::api::NotesView;
use crate::ui::parts::{EmptyState, IconName, Panel};
use crate::ui::{Shared, use_text};

/// Props of [`NotesCard`].
#[derive(Properties, PartialEq)]
pub struct NotesCardProps {
    /// The notes.
    pub notes: Shared<NotesView>,
}

/// The card; what is new is said politely.
#[component]
pub fn NotesCard(props: &NotesCardProps) -> Html {
    let text = use_text();
    let notes = &props.notes.notes;
    html! {
        <Panel name="across-notes" title={text.t(key!("keys.notes.title"))} subtitle={text.t(key!("keys.notes.sub"))}>
            <p class="vh" role="status" aria-live="polite">{ notes.first().map(|note| headline(text, note)).unwrap_or_default() }</p>
            if notes.is_empty() {
                <EmptyState title={text.t(key!("keys.notes.none"))} text={text.t(key!("keys.notes.none_why"))} icon={IconName::Edit} />
            } else {
                <ol class="notelist" tabindex="0" aria-label={text.t(key!("keys.notes.title"))}>
                    { for notes.iter().map(|note| html! { <NoteItem key={note.number} note={note.clone()} /> }) }
                </ol>
            }
        </Panel>
    }
}
