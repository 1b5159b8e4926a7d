//! How long a visit takes until the page can be used and until its node mines, on a slow line and a slow machine.
//! `make bench` runs it and prints a table; nothing is asserted of a time.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::{Value, json};
use support::{Browser, Settings, in_browser};

/// Bytes a second of 10 Mbit/s, and what is waited for each answer.
const LINE_BYTES_PER_SECOND: u64 = 10_000_000 / 8;
const LINE_LATENCY_MS: u64 = 20;
const SLOWER: u64 = 4;

/// Notes when the page first answers, and when its node has mined a block after being asked at once.
const WATCH: &str = "
    globalThis.times = {};
    const look = () => {
        const phase = document.querySelector('.shell')?.dataset.phase;
        // The page's own frame says `loading` until the app takes it over.
        if (phase && phase !== 'loading') times.page ??= performance.now();
        if (phase === 'ready' && document.querySelector('[data-height=\"0\"]')) {
            times.chain ??= performance.now();
            if (!times.asked) {
                times.asked = true;
                tabchain.rpc('getnewaddress').then((address) => tabchain.rpc('generatetoaddress', 1, address))
                    .then(() => { times.mined = performance.now(); });
            }
        }
        if (times.mined === undefined) setTimeout(look, 5);
    };
    look();";

async fn visit(browser: &Browser, name: &str, cpu: u64) {
    let tab = browser.blank().await;
    browser.devtools("Network.enable", json!({})).await;
    let line = json!({
        "offline": false, "latency": LINE_LATENCY_MS,
        "downloadThroughput": LINE_BYTES_PER_SECOND, "uploadThroughput": LINE_BYTES_PER_SECOND,
    });
    browser.devtools("Network.emulateNetworkConditions", line).await;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": cpu })).await;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    tab.go(&format!("room=load{cpu}&node=Ann&network=regtest")).await;
    let mut times = Value::Null;
    browser
        .wait_until("the node mines", async || {
            times = tab.script("return globalThis.times;").await;
            times["mined"].is_number()
        })
        .await;
    let ms = |key: &str| times[key].as_f64().unwrap_or(f64::NAN).round();
    println!(
        "{name:<34} {:>8} ms until the page answers {:>8} ms until the chain shows {:>8} ms until the node mines",
        ms("page"),
        ms("chain"),
        ms("mined"),
    );
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await;
    // What is kept for the next visit is kept whole.
    let kept = "return !document.documentElement.dataset.release || !navigator.serviceWorker
        || navigator.serviceWorker.controller !== null;";
    browser.wait_until("the release is kept", async || tab.script(kept).await == json!(true)).await;
    tab.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_and_a_second_visit() {
    for cpu in [1, SLOWER] {
        in_browser(Settings::default(), async |browser| {
            visit(browser, &format!("first visit, 10 Mbit/s, CPU / {cpu}"), cpu).await;
            visit(browser, &format!("second visit, 10 Mbit/s, CPU / {cpu}"), cpu).await;
        })
        .await;
    }
}
