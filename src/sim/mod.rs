//! Many nodes in virtual time: a whole network in one thread, from one seed.
//!
//! The nodes are real; links, time and chance are made here. A link has latency, may lose frames,
//! and can be cut by a partition, as in the browser's transport. The same seed and the same calls
//! give the same bytes, so that a run that went wrong can be looked at again.

mod link;
mod network;

pub use link::{LinkConditions, NodeNumber, Stranger};
pub use network::{Happening, MIN_PAYMENT_FEE, Simulation};
