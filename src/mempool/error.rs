//! Why a transaction is not taken into the pool.

use crate::ledger::script::interpreter::ScriptError;
use crate::ledger::{Amount, Facts, InputError, OutPoint, RuleError, TransactionError, Txid};

/// Why a transaction is not taken into the pool.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MempoolError {
    /// It breaks a rule on its own.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// It may not spend what it spends.
    #[error(transparent)]
    Inputs(#[from] InputError),
    /// A coinbase lives in its block only.
    #[error("a coinbase is only valid in its block")]
    Coinbase,
    /// It waits here already.
    #[error("the transaction is waiting already")]
    AlreadyWaiting,
    /// It is in the chain already.
    #[error("the transaction is in the chain already")]
    AlreadyConfirmed,
    /// It spends what another here spends: the first seen wins.
    #[error("the coin {outpoint} is already spent by the waiting transaction {conflicts_with}")]
    Conflict {
        /// The coin.
        outpoint: OutPoint,
        /// Who spends it.
        conflicts_with: Txid,
    },
    /// It spends coins of transactions that are not known; they may be on their way.
    #[error("it spends {} of a transaction that is not known", missing.first().map_or_else(String::new, |outpoint| outpoint.to_string()))]
    Orphan {
        /// The coins.
        missing: Vec<OutPoint>,
    },
    /// It is locked until later.
    #[error("it is locked until {lock_time}")]
    NonFinal {
        /// Its lock time.
        lock_time: u32,
    },
    /// It pays too little.
    #[error("it pays a fee of {fee}, its {size} bytes want at least {least}")]
    FeeTooLow {
        /// What it pays.
        fee: Amount,
        /// The least fee.
        least: Amount,
        /// Its virtual bytes.
        size: usize,
    },
    /// The pool is full of what pays better.
    #[error("the pool is full, and all in it pay more for their size")]
    Full {
        /// The pool's limit, in virtual bytes.
        max_bytes: usize,
    },
    /// Too many unconfirmed transactions in a row.
    #[error("it would make a chain of {count} waiting transactions, at most {limit} are allowed")]
    ChainTooLong {
        /// How many.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// An output is worth less than it costs to spend.
    #[error("output {output} has only {value}, at least {least} is worth sending")]
    Dust {
        /// The output's index.
        output: usize,
        /// Its amount.
        value: Amount,
        /// The least amount.
        least: Amount,
    },
    /// Too large or too small to be passed on.
    #[error("it weighs {weight}, from {least} to {limit} is passed on")]
    Size {
        /// Its weight.
        weight: usize,
        /// The least.
        least: usize,
        /// The most.
        limit: usize,
    },
    /// An unlocking script does more than push.
    #[error("the unlocking script of input {input} does more than push")]
    NotPushOnly {
        /// The input's index.
        input: usize,
    },
    /// It needs segregated witness, which this node does not verify.
    #[error("it uses segregated witness, which this node does not verify")]
    Witness,
    /// Too many signature operations.
    #[error("it has {found} signature operations, at most {limit} are passed on")]
    SigOps {
        /// How many.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// Valid in a block, but its scripts break the stricter rules for what is passed on.
    #[error("input {input} breaks a rule for passing on: {error}")]
    ScriptPolicy {
        /// The input's index.
        input: usize,
        /// What the interpreter found.
        error: ScriptError,
    },
}

impl MempoolError {
    /// Bitcoin Core's reject reason.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Transaction(error) => error.rule(),
            Self::Inputs(InputError::SequenceLocked { .. }) => "non-BIP68-final",
            Self::Inputs(error) => error.rule(),
            Self::Coinbase => "coinbase",
            Self::AlreadyWaiting => "txn-already-in-mempool",
            Self::AlreadyConfirmed => "txn-already-known",
            Self::Conflict { .. } => "txn-mempool-conflict",
            Self::Orphan { .. } => "bad-txns-inputs-missingorspent",
            Self::NonFinal { .. } => "non-final",
            Self::FeeTooLow { .. } => "min relay fee not met",
            Self::Full { .. } => "mempool full",
            Self::ChainTooLong { .. } => "too-long-mempool-chain",
            Self::Dust { .. } => "dust",
            Self::Size { weight, least, .. } if weight < least => "tx-size-small",
            Self::Size { .. } => "tx-size",
            Self::NotPushOnly { .. } => "scriptsig-not-pushonly",
            Self::Witness => "no-witness-yet",
            Self::SigOps { .. } => "bad-txns-too-many-sigops",
            Self::ScriptPolicy { .. } => "non-mandatory-script-verify-flag",
        }
    }

    /// What the rule was judged by.
    pub fn facts(&self) -> Facts {
        match self {
            Self::Transaction(error) => error.facts(),
            Self::Inputs(error) => error.facts(),
            Self::Coinbase | Self::AlreadyWaiting | Self::AlreadyConfirmed | Self::Witness => Vec::new(),
            Self::Conflict { outpoint, conflicts_with } => {
                vec![("outpoint", outpoint.to_string()), ("conflicts_with", conflicts_with.to_string())]
            }
            Self::Orphan { missing } => missing.iter().map(|outpoint| ("outpoint", outpoint.to_string())).collect(),
            Self::NonFinal { lock_time } => vec![("lock_time", lock_time.to_string())],
            Self::FeeTooLow { fee, least, size } => {
                vec![("fee", fee.to_string()), ("least", least.to_string()), ("size", size.to_string())]
            }
            Self::Full { max_bytes } => vec![("max_bytes", max_bytes.to_string())],
            Self::ChainTooLong { count, limit } | Self::SigOps { found: count, limit } => {
                vec![("found", count.to_string()), ("limit", limit.to_string())]
            }
            Self::Dust { output, value, least } => {
                vec![("output", output.to_string()), ("value", value.to_string()), ("least", least.to_string())]
            }
            Self::Size { weight, least, limit } => {
                vec![("weight", weight.to_string()), ("least", least.to_string()), ("limit", limit.to_string())]
            }
            Self::NotPushOnly { input } => vec![("input", input.to_string())],
            Self::ScriptPolicy { input, error } => {
                vec![("input", input.to_string()), ("script_error", error.to_string())]
            }
        }
    }

    /// Whether it may be taken once its parents are here.
    pub fn is_orphan(&self) -> bool {
        matches!(self, Self::Orphan { .. })
    }

    /// Whether it breaks a rule of the chain that no honest node passes on, so that its sender
    /// misbehaves; policy and what time may mend are not among these.
    pub fn is_misbehaviour(&self) -> bool {
        match self {
            Self::Transaction(_) | Self::Coinbase => true,
            Self::Inputs(error) => matches!(
                error,
                InputError::Script { .. } | InputError::BelowOutputs { .. } | InputError::ValueOutOfRange { .. }
            ),
            _ => false,
        }
    }
}

impl RuleError for MempoolError {
    fn rule(&self) -> &'static str {
        Self::rule(self)
    }

    fn facts(&self) -> Facts {
        Self::facts(self)
    }
}
