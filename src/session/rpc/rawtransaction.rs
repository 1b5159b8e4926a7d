//! Core's "Rawtransactions" section.

use serde_json::{Map, Value, json};

use super::args::transaction as decode_transaction;
use super::json as shape;
use super::param::{Kind, Param};
use super::table::{Call, Method, Outcome, Run};
use crate::api::{UserError, code};
use crate::ledger::{Amount, BlockHash, Encodable, FeeRate, OutPoint, Transaction, Txid, sha256d, to_hex};
use crate::mempool::MempoolError;
use crate::session::driver::Session;
use crate::session::refusal::code_of_mempool;
use crate::session::state::State;
use crate::wallet::payment::MOST_FEE_RATE;

const MAX_FEE_RATE: Param = Param::new(
    "maxfeerate",
    Kind::Amount,
    "Refuse a fee above this, in coins for a thousand virtual bytes; 0 takes any.",
)
.or("0.10");

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "decoderawtransaction",
        section: "Rawtransactions",
        params: &[
            Param::new("hexstring", Kind::Hex, "The transaction's bytes."),
            Param::new(
                "iswitness",
                Kind::Bool,
                "Whether it is written as with witnesses (BIP-0144). Both are tried unless told.",
            )
            .optional(),
        ],
        summary: "What a transaction's bytes say.",
        run: Run::Reads(decode_raw_transaction),
    },
    Method {
        name: "getrawtransaction",
        section: "Rawtransactions",
        params: &[
            Param::new("txid", Kind::Hex, "The transaction's id."),
            Param::new(
                "verbosity|verbose",
                Kind::Verbosity,
                "0 for its bytes in hexadecimal, 1 decoded, 2 with its fee and the coins it spends.",
            )
            .or("0"),
            Param::new("blockhash", Kind::Hex, "Look in this block only, which may be a lost one.").optional(),
        ],
        summary: "A transaction, waiting or in a block of the active chain.",
        run: Run::Reads(get_raw_transaction),
    },
    Method {
        name: "sendrawtransaction",
        section: "Rawtransactions",
        params: &[
            Param::new("hexstring", Kind::Hex, "The signed transaction's bytes."),
            MAX_FEE_RATE,
            Param::new(
                "maxburnamount",
                Kind::Amount,
                "Refuse an output that nobody can spend of more coins than this.",
            )
            .or("0"),
        ],
        summary: "Check a signed transaction and send it to the other nodes; one that waits already is sent again.",
        run: Run::Acts(send_raw_transaction),
    },
    Method {
        name: "testmempoolaccept",
        section: "Rawtransactions",
        params: &[
            Param::new("rawtxs", Kind::List("rawtx"), "The transactions, 1 to 25; each is looked at alone."),
            MAX_FEE_RATE,
        ],
        summary: "Would these transactions be taken into the mempool?",
        run: Run::Reads(test_mempool_accept),
    },
];

/// Transactions that `testmempoolaccept` takes at once (Core `MAX_PACKAGE_COUNT`).
const TEST_ACCEPT_MAX: usize = 25;

fn decode_raw_transaction(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let is_witness = call.args.optional_bool("iswitness")?;
    let tx = decode_transaction(call.args.text("hexstring")?, is_witness, "TX decode failed".to_owned())?;
    Ok(Value::Object(shape::transaction(state, &tx)))
}

