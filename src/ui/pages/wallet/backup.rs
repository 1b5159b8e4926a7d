//! The words: to write down, and to bring a wallet back.

use yew::prelude::*;

use super::WalletCardProps;
use super::send::error_line;
use crate::api::{Answer, Command, RestoredView, UserError, WordsView};
use crate::keys::Mnemonic;
use crate::ui::parts::{Button, ButtonKind, Dialog, Field, IconName, Mark, MarkKind, Note, Panel, Segmented};
use crate::ui::{Text, use_dispatch, use_text};
use crate::wallet::{GAP_LIMIT, MAX_GAP};

/// Words named as strange, at most.
const STRANGE_SHOWN: usize = 5;

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
    let restored = use_state_eq(|| None::<RestoredView>);
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
        Callback::from(move |found: RestoredView| {
            restored.set(Some(found));
            open.set(Open::Nothing);
        })
    };
    let done = props.wallet.words_backed_up;
    html! {
        <Panel name="backup" title={text.t(key!("wallet.backup.title"))} subtitle={text.t(key!("wallet.backup.sub"))}>
            <div class="stack stack--3">
                <p class="row sm" data-backed-up={done.to_string()}>
                    <Mark kind={if done { MarkKind::Ok } else { MarkKind::Todo }} />
                    <span>{ if done { text.t(key!("wallet.backup.done")) } else { text.t(key!("wallet.backup.todo")) } }</span>
                </p>
                <div class="row row--wrap">
                    <Button kind={if done { ButtonKind::Plain } else { ButtonKind::Accent }} icon={IconName::Edit}
                        action="backup-words" onclick={show(Open::Backup)}>
                        {text.t(key!("wallet.backup.open"))}
                    </Button>
                    <Button icon={IconName::Reload} action="restore-words" onclick={show(Open::Restore)}>
                        {text.t(key!("wallet.restore.open"))}
                    </Button>
                </div>
                <div role="status">
                    if let Some(found) = &*restored {
                        <p class="row sm" data-restored={found.gap.to_string()}>
                            <Mark kind={if found.used > 0 { MarkKind::Ok } else { MarkKind::Todo }} />
                            <span>{ found_text(text, found) }</span>
                        </p>
                    }
                </div>
            </div>
            <BackupDialog open={*open == Open::Backup} on_close={close.clone()} />
            <RestoreDialog open={*open == Open::Restore} on_close={close} {on_restored} />
        </Panel>
    }
}

/// What a search by the words found.
fn found_text(text: Text, found: &RestoredView) -> String {
    let looked_at = found.looked_at.to_string();
    if found.used == 0 {
        return text.with(key!("wallet.restore.nothing"), &[("looked_at", &looked_at)]);
    }
    text.with(
        key!("wallet.restore.found"),
        &[
            ("looked_at", &looked_at),
            ("used", &found.used.to_string()),
            ("transactions", &found.transactions.to_string()),
            ("total", &found.total.to_string()),
        ],
    )
}

