//! See the issue.

use yew::prelude::*;

use super::section::SectionProps;

/// The section.
#[component]
pub fn FailuresSection(_props: &SectionProps) -> Html {
    Html::default()
}
