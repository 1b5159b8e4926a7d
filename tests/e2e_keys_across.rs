//! Signed notes between real tabs, a man in the middle, and other tabs' answers about a changed payment.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::json;
use support::{Browser, Settings, Tab, in_browser};

/// The newest note of a tab: sent or received, its message, its verdict, and whether its key is known.
async fn newest_note(tab: &Tab<'_>) -> [String; 4] {
    let script = "const note = document.querySelector('.noteitem');
        return note ? [note.dataset.note, note.querySelector('[data-value=\"note-message\"]').textContent,
            note.dataset.verdict, note.dataset.known ?? ''] : ['', '', '', ''];";
    serde_json::from_value(tab.script(script).await).expect("four texts")
}

/// What the receivers of a tab's newest note say, by name.
async fn receipts(tab: &Tab<'_>) -> Vec<(String, String)> {
    let script = "return [...(document.querySelector('.noteitem')?.querySelectorAll('[data-receiver]') ?? [])]
        .map((receiver) => [receiver.dataset.receiver, receiver.dataset.state]);";
    serde_json::from_value(tab.script(script).await).expect("pairs")
}

/// Sends the message and waits until this note is answered by both others.
async fn send(browser: &Browser, tab: &Tab<'_>, message: &str) -> Vec<(String, String)> {
    tab.fill("#note_message", message).await;
    tab.click("[data-action=\"send-note\"]").await;
    let mut answered = Vec::new();
    browser
        .wait_until(&format!("both others answer {message}"), async || {
            // First which note it is: what is read after that is no older note's.
            let newest = newest_note(tab).await;
            answered = receipts(tab).await;
            newest[1] == message
                && answered.len() == 2
                && answered.iter().all(|(_, state)| state != "waiting" && state != "late")
        })
        .await;
    answered
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_checked_by_every_tab_and_what_is_altered_on_the_way_is_caught() {
    in_browser(Settings::default(), async |browser| {
        let ann = browser.open("room=across&node=Ann").await;
        ann.open_hash("#/keys/across").await;
        // Alone, there is nobody to send to, and a way to change that.
        ann.element("[data-tabs=\"none\"] [data-action=\"open-node-here\"]").await;

        let bob = browser.open("room=across&node=Bob").await;
        let cid = browser.open("room=across&node=Cid").await;
        for tab in [&bob, &cid] {
            tab.open_hash("#/keys/across").await;
        }
        let others = [bob.node_name().await, cid.node_name().await];
        let all = |state: &str| others.iter().map(|name| (name.clone(), state.to_owned())).collect::<Vec<_>>();
        ann.element("[data-tabs=\"2\"]").await;

        assert_eq!(send(browser, &ann, "Ann pays Bob 3 coins").await, all("valid"));
        let key = ann.text("[data-note=\"sent\"] [data-value=\"note-key\"]").await;
        for tab in [&bob, &cid] {
            let expected = ["received", "Ann pays Bob 3 coins", "valid", "first"].map(str::to_owned);
            browser.wait_until("the note is there", async || newest_note(tab).await == expected).await;
            assert_eq!(tab.text("[data-note=\"received\"] [data-value=\"note-key\"]").await, key, "who signed");
        }

        // Cid's switch holds for all: what Ann signs arrives changed, and every tab catches it.
        cid.click("[data-action=\"alter-notes\"]").await;
        ann.element("[data-panel=\"across-middle\"][data-state=\"message\"]").await;
        assert_eq!(send(browser, &ann, "Ann pays Bob 4 coins").await, all("invalid"));
        for tab in [&bob, &cid] {
            let expected = ["received", "Ann pays Bob 9 coins", "invalid", "same"].map(str::to_owned);
            browser.wait_until("the altered note is there", async || newest_note(tab).await == expected).await;
        }
        ann.element("[data-altered-part=\"message\"] .differs").await;

        ann.click("[data-action=\"alter:signature\"]").await;
        cid.element("[data-panel=\"across-middle\"][data-state=\"signature\"]").await;
        assert_eq!(send(browser, &ann, "Ann pays Bob 5 coins").await, all("invalid"));
        ann.element("[data-altered-part=\"signature\"] .differs").await;

        // With a key of his own the signature is valid: only the key gives him away.
        ann.click("[data-action=\"alter:key\"]").await;
        cid.element("[data-panel=\"across-middle\"][data-state=\"key\"]").await;
        assert_eq!(send(browser, &ann, "Ann pays Bob 6 coins").await, all("other-key"));
        let expected = ["received", "Ann pays Bob 6 coins", "valid", "other"].map(str::to_owned);
        browser.wait_until("the swapped key is noticed", async || newest_note(&bob).await == expected).await;
        ann.element("[data-altered-part=\"key\"] .differs").await;
        // Whoever believes that it is Ann's new key can say so, and her own is another one then.
        cid.click("[data-action=\"trust-key\"]").await;
        let trusted = ["received", "Ann pays Bob 6 coins", "valid", "same"].map(str::to_owned);
        browser.wait_until("Cid trusts the swapped key", async || newest_note(&cid).await == trusted).await;
        cid.click("[data-action=\"trust-key\"]").await;
        let expected = ["received", "Ann pays Bob 6 coins", "valid", "other"].map(str::to_owned);
        browser.wait_until("Cid is back at the first key", async || newest_note(&cid).await == expected).await;

        ann.click("[data-action=\"alter-notes\"]").await;
        cid.element("[data-panel=\"across-middle\"][data-state=\"off\"]").await;
        assert_eq!(send(browser, &ann, "Ann pays Bob 7 coins").await, all("valid"));

        // Who looks elsewhere is told.
        bob.open_hash("#/chain").await;
        bob.element(".page[data-route=\"chain\"]").await;
        browser
            .wait_until("Bob's node knows that he looks elsewhere", async || {
                send(browser, &ann, "Bob, look here").await;
                bob.exists(".toast a[href=\"#/keys/across\"]").await
            })
            .await;

        // A tab that is cut off says so, and can link itself again.
        ann.set_network_active(false).await;
        ann.element("[data-tabs=\"cut\"]").await;
        ann.click("[data-action=\"link-again\"]").await;
        ann.element("[data-tabs=\"2\"]").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tab_names_the_rule_that_a_changed_payment_breaks() {
    in_browser(Settings::default(), async |browser| {
        let ann = browser.open("room=answers&node=Ann").await;
        let bob = browser.open("room=answers&node=Bob").await;
        let address = ann.new_address().await;
        ann.mine(5, &address).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        let to = bob.new_address().await;
        let txid = ann.rpc_text("sendtoaddress", json!([to, 1])).await;
        bob.wait_for_payment(&txid).await;

        ann.open_hash("#/keys/payment").await;
        ann.click("[data-hashed=\"amount\"] button").await;
        ann.element("[data-panel=\"payment-bytes\"] [data-verdict=\"invalid\"]").await;
        ann.click("[data-action=\"ask-tabs\"]").await;
        for tab in [&ann, &bob] {
            let name = tab.node_name().await;
            let part = |part: &str, rule: &str| {
                format!("[data-answer-of=\"{name}\"] [data-part=\"{part}\"][data-rule=\"{rule}\"]")
            };
            ann.element(&part("scripts", "mandatory-script-verify-flag-failed")).await;
            ann.element(&part("entry", "txn-mempool-conflict")).await;
        }
        // Another change is another question.
        ann.click("[data-action=\"restore-bytes\"]").await;
        browser.wait_until("the answers are gone", async || !ann.exists("[data-answer-of]").await).await;
    })
    .await;
}
