//! Where a page with a module of its own will be: loading it, or why it can't be loaded.

use std::cell::Cell;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::parts::{ButtonKind, ButtonProps, EmptyStateProps, IconName, button, empty_state, skeleton};
use crate::ui::route::Part;
use crate::ui::use_text;
use crate::web::load_part;

thread_local! {
    /// The parts already loaded, by their place in [`Part::ALL`].
    static LOADED: Cell<[bool; Part::ALL.len()]> = const { Cell::new([false; Part::ALL.len()]) };
}

/// How far a part is.
#[derive(Clone, PartialEq)]
enum Loading {
    Running,
    Done,
    Failed(AttrValue),
}

fn is_loaded(part: Part) -> bool {
    LOADED.get().get(part as usize).copied().unwrap_or_default()
}

async fn load(part: Part) -> Result<(), String> {
    load_part(part.name()).await?;
    let mut loaded = LOADED.get();
    if let Some(slot) = loaded.get_mut(part as usize) {
        *slot = true;
    }
    LOADED.set(loaded);
    Ok(())
}

/// Begins to load the part that a link leads to, before it is clicked.
pub fn load_ahead(part: Option<Part>) {
    if let Some(part) = part.filter(|part| !is_loaded(*part)) {
        // If it fails now, it is tried and told when it is shown.
        spawn_local(async move { drop(load(part).await) });
    }
}

/// Properties of [`PartPlace`].
#[derive(Properties, PartialEq)]
pub struct PartPlaceProps {
    /// The part.
    pub part: Part,
}

/// Loads the part; nothing more to see once it draws itself.
#[component]
pub fn PartPlace(props: &PartPlaceProps) -> Html {
    let text = use_text();
    let part = props.part;
    let state = use_state_eq(|| if is_loaded(part) { Loading::Done } else { Loading::Running });
    let run = {
        let state = state.setter();
        Callback::from(move |()| {
            let state = state.clone();
            state.set(Loading::Running);
            spawn_local(async move {
                state.set(match load(part).await {
                    Ok(()) => Loading::Done,
                    Err(reason) => Loading::Failed(reason.into()),
                });
            });
        })
    };
    {
        let run = run.clone();
        use_effect_with(part, move |part| {
            if !is_loaded(*part) {
                run.emit(());
            }
        });
    }
    match &*state {
        Loading::Done => Html::default(),
        Loading::Running => html! {
            <div class="stack" data-part-state="loading" role="status" aria-label={text.t("part.loading")}>
                <p class="muted">{text.t("part.loading")}</p>
                {skeleton(text, 6)}
            </div>
        },
        Loading::Failed(reason) => html! {
            <div data-part-state="failed" role="alert">
                {empty_state(EmptyStateProps {
                    title: text.t("part.failed").into(),
                    text: text.with("part.failed_why", &[("reason", reason)]).into(),
                    icon: Some(IconName::Warning),
                    children: button(ButtonProps {
                        kind: ButtonKind::Accent,
                        icon: Some(IconName::Reload),
                        action: Some("load-part".into()),
                        onclick: run.reform(|_| ()),
                        children: html! { text.t("part.again") },
                        ..ButtonProps::default()
                    }),
                    ..EmptyStateProps::default()
                })}
            </div>
        },
    }
}
