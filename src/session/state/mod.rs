//! What a session knows: its node, wallet and miner, and what it remembers beside them.
//!
//! [`State`] is read by the views, the RPC and the commands; only the driver changes it. Its parts are data with the
//! logic that concerns them alone: none knows the driver, a view or a method of the RPC.

mod addresses;
mod by_hand;
mod key_coins;
mod log;
mod messages;
mod next_block;
mod outdated;
mod payment_form;
mod peers;
mod previews;
mod spenders;
mod stored;
mod sweeping;
mod transactions;
mod verdict;
mod zero_bits;

use std::collections::VecDeque;
use std::sync::Arc;

pub(super) use by_hand::ByHand;
pub(super) use log::MessageLog;
pub(super) use payment_form::typed_fee_rate;
pub(super) use peers::PeerNames;
pub(super) use previews::Previews;
pub(super) use spenders::Spenders;
pub use stored::{Settings, StoredState};
pub(super) use sweeping::Sweeping;
pub(super) use transactions::fee;
pub(super) use zero_bits::{leading_zero_bits, zero_bits};

use super::own::Own;
use crate::api::{EarlierChain, Feature, FoundBlock, MiningMode, NodeName, StorageState, UserError, Watch, code};
use crate::ledger::{BlockHash, BlockIndex, Chain, Network, Params, Time};
use crate::mempool::Mempool;
use crate::miner::MiningControl;
use crate::node::{Node, PeerInfo, PeerState, SyncProgress};
use crate::wallet::Wallet;

/// Blocks of its own that a node remembers having found.
const FOUND_KEPT: usize = 50;

/// What one tab knows.
pub struct State {
    pub(super) name: NodeName,
    pub(super) params: Arc<Params>,
    pub(super) node: Node,
    pub(super) wallet: Option<Wallet>,
    pub(super) mining: MiningControl,
    pub(super) by_hand: ByHand,
    /// What this node had by earlier rules, until the user has read of it.
    pub(super) earlier: Option<EarlierChain>,
    pub(super) settings: Settings,
    pub(super) peers: PeerNames,
    pub(super) own: Own,
    pub(super) log: MessageLog,
    pub(super) spenders: Spenders,
    pub(super) previews: Previews,
    pub(super) sweeping: Sweeping,
    /// What is on screen.
    pub(super) watch: Watch,
    pub(super) storage: StorageState,
    /// What the browser does not have of what this node uses.
    pub(super) missing: Vec<Feature>,
    pub(super) stored_bytes: u64,
    /// Every block that is here, in the order in which it was taken.
    pub(super) taken: Vec<BlockHash>,
    pub(super) network_active: bool,
    /// The blocks that this node found last, newest first.
    pub(super) found: VecDeque<FoundBlock>,
    /// How many it found in all.
    pub(super) found_count: u64,
    /// When it began to take part in the network, first or again.
    pub(super) joined_at: Time,
    /// When it last did something.
    pub(super) now: Time,
}

impl State {
    /// Returns this node's name.
    pub const fn name(&self) -> &NodeName {
        &self.name
    }

    /// Returns the network's parameters.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Returns the block tree and its active chain.
    pub fn chain(&self) -> &Chain {
        self.node.chain()
    }

    /// Returns the waiting transactions.
    pub fn mempool(&self) -> &Mempool {
        self.node.mempool()
    }

    /// Returns the wallet; none on mainnet.
    pub const fn wallet(&self) -> Option<&Wallet> {
        self.wallet.as_ref()
    }

    /// Returns every block that is here, in the order in which it was taken: only in this order may they be replayed.
    pub fn blocks_taken(&self) -> &[BlockHash] {
        &self.taken
    }

    /// Returns all that is kept beside the blocks as JSON, as it is now.
    pub fn state_json(&self) -> Option<String> {
        let stored = StoredState {
            wallet: self.wallet.as_ref().map(Wallet::to_stored),
            settings: self.settings.clone(),
            found: self.found.iter().cloned().collect(),
            found_count: self.found_count,
            earlier: self.earlier,
        };
        serde_json::to_string(&stored).ok()
    }

    /// Whether the words were written down; there is nothing to write down without a wallet.
    pub(super) fn words_backed_up(&self) -> bool {
        self.wallet.as_ref().is_none_or(Wallet::words_backed_up)
    }

    /// Whether this block is here, and not its header alone.
    pub(super) fn has_block(&self, hash: &BlockHash) -> bool {
        self.chain().index(hash).is_some_and(BlockIndex::has_block)
    }

    /// Returns what the node knows of each peer.
    pub(super) fn peers(&self) -> Vec<PeerInfo> {
        self.node.peers()
    }

    /// Returns the peers that a message can be sent to, by name.
    pub(super) fn ready_peers(&self) -> Vec<NodeName> {
        let ready = |name: &&NodeName| {
            let peer = self.peers.id(name).and_then(|id| self.node.peer(id));
            peer.is_some_and(|peer| peer.state == PeerState::Ready)
        };
        self.peers.names().filter(ready).cloned().collect()
    }

    /// Whether this node takes part in the network.
    pub(super) const fn network_active(&self) -> bool {
        self.network_active
    }

    /// Counts the bytes of the blocks that are kept.
    pub(super) const fn stored_bytes(&self) -> u64 {
        self.stored_bytes
    }

    /// Says what is not saved, in a sentence for a program.
    pub(super) fn storage_warning(&self) -> Option<String> {
        self.storage.warning()
    }

    /// Whether blocks are missing whose headers are here.
    pub(super) fn is_syncing(&self) -> bool {
        self.sync_progress().is_some()
    }

    /// Says how far the catching up is; none when there is nothing to catch up with.
    pub(super) fn sync_progress(&self) -> Option<SyncProgress> {
        Some(self.node.sync_progress()).filter(|progress| progress.headers > progress.blocks)
    }

    /// Refuses what would mine where no browser can.
    pub(super) fn can_mine(&self) -> Result<(), UserError> {
        if self.params.network == Network::Mainnet {
            return Err(UserError::new(
                code::MISC_ERROR,
                "mining-not-here",
                "mainnet can't be mined in a browser; it is here to check real blocks",
            ));
        }
        Ok(())
    }

    /// Whether the miner workers are to search.
    pub(super) fn is_mining(&self) -> bool {
        self.mining.mode() != MiningMode::Off
    }

    /// Returns the hashes a second that the miner workers try now.
    pub(super) fn hash_rate(&self) -> f64 {
        self.mining.stats(self.now).hash_rate
    }

    /// Remembers a block that this node found.
    pub(super) fn remember_found(&mut self, block: FoundBlock) {
        self.found_count += 1;
        self.found.push_front(block);
        self.found.truncate(FOUND_KEPT);
    }

    /// Takes back the blocks that a node found before it was closed, newest first, and how many they were in all.
    pub(super) fn remember_all_found(&mut self, found: Vec<FoundBlock>, count: u64) {
        self.found = found.into_iter().take(FOUND_KEPT).collect();
        self.found_count = count;
    }
}
