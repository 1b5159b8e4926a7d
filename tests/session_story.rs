//! Several tabs in one process: the sessions' effects are carried out by hand, with no browser.
//!
//! What users do with several tabs, from the command to what every tab then reports.

mod session_support;

use serde_json::json;
use session_support::*;
use tabchain::api::{AddressOwner, Answer, Command, Found, MiningMode, Notice, PaymentForm, View, Watch};
use tabchain::keys::LineEnds;
use tabchain::ledger::Network;

#[test]
fn three_tabs_mine_pay_and_agree() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let to_b = browser.call("B", "getnewaddress", json!(["rent"]));
    let txid = browser.call("A", "sendtoaddress", json!([to_b, 7.5]));
    assert_eq!(browser.call("B", "getrawmempool", json!([])), json!([txid]), "the payment reached B");

    // C opens late and gets both the chain and the waiting payment.
    browser.open("C");
    browser.assert_agreed();
    assert_eq!(browser.call("C", "getrawmempool", json!([])), json!([txid]));

    browser.mine("B", 1);
    browser.assert_agreed();
    for who in ["A", "B", "C"] {
        let decoded = browser.call(who, "getrawtransaction", json!([txid, 1]));
        assert_eq!(decoded["confirmations"], json!(1), "{who} sees it confirmed");
        assert_eq!(browser.call(who, "getmempoolinfo", json!([]))["size"], json!(0));
    }
    let balances = browser.call("B", "getbalances", json!([]));
    assert_eq!(balances["mine"]["trusted"], json!(7.5));

    // B reloads and resumes; A closes and its node is opened again.
    let disk = browser.close("B");
    browser.open_with("B", disk);
    assert_eq!(browser.call("B", "getbalances", json!([]))["mine"]["trusted"], json!(7.5));
    let before = browser.call("A", "getbalances", json!([]));
    let disk = browser.close("A");
    browser.mine("C", 1);
    browser.open_with("A", disk);
    browser.assert_agreed();
    let after = browser.call("A", "getbalances", json!([]));
    assert!(after["mine"]["trusted"].as_f64() >= before["mine"]["trusted"].as_f64(), "{before} then {after}");
}

#[test]
fn two_tips_grow_apart_and_become_one() {
    //  0 - 1 - 2a
    //        \ 2b - 3b
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("C");
    browser.mine("A", 1);
    browser.call("C", "setnetworkactive", json!([false]));
    browser.mine("A", 1);
    browser.mine("C", 2);
    let tips = browser.tips();
    assert_ne!(tips[0], tips[1], "apart, each has its own truth");
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.assert_agreed();
    assert_eq!(browser.call("A", "getblockcount", json!([])), json!(3));
    let tips_of_a = browser.call("A", "getchaintips", json!([]));
    assert_eq!(tips_of_a.as_array().map(Vec::len), Some(2), "the stale branch is remembered: {tips_of_a}");
    let reorganised = browser.tabs[&name("A")]
        .notices
        .iter()
        .any(|notice| matches!(notice, Notice::Reorganised { disconnected: 1, connected: 2, .. }));
    assert!(reorganised, "A was told");
}

#[test]
fn a_transaction_with_one_byte_changed_is_refused_by_every_node_with_the_rule() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let hex = browser.pay("A", "B");
    browser.mine("A", 1);
    // The signature's r, one byte of it: 36 bytes of prevout after version and count, then the
    // script's length, the push, the DER header.
    let at = (4 + 1 + 36 + 1 + 1 + 4 + 10) * 2;
    let tampered = with_digit_changed(&hex, at);
    // The original is confirmed, its coin gone; pay again so that the coin is there to be taken.
    let error = browser.rpc("B", "sendrawtransaction", json!([tampered])).expect_err("spent already");
    assert_eq!(error.rule, "bad-txns-inputs-missingorspent");

    let tampered = with_digit_changed(&browser.pay("A", "B"), at);
    browser.open("D");
    for who in ["A", "B", "D"] {
        let verdict = browser.call(who, "testmempoolaccept", json!([[tampered]]));
        assert_eq!(verdict[0]["allowed"], json!(false), "{who}");
        let reason = verdict[0]["reject-reason"].as_str().unwrap_or_default().to_owned();
        assert!(
            reason.contains("script-verify-flag-failed") || reason == "txn-mempool-conflict",
            "{who} names the rule: {reason}"
        );
    }
}

