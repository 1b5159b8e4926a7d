//! A framed part of a page.

use yew::prelude::*;

/// Properties of [`Panel`].
#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The heading; none leaves the head out.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// A sentence beside the heading.
    #[prop_or_default]
    pub subtitle: Option<AttrValue>,
    /// Buttons at the head's right end.
    #[prop_or_default]
    pub actions: Html,
    /// More classes, such as `a-head`.
    #[prop_or_default]
    pub class: Classes,
    /// For tests: `data-panel`.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// What the panel shows: `data-state`.
    #[prop_or_default]
    pub state: Option<AttrValue>,
    /// What is in it.
    #[prop_or_default]
    pub children: Html,
}

/// A section with a heading, a sentence and buttons.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    html! {
        <section class={classes!("panel", props.class.clone())} data-panel={props.name.clone()}
            data-state={props.state.clone()} aria-label={props.title.clone()}>
            if let Some(title) = &props.title {
                <header class="panel__head">
                    <h2 class="panel__title">{title.clone()}</h2>
                    if let Some(subtitle) = &props.subtitle {
                        <p class="panel__sub">{subtitle.clone()}</p>
                    }
                    <div class="panel__tools">{props.actions.clone()}</div>
                </header>
            }
            {props.children.clone()}
        </section>
    }
}
