//! The JSON shapes that several methods share (Core `blockToJSON`, `TxToUniv`).

use serde_json::{Map, Value, json};

use crate::keys::Address;
use crate::ledger::{Amount, Block, BlockHash, Chain, Encodable, Script, Target, Transaction, sha256d, to_hex};
use crate::mempool::Mempool;
use crate::session::state::State;

/// Coins as Core's JSON has them: a number with all its eight decimals, exactly.
pub(super) fn coins(amount: Amount) -> Value {
    number(&amount.to_string())
}

/// A number written so.
fn number(digits: &str) -> Value {
    Value::Number(digits.parse().expect("digits with a point are a number"))
}

/// How much harder than the easiest of mainnet, as Core prints it.
pub(super) fn difficulty(bits: u32) -> Value {
    number(&sixteen_digits(crate::ledger::difficulty(bits)))
}

/// A number with at most sixteen digits that count, as Core's JSON has them (`%.16g`).
fn sixteen_digits(value: f64) -> String {
    let scientific = format!("{value:.15e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let trimmed = |digits: &str| match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => digits.to_owned(),
    };
    if (-4..16).contains(&exponent) {
        let decimals = usize::try_from(15 - exponent).unwrap_or_default();
        return trimmed(&format!("{value:.decimals$}"));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trimmed(mantissa), exponent.unsigned_abs())
}

/// The least fee of a thousand virtual bytes that is relayed.
pub(super) fn least_fee(mempool: &Mempool) -> Value {
    coins(Amount::from_sat(mempool.limits().min_fee_sat(1000)))
}

/// Signed satoshis as coins.
pub(super) fn signed_coins(sat: i64) -> Value {
    let amount = Amount::from_sat(sat.unsigned_abs());
    number(&if sat < 0 { format!("-{amount}") } else { amount.to_string() })
}

/// What Core's `warnings` list: what a user should know before he trusts the answers.
pub(super) fn warnings(state: &State) -> Vec<String> {
    let unchecked = state.chain().first_unchecked_witnesses().map(|checked| {
        format!(
            "Warning: witnesses are not executed: those of block {} ({}) and maybe later ones are not checked, and \
             Bitcoin Core may refuse this chain.",
            checked.height(),
            checked.hash(),
        )
    });
    state.storage_warning().into_iter().chain(unchecked).collect()
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
pub(super) fn script_pubkey(state: &State, script: &Script) -> Value {
    let mut object = Map::new();
    object.insert("asm".into(), json!(script.to_asm()));
    object.insert("hex".into(), json!(to_hex(script.as_bytes())));
    if let Some(address) = Address::from_script(script, state.params()) {
        object.insert("address".into(), json!(address.to_string()));
    }
    object.insert("type".into(), json!(script.standard_type().to_string()));
    Value::Object(object)
}

/// A transaction, as decoded.
pub(super) fn transaction(state: &State, tx: &Transaction) -> Map<String, Value> {
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
                "scriptPubKey": script_pubkey(state, &output.script_pubkey),
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

/// Adds the coins that a transaction spends to its inputs, as far as they are known.
pub(super) fn insert_prevouts(
    state: &State,
    tx: &Transaction,
    block: Option<&BlockHash>,
    object: &mut Map<String, Value>,
) {
    let Some(Value::Array(inputs)) = object.get_mut("vin") else { return };
    for (input, coin) in inputs.iter_mut().zip(state.spent_coins(tx, block)) {
        let Some(coin) = coin else { continue };
        input["prevout"] = json!({
            "generated": coin.coinbase,
            "height": coin.height,
            "value": coins(coin.output.value),
            "scriptPubKey": script_pubkey(state, &coin.output.script_pubkey),
        });
    }
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
    object.insert("difficulty".into(), difficulty(header.bits));
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
    if let Some(coinbase) = block.transactions.first()
        && let Some(input) = coinbase.inputs.first()
    {
        let mut parts = json!({
            "version": coinbase.version,
            "locktime": coinbase.lock_time,
            "sequence": input.sequence,
            "coinbase": to_hex(input.script_sig.as_bytes()),
        });
        if let Some(reserved) = input.witness.first() {
            parts["witness"] = json!(to_hex(reserved));
        }
        object.insert("coinbase_tx".into(), parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_with_sixteen_digits_as_core_does() {
        let cases = [
            (1.0, "1"),
            (4.656_542_373_906_924_7e-10, "4.656542373906925e-10"),
            (0.000_244_137_132, "0.000244137132"),
            (16_307.420_938_523_983, "16307.42093852398"),
            (1e15, "1000000000000000"),
            (1e16, "1e+16"),
            (0.5, "0.5"),
            (0.0, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(sixteen_digits(value), text);
        }
    }

    #[test]
    fn coins_keep_their_eight_decimals() {
        assert_eq!(coins(Amount::from_sat(226)).to_string(), "0.00000226");
        assert_eq!(signed_coins(-226).to_string(), "-0.00000226");
        assert_eq!(signed_coins(0).to_string(), "0.00000000");
        assert_eq!(coins(Amount::from_coins(50)).to_string(), "50.00000000");
    }
}
