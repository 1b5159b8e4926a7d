//! The miner.

use serde::{Deserialize, Serialize};

use super::{Attempt, EasyBlock};
use crate::ledger::{Amount, BlockHash, Time};
use crate::miner::Mode as MiningMode;

/// The miner page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MinerView {
    /// Mode.
    pub mode: MiningMode,
    /// Percent of the time at work, 1..=100.
    pub power: u8,
    /// Workers wanted, 1..=8.
    pub threads: u8,
    /// Whether this network can be mined here.
    pub can_mine: bool,
    /// Hashes a second over the last seconds.
    pub hash_rate: f64,
    /// One sample a second, oldest first; at most 120.
    pub rate_history: Vec<f64>,
    /// Height being tried.
    pub height: u32,
    /// The header being tried, hexadecimal, with the last reported nonce.
    pub header_hex: String,
    /// Target, 64 hexadecimal digits, big-endian.
    pub target: String,
    /// Compact target.
    pub bits: u32,
    /// Zero bits it takes.
    pub zero_bits: u32,
    /// Why the block may be one of minimum difficulty, if it may.
    pub easy: Option<EasyBlock>,
    /// Difficulty.
    pub difficulty: f64,
    /// Expected hashes for a block.
    pub expected_hashes: f64,
    /// The attempt.
    pub attempt: Attempt,
    /// How many hashes had exactly so many zero bits, in this attempt; index is the count of zero
    /// bits, at most 64.
    pub histogram: Vec<u64>,
    /// Reward if this try wins.
    pub reward: Amount,
    /// Payments in the block that is tried, or would be.
    pub payments: usize,
    /// Blocks found by this node, newest first; at most 50.
    pub found: Vec<FoundBlock>,
    /// Blocks found in all.
    pub found_count: u64,
    /// Seconds each of the last active blocks took, oldest first; at most 20: height, seconds.
    pub intervals: Vec<(u32, i64)>,
    /// Seconds a block should take.
    pub spacing: u32,
    /// Height of the next retarget, and blocks between retargets; `None`: never.
    pub retarget: Option<(u32, u32)>,
    /// What that retarget will be, if blocks keep their pace; `None` where they have none yet.
    pub forecast: Option<ForecastView>,
    /// The header for mining by hand; `None` where this node can't mine.
    pub hand: Option<HandHeader>,
}

/// What the next retarget does, as the rule has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastView {
    /// Height of the first block with the new target.
    pub height: u32,
    /// How many times harder than in this period.
    pub factor: f64,
    /// Zero bits that its blocks take.
    pub zero_bits: u32,
    /// All blocks that it is measured by are there: it is settled.
    pub is_settled: bool,
}

/// A header to try nonces on, of a block that this node would make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandHeader {
    /// The block's height.
    pub height: u32,
    /// The header, 80 bytes in hexadecimal; its nonce is 0.
    pub header_hex: String,
    /// Target, 64 hexadecimal digits, big-endian.
    pub target: String,
    /// Zero bits it takes.
    pub zero_bits: u32,
    /// Expected hashes for the block.
    pub expected_hashes: f64,
    /// Payments in it.
    pub payments: usize,
    /// What it brings.
    pub reward: Amount,
}

/// A block this node found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundBlock {
    /// Its hash.
    pub hash: BlockHash,
    /// Its height.
    pub height: u32,
    /// When.
    pub time: Time,
    /// Whether it is on the active chain now.
    pub active: bool,
    /// What it brought.
    pub reward: Amount,
}
