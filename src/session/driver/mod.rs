//! What a session does: each file is a theme of [`Session`], which holds [`State`](super::State) and changes it.
//!
//! The node, the mining control and the machine of our own messages are given what happens, and what they say is
//! carried out here, in its order.

mod by_hand;
mod commands;
mod earlier;
mod links;
mod mining;
mod open;
mod own;
mod payments;
mod publish;
mod publisher;
mod react;
mod session;
mod storage;
mod sweep;
mod wallet;

pub use open::SessionConfig;
pub use session::Session;
