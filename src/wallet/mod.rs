//! The wallet: keys, and what they own.
//!
//! From the bottom up: [`keys`] and [`ecdsa`] are the mathematics, [`base58`] and [`address`] how
//! keys are written for people, [`mnemonic`], [`path`] and [`hd`] how twelve words become any
//! number of keys, [`message`] how a text is signed, [`typed`] how people write numbers and addresses. These know nothing of a wallet, so that the
//! page can use them with practice keys; [`flips`], [`entropy_pool`], [`key_number`],
//! [`double_and_add`], [`key_search`] and [`linkage`] are there for the page alone. [`coin_selection`],
//! [`payment`] and [`history`] are parts of [`Wallet`], which follows the chain by applying its
//! updates.
//!
//! Nothing here reads a clock or a random source: time and entropy are passed in.

pub mod address;
pub mod address_steps;
pub mod base58;
pub mod base64;
pub mod brain_wallet;
pub mod coin_selection;
pub mod coins;
pub mod double_and_add;
pub mod ecdsa;
pub mod entropy_pool;
pub mod flips;
pub mod following;
pub mod gap;
pub mod hd;
pub mod history;
pub mod key_number;
pub mod key_ring;
pub mod key_search;
pub mod key_tree;
pub mod keys;
pub mod linkage;
pub mod message;
pub mod mnemonic;
pub mod names;
pub mod nfkd;
pub mod nonce;
pub mod nonce_reuse;
pub mod path;
pub mod payment;
mod planning;
pub mod schnorr;
pub mod signature;
pub mod signed_input;
pub mod single_spend;
pub mod stored;
pub mod sweep;
mod transactions;
pub mod typed;
#[allow(clippy::module_inception, reason = "the noun of this file is the wallet")]
pub mod wallet;

pub use address::{Address, AddressError};
pub use base58::Base58Error;
pub use coins::{Balance, CoinOrigin, CoinState, WalletCoin};
pub use ecdsa::{
    SigningSteps, VerifyingSteps, recover_public_key, sign_ecdsa, sign_ecdsa_explained, verify_ecdsa,
    verify_ecdsa_explained,
};
pub use following::PooledTransaction;
pub use gap::AddressGap;
pub use hd::{ExtendedKeyError, ExtendedPrivateKey, ExtendedPublicKey};
pub use history::{HistoryEntry, HistoryKind, HistoryOutput, HistoryState};
pub use key_ring::{Branch, GAP_LIMIT, KeyPlace, MAX_GAP};
pub use keys::{KeyError, PrivateKey, PublicKey, WifError};
pub use message::{LineEnds, MessageError, message_hash, sign_message, verify_message, with_other_line_ends};
pub use mnemonic::{Mnemonic, MnemonicError};
pub use path::{ChildNumber, DerivationPath, PathError};
pub use payment::{PaymentError, PaymentPlan, PaymentRequest, PlannedInput, PlannedOutput};
pub use signature::{Signature, SignatureError};
pub use stored::{StoredPayment, StoredWallet, StoredWalletError};
pub use wallet::{Wallet, WalletAddress};
