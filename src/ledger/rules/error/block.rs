//! A block: alone, in its place, and against the coins.

use super::super::{Facts, RuleError};
use super::{HeaderError, InputError, TransactionError};
use crate::ledger::{Amount, MerkleNode, Txid};

/// A block that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// Its header does.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The header commits to other transactions.
    #[error("the header says the Merkle root is {found}, the transactions have {computed}")]
    MerkleRoot {
        /// In the header.
        found: MerkleNode,
        /// Of the transactions.
        computed: MerkleNode,
    },
    /// Transactions are repeated so that the root stays the same (CVE-2012-2459).
    #[error("transactions are repeated so that the Merkle root stays the same")]
    MerkleMutated,
    /// No transactions, or too many bytes.
    #[error("the block has {transactions} transactions and {size} bytes, at most {limit} bytes are allowed")]
    Length {
        /// Transactions in it.
        transactions: usize,
        /// Bytes without witnesses.
        size: usize,
        /// Most bytes allowed.
        limit: usize,
    },
    /// Too much weight.
    #[error("the block weighs {weight}, at most {limit} is allowed")]
    Weight {
        /// Its weight.
        weight: usize,
        /// The limit.
        limit: usize,
    },
    /// The first transaction is not a coinbase.
    #[error("the first transaction is not a coinbase")]
    CoinbaseMissing,
    /// Another transaction is a coinbase too.
    #[error("transaction {index} is a second coinbase")]
    CoinbaseMultiple {
        /// Its index.
        index: usize,
    },
    /// Too many signature checks.
    #[error("the block has {found} signature operations, at most {limit} are allowed")]
    SigOps {
        /// How many.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The coinbase does not begin with the height (BIP-0034).
    #[error("the coinbase does not begin with its height {height}")]
    CoinbaseHeight {
        /// The block's height.
        height: u32,
    },
    /// A transaction is locked until later.
    #[error("transaction {index} is locked until {lock_time}")]
    NonFinal {
        /// Its index.
        index: usize,
        /// Its name.
        txid: Txid,
        /// Its lock time.
        lock_time: u32,
    },
    /// Witness data where no rule commits to it.
    #[error("the block has witness data that it does not commit to")]
    UnexpectedWitness,
    /// The coinbase's witness is not one element of 32 bytes (BIP-0141).
    #[error("the coinbase's witness is not one element of 32 bytes")]
    WitnessNonce,
    /// The coinbase commits to other witnesses (BIP-0141).
    #[error("the coinbase commits to other witness data")]
    WitnessMerkle,
    /// A transaction repeats the name of one whose coins are unspent (BIP-0030).
    #[error("transaction {index} has the id {txid} of an earlier one with unspent coins")]
    Bip30 {
        /// Its index.
        index: usize,
        /// The name.
        txid: Txid,
    },
    /// The coinbase takes more than the subsidy and the fees.
    #[error("the coinbase takes {found}, subsidy {subsidy} and fees {fees} allow no more")]
    CoinbaseAmount {
        /// What it takes.
        found: Amount,
        /// The subsidy at this height.
        subsidy: Amount,
        /// The fees of the block.
        fees: Amount,
    },
    /// The fees add up to more than there can be.
    #[error("the fees add up to more than 21,000,000 coins")]
    FeesOutOfRange,
    /// A transaction breaks a rule on its own.
    #[error("transaction {index}: {error}")]
    Transaction {
        /// Its index.
        index: usize,
        /// Its name.
        txid: Txid,
        /// The rule.
        error: TransactionError,
    },
    /// A transaction may not spend what it spends.
    #[error("transaction {index}: {error}")]
    Inputs {
        /// Its index.
        index: usize,
        /// Its name.
        txid: Txid,
        /// The rule.
        error: InputError,
    },
    /// Too many blocks are kept that are not on the active chain.
    #[error("the block is on a weaker branch, and {limit} such blocks are kept already")]
    TooManySideBlocks {
        /// The limit.
        limit: usize,
    },
}

