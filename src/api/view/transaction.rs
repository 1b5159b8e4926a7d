//! A transaction in detail.

use serde::{Deserialize, Serialize};

use super::{CheckView, NodeName, TransactionRow};
use crate::ledger::{Amount, BlockHash, OutPoint, Txid};

/// A transaction in detail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransactionView {
    /// The row.
    pub row: TransactionRow,
    /// The block it is in, with its height; `None` while waiting.
    pub block: Option<(BlockHash, u32)>,
    /// It is in no block of the chain and does not wait: only this wallet still has it.
    pub only_in_wallet: bool,
    /// Of such a one: the transaction that spends one of its coins, where one is known.
    pub rival: Option<Txid>,
    /// Confirmations.
    pub confirmations: u32,
    /// Its bytes, hexadecimal.
    pub hex: String,
    /// Inputs; at most 100.
    pub inputs: Vec<InputView>,
    /// Inputs in all.
    pub input_count: u32,
    /// Outputs; at most 100.
    pub outputs: Vec<OutputView>,
    /// Outputs in all.
    pub output_count: u32,
    /// Format version.
    pub version: i32,
    /// Lock time.
    pub lock_time: u32,
    /// The checks it passes or fails here and now.
    pub checks: Vec<CheckView>,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputView {
    /// The coin it spends; null for a coinbase.
    pub prevout: OutPoint,
    /// The coin's amount, where known.
    pub value: Option<Amount>,
    /// The coin's address, where it has one.
    pub address: Option<String>,
    /// Unlocking script as text.
    pub script_sig_asm: String,
    /// Unlocking script, hexadecimal.
    pub script_sig_hex: String,
    /// Sequence number.
    pub sequence: u32,
    /// Whether this wallet holds the key.
    pub mine: bool,
}

/// An output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutputView {
    /// Amount.
    pub value: Amount,
    /// Its address, where it has one.
    pub address: Option<String>,
    /// Locking script as text.
    pub script_pubkey_asm: String,
    /// Locking script, hexadecimal.
    pub script_pubkey_hex: String,
    /// The transaction that spends it, where one is known.
    pub spent_by: Option<Txid>,
    /// Whether this wallet holds the key.
    pub mine: bool,
    /// Whether it is this wallet's change.
    pub change: bool,
    /// The node, or nodes, that told this wallet that this is its address.
    pub payee: Option<NodeName>,
}
