//! The strip of blocks, the branches beside it, and the next block.

use serde::{Deserialize, Serialize};

use super::NodeName;
use crate::ledger::{Amount, BlockHash, BlockTime, Txid};

/// The strip of blocks around the tip, or below [`Watch::strip_top`](super::Watch).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainView {
    /// Active blocks, highest first; at most 24.
    pub active: Vec<BlockCard>,
    /// Whether there are higher active blocks than those shown.
    pub more_above: bool,
    /// Branches that lost or wait, each highest first; at most 4 branches of at most 8 blocks.
    pub branches: Vec<Branch>,
    /// What the next block would hold.
    pub next: NextBlock,
    /// Which peers are on which tip, this node included.
    pub tips: Vec<TipHolders>,
}

/// A branch beside the active chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Its blocks, highest first.
    pub blocks: Vec<BlockCard>,
    /// The active block it grows from.
    pub fork: BlockHash,
    /// Height of that block.
    pub fork_height: u32,
    /// How many blocks it has.
    pub count: u32,
    /// By how many expected hashes its tip trails the active tip, decimal; `"0"` at equal work.
    pub work_behind: String,
    /// By how many blocks its tip is lower than the active tip; 0 if it is not.
    pub blocks_behind: u32,
    /// It has less work than the active chain.
    pub weaker: bool,
    /// The rule that made it invalid, if one did.
    pub invalid: Option<String>,
    /// Of its tip only the header is known. Blocks of a weaker branch are not fetched.
    pub headers_only: bool,
}

/// Nodes whose tip is one block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TipHolders {
    /// The block.
    pub tip: BlockHash,
    /// Its height.
    pub height: u32,
    /// The nodes.
    pub nodes: Vec<NodeName>,
}

/// A block on the strip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockCard {
    /// Its hash.
    pub hash: BlockHash,
    /// Its parent's hash.
    pub prev: BlockHash,
    /// Its height.
    pub height: u32,
    /// Its header's time.
    pub time: BlockTime,
    /// Transactions, the coinbase included; 0 when only the header is known.
    pub tx_count: u32,
    /// Fees of all of them.
    pub fees: Amount,
    /// Who says to have mined it (from the coinbase text); empty if it does not say.
    pub miner: NodeName,
    /// Bytes.
    pub size: u32,
}

/// What the next block would hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextBlock {
    /// Its height.
    pub height: u32,
    /// Payments that fit, best fee rate first; at most 12.
    pub payments: Vec<PendingPayment>,
    /// Payments that fit, in all.
    pub count: usize,
    /// Payments that must wait for a later block.
    pub left_out: usize,
    /// Bytes used, of
    pub size: u32,
    /// bytes allowed.
    pub size_limit: u32,
    /// Reward of the block: subsidy and fees.
    pub reward: Amount,
    /// Zero bits the hash must start with, if the block is made now.
    pub zero_bits: u32,
    /// Why it may be one of minimum difficulty now, if it may.
    pub easy: Option<EasyBlock>,
    /// The attempt going on here, if mining.
    pub attempt: Option<Attempt>,
}

/// Why the next block may be one of minimum difficulty: none was found for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EasyBlock {
    /// Seconds without a block after which one is allowed.
    pub after_secs: u32,
    /// Zero bits that the block would take otherwise.
    pub ordinary_zero_bits: u32,
    /// No block was found yet: the one before it is genesis, which is old.
    pub is_first: bool,
}

/// The miner's attempt at the next block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Hashes tried for this block.
    pub tries: u64,
    /// Most zero bits of a hash so far.
    pub best_zero_bits: u32,
    /// The best hash so far.
    pub best_hash: Option<BlockHash>,
}

/// A payment in the mempool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingPayment {
    /// Its name.
    pub txid: Txid,
    /// Satoshis a virtual byte.
    pub fee_rate: f64,
    /// The first output's amount: the payment, as a rule; change comes last.
    pub amount: Amount,
    /// First input's address, if it has one.
    pub from: Option<String>,
    /// The first output's address, if it has one.
    pub to: Option<String>,
    /// Whether it pays or is paid by this wallet.
    pub mine: bool,
    /// Virtual bytes.
    pub size: u32,
}
