//! The wallet: what its keys own.
//!
//! [`coin_selection`], [`payment`] and [`history`] are parts of [`Wallet`], which follows the chain by applying its
//! updates. Keys and their mathematics are in [`keys`](crate::keys).
//!
//! Nothing here reads a clock or a random source: time and entropy are passed in.

pub mod coin_selection;
pub mod coins;
pub mod following;
pub mod gap;
pub mod history;
pub mod key_ring;
pub mod names;
pub mod payment;
mod planning;
pub mod single_spend;
pub mod stored;
pub mod sweep;
mod transactions;

#[allow(clippy::module_inception, reason = "the noun of this file is the wallet")]
pub mod wallet;

pub use coins::{Balance, CoinOrigin, CoinState, WalletCoin};
pub use following::PooledTransaction;
pub use gap::AddressGap;
pub use history::{HistoryEntry, HistoryKind, HistoryOutput, HistoryState};
pub use key_ring::{Branch, GAP_LIMIT, KeyPlace, MAX_GAP};
pub use payment::{PaymentError, PaymentPlan, PaymentRequest, PlannedInput, PlannedOutput};
pub use stored::{StoredPayment, StoredWallet, StoredWalletError};
pub use wallet::{Wallet, WalletAddress};
