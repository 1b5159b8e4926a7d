//! Core's "Rawtransactions" section.

use serde_json::{Map, Value, json};

use super::{Call, Method, Outcome, code, json as shape};
use crate::ledger::{BlockHash, Encodable, Transaction, to_hex};
use crate::mempool::MempoolError;
use crate::session::UserError;
use crate::session::commands::code_of_mempool;
use crate::session::tab::Session;

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "decoderawtransaction",
        section: "Rawtransactions",
        usage: "\"hexstring\"",
        summary: "What a transaction's bytes say.",
        run: decode_raw_transaction,
    },
    Method {
        name: "getrawtransaction",
        section: "Rawtransactions",
        usage: "\"txid\" ( verbosity )",
        summary: "A transaction, waiting or in a block of the active chain: 0 its bytes in hexadecimal (default), 1 or more decoded.",
        run: get_raw_transaction,
    },
    Method {
        name: "sendrawtransaction",
        section: "Rawtransactions",
        usage: "\"hexstring\"",
        summary: "Check a signed transaction and send it to the other nodes.",
        run: send_raw_transaction,
    },
    Method {
        name: "testmempoolaccept",
        section: "Rawtransactions",
        usage: "[\"rawtx\",...]",
        summary: "Would these transactions, one by one, be taken into the mempool? At most 25.",
        run: test_mempool_accept,
    },
];

/// Transactions that `testmempoolaccept` takes at once (Core `MAX_PACKAGE_COUNT`).
const TEST_ACCEPT_MAX: usize = 25;

fn decode_raw_transaction(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let tx: Transaction = call.args.hex(0, "hexstring", "TX")?;
    Ok(Outcome::Now(Value::Object(shape::transaction(session, &tx))))
}

fn get_raw_transaction(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let txid = call.args.txid(0, "txid")?;
    let verbosity = call.args.verbosity(1, 0)?;
    let (tx, block) = session.find_transaction(&txid).ok_or_else(|| {
        UserError::new(
            code::INVALID_ADDRESS_OR_KEY,
            "rpc-transaction-not-found",
            "No such mempool or blockchain transaction",
        )
        .fact("txid", txid)
    })?;
    let hex = to_hex(&tx.to_bytes());
    if verbosity <= 0 {
        return Ok(Outcome::Now(json!(hex)));
    }
    let mut object = shape::transaction(session, &tx);
    object.insert("hex".into(), json!(hex));
    if let Some(hash) = block {
        insert_place(session, &hash, &mut object);
    }
    Ok(Outcome::Now(Value::Object(object)))
}

fn insert_place(session: &Session, hash: &BlockHash, object: &mut Map<String, Value>) {
    let chain = session.chain();
    let Some(index) = chain.index(hash) else { return };
    object.insert("blockhash".into(), json!(hash));
    object.insert("confirmations".into(), json!(chain.height() + 1 - index.height));
    object.insert("time".into(), json!(index.header.time));
    object.insert("blocktime".into(), json!(index.header.time));
}

/// A mempool refusal with Core's code for it.
fn rejected(error: &MempoolError) -> UserError {
    UserError::new(code_of_mempool(error.rule()), error.rule(), format!("{}: {error}", error.rule()))
        .facts(error.facts())
}

fn send_raw_transaction(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let tx: Transaction = call.args.hex(0, "hexstring", "TX")?;
    let txid = session.submit_transaction(call.now, tx).map_err(|error| rejected(&error))?;
    Ok(Outcome::Now(json!(txid)))
}

fn test_mempool_accept(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let texts: Vec<&str> = match call.args.get(0) {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(text)) => vec![text.as_str()],
        _ => {
            return Err(UserError::new(
                code::TYPE_ERROR,
                "rpc-wrong-type",
                "rawtxs must be an array of hexadecimal texts",
            )
            .fact("name", "rawtxs")
            .fact("found", "other")
            .fact("wanted", "array"));
        }
    };
    if texts.is_empty() || texts.len() > TEST_ACCEPT_MAX {
        return Err(UserError::new(
            code::INVALID_PARAMETER,
            "rpc-invalid-parameter",
            format!("Array must contain between 1 and {TEST_ACCEPT_MAX} transactions."),
        )
        .fact("name", "rawtxs")
        .fact("reason", format!("1..={TEST_ACCEPT_MAX}")));
    }
    let mut results = Vec::new();
    for text in texts {
        let value = [json!(text)];
        let tx: Transaction = super::Args::new(&value).hex(0, "rawtx", "TX")?;
        let txid = tx.txid();
        let vsize = tx.vsize();
        results.push(match session.test_transaction(call.now, &tx) {
            Ok(fee) => json!({
                "txid": txid, "wtxid": txid, "allowed": true, "vsize": vsize, "fees": {"base": shape::coins(fee)},
            }),
            Err(error) => json!({
                "txid": txid, "wtxid": txid, "allowed": false,
                "reject-reason": error.rule(), "reject-details": error.to_string(),
            }),
        });
    }
    Ok(Outcome::Now(Value::Array(results)))
}
