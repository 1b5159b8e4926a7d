//! What a node uses of its browser.

use serde::{Deserialize, Serialize};

/// A feature of the browser that the node uses: each has its sentence on what is missing without it, and what still
/// works, under the key `feature.` and its name.
///
/// Without WebAssembly, its 128-bit vectors or workers nothing of the app runs: the page's own script tells of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Feature {
    /// BroadcastChannel: how tabs talk to each other.
    BroadcastChannel,
    /// IndexedDB: where blocks and the wallet are kept.
    IndexedDb,
    /// Web Locks: whose a node is, and who is gone.
    WebLocks,
    /// Workers that start workers: the miners.
    NestedWorkers,
    /// `crypto.getRandomValues`: keys that nobody can guess. Without it no node starts.
    Entropy,
    /// What a page keeps by itself: which node this tab had, theme and language.
    SiteStorage,
}

impl Feature {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::BroadcastChannel,
        Self::IndexedDb,
        Self::WebLocks,
        Self::NestedWorkers,
        Self::Entropy,
        Self::SiteStorage,
    ];

    /// Its name in texts and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BroadcastChannel => "broadcast-channel",
            Self::IndexedDb => "indexed-db",
            Self::WebLocks => "web-locks",
            Self::NestedWorkers => "nested-workers",
            Self::Entropy => "entropy",
            Self::SiteStorage => "site-storage",
        }
    }
}
