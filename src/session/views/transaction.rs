//! A transaction in detail.

use super::{address_of, check_views, is_change, is_mine};
use crate::api::{InputView, NodeName, OutputView, TransactionView};
use crate::ledger::{BlockHash, Coin, Encodable, OutPoint, Script, Transaction, Txid, to_hex};
use crate::session::tab::Session;
use crate::wallet::Address;

/// Inputs and outputs listed of a transaction, each.
const LISTED: usize = 100;

/// The coins a transaction spends, where this node knows them: from its block's undo data, the
/// unspent set, the mempool, or earlier blocks. None for a coinbase.
pub(in crate::session) fn spent_coins(
    session: &Session,
    tx: &Transaction,
    block: Option<&BlockHash>,
) -> Vec<Option<Coin>> {
    if tx.is_coinbase() {
        return Vec::new();
    }
    let chain = session.chain();
    if let Some(hash) = block
        && chain.is_active(hash)
        && let Some(checked) = chain.index(hash).and_then(|index| chain.checked(index.height))
    {
        let txid = tx.txid();
        if let Some(index) = checked.txids().iter().position(|candidate| *candidate == txid) {
            return checked.spent_by(index).iter().map(|spent| Some(spent.coin.clone())).collect();
        }
    }
    tx.inputs.iter().map(|input| coin_at(session, &input.prevout)).collect()
}

fn coin_at(session: &Session, outpoint: &OutPoint) -> Option<Coin> {
    let chain = session.chain();
    if let Some(coin) = chain.utxo().get(outpoint) {
        return Some(coin.clone());
    }
    let (tx, block) = session.find_transaction(&outpoint.txid)?;
    let output = tx.outputs.get(outpoint.vout as usize)?.clone();
    let height = block.and_then(|hash| chain.index(&hash)).map_or(chain.height() + 1, |index| index.height);
    Some(Coin { output, height, coinbase: tx.is_coinbase() })
}

pub(in crate::session) fn transaction(session: &Session, txid: &Txid) -> Option<TransactionView> {
    // What was refused or displaced is in no block and does not wait, but its wallet keeps its bytes.
    let found = session.find_transaction(txid);
    let only_in_wallet = found.is_none();
    let kept = || Some((session.wallet()?.transaction(txid)?.clone(), None));
    let (tx, block) = found.or_else(kept)?;
    let chain = session.chain();
    let place = block.and_then(|hash| chain.index(&hash).map(|index| (hash, index.height)));
    let spent = spent_coins(session, &tx, block.as_ref());
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
                address: output.and_then(|output| address_of(session, &output.script_pubkey)),
                script_sig_asm: input.script_sig.to_asm_with_hash_types(),
                script_sig_hex: to_hex(input.script_sig.as_bytes()),
                sequence: input.sequence,
                mine: output.is_some_and(|output| is_mine(session, &output.script_pubkey)),
            }
        })
        .collect();
    let payee_of = |script: &Script| {
        let address = Address::of_owner(script, session.params())?;
        let names = session.wallet()?.told_names(&address);
        (!names.is_empty()).then(|| NodeName(names.join(" / ")))
    };
    let outputs = tx
        .outputs
        .iter()
        .enumerate()
        .take(LISTED)
        .map(|(vout, output)| OutputView {
            value: output.value,
            address: address_of(session, &output.script_pubkey),
            script_pubkey_asm: output.script_pubkey.to_asm(),
            script_pubkey_hex: to_hex(output.script_pubkey.as_bytes()),
            spent_by: session.spender_of(&OutPoint { txid: *txid, vout: super::to_u32(vout) }),
            mine: is_mine(session, &output.script_pubkey),
            change: is_change(session, &output.script_pubkey),
            payee: payee_of(&output.script_pubkey),
        })
        .collect();
    let height = place.map_or(chain.height() + 1, |(_, height)| height);
    Some(TransactionView {
        row: super::block::row(session, &tx, block.as_ref()),
        block: place,
        only_in_wallet,
        rival: if only_in_wallet { rival(session, &tx) } else { None },
        confirmations: place.map_or(0, |(_, height)| chain.height() + 1 - height),
        hex: to_hex(&tx.to_bytes()),
        inputs,
        input_count: super::to_u32(tx.inputs.len()),
        outputs,
        output_count: super::to_u32(tx.outputs.len()),
        version: tx.version,
        lock_time: tx.lock_time,
        checks: check_views(if only_in_wallet {
            session.mempool().checks(&tx, chain)
        } else {
            chain.transaction_checks(&tx, &spent, height)
        }),
    })
}

/// The transaction, waiting or in the chain, that spends a coin which this one spends too.
fn rival(session: &Session, tx: &Transaction) -> Option<Txid> {
    let mut coins = tx.inputs.iter().map(|input| &input.prevout).filter(|prevout| !prevout.is_null());
    coins.find_map(|prevout| session.spender_of(prevout))
}
