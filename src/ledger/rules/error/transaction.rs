//! A transaction alone.

use super::super::Facts;
use crate::ledger::{Amount, OutPoint};

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
