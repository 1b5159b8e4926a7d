//! What one tab does: a node, a wallet and a miner behind commands, effects and view snapshots.
//!
//! The page is a client of its node, as a wallet program is of bitcoind. It sends a [`Request`](crate::api::Request),
//! and gets its [`Reply`](crate::api::Reply); besides, it gets the [`View`](crate::api::View) slices it watches whenever
//! they change, and a [`Notice`](crate::api::Notice) for what happens.
//!
//! The rooms, each of which uses only those before it:
//! - `own`: the messages of our own, as a machine without I/O;
//! - `state`: what a session knows, to be read;
//! - `views`: what the page is shown of it;
//! - `driver` and `rpc`: what a session does. The calls that act are given the [`Session`], those that read its
//!   [`State`].

mod driver;
mod effect;
mod own;
mod refusal;
pub mod rpc;
mod state;
mod views;

pub use driver::{Session, SessionConfig};
pub use effect::{Effect, SessionInput};
pub use state::{Settings, State, StoredState};
