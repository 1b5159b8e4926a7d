//! See the issue.

use yew::prelude::*;

use super::section::SectionProps;

/// The section.
#[component]
pub fn SigningSection(_props: &SectionProps) -> Html {
    Html::default()
}
