//! What the pages are told, from several tabs in one process.

mod session_support;

use serde_json::json;
use session_support::*;
use tabchain::api::{
    BlockState, Branch, ChainView, Command, Notice, OwnShare, PaymentForm, TransactionView, View, WalletView, Watch,
    WatchedBlock,
};
use tabchain::ledger::{Amount, Duration, Network, Txid};

/// The newest view of a kind that this tab was sent after it began to watch.
fn watched<T>(browser: &mut Browser, who: &str, watch: Watch, pick: impl Fn(&View) -> Option<T>) -> T {
    browser.tabs.get_mut(&name(who)).expect("open").views.clear();
    // What is unchanged is not sent again, but what was not watched is.
    browser.ask(who, Command::Watch(Watch::default())).expect("always");
    browser.ask(who, Command::Watch(watch)).expect("always");
    browser.tabs[&name(who)].views.iter().rev().find_map(pick).expect("what is watched is sent")
}

fn transaction(browser: &mut Browser, who: &str, txid: Txid) -> Option<TransactionView> {
    let watch = Watch { transaction: Some(txid), ..Watch::default() };
    watched(browser, who, watch, |view| match view {
        View::Transaction(view) => Some(view.as_deref().cloned()),
        _ => None,
    })
}

fn wallet(browser: &mut Browser, who: &str) -> WalletView {
    let watch = Watch { wallet: true, ..Watch::default() };
    watched(browser, who, watch, |view| if let View::Wallet(wallet) = view { Some(wallet.clone()) } else { None })
}

fn chain(browser: &mut Browser, who: &str) -> ChainView {
    let watch = Watch { chain: true, ..Watch::default() };
    watched(browser, who, watch, |view| if let View::Chain(chain) = view { Some(chain.clone()) } else { None })
}

fn pay(browser: &mut Browser, from: &str, to: &str, amount: f64) -> Txid {
    let address = browser.call(to, "getnewaddress", json!([]));
    let txid = browser.call(from, "sendtoaddress", json!([address, amount]));
    txid.as_str().and_then(|hex| hex.parse().ok()).expect("a txid")
}

fn coins(text: &str) -> Amount {
    text.parse().expect("an amount")
}

#[test]
fn the_payer_sees_payment_and_change_apart_and_a_stranger_sees_two_new_coins() {
    let mut browser = Browser::new(Network::Regtest);
    for who in ["A", "B", "C"] {
        browser.open(who);
    }
    browser.mine("A", MATURITY + 1);
    let txid = pay(&mut browser, "A", "B", 12.5);
    let view = transaction(&mut browser, "A", txid).expect("it waits");
    assert_eq!(view.row.own, Some(OwnShare::Paid { paid: coins("12.5"), back: coins("37.49999774") }));
    let changes: Vec<bool> = view.outputs.iter().map(|output| output.change).collect();
    assert_eq!(changes.iter().filter(|change| **change).count(), 1, "{changes:?}");
    let told = transaction(&mut browser, "B", txid).expect("it waits");
    assert_eq!(told.row.own, Some(OwnShare::Received { amount: coins("12.5") }));
    let seen = transaction(&mut browser, "C", txid).expect("it waits");
    assert_eq!((seen.row.own, seen.row.new_coin_count), (None, 2));
    assert_eq!(Amount::sum(seen.row.new_coins), Some(coins("49.99999774")));
}

#[test]
fn a_payment_lists_only_checks_of_payments_and_a_reward_only_those_of_rewards() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 1);
    let txid = pay(&mut browser, "A", "A", 1.0);
    let rules =
        |view: &TransactionView| -> Vec<String> { view.checks.iter().map(|check| check.rule.clone()).collect() };
    let payment = rules(&transaction(&mut browser, "A", txid).expect("it waits"));
    assert!(!payment.contains(&"bad-cb-length".to_owned()), "{payment:?}");
    assert!(payment.contains(&"bad-txns-premature-spend-of-coinbase".to_owned()), "it spends a reward: {payment:?}");
    browser.mine("A", 1);
    // The change of the first is no reward.
    let second = pay(&mut browser, "A", "A", 45.0);
    let view = transaction(&mut browser, "A", second).expect("it waits");
    let spends_reward = rules(&view).contains(&"bad-txns-premature-spend-of-coinbase".to_owned());
    let from_change = view.inputs.iter().all(|input| input.prevout.txid == txid);
    assert_eq!(spends_reward, !from_change);
    let block = browser.call("A", "getbestblockhash", json!([]));
    let coinbase = browser.call("A", "getblock", json!([block]))["tx"][0].as_str().expect("a txid").parse().unwrap();
    let reward = rules(&transaction(&mut browser, "A", coinbase).expect("mined"));
    assert!(reward.contains(&"bad-cb-length".to_owned()) && !reward.contains(&"bad-txns-prevout-null".to_owned()));
}

