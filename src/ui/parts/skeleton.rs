//! The shape of what is coming.

use yew::prelude::*;

use crate::ui::{Text, use_text};

/// Properties of [`Skeleton`].
#[derive(Properties, PartialEq)]
pub struct SkeletonProps {
    /// Lines of text to come.
    #[prop_or(4)]
    pub lines: u32,
}

/// Still bars where so many lines of text will be.
pub fn skeleton(text: Text, lines: u32) -> Html {
    html! {
        <div class="skeleton" data-state="loading" role="status">
            <span class="vh">{text.t("common.loading")}</span>
            {for (0..lines).map(|line| html! {
                <i key={line} style={format!("width:{}%", [92, 64, 78, 48][line as usize % 4])}></i>
            })}
        </div>
    }
}

/// [`skeleton`] as a component.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    skeleton(use_text(), props.lines)
}