fn get_raw_transaction(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let txid = call.args.txid("txid", "parameter 1")?;
    let genesis = state.chain().active_hash(0).and_then(|hash| state.chain().block(&hash));
    if genesis.is_some_and(|block| block.transactions.first().is_some_and(|coinbase| coinbase.txid() == txid)) {
        return Err(UserError::new(
            code::INVALID_ADDRESS_OR_KEY,
            "rpc-genesis-coinbase",
            "The genesis block coinbase is not considered an ordinary transaction and cannot be retrieved",
        ));
    }
    let verbosity = call.args.verbosity("verbosity", 0)?;
    let wanted = match call.args.get("blockhash") {
        Some(_) => Some(call.args.block_hash("blockhash", "parameter 3")?),
        None => None,
    };
    let (tx, block) = match wanted {
        Some(hash) => (transaction_of(state, &hash, &txid)?, Some(hash)),
        None => state.find_transaction(&txid).map(|(tx, block)| ((*tx).clone(), block)).ok_or_else(|| {
            not_found("No such mempool or blockchain transaction. Use gettransaction for wallet transactions.", &txid)
        })?,
    };
    let hex = to_hex(&tx.to_bytes());
    if verbosity <= 0 {
        return Ok(json!(hex));
    }
    let mut object = Map::new();
    if let Some(hash) = wanted {
        object.insert("in_active_chain".into(), json!(state.chain().is_active(&hash)));
    }
    object.append(&mut shape::transaction(state, &tx));
    object.insert("hex".into(), json!(hex));
    if verbosity >= 2 {
        if let Some(fee) = state.fee_of(&tx, block.as_ref()) {
            object.insert("fee".into(), shape::coins(fee));
        }
        shape::insert_prevouts(state, &tx, block.as_ref(), &mut object);
    }
    if let Some(hash) = block {
        insert_place(state, &hash, &mut object);
    }
    Ok(Value::Object(object))
}

fn not_found(text: &str, txid: &Txid) -> UserError {
    UserError::new(code::INVALID_ADDRESS_OR_KEY, "rpc-transaction-not-found", text).fact("txid", txid)
}

/// A transaction of this block, active or lost.
fn transaction_of(state: &State, hash: &BlockHash, txid: &Txid) -> Result<Transaction, UserError> {
    let chain = state.chain();
    if chain.index(hash).is_none() {
        return Err(UserError::new(code::INVALID_ADDRESS_OR_KEY, "rpc-block-not-found", "Block hash not found"));
    }
    let block = chain
        .block(hash)
        .ok_or_else(|| UserError::new(code::MISC_ERROR, "rpc-block-not-here", "Block not available"))?;
    let found = block.transactions.iter().find(|tx| tx.txid() == *txid).cloned();
    found.ok_or_else(|| {
        not_found("No such transaction found in the provided block. Use gettransaction for wallet transactions.", txid)
    })
}

fn insert_place(state: &State, hash: &BlockHash, object: &mut Map<String, Value>) {
    let chain = state.chain();
    let Some(index) = chain.index(hash) else { return };
    object.insert("blockhash".into(), json!(hash));
    if !chain.is_active(hash) {
        object.insert("confirmations".into(), json!(0));
        return;
    }
    object.insert("confirmations".into(), json!(chain.height() + 1 - index.height));
    object.insert("time".into(), json!(index.header.time));
    object.insert("blocktime".into(), json!(index.header.time));
}

/// A mempool refusal as Core words one: the rule, then what is known of it.
fn rejected(error: &MempoolError) -> UserError {
    let (rule, details) = (error.rule(), error.to_string());
    let text = if error.is_orphan() { rule.to_owned() } else { format!("{rule}, {details}") };
    UserError::new(code_of_mempool(rule), rule, text).facts(error.facts())
}

/// The fee above which a transaction of this size is refused; none where any is taken.
fn most_fee(call: &Call<'_>, vsize: usize) -> Result<Option<Amount>, UserError> {
    let rate = call.args.optional_coin_rate("maxfeerate")?.unwrap_or(MOST_FEE_RATE);
    Ok(if rate == FeeRate::default() { None } else { rate.fee(vsize) })
}

