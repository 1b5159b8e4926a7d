//! What a page says to its node worker besides requests.

use serde::{Deserialize, Serialize};

use super::NameWords;
use crate::api::Request;
use crate::ledger::Network;

/// How a page wants its node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartOptions {
    /// The release of the app, told to the other nodes; empty for a build that is none.
    pub release: String,
    /// The network.
    pub network: Network,
    /// The room; empty is the public one.
    pub room: String,
    /// The node asked for by name (`?node=`), stored or new; `new` is always a new one. One that
    /// another tab holds makes this tab a new node.
    pub node: Option<String>,
    /// The name kept in the tab's session storage, so that a reload resumes. A duplicated tab
    /// copies it, finds the node held, and becomes a new one.
    pub session_hint: Option<String>,
    /// The language of a new node's name.
    pub words: NameWords,
}

/// Everything a page says to its node worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromPage {
    /// Open the node; the first message, once.
    Start(StartOptions),
    /// A request.
    Request(Request),
    /// The page goes away: take leave of the other nodes.
    Leave,
    /// The page is back after all, out of the browser's back-forward cache.
    Return,
}
