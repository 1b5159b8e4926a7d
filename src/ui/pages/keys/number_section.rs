//! See the issue.

use yew::prelude::*;

use super::section::SectionProps;

/// The section.
#[component]
pub fn NumberSection(_props: &SectionProps) -> Html {
    Html::default()
}
