//! The browser: channels, locks, storage, workers, clock and entropy, as thin adapters.
//!
//! Three roles run this crate, each in a thread of its own: the page holds a [`NodeLink`], the
//! node worker runs [`run_node`], each miner worker [`run_miner`]. All they say to each other is
//! JSON text, so that a stale cached worker is noticed by a version and never misread.
//!
//! Architecture Invariant: used by `ui` and the bin only; what decides anything about the ledger
//! lies in the layers below and is tested without a browser.

pub mod channel;
mod clock;
mod console;
pub mod effects;
pub mod hub;
pub mod identity;
mod js;
mod link;
pub mod locks;
mod miner_worker;
mod miners;
mod name;
mod node_worker;
pub mod page;
mod role;
mod runtime;
mod start;
pub mod storage;
mod timeout;

pub use clock::{now, random_bytes};
pub use console::install_rpc;
pub use link::NodeLink;
pub use miner_worker::run_miner;
pub use name::Slug;
pub use node_worker::run_node;
pub use role::{Role, role};
pub use start::{FromPage, StartOptions};
