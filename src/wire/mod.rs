//! What nodes say to each other: Bitcoin's peer messages, in Bitcoin's frames.
//!
//! A [`Message`] is put into a frame for a network (its `magic`) and read back from one; reading
//! takes bytes from anyone, so everything is bounded and nothing panics. [`annotate`] tells what
//! each byte of a frame means, for those who want to look.

mod annotate;
mod frame;
mod inventory;
mod message;
mod reject;
mod version;

pub use annotate::{Field, MAX_FIELDS, annotate, annotate_block, annotate_transaction};
pub use frame::{COMMAND_SIZE, FRAME_HEADER_SIZE, MAX_MESSAGE_SIZE, WireError, peek_command};
pub use inventory::{Inventory, MAX_INVENTORY};
pub use message::{GetHeaders, MAX_HEADERS, MAX_LOCATOR, Message};
pub use reject::{MAX_REJECT_REASON, Reject, RejectCode};
pub use version::{
    MAX_USER_AGENT, MIN_PROTOCOL_VERSION, NODE_BLOOM, NODE_NETWORK, NetAddress, PROTOCOL_VERSION, Version, release_of,
    user_agent,
};
