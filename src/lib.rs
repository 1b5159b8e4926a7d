//! Tabchain: a whole Bitcoin-format blockchain in a browser page.
//!
//! The crate is layered; each layer may use those to its left only:
//!
//! ```text
//! ledger  <-  { keys, mempool, miner, wire }  <-  { wallet, lessons }  <-  { node, api }  <-  { session, sim }  <-  ui
//! web (browser I/O) is used by ui and the bin only
//! ```
//!
//! `tests/architecture.rs` holds these arrows. ARCHITECTURE.md tells the whole story.

pub mod api;
pub mod keys;
pub mod ledger;
pub mod lessons;
pub mod mempool;
pub mod miner;
pub mod node;
pub mod session;
pub mod sim;
pub mod ui;
pub mod wallet;
pub mod web;
pub mod wire;
