//! What a node does when its browser fails it: a database that refuses or never answers, a worker that traps, features
//! that are missing. The browser is made to fail inside the node's worker, before the app's own code runs there.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::{Value, json};
use support::{Browser, Settings, Tab, in_browser};

/// Before a page loads: each of its workers first runs the script that is put in place of `IN_WORKER`, and the page
/// notes what it says on the channel `browser-test`.
const PATCH_WORKERS: &str = r#"
    (() => {
        const Real = globalThis.Worker;
        const inWorker = IN_WORKER;
        globalThis.testHeard = [];
        if (globalThis.BroadcastChannel) {
            globalThis.testChannel = new BroadcastChannel("browser-test");
            testChannel.onmessage = ({ data }) => testHeard.push(data);
        }
        globalThis.Worker = class extends Real {
            constructor(address, options) {
                const loader = JSON.stringify(new URL(address, document.baseURI).href);
                const script = `
                    (() => {
                        const Real = self.Worker;
                        self.Worker = class extends Real { constructor(_, options) { super(${loader}, options); } };
                    })();
                    ${inWorker}
                    importScripts(${loader});`;
                super(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), options);
            }
        };
    })();
"#;

/// A database that does as it is told: `ok`, `refuse` every write, or `hang`: begin every write and never end it.
const UNSTEADY_DATABASE: &str = r#"
    let mode = "ok";
    const channel = new BroadcastChannel("browser-test");
    channel.onmessage = ({ data }) => {
        if (!["ok", "refuse", "hang"].includes(data)) return;
        mode = data;
        channel.postMessage("now " + mode);
    };
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (mode !== "refuse") return put.apply(this, given);
        throw new DOMException("refused by a test", "QuotaExceededError");
    };
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
        const begun = transaction.apply(this, given);
        if (given[1] === "readwrite") {
            // As long as there is a request under way, it does not end.
            const store = begun.objectStore(begun.objectStoreNames[0]);
            const goOn = () => { if (mode === "hang") store.count().onsuccess = goOn; };
            goOn();
        }
        return begun;
    };
"#;

/// A worker that traps when it is told to, as a module does that met a case it was not made for.
const TRAPS: &str = r#"
    const module = Uint8Array.of(
        0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11);
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports;
    const channel = new BroadcastChannel("browser-test");
    channel.onmessage = ({ data }) => {
        if (self.tabchainWorker?.role !== "node") return;
        if (data === "trap") f();
        if (data === "trap in a promise") Promise.resolve().then(f);
    };
"#;

/// A tab whose workers run this script first, from the next load on.
async fn patched<'b>(browser: &'b Browser, in_worker: &str) -> Tab<'b> {
    let tab = browser.blank().await;
    let source = PATCH_WORKERS.replace("IN_WORKER", &Value::from(in_worker).to_string());
    // The page's own policy lets no such worker run.
    browser.devtools("Page.setBypassCSP", json!({ "enabled": true })).await;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    tab
}

/// Tells the workers of a tab, by the test's own channel.
async fn tell(tab: &Tab<'_>, what: &str) {
    tab.script(&format!("testHeard.length = 0; testChannel.postMessage({});", Value::from(what))).await;
}

/// Has the tab's database do so from now on.
async fn set_mode(browser: &Browser, tab: &Tab<'_>, mode: &str) {
    tell(tab, mode).await;
    let heard = format!("return testHeard.includes({});", Value::from(format!("now {mode}")));
    browser.wait_until(&format!("the database is to {mode}"), async || tab.script(&heard).await == true).await;
}

