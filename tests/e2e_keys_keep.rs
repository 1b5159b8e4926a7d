//! The keys page in a real browser: what is kept of it, a key on paper.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::json;
use support::{Settings, in_browser};

/// The practice key 1, as a link brings it.
const KEY_ONE: &str = "0000000000000000000000000000000000000000000000000000000000000001";
/// Its address and its WIF on test networks, as other tools have them.
const ADDRESS: &str = "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r";
const WIF: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_key_goes_on_paper_with_both_its_codes() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=paper&node=Ann").await;
        tab.open_hash(&format!("#/keys/number?d={KEY_ONE}")).await;
        browser
            .wait_until("the key of the link", async || tab.text("[data-value=\"address\"]").await == ADDRESS)
            .await;
        tab.click("[data-action=\"paper-wallet\"]").await;
        tab.element("[data-paper-wallet=\"sheet\"]").await;
        assert_eq!(tab.text("[data-paper=\"address\"]").await, ADDRESS);
        assert_eq!(tab.text("[data-paper=\"wif\"]").await, WIF);
        for code in ["address", "wif"] {
            tab.element(&format!("[data-qr=\"{code}\"]")).await;
        }
        tab.element("[data-action=\"print-paper\"]").await;

        // On paper there is the sheet and nothing else of the page.
        browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        let shown = "
            const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
            return [shown('.paper'), shown('[data-qr=\"wif\"]'), shown('.rail'), shown('.sections'),
                shown('[data-action=\"print-paper\"]'), shown('.paper [data-action=\"copy\"]')];";
        assert_eq!(tab.script(shown).await, json!([true, true, false, false, false, false]));
        browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await;

        tab.click("[data-action=\"close-dialog\"]").await;
        browser.wait_until("the sheet is gone", async || !tab.exists("[data-paper=\"wif\"]").await).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_key_goes_on_paper_only_after_its_warning() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=paper&node=Ann").await;
        let address = tab.new_address().await;
        tab.open_hash("#/keys").await;
        // The wallet's key comes onto the page after a warning of its own.
        tab.click("[data-panel=\"private-key\"] details.more summary").await;
        let option = format!("[name=\"wallet_address\"] option[value=\"{address}\"]");
        tab.click(&option).await;
        tab.click("[data-action=\"use-wallet-key\"]").await;
        tab.click("[data-action=\"confirm-reveal\"]").await;
        browser
            .wait_until("the wallet's key is on screen", async || {
                tab.exists(&format!("[data-address=\"{address}\"]")).await
            })
            .await;

        // Back to the page's head, from under the bar.
        tab.script("scrollTo(0, 0);").await;
        tab.click("[data-action=\"paper-wallet\"]").await;
        tab.element("[data-paper-wallet=\"asking\"]").await;
        assert!(!tab.exists("[data-paper=\"wif\"]").await && !tab.exists("[data-qr]").await, "warned first");
        tab.click("[data-action=\"confirm-paper\"]").await;
        tab.element("[data-paper-wallet=\"sheet\"]").await;
        assert_eq!(tab.text("[data-paper=\"address\"]").await, address);
        let wif = tab.rpc_text("dumpprivkey", json!([address])).await;
        assert_eq!(tab.text("[data-paper=\"wif\"]").await, wif);

        // The next time it warns again.
        tab.click("[data-action=\"close-dialog\"]").await;
        browser.wait_until("the sheet is gone", async || !tab.exists("[data-paper=\"wif\"]").await).await;
        tab.click("[data-action=\"paper-wallet\"]").await;
        tab.element("[data-paper-wallet=\"asking\"]").await;
    })
    .await;
}
