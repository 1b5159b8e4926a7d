//! From the send form to a plan, with every refusal at its field.

use super::State;
use crate::api::{PaymentForm, UserError, code};
use crate::keys::typed;
use crate::ledger::{Amount, FeeRate};
use crate::session::refusal::wallet_missing;
use crate::wallet::payment::{LEAST_FEE_RATE, MOST_FEE_RATE};
use crate::wallet::{PaymentError, PaymentPlan, PaymentRequest};

impl State {
    /// Reads the form of a payment.
    ///
    /// # Errors
    /// What is typed wrong, at its field.
    pub(in crate::session) fn form_request(&self, form: &PaymentForm) -> Result<PaymentRequest, UserError> {
        self.wallet().ok_or_else(wallet_missing)?;
        let address = self.pasted_address_at(&form.to, "to")?;
        // A payment link may say how much; what is typed beside it counts more.
        let asked = typed::payment_link(&form.to).and_then(Result::ok).and_then(|link| link.amount);
        let amount = match asked {
            _ if form.send_all => Amount::ZERO,
            Some(amount) if form.amount.trim().is_empty() => amount,
            _ => typed::amount(&form.amount).map_err(|error| {
                UserError::new(code::TYPE_ERROR, error.rule(), error.to_string()).facts(error.facts()).at("amount")
            })?,
        };
        let fee_rate = typed_fee_rate(&form.fee_rate)?;
        Ok(PaymentRequest {
            recipients: vec![(address, amount)],
            fee_rate,
            coins: (!form.coins.is_empty()).then(|| form.coins.clone()),
            subtract_fee: false,
            replaceable: false,
            send_all: form.send_all,
        })
    }

    /// Plans a payment, unsigned.
    ///
    /// # Errors
    /// What the wallet refuses.
    pub(in crate::session) fn plan_payment(&self, request: &PaymentRequest) -> Result<PaymentPlan, PaymentError> {
        match &self.wallet {
            Some(wallet) => wallet.preview(request, self.chain().height()),
            None => Err(PaymentError::NoRecipients),
        }
    }
}

/// Reads a fee rate as typed, in satoshis a virtual byte.
pub(in crate::session) fn typed_fee_rate(text: &str) -> Result<FeeRate, UserError> {
    let rate = typed::decimal(text).map_err(|error| {
        UserError::new(code::INVALID_PARAMETER, error.rule(), error.to_string()).facts(error.facts()).at("fee_rate")
    })?;
    let rate = rate.parse::<FeeRate>().ok().filter(|rate| (LEAST_FEE_RATE..=MOST_FEE_RATE).contains(rate));
    rate.ok_or_else(|| {
        let text = format!(
            "a fee rate is from {LEAST_FEE_RATE} to {MOST_FEE_RATE} satoshis a virtual byte, with at most three decimals"
        );
        UserError::new(code::INVALID_PARAMETER, "fee-rate-out-of-range", text)
            .fact("least", LEAST_FEE_RATE)
            .fact("most", MOST_FEE_RATE)
            .at("fee_rate")
    })
}
