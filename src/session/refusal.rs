//! Refusals that several commands and calls share: the rule, its sentence, and Bitcoin Core's code.

use crate::api::{UserError, code};
use crate::mempool::MempoolError;
use crate::wallet::PaymentError;

/// Returns Core's RPC error code for a mempool rule.
pub(super) fn code_of_mempool(rule: &str) -> i32 {
    match rule {
        "bad-txns-inputs-missingorspent" | "missing-inputs" => code::VERIFY_ERROR,
        _ => code::VERIFY_REJECTED,
    }
}

/// Makes the mempool's refusal of a transaction one with Core's code.
pub(super) fn mempool_refusal(error: &MempoolError) -> UserError {
    UserError::new(code_of_mempool(error.rule()), error.rule(), error.to_string()).facts(error.facts())
}

/// Says that there is no wallet on this network.
pub(super) fn wallet_missing() -> UserError {
    UserError::new(code::WALLET_NOT_FOUND, "wallet-not-here", "there is no wallet on this network")
}

/// Makes a wallet's refusal one at the form field that it is about.
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

/// Says that the preview named is none that was shown last.
pub(super) fn unknown_preview() -> UserError {
    UserError::new(code::WALLET_ERROR, "preview-unknown", "this preview is not known to the node any more")
}

/// Says that what a node stored of itself cannot be read; `what` is `state` or `wallet`.
pub(super) fn stored_unreadable(what: &str, reason: &dyn std::fmt::Display) -> UserError {
    UserError::new(-1, "stored-state-unreadable", format!("the stored {what} can't be read: {reason}"))
        .fact("reason", reason)
}
