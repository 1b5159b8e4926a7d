//! Core's "Mining" and "Generating" sections, with `setgenerate` of its early versions.

use serde_json::{Value, json};

use super::{Call, Method, Outcome, code, json as shape};
use crate::ledger::{Block, Script, difficulty};
use crate::session::tab::Session;
use crate::session::{MiningMode, UserError};

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "generatetoaddress",
        section: "Mining",
        usage: "nblocks \"address\"",
        summary: "Mine so many blocks now (1 to 1000) that pay this address; gives their hashes when they are found.",
        run: generate_to_address,
    },
    Method {
        name: "getmininginfo",
        section: "Mining",
        usage: "",
        summary: "What is being mined here, and how hard it is.",
        run: get_mining_info,
    },
    Method {
        name: "setgenerate",
        section: "Mining",
        usage: "generate ( threads )",
        summary: "Start or stop mining, with 1 to 8 threads.",
        run: set_generate,
    },
    Method {
        name: "submitblock",
        section: "Mining",
        usage: "\"hexdata\"",
        summary: "Check a block and send it to the other nodes; null if it was taken, else the rule it broke.",
        run: submit_block,
    },
];

/// Blocks that one call may ask for.
const GENERATE_MAX: i64 = 1000;

fn generate_to_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let count = call.args.number(0, "nblocks")?;
    let address = session.address_at(call.args.text(1, "address")?, "address")?;
    if !(1..=GENERATE_MAX).contains(&count) {
        return Err(UserError::new(
            code::INVALID_PARAMETER,
            "rpc-invalid-parameter",
            format!("nblocks must be 1 to {GENERATE_MAX}"),
        )
        .fact("name", "nblocks")
        .fact("reason", format!("1..={GENERATE_MAX}")));
    }
    let script: Script = address.script_pubkey();
    session.generate(call.now, call.request, u32::try_from(count).unwrap_or(1), script)?;
    Ok(Outcome::WhenMined)
}

fn get_mining_info(session: &mut Session, _call: Call<'_>) -> Result<Outcome, UserError> {
    let chain = session.chain();
    let tip = chain.tip();
    let next_bits = session.next_bits();
    Ok(Outcome::Now(json!({
        "blocks": tip.height,
        "bits": shape::bits(tip.header.bits),
        "difficulty": difficulty(tip.header.bits),
        "target": shape::target(tip.header.bits),
        "generate": session.is_mining(),
        "hashespersec": session.hash_rate(),
        "pooledtx": session.mempool().len(),
        "chain": chain.params().network.to_string(),
        "next": {
            "height": tip.height + 1,
            "bits": shape::bits(next_bits),
            "difficulty": difficulty(next_bits),
            "target": shape::target(next_bits),
        },
        "warnings": shape::warnings(session),
    })))
}

fn set_generate(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let on = call.args.bool(0, "generate")?;
    if let Some(threads) = call.args.optional_number(1, "threads")? {
        let threads = u8::try_from(threads).unwrap_or(0);
        session.set_threads(call.now, threads)?;
    }
    session.set_mining(call.now, if on { MiningMode::On } else { MiningMode::Off })?;
    Ok(Outcome::Now(Value::Null))
}

fn submit_block(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let block: Block = call.args.hex(0, "hexdata", "Block")?;
    let hash = block.block_hash();
    if let Some(index) = session.chain().index(&hash) {
        if matches!(index.status, crate::ledger::BlockStatus::Invalid(_)) {
            return Ok(Outcome::Now(json!("duplicate-invalid")));
        }
        if session.chain().block(&hash).is_some() {
            return Ok(Outcome::Now(json!("duplicate")));
        }
    }
    Ok(Outcome::Now(match session.submit_block(call.now, block) {
        Ok(_) if session.chain().is_active(&hash) => Value::Null,
        Ok(_) => json!("inconclusive"),
        Err(error) => json!(error.rule()),
    }))
}