#[test]
fn the_send_form_refuses_at_the_field_that_is_wrong() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    let good = browser.call("A", "getnewaddress", json!([]));
    let good = good.as_str().expect("text");
    let form = |to: &str, amount: &str, fee_rate: &str| PaymentForm {
        to: to.to_owned(),
        amount: amount.to_owned(),
        fee_rate: fee_rate.to_owned(),
        ..PaymentForm::default()
    };
    let cases = [
        (form("nonsense", "1", "1"), "to"),
        (form("", "1", "1"), "to"),
        (form("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1", "1"), "to"),
        (form(good, "", "1"), "amount"),
        (form(good, "one", "1"), "amount"),
        (form(good, "0.000000001", "1"), "amount"),
        (form(good, "1", "0"), "fee_rate"),
        (form(good, "1", "-3"), "fee_rate"),
        (form(good, "1", "1"), "amount"),
    ];
    for (form, field) in cases {
        let error = browser.ask("A", Command::PreviewPayment(form.clone())).expect_err("it is wrong");
        assert_eq!(error.field.as_deref(), Some(field), "{form:?}: {error:?}");
        assert!(!error.rule.is_empty() && !error.text.is_empty());
    }
}

#[test]
fn the_search_finds_what_pages_show_however_it_was_copied() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("Ann");
    browser.open("Bob Fox");
    browser.mine("Ann", MATURITY + 1);
    let hex = browser.pay("Ann", "Bob Fox");
    let txid = browser.call("Ann", "getrawmempool", json!([]))[0].as_str().expect("text").to_owned();
    let theirs = browser.call("Bob Fox", "getnewaddress", json!([])).as_str().expect("text").to_owned();
    browser.mine("Bob Fox", 1);
    let mut find = |text: &str| match browser.ask("Ann", Command::Search(text.to_owned())) {
        Ok(Answer::Found(found)) => Ok(found),
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error.rule),
    };
    let Ok(Found::Block(at_100)) = find("100") else { panic!("a height") };
    for text in ["#100", "１００", "区块 100", " block 100\u{200b}"] {
        assert_eq!(find(text), Ok(Found::Block(at_100)), "{text}");
    }
    assert_eq!(find(&at_100.to_string().to_uppercase()), Ok(Found::Block(at_100)));
    assert_eq!(find("1,050"), Err("rpc-height-out-of-range".to_owned()));
    let id: tabchain::ledger::Txid = txid.parse().expect("a txid");
    for text in
        [txid.clone(), format!("{txid}:0"), format!(" {txid} : １"), format!("{}\u{feff}{}", &txid[..9], &txid[9..])]
    {
        assert_eq!(find(&text), Ok(Found::Transaction(id)), "{text}");
    }
    assert_eq!(find(&format!("{txid}:2")), Err("search-no-output".to_owned()));
    assert_eq!(find(&hex), Err("search-not-found".to_owned()), "too long");
    for text in ["Bob Fox", "bob fox", "  Bob\u{a0}Fox ", "bob"] {
        assert_eq!(find(text), Ok(Found::Node(name("Bob Fox"))), "{text}");
    }
    assert_eq!(find("ANN"), Ok(Found::Node(name("Ann"))));
    assert_eq!(find("Cleo"), Err("search-not-found".to_owned()));
    assert_eq!(find("\u{200b} "), Err("search-empty".to_owned()));

    let Ok(Found::Address(found)) = find(&format!("bitcoin:{theirs}?amount=1")) else { panic!("an address") };
    assert_eq!((found.address.as_str(), found.coin_count), (theirs.as_str(), 0));
    assert_eq!(found.owner, AddressOwner::Peer(name("Bob Fox")));
    let changed = format!("{}{}", &theirs[..theirs.len() - 1], if theirs.ends_with('1') { "2" } else { "1" });
    assert_eq!(find(&changed), Err("address-checksum".to_owned()), "a mistyped address is told from nothing at all");
    let mine = browser.call("Ann", "getnewaddress", json!(["rent"])).as_str().expect("text").to_owned();
    browser.call("Ann", "sendtoaddress", json!([mine, 0.5]));
    browser.mine("Bob Fox", 1);
    let Ok(Answer::Found(Found::Address(found))) = browser.ask("Ann", Command::Search(mine)) else { panic!("mine") };
    assert_eq!((found.owner, found.label.as_str()), (AddressOwner::Me { change: false }, "rent"));
    assert_eq!((found.value.to_sat(), found.coins.len()), (50_000_000, 1));
}

