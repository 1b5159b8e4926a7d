//! The RPC against a recording of a Bitcoin Core's answers: the same calls give the same errors in the same words, and
//! whatever stands in an answer has Core's name and place; what is otherwise is written down here, with the reason.
//!
//! The recording is read from `$TABCHAIN_VECTORS` or `../shared/vectors`; without it the tests are skipped loudly.

mod session_support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};
use session_support::{text, with_coins, with_digit_changed};

/// An address that no wallet here has.
const STRANGER: &str = "mhSfwmFGmD5KcJxUfVdxrfe55uCqkptc6a";
/// Names in Core's answers that this node has nothing for, wherever they stand.
const NOT_GIVEN: &[(&str, &[&str])] = &[
    ("there are no descriptors here", &["desc", "parent_desc", "parent_descs", "hdmasterfingerprint", "hdseedid"]),
    ("nothing is on a disk", &["disk_size"]),
    ("there is no cluster mempool here", &["limitclustercount", "limitclustersize", "optimal", "chunk", "chunkweight"]),
    ("the mempool's packages are not told", &["ancestorcount", "ancestorsize", "ancestorfees", "ancestor"]),
    ("the mempool's packages are not told", &["descendantcount", "descendantsize", "descendant", "modified"]),
    ("there is one size of a payment here", &["vsize_adjusted", "vsize_bip141"]),
    ("policies this node has no settings for", &["incrementalrelayfee", "maxdatacarriersize", "permitbaremultisig"]),
    ("policies this node has no settings for", &["blockmintxfee", "tx_send_rate", "unbroadcast"]),
    ("the network is of tabs", &["inv_buckets", "networks"]),
    ("told by the miner's view", &["currentblocktx", "currentblockweight", "networkhashps"]),
    ("not kept", &["timestamp", "alternate_wtxids", "walletconflicts", "mempoolconflicts", "nonmempool"]),
    ("not told", &["wtxid", "height"]),
];

/// Names in this node's answers that this Core has not (any more), and why they are there.
const ADDED: &[(&str, &[&str])] = &[
    ("earlier Cores told it; the replacement of payments is a lesson", &["fullrbf", "bip125-replaceable"]),
    ("earlier Cores told it; the miner of a tab runs in the node", &["generate", "hashespersec"]),
    ("a waiting payment's coins are known here, in a block Core tells the same", &["fee", "prevout"]),
];

/// Whether one of the names on the way to a field is among these.
fn is_among(table: &[(&str, &[&str])], field: &str) -> bool {
    let listed = |name: &str| table.iter().any(|(_, names)| names.contains(&name));
    field.split('.').any(|name| listed(name.trim_end_matches("[]")))
}

/// The recording of a Bitcoin Core's answers.
fn recording(name: &str) -> Option<Value> {
    let folder = std::env::var_os("TABCHAIN_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    let path = folder.join("core-rpc").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no {} ($TABCHAIN_VECTORS names the folder)", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("the recording is JSON"))
}

/// What this node answers otherwise than Core, and why: the code it gives, or none for an answer.
fn differs(method: &str, params: &str) -> Option<Option<i32>> {
    let is_segwit = params.contains("bcrt1");
    match method {
        // Only addresses of one key by its hash are paid to here.
        "sendtoaddress" | "generatetoaddress" | "getaddressinfo" if is_segwit => Some(Some(-5)),
        "getnewaddress" if params.contains("p2sh-segwit") => Some(Some(-8)),
        // Not kept by this wallet.
        "sendtoaddress" if params.contains("rent") => Some(Some(-8)),
        // Of Core's early versions, and useful in a lesson.
        "dumpprivkey" if params.contains("$mine") => Some(None),
        "dumpprivkey" => Some(Some(-4)),
        _ => None,
    }
}

/// Ids and addresses of one run, so that texts of two can be compared.
fn without_hashes(text: &str) -> String {
    let is_hex = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut words = Vec::new();
    for word in text.split(' ') {
        let bare = word.trim_matches(|character: char| !character.is_ascii_alphanumeric());
        words.push(if is_hex(bare) && bare.bytes().any(|byte| byte != b'z') {
            word.replace(bare, "HASH")
        } else {
            word.to_owned()
        });
    }
    words.join(" ")
}

