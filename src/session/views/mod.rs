//! Builds what the page is shown from what the session knows. Each view costs by what is on screen.

mod block;
mod cards;
mod chain;
mod checks;
mod counts;
mod miner;
mod network;
mod node;
mod payment;
mod scripts;
mod search;
mod transaction;
mod wallet;

pub(super) use block::block;
pub(super) use cards::card_of_checked;
pub(super) use chain::chain;
pub(super) use counts::to_u32;
pub(super) use miner::miner;
pub(super) use network::network;
pub(super) use node::node;
pub(super) use payment::{preimage, preview};
pub(super) use search::search;
pub(super) use transaction::transaction;
pub(super) use wallet::{address, wallet};