#[test]
fn only_what_is_watched_is_sent() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", 2);
    let tab = browser.tabs.get(&name("A")).expect("open");
    assert!(tab.views.iter().all(|view| matches!(view, View::Node(_))), "only the header bar");
    let watch = Watch { wallet: true, miner: true, ..Watch::default() };
    browser.ask("A", Command::Watch(watch)).expect("always");
    let tab = browser.tabs.get(&name("A")).expect("open");
    let wallet = tab.views.iter().find_map(|view| match view {
        View::Wallet(wallet) => Some(wallet),
        _ => None,
    });
    assert_eq!(wallet.expect("watched").coin_count, 2);
    assert!(!tab.views.iter().any(|view| matches!(view, View::Chain(_))));
}

#[test]
fn a_payment_that_waits_is_inside_the_next_block_before_mining_begins() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 1);
    let address = browser.call("A", "getnewaddress", json!([]));
    browser.call("A", "sendtoaddress", json!([address, 1]));
    let watch = Watch { miner: true, ..Watch::default() };
    assert_eq!(browser.ask("A", Command::Watch(watch)), Ok(Answer::Done));
    browser.settle();
    let views = &browser.tabs[&name("A")].views;
    let miner = views.iter().rev().find_map(|view| if let View::Miner(miner) = view { Some(miner) } else { None });
    let miner = miner.expect("what is watched is sent");
    assert_eq!((miner.mode, miner.payments), (MiningMode::Off, 1));
}

#[test]
fn every_method_in_the_help_answers_and_nonsense_never_panics() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", 1);
    let help = browser.call("A", "help", json!([]));
    let names: Vec<String> = help
        .as_str()
        .expect("text")
        .lines()
        .filter(|line| !line.starts_with("==") && !line.is_empty())
        .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    for wanted in [
        "getblockchaininfo",
        "getblockcount",
        "getbestblockhash",
        "getblockhash",
        "getblock",
        "getblockheader",
        "getchaintips",
        "getdifficulty",
        "getmempoolinfo",
        "getrawmempool",
        "getrawtransaction",
        "decoderawtransaction",
        "sendrawtransaction",
        "testmempoolaccept",
        "submitblock",
        "gettxout",
        "gettxoutsetinfo",
        "generatetoaddress",
        "setgenerate",
        "getmininginfo",
        "getnewaddress",
        "getaddressinfo",
        "validateaddress",
        "getbalances",
        "listunspent",
        "listtransactions",
        "sendtoaddress",
        "dumpprivkey",
        "signmessage",
        "verifymessage",
        "getpeerinfo",
        "getnetworkinfo",
        "help",
    ] {
        assert!(names.iter().any(|name| name == wanted), "{wanted} is missing");
    }
    let nonsense = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!("zz"),
        json!("00"),
        json!({}),
        json!([[]]),
        json!(true),
        json!(""),
    ];
    for method in &names {
        let _ = browser.rpc("A", method, json!([]));
        for value in &nonsense {
            if method == "setgenerate" || method == "generatetoaddress" || method == "setnetworkactive" {
                continue;
            }
            let _ = browser.rpc("A", method, json!([value, value, value]));
        }
    }
    let error = browser.rpc("A", "nosuchmethod", json!([])).expect_err("not there");
    assert_eq!(error.code, -32601);
    assert_eq!(browser.rpc("A", "getblockhash", json!([99])).expect_err("too high").code, -8);
    assert_eq!(browser.rpc("A", "dumpprivkey", json!(["x"])).expect_err("no address").code, -5);
}

