//! Core's "Wallet" section, and the "Util" methods that deal with addresses and messages.

use serde_json::{Value, json};

use super::{Call, Method, Outcome, code, json as shape};
use crate::ledger::to_hex;
use crate::session::UserError;
use crate::session::payment::{payment_error, wallet_missing};
use crate::session::tab::Session;
use crate::wallet::{Address, Branch, CoinState, HistoryEntry, HistoryKind, HistoryState, PaymentRequest};

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "verifymessage",
        section: "Util",
        usage: "\"address\" \"signature\" \"message\"",
        summary: "Did the key of this address sign this message?",
        run: verify_message,
    },
    Method {
        name: "validateaddress",
        section: "Util",
        usage: "\"address\"",
        summary: "Is this an address of this network, and of what kind?",
        run: validate_address,
    },
    Method {
        name: "dumpprivkey",
        section: "Wallet",
        usage: "\"address\"",
        summary: "The private key of one of this wallet's addresses. Whoever has it can spend its coins.",
        run: dump_private_key,
    },
    Method {
        name: "getaddressinfo",
        section: "Wallet",
        usage: "\"address\"",
        summary: "What this wallet knows of an address.",
        run: get_address_info,
    },
    Method {
        name: "getbalances",
        section: "Wallet",
        usage: "",
        summary: "This wallet's balances: trusted, not in a block yet, and rewards that must mature.",
        run: get_balances,
    },
    Method {
        name: "getnewaddress",
        section: "Wallet",
        usage: "( \"label\" )",
        summary: "A new address to be paid at.",
        run: get_new_address,
    },
    Method {
        name: "listtransactions",
        section: "Wallet",
        usage: "( \"label\" count skip )",
        summary: "The newest transactions of this wallet, oldest of them first (10 unless told, at most 1000).",
        run: list_transactions,
    },
    Method {
        name: "listunspent",
        section: "Wallet",
        usage: "( minconf maxconf )",
        summary: "The coins of this wallet with at least minconf confirmations (1 unless told).",
        run: list_unspent,
    },
    Method {
        name: "sendtoaddress",
        section: "Wallet",
        usage: "\"address\" amount ( \"comment\" \"comment_to\" subtractfeefromamount fee_rate )",
        summary: "Pay an address; the fee rate is in sat/vB. Gives the transaction's id.",
        run: send_to_address,
    },
    Method {
        name: "signmessage",
        section: "Wallet",
        usage: "\"address\" \"message\"",
        summary: "Sign a message with the key of one of this wallet's addresses.",
        run: sign_message,
    },
];

/// Lines that `listtransactions` gives at most.
const LIST_MAX: i64 = 1000;

fn verify_message(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let verdict = session.verify_message(
        call.args.text(0, "address")?,
        call.args.text(1, "signature")?,
        call.args.text(2, "message")?,
    )?;
    Ok(Outcome::Now(json!(verdict.valid)))
}

fn validate_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let text = call.args.text(0, "address")?;
    Ok(Outcome::Now(match Address::parse(text, session.params()) {
        Ok(address) => json!({
            "isvalid": true,
            "address": address.to_string(),
            "scriptPubKey": to_hex(address.script_pubkey().as_bytes()),
            "isscript": false,
            "iswitness": false,
        }),
        Err(error) => json!({"isvalid": false, "error_locations": [], "error": error.to_string()}),
    }))
}

fn dump_private_key(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let reveal = session.reveal_key(call.args.text(0, "address")?)?;
    Ok(Outcome::Now(json!(reveal.wif)))
}

fn get_address_info(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let address = session.address_at(call.args.text(0, "address")?, "address")?;
    let script = address.script_pubkey();
    let wallet = session.wallet().ok_or_else(wallet_missing)?;
    let known = wallet.addresses().into_iter().find(|entry| entry.address == address);
    let mut object = json!({
        "address": address.to_string(),
        "scriptPubKey": to_hex(script.as_bytes()),
        "ismine": wallet.is_mine(&script),
        "iswatchonly": false,
        "isscript": false,
        "iswitness": false,
        "solvable": known.is_some(),
        "ischange": known.as_ref().is_some_and(|entry| entry.branch == Branch::Change),
        "labels": known.as_ref().map(|entry| vec![entry.label.clone()]).unwrap_or_default(),
    });
    if let Some(entry) = known {
        object["hdkeypath"] = json!(entry.path.to_string());
        if let Some(key) = wallet.private_key_for(&address) {
            object["pubkey"] = json!(to_hex(&key.public_key().to_bytes()));
            object["iscompressed"] = json!(true);
        }
    }
    Ok(Outcome::Now(object))
}

fn get_balances(session: &mut Session, _call: Call<'_>) -> Result<Outcome, UserError> {
    let height = session.chain().height();
    let balance = session.wallet().ok_or_else(wallet_missing)?.balance(height);
    Ok(Outcome::Now(json!({
        "mine": {
            "trusted": shape::coins(balance.spendable),
            "untrusted_pending": shape::coins(balance.pending),
            "immature": shape::coins(balance.immature),
        },
        "lastprocessedblock": {"hash": session.chain().tip().hash, "height": height},
    })))
}

