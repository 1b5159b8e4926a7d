//! A node that took a block with witnesses, which it does not run, says so: to its page and in the RPC.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod session_support;

use common::story_with_unchecked_witnesses;
use serde_json::{Value, json};
use session_support::{Browser, MATURITY, name};
use tabchain::api::{BlockView, Command, NodeView, View, Watch, WatchedBlock};
use tabchain::ledger::{Duration, Encodable, Network, Params, to_hex};

fn node_view(browser: &mut Browser) -> NodeView {
    // Views are sent as often as a screen can be read.
    browser.pass(Duration::from_secs(1));
    let views = &browser.tabs[&name("A")].views;
    let last = views.iter().rev().find_map(|view| if let View::Node(node) = view { Some(node.clone()) } else { None });
    last.expect("the header bar is always sent")
}

fn block_view(browser: &mut Browser, hash: tabchain::ledger::BlockHash) -> BlockView {
    browser
        .ask("A", Command::Watch(Watch { block: Some(WatchedBlock::Hash(hash)), ..Watch::default() }))
        .expect("watched");
    browser.pass(Duration::from_secs(1));
    let views = &browser.tabs[&name("A")].views;
    let last = views.iter().rev().find_map(|view| if let View::Block(_, block) = view { block.clone() } else { None });
    *last.expect("the block is here")
}

fn warnings(browser: &mut Browser) -> Vec<Value> {
    let methods = ["getblockchaininfo", "getnetworkinfo", "getmininginfo"];
    methods.iter().map(|method| browser.call("A", method, json!([]))["warnings"].clone()).collect()
}

#[test]
fn a_block_with_witnesses_and_the_chain_on_it_are_shown_as_not_checked() {
    let story = story_with_unchecked_witnesses(Params::new(Network::Regtest, "test"));

    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    let submit = |browser: &mut Browser, from: u32, to: u32| {
        for height in from..=to {
            let bytes = story.chain.checked(height).expect("active").block().to_bytes();
            assert_eq!(browser.call("A", "submitblock", json!([to_hex(&bytes)])), Value::Null, "{height}");
        }
    };
    submit(&mut browser, 1, MATURITY + 1);
    assert_eq!(warnings(&mut browser), [json!([]), json!([]), json!([])]);
    assert_eq!(node_view(&mut browser).unchecked_witnesses, None);

    submit(&mut browser, MATURITY + 2, MATURITY + 3);
    let hash = story.hash("unlocking");
    for warning in warnings(&mut browser) {
        let said = warning[0].as_str().expect("a warning");
        assert!(said.contains("not checked") && said.contains(&hash.to_string()), "{said}");
    }
    let since = node_view(&mut browser).unchecked_witnesses.expect("the header bar says it");
    assert_eq!((since.height, since.block), (MATURITY + 2, hash));
    let block = block_view(&mut browser, hash);
    assert_eq!((block.unchecked_witnesses, block.unchecked_since), (1, Some(since)));
    let at = block.checks.iter().position(|check| check.rule == "witnesses-not-checked").expect("listed");
    assert_eq!(block.checks[at].passed, None, "neither passed nor failed");
    assert_eq!(block.checks[at - 1].rule, "mandatory-script-verify-flag-failed");
    let above = block_view(&mut browser, story.hash("above"));
    assert_eq!((above.unchecked_witnesses, above.unchecked_since), (0, Some(since)));
    assert!(above.checks.iter().all(|check| check.passed == Some(true)));
    let below = block_view(&mut browser, story.hash("locking"));
    assert_eq!((below.unchecked_witnesses, below.unchecked_since), (0, None));
}
