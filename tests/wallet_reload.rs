//! A wallet after a reload is the wallet before it, and what its words bring back elsewhere.

mod session_support;

use serde_json::{Value, json};
use session_support::*;
use tabchain::api::{
    Answer, Command, HistoryKind, HistoryState, HistoryView, OwnAddressView, PartyView, RestoredView, WalletView,
};
use tabchain::ledger::Network;

/// A room where P has coins to pay with.
fn room() -> Browser {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("P");
    browser.mine("P", MATURITY + 4);
    browser
}

fn words(browser: &mut Browser, who: &str) -> String {
    match browser.ask(who, Command::RevealWords) {
        Ok(Answer::Words(view)) => view.words.join(" "),
        other => panic!("{other:?}"),
    }
}

fn restore(browser: &mut Browser, who: &str, words: &str) {
    look_further(browser, who, words, 20);
}

fn look_further(browser: &mut Browser, who: &str, words: &str, gap: u32) -> RestoredView {
    match browser.ask(who, Command::RestoreWords { words: words.to_owned(), gap }) {
        Ok(Answer::Restored(found)) => found,
        other => panic!("{other:?}"),
    }
}

fn reload(browser: &mut Browser, who: &str) {
    let disk = browser.close(who);
    browser.open_with(who, disk);
}

fn addresses(browser: &mut Browser, who: &str, count: usize) -> Vec<Value> {
    (0..count).map(|_| browser.call(who, "getnewaddress", json!([]))).collect()
}

fn pay_and_mine(browser: &mut Browser, address: &Value) {
    browser.call("P", "sendtoaddress", json!([address, 1]));
    browser.mine("P", 1);
}

fn trusted(browser: &mut Browser, who: &str) -> Value {
    browser.call(who, "getbalances", json!([]))["mine"]["trusted"].clone()
}

fn wallet_view(browser: &mut Browser, who: &str) -> WalletView {
    let watch = tabchain::api::Watch { wallet: true, ..Default::default() };
    browser.ask(who, Command::Watch(watch)).expect("always");
    browser.pass(tabchain::ledger::Duration::from_secs(1));
    let views = browser.tabs[&name(who)].views.iter().rev();
    let mut wallets = views.filter_map(|view| match view {
        tabchain::api::View::Wallet(wallet) => Some(WalletView::clone(wallet)),
        _ => None,
    });
    wallets.next().expect("watched")
}

#[test]
fn a_coin_paid_beyond_the_gap_is_there_after_a_restore_and_after_a_reload() {
    let mut browser = room();
    browser.open("A");
    // The first is shown from the start, so these are numbers 1 to 24.
    let handed_out = addresses(&mut browser, "A", 24);
    pay_and_mine(&mut browser, &handed_out[23]);
    pay_and_mine(&mut browser, &handed_out[11]);
    assert_eq!(trusted(&mut browser, "A"), json!(2.0));
    let words = words(&mut browser, "A");
    browser.open("B");
    restore(&mut browser, "B", &words);
    assert_eq!(trusted(&mut browser, "B"), json!(2.0), "24 is in sight since 12 was used");
    for who in ["A", "B", "B", "A"] {
        reload(&mut browser, who);
        assert_eq!(trusted(&mut browser, who), json!(2.0), "{who} after a reload");
    }
}

#[test]
fn a_key_that_comes_into_sight_later_finds_what_was_paid_to_it_before() {
    let mut browser = room();
    browser.open("A");
    let handed_out = addresses(&mut browser, "A", 60);
    let words = words(&mut browser, "A");
    browser.open("B");
    restore(&mut browser, "B", &words);
    // In an earlier block.
    pay_and_mine(&mut browser, &handed_out[23]);
    assert_eq!(trusted(&mut browser, "B"), json!(0.0), "four too far");
    pay_and_mine(&mut browser, &handed_out[11]);
    assert_eq!(trusted(&mut browser, "B"), json!(2.0));
    // In the mempool, and then in one block, the farther one first.
    for at in [59, 40] {
        browser.call("P", "sendtoaddress", json!([handed_out[at], 1]));
    }
    assert_eq!(browser.call("B", "getbalances", json!([]))["mine"]["untrusted_pending"], json!(2.0));
    browser.mine("P", 1);
    assert_eq!(trusted(&mut browser, "B"), json!(4.0));

    // Handing out addresses brings keys into sight too.
    browser.open("C");
    let far = addresses(&mut browser, "C", 24);
    let words = self::words(&mut browser, "C");
    browser.open("D");
    restore(&mut browser, "D", &words);
    pay_and_mine(&mut browser, &far[23]);
    assert_eq!(trusted(&mut browser, "D"), json!(0.0));
    addresses(&mut browser, "D", 4);
    assert_eq!(trusted(&mut browser, "D"), json!(1.0));
    reload(&mut browser, "D");
    assert_eq!(trusted(&mut browser, "D"), json!(1.0));
}

