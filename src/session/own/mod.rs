//! Messages of our own, beside Bitcoin's: what the tabs of a classroom have to say to each other and
//! the nodes of a money have not.
//!
//! They travel in Bitcoin's frame, and nodes that do not know them ignore them. What is no such message
//! after all is of no use and no harm: it is dropped. So is what one peer says faster than people do.
//!
//! `payto` tells who can be paid with one tap. Bitcoin has no such message, for good reasons: whoever learns an address
//! can follow its coins. Among the tabs of a classroom it is what makes paying each other easy.
//!
//! [`Own`] is a machine like the node and the mining control: all that it needs is put in, all that it wants comes out.

mod altering;
mod codec;
mod machine;
mod notes;
mod peers;
mod questions;

pub(super) use codec::OwnMessage;
pub(super) use machine::{Own, OwnInput, OwnOutput};

use crate::ledger::Duration;

/// An answer that is not here after this is late.
const ANSWER_AFTER: Duration = Duration::from_secs(5);
