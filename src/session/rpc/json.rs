//! The JSON shapes that several methods share (Core `blockToJSON`, `TxToUniv`).

use serde_json::{Map, Value, json};

use crate::ledger::{
    Amount, Block, BlockHash, Chain, Encodable, Script, Target, Transaction, difficulty, sha256d, to_hex,
};
use crate::mempool::Mempool;
use crate::session::tab::Session;
use crate::wallet::Address;

/// Coins as Core's JSON has them: a number with eight decimals.
pub(super) fn coins(amount: Amount) -> Value {
    json!(amount.to_sat() as f64 / crate::ledger::COIN as f64)
}

/// The least fee of a thousand virtual bytes that is relayed.
pub(super) fn least_fee(mempool: &Mempool) -> Value {
    coins(Amount::from_sat(mempool.limits().min_fee_sat(1000)))
}

/// Signed satoshis as coins.
pub(super) fn signed_coins(sat: i64) -> Value {
    json!(sat as f64 / crate::ledger::COIN as f64)
}

/// What Core's `warnings` list: what a user should know before he trusts the answers.
pub(super) fn warnings(session: &Session) -> Vec<String> {
    let unchecked = session.chain().first_unchecked_witnesses().map(|checked| {
        format!(
            "Warning: witnesses are not executed: those of block {} ({}) and maybe later ones are not checked, and \
             Bitcoin Core may refuse this chain.",
            checked.height(),
            checked.hash(),
        )
    });
    session.storage_warning().into_iter().chain(unchecked).collect()
}

/// Compact target as Core shows it.
pub(super) fn bits(bits: u32) -> String {
    format!("{bits:08x}")
}

/// The target of compact `bits`, 64 digits.
pub(super) fn target(bits: u32) -> String {
    Target::from_bits(bits).map_or_else(|| "0".repeat(64), |target| to_hex(&target.as_be_bytes()))
}

/// A locking script.
pub(super) fn script_pubkey(session: &Session, script: &Script) -> Value {
    let mut object = Map::new();
    object.insert("asm".into(), json!(script.to_asm()));
    object.insert("hex".into(), json!(to_hex(script.as_bytes())));
    if let Some(address) = Address::from_script(script, session.params()) {
        object.insert("address".into(), json!(address.to_string()));
    }
    object.insert("type".into(), json!(script.standard_type().to_string()));
    Value::Object(object)
}

/// A transaction, as decoded.
pub(super) fn transaction(session: &Session, tx: &Transaction) -> Map<String, Value> {
    let inputs: Vec<Value> = tx
        .inputs
        .iter()
        .map(|input| {
            let mut object = Map::new();
            if input.prevout.is_null() {
                object.insert("coinbase".into(), json!(to_hex(input.script_sig.as_bytes())));
            } else {
                object.insert("txid".into(), json!(input.prevout.txid));
                object.insert("vout".into(), json!(input.prevout.vout));
                object.insert(
                    "scriptSig".into(),
                    json!({"asm": input.script_sig.to_asm_with_hash_types(), "hex": to_hex(input.script_sig.as_bytes())}),
                );
            }
            if !input.witness.is_empty() {
                let items: Vec<String> = input.witness.iter().map(|item| to_hex(item)).collect();
                object.insert("txinwitness".into(), json!(items));
            }
            object.insert("sequence".into(), json!(input.sequence));
            Value::Object(object)
        })
        .collect();
    let outputs: Vec<Value> = tx
        .outputs
        .iter()
        .enumerate()
        .map(|(n, output)| {
            json!({
                "value": coins(output.value),
                "n": n,
                "scriptPubKey": script_pubkey(session, &output.script_pubkey),
            })
        })
        .collect();
    let bytes = tx.to_bytes();
    let mut wtxid = sha256d(&bytes);
    wtxid.reverse();
    let mut object = Map::new();
    object.insert("txid".into(), json!(tx.txid()));
    object.insert("hash".into(), json!(to_hex(&wtxid)));
    object.insert("version".into(), json!(tx.version));
    object.insert("size".into(), json!(tx.total_size()));
    object.insert("vsize".into(), json!(tx.vsize()));
    object.insert("weight".into(), json!(tx.weight()));
    object.insert("locktime".into(), json!(tx.lock_time));
    object.insert("vin".into(), Value::Array(inputs));
    object.insert("vout".into(), Value::Array(outputs));
    object
}

/// A header with its place in the chain; `None` if this node does not know it.
pub(super) fn header(chain: &Chain, hash: &BlockHash) -> Option<Map<String, Value>> {
    let index = chain.index(hash)?;
    let active = chain.is_active(hash);
    let confirmations = if active { i64::from(chain.height() - index.height) + 1 } else { -1 };
    let header = &index.header;
    let mut object = Map::new();
    object.insert("hash".into(), json!(hash));
    object.insert("confirmations".into(), json!(confirmations));
    object.insert("height".into(), json!(index.height));
    object.insert("version".into(), json!(header.version));
    object.insert("versionHex".into(), json!(format!("{:08x}", header.version)));
    object.insert("merkleroot".into(), json!(header.merkle_root));
    object.insert("time".into(), json!(header.time));
    object.insert("mediantime".into(), json!(chain.median_time_past(hash)));
    object.insert("nonce".into(), json!(header.nonce));
    object.insert("bits".into(), json!(bits(header.bits)));
    object.insert("target".into(), json!(target(header.bits)));
    object.insert("difficulty".into(), json!(difficulty(header.bits)));
    object.insert("chainwork".into(), json!(index.chain_work.to_string()));
    if let Some(block) = chain.block(hash) {
        object.insert("nTx".into(), json!(block.transactions.len()));
    }
    if index.height > 0 {
        object.insert("previousblockhash".into(), json!(header.prev_block_hash));
    }
    if active && let Some(next) = chain.active_hash(index.height + 1) {
        object.insert("nextblockhash".into(), json!(next));
    }
    Some(object)
}

/// What a block's own JSON has beside its header's.
pub(super) fn block_sizes(block: &Block, object: &mut Map<String, Value>) {
    let stripped: usize = block.transactions.iter().map(Transaction::stripped_size).sum::<usize>()
        + crate::ledger::Header::SIZE
        + crate::ledger::compact_size_len(block.transactions.len() as u64);
    object.insert("strippedsize".into(), json!(stripped));
    object.insert("size".into(), json!(block.total_size()));
    object.insert("weight".into(), json!(block.weight()));
}
