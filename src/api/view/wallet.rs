//! The wallet: coins, addresses, history, previews, and what is revealed on request.

use serde::{Deserialize, Serialize};

use super::NodeName;
pub use crate::wallet::{AddressGap, CoinOrigin, HistoryKind, HistoryState};

use crate::keys::LineEnds;
use crate::ledger::{Amount, OutPoint, Time, Txid};

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
    /// Of all coins, those that make up `spendable`.
    pub spendable_count: usize,
    /// Of all coins, those that make up `immature`.
    pub immature_count: usize,
    /// Of all coins, those that make up `pending`.
    pub pending_count: usize,
    /// Addresses handed out, newest first, then those of change; at most 100.
    pub addresses: Vec<AddressView>,
    /// Addresses handed out in all, change left out.
    pub address_count: usize,
    /// How far a search by the words would come.
    pub gap: AddressGap,
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
    /// Whether this node takes part in the network; cut off, it has nobody to pay.
    pub network_active: bool,
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
    /// Who is on the other side; at most 8.
    pub parties: Vec<PartyView>,
    /// The wallet's own addresses at which it came, change aside; at most 8.
    pub own: Vec<OwnAddressView>,
    /// Its block's height.
    pub height: Option<u32>,
    /// Confirmations.
    pub confirmations: u32,
    /// How sure it is.
    pub state: HistoryState,
    /// When it was seen or its block made.
    pub time: Time,
}

/// Somebody on the other side of a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyView {
    /// The address.
    pub address: String,
    /// The names that tabs told with it: their word alone.
    pub names: Vec<String>,
}

/// An address of the wallet that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAddressView {
    /// The address.
    pub address: String,
    /// Its name, empty if it has none.
    pub label: String,
}

/// What a search by a wallet's words found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredView {
    /// How many unused addresses behind the last used one were looked at.
    pub gap: u32,
    /// Addresses looked at, those for change included.
    pub looked_at: u32,
    /// Of them those that were ever paid.
    pub used: u32,
    /// Transactions found.
    pub transactions: usize,
    /// All that is the wallet's: spendable, immature and waiting.
    pub total: Amount,
}

/// What a payment form would make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentPreview {
    /// Its name, to send exactly it: the id that the transaction has before it is signed.
    pub plan: Txid,
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

/// What sweeping a private key into the wallet would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepPreview {
    /// Its name, to send exactly it: the id that the transaction has before it is signed.
    pub plan: Txid,
    /// The address of the key.
    pub address: String,
    /// Whether the key's public key is written compressed.
    pub compressed: bool,
    /// What the coins that go in are worth.
    pub found: Amount,
    /// How many they are.
    pub coin_count: usize,
    /// What else the key has.
    pub left: LeftOut,
    /// The fresh address of this wallet that gets it.
    pub to: String,
    /// How much arrives there.
    pub value: Amount,
    /// What is left for the miner.
    pub fee: Amount,
    /// Virtual bytes, the signatures at their longest.
    pub size: u32,
}

/// Coins of a key that a sweep leaves, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Block rewards that must mature.
    pub immature: Amount,
    /// The height at which the first of them can be spent.
    pub matures_at: Option<u32>,
    /// What a waiting payment spends already.
    pub spending: Amount,
    /// What is in no block yet.
    pub unconfirmed: Amount,
    /// Coins that cost more than they are worth, or are over the limit of one payment.
    pub too_small: usize,
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