#[test]
fn what_the_mempool_does_not_have_when_a_node_opens_again_is_unknown_until_it_is_sent() {
    let mut browser = room();
    browser.open("A");
    browser.open("B");
    let to_b = browser.call("B", "getnewaddress", json!([]));
    browser.call("P", "sendtoaddress", json!([to_b, 10]));
    browser.mine("P", 1);
    // B pays P, then A out of its own change; neither is in a block.
    let to_p = browser.call("P", "getnewaddress", json!([]));
    let first = browser.call("B", "sendtoaddress", json!([to_p, 1]));
    let to_a = browser.call("A", "getnewaddress", json!([]));
    let txid = browser.call("B", "sendtoaddress", json!([to_a, 2]));
    let pending =
        |browser: &mut Browser| browser.call("A", "getbalances", json!([]))["mine"]["untrusted_pending"].clone();
    assert_eq!(pending(&mut browser), json!(2.0));

    let disks = [browser.close("B"), browser.close("P")];
    reload(&mut browser, "A");
    assert_eq!(browser.call("A", "getrawmempool", json!([])), json!([]));
    assert_eq!(pending(&mut browser), json!(0.0), "what nobody here has is not pending");
    let line = |browser: &mut Browser| {
        let view = wallet_view(browser, "A");
        let line = view.history.iter().find(|line| json!(line.txid) == txid).expect("it is not forgotten");
        (line.state, line.amount_sat)
    };
    assert_eq!(line(&mut browser), (HistoryState::Unknown, 200_000_000));
    reload(&mut browser, "A");
    assert_eq!(line(&mut browser), (HistoryState::Unknown, 200_000_000), "nor at the next time");

    let [b, p] = disks;
    // The first payment comes into a block where the second is not known: A's node is the one that has it.
    let mut elsewhere = Browser::new(Network::Regtest);
    elsewhere.now = browser.now;
    elsewhere.open_with("P", p.clone());
    assert_eq!(elsewhere.call("P", "getrawmempool", json!([])), json!([first]), "P has what pays it, not its child");
    elsewhere.mine("P", 1);
    let p_later = elsewhere.close("P");
    let a = browser.close("A");
    browser.open_with("A", a.clone());
    browser.now = elsewhere.now;
    browser.open_with("P", p_later);
    assert_eq!(pending(&mut browser), json!(2.0), "it is good now that its parent is in a block");
    browser.close("P");
    browser.close("A");
    browser.open_with("A", a);
    assert_eq!(pending(&mut browser), json!(0.0));

    browser.open_with("B", b);
    assert_eq!(pending(&mut browser), json!(2.0), "B sent it again");
    assert_eq!(line(&mut browser), (HistoryState::Pending, 200_000_000));
    browser.open_with("P", p);
    browser.mine("P", 1);
    assert_eq!(line(&mut browser), (HistoryState::Confirmed, 200_000_000));
    assert_eq!(trusted(&mut browser, "A"), json!(2.0));
}

#[test]
fn a_new_address_past_the_gap_is_warned_of_and_a_wider_search_finds_what_was_paid_there() {
    let mut browser = room();
    browser.open("A");
    let mut handed_out = Vec::new();
    // Numbers 1 to 19 are found by a search that passes over 20; the warning comes before number 20.
    for number in 1..20 {
        assert!(!wallet_view(&mut browser, "A").gap.next_is_out_of_reach, "before {number}");
        handed_out.extend(addresses(&mut browser, "A", 1));
    }
    assert!(wallet_view(&mut browser, "A").gap.next_is_out_of_reach);
    handed_out.extend(addresses(&mut browser, "A", 11));
    pay_and_mine(&mut browser, &handed_out[29]);
    let gap = wallet_view(&mut browser, "A").gap;
    assert_eq!((gap.out_of_reach, gap.at_stake.to_sat(), gap.needed, gap.unused_run), (11, 100_000_000, 31, 0));

    let words = words(&mut browser, "A");
    browser.open("B");
    let found = look_further(&mut browser, "B", &words, 20);
    assert_eq!(
        (found.used, found.total.to_sat(), found.looked_at),
        (0, 0, 41),
        "one handed out, 20 more, 20 of change"
    );
    let found = look_further(&mut browser, "B", &words, 100);
    assert_eq!((found.gap, found.used, found.total.to_sat()), (100, 1, 100_000_000));
    reload(&mut browser, "B");
    assert_eq!(trusted(&mut browser, "B"), json!(1.0), "the width of the search is kept");
    // One more beyond: in sight of the wider search only.
    let far = addresses(&mut browser, "A", 60);
    pay_and_mine(&mut browser, &far[59]);
    reload(&mut browser, "B");
    assert_eq!(trusted(&mut browser, "B"), json!(2.0));

    for gap in [0, 19, 1_001, u32::MAX] {
        let error = browser.ask("B", Command::RestoreWords { words: words.clone(), gap }).expect_err("out of range");
        assert_eq!((error.rule.as_str(), error.field.as_deref()), ("gap-out-of-range", Some("gap")));
    }
}

