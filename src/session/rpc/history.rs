//! The wallet's history as Core lists it (`wallet/rpc/transactions.cpp`).

use serde_json::{Value, json};

use super::addresses::label;
use super::json as shape;
use super::table::Call;
use crate::api::{UserError, code};
use crate::ledger::Amount;
use crate::session::refusal::wallet_missing;
use crate::session::state::State;
use crate::wallet::{HistoryEntry, HistoryKind, HistoryOutput, HistoryState};

pub(super) fn list_transactions(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let only = match call.args.optional_text("label")? {
        None | Some("*") => None,
        Some(text) => Some(label(text)?),
    };
    let invalid = |name: &str, text: &str| {
        UserError::new(code::INVALID_PARAMETER, "rpc-invalid-parameter", text).fact("name", name).fact("reason", text)
    };
    if only.as_ref().is_some_and(String::is_empty) {
        return Err(invalid("label", "Label argument must be a valid label name or \"*\"."));
    }
    let count = call.args.optional_number::<i32>("count")?.unwrap_or(10);
    let skip = call.args.optional_number::<i32>("skip")?.unwrap_or(0);
    let count = usize::try_from(count).map_err(|_| invalid("count", "Negative count"))?;
    let skip = usize::try_from(skip).map_err(|_| invalid("skip", "Negative from"))?;
    let wallet = state.wallet().ok_or_else(wallet_missing)?;
    let mut lines: Vec<Value> = wallet
        .history(state.chain().height())
        .iter()
        .flat_map(|entry| lines_of(state, entry, only.as_deref()))
        .skip(skip)
        .take(count)
        .collect();
    lines.reverse();
    Ok(Value::Array(lines))
}

/// A transaction's lines: a `send` for each output that is not change where it spends the wallet's
/// coins, then one for each that it receives (Core `ListTransactions`). With a label, only what was
/// received at addresses of this name.
fn lines_of(state: &State, entry: &HistoryEntry, only: Option<&str>) -> Vec<Value> {
    let received = match (entry.kind, &entry.state) {
        (HistoryKind::Mined, HistoryState::Immature { .. }) => "immature",
        (HistoryKind::Mined, _) if entry.confirmations < 1 => "orphan",
        (HistoryKind::Mined, _) => "generate",
        _ => "receive",
    };
    let fee = entry.fee.unwrap_or(Amount::ZERO);
    let mut lines = Vec::new();
    if only.is_none() {
        for output in entry.sent() {
            let mut line = line(state, entry, output, "send");
            line["fee"] = negative(fee);
            lines.push(line);
        }
    }
    // What lost to another, or to another branch, was not received.
    if entry.state != HistoryState::Conflicted || entry.kind == HistoryKind::Mined {
        let is_wanted = |output: &&HistoryOutput| only.is_none_or(|only| output.label == only);
        let mine = entry.received().filter(is_wanted);
        lines.extend(mine.map(|output| line(state, entry, output, received)));
    }
    lines
}

/// Less than nothing, as Core prints it; nothing without a sign.
fn negative(amount: Amount) -> Value {
    shape::signed_coins(-i64::try_from(amount.to_sat()).unwrap_or(i64::MAX))
}

/// A line of `listtransactions` (Core `WalletTxToJSON`).
fn line(state: &State, entry: &HistoryEntry, output: &HistoryOutput, category: &str) -> Value {
    let mut line = json!({
        "category": category,
        "amount": if category == "send" { negative(output.amount) } else { shape::coins(output.amount) },
        "vout": output.vout,
        "abandoned": false,
        "confirmations": if entry.state == HistoryState::Conflicted { -1 } else { i64::from(entry.confirmations) },
        "txid": entry.txid,
        "time": entry.time.millis / 1000,
        "timereceived": entry.time.millis / 1000,
    });
    if let Some(address) = &output.address {
        line["address"] = json!(address.to_string());
    }
    if output.is_mine {
        line["label"] = json!(output.label);
    }
    if entry.kind == HistoryKind::Mined {
        line["generated"] = json!(true);
    }
    let chain = state.chain();
    let block = entry.height.and_then(|height| Some((height, chain.active_hash(height)?)));
    match block {
        Some((height, hash)) => {
            line["blockhash"] = json!(hash);
            line["blockheight"] = json!(height);
            if let Some((_, position)) = chain.find_transaction(&entry.txid) {
                line["blockindex"] = json!(position);
            }
            line["blocktime"] = json!(chain.index(&hash).map(|index| index.header.time));
        }
        None => line["trusted"] = json!(entry.from_me && entry.state == HistoryState::Pending),
    }
    line
}
