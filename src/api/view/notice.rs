//! What happened, for toasts.

use serde::{Deserialize, Serialize};

use super::{NodeName, StorageTrouble};
use crate::api::UserError;
use crate::ledger::{Amount, BlockHash, Txid};

/// Something that happened, for a toast and the live region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// A block became the tip.
    BlockFound {
        /// Its hash.
        hash: BlockHash,
        /// Its height.
        height: u32,
        /// Its miner.
        miner: NodeName,
        /// Whether this node mined it.
        here: bool,
        /// Its transactions.
        tx_count: u32,
        /// Its fees.
        fees: Amount,
    },
    /// The wallet was paid, first seen.
    Paid {
        /// The transaction.
        txid: Txid,
        /// How much.
        amount: Amount,
    },
    /// A payment of or to this wallet got its first confirmation.
    Confirmed {
        /// The transaction.
        txid: Txid,
        /// The block's height.
        height: u32,
    },
    /// A transaction was refused here, or a peer refused ours.
    TransactionRejected {
        /// The transaction.
        txid: Txid,
        /// The rule, its facts and text.
        error: UserError,
        /// The peer that refused it; `None`: this node did.
        by: Option<NodeName>,
    },
    /// A block was refused here, or a peer refused ours.
    BlockRejected {
        /// The block.
        hash: BlockHash,
        /// The rule, its facts and text.
        error: UserError,
        /// The peer that refused it; `None`: this node did.
        by: Option<NodeName>,
    },
    /// Another branch has more work now.
    Reorganised {
        /// Blocks that left the active chain.
        disconnected: u32,
        /// Blocks that came in.
        connected: u32,
        /// The new tip.
        tip: BlockHash,
        /// Its height.
        height: u32,
        /// Own payments that are waiting again.
        returned: u32,
    },
    /// A node joined.
    PeerJoined(NodeName),
    /// A node is no longer linked: its tab was closed, or it was cut off.
    PeerLeft(NodeName),
    /// This node was cut off from the others, by its user.
    CutOff {
        /// Who was linked until now.
        from: Vec<NodeName>,
    },
    /// A signed note came while nobody was looking.
    NoteReceived {
        /// The node that sent it.
        from: NodeName,
        /// Whether its signature holds.
        valid: bool,
        /// Whether the key is another than that of its first note.
        other_key: bool,
    },
    /// A peer was disconnected for breaking the protocol.
    PeerBanned {
        /// Which.
        name: NodeName,
        /// The last rule that it broke; empty if it is not told.
        rule: String,
        /// Why, in English.
        reason: String,
    },
    /// No miner worker can be had.
    MinerFailed {
        /// What the browser said.
        reason: String,
    },
    /// New blocks can't be saved any more; they are in memory until they can.
    StorageFailed {
        /// What kind of trouble it is.
        trouble: StorageTrouble,
        /// What the browser said; may be empty.
        reason: String,
    },
    /// All that was in memory only is saved.
    StorageBack,
}
