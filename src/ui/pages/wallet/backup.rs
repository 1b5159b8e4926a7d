//! The words: to write down, and to bring a wallet back.

use yew::prelude::*;

use super::WalletCardProps;
use super::send::error_line;
use crate::session::{Answer, Command, UserError, WordsView};
use crate::ui::parts::{
    ButtonKind, ButtonProps, Dialog, Field, IconName, MarkKind, PanelProps, button, mark, note, panel,
};
use crate::ui::{use_dispatch, use_text};

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Nothing,
    Backup,
    Restore,
}

/// The card.
#[component]
pub fn BackupCard(props: &WalletCardProps) -> Html {
    let text = use_text();
    let open = use_state_eq(|| Open::Nothing);
    let restored = use_state_eq(|| false);
    let show = |which: Open| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(which))
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let on_restored = {
        let (open, restored) = (open.clone(), restored.clone());
        Callback::from(move |()| {
            restored.set(true);
            open.set(Open::Nothing);
        })
    };
    let done = props.wallet.words_backed_up;
    panel(PanelProps {
        name: Some("backup".into()),
        title: Some(text.t("wallet.backup.title").into()),
        subtitle: Some(text.t("wallet.backup.sub").into()),
        children: html! {
            <>
                <div class="stack stack--3">
                    <p class="row sm" data-backed-up={done.to_string()}>
                        {mark(if done { MarkKind::Ok } else { MarkKind::Todo }, 18)}
                        <span>{ if done { text.t("wallet.backup.done") } else { text.t("wallet.backup.todo") } }</span>
                    </p>
                    <div class="row row--wrap">
                        {button(ButtonProps {
                            kind: if done { ButtonKind::Plain } else { ButtonKind::Accent },
                            icon: Some(IconName::Edit),
                            action: Some("backup-words".into()),
                            onclick: show(Open::Backup),
                            children: html! { text.t("wallet.backup.open") },
                            ..ButtonProps::default()
                        })}
                        {button(ButtonProps {
                            icon: Some(IconName::Reload),
                            action: Some("restore-words".into()),
                            onclick: show(Open::Restore),
                            children: html! { text.t("wallet.restore.open") },
                            ..ButtonProps::default()
                        })}
                    </div>
                    <div role="status">
                        if *restored { <p class="row sm">{mark(MarkKind::Ok, 18)}<span>{ text.t("wallet.restore.done") }</span></p> }
                    </div>
                </div>
                <BackupDialog open={*open == Open::Backup} on_close={close.clone()} />
                <RestoreDialog open={*open == Open::Restore} on_close={close} {on_restored} />
            </>
        },
        ..PanelProps::default()
    })
}

/// Props of the dialogs.
#[derive(Properties, PartialEq)]
struct WordsDialogProps {
    open: bool,
    on_close: Callback<()>,
    #[prop_or_default]
    on_restored: Callback<()>,
}

