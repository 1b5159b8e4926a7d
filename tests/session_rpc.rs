//! The RPC against Bitcoin Core's answers: what is typed in the console or called by a script goes
//! the whole way, through the method's table to the answer or the error.

mod session_support;

use serde_json::{Value, json};
use session_support::{Browser, MATURITY, text, with_coins, with_digit_changed};
use tabchain::ledger::Network;

/// An address that no wallet here has.
const STRANGER: &str = "mhSfwmFGmD5KcJxUfVdxrfe55uCqkptc6a";
/// A transaction without inputs that pays half a coin to [`STRANGER`].
const NO_INPUTS: &str = "02000000000180f0fa02000000001976a9141520f087720e1811802ded9bc38018da99111f9088ac00000000";

/// Code and text of the error that a call is answered with.
fn refusal(browser: &mut Browser, method: &str, params: Value) -> (i32, String) {
    let shown = format!("{method} {params}");
    match browser.rpc("A", method, params) {
        Ok(value) => panic!("{shown} is answered: {value}"),
        Err(error) => (error.code, error.text),
    }
}

fn line_refusal(browser: &mut Browser, line: &str) -> (i32, String) {
    match browser.line("A", line) {
        Ok(answer) => panic!("{line} is answered: {answer}"),
        Err(error) => (error.code, error.text),
    }
}

/// Satoshis of fee and virtual bytes of a transaction that waits.
fn fee_and_size(browser: &mut Browser, txid: &Value) -> (u64, u64) {
    let pool = browser.call("A", "getrawmempool", json!([true]));
    let entry = &pool[txid.as_str().expect("an id")];
    let fee = entry["fees"]["base"].as_f64().expect("a fee");
    ((fee * 1e8).round() as u64, entry["vsize"].as_u64().expect("a size"))
}

