//! Payments: shown, then signed as they were shown, and sent.

use super::Session;
use crate::api::{Answer, ByteRun, PaymentForm, UserError};
use crate::ledger::{Time, Txid};
use crate::session::refusal::{mempool_refusal, payment_error, unknown_preview, wallet_missing};
use crate::session::views;
use crate::wallet::PaymentPlan;

impl Session {
    /// Works a form out and shows it.
    pub(super) fn preview_payment(&mut self, form: &PaymentForm) -> Result<Answer, UserError> {
        let request = self.form_request(form)?;
        let plan = self.plan_payment(&request).map_err(|error| payment_error(&error))?;
        let name = self.state.previews.keep(plan.clone());
        Ok(Answer::Preview(Box::new(views::preview(&self.state, &plan, name))))
    }

    /// Shows the bytes that the key of one input of a shown plan will sign, field by field.
    pub(super) fn preimage_of_shown(&self, plan: &Txid, input: u32) -> Result<Vec<ByteRun>, UserError> {
        views::preimage(self.previews.find(plan).ok_or_else(unknown_preview)?, input)
    }

    /// Signs a plan as it was shown and sends it, or says why it is out of date.
    pub(super) fn send_shown(&mut self, now: Time, plan: &Txid) -> Result<Txid, UserError> {
        let plan = self.previews.find(plan).ok_or_else(unknown_preview)?.clone();
        self.check_shown(&plan)?;
        self.send_plan(now, &plan)
    }

    /// Signs a plan, takes it into the mempool and sends it to the peers.
    pub(in crate::session) fn send_plan(&mut self, now: Time, plan: &PaymentPlan) -> Result<Txid, UserError> {
        let wallet = self.wallet().ok_or_else(wallet_missing)?;
        let tx = wallet.sign(plan).map_err(|error| payment_error(&error))?;
        self.submit_transaction(now, tx).map_err(|error| mempool_refusal(&error))
    }
}
