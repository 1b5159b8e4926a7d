//! Core's "Mining" and "Generating" sections, with `setgenerate` of its early versions.

use serde_json::{Value, json};

use super::args::not_served;
use super::json as shape;
use super::param::{Kind, Param};
use super::table::{Call, Method, Outcome, Run};
use crate::api::{MiningMode, UserError};
use crate::ledger::{Block, Script};
use crate::session::driver::Session;
use crate::session::state::State;

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "generatetoaddress",
        section: "Mining",
        params: &[
            Param::new("nblocks", Kind::Number, "How many blocks, at most 1000."),
            Param::new("address", Kind::Text, "Who is paid."),
            Param::new("maxtries", Kind::Number, "Give up after so many hashes in all.").or("1099511627776"),
        ],
        summary: "Mine blocks now; gives their hashes when they are found.",
        run: Run::Acts(generate_to_address),
    },
    Method {
        name: "getmininginfo",
        section: "Mining",
        params: &[],
        summary: "What is being mined here, and how hard it is.",
        run: Run::Reads(get_mining_info),
    },
    Method {
        name: "setgenerate",
        section: "Mining",
        params: &[
            Param::new("generate", Kind::Bool, "true to mine, false to stop."),
            Param::new("threads", Kind::Number, "With so many threads, 1 to 8.").optional(),
        ],
        summary: "Start or stop mining (as in Core's early versions).",
        run: Run::Acts(set_generate),
    },
    Method {
        name: "submitblock",
        section: "Mining",
        params: &[
            Param::new("hexdata", Kind::Hex, "The block's bytes."),
            Param::new("dummy", Kind::Text, "Ignored, as in Core (BIP-0022's work id).").optional(),
        ],
        summary: "Check a block and send it to the other nodes; null if it was taken, else the rule it broke.",
        run: Run::Acts(submit_block),
    },
];

/// Blocks that one call may ask for.
const GENERATE_MAX: u32 = 1000;
/// Hashes that one `generatetoaddress` may take unless told.
const GENERATE_TRIES: u64 = 1 << 40;

fn generate_to_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let count = call.args.number("nblocks")?;
    let tries = call.args.optional_number::<u64>("maxtries")?.unwrap_or(GENERATE_TRIES);
    let text = call.args.text("address")?;
    let address = session.address_in_core(text, |_| "Error: Invalid address".to_owned())?;
    // As in Core, none asked for is none mined.
    let Some(count) = u32::try_from(count).ok().filter(|count| *count > 0) else {
        return Ok(Outcome::Now(json!([])));
    };
    if count > GENERATE_MAX {
        return Err(not_served("nblocks", &format!("at most {GENERATE_MAX}")));
    }
    let script: Script = address.script_pubkey();
    session.generate(call.now, call.request, count, script, tries)?;
    Ok(Outcome::WhenMined)
}

fn get_mining_info(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let chain = state.chain();
    let tip = chain.tip();
    let next_bits = state.next_bits();
    Ok(json!({
        "blocks": tip.height,
        "bits": shape::bits(tip.header.bits),
        "difficulty": shape::difficulty(tip.header.bits),
        "target": shape::target(tip.header.bits),
        "generate": state.is_mining(),
        "hashespersec": state.hash_rate(),
        "pooledtx": state.mempool().len(),
        "chain": chain.params().network.to_string(),
        "next": {
            "height": tip.height + 1,
            "bits": shape::bits(next_bits),
            "difficulty": shape::difficulty(next_bits),
            "target": shape::target(next_bits),
        },
        "warnings": shape::warnings(state),
    }))
}

fn set_generate(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let on = call.args.bool("generate")?;
    if let Some(threads) = call.args.optional_number::<i32>("threads")? {
        let threads = u8::try_from(threads).unwrap_or(0);
        session.set_threads(call.now, threads)?;
    }
    session.set_mining(call.now, if on { MiningMode::On } else { MiningMode::Off })?;
    Ok(Outcome::Now(Value::Null))
}

fn submit_block(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let block: Block = call.args.hex("hexdata", "Block")?;
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
