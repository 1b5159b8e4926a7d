//! A session that learns what of it is saved: its view, its notices and what its RPC warns of.
#![cfg(not(target_arch = "wasm32"))]

mod session_support;

use serde_json::json;
use session_support::{Browser, name};
use tabchain::api::{Command, Notice, Request, Retry, StorageState, StorageTrouble, Unsaved, View};
use tabchain::ledger::{Network, Time};
use tabchain::session::{Effect, SessionInput};

fn unsaved(blocks: u32, heights: Option<(u32, u32)>) -> Unsaved {
    Unsaved {
        trouble: StorageTrouble::Refused,
        reason: "UnknownError: x".to_owned(),
        since: Time::from_millis(0),
        blocks,
        heights,
        wallet: true,
        rest_saved: true,
        retry: Retry::Now,
    }
}

fn tell(browser: &mut Browser, state: StorageState) {
    browser.give(&name("Ann"), SessionInput::Storage(state));
    browser.settle();
}

fn storage_notices(browser: &Browser) -> Vec<Notice> {
    let notices = &browser.tabs[&name("Ann")].notices;
    let about = |notice: &&Notice| matches!(notice, Notice::StorageFailed { .. } | Notice::StorageBack);
    notices.iter().filter(about).cloned().collect()
}

#[test]
fn trouble_with_the_database_is_told_once_warned_of_while_it_lasts_and_its_end_is_told() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("Ann");
    assert_eq!(browser.call("Ann", "getblockchaininfo", json!([]))["warnings"], json!([]));

    for state in [unsaved(1, Some((12, 12))), unsaved(4, Some((12, 15)))] {
        tell(&mut browser, StorageState::Unsaved(state));
    }
    let failed = Notice::StorageFailed { trouble: StorageTrouble::Refused, reason: "UnknownError: x".to_owned() };
    assert_eq!(storage_notices(&browser), std::slice::from_ref(&failed));
    for method in ["getblockchaininfo", "getnetworkinfo", "getmininginfo"] {
        let warnings = browser.call("Ann", method, json!([]))["warnings"].clone();
        let said = warnings[0].as_str().unwrap_or_default();
        assert!(said.contains("4 blocks (heights 12 to 15)") && said.contains("UnknownError"), "{method}: {warnings}");
    }
    browser.pass(tabchain::ledger::Duration::from_secs(1));
    let view = browser.tabs[&name("Ann")].views.iter().rev().find_map(|view| match view {
        View::Node(node) => Some(node.storage.clone()),
        _ => None,
    });
    assert_eq!(view, Some(StorageState::Unsaved(unsaved(4, Some((12, 15))))));

    tell(&mut browser, StorageState::Stored);
    assert_eq!(storage_notices(&browser), [failed, Notice::StorageBack]);
    assert_eq!(browser.call("Ann", "getblockchaininfo", json!([]))["warnings"], json!([]));
}

#[test]
fn the_page_can_ask_that_it_is_tried_now() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("Ann");
    let request = Request { id: 7, command: Command::SaveNow };
    let now = browser.now;
    let tab = browser.tabs.get_mut(&name("Ann")).expect("open");
    let effects = tab.session.handle(now, SessionInput::Page(request));
    assert!(effects.contains(&Effect::SaveNow), "{effects:?}");
}

#[test]
fn blocks_are_named_in_the_order_in_which_they_were_taken_also_after_a_reload() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("Ann");
    browser.mine("Ann", 3);
    let hashes = |browser: &Browser| browser.tabs[&name("Ann")].session.blocks_taken().to_vec();
    let taken = hashes(&browser);
    assert_eq!(taken.len(), 3);
    let disk = browser.close("Ann");
    assert_eq!(disk.blocks.len(), 3);
    browser.open_with("Ann", disk);
    assert_eq!(hashes(&browser), taken);
    browser.mine("Ann", 1);
    assert_eq!(hashes(&browser)[..3], taken[..]);
    assert_eq!(hashes(&browser).len(), 4);
}
