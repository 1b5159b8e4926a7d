//! What is kept of a wallet: its words and what cannot be found on the chain.

use std::collections::BTreeMap;
use std::fmt;

use super::mnemonic::MnemonicError;
use crate::ledger::{Amount, DecodeError, Time};

/// The format's number, for a later one to tell.
pub const STORED_WALLET_VERSION: u32 = 1;

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
    /// Names of addresses.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Whether the user has seen the words and said so.
    #[serde(default)]
    pub words_backed_up: bool,
    /// Payments that wait for a block.
    #[serde(default)]
    pub pending: Vec<StoredPayment>,
}

/// A payment that waits for a block.
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

impl fmt::Debug for StoredWallet {
    /// Does not show the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredWallet")
            .field("receive_issued", &self.receive_issued)
            .field("change_issued", &self.change_issued)
            .field("pending", &self.pending.len())
            .finish_non_exhaustive()
    }
}