#[test]
fn signed_messages_verify_in_another_tab_and_break_when_changed() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    let address = browser.call("A", "getnewaddress", json!([]));
    let signature = browser.call("A", "signmessage", json!([address, "I pay"]));
    assert_eq!(browser.call("B", "verifymessage", json!([address, signature, "I pay"])), json!(true));
    assert_eq!(browser.call("B", "verifymessage", json!([address, signature, "I pay!"])), json!(false));

    // A text field makes every line end a line feed: the page tries the others and says so, the RPC is Core's.
    let signature = browser.call("A", "signmessage", json!([address, "one\r\ntwo"]));
    let signature = signature.as_str().expect("Base64").to_owned();
    let mut typed = |message: &str| {
        let address = address.as_str().expect("text").to_owned();
        let command = Command::VerifyMessage { address, signature: signature.clone(), message: message.to_owned() };
        match browser.ask("B", command) {
            Ok(Answer::Verdict(found)) => (found.valid, found.line_ends),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(typed("one\ntwo"), (true, Some(LineEnds::CrLf)));
    assert_eq!(typed("one\r\ntwo"), (true, None));
    assert_eq!(typed("one\ntoo"), (false, None));
    assert_eq!(browser.call("B", "verifymessage", json!([address, signature, "one\ntwo"])), json!(false));
    assert_eq!(browser.rpc("B", "signmessage", json!([address, "x"])).expect_err("not B's key").code, -4);
}

#[test]
fn words_restore_a_wallet_with_its_coins() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", 3);
    let Ok(Answer::Words(words)) = browser.ask("A", Command::RevealWords) else { panic!("words are shown") };
    let error = browser.ask("B", Command::RestoreWords { words: "abandon zzz".into(), gap: 20 }).expect_err("nonsense");
    assert_eq!(error.field.as_deref(), Some("words"));
    browser.ask("B", Command::RestoreWords { words: words.words.join(" "), gap: 20 }).expect("the words are good");
    assert_eq!(
        browser.call("B", "getbalances", json!([]))["mine"],
        browser.call("A", "getbalances", json!([]))["mine"]
    );
}

#[test]
fn a_reward_of_a_lost_block_keeps_its_time_in_the_history() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("C");
    browser.call("C", "setnetworkactive", json!([false]));
    browser.mine("A", 1);
    browser.mine("C", 2);
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.assert_agreed();
    let lines = browser.call("A", "listtransactions", json!([]));
    let lost = lines.as_array().and_then(|lines| lines.iter().find(|line| line["category"] == "orphan"));
    let time = lost.and_then(|line| line["time"].as_u64()).unwrap_or_default();
    assert!(time > 1_700_000_000, "{lines}");
}

#[test]
fn blocks_and_payments_made_here_are_read_by_the_bitcoin_crate_to_the_same_ids() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 3);
    let to_b = browser.call("B", "getnewaddress", json!([]));
    for amount in [0.5, 1.25, 20.0] {
        browser.call("A", "sendtoaddress", json!([to_b, amount]));
    }
    browser.mine("B", 1);
    let height = browser.call("A", "getblockcount", json!([])).as_u64().expect("a number");
    for at in [1, 17, 18, 128.min(height), height] {
        let hash = browser.call("A", "getblockhash", json!([at]));
        let ours = browser.call("A", "getblock", json!([hash, 1]));
        let hex = browser.call("A", "getblock", json!([hash, 0]));
        let bytes = tabchain::ledger::from_hex(hex.as_str().expect("text")).expect("hexadecimal");
        let theirs: bitcoin::Block = bitcoin::consensus::deserialize(&bytes).expect("they read what we wrote");
        assert_eq!(hash, json!(theirs.block_hash().to_string()));
        assert!(theirs.check_merkle_root());
        // Up to 16 a height is one opcode in Core, which this crate does not read as a height.
        if at > 16 {
            assert_eq!(theirs.bip34_block_height().ok(), Some(at), "the coinbase names its height");
        }
        let txids: Vec<String> = theirs.txdata.iter().map(|tx| tx.compute_txid().to_string()).collect();
        assert_eq!(ours["tx"], json!(txids));
        assert_eq!(bitcoin::consensus::serialize(&theirs), bytes);
    }
    let last = browser.call("A", "getbestblockhash", json!([]));
    assert_eq!(browser.call("A", "getblock", json!([last, 1]))["nTx"], json!(4), "the three payments are in it");
}
