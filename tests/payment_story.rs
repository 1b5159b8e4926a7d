//! The moment between preview and press, through several sessions in one process.

mod session_support;

use serde_json::{Value, json};
use session_support::*;
use tabchain::api::{Answer, ByteRun, Command, PaymentForm, PaymentPreview, UserError};
use tabchain::ledger::{Network, OutPoint, Transaction, Txid, decode_hex, sighash, to_hex};

fn form(to: &Value, amount: &str) -> PaymentForm {
    PaymentForm {
        to: to.as_str().expect("an address").to_owned(),
        amount: amount.to_owned(),
        fee_rate: "5".to_owned(),
        ..PaymentForm::default()
    }
}

fn preview(browser: &mut Browser, who: &str, form: PaymentForm) -> PaymentPreview {
    match browser.ask(who, Command::PreviewPayment(form)) {
        Ok(Answer::Preview(preview)) => *preview,
        other => panic!("{other:?}"),
    }
}

fn send(browser: &mut Browser, who: &str, plan: Txid) -> Result<Txid, UserError> {
    match browser.ask(who, Command::SendPayment { plan })? {
        Answer::Sent { txid } => Ok(txid),
        other => panic!("{other:?}"),
    }
}

fn preimage(browser: &mut Browser, who: &str, plan: Txid, input: u32) -> Result<Vec<ByteRun>, UserError> {
    match browser.ask(who, Command::PaymentPreimage { plan, input })? {
        Answer::Preimage(runs) => Ok(runs),
        other => panic!("{other:?}"),
    }
}

fn transaction(browser: &mut Browser, who: &str, txid: Txid) -> Transaction {
    let hex = browser.call(who, "getrawtransaction", json!([txid]));
    decode_hex(hex.as_str().expect("text")).expect("own bytes")
}

/// The transaction before it was signed.
fn unsigned(mut tx: Transaction) -> Transaction {
    tx.inputs.iter_mut().for_each(|input| input.script_sig = Default::default());
    tx
}

/// The coins that a tab can spend.
fn coins(browser: &mut Browser, who: &str) -> Vec<OutPoint> {
    let unspent = browser.call(who, "listunspent", json!([]));
    let coin = |coin: &Value| OutPoint {
        txid: coin["txid"].as_str().and_then(|txid| txid.parse().ok()).expect("a txid"),
        vout: coin["vout"].as_u64().expect("a number") as u32,
    };
    unspent.as_array().expect("a list").iter().map(coin).collect()
}

#[test]
fn what_was_previewed_is_what_is_signed_whatever_came_between() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let to = browser.call("B", "getnewaddress", json!([]));
    let shown = preview(&mut browser, "A", form(&to, "1.5"));
    // More coins that would be chosen now, and another form that was asked about.
    browser.mine("A", 3);
    preview(&mut browser, "A", form(&to, "150"));
    let txid = send(&mut browser, "A", shown.plan).expect("nothing that it names has changed");
    let sent = transaction(&mut browser, "A", txid);
    assert_eq!(unsigned(sent.clone()).txid(), shown.plan);
    let spent: Vec<OutPoint> = shown.inputs.iter().map(|coin| coin.outpoint).collect();
    assert_eq!(sent.inputs.iter().map(|input| input.prevout).collect::<Vec<_>>(), spent);
    let values = |outputs: &[tabchain::ledger::TxOut]| outputs.iter().map(|output| output.value).collect::<Vec<_>>();
    assert_eq!(values(&sent.outputs), shown.outputs.iter().map(|output| output.value).collect::<Vec<_>>());
    assert_eq!(browser.call("B", "getrawmempool", json!([])), json!([txid]), "it is on its way");
}

