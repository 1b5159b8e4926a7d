//! The header bar, and nodes by name.

use serde::{Deserialize, Serialize};

use super::{Feature, StorageState};
use crate::ledger::{BlockHash, Time};
use crate::miner::Mode as MiningMode;

/// Who someone is on screen: a node by its name; the avatar is drawn from the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeName(pub String);

/// The header bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeView {
    /// This node's name, unique among open tabs.
    pub name: NodeName,
    /// `classroom`, `regtest` or `mainnet`.
    pub network: String,
    /// The room; empty for the public one.
    pub room: String,
    /// The active tip's height.
    pub height: u32,
    /// The active tip's hash.
    pub tip: BlockHash,
    /// Where the blocks are kept.
    pub storage: StorageState,
    /// What the node would use of its browser, and the browser does not have.
    pub missing: Vec<Feature>,
    /// Linked peers, by name.
    pub peers: Vec<NodeName>,
    /// Those of them that run another release of the app.
    pub other_releases: Vec<NodeName>,
    /// Whether this node takes part in the network.
    pub network_active: bool,
    /// Catching up with the others.
    pub sync: Option<SyncProgress>,
    /// Payments waiting.
    pub mempool_count: usize,
    /// Hashes a second, 0 when not mining.
    pub hash_rate: f64,
    /// Whether and how this node mines.
    pub mining: MiningMode,
    /// Whether the words were ever backed up.
    pub words_backed_up: bool,
    /// The first block of the active chain with witnesses that were not checked, if any has.
    pub unchecked_witnesses: Option<UncheckedWitnesses>,
    /// What this node had on the room's chain by earlier rules, until the user has read of it.
    pub earlier: Option<EarlierChain>,
}

/// A block that Bitcoin Core may refuse, as its witnesses are not run here; so may all on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UncheckedWitnesses {
    /// Its height.
    pub height: u32,
    /// Its hash.
    pub block: BlockHash,
}

impl NodeView {
    /// Whether the browser lacks this.
    pub fn lacks(&self, feature: Feature) -> bool {
        self.missing.contains(&feature)
    }
}

/// What a node had on its room's chain before the rules changed. It is kept where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierChain {
    /// Blocks that it kept.
    pub blocks: u32,
    /// Payments of its wallet that waited to be mined there.
    pub payments: u32,
}

/// How far the catching up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncProgress {
    /// Height of the best known header.
    pub headers: u32,
    /// Height of the active tip.
    pub blocks: u32,
}

/// A stored node that no tab holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredNode {
    /// Its name: open it with `?node=NAME`.
    pub name: String,
    /// When it was last open.
    pub last_open: Time,
    /// Its height then.
    pub height: u32,
}