/// Warning, words, 'I have written them down'. The words are forgotten when it closes.
#[component]
fn BackupDialog(props: &WordsDialogProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let words = use_state_eq(|| None::<WordsView>);
    let error = use_state_eq(|| None::<UserError>);
    let on_close = {
        let (words, error, on_close) = (words.clone(), error.clone(), props.on_close.clone());
        Callback::from(move |()| {
            words.set(None);
            error.set(None);
            on_close.emit(());
        })
    };
    let reveal = {
        let (dispatch, words, error) = (dispatch.clone(), words.clone(), error.clone());
        Callback::from(move |_: MouseEvent| {
            let (words, error) = (words.clone(), error.clone());
            dispatch.request(Command::RevealWords, move |result| match result {
                Ok(Answer::Words(found)) => words.set(Some(found)),
                Ok(_) => {}
                Err(found) => error.set(Some(found)),
            });
        })
    };
    let confirm = {
        let (error, on_close) = (error.clone(), on_close.clone());
        Callback::from(move |_: MouseEvent| {
            let (error, on_close) = (error.clone(), on_close.clone());
            dispatch.request(Command::WordsBackedUp, move |result| match result {
                Ok(_) => on_close.emit(()),
                Err(found) => error.set(Some(found)),
            });
        })
    };
    let actions = html! {
        <>
            {button(ButtonProps {
                onclick: on_close.reform(|_| ()),
                children: html! { text.t("wallet.backup.later") },
                ..ButtonProps::default()
            })}
            if words.is_some() {
                {button(ButtonProps {
                    kind: ButtonKind::Primary,
                    icon: Some(IconName::Check),
                    action: Some("words-written".into()),
                    onclick: confirm,
                    children: html! { text.t("wallet.backup.written") },
                    ..ButtonProps::default()
                })}
            } else {
                {button(ButtonProps {
                    kind: ButtonKind::Danger,
                    icon: Some(IconName::Eye),
                    action: Some("reveal-words".into()),
                    onclick: reveal,
                    children: html! { text.t("wallet.backup.reveal") },
                    ..ButtonProps::default()
                })}
            }
        </>
    };
    html! {
        <Dialog open={props.open} title={text.t("wallet.backup.title")} onclose={on_close} {actions}>
            {note("bad", IconName::Warning, html! { text.t("wallet.backup.warning") })}
            { error_line(text, error.as_ref()) }
            if let Some(words) = &*words {
                <ol class="words" aria-label={text.t("wallet.backup.words")}>
                    { for words.words.iter().enumerate().map(|(at, word)| html! {
                        <li><span class="words__n">{ at + 1 }</span><code class="mono" data-word={(at + 1).to_string()}>{ word }</code></li>
                    }) }
                </ol>
                <p class="sm muted">{ text.t("wallet.backup.how") }</p>
            }
        </Dialog>
    }
}

/// The words typed, checked by the node; what is wrong is said, and nothing typed is lost.
#[component]
fn RestoreDialog(props: &WordsDialogProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let typed = use_state_eq(String::new);
    let error = use_state_eq(|| None::<UserError>);
    let busy = use_state_eq(|| false);
    let oninput = {
        let (typed, error) = (typed.clone(), error.clone());
        Callback::from(move |value: String| {
            error.set(None);
            typed.set(value);
        })
    };
    let restore = {
        let (typed, error, busy, on_restored) = (typed.clone(), error.clone(), busy.clone(), props.on_restored.clone());
        Callback::from(move |_: MouseEvent| {
            busy.set(true);
            let (typed, error, busy, on_restored) = (typed.clone(), error.clone(), busy.clone(), on_restored.clone());
            let command = Command::RestoreWords { words: (*typed).clone() };
            dispatch.request(command, move |result| {
                busy.set(false);
                match result {
                    Ok(_) => {
                        typed.set(String::new());
                        error.set(None);
                        on_restored.emit(());
                    }
                    Err(found) => error.set(Some(found)),
                }
            });
        })
    };
    let count = typed.split_whitespace().count();
    let at_words = text.error_at(error.as_ref(), "words");
    let elsewhere = error.as_ref().filter(|error| error.field.as_deref() != Some("words"));
    let actions = html! {
        <>
            {button(ButtonProps {
                onclick: props.on_close.reform(|_| ()),
                children: html! { text.t("common.cancel") },
                ..ButtonProps::default()
            })}
            {button(ButtonProps {
                kind: ButtonKind::Danger,
                icon: Some(IconName::Reload),
                action: Some("confirm-restore".into()),
                onclick: restore,
                disabled: *busy || count == 0,
                children: html! { text.t("wallet.restore.action") },
                ..ButtonProps::default()
            })}
        </>
    };
    html! {
        <Dialog open={props.open} title={text.t("wallet.restore.title")} onclose={props.on_close.clone()} {actions}>
            {note("bad", IconName::Warning, html! { text.t("wallet.restore.warning") })}
            <Field id="words" label={text.t("wallet.restore.words")} value={(*typed).clone()} {oninput} rows={4} mono={true}
                error={at_words} hint={text.count("wallet.restore.count", count as u64)} />
            { error_line(text, elsewhere) }
        </Dialog>
    }
}
