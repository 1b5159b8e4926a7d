//! How full everything that has a limit is.

use super::download::{MAX_BLOCKS_IN_FLIGHT, MAX_BLOCKS_PER_PEER};
use super::misbehaviour::MAX_BANS;
use super::orphans::MAX_ORPHANS;
use super::own::MAX_OWN_TRANSACTIONS;
use super::peer::MAX_PEERS;
use super::relay::{MAX_ANNOUNCED, MAX_KNOWN_TRANSACTIONS, MAX_REJECTED, MAX_TRANSACTIONS_IN_FLIGHT};
use super::{Node, PeerId};

/// How full the parts of a node are, each beside its limit in [`Load::limits`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Load {
    /// Links.
    pub peers: usize,
    /// Blocks asked for, or waiting for their parents.
    pub blocks_on_their_way: usize,
    /// Blocks asked of one peer: of the one that was asked for the most.
    pub blocks_of_one_peer: usize,
    /// Transactions asked for of one peer: of the one that was asked for the most.
    pub requests_of_one_peer: usize,
    /// Transactions that one peer announced and that were not asked for yet: of the fullest.
    pub announced_of_one_peer: usize,
    /// Transactions that one peer is known to have: of the fullest.
    pub known_of_one_peer: usize,
    /// Transactions that wait for their parents.
    pub orphans: usize,
    /// Transactions remembered as refused.
    pub rejected: usize,
    /// Own transactions that are not in a block yet.
    pub own: usize,
    /// Names kept out.
    pub bans: usize,
}

impl Load {
    /// The limits.
    pub const fn limits() -> Self {
        Self {
            peers: MAX_PEERS,
            blocks_on_their_way: MAX_BLOCKS_IN_FLIGHT,
            blocks_of_one_peer: MAX_BLOCKS_PER_PEER,
            requests_of_one_peer: MAX_TRANSACTIONS_IN_FLIGHT,
            announced_of_one_peer: MAX_ANNOUNCED,
            known_of_one_peer: MAX_KNOWN_TRANSACTIONS,
            orphans: MAX_ORPHANS,
            rejected: MAX_REJECTED,
            own: MAX_OWN_TRANSACTIONS,
            bans: MAX_BANS,
        }
    }

    /// Whether everything is within its limit.
    pub fn is_within_limits(&self) -> bool {
        let limits = Self::limits();
        self.peers <= limits.peers
            && self.blocks_on_their_way <= limits.blocks_on_their_way
            && self.blocks_of_one_peer <= limits.blocks_of_one_peer
            && self.requests_of_one_peer <= limits.requests_of_one_peer
            && self.announced_of_one_peer <= limits.announced_of_one_peer
            && self.known_of_one_peer <= limits.known_of_one_peer
            && self.orphans <= limits.orphans
            && self.rejected <= limits.rejected
            && self.own <= limits.own
            && self.bans <= limits.bans
    }
}

impl Node {
    /// How full the parts of this node are.
    pub fn load(&self) -> Load {
        let most = |count: &dyn Fn(PeerId) -> usize| self.peers.keys().map(|id| count(*id)).max().unwrap_or(0);
        Load {
            peers: self.peers.len(),
            blocks_on_their_way: self.downloads.in_flight_count() + self.downloads.waiting_count(),
            blocks_of_one_peer: most(&|id| self.downloads.in_flight_of(id)),
            requests_of_one_peer: most(&|id| self.requests.in_flight_of(id)),
            announced_of_one_peer: self.peers.values().map(|peer| peer.announced.len()).max().unwrap_or(0),
            known_of_one_peer: self.peers.values().map(|peer| peer.known.len()).max().unwrap_or(0),
            orphans: self.orphans.len(),
            rejected: self.rejected.len(),
            own: self.own.len(),
            bans: self.bans.len(),
        }
    }
}
