//! Pages: they take slices and send commands.
//!
//! Every page is a component that takes the slices it draws, `None` while they are on their way.

pub mod chain;
pub mod help;
pub mod keys;
pub mod miner;
pub mod network;
pub mod transaction;
pub mod wallet;

pub use chain::{ChainPage, ChainPageProps};
pub use help::HelpPage;
pub use keys::{KeysPage, KeysPageProps};
pub use miner::{MinerPage, MinerPageProps};
pub use network::{NetworkPage, NetworkPageProps};
pub use transaction::{TransactionPage, TransactionPageProps};
pub use wallet::{WalletPage, WalletPageProps};
