//! What a wallet has: its coins, and the balance, which is their sum and nothing else.

use crate::keys::address::Address;
use crate::keys::path::DerivationPath;
use crate::ledger::{Amount, MAX_MONEY, OutPoint, Script};

/// A coin: an output that the wallet can unlock and that no block has spent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalletCoin {
    /// Where it is.
    pub outpoint: OutPoint,
    /// How much.
    pub value: Amount,
    /// The script that locks it.
    pub script_pubkey: Script,
    /// The address of the key that unlocks it.
    pub address: Address,
    /// The key's path.
    pub path: DerivationPath,
    /// Its block's height; none while it waits for one.
    pub height: Option<u32>,
    /// Whether it is a block's reward.
    pub coinbase: bool,
    /// What can be done with it.
    pub state: CoinState,
    /// Where it came from.
    pub origin: CoinOrigin,
    /// Whether it was made by a payment of this wallet that is in the mempool or a block: then it
    /// can be spent before it is in a block, as nobody but the wallet's owner can take it back.
    pub trusted: bool,
}

/// What can be done with a coin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CoinState {
    /// It is in a block and can be spent.
    Spendable,
    /// A block's reward that is too young: spendable when the chain has this height.
    Immature {
        /// Its block's height plus the network's maturity (Core's wallet, too, waits for that
        /// block, though one before would do for the rule).
        matures_at: u32,
    },
    /// Not in a block yet.
    Unconfirmed,
    /// A payment that waits for its block spends it.
    Spending,
}

/// Where a coin came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum CoinOrigin {
    /// It is a block's reward.
    Mined,
    /// It came back of a payment of this wallet.
    Change,
    /// This wallet paid it to an address of its own.
    Own,
    /// Someone paid it.
    Received,
}

impl WalletCoin {
    /// Whether a payment may spend it now.
    pub fn is_spendable(&self) -> bool {
        self.state == CoinState::Spendable || (self.state == CoinState::Unconfirmed && self.trusted)
    }
}

/// The sums of the coins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Balance {
    /// What a payment can spend now, own change that waits for its block included (Core `trusted`).
    pub spendable: Amount,
    /// Of that, change that waits for its block.
    pub unconfirmed_change: Amount,
    /// Blocks' rewards that are too young.
    pub immature: Amount,
    /// Coming in, not in a block yet (Core `untrusted_pending`).
    pub pending: Amount,
    /// On the way out: coins that a waiting payment spends. Not in the total, as their change is.
    pub spending: Amount,
}

impl Balance {
    /// Adds coins up.
    pub fn of<'a>(coins: impl IntoIterator<Item = &'a WalletCoin>) -> Self {
        let mut balance = Self::default();
        for coin in coins {
            let sum = match coin.state {
                CoinState::Immature { .. } => &mut balance.immature,
                CoinState::Spending => &mut balance.spending,
                CoinState::Unconfirmed if !coin.trusted => &mut balance.pending,
                CoinState::Unconfirmed => {
                    balance.unconfirmed_change = add(balance.unconfirmed_change, coin.value);
                    &mut balance.spendable
                }
                CoinState::Spendable => &mut balance.spendable,
            };
            *sum = add(*sum, coin.value);
        }
        balance
    }

    /// All that is the wallet's: spendable, immature and pending.
    pub fn total(&self) -> Amount {
        add(add(self.spendable, self.immature), self.pending)
    }
}

/// Coins that exist never add up to more than the limit.
fn add(left: Amount, right: Amount) -> Amount {
    left.checked_add(right).unwrap_or(Amount::from_sat(MAX_MONEY))
}
