//! Every rule that can be broken, its facts, and Bitcoin Core's name for it.

use super::{Facts, RuleError};
use crate::ledger::script::interpreter::ScriptError;
use crate::ledger::{Amount, BlockHash, BlockTime, MerkleNode, OutPoint, Target, Txid};

macro_rules! rule_errors {
    ($($name:ident),*) => {
        $(impl RuleError for $name {
            fn rule(&self) -> &'static str {
                Self::rule(self)
            }

            fn facts(&self) -> Facts {
                Self::facts(self)
            }
        })*
    };
}

rule_errors!(TransactionError, HeaderError, InputError, BlockError);

/// A transaction that breaks a rule on its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// It spends nothing.
    #[error("the transaction has no inputs")]
    NoInputs,
    /// It pays no one.
    #[error("the transaction has no outputs")]
    NoOutputs,
    /// No block could hold it.
    #[error("the transaction has {size} bytes, at most {limit} fit a block")]
    Oversize {
        /// Bytes without witnesses.
        size: usize,
        /// Most bytes allowed.
        limit: usize,
    },
    /// An output's amount is negative (its highest bit is set).
    #[error("output {output} has a negative amount")]
    OutputNegative {
        /// The output's index.
        output: usize,
    },
    /// An output is larger than all the money there can be.
    #[error("output {output} has {value} coins, there are never more than 21,000,000")]
    OutputTooLarge {
        /// The output's index.
        output: usize,
        /// Its amount.
        value: Amount,
    },
    /// The outputs together are larger than all the money there can be.
    #[error("the outputs add up to {total_sat} satoshis, there are never more than 21,000,000 coins")]
    TotalTooLarge {
        /// The exact sum, in satoshis.
        total_sat: u128,
    },
    /// Two inputs spend the same coin.
    #[error("the coin {outpoint} is spent twice in one transaction")]
    DuplicateInput {
        /// The coin.
        outpoint: OutPoint,
    },
    /// A coinbase's script is too short or too long.
    #[error("the coinbase's script has {length} bytes, it must have 2 to 100")]
    CoinbaseLength {
        /// Its bytes.
        length: usize,
    },
    /// An input of an ordinary transaction points at nothing.
    #[error("input {input} points at no coin, which only a coinbase's may")]
    NullPrevout {
        /// The input's index.
        input: usize,
    },
}

impl TransactionError {
    /// Bitcoin Core's reject reason.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::NoInputs => "bad-txns-vin-empty",
            Self::NoOutputs => "bad-txns-vout-empty",
            Self::Oversize { .. } => "bad-txns-oversize",
            Self::OutputNegative { .. } => "bad-txns-vout-negative",
            Self::OutputTooLarge { .. } => "bad-txns-vout-toolarge",
            Self::TotalTooLarge { .. } => "bad-txns-txouttotal-toolarge",
            Self::DuplicateInput { .. } => "bad-txns-inputs-duplicate",
            Self::CoinbaseLength { .. } => "bad-cb-length",
            Self::NullPrevout { .. } => "bad-txns-prevout-null",
        }
    }

    /// What the rule was judged by.
    pub fn facts(&self) -> Facts {
        match self {
            Self::NoInputs | Self::NoOutputs => Vec::new(),
            Self::Oversize { size, limit } => vec![("size", size.to_string()), ("limit", limit.to_string())],
            Self::OutputNegative { output } => vec![("output", output.to_string())],
            Self::OutputTooLarge { output, value } => {
                vec![("output", output.to_string()), ("value", value.to_string())]
            }
            Self::TotalTooLarge { total_sat } => vec![("total_sat", total_sat.to_string())],
            Self::DuplicateInput { outpoint } => vec![("outpoint", outpoint.to_string())],
            Self::CoinbaseLength { length } => vec![("length", length.to_string())],
            Self::NullPrevout { input } => vec![("input", input.to_string())],
        }
    }
}