impl BlockError {
    /// Whether only these bytes are wrong: another block with the same hash may be right, so that
    /// the hash must not be remembered as invalid (Core `BLOCK_MUTATED`). For what a block's place
    /// and coins say: what its bytes alone say is never remembered.
    pub fn is_mutation(&self) -> bool {
        matches!(
            self,
            Self::MerkleRoot { .. }
                | Self::MerkleMutated
                | Self::WitnessNonce
                | Self::WitnessMerkle
                | Self::UnexpectedWitness
                | Self::TooManySideBlocks { .. }
        )
    }

    /// Whether the block waits for its parent.
    pub fn is_orphan(&self) -> bool {
        matches!(self, Self::Header(HeaderError::PrevNotFound { .. }))
    }
}

impl BlockError {
    /// Bitcoin Core's reject reason.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Header(error) => error.rule(),
            Self::MerkleRoot { .. } => "bad-txnmrklroot",
            Self::MerkleMutated => "bad-txns-duplicate",
            Self::Length { .. } => "bad-blk-length",
            Self::Weight { .. } => "bad-blk-weight",
            Self::CoinbaseMissing => "bad-cb-missing",
            Self::CoinbaseMultiple { .. } => "bad-cb-multiple",
            Self::SigOps { .. } => "bad-blk-sigops",
            Self::CoinbaseHeight { .. } => "bad-cb-height",
            Self::NonFinal { .. } => "bad-txns-nonfinal",
            Self::UnexpectedWitness => "unexpected-witness",
            Self::WitnessNonce => "bad-witness-nonce-size",
            Self::WitnessMerkle => "bad-witness-merkle-match",
            Self::Bip30 { .. } => "bad-txns-BIP30",
            Self::CoinbaseAmount { .. } => "bad-cb-amount",
            Self::FeesOutOfRange => "bad-txns-accumulated-fee-outofrange",
            Self::Transaction { error, .. } => error.rule(),
            Self::Inputs { error, .. } => error.rule(),
            Self::TooManySideBlocks { .. } => "too-little-chainwork",
        }
    }

    /// What the rule was judged by.
    pub fn facts(&self) -> Facts {
        match self {
            Self::Header(error) => error.facts(),
            Self::MerkleRoot { found, computed } => {
                vec![("found", found.to_string()), ("computed", computed.to_string())]
            }
            Self::MerkleMutated
            | Self::CoinbaseMissing
            | Self::UnexpectedWitness
            | Self::WitnessNonce
            | Self::WitnessMerkle
            | Self::FeesOutOfRange => Vec::new(),
            Self::Length { transactions, size, limit } => vec![
                ("transactions", transactions.to_string()),
                ("size", size.to_string()),
                ("limit", limit.to_string()),
            ],
            Self::Weight { weight, limit } => vec![("weight", weight.to_string()), ("limit", limit.to_string())],
            Self::CoinbaseMultiple { index } => vec![("transaction", index.to_string())],
            Self::SigOps { found, limit } => vec![("found", found.to_string()), ("limit", limit.to_string())],
            Self::CoinbaseHeight { height } => vec![("height", height.to_string())],
            Self::NonFinal { index, txid, lock_time } => vec![
                ("transaction", index.to_string()),
                ("txid", txid.to_string()),
                ("lock_time", lock_time.to_string()),
            ],
            Self::Bip30 { index, txid } => vec![("transaction", index.to_string()), ("txid", txid.to_string())],
            Self::CoinbaseAmount { found, subsidy, fees } => {
                vec![("found", found.to_string()), ("subsidy", subsidy.to_string()), ("fees", fees.to_string())]
            }
            Self::Transaction { index, txid, error } => with_transaction(*index, *txid, error),
            Self::Inputs { index, txid, error } => with_transaction(*index, *txid, error),
            Self::TooManySideBlocks { limit } => vec![("limit", limit.to_string())],
        }
    }
}

fn with_transaction(index: usize, txid: Txid, error: &impl RuleError) -> Facts {
    let mut facts = vec![("transaction", index.to_string()), ("txid", txid.to_string())];
    facts.extend(error.facts());
    facts
}
