//! A block in detail.

use serde::{Deserialize, Serialize};

use super::{BlockCard, UncheckedWitnesses};
use crate::ledger::{Amount, BlockHash, BlockTime, MerkleNode, Txid};

/// A check and how it went, for "why valid" and "why rejected".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    /// The rule, Core's reject reason; its texts are `rule.` and `check.` and this.
    pub rule: String,
    /// `None`: not run, because an earlier one failed, or as this node does not run it at all.
    pub passed: Option<bool>,
    /// What was found and what was needed.
    pub facts: Vec<(String, String)>,
}

/// A block in detail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockView {
    /// The card.
    pub card: BlockCard,
    /// Confirmations; 0 when not on the active chain.
    pub confirmations: u32,
    /// On the active chain, on another branch, or refused.
    pub state: BlockState,
    /// The 80 bytes, hexadecimal.
    pub header_hex: String,
    /// Version.
    pub version: i32,
    /// Merkle root.
    pub merkle_root: MerkleNode,
    /// Compact target.
    pub bits: u32,
    /// Nonce.
    pub nonce: u32,
    /// The target, 64 hexadecimal digits, big-endian.
    pub target: String,
    /// Zero bits the hash starts with.
    pub zero_bits: u32,
    /// Zero bits it must start with.
    pub needed_zero_bits: u32,
    /// Whether its hash is below its target.
    pub proof_of_work: ProofOfWork,
    /// Expected hashes to find it.
    pub work: String,
    /// Difficulty, 1 at the mainnet's easiest.
    pub difficulty: f64,
    /// New coins and fees.
    pub reward: Amount,
    /// Of that, the new coins.
    pub subsidy: Amount,
    /// Transactions; at most 200, the coinbase first.
    pub transactions: Vec<TransactionRow>,
    /// The Merkle tree, leaves first, each level's nodes; only for at most 16 transactions.
    pub merkle_levels: Vec<Vec<MerkleNode>>,
    /// Median time past of its parent.
    pub median_time_past: BlockTime,
    /// The block after it on the active chain.
    pub next: Option<BlockHash>,
    /// The checks it passed or failed.
    pub checks: Vec<CheckView>,
    /// Inputs of it that only their witnesses unlock, which are not run; 0 where it is not on the
    /// active chain.
    pub unchecked_witnesses: usize,
    /// The first block with such inputs that it builds on, or is itself.
    pub unchecked_since: Option<UncheckedWitnesses>,
}

/// How a block's hash stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProofOfWork {
    /// Not above it: someone found the block.
    Met,
    /// Above it.
    NotMet,
    /// Above it, and that is no matter: the block is given, every node has it from the start.
    Given,
}

/// Where a block stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockState {
    /// On the active chain.
    Active,
    /// Valid as far as checked, on a branch with less work or known later.
    Stale,
    /// Only its header is known.
    HeaderOnly,
    /// Refused, with the rule.
    Invalid(String),
}

/// A transaction as a table row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransactionRow {
    /// Its name.
    pub txid: Txid,
    /// Addresses that pay, without repeats; empty for a coinbase.
    pub from: Vec<String>,
    /// Addresses that are paid (change is not told apart), without repeats.
    pub to: Vec<String>,
    /// Sum of its outputs.
    pub amount: Amount,
    /// The coins it makes, in order; at most [`TransactionRow::NEW_COINS`].
    pub new_coins: Vec<Amount>,
    /// How many coins it makes in all.
    pub new_coin_count: u32,
    /// What this wallet has to do with it; `None` where nobody here can tell payment and change apart.
    pub own: Option<OwnShare>,
    /// Its fee; `None` for a coinbase or where inputs are unknown.
    pub fee: Option<Amount>,
    /// Whether it makes new coins.
    pub coinbase: bool,
    /// Bytes.
    pub size: u32,
}

impl TransactionRow {
    /// New coins named of a transaction.
    pub const NEW_COINS: usize = 3;
}

/// What a wallet knows of a transaction: only its owner can tell a payment from its change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnShare {
    /// This wallet pays all of it.
    Paid {
        /// What it pays, its own receiving addresses included.
        paid: Amount,
        /// What comes back to its change addresses.
        back: Amount,
    },
    /// Others pay this wallet.
    Received {
        /// What they pay it.
        amount: Amount,
    },
}
