//! Snapshots of what is on screen: plain data, cheap to compare and to send.
//!
//! Invariant: a view costs by what is on screen, never by the chain's length; every list names
//! its limit.

mod across;
mod block;
mod chain;
mod feature;
mod miner;
mod network;
mod node;
mod notice;
mod storage;
mod transaction;
mod wallet;

pub use across::*;
pub use block::*;
pub use chain::*;
pub use feature::*;
pub use miner::*;
pub use network::*;
pub use node::*;
pub use notice::*;
pub use storage::*;
pub use transaction::*;
pub use wallet::*;

use serde::{Deserialize, Serialize};

use crate::ledger::BlockHash;

/// The version of the messages between page and node worker; both sides compare it first.
pub const PROTOCOL_VERSION: u32 = 7;

/// Which block is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WatchedBlock {
    /// The newest block of the active chain, whichever that is.
    Tip,
    /// The active block of this height, whichever that is.
    Height(u32),
    /// This one, active or stale.
    Hash(BlockHash),
}

/// A slice of the screen's state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum View {
    /// The header bar; always sent.
    Node(NodeView),
    /// The strip, when watched.
    Chain(ChainView),
    /// The watched block, by what was watched; `None` when this node does not have it.
    Block(WatchedBlock, Option<Box<BlockView>>),
    /// The watched transaction; `None` when this node does not have it.
    Transaction(Option<Box<TransactionView>>),
    /// The wallet, when watched.
    Wallet(WalletView),
    /// Peers and messages, when watched.
    Network(NetworkView),
    /// The miner, when watched.
    Miner(MinerView),
    /// Signed notes between the tabs, when watched.
    Notes(NotesView),
    /// What the nodes say of a transaction, when watched and asked for.
    Answers(AnswersView),
}