#[test]
fn with_420_coins_the_counts_are_those_of_all_coins() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", 420);
    let wallet = wallet(&mut browser, "A");
    assert_eq!((wallet.coin_count, wallet.coins.len()), (420, 200));
    // A reward is spendable when a hundred blocks lie on top of it: up to block 320.
    assert_eq!((wallet.spendable_count, wallet.immature_count, wallet.pending_count), (320, 100, 0));
    let listed = browser.call("A", "listunspent", json!([]));
    assert_eq!(listed.as_array().map(Vec::len), Some(320), "as the RPC counts them");
}

#[test]
fn more_addresses_than_are_listed_are_counted() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    for _ in 0..130 {
        browser.call("A", "getnewaddress", json!([]));
    }
    let wallet = wallet(&mut browser, "A");
    assert_eq!(
        (wallet.addresses.len(), wallet.address_count),
        (100, 131),
        "and the one that is shown to be handed out next"
    );
}

/// ```text
///   101 - 102  A's payment to B is in 102
///       \ 102' - 103'  C, cut off with the same wallet, spent the same coin otherwise
/// ```
#[test]
fn a_displaced_payment_is_shown_from_the_wallet_with_what_took_its_coin() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let words = browser.ask("A", Command::RevealWords).expect("there is a wallet");
    let tabchain::api::Answer::Words(words) = words else { panic!("words are asked for") };
    browser.open("C");
    browser.ask("C", Command::RestoreWords { words: words.words.join(" "), gap: 20 }).expect("good words");
    browser.call("C", "setnetworkactive", json!([false]));
    let first = pay(&mut browser, "A", "B", 12.5);
    browser.mine("A", 1);
    let rival = pay(&mut browser, "C", "C", 20.0);
    browser.mine("C", 2);
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.assert_agreed();
    let view = transaction(&mut browser, "A", first).expect("the wallet holds its bytes");
    assert!(view.only_in_wallet && view.block.is_none());
    assert_eq!(view.rival, Some(rival));
    let failed: Vec<&str> =
        view.checks.iter().filter(|check| check.passed == Some(false)).map(|check| check.rule.as_str()).collect();
    assert_eq!(failed, ["bad-txns-inputs-missingorspent"]);
    assert!(transaction(&mut browser, "A", Txid::hash(b"nobody has it")).is_none());
}

/// ```text
///   1 - 2a            A, then cut off
///     \ 2b - 3b       C wins; it hears of 2a by its header only
/// ```
#[test]
fn on_the_winners_side_a_lost_branch_is_weaker_and_waits_for_nothing() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("C");
    browser.mine("A", 1);
    browser.call("C", "setnetworkactive", json!([false]));
    browser.mine("A", 1);
    browser.mine("C", 2);
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.assert_agreed();
    let lost: Vec<Branch> = chain(&mut browser, "A").branches;
    assert_eq!((lost.len(), lost[0].headers_only, lost[0].weaker), (1, false, true));
    assert_eq!((lost[0].blocks_behind, lost[0].count), (1, 1));
    let seen = chain(&mut browser, "C").branches;
    assert_eq!(seen.len(), 1, "its header came");
    for branch in seen {
        assert!(branch.weaker && branch.headers_only, "its blocks are not fetched: {branch:?}");
        let watch = Watch { block: Some(WatchedBlock::Hash(branch.blocks[0].hash)), ..Watch::default() };
        let block = watched(&mut browser, "C", watch, |view| match view {
            View::Block(_, block) => Some(block.as_deref().cloned()),
            _ => None,
        });
        assert_eq!(block.map(|block| block.state), Some(BlockState::HeaderOnly));
    }
}

