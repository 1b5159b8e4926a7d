//! Signed notes from tab to tab, and a man in the middle: what a signature proves to someone else, and what not.

mod compose_card;
mod middle_card;
mod note_item;
mod notes_card;

use yew::prelude::*;

use super::section::SectionProps;
use crate::ui::parts::{Panel, Skeleton};
use compose_card::ComposeCard;
use middle_card::MiddleCard;
use notes_card::NotesCard;

/// The section.
#[component]
pub fn AcrossSection(props: &SectionProps) -> Html {
    let (Some(notes), Some(node)) = (&props.notes, &props.node) else {
        return html! { <Panel><Skeleton lines={6} /></Panel> };
    };
    html! {
        <div class="across">
            <div class="stack stack--4">
                <ComposeCard key_on_screen={props.key_on_screen.clone()} message={props.message.clone()} on_message={props.on_message.clone()}
                    notes={notes.clone()} node={node.clone()} />
                <MiddleCard notes={notes.clone()} me={node.name.clone()} />
            </div>
            <NotesCard notes={notes.clone()} />
        </div>
    }
}
