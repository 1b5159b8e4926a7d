//! The inputs against the coins.

use super::super::Facts;
use crate::ledger::script::interpreter::ScriptError;
use crate::ledger::{Amount, BlockTime, OutPoint};

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