#[test]
fn a_preview_whose_coin_was_spent_meanwhile_is_refused_with_who_spent_it() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let to = browser.call("B", "getnewaddress", json!([]));
    let shown = preview(&mut browser, "A", form(&to, "1.5"));
    let other = browser.call("A", "sendtoaddress", json!([to, 2]));
    let error = send(&mut browser, "A", shown.plan).expect_err("its coin is gone");
    assert_eq!(error.rule, "preview-coin-spent");
    assert!(error.facts.contains(&("txid".to_owned(), other.as_str().expect("text").to_owned())), "{error:?}");
    assert_eq!(browser.call("B", "getrawmempool", json!([])), json!([other]), "nothing else was sent");
    // Asked anew, the change of the other payment is spent.
    let fresh = preview(&mut browser, "A", form(&to, "1.5"));
    let txid = send(&mut browser, "A", fresh.plan).expect("it is up to date");
    // One press too many.
    let error = send(&mut browser, "A", fresh.plan).expect_err("it was sent");
    assert_eq!(error.rule, "preview-coin-spent");
    assert!(error.facts.contains(&("txid".to_owned(), txid.to_string())));
}

/// ```text
///  … - 102a       A, with B's payment to A
///    \ 102c - 103c   C, without
/// ```
#[test]
fn a_preview_whose_coin_left_its_block_is_refused() {
    let mut browser = Browser::new(Network::Regtest);
    for who in ["A", "B", "C"] {
        browser.open(who);
    }
    browser.mine("B", MATURITY + 1);
    browser.call("C", "setnetworkactive", json!([false]));
    browser.pay("B", "A");
    browser.mine("B", 1);
    let to = browser.call("B", "getnewaddress", json!([]));
    let shown = preview(&mut browser, "A", form(&to, "0.5"));
    browser.mine("C", 2);
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.assert_agreed();
    let error = send(&mut browser, "A", shown.plan).expect_err("it would spend what nobody confirmed");
    assert_eq!(error.rule, "preview-coin-unconfirmed", "{error:?}");
}

/// ```text
///  0 - 1a … 101a       A, with the reward of 1a in the preview
///    \ 1c … … 102c    C
/// ```
#[test]
fn a_preview_whose_coin_is_gone_after_a_reorganisation_is_refused() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("C");
    browser.call("C", "setnetworkactive", json!([false]));
    browser.mine("A", MATURITY + 1);
    let to = browser.call("C", "getnewaddress", json!([]));
    let shown = preview(&mut browser, "A", form(&to, "1"));
    browser.mine("C", MATURITY + 2);
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.assert_agreed();
    let error = send(&mut browser, "A", shown.plan).expect_err("its block lost");
    assert_eq!(error.rule, "preview-coin-gone", "{error:?}");
    let coin = shown.inputs[0].outpoint.to_string();
    assert_eq!(error.facts, [("outpoint".to_owned(), coin)]);
}

#[test]
fn a_preview_whose_change_address_was_paid_meanwhile_is_refused() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 2);
    let to = browser.call("A", "getnewaddress", json!([]));
    let mine = coins(&mut browser, "A");
    let with = |coin: OutPoint| PaymentForm { coins: vec![coin], ..form(&to, "1") };
    let first = preview(&mut browser, "A", with(mine[0]));
    let second = preview(&mut browser, "A", with(mine[1]));
    send(&mut browser, "A", second.plan).expect("the address is fresh");
    let error = send(&mut browser, "A", first.plan).expect_err("an address is used once");
    assert_eq!(error.rule, "preview-change-used");
}

#[test]
fn only_what_was_shown_can_be_sent() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 1);
    assert_eq!(send(&mut browser, "A", Txid::hash(b"never")).expect_err("not shown").rule, "preview-unknown");
    let to = browser.call("A", "getnewaddress", json!([]));
    let shown = preview(&mut browser, "A", form(&to, "1"));
    let error = preimage(&mut browser, "A", shown.plan, 1).expect_err("it has one input");
    assert_eq!(error.rule, "preview-no-input");
    // Another wallet's preview.
    let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    browser.ask("A", Command::RestoreWords { words: words.to_owned(), gap: 20 }).expect("good words");
    assert_eq!(send(&mut browser, "A", shown.plan).expect_err("its keys are gone").rule, "preview-unknown");
}

