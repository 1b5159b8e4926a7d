//! What one tab does: a node, a wallet and a miner behind commands, effects and view snapshots.
//!
//! The page is a client of its node, as a wallet program is of bitcoind. It sends a [`Request`],
//! and gets its [`Reply`]; besides, it gets the [`View`] slices it watches whenever they change,
//! and a [`Notice`] for what happens.

mod by_hand;
mod commands;
mod earlier;
mod effect;
mod log;
mod own;
mod payment;
mod peers;
mod previews;
mod publish;
mod react;
pub mod rpc;
mod search;
mod spenders;
mod stored;
mod sweep;
mod tab;
mod views;

pub use effect::{Effect, SessionInput};
pub use stored::{Settings, StoredState};
pub use tab::{Session, SessionConfig};
