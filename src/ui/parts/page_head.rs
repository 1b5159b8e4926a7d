//! The head of a page.

use yew::prelude::*;

/// Properties of [`PageHead`].
#[derive(Properties, PartialEq)]
pub struct PageHeadProps {
    /// The page's name.
    pub title: AttrValue,
    /// A sentence about what is seen.
    #[prop_or_default]
    pub lede: AttrValue,
    /// Buttons at the right end.
    #[prop_or_default]
    pub children: Html,
}

/// A page's heading with its sentence and buttons.
#[component]
pub fn PageHead(props: &PageHeadProps) -> Html {
    html! {
        <div class="page__head">
            <h1>{props.title.clone()}</h1>
            <p class="page__lede">{props.lede.clone()}</p>
            <div class="page__tools">{props.children.clone()}</div>
        </div>
    }
}
