//! What this node is willing to keep and pass on: policy, not rules of the chain.

use crate::ledger::Duration;

/// An output with less than this, in satoshis, costs about as much to spend as it is worth; it is
/// not passed on. Core's number for pay-to-public-key-hash at its default rate, here for every
/// form but those that can never be spent.
pub const DUST_LIMIT: u64 = 546;
/// Most weight units of a transaction that is passed on (Core `MAX_STANDARD_TX_WEIGHT`).
pub const MAX_STANDARD_WEIGHT: usize = 400_000;
/// Fewest bytes: one of 64 could pass for two nodes of a Merkle tree (CVE-2017-12842).
pub const MIN_STANDARD_SIZE: usize = 65;
/// Most signature operations of a transaction, counted the old way (Core `MAX_STANDARD_TX_SIGOPS_COST` / 4).
pub const MAX_STANDARD_SIGOPS: usize = 4_000;

/// What bounds a pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MempoolLimits {
    /// Most virtual bytes of all transactions together.
    pub max_bytes: usize,
    /// Lowest fee, in satoshis a thousand virtual bytes (Core `-minrelaytxfee`).
    pub min_fee_sat_per_kvb: u64,
    /// Most transactions in a chain of unconfirmed ones: of one with all it builds on, and of one
    /// with all that build on it (Core `-limitancestorcount`, `-limitdescendantcount`).
    pub max_chain: usize,
    /// After this long a transaction leaves (Core `-mempoolexpiry`).
    pub expiry: Duration,
}

impl Default for MempoolLimits {
    fn default() -> Self {
        Self {
            max_bytes: 5_000_000,
            min_fee_sat_per_kvb: 1_000,
            max_chain: 25,
            expiry: Duration::from_secs(14 * 24 * 60 * 60),
        }
    }
}

impl MempoolLimits {
    /// The lowest fee of a transaction of this many virtual bytes, in satoshis.
    pub fn min_fee_sat(&self, size: usize) -> u64 {
        (size as u64).saturating_mul(self.min_fee_sat_per_kvb).div_ceil(1_000)
    }
}
