//! The keys page in a real browser: sections, signing and verifying, sharing, and drawing large.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::json;
use support::{Settings, Tab, in_browser};

/// Types the private key with this number into the link's place: a link may bring a practice key.
const KEY_ONE: &str = "0000000000000000000000000000000000000000000000000000000000000001";

/// The bench's rows that differ from what was signed, the first one apart.
async fn partings(tab: &Tab<'_>) -> (String, Vec<String>) {
    let rows = tab
        .script(
            "return [...document.querySelectorAll('[data-parting]')].filter((row) => row.dataset.state !== 'same')
                .map((row) => [row.dataset.parting, row.dataset.state]);",
        )
        .await;
    let rows: Vec<(String, String)> = serde_json::from_value(rows).expect("pairs");
    let first = rows.iter().find(|(_, state)| state == "first").map(|(name, _)| name.clone()).unwrap_or_default();
    (first, rows.into_iter().map(|(name, _)| name).collect())
}

async fn verdict(tab: &Tab<'_>) -> String {
    let script = "return document.querySelector('[data-panel=\"signing-bench\"] [data-verdict], [data-panel=\"verify\"] [data-verdict]')
        ?.dataset.verdict ?? '';";
    tab.script(script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rfc_6979_answer_stands_on_the_page_and_every_change_shows_where_it_enters() {
    in_browser(Settings::default(), async |browser| {
        // RFC 6979's widely published answer for secp256k1: key 1, "Satoshi Nakamoto".
        let tab = browser.open("room=sign&node=Ann").await;
        tab.open_hash(&format!("#/keys/signing?m=Satoshi+Nakamoto&d={KEY_ONE}")).await;
        tab.element("[data-panel=\"signing-steps\"] [data-number=\"r\"]").await;
        tab.click("[data-action=\"show-nonce\"]").await;
        let number = async |name: &str| {
            let text = tab.text(&format!("[data-number=\"{name}\"]")).await;
            text.split_whitespace().collect::<String>()
        };
        assert_eq!(number("k").await, "8f8a276c19f4149656b280621e358cce24f5f52542772691ee69063b74f15d15");
        assert_eq!(number("r").await, "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8");
        let low =
            if tab.exists("[data-number=\"n − s\"]").await { number("n − s").await } else { number("s").await };
        assert_eq!(low, "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");

        browser.wait_until("it verifies", async || verdict(&tab).await == "valid").await;
        assert_eq!(partings(&tab).await, (String::new(), vec![]));
        for (action, first, all) in [
            ("change-character", "z", vec!["z", "u₁", "R.x"]),
            ("change-r", "r", vec!["r", "u₂", "R.x"]),
            ("change-s", "s⁻¹", vec!["s⁻¹", "u₁", "u₂", "R.x"]),
            ("change-key", "Q", vec!["Q", "R.x"]),
        ] {
            tab.click(&format!("[data-action=\"{action}\"]")).await;
            browser.wait_until(&format!("{action} is noticed"), async || verdict(&tab).await == "invalid").await;
            let (enters, parted) = partings(&tab).await;
            assert_eq!((enters.as_str(), parted), (first, all.iter().map(ToString::to_string).collect()), "{action}");
            tab.click("[data-action=\"restore-bench\"]").await;
            browser.wait_until("it verifies again", async || verdict(&tab).await == "valid").await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_link_has_the_secret_only_where_it_was_asked_for() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=share&node=Ann").await;
        tab.open_hash(&format!("#/keys/signing?m=hello&d={KEY_ONE}")).await;
        browser.wait_until("it verifies", async || verdict(&tab).await == "valid").await;
        tab.click("[data-action=\"share-keys\"]").await;
        let link = async || tab.value("#share_link").await;
        browser.wait_until("the link is there", async || link().await.contains("m=hello")).await;
        let public = link().await;
        assert!(!public.contains(KEY_ONE), "{public}");
        tab.click("[data-action=\"share-secret\"]").await;
        browser.wait_until("the link has the key", async || link().await.contains(KEY_ONE)).await;

        // Who opens the public link can check the signature, without having the key.
        let other = browser.open("room=share&node=Bob").await;
        other.open_hash(public.split_once('#').map_or("", |(_, hash)| hash)).await;
        browser.wait_until("the signature of the link verifies", async || verdict(&other).await == "valid").await;
        let who = other.value("#bench_public_key").await;
        assert!(who.starts_with("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), "{who}");

        // At a glance, too, what is checked is what the link brought, and not a signature of the opener's own key.
        let glance = public.replace("#/keys/signing?", "#/keys?");
        let third = browser.open("room=share&node=Cleo").await;
        third.open_hash(glance.split_once('#').map_or("", |(_, hash)| hash)).await;
        browser.wait_until("the message of the link", async || third.value("#verify_message").await == "hello").await;
        assert_eq!(third.value("#verify_public_key").await, who);
        browser.wait_until("it verifies at a glance", async || verdict(&third).await == "valid").await;
        third.click("[data-action=\"sign\"]").await;
        browser
            .wait_until("the own signature, once it is asked for", async || {
                third.value("#verify_public_key").await != who && verdict(&third).await == "valid"
            })
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_is_refused_and_a_link_carries_all_that_was_signed() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=long&node=Ann").await;
        let message = "x".repeat(501);
        tab.open_hash(&format!("#/keys/signing?m={message}&d={KEY_ONE}")).await;
        browser.wait_until("it verifies", async || verdict(&tab).await == "valid").await;
        tab.click("[data-action=\"share-keys\"]").await;
        browser.wait_until("the link carries all", async || tab.value("#share_link").await.contains(&message)).await;
        let link = tab.value("#share_link").await;
        tab.click("[data-action=\"close-dialog\"]").await;
        let other = browser.open("room=long&node=Bob").await;
        other.open_hash(link.split_once('#').map_or("", |(_, hash)| hash)).await;
        browser.wait_until("501 characters verify elsewhere", async || verdict(&other).await == "valid").await;
        assert_eq!(other.value("#bench_message").await, message);

        // Near the limit its length is told, beyond it the message is refused and not cut.
        tab.open_hash("#/keys/across").await;
        tab.fill("#note_message", &"x".repeat(999)).await;
        browser.wait_until("the length is told", async || tab.text("#note_message-hint").await.contains("999")).await;
        tab.fill("#note_message", &"x".repeat(1_001)).await;
        tab.element("[data-field=\"note_message\"][data-state=\"invalid\"]").await;
        assert!(tab.text("#note_message-error").await.contains("1,001"));
        assert_eq!(tab.value("#note_message").await.len(), 1_001);
        tab.click("[data-action=\"share-keys\"]").await;
        tab.element("[data-share=\"too-long\"]").await;
        assert!(!tab.exists("#share_link").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_seen_is_marked_and_line_ends_are_tried() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=unseen&node=Ann").await;
        // "pay", an override, "5"; then a text of two lines that was signed with Windows line ends.
        tab.open_hash(&format!("#/keys/signing?m=pay+%E2%80%AE5&d={KEY_ONE}")).await;
        browser.wait_until("it verifies", async || verdict(&tab).await == "valid").await;
        for field in ["signing_message", "bench_message"] {
            let mark = format!("[data-hidden-in=\"{field}\"] [data-hidden-character=\"U+202E\"]");
            assert!(tab.element(&mark).await.text().await.expect("it is drawn").contains("U+202E"));
        }
        let isolated = "return [...document.querySelectorAll('.visibletext > p')]
            .every((paragraph) => paragraph.dir === 'auto' && getComputedStyle(paragraph).unicodeBidi === 'isolate');";
        assert_eq!(tab.script(isolated).await, json!(true));

        tab.open_hash(&format!("#/keys/signing?m=one%0D%0Atwo&d={KEY_ONE}")).await;
        browser.wait_until("it verifies", async || tab.value("#bench_message").await == "one\ntwo").await;
        browser.wait_until("it verifies", async || verdict(&tab).await == "valid").await;
        // Typed again, the lines end as in every text field.
        tab.fill("#bench_message", "one").await;
        browser.wait_until("a part is refused", async || verdict(&tab).await == "invalid").await;
        assert!(tab.exists("[data-panel=\"signing-bench\"] [data-value=\"difference\"] .differs").await);
        tab.fill("#bench_message", "one\ntwo").await;
        browser.wait_until("the other line ends hold", async || verdict(&tab).await == "valid").await;
        let why = tab.text("[data-panel=\"signing-bench\"] .verdict__why").await;
        assert!(why.contains("CR LF"), "{why}");
    })
    .await;
}

/// Takes the clipboard away, and counts what the old way copies; `refuse` makes that fail too.
async fn without_clipboard(tab: &Tab<'_>, refuse: bool) {
    let script = format!(
        "Object.defineProperty(navigator, 'clipboard', {{ value: undefined, configurable: true }});
         window.copied = [];
         document.execCommand = (command) => {{
             const area = document.activeElement;
             if ({refuse} || command !== 'copy' || !(area instanceof HTMLTextAreaElement)) return false;
             window.copied.push(area.value.slice(area.selectionStart, area.selectionEnd));
             return true;
         }};"
    );
    tab.script(&script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_button_in_a_dialog_works_without_the_clipboard_and_tells_what_happened() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=copy&node=Ann").await;
        tab.open_hash(&format!("#/keys/signing?m=hello&d={KEY_ONE}")).await;
        browser.wait_until("it verifies", async || verdict(&tab).await == "valid").await;
        tab.click("[data-action=\"share-keys\"]").await;
        tab.element("dialog[open] #share_link").await;
        let link = tab.value("#share_link").await;

        without_clipboard(&tab, false).await;
        tab.click("dialog[open] [data-action=\"copy\"]").await;
        tab.element("dialog[open] [data-action=\"copy\"][data-state=\"copied\"]").await;
        assert_eq!(tab.script("return window.copied;").await, json!([link]));

        // Where the browser refuses, it says so, and the text is selected for who copies by hand.
        without_clipboard(&tab, true).await;
        tab.element("dialog[open] [data-action=\"copy\"][data-state=\"\"]").await;
        tab.click("dialog[open] [data-action=\"copy\"]").await;
        tab.element("dialog[open] [data-action=\"copy\"][data-state=\"selected\"]").await;
        let selected = "const field = document.activeElement;
            return field.value.slice(field.selectionStart, field.selectionEnd);";
        assert_eq!(tab.script(selected).await, json!(link));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_section_opens_and_large_type_is_larger() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=sections&node=Ann").await;
        tab.open_hash("#/keys").await;
        tab.element("[data-section=\"overview\"][aria-current]").await;
        for section in ["number", "curve", "address", "signing", "payment", "across", "failures", "many"] {
            tab.click(&format!("[data-section=\"{section}\"]")).await;
            tab.element(&format!("[data-section=\"{section}\"][aria-current]")).await;
            tab.element("main .panel").await;
        }
        let size = async || tab.script("return parseFloat(getComputedStyle(document.documentElement).fontSize);").await;
        let before = size().await.as_f64().unwrap_or_default();
        tab.click("[data-action=\"project\"]").await;
        browser
            .wait_until("the type is larger", async || size().await.as_f64().unwrap_or_default() > before * 1.2)
            .await;
        assert_eq!(tab.script("return document.documentElement.scrollWidth <= innerWidth;").await, json!(true));
    })
    .await;
}
