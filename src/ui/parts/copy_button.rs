//! Copies a text to the clipboard and says so.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::icon::{Icon, IconName};
use crate::ui::use_text;
use crate::web::page;

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    /// What is copied.
    pub text: AttrValue,
    /// A word beside the icon; none makes it an icon button.
    #[prop_or_default]
    pub label: Option<AttrValue>,
}

/// What the button shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Ready,
    Copied,
    /// The browser did not copy; the text is selected on the page.
    Selected,
    /// The browser did not copy, and the text is not on the page as it is.
    Refused,
}

/// How long the outcome is told, in milliseconds; longer where there is something left to do.
const TOLD_MS: u32 = 2_000;
const TOLD_REFUSED_MS: u32 = 8_000;

/// A copy button; for a while it says whether it worked. Where the browser refuses, the text is selected, so that it can
/// be copied by hand.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let text = use_text();
    let shown = use_state_eq(|| Shown::Ready);
    let reset = use_mut_ref(|| None::<Timeout>);
    let onclick = {
        let (content, shown) = (props.text.clone(), shown.clone());
        Callback::from(move |event: MouseEvent| {
            // A copy button may stand inside a link or a row that is itself clickable.
            event.stop_propagation();
            event.prevent_default();
            let (content, shown, reset) = (content.clone(), shown.clone(), reset.clone());
            let button = event.target_dyn_into::<web_sys::Element>();
            wasm_bindgen_futures::spawn_local(async move {
                let copied = page::copy_text(&content, button.clone()).await;
                let outcome = match button {
                    _ if copied => Shown::Copied,
                    Some(button) if page::select_shown(&content, &button) => Shown::Selected,
                    _ => Shown::Refused,
                };
                shown.set(outcome);
                let told_ms = if copied { TOLD_MS } else { TOLD_REFUSED_MS };
                *reset.borrow_mut() = Some(Timeout::new(told_ms, move || shown.set(Shown::Ready)));
            });
        })
    };
    let (name, title) = match *shown {
        Shown::Ready => (IconName::Copy, text.t(key!("common.copy"))),
        Shown::Copied => (IconName::Check, text.t(key!("common.copied"))),
        Shown::Selected => (IconName::Warning, text.t(key!("common.copy_selected"))),
        Shown::Refused => (IconName::Warning, text.t(key!("common.copy_refused"))),
    };
    let state = match *shown {
        Shown::Ready => "",
        Shown::Copied => "copied",
        Shown::Selected => "selected",
        Shown::Refused => "refused",
    };
    // What went wrong is in words beside the icon too: a title is not seen where nothing can hover.
    let failed = matches!(*shown, Shown::Selected | Shown::Refused);
    let class =
        classes!("btn", "btn--quiet", "btn--sm", "copy", (props.label.is_none() && !failed).then_some("btn--icon"));
    let word = match &props.label {
        Some(label) if *shown == Shown::Ready => Some(label.clone()),
        Some(_) => Some(AttrValue::Static(title)),
        None => failed.then_some(AttrValue::Static(title)),
    };
    html! {
        <button type="button" {class} {onclick} {title} aria-label={title} data-action="copy" data-state={state}>
            <Icon {name} size={15} />
            if let Some(word) = word { <span>{word}</span> }
        </button>
    }
}
