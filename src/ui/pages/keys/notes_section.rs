//! See the issue.

use yew::prelude::*;

use super::section::SectionProps;

/// The section.
#[component]
pub fn NotesSection(_props: &SectionProps) -> Html {
    Html::default()
}
