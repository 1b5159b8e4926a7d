//! Payments that were shown and wait for the press that signs them.
//!
//! What was previewed is what is signed. A plan that was shown is kept, and sending names it; if the chain or the
//! wallet moved on so that it would no longer do what it says, it is refused with what changed, and a new one is shown.

use std::collections::VecDeque;

use super::payment::{payment_error, preview, wallet_missing};
use super::tab::Session;
use crate::api::{Answer, ByteRun, PaymentForm, UserError, code};
use crate::ledger::{OutPoint, Time, Transaction, Txid, sighash, to_hex};
use crate::wallet::signed_input::{HashedField, hashed_fields};
use crate::wallet::{CoinState, PaymentPlan};

/// Plans kept: the form asks anew at every rest of the keys, and only the last answers can still be on screen.
const KEPT: usize = 8;

/// The plans that were shown last, newest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Previews(VecDeque<PaymentPlan>);

impl Previews {
    /// Keeps a plan that is about to be shown; its name.
    fn keep(&mut self, plan: PaymentPlan) -> Txid {
        let name = name_of(&plan);
        self.0.retain(|kept| name_of(kept) != name);
        self.0.push_front(plan);
        self.0.truncate(KEPT);
        name
    }

    fn find(&self, name: &Txid) -> Option<&PaymentPlan> {
        self.0.iter().find(|plan| name_of(plan) == *name)
    }
}

/// A plan's name: the id that the transaction has before it is signed. Whatever is shown of it is in that.
fn name_of(plan: &PaymentPlan) -> Txid {
    plan.unsigned_transaction().txid()
}

/// The preview named is none that was shown last.
pub(super) fn unknown_preview() -> UserError {
    UserError::new(code::WALLET_ERROR, "preview-unknown", "this preview is not known to the node any more")
}

impl Session {
    /// Works a form out and shows it.
    pub(super) fn preview_payment(&mut self, form: &PaymentForm) -> Result<Answer, UserError> {
        let request = super::payment::form_request(self, form)?;
        let plan = self.plan_payment(&request).map_err(|error| payment_error(&error))?;
        let name = self.previews.keep(plan.clone());
        Ok(Answer::Preview(Box::new(preview(self, &plan, name))))
    }

    /// The bytes that the key of one input of a shown plan will sign, field by field.
    pub(super) fn preimage_of_shown(&self, plan: &Txid, input: u32) -> Result<Vec<ByteRun>, UserError> {
        let plan = self.previews.find(plan).ok_or_else(unknown_preview)?;
        let at = input as usize;
        let Some(spent) = plan.inputs.get(at) else {
            return Err(UserError::new(
                code::INVALID_PARAMETER,
                "preview-no-input",
                format!("there is no input {input}: they are {}, from 0", plan.inputs.len()),
            )
            .fact("input", input)
            .fact("count", plan.inputs.len()));
        };
        let tx = plan.unsigned_transaction();
        let fields = hashed_fields(&tx, at, &spent.script_pubkey, sighash::SIGHASH_ALL);
        Ok(fields.into_iter().map(|field| run(&tx, field, &spent.script_pubkey.to_asm())).collect())
    }

    /// Signs a plan as it was shown and sends it, or says why it is out of date.
    pub(super) fn send_shown(&mut self, now: Time, plan: &Txid) -> Result<Txid, UserError> {
        let plan = self.previews.find(plan).ok_or_else(unknown_preview)?.clone();
        self.check_shown(&plan)?;
        self.send_plan(now, &plan)
    }

    /// Whether a plan still does what it said: its coins can be spent, its change goes where nothing was paid yet.
    fn check_shown(&self, plan: &PaymentPlan) -> Result<(), UserError> {
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
        let is_used = |output: &crate::wallet::PlannedOutput| {
            addresses.iter().any(|entry| entry.address == output.address && entry.used)
        };
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

    /// Why a coin that was shown as spent by a payment cannot be spent by it any more.
    pub(super) fn coin_changed(&self, outpoint: OutPoint, state: Option<CoinState>) -> UserError {
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

/// A field as the page shows it, with what it means.
fn run(tx: &Transaction, field: HashedField, script_code: &str) -> ByteRun {
    let input = field.index.and_then(|index| tx.inputs.get(index));
    let output = field.index.and_then(|index| tx.outputs.get(index));
    let value = match field.name {
        "version" => tx.version.to_string(),
        "input_count" => tx.inputs.len().to_string(),
        "output_count" => tx.outputs.len().to_string(),
        "prevout" => input.map(|input| input.prevout.to_string()).unwrap_or_default(),
        "script_code" => script_code.to_owned(),
        "sequence" => input.map(|input| format!("{:08x}", input.sequence)).unwrap_or_default(),
        "amount" => output.map(|output| output.value.to_string()).unwrap_or_default(),
        "script_pubkey" => output.map(|output| output.script_pubkey.to_asm()).unwrap_or_default(),
        "lock_time" => tx.lock_time.to_string(),
        "hash_type" => "SIGHASH_ALL".to_owned(),
        _ => String::new(),
    };
    ByteRun { field: field.name.to_owned(), hex: to_hex(&field.bytes), value }
}