/// A header that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// No proof of work: the hash is above the target that the header itself names.
    #[error("the hash {hash} is above the target {}", target.map_or("of no valid bits".to_owned(), |target| target.to_string()))]
    HighHash {
        /// The header's hash.
        hash: BlockHash,
        /// What it should not be above; none where the bits stand for no allowed target.
        target: Option<Target>,
    },
    /// The parent is not known.
    #[error("the parent {parent} is not known")]
    PrevNotFound {
        /// The parent.
        parent: BlockHash,
    },
    /// The parent, or a block further down, is invalid.
    #[error("the block builds on the invalid block {invalid}: {reason}")]
    BadPrev {
        /// The block that broke a rule.
        invalid: BlockHash,
        /// Which rule it broke.
        broken_rule: &'static str,
        /// Why, in words.
        reason: String,
    },
    /// This very block was found invalid before.
    #[error("the block was refused before: {reason}")]
    KnownInvalid {
        /// Which rule it broke.
        broken_rule: &'static str,
        /// Why, in words.
        reason: String,
    },
    /// The target is not the one that the chain's past demands.
    #[error("the bits are {found:08x}, the chain demands {expected:08x}")]
    BadDiffBits {
        /// Bits in the header.
        found: u32,
        /// Bits that it must have.
        expected: u32,
    },
    /// The time is not after the median of the last eleven blocks'.
    #[error("the block's time {} is not after the median time past {}", time.0, median_time_past.0)]
    TimeTooOld {
        /// The header's time.
        time: BlockTime,
        /// What it must be after.
        median_time_past: BlockTime,
    },
    /// The time is more than two hours ahead of the local clock.
    #[error("the block's time {} is more than two hours ahead, later than {}", time.0, limit.0)]
    TimeTooNew {
        /// The header's time.
        time: BlockTime,
        /// The latest time allowed now.
        limit: BlockTime,
    },
    /// A version that later rules have ended.
    #[error("blocks of version {version} ended at height {ended_at}, this is {height}")]
    BadVersion {
        /// The header's version.
        version: i32,
        /// The block's height.
        height: u32,
        /// From which height on such blocks are refused.
        ended_at: u32,
    },
    /// Too many headers are kept that are not on the best chain.
    #[error("the header is on a weaker branch, and {limit} such are kept already")]
    TooManyBranches {
        /// Most headers kept beside the best chain.
        limit: usize,
    },
}

impl HeaderError {
    /// Bitcoin Core's reject reason.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::HighHash { .. } => "high-hash",
            Self::PrevNotFound { .. } => "prev-blk-not-found",
            Self::BadPrev { .. } => "bad-prevblk",
            Self::KnownInvalid { .. } => "duplicate-invalid",
            Self::BadDiffBits { .. } => "bad-diffbits",
            Self::TimeTooOld { .. } => "time-too-old",
            Self::TimeTooNew { .. } => "time-too-new",
            Self::BadVersion { .. } => "bad-version",
            Self::TooManyBranches { .. } => "too-little-chainwork",
        }
    }

    /// What the rule was judged by.
    pub fn facts(&self) -> Facts {
        match self {
            Self::HighHash { hash, target } => {
                let target = target.map_or_else(String::new, |target| target.to_string());
                vec![("hash", hash.to_string()), ("target", target)]
            }
            Self::PrevNotFound { parent } => vec![("parent", parent.to_string())],
            Self::BadPrev { invalid, broken_rule, reason } => vec![
                ("invalid", invalid.to_string()),
                ("broken_rule", (*broken_rule).to_owned()),
                ("reason", reason.clone()),
            ],
            Self::KnownInvalid { broken_rule, reason } => {
                vec![("broken_rule", (*broken_rule).to_owned()), ("reason", reason.clone())]
            }
            Self::BadDiffBits { found, expected } => {
                vec![("found", format!("{found:08x}")), ("expected", format!("{expected:08x}"))]
            }
            Self::TimeTooOld { time, median_time_past } => {
                vec![("time", time.0.to_string()), ("median_time_past", median_time_past.0.to_string())]
            }
            Self::TimeTooNew { time, limit } => vec![("time", time.0.to_string()), ("limit", limit.0.to_string())],
            Self::BadVersion { version, height, ended_at } => vec![
                ("version", version.to_string()),
                ("height", height.to_string()),
                ("ended_at", ended_at.to_string()),
            ],
            Self::TooManyBranches { limit } => vec![("limit", limit.to_string())],
        }
    }
}

