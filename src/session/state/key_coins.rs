//! What a key from outside the wallet has, as this node sees it.

use super::State;
use crate::api::{LeftOut, UserError, code};
use crate::keys::{Address, PublicKey};
use crate::ledger::Amount;
use crate::wallet::single_spend::LockedCoin;

/// The coins of a key.
#[derive(Default)]
pub(in crate::session) struct KeyCoins {
    /// What can be spent now.
    pub(in crate::session) spendable: Vec<LockedCoin>,
    /// What cannot.
    pub(in crate::session) left: LeftOut,
}

impl State {
    /// Finds all coins of a key, by whether they can be spent now.
    pub(in crate::session) fn coins_of_key(&self, key: &PublicKey) -> KeyCoins {
        let mut found = KeyCoins::default();
        let (hash, maturity, next) =
            (key.hash(), self.params().coinbase_maturity, self.chain().height().saturating_add(1));
        let more = |sum: &mut Amount, value| *sum = sum.checked_add(value).unwrap_or(*sum);
        for (outpoint, coin) in self.chain().utxo().iter() {
            if coin.output.script_pubkey.owner() != Some(hash) {
                continue;
            }
            if coin.spendable_at(maturity) > next {
                more(&mut found.left.immature, coin.output.value);
                let matures_at = coin.spendable_at(maturity);
                found.left.matures_at = Some(found.left.matures_at.map_or(matures_at, |other| other.min(matures_at)));
            } else if self.mempool().spender_of(outpoint).is_some() {
                more(&mut found.left.spending, coin.output.value);
            } else {
                found.spendable.push(LockedCoin {
                    outpoint: *outpoint,
                    value: coin.output.value,
                    script_pubkey: coin.output.script_pubkey.clone(),
                });
            }
        }
        let waiting = self.mempool().iter().flat_map(|entry| &entry.tx.outputs);
        for output in waiting.filter(|output| output.script_pubkey.owner() == Some(hash)) {
            more(&mut found.left.unconfirmed, output.value);
        }
        found
    }

    /// Says why there is nothing to sweep: what there is, or that the coins are at the key's other form.
    pub(in crate::session) fn nothing_to_sweep(&self, key: &PublicKey, address: &Address, left: &LeftOut) -> UserError {
        let error = |rule: &str, text: String| {
            UserError::new(code::WALLET_INSUFFICIENT_FUNDS, rule, text).fact("address", address).at("sweep_key")
        };
        if let (Some(height), amount) = (left.matures_at, left.immature) {
            return error(
                "sweep-immature",
                format!("{address} has {amount} of block rewards that cannot be spent before height {height}"),
            )
            .fact("amount", amount)
            .fact("height", height);
        }
        if left.spending > Amount::ZERO {
            return error("sweep-spending", format!("a payment that waits spends the {} of {address}", left.spending))
                .fact("amount", left.spending);
        }
        if left.unconfirmed > Amount::ZERO {
            let text = format!("the {} that {address} was paid are in no block yet", left.unconfirmed);
            return error("sweep-unconfirmed", text).fact("amount", left.unconfirmed);
        }
        let other = key.with_compression(!key.is_compressed());
        if !self.coins_of_key(&other).spendable.is_empty() {
            let other = Address::from_public_key(&other, self.params());
            let text = format!("there is nothing at {address}; the same number's other form has coins, at {other}");
            return error("sweep-other-form", text).fact("other", other);
        }
        error("sweep-nothing", format!("there is nothing to sweep: no block has a coin for {address}"))
    }
}
