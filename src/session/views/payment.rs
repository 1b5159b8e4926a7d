//! A payment before it is sent: what it would make, and the bytes that would be signed.

use super::counts::to_u32;
use super::wallet::coin;
use crate::api::{ByteRun, PaymentPreview, PreviewOutput, UserError, code};
use crate::keys::signed_input::{HashedField, hashed_fields};
use crate::ledger::{Transaction, Txid, sighash, to_hex};
use crate::session::state::State;
use crate::wallet::PaymentPlan;

/// Shows what a plan would make.
pub(in crate::session) fn preview(state: &State, plan: &PaymentPlan, name: Txid) -> PaymentPreview {
    let height = state.chain().height();
    let coins = state.wallet().map(|wallet| wallet.coins(height)).unwrap_or_default();
    // The coins are in the order of their outpoints.
    let coin_at =
        |outpoint| coins.binary_search_by_key(&outpoint, |coin| coin.outpoint).ok().and_then(|at| coins.get(at));
    PaymentPreview {
        plan: name,
        inputs: plan.inputs.iter().filter_map(|input| coin_at(input.outpoint)).map(coin).collect(),
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
        size: to_u32(plan.size),
        fee_rate: plan.fee_rate(),
    }
}

/// Shows the bytes that the key of one input of a plan will sign, field by field.
///
/// # Errors
/// An input that the plan does not have.
pub(in crate::session) fn preimage(plan: &PaymentPlan, input: u32) -> Result<Vec<ByteRun>, UserError> {
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
