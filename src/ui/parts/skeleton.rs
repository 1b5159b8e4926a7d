//! The shape of what is coming.

use yew::prelude::*;

use crate::ui::use_text;

/// Properties of [`Skeleton`].
#[derive(Properties, PartialEq)]
pub struct SkeletonProps {
    /// Lines of text to come.
    #[prop_or(4)]
    pub lines: u32,
}

/// Still bars where so many lines of text will be.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    let text = use_text();
    html! {
        <div class="skeleton" data-state="loading" role="status">
            <span class="vh">{text.t(key!("common.loading"))}</span>
            {for (0..props.lines).map(|line| html! {
                <i key={line} style={format!("width:{}%", [92, 64, 78, 48][line as usize % 4])}></i>
            })}
        </div>
    }
}
