//! What is remembered of each peer, gone ones included.

use crate::api::NodeName;
use crate::keys::Address;
use crate::ledger::{Duration, Time};

/// Peers remembered, gone ones included.
const PEERS_KEPT: usize = 128;
/// Notes and questions taken of one node in [`PACE_SPAN`].
const PACE_LIMIT: u32 = 20;
const PACE_SPAN: Duration = Duration::from_secs(10);

/// The peers, by name; one list for all that is remembered of one.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnPeers(Vec<OwnPeer>);

/// What is remembered of a peer.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnPeer {
    name: NodeName,
    /// It is linked; of one that is gone only its key is remembered.
    here: bool,
    /// Where it said that it is paid.
    pub(super) payee_heard: Option<Address>,
    /// Where it was told to pay.
    pub(super) payee_told: Option<Address>,
    /// The time of the alteration it was told.
    pub(super) altering_told: u64,
    pub(super) pace: Pace,
    /// The public key of its first valid note.
    pub(super) key: Option<String>,
}

impl OwnPeers {
    /// Returns what is remembered of a peer that is here.
    pub(super) fn here(&mut self, name: &NodeName) -> &mut OwnPeer {
        let mut found = self.0.binary_search_by(|peer| peer.name.cmp(name));
        if found.is_err() && self.0.len() >= PEERS_KEPT {
            // First those of whom there is nothing to remember: many who come and go must not
            // make a node forget whose key is whose.
            self.0.retain(|peer| peer.here || peer.key.is_some());
            if self.0.len() >= PEERS_KEPT {
                self.0.retain(|peer| peer.here);
            }
            found = self.0.binary_search_by(|peer| peer.name.cmp(name));
        }
        let at = found.unwrap_or_else(|at| {
            self.0.insert(at, OwnPeer { name: name.clone(), ..OwnPeer::default() });
            at
        });
        let peer = &mut self.0[at];
        peer.here = true;
        peer
    }

    /// Forgets a peer that is gone, but for its key.
    pub(super) fn forget(&mut self, name: &NodeName) {
        if let Some(peer) = self.0.iter_mut().find(|peer| peer.name == *name) {
            *peer = OwnPeer { name: name.clone(), key: peer.key.take(), ..OwnPeer::default() };
        }
    }

    /// Returns the peers that told an address, and it.
    pub(super) fn payees(&self) -> Vec<(NodeName, String)> {
        self.0.iter().filter_map(|peer| Some((peer.name.clone(), peer.payee_heard?.to_string()))).collect()
    }
}

/// How much was said lately.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    since: Time,
    count: u32,
}

impl Pace {
    /// Counts one more; whether it is still what a person could do.
    pub(super) fn allows(&mut self, now: Time) -> bool {
        if now < self.since || now - self.since >= PACE_SPAN {
            *self = Self { since: now, count: 0 };
        }
        self.count = self.count.saturating_add(1);
        self.count <= PACE_LIMIT
    }
}
