//! Why a payment that was shown would not do any more what it said.

use super::State;
use crate::api::{UserError, code};
use crate::ledger::OutPoint;
use crate::session::refusal::wallet_missing;
use crate::wallet::{CoinState, PaymentPlan, PlannedOutput};

impl State {
    /// Whether a plan still does what it said: its coins can be spent, its change goes where nothing was paid yet.
    pub(in crate::session) fn check_shown(&self, plan: &PaymentPlan) -> Result<(), UserError> {
        let wallet = self.wallet().ok_or_else(wallet_missing)?;
        let coins = wallet.coins(self.chain().height());
        for input in &plan.inputs {
            let outpoint = input.outpoint;
            // The coins are in the order of their outpoints.
            let coin = coins.binary_search_by_key(&outpoint, |coin| coin.outpoint).ok().and_then(|at| coins.get(at));
            match coin {
                Some(coin) if coin.is_spendable() => {}
                Some(coin) => return Err(self.coin_changed(outpoint, Some(coin.state))),
                None => return Err(self.coin_changed(outpoint, None)),
            }
        }
        let addresses = wallet.addresses();
        let is_used =
            |output: &PlannedOutput| addresses.iter().any(|entry| entry.address == output.address && entry.used);
        match plan.outputs.iter().find(|output| output.change && is_used(output)) {
            Some(output) => Err(UserError::new(
                code::WALLET_ERROR,
                "preview-change-used",
                format!("{} was to get the change and was paid meanwhile", output.address),
            )
            .fact("address", output.address)),
            None => Ok(()),
        }
    }

    /// Says why a coin that was shown as spent by a payment cannot be spent by it any more.
    pub(in crate::session) fn coin_changed(&self, outpoint: OutPoint, state: Option<CoinState>) -> UserError {
        let error =
            |rule: &str, text: String| UserError::new(code::WALLET_ERROR, rule, text).fact("outpoint", outpoint);
        match (self.spender_of(&outpoint), state) {
            (Some(txid), _) => {
                error("preview-coin-spent", format!("the payment {txid} spends the coin {outpoint} now"))
                    .fact("txid", txid)
            }
            (None, Some(CoinState::Immature { matures_at })) => error(
                "preview-coin-immature",
                format!("after a reorganisation the coin {outpoint} cannot be spent before height {matures_at}"),
            )
            .fact("height", matures_at),
            (None, Some(_)) => {
                error("preview-coin-unconfirmed", format!("after a reorganisation the coin {outpoint} is in no block"))
            }
            (None, None) => {
                error("preview-coin-gone", format!("after a reorganisation the coin {outpoint} does not exist here"))
            }
        }
    }
}
