//! Bitcoin Core's RPC, as the console speaks it: `await tabchain.rpc("getblockcount")`.
//!
//! Names, parameters, result fields and error codes are Core's (`src/rpc/`, `src/wallet/rpc/`). One
//! [table](table) holds every method with its parameters; help and checks are made from it.

mod args;
mod blockchain;
mod fixed_point;
mod history;
mod json;
mod mempool;
mod mining;
mod network;
mod rawtransaction;
mod table;
mod unspent;
mod wallet;
mod words;

use serde_json::Value;

use self::args::Args;
use self::table::{Kind, Method, Param};
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
    pub const WALLET_INVALID_LABEL_NAME: i32 = -11;
    pub const WALLET_NOT_FOUND: i32 = -18;
    pub const DESERIALIZATION_ERROR: i32 = -22;
    pub const VERIFY_ERROR: i32 = -25;
    pub const VERIFY_REJECTED: i32 = -26;
    pub const VERIFY_ALREADY_IN_UTXO_SET: i32 = -27;
    pub const METHOD_NOT_FOUND: i32 = -32601;
}

/// What a method came to.
pub(super) enum Outcome {
    /// The result is here.
    Now(Value),
    /// It comes when the miner has found so many blocks.
    WhenMined,
}

/// A call being answered.
pub(super) struct Call<'a> {
    pub(super) now: Time,
    /// The page's number of the request, for results that come later.
    pub(super) request: u64,
    args: &'a Args,
}

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
    params: &[Param::new("command", Kind::Text, "The command to get help on.").or("all commands")],
    summary: "List all commands, or get help for one.",
    run: help,
}];

fn method_called(name: &str) -> Option<&'static Method> {
    methods().find(|method| method.name == name)
}

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
    let Some(found) = method_called(method) else {
        return Err(UserError::new(code::METHOD_NOT_FOUND, "rpc-method-not-found", "Method not found")
            .fact("method", method.chars().take(64).collect::<String>()));
    };
    let args = Args::read(found, params)?;
    (found.run)(session, Call { now, request, args: &args })
}

/// Answers a line of the console; an empty one by the list of methods.
///
/// # Errors
/// As [`call`], and -1 for a quote or bracket that is never closed.
pub(super) fn call_line(session: &mut Session, now: Time, request: u64, line: &str) -> Result<Outcome, UserError> {
    match words::read_line(line, method_called)? {
        Some((method, params)) => call(session, now, request, &method, &params),
        None => Ok(Outcome::Now(Value::String(list_of_methods()))),
    }
}

fn help(_session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let text = match call.args.optional_text("command")? {
        Some(name) => match method_called(name) {
            Some(method) => method.help(),
            None => format!("help: unknown command: {name}"),
        },
        None => list_of_methods(),
    };
    Ok(Outcome::Now(Value::String(text)))
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
        text.push_str(&method.usage());
        text.push('\n');
    }
    text
}
