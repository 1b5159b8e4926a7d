//! What one tab does: a node, a wallet and a miner behind commands, effects and view snapshots.
//!
//! The page is a client of its node, as a wallet program is of bitcoind. It sends a [`Request`],
//! and gets its [`Reply`]; besides, it gets the [`View`] slices it watches whenever they change,
//! and a [`Notice`] for what happens.

mod command;
mod error;
mod view;

pub use command::{Answer, Command, Found, MiningMode, PaymentForm, Reply, Request, ToPage, Watch};
pub use error::UserError;
pub use view::*;
