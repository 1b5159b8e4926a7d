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

/// A page's heading with its sentence and buttons; what its fields mean, [`PageHeadProps`] says.
pub fn page_head(title: impl Into<AttrValue>, lede: impl Into<AttrValue>, tools: Html) -> Html {
    html! {
        <div class="page__head">
            <h1>{title.into()}</h1>
            <p class="page__lede">{lede.into()}</p>
            <div class="page__tools">{tools}</div>
        </div>
    }
}

/// [`page_head`] as a component.
#[component]
pub fn PageHead(props: &PageHeadProps) -> Html {
    page_head(props.title.clone(), props.lede.clone(), props.children.clone())
}
