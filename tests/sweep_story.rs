//! A key on paper is paid, and swept into another wallet.

mod session_support;

use serde_json::json;
use session_support::*;
use tabchain::api::{Answer, Command, Secret, SweepPreview, UserError};
use tabchain::keys::{Address, PrivateKey};
use tabchain::ledger::{Duration, Network, Params, Txid};

/// An uncompressed key of the test networks and its address.
const PAPER: (&str, &str) =
    ("91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXV1", "mvV3PBKGZHP8dHsvP8quNQuC8yuvPnpoSE");

fn look(browser: &mut Browser, who: &str, key: &str) -> Result<SweepPreview, UserError> {
    match browser.ask(who, Command::PreviewSweep { key: Secret(key.to_owned()), fee_rate: "2".to_owned() })? {
        Answer::Sweep(preview) => Ok(*preview),
        other => panic!("{other:?}"),
    }
}

fn sweep(browser: &mut Browser, who: &str, key: &str, plan: Txid) -> Result<Txid, UserError> {
    match browser.ask(who, Command::SendSweep { key: Secret(key.to_owned()), plan })? {
        Answer::Sent { txid } => Ok(txid),
        other => panic!("{other:?}"),
    }
}

fn rule(found: Result<SweepPreview, UserError>) -> String {
    let error = found.expect_err("it is refused");
    assert_eq!(error.field.as_deref(), Some("sweep_key"), "{error:?}");
    error.rule
}

/// The same key, its public key written in the other form, and that form's address.
fn other_form() -> (String, String) {
    let params = Params::regtest();
    let key = PrivateKey::from_wif(PAPER.0, &params).expect("a key").with_compression(true);
    (key.to_wif(&params), Address::from_public_key(&key.public_key(), &params).to_string())
}

#[test]
fn what_was_paid_to_paper_is_swept_into_a_wallet_and_shown_as_received() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    assert_eq!(rule(look(&mut browser, "B", PAPER.0)), "sweep-nothing");

    browser.call("A", "sendtoaddress", json!([PAPER.1, 3]));
    assert_eq!(rule(look(&mut browser, "B", PAPER.0)), "sweep-unconfirmed");
    browser.mine("A", 1);
    browser.call("A", "sendtoaddress", json!([PAPER.1, 1.5]));
    browser.mine("A", 1);
    assert_eq!(rule(look(&mut browser, "B", &other_form().0)), "sweep-other-form");

    let spaced = format!("\u{feff}{} {}\n", &PAPER.0[..20], &PAPER.0[20..]);
    let shown = look(&mut browser, "B", &spaced).expect("two coins");
    assert_eq!((shown.address.as_str(), shown.compressed, shown.coin_count), (PAPER.1, false, 2));
    assert_eq!(shown.found.to_sat(), 450_000_000);
    // Two inputs with a key of 65 bytes, one output.
    assert_eq!(shown.size, 10 + 2 * 180 + 34);
    assert_eq!(shown.fee.to_sat(), 2 * u64::from(shown.size));
    assert_eq!(shown.value.to_sat(), 450_000_000 - shown.fee.to_sat());
    let again = look(&mut browser, "B", PAPER.0).expect("the same");
    assert_eq!(again, shown, "looking twice hands out one address");

    let txid = sweep(&mut browser, "B", PAPER.0, shown.plan).expect("nothing has changed");
    assert_eq!(browser.call("A", "getrawmempool", json!([])), json!([txid]), "it is valid and on its way");
    assert_eq!(rule(look(&mut browser, "B", PAPER.0)), "sweep-spending");
    browser.mine("A", 1);
    let balances = browser.call("B", "getbalances", json!([]));
    let received = shown.value.to_sat() as f64 / 100_000_000.0;
    let trusted = balances["mine"]["trusted"].as_f64().expect("a number");
    assert!((trusted - received).abs() < 1e-9, "{balances}");
    let lines = browser.call("B", "listtransactions", json!([]));
    assert_eq!(lines[0]["category"], json!("receive"), "{lines}");
    assert_eq!(lines[0]["txid"], json!(txid));
    assert_eq!(rule(look(&mut browser, "B", PAPER.0)), "sweep-nothing");
}

#[test]
fn a_sweep_that_is_out_of_date_is_refused_with_the_reason() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    browser.call("A", "sendtoaddress", json!([PAPER.1, 3]));
    browser.mine("A", 1);
    let first = look(&mut browser, "A", PAPER.0).expect("a coin");
    let second = look(&mut browser, "B", PAPER.0).expect("the same coin");
    let txid = sweep(&mut browser, "A", PAPER.0, first.plan).expect("A is first");
    browser.settle();
    let error = sweep(&mut browser, "B", PAPER.0, second.plan).expect_err("B is late");
    assert_eq!(error.rule, "preview-coin-spent");
    assert!(error.facts.contains(&("txid".to_owned(), txid.to_string())), "{error:?}");
    let other = other_form().0;
    let error = sweep(&mut browser, "B", &other, second.plan).expect_err("another key");
    assert!(error.rule.starts_with("preview-"), "{error:?}");
    assert_eq!(sweep(&mut browser, "B", PAPER.0, first.plan).expect_err("A's plan").rule, "preview-unknown");
}

#[test]
fn a_key_that_cannot_be_swept_says_why() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let mistyped = PAPER.0.replacen('9', "8", 1);
    let cases = [
        ("", "base58-empty"),
        (mistyped.as_str(), "base58-checksum"),
        ("91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXVl", "base58-character"),
        ("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "wif-network"),
        (PAPER.1, "wif-length"),
    ];
    for (key, expected) in cases {
        assert_eq!(rule(look(&mut browser, "B", key)), expected, "{key}");
    }
    // A reward that must mature, and dust.
    browser.pass(Duration::from_secs(15));
    browser.call("A", "generatetoaddress", json!([1, PAPER.1]));
    assert_eq!(rule(look(&mut browser, "B", PAPER.0)), "sweep-immature");
    let (key, address) = other_form();
    browser.call("A", "sendtoaddress", json!([address, "0.000006"]));
    browser.mine("A", 1);
    assert_eq!(rule(look(&mut browser, "B", &key)), "sweep-dust");
    // The wallet's own.
    let own = browser.call("B", "getnewaddress", json!([]));
    let own = browser.call("B", "dumpprivkey", json!([own])).as_str().expect("text").to_owned();
    assert_eq!(rule(look(&mut browser, "B", &own)), "sweep-own-key");
    let printed = format!("{:?}", Command::PreviewSweep { key: Secret(own.clone()), fee_rate: String::new() });
    assert!(!printed.contains(&own), "a key is not printed");
}
