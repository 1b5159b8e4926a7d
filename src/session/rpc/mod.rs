//! Bitcoin Core's RPC, as the console speaks it: `await tabchain.rpc("getblockcount")`.
//!
//! Names, positional parameters, result fields and error codes are Core's (`src/rpc/`,
//! `src/wallet/rpc/`). One table holds every method; the help is made from it.

mod args;
mod blockchain;
mod json;
mod mempool;
mod mining;
mod network;
mod rawtransaction;
mod wallet;

use serde_json::Value;

use self::args::Args;
use super::UserError;
use super::tab::Session;
use crate::ledger::Time;

/// Error codes (Core `src/rpc/protocol.h`).
#[allow(missing_docs, reason = "the names are Core's, and say it")]
pub mod code {
    pub const MISC_ERROR: i32 = -1;
    pub const TYPE_ERROR: i32 = -3;
    pub const WALLET_ERROR: i32 = -4;
    pub const INVALID_ADDRESS_OR_KEY: i32 = -5;
    pub const WALLET_INSUFFICIENT_FUNDS: i32 = -6;
    pub const INVALID_PARAMETER: i32 = -8;
    pub const WALLET_NOT_FOUND: i32 = -18;
    pub const DESERIALIZATION_ERROR: i32 = -22;
    pub const VERIFY_ERROR: i32 = -25;
    pub const VERIFY_REJECTED: i32 = -26;
    pub const VERIFY_ALREADY_IN_UTXO_SET: i32 = -27;
    pub const METHOD_NOT_FOUND: i32 = -32601;
    pub const INVALID_PARAMS: i32 = -32602;
}

/// What a method came to.
pub(super) enum Outcome {
    /// The result is here.
    Now(Value),
    /// It comes when the miner has found so many blocks.
    WhenMined,
}

/// A method.
struct Method {
    /// Core's name.
    name: &'static str,
    /// Core's help section.
    section: &'static str,
    /// Its parameters as in Core's help: optional ones in brackets.
    usage: &'static str,
    /// What it does.
    summary: &'static str,
    run: fn(&mut Session, Call<'_>) -> Result<Outcome, UserError>,
}

/// A call being answered.
pub(super) struct Call<'a> {
    pub(super) now: Time,
    /// The page's number of the request, for results that come later.
    pub(super) request: u64,
    args: Args<'a>,
}

/// Most parameters a call may have.
const PARAMETERS_MAX: usize = 16;

/// All methods, by section, then name.
fn methods() -> impl Iterator<Item = &'static Method> {
    [
        blockchain::METHODS,
        CONTROL,
        mempool::METHODS,
        mining::METHODS,
        network::METHODS,
        rawtransaction::METHODS,
        wallet::METHODS,
    ]
    .into_iter()
    .flatten()
}

const CONTROL: &[Method] = &[Method {
    name: "help",
    section: "Control",
    usage: "( \"command\" )",
    summary: "List all commands, or get help for one.",
    run: help,
}];

/// Answers a call.
///
/// # Errors
/// Core's codes: -32601 for a method that is not there, and each method's own.
pub(super) fn call(
    session: &mut Session,
    now: Time,
    request: u64,
    method: &str,
    params: &[Value],
) -> Result<Outcome, UserError> {
    let Some(found) = methods().find(|candidate| candidate.name == method) else {
        return Err(UserError::new(code::METHOD_NOT_FOUND, "rpc-method-not-found", "Method not found")
            .fact("method", method.chars().take(64).collect::<String>()));
    };
    if params.len() > PARAMETERS_MAX {
        return Err(UserError::new(code::INVALID_PARAMS, "rpc-too-many-parameters", "too many parameters"));
    }
    (found.run)(session, Call { now, request, args: Args::new(params) })
}

fn help(_session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let text = match call.args.optional_text(0, "command")? {
        Some(name) => match methods().find(|method| method.name == name) {
            Some(method) => format!("{}\n\n{}\n", usage_line(method), method.summary),
            None => format!("help: unknown command: {name}"),
        },
        None => list_of_methods(),
    };
    Ok(Outcome::Now(Value::String(text)))
}

fn usage_line(method: &Method) -> String {
    if method.usage.is_empty() { method.name.to_owned() } else { format!("{} {}", method.name, method.usage) }
}

fn list_of_methods() -> String {
    let mut text = String::new();
    let mut section = "";
    for method in methods() {
        if method.section != section {
            section = method.section;
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("== {section} ==\n"));
        }
        text.push_str(&usage_line(method));
        text.push('\n');
    }
    text
}
