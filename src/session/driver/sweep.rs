//! Sweeping a private key from paper into the wallet: what is found, what is shown, what is sent.
//!
//! The key comes with each command and is kept nowhere; what is kept of a preview is public.

use super::Session;
use crate::api::{Answer, LeftOut, Secret, SweepPreview, UserError, code};
use crate::keys::typed;
use crate::keys::{Address, PrivateKey};
use crate::ledger::{Amount, Time, Txid};
use crate::session::refusal::{mempool_refusal, unknown_preview, wallet_missing};
use crate::session::state::{Sweeping, typed_fee_rate};
use crate::wallet::Branch;
use crate::wallet::sweep::{SweepError, plan_sweep};

impl Session {
    /// Finds a key's coins and shows what sweeping them would do.
    pub(super) fn preview_sweep(&mut self, key: &Secret, fee_rate: &str) -> Result<Answer, UserError> {
        let key = self.swept_key(key)?.public_key();
        let rate = typed_fee_rate(fee_rate)?;
        let address = Address::from_public_key(&key, self.params());
        let wallet = self.wallet().ok_or_else(wallet_missing)?;
        if wallet.key_place(&address).is_some() {
            return Err(UserError::new(
                code::WALLET_ERROR,
                "sweep-own-key",
                "this key is the wallet's own: its coins are there already",
            )
            .fact("address", address)
            .at("sweep_key"));
        }
        let found = self.coins_of_key(&key);
        let (spendable, left) = (found.spendable, found.left);
        if spendable.is_empty() {
            return Err(self.nothing_to_sweep(&key, &address, &left));
        }
        let to = self.sweep_address()?;
        let plan = plan_sweep(&key, spendable, to, |size| rate.fee(size).unwrap_or(Amount::from_sat(u64::MAX)))
            .map_err(|error| sweep_error(&error))?;
        let preview = SweepPreview {
            plan: self.state.sweeping.keep(plan.clone()),
            address: address.to_string(),
            compressed: key.is_compressed(),
            found: plan.found(),
            coin_count: plan.coins.len(),
            left: LeftOut { too_small: plan.left_out, ..left },
            to: plan.to.to_string(),
            value: plan.value,
            fee: plan.fee,
            size: u32::try_from(plan.size).unwrap_or(u32::MAX),
        };
        Ok(Answer::Sweep(Box::new(preview)))
    }

    /// Signs the sweep that was shown with its key and sends it, or says why it is out of date.
    pub(super) fn send_sweep(&mut self, now: Time, key: &Secret, plan: &Txid) -> Result<Txid, UserError> {
        let key = self.swept_key(key)?;
        let shown = self.sweeping.find(plan).cloned().ok_or_else(unknown_preview)?;
        for coin in &shown.coins {
            if self.spender_of(&coin.outpoint).is_some() || self.chain().utxo().get(&coin.outpoint).is_none() {
                return Err(self.coin_changed(coin.outpoint, None));
            }
        }
        let tx = shown.sign(&key).ok_or_else(unknown_preview)?;
        let txid = self.submit_transaction(now, tx).map_err(|error| mempool_refusal(&error))?;
        self.state.sweeping = Sweeping::default();
        Ok(txid)
    }

    /// Reads the key, with what was copied around it.
    fn swept_key(&self, key: &Secret) -> Result<PrivateKey, UserError> {
        PrivateKey::from_wif(&typed::cleaned(&key.0), self.params()).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), error.to_string())
                .facts(error.facts())
                .at("sweep_key")
        })
    }

    /// Returns an address of the wallet that nobody knows yet; the same until it is paid.
    fn sweep_address(&mut self) -> Result<Address, UserError> {
        let wallet = self.state.wallet.as_mut().ok_or_else(wallet_missing)?;
        let is_fresh =
            |address: &Address| wallet.addresses().iter().any(|entry| entry.address == *address && !entry.used);
        if let Some(address) = self.state.sweeping.to.filter(is_fresh) {
            return Ok(address);
        }
        let address = wallet.new_address(Branch::Receive);
        self.state.sweeping.to = Some(address);
        self.state_changed = true;
        Ok(address)
    }
}

fn sweep_error(error: &SweepError) -> UserError {
    UserError::new(code::WALLET_INSUFFICIENT_FUNDS, error.rule(), error.to_string())
        .facts(error.facts())
        .at("sweep_key")
}
