//! One note: who signed it, what it says, the verdict, and what its receivers found.

use yew::prelude::*;

use crate::api::{AnswerState, Command, KnownKey, NoteAnswer, NoteContent, NoteReceiver, NoteVerdict, NoteView};
use crate::ui::pages::keys::compare::compared;
use crate::ui::parts::{Button, CopyButton, HashGlyph, Mark, MarkKind, Tag, TimeAgo, VisibleText, Who};
use crate::ui::{Digest, Key, Text, format, use_dispatch, use_text};

/// Props of [`NoteItem`].
#[derive(Properties, PartialEq)]
pub struct NoteItemProps {
    /// The note.
    pub note: NoteView,
}

const fn verdict_name(verdict: NoteVerdict) -> &'static str {
    match verdict {
        NoteVerdict::Valid => "valid",
        NoteVerdict::Invalid | NoteVerdict::BadKey | NoteVerdict::BadSignature => "invalid",
    }
}

const fn verdict_word(verdict: NoteVerdict) -> Key {
    match verdict {
        NoteVerdict::Valid => key!("keys.verdict.valid"),
        NoteVerdict::Invalid | NoteVerdict::BadKey | NoteVerdict::BadSignature => key!("keys.verdict.invalid"),
    }
}

const fn verdict_why(verdict: NoteVerdict) -> Key {
    match verdict {
        NoteVerdict::Valid => key!("keys.notes.valid_why"),
        NoteVerdict::Invalid => key!("keys.notes.invalid_why"),
        NoteVerdict::BadKey => key!("keys.notes.bad_key"),
        NoteVerdict::BadSignature => key!("keys.verdict.bad_signature"),
    }
}

/// The newest note in a sentence, for those who do not see the list.
pub fn headline(text: Text, note: &NoteView) -> String {
    if note.known.is_some() {
        let key = if note.verdict == NoteVerdict::Valid {
            key!("keys.notes.said_valid")
        } else {
            key!("keys.notes.said_invalid")
        };
        return text.with(key, &[("peer", &note.from.0)]);
    }
    let answered = note.receivers.iter().filter(|receiver| receiver.answer.is_some()).count();
    let (answered, all) = (answered.to_string(), note.receivers.len().to_string());
    text.with(key!("keys.notes.said_answers"), &[("answered", &answered), ("all", &all)])
}

/// The note.
#[component]
pub fn NoteItem(props: &NoteItemProps) -> Html {
    let text = use_text();
    let dispatch = use_dispatch();
    let note = &props.note;
    let number = note.number;
    let trust = Callback::from(move |_: MouseEvent| dispatch.send(Command::TrustKey { note: number }));
    let can_trust = note.known == Some(KnownKey::Other) && note.verdict == NoteVerdict::Valid;
    let sent = note.known.is_none();
    let verdict = verdict_name(note.verdict);
    let content = &note.content;
    html! {
        <li class="noteitem" data-note={if sent { "sent" } else { "received" }} data-from={note.from.0.clone()} data-verdict={verdict}
            data-known={note.known.map(known_name)} data-altered={note.arrived.as_ref().map(|_| "true")}>
            <div class="row row--wrap">
                <Tag kind={if sent { "accent" } else { "" }} text={text.t(if sent { key!("keys.notes.sent") } else { key!("keys.notes.received") })} />
                <Who name={note.from.0.clone()} />
                <span class="end xs muted"><TimeAgo at={note.time} /></span>
            </div>
            <div class="noteitem__message" data-value="note-message"><VisibleText text={content.message.clone()} /></div>
            <p class="noteitem__key">
                <span class="xs muted">{ text.t(key!("keys.notes.signed_by")) }</span>
                <HashGlyph hash={Digest::of_text(&content.public_key)} size={20} />
                <code class="mono" data-value="note-key" title={content.public_key.clone()}>{ format::middle_cut(&content.public_key, 8, 6) }</code>
                <CopyButton text={content.public_key.clone()} />
            </p>
            { known_line(text, note) }
            if can_trust {
                <p><Button small={true} action="trust-key" onclick={trust}>{ text.with(key!("keys.notes.trust"), &[("peer", &note.from.0)]) }</Button></p>
            }
            <p class="noteitem__verdict" data-state={verdict}>
                <Mark kind={if note.verdict == NoteVerdict::Valid { MarkKind::Ok } else { MarkKind::Bad }} />
                <span><b>{ text.t(verdict_word(note.verdict)) }</b>{ " " }<span class="muted">{ text.t(if sent { key!("keys.notes.own_why") } else { verdict_why(note.verdict) }) }</span></span>
            </p>
            if let Some(arrived) = &note.arrived { { comparison(text, content, arrived) } }
            if sent {
                <ul class="receipts" aria-label={text.t(key!("keys.notes.receivers"))}>
                    { for note.receivers.iter().map(|receiver| receipt(text, receiver)) }
                </ul>
            }
            <details class="more">
                <summary>{ text.t(key!("keys.notes.bytes")) }</summary>
                <dl class="notebytes">
                    <dt>{ text.t(key!("field.public_key")) }</dt><dd><code class="mono">{ content.public_key.clone() }</code></dd>
                    <dt>{ text.t(key!("field.signature")) }</dt><dd><code class="mono">{ content.signature.clone() }</code></dd>
                </dl>
            </details>
        </li>
    }
}

