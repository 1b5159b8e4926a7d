//! The browser: channels, locks, storage, workers, clock and entropy, as thin adapters.
//!
//! Three roles run this crate, each in a thread of its own: the page holds a [`NodeLink`], the
//! node worker runs [`run_node`], each miner worker [`run_miner`]. All they say to each other is
//! Postcard's bytes, after a first message with a version, by which a stale cached worker is noticed.
//!
//! Architecture Invariant: used by `ui` and the bin only; what decides anything about the ledger
//! lies in the layers below and is tested without a browser.

pub mod channel;
mod clock;
mod codec;
mod committed;
mod console;
pub mod effects;
mod features;
pub mod hub;
pub mod identity;
mod js;
pub mod keeper;
mod link;
pub mod locks;
mod miner_worker;
mod miners;
mod name;
mod node_worker;
pub mod page;
mod release;
mod role;
mod runtime;
mod start;
pub mod storage;
mod timeout;

pub use clock::{now, random_bytes};
pub use console::install_rpc;
pub use features::{missing_in_page, tabs_can_talk};
pub use identity::NEW_NODE;
pub use link::{NodeLink, worker_failed};
pub use miner_worker::run_miner;
pub use name::{NameWords, Slug};
pub use node_worker::run_node;
pub use release::{ReleaseNews, take_new_release, watch_releases};
pub use role::{Role, role};
pub use start::{FromPage, StartOptions};
