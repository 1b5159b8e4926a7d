//! A header in its place.

use super::super::Facts;
use crate::ledger::{BlockHash, BlockTime, Target};

/// A header that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// No proof of work: the hash is above the target that the header itself names.
    #[error("the hash {hash} is above the target {}", target.map_or("of no valid bits".to_owned(), |target| target.to_string()))]
    HighHash {
        /// The header's hash.
        hash: BlockHash,
        /// What it should not be above; none where the bits stand for no allowed target.
        target: Option<Target>,
    },
    /// The parent is not known.
    #[error("the parent {parent} is not known")]
    PrevNotFound {
        /// The parent.
        parent: BlockHash,
    },
    /// The parent, or a block further down, is invalid.
    #[error("the block builds on the invalid block {invalid}: {reason}")]
    BadPrev {
        /// The block that broke a rule.
        invalid: BlockHash,
        /// Which rule it broke.
        broken_rule: &'static str,
        /// Why, in words.
        reason: String,
    },
    /// This very block was found invalid before.
    #[error("the block was refused before: {reason}")]
    KnownInvalid {
        /// Which rule it broke.
        broken_rule: &'static str,
        /// Why, in words.
        reason: String,
    },
    /// The target is not the one that the chain's past demands.
    #[error("the bits are {found:08x}, the chain demands {expected:08x}")]
    BadDiffBits {
        /// Bits in the header.
        found: u32,
        /// Bits that it must have.
        expected: u32,
    },
    /// The time is not after the median of the last eleven blocks'.
    #[error("the block's time {} is not after the median time past {}", time.0, median_time_past.0)]
    TimeTooOld {
        /// The header's time.
        time: BlockTime,
        /// What it must be after.
        median_time_past: BlockTime,
    },
    /// The time is more than two hours ahead of the local clock.
    #[error("the block's time {} is more than two hours ahead, later than {}", time.0, limit.0)]
    TimeTooNew {
        /// The header's time.
        time: BlockTime,
        /// The latest time allowed now.
        limit: BlockTime,
    },
    /// A version that later rules have ended.
    #[error("blocks of version {version} ended at height {ended_at}, this is {height}")]
    BadVersion {
        /// The header's version.
        version: i32,
        /// The block's height.
        height: u32,
        /// From which height on such blocks are refused.
        ended_at: u32,
    },
    /// Too many headers are kept that are not on the best chain.
    #[error("the header is on a weaker branch, and {limit} such are kept already")]
    TooManyBranches {
        /// Most headers kept beside the best chain.
        limit: usize,
    },
}

impl HeaderError {
    /// Bitcoin Core's reject reason.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::HighHash { .. } => "high-hash",
            Self::PrevNotFound { .. } => "prev-blk-not-found",
            Self::BadPrev { .. } => "bad-prevblk",
            Self::KnownInvalid { .. } => "duplicate-invalid",
            Self::BadDiffBits { .. } => "bad-diffbits",
            Self::TimeTooOld { .. } => "time-too-old",
            Self::TimeTooNew { .. } => "time-too-new",
            Self::BadVersion { .. } => "bad-version",
            Self::TooManyBranches { .. } => "too-little-chainwork",
        }
    }

    /// What the rule was judged by.
    pub fn facts(&self) -> Facts {
        match self {
            Self::HighHash { hash, target } => {
                let target = target.map_or_else(String::new, |target| target.to_string());
                vec![("hash", hash.to_string()), ("target", target)]
            }
            Self::PrevNotFound { parent } => vec![("parent", parent.to_string())],
            Self::BadPrev { invalid, broken_rule, reason } => vec![
                ("invalid", invalid.to_string()),
                ("broken_rule", (*broken_rule).to_owned()),
                ("reason", reason.clone()),
            ],
            Self::KnownInvalid { broken_rule, reason } => {
                vec![("broken_rule", (*broken_rule).to_owned()), ("reason", reason.clone())]
            }
            Self::BadDiffBits { found, expected } => {
                vec![("found", format!("{found:08x}")), ("expected", format!("{expected:08x}"))]
            }
            Self::TimeTooOld { time, median_time_past } => {
                vec![("time", time.0.to_string()), ("median_time_past", median_time_past.0.to_string())]
            }
            Self::TimeTooNew { time, limit } => vec![("time", time.0.to_string()), ("limit", limit.0.to_string())],
            Self::BadVersion { version, height, ended_at } => vec![
                ("version", version.to_string()),
                ("height", height.to_string()),
                ("ended_at", ended_at.to_string()),
            ],
            Self::TooManyBranches { limit } => vec![("limit", limit.to_string())],
        }
    }
}