/// Props of the dialogs.
#[derive(Properties, PartialEq)]
struct WordsDialogProps {
    open: bool,
    on_close: Callback<()>,
    #[prop_or_default]
    on_restored: Callback<RestoredView>,
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
            <Button onclick={on_close.reform(|_| ())}>{text.t(key!("wallet.backup.later"))}</Button>
            if words.is_some() {
                <Button kind={ButtonKind::Primary} icon={IconName::Check} action="words-written" onclick={confirm}>
                    {text.t(key!("wallet.backup.written"))}
                </Button>
            } else {
                <Button kind={ButtonKind::Danger} icon={IconName::Eye} action="reveal-words" onclick={reveal}>
                    {text.t(key!("wallet.backup.reveal"))}
                </Button>
            }
        </>
    };
    html! {
        <Dialog open={props.open} title={text.t(key!("wallet.backup.title"))} onclose={on_close} {actions}>
            <Note icon={IconName::Warning} kind="bad">{text.t(key!("wallet.backup.warning"))}</Note>
            { error_line(text, error.as_ref()) }
            if let Some(words) = &*words {
                <ol class="words" aria-label={text.t(key!("wallet.backup.words"))}>
                    { for words.words.iter().enumerate().map(|(at, word)| html! {
                        <li><span class="words__n">{ at + 1 }</span><code class="mono" data-word={(at + 1).to_string()}>{ word }</code></li>
                    }) }
                </ol>
                <p class="sm muted">{ text.t(key!("wallet.backup.how")) }</p>
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
    let gap = use_state_eq(|| GAP_LIMIT);
    let oninput = {
        let (typed, error) = (typed.clone(), error.clone());
        Callback::from(move |value: String| {
            error.set(None);
            typed.set(value);
        })
    };
    let restore = {
        let (typed, error, busy, on_restored) = (typed.clone(), error.clone(), busy.clone(), props.on_restored.clone());
        let gap = *gap;
        Callback::from(move |_: MouseEvent| {
            busy.set(true);
            let (typed, error, busy, on_restored) = (typed.clone(), error.clone(), busy.clone(), on_restored.clone());
            let command = Command::RestoreWords { words: (*typed).clone(), gap };
            dispatch.request(command, move |result| {
                busy.set(false);
                match result {
                    Ok(answer) => {
                        typed.set(String::new());
                        error.set(None);
                        if let Answer::Restored(found) = answer {
                            on_restored.emit(found);
                        }
                    }
                    Err(found) => error.set(Some(found)),
                }
            });
        })
    };
    let count = typed.split_whitespace().count();
    // What is no word of the list is said while typing, the word under way aside.
    let strange = strange_words(&typed);
    let unknown = (!strange.is_empty())
        .then(|| text.with(key!("wallet.restore.unknown"), &[("words", &strange.join(", "))]).into());
    let at_words = text.error_at(error.as_ref(), "words").or(unknown);
    let gaps = [
        (GAP_LIMIT, text.t(key!("wallet.restore.gap_usual"))),
        (100, text.t(key!("wallet.restore.gap_far"))),
        (MAX_GAP, text.t(key!("wallet.restore.gap_farthest"))),
    ];
    let options: Vec<(AttrValue, AttrValue)> =
        gaps.iter().map(|(gap, text)| (gap.to_string().into(), (*text).into())).collect();
    let choose_gap = {
        let gap = gap.clone();
        Callback::from(move |chosen: AttrValue| gap.set(chosen.parse().unwrap_or(GAP_LIMIT)))
    };
    let elsewhere = error.as_ref().filter(|error| error.field.as_deref() != Some("words"));
    let actions = html! {
        <>
            <Button onclick={props.on_close.reform(|_| ())}>{text.t(key!("common.cancel"))}</Button>
            <Button kind={ButtonKind::Danger} icon={IconName::Reload} action="confirm-restore" onclick={restore}
                disabled={*busy || count == 0}>
                {text.t(if *busy { key!("wallet.restore.busy") } else { key!("wallet.restore.action") })}
            </Button>
        </>
    };
    html! {
        <Dialog open={props.open} title={text.t(key!("wallet.restore.title"))} onclose={props.on_close.clone()} {actions}>
            <Note icon={IconName::Warning} kind="bad">{text.t(key!("wallet.restore.warning"))}</Note>
            <Field id="words" label={text.t(key!("wallet.restore.words"))} value={(*typed).clone()} {oninput} rows={4} mono={true}
                error={at_words} hint={text.count(plural!("wallet.restore.count"), count as u64)} />
            <div class="stack stack--2">
                <span class="label">{ text.t(key!("wallet.restore.gap")) }</span>
                <Segmented label={text.t(key!("wallet.restore.gap"))} {options} value={gap.to_string()} onchange={choose_gap}
                    small={true} action="gap" />
                <p class="xs muted">{ text.t(key!("wallet.restore.gap_why")) }</p>
            </div>
            { error_line(text, elsewhere) }
        </Dialog>
    }
}

/// What is no word of the list; not the last one, while it is being typed.
fn strange_words(typed: &str) -> Vec<String> {
    let mut words: Vec<&str> = typed.split_whitespace().collect();
    if !typed.ends_with(char::is_whitespace) {
        words.pop();
    }
    let strange = words.into_iter().filter(|word| !Mnemonic::is_word(word));
    strange.take(STRANGE_SHOWN).map(|word| word.chars().take(20).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_in_the_list_is_named_before_the_button_is_pressed() {
        assert_eq!(strange_words("family foo "), ["foo"]);
        assert_eq!(strange_words("family foo"), Vec::<String>::new(), "it may become food");
        assert_eq!(strange_words("Family  ABANDON\nzoo "), Vec::<String>::new());
    }
}
