//! What is kept of a wallet: its words and what cannot be found on the chain.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::key_ring::{Branch, GAP_LIMIT};
use super::names::MAX_NAMES;
use super::transactions::{Entry, State};
use super::wallet::Wallet;
use crate::keys::address::Address;
use crate::keys::mnemonic::{Mnemonic, MnemonicError};
use crate::ledger::{Amount, DecodeError, Encodable, Params, Time, decode_hex, to_hex};

/// The format's number, for a later one to tell. 1 kept no used addresses, no search's width and
/// none of the transactions that came to nothing.
pub const STORED_WALLET_VERSION: u32 = 2;

/// A wallet as it is stored. Holds secrets in the clear, as everything in a browser's storage does.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StoredWallet {
    /// [`STORED_WALLET_VERSION`].
    pub version: u32,
    /// The words. Secret.
    pub words: String,
    /// The passphrase, as it was typed. Secret.
    #[serde(default)]
    pub passphrase: String,
    /// Receiving addresses handed out.
    pub receive_issued: u32,
    /// Change addresses handed out.
    #[serde(default)]
    pub change_issued: u32,
    /// Receiving addresses that were ever paid, as runs: the first, and how many.
    #[serde(default)]
    pub receive_used: Vec<(u32, u32)>,
    /// Change addresses that were ever paid, as runs.
    #[serde(default)]
    pub change_used: Vec<(u32, u32)>,
    /// How many unused addresses are watched behind the last known one.
    #[serde(default = "gap_limit")]
    pub gap: u32,
    /// Names of addresses.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Names that tabs told with addresses of theirs, in the order of their coming.
    #[serde(default)]
    pub names: Vec<(String, String)>,
    /// Whether the user has seen the words and said so.
    #[serde(default)]
    pub words_backed_up: bool,
    /// Payments that wait for a block.
    #[serde(default)]
    pub pending: Vec<StoredPayment>,
    /// Transactions that came to nothing: the rewards of lost blocks, and payments that this node
    /// does not have or whose coin was spent otherwise.
    #[serde(default)]
    pub ended: Vec<StoredPayment>,
}

fn gap_limit() -> u32 {
    GAP_LIMIT
}

/// A transaction that is in no block of the active chain.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct StoredPayment {
    /// The transaction, hexadecimal.
    pub hex: String,
    /// When it was first seen.
    pub first_seen: Time,
    /// Its fee, where known.
    pub fee: Option<Amount>,
}

/// Why a stored wallet cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoredWalletError {
    /// Made by a later version.
    #[error("this wallet is stored in format {found}; formats up to {known} are understood")]
    Version {
        /// The format found.
        found: u32,
        /// The latest that is understood.
        known: u32,
    },
    /// Its words make no wallet.
    #[error("the stored words are damaged: {0}")]
    Words(#[from] MnemonicError),
    /// A stored payment does not decode.
    #[error("a stored payment is damaged: {0}")]
    Payment(#[from] DecodeError),
}

impl StoredWalletError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Version { .. } => "stored-wallet-version",
            Self::Words(_) => "stored-wallet-words",
            Self::Payment(_) => "stored-wallet-payment",
        }
    }

    /// The facts, named, for a translated text. No secret is among them.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Version { found, known } => vec![("found", found.to_string()), ("known", known.to_string())],
            Self::Words(_) => Vec::new(),
            Self::Payment(error) => vec![("reason", error.to_string())],
        }
    }
}

impl StoredPayment {
    fn of(entry: &Entry) -> Self {
        Self { hex: to_hex(&entry.tx.to_bytes()), first_seen: entry.first_seen.unwrap_or_default(), fee: entry.fee }
    }

    fn entry(&self, state: State) -> Result<Entry, DecodeError> {
        Ok(Entry { tx: Arc::new(decode_hex(&self.hex)?), state, first_seen: Some(self.first_seen), fee: self.fee })
    }
}

impl Wallet {
    /// What to store. Holds the words in the clear.
    pub fn to_stored(&self) -> StoredWallet {
        let mut labels = BTreeMap::new();
        labels.extend(self.labels.iter().map(|(address, label)| (address.to_string(), label.clone())));
        let kept = |is_live: bool| {
            let entries = self.unconfirmed_entries().filter(move |(_, entry)| entry.state.is_live() == is_live);
            entries.map(|(_, entry)| StoredPayment::of(entry)).collect()
        };
        StoredWallet {
            version: STORED_WALLET_VERSION,
            words: self.mnemonic.to_phrase(),
            passphrase: self.passphrase.clone(),
            receive_issued: self.keys.issued(Branch::Receive),
            change_issued: self.keys.issued(Branch::Change),
            receive_used: self.keys.used_runs(Branch::Receive),
            change_used: self.keys.used_runs(Branch::Change),
            gap: self.keys.gap(),
            labels,
            names: self.names.iter().map(|(address, name)| (address.to_string(), name.clone())).collect(),
            words_backed_up: self.words_backed_up,
            pending: kept(true),
            ended: kept(false),
        }
    }

    /// The stored wallet; its coins are known after [`Wallet::scan`]. A name of what is no address
    /// of this wallet is left out.
    ///
    /// # Errors
    /// Any [`StoredWalletError`].
    pub fn from_stored(stored: &StoredWallet, params: Arc<Params>) -> Result<Self, StoredWalletError> {
        if stored.version > STORED_WALLET_VERSION {
            return Err(StoredWalletError::Version { found: stored.version, known: STORED_WALLET_VERSION });
        }
        let mut wallet = Self::restore(Mnemonic::parse(&stored.words)?, &stored.passphrase, params);
        wallet.keys.widen(stored.gap);
        wallet.keys.set_issued(Branch::Receive, stored.receive_issued);
        wallet.keys.set_issued(Branch::Change, stored.change_issued);
        wallet.keys.mark_used_runs(Branch::Receive, &stored.receive_used);
        wallet.keys.mark_used_runs(Branch::Change, &stored.change_used);
        for (address, label) in &stored.labels {
            if let Ok(address) = Address::parse(address, &wallet.params) {
                wallet.set_label(&address, label);
            }
        }
        for (address, name) in stored.names.iter().take(MAX_NAMES) {
            if let Ok(address) = Address::parse(address, &wallet.params) {
                wallet.names.push((address, name.clone()));
            }
        }
        for payment in &stored.pending {
            wallet.transactions.restore(&mut wallet.keys, payment.entry(State::Waiting)?);
        }
        for payment in &stored.ended {
            wallet.transactions.restore(&mut wallet.keys, payment.entry(State::Ended)?);
        }
        wallet.words_backed_up = stored.words_backed_up;
        Ok(wallet)
    }
}

impl fmt::Debug for StoredWallet {
    /// Does not show the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredWallet")
            .field("receive_issued", &self.receive_issued)
            .field("change_issued", &self.change_issued)
            .field("pending", &self.pending.len())
            .field("ended", &self.ended.len())
            .finish_non_exhaustive()
    }
}
