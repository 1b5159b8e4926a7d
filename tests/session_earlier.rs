//! A room whose rules changed: its chain begins anew, and the wallet of its nodes goes on.

mod session_support;

use serde_json::json;
use session_support::*;
use tabchain::api::{Command, EarlierChain, Request, StorageState, ToPage};
use tabchain::ledger::Network;
use tabchain::session::{Effect, Session, SessionConfig, SessionInput};
use tabchain::wallet::{Branch, WalletAddress};

fn config() -> SessionConfig {
    SessionConfig {
        name: name("A"),
        release: String::new(),
        network: Network::Classroom,
        room: "test".to_owned(),
        entropy: [7; 24],
        stored: None,
        storage: StorageState::Stored,
    }
}

fn rpc(browser: &Browser, session: &mut Session, method: &str) -> serde_json::Value {
    let command = Command::Rpc { method: method.to_owned(), params: Vec::new() };
    let effects = session.handle(browser.now, SessionInput::Page(Request { id: 1, command }));
    let reply = effects.into_iter().find_map(|effect| match effect {
        Effect::ToPage(ToPage::Reply(reply)) => Some(reply.result),
        _ => None,
    });
    match reply.expect("it is answered").expect("it works") {
        tabchain::api::Answer::Rpc(value) => value,
        other => panic!("not an RPC result: {other:?}"),
    }
}

/// The state that the session last wanted to keep.
fn kept(effects: &[Effect]) -> Option<String> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::StoreState { json, .. } => Some(json.clone()),
        _ => None,
    })
}

#[test]
fn a_chain_of_earlier_rules_leaves_its_wallet_and_takes_its_coins_and_waiting_payments() {
    // What an earlier version kept; there the network is regtest, to have coins at once.
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    browser.call("A", "getnewaddress", json!(["savings"]));
    browser.pay("A", "B");
    let words = browser.tabs[&name("A")].session.wallet().expect("a wallet").mnemonic_words().join(" ");
    let before = browser.tabs[&name("A")].session.wallet().expect("a wallet").addresses();
    let disk = browser.close("A");
    let (json, blocks) = (disk.state.expect("it was kept"), disk.blocks.len() as u32);

    let mut session = Session::open(config(), browser.now).expect("a new chain");
    session.adopt_earlier(&json, blocks).expect("the earlier state is readable");
    let effects = session.opened(browser.now);
    let earlier = EarlierChain { blocks, payments: 1 };
    assert_eq!(session.node_view().earlier, Some(earlier), "the page is told");
    let wallet = session.wallet().expect("the wallet goes on");
    assert_eq!(wallet.mnemonic_words().join(" "), words);
    let labels = |entries: &[WalletAddress]| -> Vec<_> {
        let given = entries.iter().filter(|entry| entry.branch == Branch::Receive);
        given.map(|entry| (entry.address.to_string(), entry.label.clone())).collect()
    };
    assert_eq!(labels(&wallet.addresses()), labels(&before), "with its addresses and their names");
    assert!(wallet.unconfirmed_transactions().is_empty(), "what waited there waits no more");
    assert_eq!(session.chain().height(), 0);
    let balances = rpc(&browser, &mut session, "getbalances");
    for part in ["trusted", "untrusted_pending", "immature"] {
        assert_eq!(balances["mine"][part].as_f64(), Some(0.0), "{part}");
    }

    // Reopened, it is still said, until the user has read it.
    let stored = kept(&effects).expect("it is kept under the new rules");
    let mut session = Session::open(SessionConfig { stored: Some(stored), ..config() }, browser.now).expect("readable");
    session.opened(browser.now);
    assert_eq!(session.node_view().earlier, Some(earlier));
    assert_eq!(session.wallet().expect("a wallet").mnemonic_words().join(" "), words);
    let request = Request { id: 2, command: Command::EarlierChainRead };
    let effects = session.handle(browser.now, SessionInput::Page(request));
    assert_eq!(session.node_view().earlier, None);
    let stored = kept(&effects).expect("that it was read is kept");
    let mut session = Session::open(SessionConfig { stored: Some(stored), ..config() }, browser.now).expect("readable");
    session.opened(browser.now);
    assert_eq!(session.node_view().earlier, None);
}

#[test]
fn an_earlier_state_that_cannot_be_read_changes_nothing() {
    let browser = Browser::new(Network::Classroom);
    let mut session = Session::open(config(), browser.now).expect("a new chain");
    let words = session.wallet().expect("a wallet").mnemonic_words().join(" ");
    let error = session.adopt_earlier("{\"wallet\": 7}", 3).expect_err("no state");
    assert_eq!(error.rule, "stored-state-unreadable");
    session.opened(browser.now);
    assert_eq!(session.node_view().earlier, None);
    assert_eq!(session.wallet().expect("a wallet").mnemonic_words().join(" "), words);
}

#[test]
fn a_state_from_before_there_was_an_earlier_chain_is_readable() {
    let mut browser = Browser::new(Network::Classroom);
    browser.open("A");
    browser.call("A", "getnewaddress", json!([""]));
    let disk = browser.close("A");
    let mut state: serde_json::Value = serde_json::from_str(&disk.state.expect("kept")).expect("JSON");
    state.as_object_mut().expect("an object").remove("earlier");
    let stored = Some(state.to_string());
    let session = Session::open(SessionConfig { stored, ..config() }, browser.now).expect("readable");
    assert_eq!(session.node_view().earlier, None);
}
