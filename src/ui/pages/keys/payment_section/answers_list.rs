//! What every node says of a changed payment: its signatures for their own sake, and its place in the mempool.

use yew::prelude::*;

use crate::api::{AnswerState, AnswersView, NodeName, TransactionAnswer, UserError};
use crate::ui::parts::{Mark, MarkKind, Tag, Who};
use crate::ui::{Key, Shared, Text, format, use_text};

/// Props of [`AnswersList`].
#[derive(Properties, PartialEq)]
pub struct AnswersListProps {
    /// The answers so far.
    pub answers: Shared<AnswersView>,
    /// This node.
    pub me: NodeName,
}

/// The list, this node first.
#[component]
pub fn AnswersList(props: &AnswersListProps) -> Html {
    let text = use_text();
    let answers = &props.answers;
    let here = answers.peers.iter().filter(|peer| peer.answer.is_some()).count();
    let count = [("answered", here.to_string()), ("all", answers.peers.len().to_string())];
    let count = text.with(key!("keys.answers.count"), &count.each_ref().map(|(name, value)| (*name, value.as_str())));
    html! {
        <div class="stack" data-value="answers">
            <h3 class="label">{ text.t(key!("keys.answers.title")) }</h3>
            <ul class="answers">
                <li data-answer-of={props.me.0.clone()} data-state="answered">
                    <span class="row row--wrap"><Who name={props.me.0.clone()} /><Tag kind="accent" text={text.t(key!("keys.answers.me"))} /></span>
                    { answer(text, &answers.own) }
                </li>
                { for answers.peers.iter().map(|peer| {
                    let (state, mark, waits) = match peer.state {
                        AnswerState::Answered => ("answered", MarkKind::Ok, None),
                        AnswerState::Waiting => ("waiting", MarkKind::Wait, Some(key!("keys.answer.waiting"))),
                        AnswerState::Late => ("late", MarkKind::Wait, Some(key!("keys.answer.late"))),
                        AnswerState::Left => ("left", MarkKind::Skip, Some(key!("keys.answer.left"))),
                    };
                    html! {
                        <li key={peer.peer.0.clone()} data-answer-of={peer.peer.0.clone()} data-state={state}>
                            <Who name={peer.peer.0.clone()} />
                            { match &peer.answer {
                                Some(found) => answer(text, found),
                                None => html! { <p class="answers__said"><Mark kind={mark} size={15} /><span>{ waits.map(|key| text.t(key)) }</span></p> },
                            } }
                        </li>
                    }
                }) }
            </ul>
            <p class="xs muted" role="status">{ if answers.peers.is_empty() { text.t(key!("keys.answers.nobody")).to_owned() } else { count } }</p>
        </div>
    }
}

fn answer(text: Text, answer: &TransactionAnswer) -> Html {
    html! {
        <>
            { part(text, "scripts", key!("keys.answers.scripts"), key!("keys.answers.scripts_ok"), answer.scripts.as_ref()) }
            { part(text, "entry", key!("keys.answers.entry"), key!("keys.answers.entry_ok"), answer.entry.as_ref()) }
        </>
    }
}

/// One of the two verdicts: the rule that failed with its facts, or that none did.
fn part(text: Text, name: &'static str, label: Key, ok: Key, failed: Option<&UserError>) -> Html {
    let mark = if failed.is_some() { MarkKind::Bad } else { MarkKind::Ok };
    html! {
        <div class="answers__part" data-part={name} data-rule={failed.map_or_else(String::new, |error| error.rule.clone())}>
            <span class="label">{ text.t(label) }</span>
            <p class="answers__said"><Mark kind={mark} size={15} />
                { match failed {
                    None => html! { <span>{ text.t(ok) }</span> },
                    Some(error) => html! { <span><code class="mono">{ error.rule.clone() }</code>{ explained(text, error) }</span> },
                } }</p>
        </div>
    }
}

/// The rule in words, where there are words for it.
fn explained(text: Text, error: &UserError) -> Html {
    // Whole hashes would bury the sentence.
    let facts: Vec<(String, String)> =
        error.facts.iter().map(|(name, value)| (name.clone(), shortened(value))).collect();
    let words = text.rule(&error.rule, &facts).or_else(|| (error.text != error.rule).then(|| error.text.clone()));
    words.map_or_else(Html::default, |words| html! { <span class="answers__why">{ words }</span> })
}

/// A fact with the hash at its beginning cut in the middle, such as an outpoint's.
fn shortened(fact: &str) -> String {
    match fact.split_at_checked(64) {
        Some((hash, rest)) if hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            [&format::middle_cut(hash, 6, 4), rest].concat()
        }
        _ => fact.to_owned(),
    }
}
