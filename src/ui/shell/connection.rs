//! The one root effect: starts the node, ties it to the page's state, opens the console's door.

use std::cell::Cell;
use std::rc::Rc;

use super::settings;
use crate::api::{Command, NodeView, Notice, Request, ToPage};
use crate::ledger::Network;
use crate::ui::store::{Action, Answered, Inbox, ToastBody};
use crate::ui::{Dispatch, Text};
use crate::web::{NEW_NODE, NameWords, NodeLink, Slug, StartOptions, install_rpc, page, worker_failed};
use yew::Callback;

/// So long after the start the others are met, in milliseconds.
const GREETINGS_MS: f64 = 5_000.0;
const NODE_KEY: &str = "tabchain.node";

/// The network asked for; the name that is none, if it is none.
pub fn asked_network() -> Result<Network, String> {
    page::query_param("network").map_or(Ok(Network::default()), |name| name.parse().map_err(|_| name))
}

/// Starts this tab's node; it ends with the page.
pub fn connect(dispatch: &Dispatch, act: Callback<Action>) {
    let options = StartOptions {
        release: page::release().unwrap_or_default(),
        network: asked_network().unwrap_or_default(),
        room: page::query_param("room").unwrap_or_default(),
        node: page::query_param("node").filter(|name| !name.is_empty()),
        session_hint: page::session_storage_get(NODE_KEY),
        // There are names in these two languages.
        words: if settings::first_lang().is("zh") { NameWords::Chinese } else { NameWords::English },
    };
    let inbox = Inbox::new(dispatch.clone());
    let messages = inbox.clone();
    let ready_ms = Cell::new(f64::INFINITY);
    let greeted = dispatch.clone();
    let on_message = move |message: ToPage| {
        match &message {
            ToPage::Ready(node) => {
                if let Some(said) = name_was_taken(node) {
                    greeted.toast(ToastBody::Said(said));
                }
                keep_name(node);
                ready_ms.set(page::now_ms());
            }
            // Who was there before this tab is no news: the header bar shows them.
            ToPage::Notice(Notice::PeerJoined(_)) if page::now_ms() < ready_ms.get() + GREETINGS_MS => return,
            _ => {}
        }
        messages.take(message);
    };
    match NodeLink::spawn(options, on_message) {
        Ok(link) => dispatch.connect(Rc::new(move |request: &Request| link.send(request)), act),
        Err(reason) => {
            let failed = worker_failed(&reason);
            let answer = failed.clone();
            let dead = dispatch.clone();
            // Every question is answered, so that no page waits for a node that is not there.
            dispatch.connect(
                Rc::new(move |request: &Request| {
                    dead.answer(crate::api::Reply { id: request.id, result: Err(answer.clone()) });
                }),
                act,
            );
            inbox.take(ToPage::Failed(failed));
        }
    }
    let dispatch = dispatch.clone();
    install_rpc(move |method, params, done| {
        dispatch.request(Command::Rpc { method, params }, move |answered: Answered| {
            done(answered.map(|answer| match answer {
                crate::api::Answer::Rpc(value) => value,
                _ => serde_json::Value::Null,
            }));
        });
    });
}

/// What to say when the address asked for a node that another tab has.
fn name_was_taken(node: &NodeView) -> Option<String> {
    let asked = Slug::parse(&page::query_param("node").filter(|name| name != NEW_NODE)?)?;
    if Slug::parse(&node.name.0).as_ref() == Some(&asked) {
        return None;
    }
    let text = Text { lang: settings::first_lang() };
    Some(text.with(key!("bar.name_taken"), &[("asked", &asked.display_name().0), ("node", &node.name.0)]))
}

/// A reload resumes this node, and an address that asked for a node names the one it got.
fn keep_name(node: &NodeView) {
    let Some(slug) = Slug::parse(&node.name.0) else { return };
    page::session_storage_set(NODE_KEY, slug.as_str());
    if page::query_param("node").is_some() {
        page::set_query_param("node", Some(slug.as_str()));
    }
}