#[test]
fn three_hundred_coins_are_previewed_signed_and_their_bytes_shown_as_they_are() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 300);
    let to = browser.call("A", "getnewaddress", json!([]));
    let chosen: Vec<OutPoint> = coins(&mut browser, "A").into_iter().take(300).collect();
    let all = PaymentForm { send_all: true, coins: chosen, ..form(&to, "") };
    let shown = preview(&mut browser, "A", all);
    assert_eq!(shown.inputs.len(), 300);
    let size = postcard::to_allocvec(&shown).expect("plain data").len();
    assert!(size < 100_000, "{size} bytes to the page");
    for input in [0, 252, 299] {
        let runs = preimage(&mut browser, "A", shown.plan, input).expect("shown");
        assert_eq!(runs.iter().find(|run| run.field == "input_count").map(|run| run.hex.as_str()), Some("fd2c01"));
        let hex: String = runs.iter().map(|run| run.hex.as_str()).collect();
        let tx: Transaction = decode_hex(&hex[..hex.len() - 8]).expect("a transaction, then the hash type");
        let script = tx.inputs[input as usize].script_sig.clone();
        assert_eq!(unsigned(tx.clone()).txid(), shown.plan);
        assert_eq!(hex, to_hex(&sighash::preimage(&unsigned(tx), input as usize, &script, sighash::SIGHASH_ALL)));
    }
    let txid = send(&mut browser, "A", shown.plan).expect("every coin is there");
    assert_eq!(transaction(&mut browser, "A", txid).inputs.len(), 300);
}

#[test]
fn what_is_typed_and_pasted_is_read_as_it_is_meant_or_refused_with_what_to_type() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 1);
    let address = browser.call("A", "getnewaddress", json!([])).as_str().expect("text").to_owned();
    let mut paid = |to: &str, amount: &str, fee_rate: &str| {
        let form =
            PaymentForm { to: to.into(), amount: amount.into(), fee_rate: fee_rate.into(), ..Default::default() };
        match browser.ask("A", Command::PreviewPayment(form)) {
            Ok(Answer::Preview(preview)) => Ok((preview.outputs[0].address.clone(), preview.outputs[0].value.to_sat())),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err((error.field.unwrap_or_default(), error.rule, error.text)),
        }
    };
    for amount in ["0.5", "0,5", "０．５", "0。5", "٠٫٥", "\u{feff}0.5"] {
        assert_eq!(paid(&address, amount, "１"), Ok((address.clone(), 50_000_000)), "{amount}");
    }
    for (amount, rule, told) in [
        ("1,000.5", "number-grouped", "1000.5"),
        ("1.000,5", "number-grouped", "1000.5"),
        ("1,000", "number-ambiguous", "1000 or as 1.000"),
        ("1\u{a0}000", "number-grouped", "1000"),
        ("½", "number-character", "U+00BD"),
    ] {
        let (field, found, text) = paid(&address, amount, "1").expect_err(amount);
        assert_eq!((field.as_str(), found.as_str()), ("amount", rule), "{amount}");
        assert!(text.contains(told), "{text}");
    }
    let spaced: String = address.chars().flat_map(|character| [character, ' ', '\u{200b}']).collect();
    for to in [format!("\u{feff}{address}"), spaced, format!("BITCOIN:{address}?label=A")] {
        assert_eq!(paid(&to, "0.25", "1"), Ok((address.clone(), 25_000_000)), "{to:?}");
    }
    let link = format!("bitcoin:{address}?amount=0.3&time=1");
    assert_eq!(paid(&link, "", "1"), Ok((address.clone(), 30_000_000)));
    assert_eq!(paid(&link, "0.4", "1"), Ok((address.clone(), 40_000_000)), "what is typed counts");
    let (field, rule, _) = paid(&format!("bitcoin:{address}?req-lucky=1"), "1", "1").expect_err("BIP-0021");
    assert_eq!((field.as_str(), rule.as_str()), ("to", "link-required"));
    let accented = address.replacen('m', "m\u{301}", 1).replacen('n', "n\u{301}", 1);
    let (_, rule, text) = paid(&accented, "1", "1").expect_err("an accent");
    assert_eq!(rule, "address-character");
    assert!(text.contains("U+0301"), "{text}");
}
