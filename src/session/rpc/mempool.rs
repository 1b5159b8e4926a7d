//! The mempool's part of Core's "Blockchain" section.

use serde_json::{Map, Value, json};

use super::json as shape;
use super::param::{Kind, Param};
use super::table::{Call, Method, Run};
use crate::api::UserError;
use crate::session::state::State;

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "getmempoolinfo",
        section: "Mempool",
        params: &[],
        summary: "How many transactions wait, how large they are, and the least fee rate.",
        run: Run::Reads(get_mempool_info),
    },
    Method {
        name: "getrawmempool",
        section: "Mempool",
        params: &[
            Param::new("verbose", Kind::Bool, "true for figures about each.").or("false"),
            Param::new("mempool_sequence", Kind::Bool, "true for the number of changes so far too.")
                .or("false")
                .only(&["false"]),
        ],
        summary: "The ids of the waiting transactions.",
        run: Run::Reads(get_raw_mempool),
    },
];

fn get_mempool_info(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let mempool = state.mempool();
    let least = shape::least_fee(mempool);
    Ok(json!({
        "loaded": true,
        "size": mempool.len(),
        "bytes": mempool.bytes(),
        "usage": mempool.bytes(),
        "total_fee": shape::coins(mempool.fees()),
        "maxmempool": mempool.limits().max_bytes,
        "mempoolminfee": least,
        "minrelaytxfee": least,
        "unbroadcastcount": 0,
        "fullrbf": false,
    }))
}

fn get_raw_mempool(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let verbose = call.args.optional_bool("verbose")?.unwrap_or(false);
    let mempool = state.mempool();
    if !verbose {
        let ids: Vec<Value> = mempool.iter().map(|entry| json!(entry.txid)).collect();
        return Ok(Value::Array(ids));
    }
    let mut object = Map::new();
    for entry in mempool.iter() {
        let depends: Vec<Value> = entry
            .tx
            .inputs
            .iter()
            .filter(|input| mempool.contains(&input.prevout.txid))
            .map(|input| json!(input.prevout.txid))
            .collect();
        let spent_by: Vec<Value> = (0..entry.tx.outputs.len())
            .filter_map(|vout| {
                mempool.spender_of(&crate::ledger::OutPoint { txid: entry.txid, vout: u32::try_from(vout).ok()? })
            })
            .map(|txid| json!(txid))
            .collect();
        object.insert(
            entry.txid.to_string(),
            json!({
                "vsize": entry.tx.vsize(),
                "weight": entry.tx.weight(),
                "time": entry.time.millis / 1000,
                "fees": {"base": shape::coins(entry.fee)},
                "depends": depends,
                "spentby": spent_by,
                "bip125-replaceable": false,
            }),
        );
    }
    Ok(Value::Object(object))
}
