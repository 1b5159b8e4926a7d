//! A transaction in detail.

use super::{address_of, check_views, is_mine};
use crate::ledger::{BlockHash, Encodable, OutPoint, Transaction, TxOut, Txid, to_hex};
use crate::session::tab::Session;
use crate::session::{InputView, OutputView, TransactionView};

/// Inputs and outputs listed of a transaction, each.
const LISTED: usize = 100;

/// The outputs a transaction spends, where this node knows them: from its block's undo data, the
/// unspent set, the mempool, or earlier blocks.
pub(in crate::session) fn spent_outputs(
    session: &Session,
    tx: &Transaction,
    block: Option<&BlockHash>,
) -> Vec<Option<TxOut>> {
    if tx.is_coinbase() {
        return Vec::new();
    }
    let chain = session.chain();
    if let Some(hash) = block
        && chain.is_active(hash)
        && let Some(spent) = chain.index(hash).and_then(|index| chain.checked(index.height)).and_then(|checked| {
            checked.spent_by(&tx.txid())
        })
    {
        return spent.iter().map(|coin| Some(coin.output.clone())).collect();
    }
    tx.inputs.iter().map(|input| output_at(session, &input.prevout)).collect()
}

fn output_at(session: &Session, outpoint: &OutPoint) -> Option<TxOut> {
    if let Some(coin) = session.chain().utxo().get(outpoint) {
        return Some(coin.output.clone());
    }
    let (tx, _) = session.find_transaction(&outpoint.txid)?;
    tx.outputs.get(outpoint.vout as usize).cloned()
}

pub(in crate::session) fn transaction(session: &Session, txid: &Txid) -> Option<TransactionView> {
    let (tx, block) = session.find_transaction(txid)?;
    let chain = session.chain();
    let place = block.and_then(|hash| chain.index(&hash).map(|index| (hash, index.height)));
    let spent = spent_outputs(session, &tx, block.as_ref());
    let inputs = tx
        .inputs
        .iter()
        .enumerate()
        .take(LISTED)
        .map(|(at, input)| {
            let output = spent.get(at).and_then(Option::as_ref);
            InputView {
                prevout: input.prevout,
                value: output.map(|output| output.value),
                address: output.and_then(|output| address_of(session, &output.script_pubkey)),
                script_sig_asm: input.script_sig.to_asm_sighash(),
                script_sig_hex: to_hex(input.script_sig.as_bytes()),
                sequence: input.sequence,
                mine: output.is_some_and(|output| is_mine(session, &output.script_pubkey)),
            }
        })
        .collect();
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
            spent_by: spender(session, OutPoint { txid: *txid, vout: super::to_u32(vout) }),
            mine: is_mine(session, &output.script_pubkey),
        })
        .collect();
    Some(TransactionView {
        row: super::block::row(session, &tx, block.as_ref()),
        block: place,
        confirmations: place.map_or(0, |(_, height)| chain.height() + 1 - height),
        hex: to_hex(&tx.to_bytes()),
        inputs,
        outputs,
        version: tx.version,
        lock_time: tx.lock_time,
        checks: check_views(crate::ledger::rules::transaction_checks(&tx, &spent)),
    })
}

fn spender(session: &Session, outpoint: OutPoint) -> Option<Txid> {
    session.mempool().spender_of(&outpoint).or_else(|| session.chain().spender_of(&outpoint))
}
