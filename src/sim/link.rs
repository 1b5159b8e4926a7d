//! Links between simulated nodes.

use crate::ledger::{Duration, Time};
use crate::node::{PeerId, SplitMix64};

/// A node of the simulation, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeNumber(pub usize);

/// How good all links are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkConditions {
    /// Least time a frame takes.
    pub latency_min: Duration,
    /// Most time a frame takes.
    pub latency_max: Duration,
    /// How many of a hundred frames are lost.
    pub loss_percent: u64,
}

impl Default for LinkConditions {
    /// As in one building: 5 to 50 ms, nothing lost.
    fn default() -> Self {
        Self { latency_min: Duration::from_millis(5), latency_max: Duration::from_millis(50), loss_percent: 0 }
    }
}

impl LinkConditions {
    /// How long the next frame takes; none if it is lost.
    pub(super) const fn next_latency(&self, random: &mut SplitMix64) -> Option<Duration> {
        if random.percent(self.loss_percent) {
            return None;
        }
        let spread = self.latency_max.millis.saturating_sub(self.latency_min.millis);
        Some(Duration::from_millis(self.latency_min.millis + random.below(spread + 1)))
    }
}

/// What is at the other end of a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// A node, which knows the link by this number.
    Node(NodeNumber, PeerId),
    /// Someone who is no node: whatever is to be sent is said by the test.
    Stranger,
}

/// One node's side of a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    pub(super) other: End,
    /// When the last frame over it arrives at the other end: frames do not overtake one another.
    pub(super) last_arrival: Time,
}

/// A link to a node with no node at its other end, for those who play the bad peer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stranger {
    /// The node it leads to.
    pub node: NodeNumber,
    /// The node's number of the link.
    pub peer: PeerId,
}