fn line(browser: &mut Browser, who: &str, txid: &Value) -> HistoryView {
    let view = wallet_view(browser, who);
    view.history.into_iter().find(|line| json!(line.txid) == *txid).expect("it concerns the wallet")
}

#[test]
fn a_payment_says_at_which_address_it_came_and_from_whom_and_keeps_the_name_it_was_paid_by() {
    let mut browser = room();
    browser.open("Bob");
    browser.pass(tabchain::ledger::Duration::from_secs(1));
    let payee = |browser: &mut Browser, who: &str, whom: &str| {
        let payees = wallet_view(browser, who).payees;
        payees.into_iter().find(|(known, _)| *known == name(whom)).map(|(_, address)| address).expect("told")
    };
    let to_bob = payee(&mut browser, "P", "Bob");
    let txid = browser.call("P", "sendtoaddress", json!([to_bob, 12.5]));
    browser.mine("P", 1);
    let bob = |address: &str| PartyView { address: address.to_owned(), names: vec!["Bob".to_owned()] };
    assert_ne!(payee(&mut browser, "P", "Bob"), to_bob, "Bob's current address moved on");
    for _ in 0..2 {
        let sent = line(&mut browser, "P", &txid);
        assert_eq!((sent.kind, sent.parties), (HistoryKind::Sent, vec![bob(&to_bob)]));
        reload(&mut browser, "P");
    }
    let received = line(&mut browser, "Bob", &txid);
    assert_eq!(received.own, [OwnAddressView { address: to_bob.clone(), label: String::new() }]);
    assert_eq!((received.kind, received.parties.len()), (HistoryKind::Received, 1));
    assert_ne!(received.parties[0].address, to_bob, "the payer, not the payee");

    // Bob pays from that address: his name is known from the other side too, and his own named address from his.
    let named = browser.call("P", "getnewaddress", json!(["rent"]));
    let back = browser.call("Bob", "sendtoaddress", json!([named, 1]));
    browser.mine("P", 1);
    let received = line(&mut browser, "P", &back);
    assert_eq!(received.parties, [bob(&to_bob)]);
    assert_eq!(
        received.own,
        [OwnAddressView { address: named.as_str().expect("text").to_owned(), label: "rent".into() }]
    );

    // To an address of one's own: no change, and the name is the address's.
    let savings = browser.call("Bob", "getnewaddress", json!(["savings"]));
    let own = browser.call("Bob", "sendtoaddress", json!([savings, 2]));
    browser.mine("P", 1);
    let own = line(&mut browser, "Bob", &own);
    assert_eq!((own.kind, own.parties.len()), (HistoryKind::ToSelf, 0));
    assert_eq!(
        own.own,
        [OwnAddressView { address: savings.as_str().expect("text").to_owned(), label: "savings".into() }]
    );
    let coins = wallet_view(&mut browser, "Bob").coins;
    let origin = |address: &Value| coins.iter().find(|coin| json!(coin.address) == *address).map(|coin| coin.origin);
    assert_eq!(origin(&savings), Some(tabchain::api::CoinOrigin::Own));
    let words = words(&mut browser, "Bob");
    browser.open("Else");
    restore(&mut browser, "Else", &words);
    let coins = wallet_view(&mut browser, "Else").coins;
    let origin = coins.iter().find(|coin| json!(coin.address) == savings).map(|coin| coin.origin);
    assert_eq!(origin, Some(tabchain::api::CoinOrigin::Own), "its words know which row it is of");
}
