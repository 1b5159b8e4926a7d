//! Copies a text to the clipboard and says so.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::icon::{IconName, icon};
use crate::ui::use_text;

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
    Refused,
}

/// A copy button; for two seconds it says whether it worked.
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
            wasm_bindgen_futures::spawn_local(async move {
                let copied = crate::web::page::copy_text(&content).await;
                shown.set(if copied { Shown::Copied } else { Shown::Refused });
                *reset.borrow_mut() = Some(Timeout::new(2_000, move || shown.set(Shown::Ready)));
            });
        })
    };
    let (name, title) = match *shown {
        Shown::Ready => (IconName::Copy, text.t("common.copy")),
        Shown::Copied => (IconName::Check, text.t("common.copied")),
        Shown::Refused => (IconName::Warning, text.t("common.copy_refused")),
    };
    let class = classes!("btn", "btn--quiet", "btn--sm", "copy", props.label.is_none().then_some("btn--icon"));
    html! {
        <button type="button" {class} {onclick} {title} aria-label={title} data-action="copy"
            data-state={if *shown == Shown::Copied { "copied" } else { "" }}>
            {icon(name, 15)}
            if let Some(label) = &props.label {
                <span>{if *shown == Shown::Ready { label.clone() } else { AttrValue::Static(title) }}</span>
            }
        </button>
    }
}
