//! Core's "Wallet" section, and the "Util" methods that deal with addresses and messages.

use serde_json::{Value, json};

use super::addresses::{core_words, invalid_bitcoin_address, label};
use super::args::{not_served, shown};
use super::json as shape;
use super::param::{Kind, Param};
use super::table::{Call, Method, Outcome, Run};
use crate::api::{UserError, code};
use crate::keys::{Address, MessageError, verify_message as check_signature};
use crate::ledger::{Amount, FeeRate, to_hex};
use crate::session::driver::Session;
use crate::session::refusal::wallet_missing;
use crate::session::state::State;
use crate::wallet::{Branch, PaymentError, PaymentRequest};

pub(super) const METHODS: &[Method] = &[
    Method {
        name: "verifymessage",
        section: "Util",
        params: &[
            Param::new("address", Kind::Text, "Whose signature it should be."),
            Param::new("signature", Kind::Text, "The signature, Base64."),
            Param::new("message", Kind::Text, "The message."),
        ],
        summary: "Did the key of this address sign this message?",
        run: Run::Reads(verify_message),
    },
    Method {
        name: "validateaddress",
        section: "Util",
        params: &[Param::new("address", Kind::Text, "The address.")],
        summary: "Is this an address of this network, and of what kind?",
        run: Run::Reads(validate_address),
    },
    Method {
        name: "dumpprivkey",
        section: "Wallet",
        params: &[Param::new("address", Kind::Text, "The address.")],
        summary: "The private key of one of this wallet's addresses. Whoever has it can spend its coins.",
        run: Run::Reads(dump_private_key),
    },
    Method {
        name: "getaddressinfo",
        section: "Wallet",
        params: &[Param::new("address", Kind::Text, "The address.")],
        summary: "What this wallet knows of an address.",
        run: Run::Reads(get_address_info),
    },
    Method {
        name: "getbalances",
        section: "Wallet",
        params: &[],
        summary: "This wallet's balances: trusted, not in a block yet, and rewards that must mature.",
        run: Run::Reads(get_balances),
    },
    Method {
        name: "getnewaddress",
        section: "Wallet",
        params: &[
            Param::new("label", Kind::Text, "A name for it, at most 80 characters.").or("\"\""),
            Param::new("address_type", Kind::Text, "Its kind; only legacy (P2PKH) is served.").or("legacy"),
        ],
        summary: "A new address to be paid at. Who restores this wallet from its words looks 20 unused addresses far (BIP-0044): hand out no more than 20 in a row that nobody pays.",
        run: Run::Acts(get_new_address),
    },
    Method {
        name: "listtransactions",
        section: "Wallet",
        params: &[
            Param::new("label|dummy", Kind::Text, "Only what was received at addresses of this name; * for all.")
                .or("\"*\""),
            Param::new("count", Kind::Number, "How many lines.").or("10"),
            Param::new("skip", Kind::Number, "How many newer ones are left out.").or("0"),
            Param::new("include_watchonly", Kind::Bool, "Changes nothing: this wallet has all its keys.").optional(),
        ],
        summary: "The newest lines of this wallet's history, the oldest of them first. A payment to oneself has two.",
        run: Run::Reads(super::history::list_transactions),
    },
    Method {
        name: "listunspent",
        section: "Wallet",
        params: &[
            Param::new("minconf", Kind::Number, "The fewest confirmations.").or("1"),
            Param::new("maxconf", Kind::Number, "The most confirmations.").or("9999999"),
            Param::new("addresses", Kind::List("address"), "Only coins on these addresses; empty for all.").or("[]"),
            Param::new("include_unsafe", Kind::Bool, "Whether what others sent and no block has counts.").or("true"),
            Param::new(
                "query_options",
                Kind::Options(&[
                    Param::new("minimumAmount", Kind::Amount, "The least amount of a coin.").or("0"),
                    Param::new("maximumAmount", Kind::Amount, "The most.").optional(),
                    Param::new("maximumCount", Kind::Number, "At most so many coins; 0 for all.").or("0"),
                    Param::new("minimumSumAmount", Kind::Amount, "Stop when the sum is this.").optional(),
                    Param::new("include_immature_coinbase", Kind::Bool, "Rewards that must mature too.").or("false"),
                ]),
                "Further conditions.",
            )
            .optional(),
        ],
        summary: "The unspent coins of this wallet.",
        run: Run::Reads(super::unspent::list_unspent),
    },
    Method {
        name: "sendtoaddress",
        section: "Wallet",
        params: &[
            Param::new("address", Kind::Text, "Who is paid."),
            Param::new("amount", Kind::Amount, "How many coins."),
            Param::new("comment", Kind::Text, "A note kept by the wallet.").or("\"\"").only(&["\"\""]),
            Param::new("comment_to", Kind::Text, "The payee's name, kept by the wallet.").or("\"\"").only(&["\"\""]),
            Param::new("subtractfeefromamount", Kind::Bool, "Whether the payee bears the fee.").or("false"),
            Param::new(
                "replaceable",
                Kind::Bool,
                "Whether it says that it may be replaced (BIP-0125). Nodes like this one keep what they saw first.",
            )
            .or("false"),
            Param::new(
                "conf_target",
                Kind::Number,
                "Blocks to wait, 1 to 1008. The fee is the next block's, whatever is said.",
            )
            .optional(),
            Param::new("estimate_mode", Kind::Text, "unset, economical or conservative; the fee is the same.")
                .or("\"unset\""),
            Param::new("avoid_reuse", Kind::Bool, "Whether coins on addresses used before are left alone.")
                .or("false")
                .only(&["false"]),
            Param::new("fee_rate", Kind::Amount, "Satoshis a virtual byte, with at most three decimals.").optional(),
            Param::new("verbose", Kind::Bool, "true for the reason of the fee too.").or("false"),
        ],
        summary: "Pay an address; gives the transaction's id.",
        run: Run::Acts(send_to_address),
    },
    Method {
        name: "signmessage",
        section: "Wallet",
        params: &[
            Param::new("address", Kind::Text, "Whose key signs."),
            Param::new("message", Kind::Text, "The message."),
        ],
        summary: "Sign a message with the key of one of this wallet's addresses.",
        run: Run::Reads(sign_message),
    },
];

