//! What crosses between a node and its page: commands and their answers, the snapshots of what is on screen, notices,
//! and errors with Bitcoin Core's codes.
//!
//! Plain data: `session` makes it, `ui` draws it, `web` carries it. Nothing here decides anything.

pub mod code;
mod command;
mod error;
mod view;

pub use crate::miner::Mode as MiningMode;
pub use command::{
    AddressFound, AddressOwner, Answer, Command, Found, PaymentForm, Reply, Request, Secret, ToPage, Watch,
};
pub use error::UserError;
pub use view::*;
