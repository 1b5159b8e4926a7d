//! Core's "Blockchain" section, without the mempool.

use serde_json::{Value, json};

use super::args::not_served;
use super::json as shape;
use super::param::{Kind, Param};
use super::table::{Call, Method, Run};
use crate::api::{UserError, code};
use crate::ledger::{Encodable, Network, OutPoint, sha256d, to_hex};
use crate::session::state::State;

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "getbestblockhash",
        section: "Blockchain",
        params: &[],
        summary: "The hash of the tip of the chain with the most work.",
        run: Run::Reads(|state, _| Ok(json!(state.chain().tip().hash))),
    },
    Method {
        name: "getblock",
        section: "Blockchain",
        params: &[
            Param::new("blockhash", Kind::Hex, "The block's hash."),
            Param::new(
                "verbosity|verbose",
                Kind::Verbosity,
                "0 for its bytes in hexadecimal, 1 with transaction ids, 2 with whole transactions, 3 with the coins they spend too.",
            )
            .or("1"),
        ],
        summary: "A block, of the active chain or lost.",
        run: Run::Reads(get_block),
    },
    Method {
        name: "getblockchaininfo",
        section: "Blockchain",
        params: &[],
        summary: "The state of this node's chain.",
        run: Run::Reads(get_blockchain_info),
    },
    Method {
        name: "getblockcount",
        section: "Blockchain",
        params: &[],
        summary: "The height of the chain with the most work; the genesis block has height 0.",
        run: Run::Reads(|state, _| Ok(json!(state.chain().height()))),
    },
    Method {
        name: "getblockhash",
        section: "Blockchain",
        params: &[Param::new("height", Kind::Number, "The height; the genesis block has height 0.")],
        summary: "The hash of the block at this height.",
        run: Run::Reads(get_block_hash),
    },
    Method {
        name: "getblockheader",
        section: "Blockchain",
        params: &[
            Param::new("blockhash", Kind::Hex, "The block's hash."),
            Param::new("verbose", Kind::Bool, "false for its 80 bytes in hexadecimal.").or("true"),
        ],
        summary: "A block's header.",
        run: Run::Reads(get_block_header),
    },
    Method {
        name: "getchaintips",
        section: "Blockchain",
        params: &[],
        summary: "The tips of all known branches, the active one included.",
        run: Run::Reads(get_chain_tips),
    },
    Method {
        name: "getdifficulty",
        section: "Blockchain",
        params: &[],
        summary: "The difficulty, as a multiple of the easiest of mainnet.",
        run: Run::Reads(|state, _| Ok(shape::difficulty(state.chain().tip().header.bits))),
    },
    Method {
        name: "gettxout",
        section: "Blockchain",
        params: &[
            Param::new("txid", Kind::Hex, "The transaction that made the coin."),
            Param::new("n", Kind::Number, "Which of its outputs, from 0."),
            Param::new("include_mempool", Kind::Bool, "Whether what waits for a block counts.").or("true"),
        ],
        summary: "An unspent output, or null if there is none.",
        run: Run::Reads(get_tx_out),
    },
    Method {
        name: "gettxoutsetinfo",
        section: "Blockchain",
        params: &[
            Param::new("hash_type", Kind::Text, "Which hash of the set: hash_serialized_3, or none.").or("hash_serialized_3"),
            Param::new("hash_or_height", Kind::Verbosity, "The block, or its height, of which the set is asked.")
                .optional()
                .only(&["null (the tip)"]),
            Param::new("use_index", Kind::Bool, "Whether an index may be used; this node has none.").or("true"),
        ],
        summary: "Figures about all unspent outputs.",
        run: Run::Reads(get_tx_out_set_info),
    },
];

fn block_not_found() -> UserError {
    UserError::new(code::INVALID_ADDRESS_OR_KEY, "rpc-block-not-found", "Block not found")
}

fn get_block(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let hash = call.args.block_hash("blockhash", "blockhash")?;
    let verbosity = call.args.verbosity("verbosity", 1)?;
    let chain = state.chain();
    let mut object = shape::header(chain, &hash).ok_or_else(block_not_found)?;
    let block = chain.block(&hash).ok_or_else(|| {
        UserError::new(code::MISC_ERROR, "rpc-block-not-here", "Block not available (not fully downloaded)")
    })?;
    if verbosity <= 0 {
        return Ok(json!(to_hex(&block.to_bytes())));
    }
    shape::block_sizes(&block, &mut object);
    let transactions: Vec<Value> = block
        .transactions
        .iter()
        .map(|tx| {
            if verbosity == 1 {
                return json!(tx.txid());
            }
            let mut entry = shape::transaction(state, tx);
            if let Some(fee) = state.fee_of(tx, Some(&hash)) {
                entry.insert("fee".into(), shape::coins(fee));
            }
            if verbosity >= 3 {
                shape::insert_prevouts(state, tx, Some(&hash), &mut entry);
            }
            entry.insert("hex".into(), json!(to_hex(&tx.to_bytes())));
            Value::Object(entry)
        })
        .collect();
    object.insert("tx".into(), Value::Array(transactions));
    Ok(Value::Object(object))
}

