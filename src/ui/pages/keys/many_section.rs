//! See the issue.

use yew::prelude::*;

use super::section::SectionProps;

/// The section.
#[component]
pub fn ManySection(_props: &SectionProps) -> Html {
    Html::default()
}