fn get_new_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let label = call.args.optional_text(0, "label")?.unwrap_or_default().to_owned();
    let view = session.new_address(&label)?;
    Ok(Outcome::Now(json!(view.address)))
}

fn list_transactions(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let count = call.args.optional_number(1, "count")?.unwrap_or(10).clamp(0, LIST_MAX);
    let skip = call.args.optional_number(2, "skip")?.unwrap_or(0).max(0);
    let chain = session.chain();
    let history = session.wallet().ok_or_else(wallet_missing)?.history(chain.height());
    let mut lines: Vec<Value> = history
        .iter()
        .skip(usize::try_from(skip).unwrap_or(usize::MAX))
        .take(usize::try_from(count).unwrap_or(0))
        .map(|entry| history_line(session, entry))
        .collect();
    lines.reverse();
    Ok(Outcome::Now(Value::Array(lines)))
}

fn history_line(session: &Session, entry: &HistoryEntry) -> Value {
    let category = match (entry.kind, &entry.state) {
        (HistoryKind::Mined, HistoryState::Immature { .. }) => "immature",
        (HistoryKind::Mined, HistoryState::Conflicted) => "orphan",
        (HistoryKind::Mined, _) => "generate",
        (HistoryKind::Received, _) => "receive",
        (HistoryKind::Sent | HistoryKind::ToSelf, _) => "send",
    };
    let fee = entry.fee.map_or(0, |fee| i64::try_from(fee.to_sat()).unwrap_or(i64::MAX));
    let confirmations = if entry.state == HistoryState::Conflicted { -1 } else { i64::from(entry.confirmations) };
    let mut object = json!({
        "address": entry.counterparties.first().map(ToString::to_string),
        "category": category,
        // Core leaves the fee out of a payment's amount.
        "amount": shape::signed_coins(if category == "send" { entry.amount + fee } else { entry.amount }),
        "confirmations": confirmations,
        "txid": entry.txid,
        "time": entry.time.millis / 1000,
        "timereceived": entry.time.millis / 1000,
        "abandoned": false,
    });
    if category == "send" {
        object["fee"] = shape::signed_coins(-fee);
    }
    if let Some(hash) = entry.height.and_then(|height| session.chain().active_hash(height)) {
        object["blockhash"] = json!(hash);
        object["blockheight"] = json!(entry.height);
    }
    object
}

fn list_unspent(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let least = call.args.optional_number(0, "minconf")?.unwrap_or(1);
    let most = call.args.optional_number(1, "maxconf")?.unwrap_or(9_999_999);
    let height = session.chain().height();
    let wallet = session.wallet().ok_or_else(wallet_missing)?;
    let coins: Vec<Value> = wallet
        .coins(height)
        .into_iter()
        .filter(|coin| !matches!(coin.state, CoinState::Immature { .. }))
        .filter_map(|coin| {
            let confirmations = coin.height.map_or(0, |at| i64::from(height + 1 - at));
            (least..=most).contains(&confirmations).then(|| {
                json!({
                    "txid": coin.outpoint.txid,
                    "vout": coin.outpoint.vout,
                    "address": coin.address.to_string(),
                    "scriptPubKey": to_hex(coin.script_pubkey.as_bytes()),
                    "amount": shape::coins(coin.value),
                    "confirmations": confirmations,
                    "spendable": coin.state == CoinState::Spendable,
                    "solvable": true,
                    "safe": coin.state == CoinState::Spendable,
                })
            })
        })
        .collect();
    Ok(Outcome::Now(Value::Array(coins)))
}

fn send_to_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let address = session.address_at(call.args.text(0, "address")?, "address")?;
    let amount = call.args.amount(1, "amount")?;
    let subtract_fee = call.args.optional_bool(4, "subtractfeefromamount")?.unwrap_or(false);
    let fee_rate = call.args.optional_number(5, "fee_rate")?;
    let fee_rate = match fee_rate {
        None => session.next_block_fee_rate(),
        Some(rate) => u64::try_from(rate).map_err(|_| {
            UserError::new(code::INVALID_PARAMETER, "rpc-invalid-parameter", "fee_rate must not be negative")
                .fact("name", "fee_rate")
                .fact("reason", "negative")
        })?,
    };
    let request = PaymentRequest {
        recipients: vec![(address, amount)],
        fee_rate: crate::ledger::FeeRate::from_sat_per_vb(fee_rate),
        coins: None,
        subtract_fee,
        send_all: false,
    };
    let plan = session.plan_payment(&request).map_err(|error| payment_error(&error))?;
    let txid = session.send_plan(call.now, &plan)?;
    Ok(Outcome::Now(json!(txid)))
}

fn sign_message(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let signature = session.sign_message(call.args.text(0, "address")?, call.args.text(1, "message")?)?;
    Ok(Outcome::Now(json!(signature)))
}
