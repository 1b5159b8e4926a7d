//! Toasts: at most two, polite, never in the way; errors stay until they are dismissed.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::notice_text::{NoticeText, notice_text};
use crate::ui::parts::{Avatar, Button, ButtonKind, Icon, IconName, Mark, MarkKind};
use crate::ui::store::{Action, Toast, ToastBody};
use crate::ui::{Shared, Text, use_dispatch, use_text};

/// How long one stays, in milliseconds.
const STAY_MS: u32 = 6_000;

/// Properties of [`Toaster`].
#[derive(Properties, PartialEq)]
pub struct ToasterProps {
    /// All toasts, oldest first.
    pub toasts: Shared<Vec<Toast>>,
}

/// The newest toasts in a polite live region.
#[component]
pub fn Toaster(props: &ToasterProps) -> Html {
    let text = use_text();
    html! {
        <div class="toasts" role="status" aria-label={text.t(key!("toast.label"))}>
            {for props.toasts.iter().map(|toast| html! { <ToastCard key={toast.id} toast={toast.clone()} /> })}
        </div>
    }
}

/// Properties of [`ToastCard`].
#[derive(Properties, PartialEq)]
struct ToastCardProps {
    toast: Toast,
}

fn words(text: Text, body: &ToastBody) -> NoticeText {
    match body {
        ToastBody::Notice(notice) => notice_text(text, notice),
        ToastBody::Error(error) => NoticeText {
            kind: "bad",
            who: None,
            title: text.t(key!("notice.error")).to_owned(),
            detail: text.error(error),
            href: None,
        },
        ToastBody::Said(said) => {
            NoticeText { kind: "info", who: None, title: said.clone(), detail: String::new(), href: None }
        }
    }
}

#[component]
fn ToastCard(props: &ToastCardProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let said = words(text, &props.toast.body);
    let id = props.toast.id;
    let stays = props.toast.body.is_error();
    {
        let dispatch = dispatch.clone();
        use_effect_with(stays, move |stays| {
            let timeout = (!*stays).then(|| Timeout::new(STAY_MS, move || dispatch.act(Action::Dismiss(id))));
            move || drop(timeout)
        });
    }
    let dismiss = Callback::from(move |_: MouseEvent| dispatch.act(Action::Dismiss(id)));
    let picture = match (&said.who, said.kind) {
        (Some(name), _) => html! { <Avatar name={name.clone()} size={24} /> },
        (None, "bad") => html! { <Mark kind={MarkKind::Bad} size={22} /> },
        (None, "good") => html! { <Mark kind={MarkKind::Ok} size={22} /> },
        (None, "reorg") => html! { <Icon name={IconName::Fork} size={22} /> },
        (None, _) => html! { <Icon name={IconName::Bell} size={22} /> },
    };
    html! {
        <div class="toast" data-kind={said.kind} data-toast={said.kind}>
            {picture}
            <div class="grow">
                if let Some(href) = said.href {
                    <b><a {href}>{said.title}</a></b>
                } else {
                    <b>{said.title}</b>
                }
                if !said.detail.is_empty() {
                    <p>{said.detail}</p>
                }
            </div>
            <Button kind={ButtonKind::Quiet} small={true} icon={IconName::Close} icon_only={true} onclick={dismiss}
                title={text.t(key!("toast.dismiss"))} action="dismiss" />
        </div>
    }
}
