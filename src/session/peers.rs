//! Names of peers, as the tabs call each other, and the numbers the node knows them by.

use std::collections::BTreeMap;

use crate::api::NodeName;
use crate::node::PeerId;

/// Who is linked, by name, and the number of each. A number is never used again.
#[derive(Clone, Debug, Default)]
pub(super) struct PeerNames {
    ids: BTreeMap<NodeName, PeerId>,
    next: u64,
}

impl PeerNames {
    /// Gives a new peer its number; `None` if it is linked already.
    pub(super) fn add(&mut self, name: &NodeName) -> Option<PeerId> {
        if self.ids.contains_key(name) {
            return None;
        }
        self.next += 1;
        let id = PeerId(self.next);
        self.ids.insert(name.clone(), id);
        Some(id)
    }

    /// Forgets a peer.
    pub(super) fn remove(&mut self, name: &NodeName) -> Option<PeerId> {
        self.ids.remove(name)
    }

    pub(super) fn id(&self, name: &NodeName) -> Option<PeerId> {
        self.ids.get(name).copied()
    }

    pub(super) fn name(&self, id: PeerId) -> Option<&NodeName> {
        self.ids.iter().find(|(_, other)| **other == id).map(|(name, _)| name)
    }

    /// The linked peers, by name.
    pub(super) fn names(&self) -> impl Iterator<Item = &NodeName> {
        self.ids.keys()
    }
}
