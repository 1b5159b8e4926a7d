//! In a real browser: a chain with witnesses, which the node does not run, says so on its pages.
#![cfg(not(target_arch = "wasm32"))]

mod common;
mod support;

use common::{Story, anyone, coin, commit_to_witnesses, spend};
use serde_json::{Value, json};
use support::{Settings, in_browser};
use tabchain::ledger::{COIN, Encodable, Params, Script, to_hex};

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_with_witnesses_is_shown_as_not_checked_from_the_block_that_has_them() {
    let mut story = Story::new(Params::regtest());
    let tip = story.run("b", "genesis", 100);
    let program = Script::from_bytes([&[0, 20][..], &[7; 20]].concat());
    let locking = spend(&[story.reward("b1")], &[(50 * COIN, program)]);
    story.extend("locking", &tip, vec![locking.clone()]);
    let mut unlocking = spend(&[coin(&locking, 0)], &[(50 * COIN, anyone(1))]);
    unlocking.inputs[0].witness = vec![vec![1], vec![2]];
    let mut block = story.draft("locking", vec![unlocking]);
    commit_to_witnesses(&mut block);
    story.extend_with("unlocking", "locking", block);
    story.extend("above", "unlocking", vec![]);
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