#[test]
fn who_cuts_itself_off_is_told_so_and_the_others_that_it_is_no_longer_linked() {
    let mut browser = Browser::new(Network::Regtest);
    for who in ["A", "B", "C"] {
        browser.open(who);
    }
    browser.call("A", "setnetworkactive", json!([false]));
    browser.settle();
    let told = |browser: &Browser, who: &str| -> Vec<Notice> {
        let gone = |notice: &&Notice| matches!(notice, Notice::PeerLeft(_) | Notice::CutOff { .. });
        browser.tabs[&name(who)].notices.iter().filter(gone).cloned().collect()
    };
    assert_eq!(told(&browser, "A"), [Notice::CutOff { from: vec![name("B"), name("C")] }]);
    assert_eq!(told(&browser, "B"), [Notice::PeerLeft(name("A"))]);
    assert!(!wallet(&mut browser, "A").network_active && wallet(&mut browser, "B").network_active);
    // Back again: those that were there all the time are no news.
    browser.call("A", "setnetworkactive", json!([true]));
    browser.settle();
    let joined =
        |who: &str| browser.tabs[&name(who)].notices.iter().filter(|it| matches!(it, Notice::PeerJoined(_))).count();
    assert_eq!(joined("A"), 0);
}

#[test]
fn what_is_missing_for_a_payment_says_what_becomes_spendable_when() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", 1);
    let to = browser.call("A", "getnewaddress", json!([])).as_str().expect("text").to_owned();
    let form = PaymentForm { to, amount: "5".into(), fee_rate: "1".into(), ..PaymentForm::default() };
    let error = browser.ask("A", Command::PreviewPayment(form)).expect_err("nothing is mature");
    let fact = |wanted: &str| error.facts.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    assert_eq!(error.rule, "wallet-insufficient-funds");
    assert_eq!((fact("maturing"), fact("matures_at")), (Some("50.00000000"), Some("101")));
    assert_eq!(fact("waiting"), None);
}

#[test]
fn a_new_block_costs_one_view_of_each_slice_that_changed() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.mine("A", MATURITY + 1);
    let everything =
        Watch { chain: true, block: Some(WatchedBlock::Tip), wallet: true, miner: true, ..Watch::default() };
    browser.ask("A", Command::Watch(everything)).expect("always");
    let sent = |browser: &mut Browser| -> Vec<View> {
        // Once more than the views are apart, so that whatever waits is sent.
        browser.pass(Duration::from_secs(1));
        std::mem::take(&mut browser.tabs.get_mut(&name("A")).expect("open").views)
    };
    // An address that is handed out is news of the wallet, too.
    let to = browser.call("A", "getnewaddress", json!([]));
    sent(&mut browser);
    for round in 0..5 {
        browser.call("A", "generatetoaddress", json!([1, to]));
        let views = sent(&mut browser);
        let count = |kind: fn(&View) -> bool| views.iter().filter(|view| kind(view)).count();
        let tip = browser.call("A", "getbestblockhash", json!([]));
        let shown = views.iter().find_map(|view| match view {
            View::Block(WatchedBlock::Tip, Some(block)) => Some(json!(block.card.hash)),
            _ => None,
        });
        assert_eq!(shown, Some(tip), "the tip is followed without being asked for again");
        // A block's scripts are run once for its view.
        assert_eq!(count(|view| matches!(view, View::Block(..))), 1, "round {round}");
        assert_eq!(count(|view| matches!(view, View::Chain(_))), 1, "round {round}");
        assert_eq!(count(|view| matches!(view, View::Wallet(_))), 1, "round {round}");
        assert_eq!(count(|view| matches!(view, View::Node(_))), 1, "round {round}");
    }
    // Nothing happens, nothing is sent, but what tells of the time.
    let quiet = sent(&mut browser);
    assert!(!quiet.iter().any(|view| matches!(view, View::Block(..) | View::Wallet(_))), "{quiet:?}");
}

#[test]
fn a_height_is_the_active_block_that_has_it_now() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("C");
    browser.call("C", "setnetworkactive", json!([false]));
    browser.mine("A", 2);
    let at = |browser: &mut Browser, height: u32| {
        let watch = Watch { block: Some(WatchedBlock::Height(height)), ..Watch::default() };
        watched(browser, "A", watch, |view| match view {
            View::Block(WatchedBlock::Height(found), block) if *found == height => {
                Some(block.as_ref().map(|block| json!(block.card.hash)))
            }
            _ => None,
        })
    };
    let first = at(&mut browser, 1);
    assert_eq!(first, Some(browser.call("A", "getblockhash", json!([1]))));
    assert_eq!(at(&mut browser, 3), None, "there is none yet");
    browser.mine("C", 3);
    browser.call("C", "setnetworkactive", json!([true]));
    browser.settle();
    browser.pass(Duration::from_secs(1));
    let replaced = at(&mut browser, 1);
    assert_ne!(replaced, first, "another block has that height after the reorganisation");
    assert_eq!(replaced, Some(browser.call("C", "getblockhash", json!([1]))));
    assert!(at(&mut browser, 3).is_some());
}
