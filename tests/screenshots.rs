//! Pictures of every page of the built app, from a lively network of three tabs: `make screenshots`.
//!
//! They are written to the folder that `TABCHAIN_SCREENSHOTS` names, as `page-language-theme-width.png`: what is on
//! screen, and with `-whole` the page from top to bottom.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use support::{Browser, Settings, Tab, in_browser};

/// The pages, by name and route.
const PAGES: [(&str, &str); 5] =
    [("chain", "#/chain"), ("wallet", "#/wallet"), ("keys", "#/keys"), ("network", "#/network"), ("miner", "#/miner")];
/// Widths and heights, CSS pixels: desktop, tablet, phone.
const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_pictured_in_every_size_theme_and_language() {
    let Some(folder) = std::env::var_os("TABCHAIN_SCREENSHOTS").map(PathBuf::from) else {
        eprintln!("SKIPPED: TABCHAIN_SCREENSHOTS names no folder; `make screenshots` runs this");
        return;
    };
    fs::create_dir_all(&folder).expect("the folder for the pictures");
    in_browser(Settings::default(), async |browser| {
        let room = "room=harbour";
        let a = browser.open(&format!("{room}&node=amber-heron")).await;
        let b = browser.open(&format!("{room}&node=blue-otter")).await;
        let c = browser.open(&format!("{room}&node=violet-wren")).await;
        let tabs = [&a, &b, &c];
        make_lively(browser, tabs).await;

        for (language, theme) in [("en", "light"), ("en", "dark"), ("zh-CN", "light"), ("zh-CN", "dark")] {
            a.go(&format!("{room}&node=amber-heron&lang={language}&theme={theme}")).await;
            a.wait_for_node().await;
            for (page, route) in PAGES {
                a.script(&format!("location.hash = {route:?}")).await;
                for (width, height) in SIZES {
                    let file = folder.join(format!("{page}-{language}-{theme}-{width}"));
                    pictures(browser, &a, width, height, &file.display().to_string()).await;
                }
            }
        }
    })
    .await;
}

/// Blocks by all three, payments between them in blocks and waiting, and a branch that lost.
async fn make_lively(browser: &Browser, tabs: [&Tab<'_>; 3]) {
    let mut addresses = Vec::new();
    for tab in tabs {
        addresses.push(tab.new_address().await);
    }
    for (miner, blocks) in [(0, 3), (1, 1), (2, 1), (0, 1)] {
        tabs[miner].mine(blocks, &addresses[miner]).await;
        browser.wait_until_agreed(&tabs).await;
    }
    for (to, coins) in [(1, 12.5), (2, 4.25)] {
        let address = tabs[to].new_address().await;
        let txid = tabs[0].rpc_text("sendtoaddress", json!([address, coins])).await;
        tabs[1].wait_for_payment(&txid).await;
    }
    tabs[1].mine(1, &addresses[1]).await;
    browser.wait_until_agreed(&tabs).await;

    // The pictured node's branch of one block loses against one of two.
    tabs[0].set_network_active(false).await;
    tabs[0].mine(1, &addresses[0]).await;
    tabs[2].mine(2, &addresses[2]).await;
    tabs[0].set_network_active(true).await;
    browser.wait_until_agreed(&tabs).await;

    for (from, to, coins) in [(0, 1, 3.0), (1, 2, 1.75), (0, 2, 0.5)] {
        let address = tabs[to].new_address().await;
        let txid = tabs[from].rpc_text("sendtoaddress", json!([address, coins])).await;
        tabs[0].wait_for_payment(&txid).await;
    }
}

/// Two pictures at this size, once nothing on the page is loading: what is on screen, and the whole page.
async fn pictures(browser: &Browser, tab: &Tab<'_>, width: u32, height: u32, file: &str) {
    resize(browser, tab, width, height).await;
    write_picture(browser, &format!("{file}.png")).await;
    let whole = tab.script("return document.documentElement.scrollHeight").await;
    resize(browser, tab, width, whole.as_u64().map_or(height, |whole| whole as u32)).await;
    write_picture(browser, &format!("{file}-whole.png")).await;
}

async fn resize(browser: &Browser, tab: &Tab<'_>, width: u32, height: u32) {
    tab.show().await;
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
    browser.devtools("Emulation.setDeviceMetricsOverride", size).await;
    browser
        .wait_until("the page is drawn", async || {
            let script = "
                document.querySelectorAll('[data-toast] [data-action=\"dismiss\"]').forEach((button) => button.click());
                scrollTo(0, 0);
                return document.fonts.status === 'loaded'
                    && !document.querySelector('[data-toast], main [data-state=\"loading\"]')";
            tab.script(script).await == Value::Bool(true)
        })
        .await;
    // Two frames on, what the new size moved is in its place.
    let frames = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
    tab.script(frames).await;
}

async fn write_picture(browser: &Browser, file: &str) {
    let answer = browser.devtools("Page.captureScreenshot", json!({ "format": "png" })).await;
    let base64 = answer["data"].as_str().expect("a picture");
    fs::write(file, from_base64(base64)).expect("the picture is written");
    println!("{file}");
}

/// The bytes of standard Base64.
fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
