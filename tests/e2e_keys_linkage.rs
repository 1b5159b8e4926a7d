//! The keys page in a real browser: who can link which addresses, from the blocks of a real chain.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::json;
use support::{Settings, Tab, in_browser};

/// The group of each of these addresses in the table; none for one that nothing links.
async fn groups(tab: &Tab<'_>, addresses: &[&str]) -> Vec<Option<String>> {
    let script = format!(
        "const rows = [...document.querySelectorAll('[data-linkage] [data-address]')];
        return {}.map((address) => rows.find((row) => row.dataset.address === address)?.dataset.group ?? null);",
        json!(addresses)
    );
    serde_json::from_value(tab.script(&script).await).expect("texts or null")
}

#[tokio::test(flavor = "multi_thread")]
async fn coins_spent_together_link_their_addresses_and_the_page_says_where() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=linkage&node=Ann").await;
        tab.open_hash("#/keys/many").await;
        tab.element("[data-panel=\"linkage\"]").await;

        // Two rewards of 50 at two addresses, matured by blocks whose rewards go elsewhere.
        let first = tab.new_address().await;
        let second = tab.new_address().await;
        tab.mine(1, &first).await;
        tab.mine(1, &second).await;
        let miner = "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r";
        tab.mine(4, miner).await;
        tab.element("[data-panel=\"linkage\"] [data-choice]").await;
        let fresh = tab.new_address().await;

        // A sum that neither coin covers: the wallet must join them.
        let txid = tab.rpc_text("sendtoaddress", json!([fresh, 80])).await;
        tab.mine(1, miner).await;
        let tie = format!("[data-panel=\"linkage\"] [data-choice=\"together:{txid}\"]");
        tab.click(&tie).await;
        let why = tab.text("[data-why=\"shown\"]").await;
        for part in [&txid[..4], &first[..6], &second[..6]] {
            assert!(why.contains(part), "{part} in {why}");
        }
        tab.element(&format!("[data-why=\"shown\"] a[href=\"#/tx/{txid}\"]")).await;
        // What others can know about this wallet: its two addresses have one owner.
        tab.element("[data-own-linked=\"2\"]").await;

        tab.click("[data-panel=\"linkage\"] [data-action=\"as-table\"]").await;
        tab.element("[data-linkage]").await;
        let found = groups(&tab, &[&first, &second, &fresh, miner]).await;
        assert!(found[0].is_some() && found[0] == found[1], "{found:?}");
        assert_eq!(found[2], None, "a fresh address is in no group");
        assert!(found[3].is_some() && found[3] != found[0], "the miner used one address again and again: {found:?}");

        // The change is linked only by a guess: the sum paid is round, the rest is not.
        let rows = "return document.querySelectorAll('[data-linkage] [data-group=\"1\"]').length;";
        assert_eq!(tab.script(rows).await, json!(2));
        tab.click("[data-action=\"guess-change\"]").await;
        browser.wait_until("the change is guessed", async || tab.script(rows).await == 3).await;
        assert_eq!(groups(&tab, &[&fresh]).await, [None]);
    })
    .await;
}