#[test]
fn too_many_and_too_few_parameters_are_core_s_error_with_the_methods_help() {
    let mut browser = with_coins(0);
    let mine = text(browser.call("A", "getnewaddress", json!([])));
    let cases = [
        ("getblockcount 1".to_owned(), "getblockcount"),
        ("getblockhash".to_owned(), "getblockhash height"),
        ("getblock".to_owned(), "getblock \"blockhash\" ( verbosity )"),
        (format!("signmessage {mine} pay Bob 5"), "signmessage \"address\" \"message\""),
        (format!("signmessage {mine}"), "signmessage \"address\" \"message\""),
        (
            "sendtoaddress x".to_owned(),
            "sendtoaddress \"address\" amount ( \"comment\" \"comment_to\" subtractfeefromamount replaceable conf_target \"estimate_mode\" avoid_reuse fee_rate verbose )",
        ),
        (
            "listunspent 1 2 [] true {} 6".to_owned(),
            "listunspent ( minconf maxconf [\"address\",...] include_unsafe query_options )",
        ),
        ("listtransactions a 1 2 true 5".to_owned(), "listtransactions ( \"label\" count skip include_watchonly )"),
        ("testmempoolaccept".to_owned(), "testmempoolaccept [\"rawtx\",...] ( maxfeerate )"),
        ("sendrawtransaction".to_owned(), "sendrawtransaction \"hexstring\" ( maxfeerate maxburnamount )"),
    ];
    for (line, usage) in cases {
        let (code, help) = line_refusal(&mut browser, &line);
        assert_eq!((code, help.lines().next()), (-1, Some(usage)), "{line}");
        let method = usage.split(' ').next().expect("a name");
        assert_eq!(browser.line("A", &format!("help {method}")).expect("help"), help, "it is the method's help");
    }
    // More than the seven that once passed.
    let (code, _) = refusal(&mut browser, "getblockcount", json!([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    assert_eq!(code, -1);
}

#[test]
fn named_parameters_work_as_core_s() {
    let mut browser = with_coins(1);
    let genesis = browser.call("A", "getblockhash", json!([0]));
    assert_eq!(browser.call("A", "getblockhash", json!([{"height": 0}])), genesis);
    assert_eq!(browser.call("A", "getblockhash", json!([{"args": [0]}])), genesis);
    assert_eq!(browser.line("A", "getblockhash {\"height\": 0}").ok().map(Value::String), Some(genesis.clone()));
    let header = browser.call("A", "getblockheader", json!([{"args": [genesis], "verbose": false}]));
    assert_eq!(text(header).len(), 160);
    let named = json!([{"address": STRANGER, "amount": 0.01, "fee_rate": 5}]);
    let txid = browser.call("A", "sendtoaddress", named);
    let (fee, size) = fee_and_size(&mut browser, &txid);
    assert!(fee >= 5 * size && fee < 5 * (size + 3), "{fee} for {size}");
    let cases = [
        ("getblockhash", json!([{"hieght": 0}]), -8, "Unknown named parameter hieght"),
        ("getblockcount", json!([{"x": 0}]), -8, "Unknown named parameter x"),
        (
            "getblockhash",
            json!([{"args": [0], "height": 0}]),
            -8,
            "Parameter height specified twice both as positional and named argument",
        ),
    ];
    for (method, params, code, words) in cases {
        assert_eq!(refusal(&mut browser, method, params), (code, words.to_owned()));
    }
    let (code, _) = refusal(&mut browser, "getblockhash", json!([{}]));
    assert_eq!(code, -1, "a height is missing");
}

#[test]
fn the_console_signs_the_text_that_was_typed() {
    let mut browser = with_coins(0);
    let mine = text(browser.call("A", "getnewaddress", json!([])));
    let cases = [
        ("2024", "2024"),
        ("null", "null"),
        ("true", "true"),
        ("1.50", "1.50"),
        ("\"pay Bob 5\"", "pay Bob 5"),
        ("“pay Bob 5”", "pay Bob 5"),
        ("„pay Bob 5“", "pay Bob 5"),
        ("‘pay Bob 5’", "pay Bob 5"),
        ("«pay Bob 5»", "pay Bob 5"),
        ("「付 5」", "付 5"),
    ];
    for (typed, message) in cases {
        let signature = browser.line("A", &format!("signmessage {mine} {typed}")).expect(typed);
        let verdict = browser.call("A", "verifymessage", json!([mine, signature, message]));
        assert_eq!(verdict, json!(true), "{typed}");
    }
    for typed in ["\"pay Bob", "“pay Bob 5", "'pay"] {
        let error = browser.line("A", &format!("signmessage {mine} {typed}")).expect_err("never closed");
        assert_eq!((error.code, error.rule.as_str()), (-1, "rpc-quote-not-closed"), "{typed}");
    }
}

#[test]
fn an_amount_is_what_was_given_exactly_or_refused() {
    let mut browser = with_coins(2);
    for amount in [json!(0.999999999), json!("0.999999999"), json!(0.1 + 0.2), json!("+1"), json!(".1"), json!("1,5")] {
        let found = refusal(&mut browser, "sendtoaddress", json!([STRANGER, amount]));
        assert_eq!(found, (-3, "Invalid amount".to_owned()), "{amount}");
    }
    for amount in ["-1", "21000001", "-0.00000001"] {
        let found = refusal(&mut browser, "sendtoaddress", json!([STRANGER, amount]));
        assert_eq!(found, (-3, "Amount out of range".to_owned()), "{amount}");
    }
    let found = refusal(&mut browser, "sendtoaddress", json!([STRANGER, null]));
    assert_eq!(found, (-3, "Amount is not a number or string".to_owned()));
    let txid = browser.call("A", "sendtoaddress", json!([STRANGER, "1e-3"]));
    let paid = browser.call("A", "getrawtransaction", json!([txid, 1]));
    let values: Vec<&Value> = paid["vout"].as_array().expect("outputs").iter().map(|out| &out["value"]).collect();
    assert!(values.contains(&&json!(0.001)), "{values:?}");
    // More digits than a floating point number keeps, typed in the console.
    let found = line_refusal(&mut browser, &format!("sendtoaddress {STRANGER} 1.00000000000000000001"));
    assert_eq!(found, (-3, "Invalid amount".to_owned()));
}

#[test]
fn amounts_are_printed_with_eight_decimals() {
    let mut browser = with_coins(1);
    let txid = browser.line("A", &format!("sendtoaddress {STRANGER} 0.5")).expect("sent");
    let shown = browser.line("A", "getmempoolinfo").expect("figures");
    let fee = browser.line("A", "getrawmempool true").expect("figures");
    assert!(shown.contains("\"minrelaytxfee\":0.00001000"), "{shown}");
    assert!(fee.contains("\"base\":0.00000226") || fee.contains("\"base\":0.00000225"), "{fee}");
    let lines = browser.line("A", "listtransactions * 1").expect("lines");
    assert!(lines.contains("\"amount\":-0.50000000") && lines.contains("\"fee\":-0.0000022"), "{lines}");
    assert!(browser.line("A", &format!("getrawtransaction {txid} 2")).expect("it").contains("\"value\":0.50000000"));
    let difficulty = browser.line("A", "getdifficulty").expect("a number");
    assert_eq!(difficulty, "4.656542373906925e-10", "as Core prints it on regtest");
}

#[test]
fn the_parameters_of_sendtoaddress_stand_where_core_has_them() {
    let mut browser = with_coins(8);
    let sent = json!([STRANGER, 1, "", "", false, null, null, "unset", null, 25]);
    let txid = browser.call("A", "sendtoaddress", sent);
    let (fee, size) = fee_and_size(&mut browser, &txid);
    assert!(fee >= 25 * size && fee < 25 * (size + 3), "{fee} for {size}");

    let line = format!("sendtoaddress {STRANGER} 1 \"\" \"\" false true null unset false 1.5 true");
    let answer: Value = serde_json::from_str(&browser.line("A", &line).expect("sent")).expect("JSON");
    assert_eq!(answer["fee_reason"], "PayTxFee set");
    let (fee, size) = fee_and_size(&mut browser, &answer["txid"]);
    assert!(2 * fee >= 3 * size && 2 * fee < 3 * (size + 3), "{fee} for {size}");
    let replaceable = browser.call("A", "getrawtransaction", json!([answer["txid"], 1]));
    assert_eq!(replaceable["vin"][0]["sequence"], 0xffff_fffd_u32);

    browser.call("A", "sendtoaddress", json!([STRANGER, 1, "", "", false, false, 6, "economical"]));
    let rate_and = |target: Value, mode: Value| json!([STRANGER, 1, "", "", false, null, target, mode, null, 2]);
    let at = |position: usize, value: Value| {
        let mut params = vec![json!(STRANGER), json!(1)];
        params.resize(position, Value::Null);
        params.push(value);
        Value::Array(params)
    };
    let cases = [
        (
            rate_and(json!(6), json!(null)),
            -8,
            "Cannot specify both conf_target and fee_rate. Please provide either a confirmation target in blocks for automatic fee estimation, or an explicit fee rate.",
        ),
        (rate_and(json!(null), json!("economical")), -8, "Cannot specify both estimate_mode and fee_rate"),
        (at(6, json!(0)), -8, "Invalid conf_target, must be between 1 and 1008"),
        (
            at(7, json!("fast")),
            -8,
            "Invalid estimate_mode parameter, must be one of: \"unset\", \"economical\", \"conservative\"",
        ),
        (at(9, json!(0.01)), -6, "Fee rate (0.010 sat/vB) is lower than the minimum fee rate setting (1.000 sat/vB)."),
        (at(9, json!(1.0001)), -3, "Invalid amount"),
        (json!([STRANGER, 0.00000545]), -6, "Transaction amount too small"),
        (json!([STRANGER, 5000]), -6, "Insufficient funds"),
        (json!(["", 1]), -5, "Invalid Bitcoin address: "),
    ];
    for (params, code, words) in cases {
        assert_eq!(refusal(&mut browser, "sendtoaddress", params), (code, words.to_owned()));
    }
    // What Core takes and this node does not is never passed over.
    for params in [at(2, json!("rent")), at(3, json!("Ann")), at(8, json!(true))] {
        let error = browser.rpc("A", "sendtoaddress", params).expect_err("not served");
        assert_eq!((error.code, error.rule.as_str()), (-8, "rpc-not-served"));
    }
}

#[test]
fn what_core_takes_and_this_node_does_not_serve_is_an_error_that_says_so() {
    let mut browser = with_coins(0);
    let mine = text(browser.call("A", "getnewaddress", json!([])));
    let cases = [
        ("getrawmempool", json!([false, true])),
        ("gettxoutsetinfo", json!(["muhash"])),
        ("gettxoutsetinfo", json!(["none", 5])),
        ("getnewaddress", json!(["", "bech32"])),
        ("getnewaddress", json!(["x".repeat(81)])),
        ("generatetoaddress", json!([1001, mine])),
    ];
    for (method, params) in cases {
        let error = browser.rpc("A", method, params.clone()).expect_err("not served");
        assert_eq!((error.code, error.rule.as_str()), (-8, "rpc-not-served"), "{method} {params}");
    }
    assert_eq!(browser.call("A", "generatetoaddress", json!([0, mine])), json!([]), "none asked for, none mined");
    assert_eq!(browser.call("A", "generatetoaddress", json!([1, mine, 0])), json!([]), "no try, no block");
}

#[test]
fn listunspent_gives_the_coins_asked_for() {
    let mut browser = with_coins(3);
    let shop = text(browser.call("A", "getnewaddress", json!(["shop"])));
    let other = text(browser.call("A", "getnewaddress", json!([])));
    for amount in [1, 2] {
        browser.call("A", "sendtoaddress", json!([shop, amount]));
    }
    browser.mine("A", 1);
    let count = |browser: &mut Browser, params: Value| {
        browser.call("A", "listunspent", params).as_array().expect("a list").len()
    };
    let all = count(&mut browser, json!([]));
    assert!(all > 2);
    assert_eq!(count(&mut browser, json!([0, 9_999_999, [shop]])), 2);
    assert_eq!(count(&mut browser, json!([0, 9_999_999, [other]])), 0);
    assert_eq!(count(&mut browser, json!([0, 9_999_999, []])), all);
    assert_eq!(count(&mut browser, json!([{"addresses": [shop], "minimumAmount": "1.5"}])), 1);
    assert_eq!(count(&mut browser, json!([1, 9_999_999, [shop], true, {"maximumAmount": 1}])), 1);
    assert_eq!(count(&mut browser, json!([{"maximumCount": 1}])), 1);
    assert_eq!(count(&mut browser, json!([{"addresses": [shop], "minimumSumAmount": 0.5}])), 1);
    let labelled = browser.call("A", "listunspent", json!([{"addresses": [shop]}]));
    assert_eq!(labelled[0]["label"], "shop");
    let cases = [
        (json!([1, 9, ["x"]]), -5, "Invalid Bitcoin address: x".to_owned()),
        (json!([1, 9, [shop, shop]]), -8, format!("Invalid parameter, duplicated address: {shop}")),
        (json!([1, 9, [5]]), -3, "JSON value of type number is not of expected type string".to_owned()),
        (json!([1, 9, [], true, {"least": 1}]), -3, "Unexpected key least".to_owned()),
        (
            json!([1, 9, [], true, {"maximumCount": "1"}]),
            -3,
            "JSON value of type string for field maximumCount is not of expected type number".to_owned(),
        ),
    ];
    for (params, code, words) in cases {
        assert_eq!(refusal(&mut browser, "listunspent", params), (code, words));
    }
}

#[test]
fn a_payment_to_oneself_has_two_lines_with_address_and_label() {
    let mut browser = with_coins(1);
    let mine = text(browser.call("A", "getnewaddress", json!(["savings"])));
    let txid = browser.call("A", "sendtoaddress", json!([mine, 1.5]));
    let check = |browser: &mut Browser, confirmations: u32| {
        let lines = browser.call("A", "listtransactions", json!([]));
        let of_it: Vec<&Value> = lines.as_array().expect("lines").iter().filter(|line| line["txid"] == txid).collect();
        let [received, sent] = of_it.as_slice() else { panic!("two lines, not {lines}") };
        assert_eq!((received["category"].as_str(), sent["category"].as_str()), (Some("receive"), Some("send")));
        assert_eq!((&received["amount"], &sent["amount"]), (&json!(1.5), &json!(-1.5)));
        for line in [received, sent] {
            assert_eq!(line["address"], mine.as_str());
            assert_eq!(line["label"], "savings");
            assert_eq!(line["confirmations"], confirmations);
            assert_eq!(line["abandoned"], false);
        }
        assert_eq!(received["vout"], sent["vout"]);
        assert!(received["fee"].is_null() && sent["fee"].as_f64().is_some_and(|fee| fee < 0.0));
    };
    check(&mut browser, 0);
    browser.mine("A", 1);
    check(&mut browser, 1);

    let named = browser.call("A", "listtransactions", json!(["savings"]));
    assert_eq!(named.as_array().map(Vec::len), Some(1), "the label's receipts only: {named}");
    assert_eq!(named[0]["category"], "receive");
    assert_eq!(browser.call("A", "listtransactions", json!(["nobody"])), json!([]));
    let cases = [
        (json!([""]), -8, "Label argument must be a valid label name or \"*\"."),
        (json!(["*", -1]), -8, "Negative count"),
        (json!(["*", 1, -1]), -8, "Negative from"),
    ];
    for (params, code, words) in cases {
        assert_eq!(refusal(&mut browser, "listtransactions", params), (code, words.to_owned()));
    }
}

#[test]
fn who_receives_reads_his_own_address_and_who_sends_the_others() {
    let mut browser = with_coins(1);
    browser.open("B");
    let to = text(browser.call("B", "getnewaddress", json!(["from A"])));
    browser.call("A", "sendtoaddress", json!([to, 2]));
    browser.settle();
    let received = browser.call("B", "listtransactions", json!([]));
    assert_eq!(received.as_array().map(Vec::len), Some(1));
    let line = &received[0];
    assert_eq!((line["address"].as_str(), line["label"].as_str()), (Some(to.as_str()), Some("from A")));
    assert_eq!((line["category"].as_str(), &line["amount"]), (Some("receive"), &json!(2.0)));
    let sent = browser.call("A", "listtransactions", json!(["*", 1]));
    assert_eq!((sent[0]["address"].as_str(), &sent[0]["amount"]), (Some(to.as_str()), &json!(-2.0)));
    assert!(sent[0]["label"].is_null(), "A has no name for it");
}

#[test]
fn a_raw_transaction_can_be_sent_again_while_it_waits() {
    let mut browser = with_coins(2);
    let hex = browser.pay("A", "A");
    let txid = browser.call("A", "decoderawtransaction", json!([hex]))["txid"].clone();
    assert_eq!(browser.call("A", "sendrawtransaction", json!([hex])), txid);
    browser.mine("A", 1);
    let found = refusal(&mut browser, "sendrawtransaction", json!([hex]));
    assert_eq!(found, (-27, "Transaction outputs already in utxo set".to_owned()));
    let missing = with_digit_changed(&hex, 12);
    let found = refusal(&mut browser, "sendrawtransaction", json!([missing]));
    assert_eq!(found, (-25, "bad-txns-inputs-missingorspent".to_owned()));
    let tested = browser.call("A", "testmempoolaccept", json!([[missing]]));
    assert_eq!(tested[0]["reject-reason"], "missing-inputs");
}

#[test]
fn a_raw_transaction_that_pays_or_burns_too_much_is_refused_unless_allowed() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 1);
    // A payment of B that B has not sent: it is made there and given to A.
    let mine = text(browser.call("A", "getnewaddress", json!([])));
    let txid = browser.call("A", "sendtoaddress", json!([mine, 1, "", "", false, null, null, null, null, 10000]));
    let hex = text(browser.call("A", "getrawtransaction", json!([txid])));
    let (fee, size) = fee_and_size(&mut browser, &txid);
    assert!(fee > 10_000 * (size - 3), "at the limit of what the wallet pays");
    let mut other = Browser::new(Network::Regtest);
    other.open("A");
    other.mine("A", MATURITY + 1);
    // The same entropy and clock make the same chain, so the same payment is valid there.
    let cases = [(json!(0.09), false), (json!("0.09"), false), (json!(0), true), (json!(0.2), true)];
    for (most, allowed) in cases {
        let tested = other.call("A", "testmempoolaccept", json!([[hex], most]));
        assert_eq!(tested[0]["allowed"], json!(allowed), "{most}: {tested}");
        if !allowed {
            assert_eq!(tested[0]["reject-reason"], "max-fee-exceeded");
            let found = refusal(&mut other, "sendrawtransaction", json!([hex, most]));
            let words = "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)";
            assert_eq!(found, (-25, words.to_owned()));
        }
    }
    let found = refusal(&mut other, "sendrawtransaction", json!([hex, 1]));
    assert_eq!(found, (-8, "Fee rates larger than or equal to 1BTC/kvB are not accepted".to_owned()));

    // An output that begins with OP_RETURN, worth half a coin.
    let burning = NO_INPUTS.replace("1976a914", "196aa914");
    let with_input = format!("0200000001{}00ffffffff{}", "11".repeat(36), &burning[10..]);
    let words = "Unspendable output exceeds maximum configured by user (maxburnamount)";
    let found = refusal(&mut other, "sendrawtransaction", json!([with_input]));
    assert_eq!(found, (-25, words.to_owned()));
    let found = refusal(&mut other, "sendrawtransaction", json!([with_input, 0, 0.4]));
    assert_eq!(found, (-25, words.to_owned()));
    let (code, found) = refusal(&mut other, "sendrawtransaction", json!([with_input, 0, 0.5]));
    assert_eq!(code, -25, "its coin is missing: {found}");
    assert_ne!(found, words);
}

#[test]
fn a_transaction_without_inputs_is_decoded_by_trying_both_encodings() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    let decoded = browser.call("A", "decoderawtransaction", json!([NO_INPUTS]));
    assert_eq!(decoded["vin"], json!([]));
    assert_eq!(decoded["vout"][0]["value"], json!(0.5));
    assert_eq!(decoded["vout"][0]["scriptPubKey"]["address"], STRANGER);
    assert_eq!(browser.call("A", "decoderawtransaction", json!([NO_INPUTS, false])), decoded);
    let found = refusal(&mut browser, "decoderawtransaction", json!([NO_INPUTS, true]));
    assert_eq!(found, (-22, "TX decode failed".to_owned()));
    let (code, _) = refusal(&mut browser, "sendrawtransaction", json!([NO_INPUTS]));
    assert_eq!(code, -26, "it is read, and breaks a rule");
}
