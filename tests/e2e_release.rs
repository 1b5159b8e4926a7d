//! Releases in a real browser: after one visit the app needs no network, a new release is offered and never mixed with
//! the old, and tabs of both still talk.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use support::{Browser, Settings, Tab, in_browser};

/// Every page and section, and what must be in it.
const PAGES: [(&str, &str); 14] = [
    ("#/chain", "[data-figure=\"chain\"] [data-height]"),
    ("#/wallet", "[data-panel=\"send\"]"),
    ("#/keys", "[data-panel=\"verify\"]"),
    ("#/keys/number", "[data-panel=\"fill\"]"),
    ("#/keys/curve", ".panel"),
    ("#/keys/address", ".panel"),
    ("#/keys/signing", "[data-panel=\"signing-bench\"]"),
    ("#/keys/payment", "[data-panel=\"payment-bytes\"]"),
    ("#/keys/across", ".panel"),
    ("#/keys/failures", ".panel"),
    ("#/keys/many", ".panel"),
    ("#/network", ".panel"),
    ("#/miner", ".panel"),
    ("#/help", "[data-method=\"getblockcount\"]"),
];

/// Waits until the release is kept whole.
async fn wait_until_kept(browser: &Browser, tab: &Tab<'_>) {
    browser
        .wait_until("the service worker has taken over", async || {
            tab.script("return navigator.serviceWorker.controller?.state ?? '';").await == json!("activated")
        })
        .await;
}

async fn release_of(tab: &Tab<'_>) -> String {
    tab.script("return document.documentElement.dataset.release ?? '';").await.as_str().unwrap_or_default().to_owned()
}

