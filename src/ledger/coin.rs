//! A coin: an output that can be spent, with what decides from when on.

use super::{OutPoint, TxOut};

/// A coin: an output that can be spent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coin {
    /// Amount and locking script.
    pub output: TxOut,
    /// Height of the block that made it.
    pub height: u32,
    /// Whether a coinbase made it, so that it must mature.
    pub coinbase: bool,
}

impl Coin {
    /// First height at which a block may spend it.
    pub fn spendable_at(&self, coinbase_maturity: u32) -> u32 {
        if self.coinbase { self.height.saturating_add(coinbase_maturity) } else { self.height }
    }
}

/// A coin that a block spent, and where it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpentCoin {
    /// Where the coin was.
    pub outpoint: OutPoint,
    /// The coin.
    pub coin: Coin,
}
