//! In a real browser: a chain with witnesses, which the node does not run, says so on its pages.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod support;

use common::story_with_unchecked_witnesses;
use serde_json::{Value, json};
use support::{Settings, in_browser};
use tabchain::ledger::{Encodable, Params, to_hex};

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_with_witnesses_is_shown_as_not_checked_from_the_block_that_has_them() {
    let story = story_with_unchecked_witnesses(Params::regtest());
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("network=regtest&node=Ann&lang=en").await;
        for height in 1..=story.chain.height() {
            let bytes = story.chain.checked(height).expect("active").block().to_bytes();
            assert_eq!(tab.rpc("submitblock", json!([to_hex(&bytes)])).await, Value::Null);
            if height == 101 {
                assert!(!tab.exists("[data-banner=\"witnesses\"]").await, "so far all was checked");
            }
        }
        tab.element("[data-banner=\"witnesses\"][data-since=\"102\"]").await;
        assert!(tab.text("[data-banner=\"witnesses\"]").await.contains("not checked since block 102"));
        let hash = story.hash("unlocking");
        tab.open_hash(&format!("#/block/{hash}")).await;
        tab.element(&format!("[data-block=\"{hash}\"] [data-witnesses=\"unchecked\"]")).await;
        tab.element("[data-rule=\"witnesses-not-checked\"][data-check=\"skip\"]").await;
        // Built on, and not itself.
        let above = story.hash("above");
        tab.open_hash(&format!("#/block/{above}")).await;
        tab.element(&format!("[data-block=\"{above}\"] [data-witnesses=\"unchecked\"] a[href=\"#/block/{hash}\"]"))
            .await;
        assert!(!tab.exists("[data-rule=\"witnesses-not-checked\"]").await);
        let warnings = tab.rpc("getblockchaininfo", json!([])).await["warnings"].clone();
        assert!(warnings.to_string().contains(&hash.to_string()), "{warnings}");
    })
    .await;
}