/// Whether a banner is there.
async fn has(tab: &Tab<'_>, selector: &str) -> bool {
    tab.script(&format!("return document.querySelector('{selector}') !== null;")).await == json!(true)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_one_visit_the_app_mines_pays_and_opens_every_page_without_a_network() {
    in_browser(Settings::default(), async |browser| {
        let ann = browser.open("room=offline&node=Ann&network=regtest").await;
        wait_until_kept(browser, &ann).await;
        browser.server.serve(None);

        let bob = browser.open("room=offline&node=Bob&network=regtest").await;
        let (address_a, address_b) = (ann.new_address().await, bob.new_address().await);
        ann.mine(101, &address_a).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        let payment = ann.rpc_text("sendtoaddress", json!([address_b, 2.5])).await;
        bob.wait_for_payment(&payment).await;
        bob.mine(1, &address_b).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        assert_eq!(bob.balance("trusted").await, 2.5);
        for (hash, selector) in PAGES {
            bob.open_hash(hash).await;
            bob.element(selector).await;
        }
        ann.reload().await;
        assert_eq!(ann.height().await, 102);

        // All that was ever fetched is this app's own.
        let foreign = "return performance.getEntriesByType('resource').map((entry) => entry.name)
            .filter((name) => !name.startsWith(location.origin));";
        for tab in [&ann, &bob] {
            assert_eq!(tab.script(foreign).await, json!([]));
        }
    })
    .await;
}

/// The built app with a style sheet changed, as another release.
fn changed_release(name: &str) -> PathBuf {
    let dist = PathBuf::from(std::env::var_os("TABCHAIN_DIST").expect("the test runs with it"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("the target folder is writable");
    for entry in std::fs::read_dir(&dist).expect("the built app").flatten() {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).expect("a file of the app");
    }
    let index = std::fs::read_to_string(folder.join("index.html")).expect("the page");
    let release = index.split("data-release=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a release");
    let index = index.replace(&format!(" data-release=\"{release}\""), "").replace(&format!("?{release}"), "");
    std::fs::write(folder.join("index.html"), index).expect("the page");
    std::fs::copy(root.join("src/web/service_worker.js"), folder.join("service_worker.js")).expect("its source");
    let sheet = folder.join("tokens.css");
    let styles = std::fs::read_to_string(&sheet).expect("a style sheet");
    std::fs::write(&sheet, format!("{styles}:root{{--changed:{name}}}")).expect("a style sheet");
    let released = Command::new("bash").arg(root.join("scripts/release.sh")).arg(&folder).status();
    assert!(released.expect("bash runs").success());
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_release_is_offered_never_mixed_and_tabs_of_both_still_talk() {
    in_browser(Settings::default(), async |browser| {
        let ann = browser.open("room=releases&node=Ann").await;
        wait_until_kept(browser, &ann).await;
        let old = release_of(&ann).await;
        assert_eq!(old.len(), 12, "the build made a release");
        let look = "navigator.serviceWorker.getRegistration().then((found) => found.update()).catch(() => {});";

        // A host that has put up half of a release: nothing of it is taken.
        let broken = changed_release("broken");
        let module = std::fs::read(broken.join("node_bg.wasm")).expect("a module");
        std::fs::write(broken.join("node_bg.wasm"), [&module[..], b"\0\x02\x01x"].concat()).expect("a module");
        std::fs::remove_file(broken.join("node_bg.wasm.gz")).ok();
        browser.server.serve(Some(&broken));
        ann.script(look).await;
        let failed = "return navigator.serviceWorker.getRegistration()
            .then((found) => !found.installing && !found.waiting);";
        browser.wait_until("the half release is given up", async || ann.script(failed).await == json!(true)).await;
        ann.reload().await;
        assert_eq!(release_of(&ann).await, old);

        // A whole one is offered; until it is taken, every tab has the old.
        let changed = changed_release("changed");
        browser.server.serve(Some(&changed));
        ann.script(look).await;
        ann.element("[data-banner=\"release\"][data-news=\"ready\"]").await;
        let bob = browser.open("room=releases&node=Bob").await;
        bob.element("[data-banner=\"release\"][data-news=\"ready\"]").await;
        assert_eq!((release_of(&bob).await, release_of(&ann).await), (old.clone(), old.clone()));
        assert!(!has(&ann, "[data-banner=\"releases\"]").await, "both are of one release");

        // Bob takes it; Ann is told, and the two still talk.
        bob.click("[data-action=\"use-release\"]").await;
        browser
            .wait_until("Bob has the new release", async || {
                ![String::new(), old.clone()].contains(&release_of(&bob).await)
            })
            .await;
        bob.wait_for_node().await;
        let styles = "return getComputedStyle(document.documentElement).getPropertyValue('--changed');";
        assert_eq!(bob.script(styles).await, json!("changed"));
        ann.element("[data-banner=\"release\"][data-news=\"elsewhere\"]").await;
        ann.element("[data-banner=\"releases\"]").await;
        bob.element("[data-banner=\"releases\"]").await;
        assert_eq!(release_of(&ann).await, old);
        let address = bob.new_address().await;
        bob.mine(1, &address).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;
        // What Ann's tab loads now is still of its own release: a miner of the new one would not be taken.
        ann.rpc("setgenerate", json!([true])).await;
        browser.wait_until("Ann's miners find a block", async || ann.height().await >= 2).await;
        ann.rpc("setgenerate", json!([false])).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;

        ann.click("[data-action=\"use-release\"]").await;
        browser.wait_until("Ann has the new release", async || release_of(&ann).await != old).await;
        ann.wait_for_node().await;
        assert!(ann.height().await >= 2, "the node is the same");
        browser.wait_until("no banner is left", async || !has(&bob, "[data-banner=\"releases\"]").await).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_service_workers_works_as_before() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.blank().await;
        let none = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });";
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": none })).await;
        tab.go("room=plain&node=Ann").await;
        tab.wait_for_node().await;
        let address = tab.new_address().await;
        tab.mine(1, &address).await;
        assert_eq!(tab.height().await, 1);
        assert!(!has(&tab, "[data-banner=\"release\"]").await);
    })
    .await;
}