const fn known_name(known: KnownKey) -> &'static str {
    match known {
        KnownKey::First => "first",
        KnownKey::Same => "same",
        KnownKey::Other => "other",
    }
}

/// Whether the key is the one known from the sender; nothing where a first note is not even valid.
fn known_line(text: Text, note: &NoteView) -> Html {
    let (mark, key) = match note.known {
        Some(KnownKey::First) if note.verdict == NoteVerdict::Valid => (MarkKind::Todo, key!("keys.notes.first")),
        Some(KnownKey::Same) => (MarkKind::Ok, key!("keys.notes.same")),
        Some(KnownKey::Other) => (MarkKind::Stale, key!("keys.notes.other")),
        Some(KnownKey::First) | None => return Html::default(),
    };
    html! { <p class="noteitem__known"><Mark kind={mark} size={15} /><span>{ text.with(key, &[("peer", &note.from.0)]) }</span></p> }
}

/// What was signed beside what arrived, for each part that differs.
fn comparison(text: Text, signed: &NoteContent, arrived: &NoteContent) -> Html {
    let rows = [
        ("message", key!("keys.message.title"), &signed.message, &arrived.message),
        ("key", key!("field.public_key"), &signed.public_key, &arrived.public_key),
        ("signature", key!("field.signature"), &signed.signature, &arrived.signature),
    ];
    html! {
        <div class="altered" data-value="altered">
            <p class="sm"><b>{ text.t(key!("keys.notes.altered")) }</b></p>
            <dl>
                { for rows.into_iter().filter(|(_, _, one, other)| one != other).map(|(name, label, one, other)| {
                    let (one, other) = compared(one, other);
                    let class = (name != "message").then_some("mono");
                    html! {
                        <div key={name} data-altered-part={name}>
                            <dt>{ text.t(label) }</dt>
                            <dd><span class="label">{ text.t(key!("keys.notes.was_signed")) }</span><span {class}>{ one }</span></dd>
                            <dd><span class="label">{ text.t(key!("keys.notes.has_arrived")) }</span><span {class}>{ other }</span></dd>
                        </div>
                    }
                }) }
            </dl>
        </div>
    }
}

/// What a receiver says: state for tests and style, mark, and text.
fn said(state: AnswerState, answer: Option<&NoteAnswer>) -> (&'static str, MarkKind, Key) {
    let Some(answer) = answer else {
        return match state {
            AnswerState::Waiting | AnswerState::Answered => ("waiting", MarkKind::Wait, key!("keys.answer.waiting")),
            AnswerState::Late => ("late", MarkKind::Wait, key!("keys.answer.late")),
            AnswerState::Left => ("left", MarkKind::Skip, key!("keys.answer.left")),
        };
    };
    let valid = answer.verdict == NoteVerdict::Valid;
    match (valid, answer.known, answer.unchanged) {
        (false, _, false) => ("invalid", MarkKind::Bad, key!("keys.receipt.caught")),
        (false, _, true) => ("invalid", MarkKind::Bad, key!("keys.receipt.invalid")),
        (true, KnownKey::Other, _) => ("other-key", MarkKind::Stale, key!("keys.receipt.other_key")),
        (true, KnownKey::First | KnownKey::Same, false) => ("deceived", MarkKind::Bad, key!("keys.receipt.deceived")),
        (true, KnownKey::First, true) => ("valid", MarkKind::Ok, key!("keys.receipt.first")),
        (true, KnownKey::Same, true) => ("valid", MarkKind::Ok, key!("keys.receipt.valid")),
    }
}

fn receipt(text: Text, receiver: &NoteReceiver) -> Html {
    let (state, mark, key) = said(receiver.state, receiver.answer.as_ref());
    html! {
        <li key={receiver.peer.0.clone()} data-receiver={receiver.peer.0.clone()} data-state={state}>
            <Who name={receiver.peer.0.clone()} />
            <span class="receipts__said"><Mark kind={mark} size={15} /><span>{ text.t(key) }</span></span>
        </li>
    }
}