fn verify_message(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let (text, signature) = (call.args.text("address")?, call.args.text("signature")?);
    let address = state.address_in_core(text, |_| "Invalid address".to_owned())?;
    let valid = match check_signature(&address, call.args.text("message")?, signature, state.params()) {
        Ok(_) => true,
        Err(error @ MessageError::Base64) => {
            return Err(UserError::new(code::TYPE_ERROR, error.rule(), "Malformed base64 encoding"));
        }
        Err(_) => false,
    };
    Ok(json!(valid))
}

fn validate_address(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let text = call.args.text("address")?;
    Ok(match Address::parse(text, state.params()) {
        Ok(address) => json!({
            "isvalid": true,
            "address": address.to_string(),
            "scriptPubKey": to_hex(address.script_pubkey().as_bytes()),
            "isscript": false,
            "iswitness": false,
        }),
        Err(error) => json!({"isvalid": false, "error_locations": [], "error": core_words(&error)}),
    })
}

fn dump_private_key(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let text = call.args.text("address")?;
    state.address_in_core(text, |_| "Invalid Bitcoin address".to_owned())?;
    let reveal = state.reveal_key(text)?;
    Ok(json!(reveal.wif))
}

fn get_address_info(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let address = state.address_in_core(call.args.text("address")?, core_words)?;
    let script = address.script_pubkey();
    let wallet = state.wallet().ok_or_else(wallet_missing)?;
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
    Ok(object)
}

fn get_balances(state: &State, _call: Call<'_>) -> Result<Value, UserError> {
    let height = state.chain().height();
    let balance = state.wallet().ok_or_else(wallet_missing)?.balance(height);
    Ok(json!({
        "mine": {
            "trusted": shape::coins(balance.spendable),
            "untrusted_pending": shape::coins(balance.pending),
            "immature": shape::coins(balance.immature),
        },
        "lastprocessedblock": {"hash": state.chain().tip().hash, "height": height},
    }))
}

fn get_new_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    let label = label(call.args.optional_text("label")?.unwrap_or_default())?;
    match call.args.optional_text("address_type")? {
        None | Some("legacy") => {}
        Some("p2sh-segwit" | "bech32" | "bech32m") => return Err(not_served("address_type", "legacy")),
        Some(other) => {
            let text = format!("Unknown address type '{}'", shown(other));
            return Err(
                UserError::new(code::INVALID_ADDRESS_OR_KEY, "rpc-address-type", text).fact("found", shown(other))
            );
        }
    }
    let view = session.new_address(&label)?;
    Ok(Outcome::Now(json!(view.address)))
}