/// Core `BroadcastTransaction`.
fn send_raw_transaction(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let most_burned = call.args.optional_amount("maxburnamount")?.unwrap_or(Amount::ZERO);
    let hex = call.args.text("hexstring")?;
    let tx = decode_transaction(hex, None, "TX decode failed. Make sure the tx has at least one input.".to_owned())?;
    let is_burned = |script: &crate::ledger::Script| script.is_unspendable() || !script.has_valid_ops();
    let burning = tx.outputs.iter().find(|output| is_burned(&output.script_pubkey) && output.value > most_burned);
    if let Some(output) = burning {
        return Err(UserError::new(
            code::VERIFY_ERROR,
            "rpc-burn-above-limit",
            "Unspendable output exceeds maximum configured by user (maxburnamount)",
        )
        .fact("amount", output.value)
        .fact("most", most_burned));
    }
    let most_fee = most_fee(&call, tx.vsize())?;
    let txid = tx.txid();
    let utxo = session.chain().utxo();
    if (0..).zip(&tx.outputs).any(|(vout, _)| utxo.get(&OutPoint { txid, vout }).is_some()) {
        return Err(UserError::new(
            code::VERIFY_ALREADY_IN_UTXO_SET,
            "rpc-already-in-chain",
            "Transaction outputs already in utxo set",
        )
        .fact("txid", txid));
    }
    if let Some(most) = most_fee
        && !session.mempool().contains(&txid)
        && let Ok(fee) = session.test_transaction(call.now, &tx)
        && fee > most
    {
        return Err(fee_above_limit(fee, most));
    }
    match session.submit_transaction(call.now, tx) {
        // The node sends it again now and then, as one of its own.
        Ok(txid) => Ok(Outcome::Now(json!(txid))),
        Err(MempoolError::AlreadyWaiting) => Ok(Outcome::Now(json!(txid))),
        Err(error) => Err(rejected(&error)),
    }
}

fn fee_above_limit(fee: Amount, most: Amount) -> UserError {
    UserError::new(
        code::VERIFY_ERROR,
        "max-fee-exceeded",
        "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)",
    )
    .fact("fee", fee)
    .fact("most", most)
}

fn test_mempool_accept(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let count = call.args.get("rawtxs").and_then(Value::as_array).map_or(0, Vec::len);
    if !(1..=TEST_ACCEPT_MAX).contains(&count) {
        return Err(UserError::new(
            code::INVALID_PARAMETER,
            "rpc-invalid-parameter",
            format!("Array must contain between 1 and {TEST_ACCEPT_MAX} transactions."),
        )
        .fact("name", "rawtxs")
        .fact("reason", format!("1..={TEST_ACCEPT_MAX}")));
    }
    call.args.optional_coin_rate("maxfeerate")?;
    let mut transactions = Vec::with_capacity(count);
    for hex in call.args.texts("rawtxs")? {
        let text = format!("TX decode failed: {hex} Make sure the tx has at least one input.");
        transactions.push(decode_transaction(hex, None, text)?);
    }
    let mut results = Vec::with_capacity(count);
    for tx in &transactions {
        results.push(test_one(state, &call, tx)?);
    }
    Ok(Value::Array(results))
}

fn test_one(state: &State, call: &Call<'_>, tx: &Transaction) -> Result<Value, UserError> {
    let mut wtxid = sha256d(&tx.to_bytes());
    wtxid.reverse();
    let (txid, wtxid, vsize) = (tx.txid(), to_hex(&wtxid), tx.vsize());
    let refused = |reason: &str| json!({"txid": txid, "wtxid": wtxid, "allowed": false, "reject-reason": reason});
    Ok(match state.test_transaction(call.now, tx) {
        Ok(fee) if most_fee(call, vsize)?.is_some_and(|most| fee > most) => refused("max-fee-exceeded"),
        Ok(fee) => json!({
            "txid": txid, "wtxid": wtxid, "allowed": true, "vsize": vsize, "fees": {"base": shape::coins(fee)},
        }),
        Err(error) if error.is_orphan() => refused("missing-inputs"),
        Err(error) => {
            let mut result = refused(error.rule());
            result["reject-details"] = json!(rejected(&error).text);
            result
        }
    })
}
