//! The wallet: coins, addresses, history, previews, and what is revealed on request.

use serde::{Deserialize, Serialize};

use super::{ByteRun, NodeName};
pub use crate::wallet::{CoinOrigin, HistoryKind, HistoryState};

use crate::ledger::{Amount, OutPoint, Time, Txid};
use crate::wallet::LineEnds;

/// The wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WalletView {
    /// Height it speaks of.
    pub height: u32,
    /// Sum of all coins: spendable, immature and unconfirmed.
    pub total: Amount,
    /// In blocks and spendable now.
    pub spendable: Amount,
    /// Block rewards that must mature.
    pub immature: Amount,
    /// Not in a block yet, own change included.
    pub pending: Amount,
    /// Coins, largest first in each state; at most 200.
    pub coins: Vec<CoinView>,
    /// Coins in all.
    pub coin_count: usize,
    /// Addresses handed out, newest first; at most 100.
    pub addresses: Vec<AddressView>,
    /// The address to hand out next.
    pub receive_address: String,
    /// Newest first; at most 100.
    pub history: Vec<HistoryView>,
    /// Entries in all.
    pub history_count: usize,
    /// Whether the words were backed up.
    pub words_backed_up: bool,
    /// Fee rate that would be in the next block, satoshis a virtual byte.
    pub next_block_fee_rate: u64,
    /// Open peers that told an address to be paid at, for the send form.
    pub payees: Vec<(NodeName, String)>,
}

/// A coin: an unspent output this wallet can unlock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoinView {
    /// Where it is.
    pub outpoint: OutPoint,
    /// How much.
    pub value: Amount,
    /// Its address.
    pub address: String,
    /// The key's path, like `m/44'/1'/0'/0/3`.
    pub path: String,
    /// Its block's height; `None` while waiting.
    pub height: Option<u32>,
    /// What can be done with it.
    pub state: CoinState,
    /// Where it came from.
    pub origin: CoinOrigin,
}

/// What can be done with a coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoinState {
    /// It can be spent.
    Spendable,
    /// A block reward, spendable in the block of this height.
    Immature {
        /// The first height at which it may be spent.
        matures_at: u32,
    },
    /// Not in a block yet.
    Unconfirmed,
}

/// An address of the wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddressView {
    /// The address.
    pub address: String,
    /// Its key's path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// Whether it was ever paid.
    pub used: bool,
    /// Whether it is for change.
    pub change: bool,
    /// Unspent on it.
    pub balance: Amount,
}

/// A line of the wallet's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryView {
    /// The transaction.
    pub txid: Txid,
    /// What it was.
    pub kind: HistoryKind,
    /// Change of the balance in satoshis, fee included, negative when money left.
    pub amount_sat: i64,
    /// The fee, where this wallet paid it.
    pub fee: Option<Amount>,
    /// Addresses on the other side; at most 8.
    pub addresses: Vec<String>,
    /// Its block's height.
    pub height: Option<u32>,
    /// Confirmations.
    pub confirmations: u32,
    /// How sure it is.
    pub state: HistoryState,
    /// When it was seen or its block made.
    pub time: Time,
}

/// What a payment form would make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentPreview {
    /// Coins that go in whole.
    pub inputs: Vec<CoinView>,
    /// What comes out.
    pub outputs: Vec<PreviewOutput>,
    /// What is left for the miner.
    pub fee: Amount,
    /// Virtual bytes, signatures included (an upper bound, each signature at its longest).
    pub size: u32,
    /// Satoshis a virtual byte.
    pub fee_rate: f64,
    /// For each input, the bytes its key will sign, as named runs.
    pub preimages: Vec<Vec<ByteRun>>,
}

/// An output of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreviewOutput {
    /// Amount.
    pub value: Amount,
    /// Address.
    pub address: String,
    /// Whether it comes back to this wallet.
    pub change: bool,
}

/// The wallet's words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsView {
    /// The words in order.
    pub words: Vec<String>,
}

/// A private key the user asked to see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyReveal {
    /// Its address.
    pub address: String,
    /// Wallet import format.
    pub wif: String,
    /// 64 hexadecimal digits.
    pub hex: String,
    /// Its path.
    pub path: String,
}

impl std::fmt::Debug for WordsView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WordsView(secret)")
    }
}

impl std::fmt::Debug for KeyReveal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyReveal({}, secret)", self.address)
    }
}

/// What the check of a message signature found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageVerdict {
    /// Whether the address's key signed exactly this message.
    pub valid: bool,
    /// The address whose key made the signature over this message, if any key did.
    pub signer: Option<String>,
    /// It holds for the message with these line ends, not with those it was given with.
    pub line_ends: Option<LineEnds>,
}
