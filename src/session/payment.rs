//! From the send form to a plan, with every refusal at its field.

use super::rpc::code;
use super::tab::Session;
use super::{ByteRun, PaymentForm, PaymentPreview, PreviewOutput, UserError};
use crate::ledger::{Amount, Encodable, FeeRate, Transaction, sighash, to_hex};
use crate::wallet::{Address, PaymentError, PaymentPlan, PaymentRequest};

/// Highest fee rate that the form takes, in satoshis a virtual byte: a guard against a slip.
const FEE_RATE_MAX: u64 = 100_000;

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
    let address = Address::parse(form.to.trim(), session.params()).map_err(|error| {
        UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), error.to_string()).facts(error.facts()).at("to")
    })?;
    let amount = if form.send_all {
        Amount::ZERO
    } else {
        form.amount.parse::<Amount>().map_err(|error| {
            UserError::new(code::TYPE_ERROR, error.rule(), error.to_string()).facts(error.facts()).at("amount")
        })?
    };
    let fee_rate = form.fee_rate.trim().parse::<u64>().ok().filter(|rate| (1..=FEE_RATE_MAX).contains(rate));
    let fee_rate = fee_rate.ok_or_else(|| {
        UserError::new(
            code::INVALID_PARAMETER,
            "fee-rate-out-of-range",
            format!("a fee rate is a whole number from 1 to {FEE_RATE_MAX} satoshis a virtual byte"),
        )
        .fact("most", FEE_RATE_MAX)
        .at("fee_rate")
    })?;
    Ok(PaymentRequest {
        recipients: vec![(address, amount)],
        fee_rate: FeeRate::from_sat_per_vb(fee_rate),
        coins: (!form.coins.is_empty()).then(|| form.coins.clone()),
        subtract_fee: false,
        replaceable: false,
        send_all: form.send_all,
    })
}

/// What a plan would make, with the bytes that each key will sign.
pub(super) fn preview(session: &Session, plan: &PaymentPlan) -> PaymentPreview {
    let height = session.chain().height();
    let coins = session.wallet().map(|wallet| wallet.coins(height)).unwrap_or_default();
    let coin_at = |outpoint| coins.iter().find(|coin| coin.outpoint == outpoint);
    let unsigned = plan.unsigned_transaction();
    let preimages = (0..plan.inputs.len())
        .map(|input| preimage_runs(&unsigned, input, &plan.inputs[input].script_pubkey))
        .collect();
    PaymentPreview {
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
        preimages,
    }
}

/// The signature hash's preimage for one input, field by field: the other inputs' scripts are
/// empty, this one's is the script of the coin it spends, and the hash type comes last.
fn preimage_runs(tx: &Transaction, input: usize, script_pubkey: &crate::ledger::Script) -> Vec<ByteRun> {
    let run = |field: &str, bytes: &[u8], value: String| ByteRun { field: field.to_owned(), hex: to_hex(bytes), value };
    let mut runs = vec![
        run("version", &tx.version.to_le_bytes(), tx.version.to_string()),
        run("input_count", &[u8::try_from(tx.inputs.len()).unwrap_or(u8::MAX)], tx.inputs.len().to_string()),
    ];
    for (at, txin) in tx.inputs.iter().enumerate() {
        runs.push(run("prevout", &txin.prevout.to_bytes(), txin.prevout.to_string()));
        if at == input {
            let script = script_pubkey.as_bytes();
            runs.push(run(
                "script_code",
                &[&[u8::try_from(script.len()).unwrap_or(u8::MAX)], script].concat(),
                script_pubkey.to_asm(),
            ));
        } else {
            runs.push(run("script_empty", &[0], String::new()));
        }
        runs.push(run("sequence", &txin.sequence.to_le_bytes(), format!("{:08x}", txin.sequence)));
    }
    runs.push(run("output_count", &[u8::try_from(tx.outputs.len()).unwrap_or(u8::MAX)], tx.outputs.len().to_string()));
    for output in &tx.outputs {
        let script = output.script_pubkey.as_bytes();
        runs.push(run("amount", &output.value.to_sat().to_le_bytes(), output.value.to_string()));
        runs.push(run(
            "script_pubkey",
            &[&[u8::try_from(script.len()).unwrap_or(u8::MAX)], script].concat(),
            output.script_pubkey.to_asm(),
        ));
    }
    runs.push(run("lock_time", &tx.lock_time.to_le_bytes(), tx.lock_time.to_string()));
    runs.push(run("hash_type", &sighash::SIGHASH_ALL.to_le_bytes(), "SIGHASH_ALL".to_owned()));
    debug_assert_eq!(
        runs.iter().map(|run| run.hex.as_str()).collect::<String>(),
        to_hex(&sighash::preimage(tx, input, script_pubkey, sighash::SIGHASH_ALL)),
        "the runs are the preimage",
    );
    runs
}
