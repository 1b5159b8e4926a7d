//! Names of peers, as the tabs call each other, and the numbers the node knows them by.

use std::collections::BTreeMap;

use crate::api::NodeName;
use crate::node::PeerId;

/// Who is linked, by name, and the number of each. A number is never used again.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct PeerNames {
    ids: BTreeMap<NodeName, PeerId>,
    next: u64,
}

impl PeerNames {
    /// Gives a new peer its number; `None` if it is linked already.
    pub(in crate::session) fn add(&mut self, name: &NodeName) -> Option<PeerId> {
        if self.ids.contains_key(name) {
            return None;
        }
        self.next += 1;
        let id = PeerId(self.next);
        self.ids.insert(name.clone(), id);
        Some(id)
    }

    /// Forgets a peer.
    pub(in crate::session) fn remove(&mut self, name: &NodeName) -> Option<PeerId> {
        self.ids.remove(name)
    }

    /// Returns the number of a linked peer.
    pub(in crate::session) fn id(&self, name: &NodeName) -> Option<PeerId> {
        self.ids.get(name).copied()
    }

    /// Returns the name of a linked peer.
    pub(in crate::session) fn name(&self, id: PeerId) -> Option<&NodeName> {
        self.ids.iter().find(|(_, other)| **other == id).map(|(name, _)| name)
    }

    /// Returns the linked peers, by name.
    pub(in crate::session) fn names(&self) -> impl Iterator<Item = &NodeName> {
        self.ids.keys()
    }
}
