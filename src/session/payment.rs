//! From the send form to a plan, with every refusal at its field.

use super::tab::Session;
use crate::api::{PaymentForm, PaymentPreview, PreviewOutput, UserError, code};
use crate::ledger::{Amount, FeeRate, Txid};
use crate::wallet::payment::{LEAST_FEE_RATE, MOST_FEE_RATE};
use crate::wallet::{PaymentError, PaymentPlan, PaymentRequest, typed};

/// There is no wallet on this network.
pub(super) fn wallet_missing() -> UserError {
    UserError::new(code::WALLET_NOT_FOUND, "wallet-not-here", "there is no wallet on this network")
}

/// A wallet's refusal, at the form field it is about.
pub(super) fn payment_error(error: &PaymentError) -> UserError {
    let code = match error {
        PaymentError::Insufficient { .. } => code::WALLET_INSUFFICIENT_FUNDS,
        _ => code::WALLET_ERROR,
    };
    let field = match error {
        PaymentError::FeeTooLow { .. } | PaymentError::FeeTooHigh { .. } => "fee_rate",
        PaymentError::NoRecipients | PaymentError::TooManyRecipients { .. } | PaymentError::WrongNetwork { .. } => "to",
        PaymentError::UnknownCoin { .. } | PaymentError::CoinNotSpendable { .. } => "coins",
        _ => "amount",
    };
    UserError::new(code, error.rule(), error.to_string()).facts(error.facts()).at(field)
}

/// Reads the form.
pub(super) fn form_request(session: &Session, form: &PaymentForm) -> Result<PaymentRequest, UserError> {
    session.wallet().ok_or_else(wallet_missing)?;
    let address = session.pasted_address_at(&form.to, "to")?;
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

/// Reads a fee rate as typed, in satoshis a virtual byte.
pub(super) fn typed_fee_rate(text: &str) -> Result<FeeRate, UserError> {
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

/// What a plan would make.
pub(super) fn preview(session: &Session, plan: &PaymentPlan, name: Txid) -> PaymentPreview {
    let height = session.chain().height();
    let coins = session.wallet().map(|wallet| wallet.coins(height)).unwrap_or_default();
    // The coins are in the order of their outpoints.
    let coin_at =
        |outpoint| coins.binary_search_by_key(&outpoint, |coin| coin.outpoint).ok().and_then(|at| coins.get(at));
    PaymentPreview {
        plan: name,
        inputs: plan.inputs.iter().filter_map(|input| coin_at(input.outpoint)).map(super::views::coin).collect(),
        outputs: plan
            .outputs
            .iter()
            .map(|output| PreviewOutput {
                value: output.value,
                address: output.address.to_string(),
                change: output.change,
            })
            .collect(),
        fee: plan.fee,
        size: u32::try_from(plan.size).unwrap_or(u32::MAX),
        fee_rate: plan.fee_rate(),
    }
}
