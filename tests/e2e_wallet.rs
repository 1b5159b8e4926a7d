//! The wallet page in a real browser: addresses past the gap limit, a wider search, names with payments.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::{Value, json};
use support::{Settings, Tab, in_browser};

#[tokio::test(flavor = "multi_thread")]
async fn a_coin_past_the_gap_is_warned_of_found_by_a_wider_search_and_there_after_a_reload() {
    in_browser(Settings::default(), async |browser| {
        let ann = browser.open("room=gap&node=Ann").await;
        let address = ann.new_address().await;
        ann.mine(4, &address).await;
        let bob = browser.open("room=gap&node=Bob").await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        let mut far = String::new();
        for _ in 0..30 {
            far = bob.new_address().await;
        }
        bob.open_hash("/wallet").await;
        bob.element("[data-panel=receive] [data-warning=gap]").await;
        let txid = ann.rpc_text("sendtoaddress", json!([far, 2])).await;
        bob.wait_for_payment(&txid).await;
        ann.mine(1, &address).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        assert_eq!(bob.balance("trusted").await, 2.0);

        let words = words_of(&bob).await;
        let eve = browser.open("room=gap&node=Eve").await;
        browser.wait_until_agreed(&[&ann, &bob, &eve]).await;
        restore(&eve, &words, None).await;
        eve.element("[data-restored='20']").await;
        assert_eq!(eve.balance("trusted").await, 0.0);
        restore(&eve, &words, Some("100")).await;
        eve.element("[data-restored='100']").await;
        assert_eq!(eve.balance("trusted").await, 2.0);
        eve.reload().await;
        assert_eq!(eve.balance("trusted").await, 2.0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_says_from_whom_and_keeps_the_name_of_who_was_paid() {
    in_browser(Settings::default(), async |browser| {
        let ann = browser.open("room=names&node=Ann").await;
        let address = ann.new_address().await;
        ann.mine(4, &address).await;
        let bob = browser.open("room=names&node=Bob").await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        ann.open_hash("/wallet").await;
        bob.open_hash("/wallet").await;
        let to_bob = bob.element("[data-panel=receive] [data-address]").await;
        let to_bob = to_bob.attr("data-address").await.expect("drawn").expect("selected by it");
        let txid = ann.rpc_text("sendtoaddress", json!([to_bob, 12.5])).await;
        bob.wait_for_payment(&txid).await;
        ann.mine(1, &address).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        for _ in 0..2 {
            let line = ann.text("[data-panel=history] [data-kind=sent]").await;
            assert!(line.contains("to Bob"), "{line}");
            ann.reload().await;
            ann.open_hash("/wallet").await;
        }
        let line = bob.text("[data-panel=history] [data-kind=received]").await;
        assert!(line.contains("from ") && line.contains(&to_bob[..6]), "{line}");
    })
    .await;
}

/// The words, as the backup dialog shows them.
async fn words_of(tab: &Tab<'_>) -> String {
    tab.click("[data-action=backup-words]").await;
    tab.click("[data-action=reveal-words]").await;
    tab.element("[data-word='12']").await;
    let words = tab.script("return [...document.querySelectorAll('[data-word]')].map(word => word.textContent);").await;
    let words: Vec<String> =
        words.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    tab.click("[data-action=words-written]").await;
    words.join(" ")
}

/// Restores these words by the dialog; a wider search if told so.
async fn restore(tab: &Tab<'_>, words: &str, gap: Option<&str>) {
    tab.open_hash("/wallet").await;
    tab.click("[data-action=restore-words]").await;
    tab.fill("#words", words).await;
    if let Some(gap) = gap {
        tab.click(&format!("[data-action='gap:{gap}']")).await;
    }
    tab.click("[data-action=confirm-restore]").await;
}