async fn wait_until_all_is_saved(browser: &Browser, tab: &Tab<'_>) {
    browser
        .wait_until("nothing is in memory only", async || {
            tab.rpc("getblockchaininfo", json!([])).await["warnings"] == json!([])
                && !tab.exists("[data-storage=\"memory\"]").await
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_database_refused_is_written_when_it_takes_writes_again() {
    in_browser(Settings::default(), async |browser| {
        let tab = patched(browser, UNSTEADY_DATABASE).await;
        tab.go("room=refused&node=Ann").await;
        tab.wait_for_node().await;
        let address = tab.new_address().await;
        tab.mine(1, &address).await;

        set_mode(browser, &tab, "refuse").await;
        tab.mine(3, &address).await;
        tab.element("[data-storage=\"memory\"][data-trouble=\"full\"][data-blocks=\"3\"]").await;
        let said = tab.text("[data-storage=\"memory\"]").await;
        assert!(said.contains("heights 2 to 4") && said.contains("All else is saved"), "{said}");
        let warnings = tab.rpc("getblockchaininfo", json!([])).await["warnings"].clone();
        assert!(warnings[0].as_str().unwrap_or_default().contains("3 blocks (heights 2 to 4)"), "{warnings}");
        let later = tab.new_address().await;

        set_mode(browser, &tab, "ok").await;
        // As the user may; where it was tried by itself meanwhile the button is gone.
        tab.script("document.querySelector('[data-action=\"save-now\"]')?.click();").await;
        wait_until_all_is_saved(browser, &tab).await;
        let (tip, balance) = (tab.best_block().await, tab.balance("trusted").await);

        tab.reload().await;
        assert_eq!((tab.height().await, tab.best_block().await), (4, tip));
        assert_eq!(tab.balance("trusted").await, balance);
        assert_eq!(tab.rpc("getaddressinfo", json!([later])).await["ismine"], true);
        assert!(!tab.exists("[data-storage=\"memory\"]").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_never_answers_stops_no_frame_reply_or_view_and_is_made_again() {
    in_browser(Settings::default(), async |browser| {
        let tab = patched(browser, UNSTEADY_DATABASE).await;
        tab.go("room=silent&node=Ann").await;
        tab.wait_for_node().await;
        let address = tab.new_address().await;
        let other = browser.open("room=silent&node=Bob").await;
        browser.wait_until_agreed(&[&tab, &other]).await;

        set_mode(browser, &tab, "hang").await;
        tab.mine(2, &address).await;
        tab.element("[data-value=\"tip\"][data-height=\"2\"]").await;
        browser.wait_until_agreed(&[&tab, &other]).await;
        assert_eq!(other.height().await, 2);
        tab.element("[data-storage=\"memory\"][data-trouble=\"silent\"]").await;

        set_mode(browser, &tab, "ok").await;
        wait_until_all_is_saved(browser, &tab).await;
        other.set_network_active(false).await;
        tab.reload().await;
        assert_eq!(tab.height().await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_trapped_is_ended_so_that_another_tab_can_open_it() {
    for how in ["trap", "trap in a promise"] {
        in_browser(Settings::default(), async |browser| {
            let tab = patched(browser, TRAPS).await;
            tab.go("room=trapped&node=Ann").await;
            tab.wait_for_node().await;
            let address = tab.new_address().await;
            tab.mine(2, &address).await;

            tell(&tab, how).await;
            tab.element("[data-banner=\"failed\"] [data-action=\"reload\"]").await;
            tab.element("[data-banner=\"failed\"] [data-action=\"copy\"]").await;
            // It says nothing that is not so any more, and every question is answered.
            assert!(!tab.exists("[data-value=\"peers\"]").await, "{how}");
            assert!(tab.call("getblockcount", json!([])).await.is_err(), "{how}");

            // The page that lost its node is still open.
            let again = browser.open("room=trapped&node=Ann").await;
            assert_eq!(again.node_name().await, "Ann", "{how}: its lock is free");
            assert_eq!(again.height().await, 2, "{how}");
            assert_eq!(again.rpc("getaddressinfo", json!([address])).await["ismine"], true, "{how}");
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_channels_is_told_what_is_missing_and_what_works() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.blank().await;
        let source = PATCH_WORKERS.replace("IN_WORKER", &Value::from("delete self.BroadcastChannel;").to_string());
        let source = format!("delete globalThis.BroadcastChannel;\n{source}");
        browser.devtools("Page.setBypassCSP", json!({ "enabled": true })).await;
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
        tab.go("room=no-channel&node=Ann").await;
        tab.wait_for_node().await;
        let banner = "[data-banner=\"features\"] [data-feature=\"broadcast-channel\"]";
        assert!(tab.text(banner).await.contains("no BroadcastChannel"));
        let bar = tab.text("[data-value=\"peers\"]").await;
        assert!(!bar.contains("open another tab"), "{bar}");

        // The network page says it, too, and what works does.
        tab.click("[data-page=\"network\"]").await;
        tab.element("main [data-feature=\"broadcast-channel\"]").await;
        assert!(!tab.text("main").await.contains("Open another node"));
        let address = tab.new_address().await;
        tab.mine(1, &address).await;
        assert_eq!(tab.height().await, 1);
        tab.reload().await;
        assert_eq!(tab.height().await, 1, "saving works");

        tab.go("room=no-channel&node=Ann&lang=zh-CN").await;
        tab.wait_for_node().await;
        assert!(tab.text(banner).await.contains("BroadcastChannel"));
        assert!(tab.text("[data-value=\"peers\"]").await.contains("无法通信"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_locks_is_told_so_and_its_tabs_still_find_each_other() {
    in_browser(Settings::default(), async |browser| {
        let no_locks = "Object.defineProperty(self.navigator, 'locks', { value: undefined });";
        let ann = patched(browser, no_locks).await;
        ann.go("room=no-locks&node=Ann").await;
        ann.wait_for_node().await;
        ann.element("[data-banner=\"features\"] [data-feature=\"web-locks\"]").await;
        let bob = patched(browser, no_locks).await;
        bob.go("room=no-locks&node=Bob").await;
        bob.wait_for_node().await;
        let address = ann.new_address().await;
        ann.mine(1, &address).await;
        browser.wait_until_agreed(&[&ann, &bob]).await;

        // What was read goes, and stays on the network page.
        ann.click("[data-action=\"features-read\"]").await;
        browser.wait_until("the banner is gone", async || !ann.exists("[data-banner=\"features\"]").await).await;
        ann.click("[data-page=\"network\"]").await;
        ann.element("main [data-feature=\"web-locks\"]").await;
    })
    .await;
}
