//! Bitcoin Core's RPC, as the console speaks it: `await tabchain.rpc("getblockcount")`.
//!
//! Names, parameters, result fields and error codes are Core's (`src/rpc/`, `src/wallet/rpc/`). One
//! [table](table) holds every method with its parameters; help and checks are made from it.

mod addresses;
mod args;
mod blockchain;
mod fixed_point;
mod history;
mod json;
mod mempool;
mod mining;
mod network;
mod param;
mod rawtransaction;
mod table;
mod unspent;
mod wallet;
mod words;

use serde_json::Value;

use self::param::{Kind, Param};
pub(super) use self::table::Outcome;
use self::table::{Call, Method, Run};
use super::driver::Session;
use super::state::State;
use crate::api::{UserError, code};
use crate::ledger::Time;

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
    run: Run::Reads(help),
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
    found.call(session, now, request, params)
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

fn help(_state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let text = match call.args.optional_text("command")? {
        Some(name) => match method_called(name) {
            Some(method) => method.help(),
            None => format!("help: unknown command: {name}"),
        },
        None => list_of_methods(),
    };
    Ok(Value::String(text))
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