/// A wallet's refusal in Core's words and with its code (`SendMoney`, `wallet/spend.cpp`).
fn payment_refused(error: &PaymentError, asked: Amount) -> UserError {
    let sat_per_vbyte =
        |rate: FeeRate| format!("{}.{:03} sat/vB", rate.to_sat_per_kvb() / 1000, rate.to_sat_per_kvb() % 1000);
    let words = match error {
        PaymentError::Dust { amount, .. } if *amount == asked => "Transaction amount too small".to_owned(),
        PaymentError::Dust { .. } => {
            "The transaction amount is too small to send after the fee has been deducted".to_owned()
        }
        PaymentError::FeeAboveAmount { .. } => "The transaction amount is too small to pay the fee".to_owned(),
        PaymentError::Insufficient { .. } => "Insufficient funds".to_owned(),
        PaymentError::FeeTooLow { asked, least } => format!(
            "Fee rate ({}) is lower than the minimum fee rate setting ({}).",
            sat_per_vbyte(*asked),
            sat_per_vbyte(*least)
        ),
        PaymentError::FeeTooHigh { .. } => {
            "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)".to_owned()
        }
        PaymentError::TooManyInputs { .. } => "The inputs size exceeds the maximum weight. Please try sending a smaller amount or manually consolidating your wallet's UTXOs".to_owned(),
        _ => error.to_string(),
    };
    UserError::new(code::WALLET_INSUFFICIENT_FUNDS, error.rule(), words).facts(error.facts())
}

/// The fee rate asked for, if one is (Core `SetFeeEstimateMode`).
fn asked_fee_rate(call: &Call<'_>) -> Result<Option<FeeRate>, UserError> {
    let mode = call.args.optional_text("estimate_mode")?;
    let invalid =
        |name: &str, text: String| UserError::new(code::INVALID_PARAMETER, "rpc-fee-settings", text).fact("name", name);
    if let Some(rate) = call.args.get("fee_rate") {
        if call.args.get("conf_target").is_some() {
            return Err(invalid("conf_target", "Cannot specify both conf_target and fee_rate. Please provide either a confirmation target in blocks for automatic fee estimation, or an explicit fee rate.".to_owned()));
        }
        if mode.is_some_and(|mode| mode != "unset") {
            return Err(invalid("estimate_mode", "Cannot specify both estimate_mode and fee_rate".to_owned()));
        }
        debug_assert!(!rate.is_null(), "null is not given");
        return call.args.optional_fee_rate("fee_rate");
    }
    let is_mode =
        |mode: &str| ["unset", "economical", "conservative"].iter().any(|known| known.eq_ignore_ascii_case(mode));
    if mode.is_some_and(|mode| !is_mode(mode)) {
        return Err(invalid(
            "estimate_mode",
            "Invalid estimate_mode parameter, must be one of: \"unset\", \"economical\", \"conservative\"".to_owned(),
        ));
    }
    let target = call.args.optional_number::<i32>("conf_target")?;
    if target.is_some_and(|target| !(1..=CONF_TARGET_MAX).contains(&target)) {
        let text = format!("Invalid conf_target, must be between 1 and {CONF_TARGET_MAX}");
        return Err(invalid("conf_target", text));
    }
    Ok(None)
}

/// Most blocks that Core's estimates look ahead.
const CONF_TARGET_MAX: i32 = 1008;

fn send_to_address(session: &mut Session, call: Call<'_>) -> Result<Outcome, UserError> {
    session.wallet().ok_or_else(wallet_missing)?;
    let asked = asked_fee_rate(&call)?;
    let amount = call.args.amount("amount")?;
    let address = invalid_bitcoin_address(session, call.args.text("address")?)?;
    let least = FeeRate::from_sat_per_kvb(session.mempool().limits().min_fee_sat_per_kvb);
    let next = FeeRate::from_sat_per_vb(session.next_block_fee_rate());
    let request = PaymentRequest {
        recipients: vec![(address, amount)],
        fee_rate: asked.unwrap_or(next),
        coins: None,
        subtract_fee: call.args.optional_bool("subtractfeefromamount")?.unwrap_or(false),
        replaceable: call.args.optional_bool("replaceable")?.unwrap_or(false),
        send_all: false,
    };
    let plan = session.plan_payment(&request).map_err(|error| payment_refused(&error, amount))?;
    let txid = session.send_plan(call.now, &plan)?;
    if !call.args.optional_bool("verbose")?.unwrap_or(false) {
        return Ok(Outcome::Now(json!(txid)));
    }
    let reason = match asked {
        Some(_) => "PayTxFee set",
        None if next == least => "Mempool Min Fee",
        None => "Next Block",
    };
    Ok(Outcome::Now(json!({"txid": txid, "fee_reason": reason})))
}

fn sign_message(state: &State, call: Call<'_>) -> Result<Value, UserError> {
    let text = call.args.text("address")?;
    state.address_in_core(text, |_| "Invalid address".to_owned())?;
    let signature = state.sign_message(text, call.args.text("message")?)?;
    Ok(json!(signature))
}