#[test]
fn every_recorded_call_is_answered_as_by_core() {
    let Some(recording) = recording("errors.json") else { return };
    let mut browser = with_coins(12);
    let mine = text(browser.call("A", "getnewaddress", json!([])));
    let signature = text(browser.call("A", "signmessage", json!([mine, "hello"])));
    let tip = text(browser.call("A", "getbestblockhash", json!([])));
    let block_hex = text(browser.call("A", "getblock", json!([tip, 0])));
    let paid = text(browser.call("A", "sendtoaddress", json!([STRANGER, 0.5])));
    browser.mine("A", 1);
    let paid_block = text(browser.call("A", "getbestblockhash", json!([])));
    let paid_hex = text(browser.call("A", "getrawtransaction", json!([paid])));
    let waiting_hex = browser.pay("A", "A");
    let genesis = browser.call("A", "getblockhash", json!([0]));
    let genesis_tx = text(browser.call("A", "getblock", json!([genesis]))["tx"][0].clone());
    let fill = |text: &str| -> String {
        // The longer names first, as some begin like others.
        let named = [
            ("$tip in capitals", tip.to_uppercase()),
            ("$paid_hex in capitals", paid_hex.to_uppercase()),
            ("$missing_input_hex", with_digit_changed(&paid_hex, 12)),
            ("$broken_hex", with_digit_changed(&waiting_hex, (4 + 1 + 36 + 1 + 1 + 4 + 10) * 2)),
            ("$waiting_hex", waiting_hex.clone()),
            ("$orphan_hex", with_digit_changed(&block_hex, 12)),
            ("$block_hex", block_hex.clone()),
            ("$paid_block", paid_block.clone()),
            ("$paid_hex", paid_hex.clone()),
            ("$paid", paid.clone()),
            ("$genesis_tx", genesis_tx.clone()),
            ("$signature", signature.clone()),
            ("$mine", mine.clone()),
            ("$tip", tip.clone()),
        ];
        named.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let calls = recording["calls"].as_array().expect("calls");
    let mut compared = 0;
    for call in calls {
        let method = call["method"].as_str().expect("a method");
        let recorded = call["params"].to_string();
        if method == "setgenerate" {
            // Core has it no more; here it would mine until it is told to stop.
            continue;
        }
        let params: Value = serde_json::from_str(&fill(&recorded)).expect("JSON");
        let params = if params.is_object() { json!([params]) } else { params };
        let answer = browser.rpc("A", method, params);
        let shown = format!("{method} {recorded}");
        compared += 1;
        if let Some(code) = differs(method, &recorded) {
            assert_eq!(answer.err().map(|error| error.code), code, "{shown}");
            continue;
        }
        match (call.get("error"), answer) {
            (None, Ok(value)) => {
                let kind = |value: &Value| std::mem::discriminant(value);
                assert_eq!(kind(&value), kind(&call["result"]), "{shown}: {value}");
                if let (Some(ours), Some(theirs)) = (value.as_bool(), call["result"].as_bool()) {
                    assert_eq!(ours, theirs, "{shown}");
                }
                let theirs = &call["result"]["error"];
                // Core takes two kinds of addresses more; what it refuses is refused in its words.
                if method == "validateaddress" && theirs.is_string() {
                    assert_eq!(value["error"], *theirs, "{shown}");
                }
                if method == "submitblock" {
                    assert_eq!(value, call["result"], "{shown}");
                }
            }
            (Some(error), Err(found)) => {
                let wanted = error["message"].as_str().expect("a text");
                // Of help the recording has the first line.
                let is_help = found.code == -1 && found.rule == "rpc-usage";
                let words = if is_help { found.text.lines().next().unwrap_or_default() } else { &found.text };
                assert_eq!(
                    (i64::from(found.code), without_hashes(words)),
                    (error["code"].as_i64().expect("a code"), without_hashes(wanted)),
                    "{shown}"
                );
            }
            (Some(error), Ok(value)) => panic!("{shown}: answered {value}, Core says {error}"),
            (None, Err(found)) => panic!("{shown}: Core answers, found {} {}", found.code, found.text),
        }
    }
    assert!(compared > 90, "the recording has its calls: {compared}");
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// The names in a value, as the recording writes them: `a.b`, `list[]`, `<hash>` for an object's key that is an id.
fn fields(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let is_id = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
                let name = if is_id { "<hash>" } else { name };
                let path = if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
                found.insert(path.clone());
                fields(value, &path, found);
            }
        }
        Value::Array(list) => {
            let path = format!("{at}[]");
            for value in list {
                found.insert(path.clone());
                fields(value, &path, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_an_answer_is_one_of_cores() {
    let Some(recording) = recording("fields.json") else { return };
    let mut browser = with_coins(12);
    let mut call = |name: &str, params: Value| -> Value { browser.call("A", name, params) };
    let mine = text(call("getnewaddress", json!(["rent"])));
    let foreign = "mhSfwmFGmD5KcJxUfVdxrfe55uCqkptc6a";
    let paid = call("sendtoaddress", json!([mine, 1.5]));
    call("generatetoaddress", json!([1, mine]));
    let tip = call("getbestblockhash", json!([]));
    let genesis = call("getblockhash", json!([0]));
    let coinbase = call("getblock", json!([tip]))["tx"][0].clone();
    let waiting = call("sendtoaddress", json!([foreign, 0.25]));
    let waiting_hex = call("getrawtransaction", json!([waiting]));
    let coinbase_hex = call("getrawtransaction", json!([coinbase, 0, tip]));
    let signature = call("signmessage", json!([mine, "hello"]));
    let raw_tip = call("getblock", json!([tip, 0]));
    let cases: Vec<(&str, &str, Value)> = vec![
        ("getbestblockhash", "getbestblockhash", json!([])),
        ("getblockhash", "getblockhash", json!([1])),
        ("getblockcount", "getblockcount", json!([])),
        ("getblockchaininfo", "getblockchaininfo", json!([])),
        ("getdifficulty", "getdifficulty", json!([])),
        ("getchaintips", "getchaintips", json!([])),
        ("gettxoutsetinfo", "gettxoutsetinfo", json!([])),
        ("gettxoutsetinfo none", "gettxoutsetinfo", json!(["none"])),
        ("getblock 0 tip", "getblock", json!([tip, 0])),
        ("getblock 1 tip", "getblock", json!([tip, 1])),
        ("getblock 2 spending", "getblock", json!([tip, 2])),
        ("getblock 3 spending", "getblock", json!([tip, 3])),
        ("getblock default spending", "getblock", json!([tip])),
        ("getblock 1 genesis", "getblock", json!([genesis, 1])),
        ("getblockheader genesis", "getblockheader", json!([genesis])),
        ("getblockheader spending", "getblockheader", json!([tip])),
        ("getblockheader raw genesis", "getblockheader", json!([genesis, false])),
        ("getmempoolinfo", "getmempoolinfo", json!([])),
        ("getrawmempool", "getrawmempool", json!([])),
        ("getrawmempool verbose", "getrawmempool", json!([true])),
        ("getrawmempool sequence", "getrawmempool", json!([false, true])),
        ("getmempoolentry", "getmempoolentry", json!([waiting])),
        ("getrawtransaction 0 waiting", "getrawtransaction", json!([waiting, 0])),
        ("getrawtransaction 1 waiting", "getrawtransaction", json!([waiting, 1])),
        ("getrawtransaction 2 waiting", "getrawtransaction", json!([waiting, 2])),
        ("getrawtransaction 1 coinbase", "getrawtransaction", json!([coinbase, 1, tip])),
        ("getrawtransaction 2 coinbase", "getrawtransaction", json!([coinbase, 2, tip])),
        ("testmempoolaccept refused", "testmempoolaccept", json!([[waiting_hex]])),
        ("decoderawtransaction", "decoderawtransaction", json!([waiting_hex])),
        ("decoderawtransaction coinbase", "decoderawtransaction", json!([coinbase_hex])),
        ("sendrawtransaction again", "sendrawtransaction", json!([waiting_hex])),
        ("gettxout waiting", "gettxout", json!([waiting, 0])),
        ("gettxout coinbase", "gettxout", json!([coinbase, 0])),
        ("gettxout none", "gettxout", json!([coinbase, 9])),
        ("gettransaction waiting", "gettransaction", json!([waiting])),
        ("getmininginfo", "getmininginfo", json!([])),
        ("getnetworkinfo", "getnetworkinfo", json!([])),
        ("getpeerinfo", "getpeerinfo", json!([])),
        ("setnetworkactive", "setnetworkactive", json!([true])),
        ("getnewaddress", "getnewaddress", json!([])),
        ("validateaddress", "validateaddress", json!([mine])),
        ("validateaddress bad", "validateaddress", json!(["nonsense"])),
        ("getaddressinfo", "getaddressinfo", json!([mine])),
        ("getaddressinfo foreign", "getaddressinfo", json!([foreign])),
        ("getbalances", "getbalances", json!([])),
        ("listtransactions many", "listtransactions", json!(["*", 100])),
        ("listunspent", "listunspent", json!([])),
        ("listunspent waiting too", "listunspent", json!([0])),
        ("signmessage", "signmessage", json!([mine, "hello"])),
        ("verifymessage", "verifymessage", json!([mine, signature, "hello"])),
        ("sendtoaddress", "sendtoaddress", json!([mine, 0.1])),
        ("generatetoaddress", "generatetoaddress", json!([1, mine])),
        ("help", "help", json!([])),
        ("help one", "help", json!(["getblock"])),
        ("submitblock duplicate", "submitblock", json!([raw_tip])),
        ("uptime", "uptime", json!([])),
        ("getblockstats", "getblockstats", json!([1])),
        ("getchaintxstats", "getchaintxstats", json!([])),
        ("getwalletinfo", "getwalletinfo", json!([])),
        ("getbalance", "getbalance", json!([])),
        ("listwallets", "listwallets", json!([])),
        ("getconnectioncount", "getconnectioncount", json!([])),
        ("getnettotals", "getnettotals", json!([])),
        ("getnetworkhashps", "getnetworkhashps", json!([])),
        ("estimatesmartfee", "estimatesmartfee", json!([2])),
        ("getdeploymentinfo", "getdeploymentinfo", json!([])),
        ("getindexinfo", "getindexinfo", json!([])),
        ("getblocktemplate", "getblocktemplate", json!([{"rules": ["segwit"]}])),
    ];
    assert_eq!(paid.as_str().map(str::len), Some(64));
    let mut served = 0;
    let mut wrong = Vec::new();
    for (recorded, method, params) in cases {
        let theirs = &recording[recorded];
        let answer = match browser.rpc("A", method, params) {
            Ok(answer) => answer,
            Err(error) if error.code == -32601 || error.rule == "rpc-not-served" => {
                eprintln!("not served: {recorded}");
                continue;
            }
            Err(error) => panic!("{recorded}: {} {}", error.code, error.text),
        };
        served += 1;
        if theirs["kind"].as_str() != Some(kind(&answer)) {
            wrong.push(format!("{recorded} is {} and not {}", kind(&answer), theirs["kind"]));
        }
        let mut ours = BTreeSet::new();
        fields(&answer, "", &mut ours);
        let theirs: BTreeSet<String> = theirs["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        let missing: Vec<&String> = theirs
            .difference(&ours)
            // The recorded chain had witnesses and a block behind this one; lists that are empty here were not there.
            .filter(|field| !field.ends_with("[]") && !field.contains("txinwitness") && !field.ends_with(".witness"))
            .filter(|field| *field != "nextblockhash" && !is_among(NOT_GIVEN, field))
            .collect();
        let invented: Vec<&String> = ours
            .difference(&theirs)
            // Core told no address of its own in the recorded hour.
            .filter(|field| !field.starts_with("localaddresses[].") && !is_among(ADDED, field))
            .collect();
        if !invented.is_empty() || !missing.is_empty() {
            wrong.push(format!("{recorded}: invented {invented:?}, missing {missing:?}"));
        }
    }
    assert!(served > 50, "only {served} answers were compared");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