/// An input that may not spend what it says it spends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// The coin does not exist, or is spent.
    #[error("input {input} spends {outpoint}, which does not exist or is already spent")]
    MissingOrSpent {
        /// The input's index.
        input: usize,
        /// The coin.
        outpoint: OutPoint,
    },
    /// A coinbase's coin, too young.
    #[error(
        "input {input} spends a coinbase of height {coin_height} at height {spend_height}; it is mature at {mature_at}"
    )]
    Immature {
        /// The input's index.
        input: usize,
        /// The coin.
        outpoint: OutPoint,
        /// Height of the coinbase.
        coin_height: u32,
        /// Height of the block that would spend it.
        spend_height: u32,
        /// First height that may.
        mature_at: u32,
    },
    /// A coin, or the coins together, are out of the range of amounts.
    #[error("the coins spent add up to more than 21,000,000")]
    ValueOutOfRange {
        /// The input at which the range is left.
        input: usize,
    },
    /// More is paid than spent.
    #[error("the outputs pay {outputs}, the inputs have only {inputs}")]
    BelowOutputs {
        /// The coins spent.
        inputs: Amount,
        /// The outputs' sum.
        outputs: Amount,
    },
    /// A relative lock time is not over (BIP-0068).
    #[error("a relative lock time of the transaction is not over")]
    SequenceLocked {
        /// First height at which it is over, if it is one of height.
        height: Option<u32>,
        /// Median time past at which it is over, if it is one of time.
        time: Option<BlockTime>,
    },
    /// The unlocking script does not satisfy the locking script.
    #[error("input {input} does not unlock {outpoint}: {error}")]
    Script {
        /// The input's index.
        input: usize,
        /// The coin.
        outpoint: OutPoint,
        /// What the interpreter found.
        error: ScriptError,
    },
}

impl InputError {
    /// Bitcoin Core's reject reason.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::MissingOrSpent { .. } => "bad-txns-inputs-missingorspent",
            Self::Immature { .. } => "bad-txns-premature-spend-of-coinbase",
            Self::ValueOutOfRange { .. } => "bad-txns-inputvalues-outofrange",
            Self::BelowOutputs { .. } => "bad-txns-in-belowout",
            Self::SequenceLocked { .. } => "bad-txns-nonfinal",
            Self::Script { .. } => "mandatory-script-verify-flag-failed",
        }
    }

    /// What the rule was judged by.
    pub fn facts(&self) -> Facts {
        match self {
            Self::MissingOrSpent { input, outpoint } => {
                vec![("input", input.to_string()), ("outpoint", outpoint.to_string())]
            }
            Self::Immature { input, outpoint, coin_height, spend_height, mature_at } => vec![
                ("input", input.to_string()),
                ("outpoint", outpoint.to_string()),
                ("coin_height", coin_height.to_string()),
                ("spend_height", spend_height.to_string()),
                ("mature_at", mature_at.to_string()),
            ],
            Self::ValueOutOfRange { input } => vec![("input", input.to_string())],
            Self::BelowOutputs { inputs, outputs } => {
                vec![("inputs", inputs.to_string()), ("outputs", outputs.to_string())]
            }
            Self::SequenceLocked { height, time } => {
                let height = height.map(|height| ("height", height.to_string()));
                let time = time.map(|time| ("time", time.0.to_string()));
                height.into_iter().chain(time).collect()
            }
            Self::Script { input, outpoint, error } => vec![
                ("input", input.to_string()),
                ("outpoint", outpoint.to_string()),
                ("script_error", error.to_string()),
            ],
        }
    }
}

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
    /// the hash must not be remembered as invalid (Core `BLOCK_MUTATED`).
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
