//! The header bar, and nodes by name.

use serde::{Deserialize, Serialize};

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
    /// Linked peers, by name.
    pub peers: Vec<NodeName>,
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
}

/// A block that Bitcoin Core may refuse, as its witnesses are not run here; so may all on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UncheckedWitnesses {
    /// Its height.
    pub height: u32,
    /// Its hash.
    pub block: BlockHash,
}

/// Where a node keeps its blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageState {
    /// In the browser's database.
    Stored,
    /// In memory only: everything works until the tab closes.
    Memory {
        /// What the browser said.
        reason: String,
    },
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
