//! Sweeping a private key from paper into the wallet: what is found, what is shown, what is sent.
//!
//! The key comes with each command and is kept nowhere; what is kept of a preview is public.

use super::commands::mempool_refusal;
use super::previews::unknown_preview;
use super::tab::Session;
use crate::api::{Answer, LeftOut, Secret, SweepPreview, UserError, code};
use crate::ledger::{Amount, Time, Txid};
use crate::wallet::single_spend::LockedCoin;
use crate::wallet::sweep::{SweepError, SweepPlan, plan_sweep};
use crate::wallet::{Address, Branch, PrivateKey, PublicKey, typed};

/// What a key has, as this node sees it.
#[derive(Default)]
struct KeyCoins {
    /// What can be spent now.
    spendable: Vec<LockedCoin>,
    left: LeftOut,
}

/// The sweep that was shown last, and the address made for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweeping {
    plan: Option<SweepPlan>,
    /// Handed out for a sweep and not paid yet: the next preview takes it again.
    to: Option<Address>,
}

impl Session {
    /// Finds a key's coins and shows what sweeping them would do.
    pub(super) fn preview_sweep(&mut self, key: &Secret, fee_rate: &str) -> Result<Answer, UserError> {
        let key = self.swept_key(key)?.public_key();
        let rate = super::payment::typed_fee_rate(fee_rate)?;
        let address = Address::from_public_key(&key, self.params());
        let wallet = self.wallet().ok_or_else(super::payment::wallet_missing)?;
        if wallet.key_place(&address).is_some() {
            return Err(UserError::new(
                code::WALLET_ERROR,
                "sweep-own-key",
                "this key is the wallet's own: its coins are there already",
            )
            .fact("address", address)
            .at("sweep_key"));
        }
        let KeyCoins { spendable, left } = self.coins_of_key(&key);
        if spendable.is_empty() {
            return Err(self.nothing_to_sweep(&key, &address, &left));
        }
        let to = self.sweep_address()?;
        let plan = plan_sweep(&key, spendable, to, |size| rate.fee(size).unwrap_or(Amount::from_sat(u64::MAX)))
            .map_err(|error| sweep_error(&error))?;
        let preview = SweepPreview {
            plan: name_of(&plan),
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
        self.sweeping.plan = Some(plan);
        Ok(Answer::Sweep(Box::new(preview)))
    }

    /// Signs the sweep that was shown with its key and sends it, or says why it is out of date.
    pub(super) fn send_sweep(&mut self, now: Time, key: &Secret, plan: &Txid) -> Result<Txid, UserError> {
        let key = self.swept_key(key)?;
        let shown = self.sweeping.plan.clone().filter(|shown| name_of(shown) == *plan).ok_or_else(unknown_preview)?;
        for coin in &shown.coins {
            if self.spender_of(&coin.outpoint).is_some() || self.chain().utxo().get(&coin.outpoint).is_none() {
                return Err(self.coin_changed(coin.outpoint, None));
            }
        }
        let tx = shown.sign(&key).ok_or_else(unknown_preview)?;
        let txid = self.submit_transaction(now, tx).map_err(|error| mempool_refusal(&error))?;
        self.sweeping = Sweeping::default();
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

    /// An address of the wallet that nobody knows yet; the same until it is paid.
    fn sweep_address(&mut self) -> Result<Address, UserError> {
        let wallet = self.wallet.as_mut().ok_or_else(super::payment::wallet_missing)?;
        let is_fresh =
            |address: &Address| wallet.addresses().iter().any(|entry| entry.address == *address && !entry.used);
        if let Some(address) = self.sweeping.to.filter(is_fresh) {
            return Ok(address);
        }
        let address = wallet.new_address(Branch::Receive);
        self.sweeping.to = Some(address);
        self.state_changed = true;
        Ok(address)
    }

    /// All coins of a key, by whether they can be spent now.
    fn coins_of_key(&self, key: &PublicKey) -> KeyCoins {
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

    /// Why there is nothing to sweep: what there is, or that the coins are at the key's other form.
    fn nothing_to_sweep(&self, key: &PublicKey, address: &Address, left: &LeftOut) -> UserError {
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

fn name_of(plan: &SweepPlan) -> Txid {
    plan.unsigned_transaction().txid()
}

fn sweep_error(error: &SweepError) -> UserError {
    UserError::new(code::WALLET_INSUFFICIENT_FUNDS, error.rule(), error.to_string())
        .facts(error.facts())
        .at("sweep_key")
}
