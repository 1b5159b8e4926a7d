//! A transaction in detail.

use super::checks::check_views;
use super::counts::to_u32;
use super::scripts::{address_of, is_change, is_mine};
use crate::api::{InputView, NodeName, OutputView, TransactionView};
use crate::keys::Address;
use crate::ledger::{Encodable, OutPoint, Script, Transaction, Txid, to_hex};
use crate::session::state::State;

/// Inputs and outputs listed of a transaction, each.
const LISTED: usize = 100;

/// Shows a transaction that waits, is in a block of the active chain, or is the wallet's.
pub(in crate::session) fn transaction(state: &State, txid: &Txid) -> Option<TransactionView> {
    // What was refused or displaced is in no block and does not wait, but its wallet keeps its bytes.
    let found = state.find_transaction(txid);
    let only_in_wallet = found.is_none();
    let kept = || Some((state.wallet()?.transaction(txid)?.clone(), None));
    let (tx, block) = found.or_else(kept)?;
    let chain = state.chain();
    let place = block.and_then(|hash| chain.index(&hash).map(|index| (hash, index.height)));
    let spent = state.spent_coins(&tx, block.as_ref());
    let inputs = tx
        .inputs
        .iter()
        .enumerate()
        .take(LISTED)
        .map(|(at, input)| {
            let output = spent.get(at).and_then(Option::as_ref).map(|coin| &coin.output);
            InputView {
                prevout: input.prevout,
                value: output.map(|output| output.value),
                address: output.and_then(|output| address_of(state, &output.script_pubkey)),
                script_sig_asm: input.script_sig.to_asm_with_hash_types(),
                script_sig_hex: to_hex(input.script_sig.as_bytes()),
                sequence: input.sequence,
                mine: output.is_some_and(|output| is_mine(state, &output.script_pubkey)),
            }
        })
        .collect();
    let payee_of = |script: &Script| {
        let address = Address::of_owner(script, state.params())?;
        let names = state.wallet()?.told_names(&address);
        (!names.is_empty()).then(|| NodeName(names.join(" / ")))
    };
    let outputs = tx
        .outputs
        .iter()
        .enumerate()
        .take(LISTED)
        .map(|(vout, output)| OutputView {
            value: output.value,
            address: address_of(state, &output.script_pubkey),
            script_pubkey_asm: output.script_pubkey.to_asm(),
            script_pubkey_hex: to_hex(output.script_pubkey.as_bytes()),
            spent_by: state.spender_of(&OutPoint { txid: *txid, vout: to_u32(vout) }),
            mine: is_mine(state, &output.script_pubkey),
            change: is_change(state, &output.script_pubkey),
            payee: payee_of(&output.script_pubkey),
        })
        .collect();
    let height = place.map_or(chain.height() + 1, |(_, height)| height);
    Some(TransactionView {
        row: super::block::row(state, &tx, block.as_ref()),
        block: place,
        only_in_wallet,
        rival: if only_in_wallet { rival(state, &tx) } else { None },
        confirmations: place.map_or(0, |(_, height)| chain.height() + 1 - height),
        hex: to_hex(&tx.to_bytes()),
        inputs,
        input_count: to_u32(tx.inputs.len()),
        outputs,
        output_count: to_u32(tx.outputs.len()),
        version: tx.version,
        lock_time: tx.lock_time,
        checks: check_views(if only_in_wallet {
            state.mempool().checks(&tx, chain)
        } else {
            chain.transaction_checks(&tx, &spent, height)
        }),
    })
}

/// Finds the transaction, waiting or in the chain, that spends a coin which this one spends too.
fn rival(state: &State, tx: &Transaction) -> Option<Txid> {
    let mut coins = tx.inputs.iter().map(|input| &input.prevout).filter(|prevout| !prevout.is_null());
    coins.find_map(|prevout| state.spender_of(prevout))
}
