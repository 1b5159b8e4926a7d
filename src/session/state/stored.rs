//! What a node keeps beside its blocks.

use serde::{Deserialize, Serialize};

use crate::api::{EarlierChain, FoundBlock};
use crate::wallet::StoredWallet;

/// The state of a node beside its blocks, as kept in the database.
#[derive(Clone, Serialize, Deserialize)]
pub struct StoredState {
    /// The wallet: words, counters, labels, waiting payments. `None` on networks without one.
    pub wallet: Option<StoredWallet>,
    /// The user's choices.
    pub settings: Settings,
    /// Blocks this node found, newest first.
    pub found: Vec<FoundBlock>,
    /// Blocks found in all.
    pub found_count: u64,
    /// What this node had on the room's chain by earlier rules, until the user has read of it.
    #[serde(default)]
    pub earlier: Option<EarlierChain>,
}

/// What the user chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Percent of the time a miner works, 1..=100.
    pub power: u8,
    /// Miner workers, 1..=8.
    pub threads: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { power: 50, threads: 1 }
    }
}