fn get_blockchain_info(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let chain = state.chain();
    let tip = chain.tip();
    let headers = chain.best_header().height;
    let progress = if headers == 0 { 1.0 } else { f64::from(tip.height) / f64::from(headers.max(tip.height)) };
    let name = match chain.params().network {
        Network::Mainnet => "main",
        Network::Regtest => "regtest",
        Network::Classroom => "classroom",
    };
    Ok(json!({
        "chain": name,
        "blocks": tip.height,
        "headers": headers,
        "bestblockhash": tip.hash,
        "bits": shape::bits(tip.header.bits),
        "target": shape::target(tip.header.bits),
        "difficulty": shape::difficulty(tip.header.bits),
        "time": tip.header.time,
        "mediantime": chain.median_time_past(&tip.hash),
        "verificationprogress": progress,
        "initialblockdownload": state.is_syncing(),
        "chainwork": tip.chain_work.to_string(),
        "size_on_disk": state.stored_bytes(),
        "pruned": false,
        "warnings": shape::warnings(state),
    }))
}

fn get_block_hash(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let height = call.args.number("height")?;
    let hash = u32::try_from(height).ok().and_then(|height| state.chain().active_hash(height)).ok_or_else(|| {
        UserError::new(code::INVALID_PARAMETER, "rpc-height-out-of-range", "Block height out of range")
            .fact("height", height)
            .fact("highest", state.chain().height())
    })?;
    Ok(json!(hash))
}

fn get_block_header(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let hash = call.args.block_hash("blockhash", "hash")?;
    let verbose = call.args.optional_bool("verbose")?.unwrap_or(true);
    let chain = state.chain();
    let index = chain.index(&hash).ok_or_else(block_not_found)?;
    if !verbose {
        return Ok(json!(to_hex(&index.header.to_bytes())));
    }
    Ok(Value::Object(shape::header(chain, &hash).ok_or_else(block_not_found)?))
}

fn get_chain_tips(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let chain = state.chain();
    let tips: Vec<Value> = chain
        .tips()
        .into_iter()
        .map(|tip| {
            let length = tip.height - chain.fork_point(&tip.hash).map_or(tip.height, |fork| fork.height);
            json!({"height": tip.height, "hash": tip.hash, "branchlen": length, "status": chain.tip_status(tip)})
        })
        .collect();
    Ok(Value::Array(tips))
}

fn get_tx_out(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let txid = call.args.txid("txid", "txid")?;
    let vout = call.args.optional_number::<u32>("n")?.unwrap_or_default();
    let include_mempool = call.args.optional_bool("include_mempool")?.unwrap_or(true);
    let outpoint = OutPoint { txid, vout };
    if include_mempool && state.mempool().spender_of(&outpoint).is_some() {
        return Ok(Value::Null);
    }
    let chain = state.chain();
    let best = chain.tip().hash;
    if let Some(coin) = chain.utxo().get(&outpoint) {
        return Ok(json!({
            "bestblock": best,
            "confirmations": chain.height() + 1 - coin.height,
            "value": shape::coins(coin.output.value),
            "scriptPubKey": shape::script_pubkey(state, &coin.output.script_pubkey),
            "coinbase": coin.coinbase,
        }));
    }
    let waiting = state.mempool().get(&txid).filter(|_| include_mempool);
    let Some(output) = waiting.and_then(|entry| entry.tx.outputs.get(vout as usize)) else { return Ok(Value::Null) };
    Ok(json!({
        "bestblock": best,
        "confirmations": 0,
        "value": shape::coins(output.value),
        "scriptPubKey": shape::script_pubkey(state, &output.script_pubkey),
        "coinbase": false,
    }))
}

fn get_tx_out_set_info(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let with_hash = match call.args.optional_text("hash_type")? {
        None | Some("hash_serialized_3") => true,
        Some("none") => false,
        Some("muhash") => return Err(not_served("hash_type", "hash_serialized_3, none")),
        Some(other) => {
            let other = super::args::shown(other);
            return Err(UserError::new(
                code::INVALID_PARAMETER,
                "rpc-invalid-parameter",
                format!("'{other}' is not a valid hash_type"),
            )
            .fact("name", "hash_type")
            .fact("reason", other));
        }
    };
    let chain = state.chain();
    let mut transactions = 0_u64;
    let mut last = None;
    let mut bytes = Vec::new();
    let mut size = 0_u64;
    for (outpoint, coin) in chain.utxo().iter() {
        if last != Some(outpoint.txid) {
            transactions += 1;
            last = Some(outpoint.txid);
        }
        // Core's serialisation for `hash_serialized_3` (kernel/coinstats.cpp, TxOutSer).
        outpoint.encode(&mut bytes);
        bytes.extend_from_slice(&((coin.height << 1) | u32::from(coin.coinbase)).to_le_bytes());
        coin.output.encode(&mut bytes);
        size += 50 + coin.output.script_pubkey.as_bytes().len() as u64;
    }
    let mut hash = sha256d(&bytes);
    hash.reverse();
    let mut object = json!({
        "height": chain.height(),
        "bestblock": chain.tip().hash,
        "transactions": transactions,
        "txouts": chain.utxo().len(),
        "bogosize": size,
        "total_amount": shape::coins(chain.utxo().total()),
    });
    if with_hash {
        object["hash_serialized_3"] = json!(to_hex(&hash));
    }
    Ok(object)
}
