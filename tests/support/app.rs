//! One tab of the app, through its page and through its node's RPC.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::Browser;

/// Bitcoin Core's code of a node that is still opening.
const IN_WARMUP: i64 = -28;

/// An answer of the node that is an error.
#[derive(Clone, Debug, PartialEq)]
pub struct RpcError {
    /// Bitcoin Core's error code.
    pub code: i64,
    /// Its text.
    pub message: String,
}

/// A tab with the app in it.
pub struct Tab<'b> {
    browser: &'b Browser,
    window: WindowHandle,
}

impl Browser {
    /// Opens the app in a new tab with these parameters of its address, like `room=x&node=Ann`, and waits for its node.
    pub async fn open(&self, parameters: &str) -> Tab<'_> {
        let tab = self.open_without_waiting(parameters).await;
        tab.wait_for_node().await;
        tab
    }

    /// The same without waiting.
    pub async fn open_without_waiting(&self, parameters: &str) -> Tab<'_> {
        let tab = self.blank().await;
        tab.go(parameters).await;
        tab
    }

    /// A new tab with nothing in it yet.
    pub async fn blank(&self) -> Tab<'_> {
        let window = self.driver.new_tab().await.expect("a new tab");
        let tab = Tab { browser: self, window };
        tab.show().await;
        tab
    }

    /// The tabs that are open in the browser but not among these.
    pub async fn tabs_besides(&self, known: &[&Tab<'_>]) -> Vec<Tab<'_>> {
        let windows = self.driver.windows().await.expect("the list of tabs");
        let unknown = windows.into_iter().filter(|window| known.iter().all(|tab| tab.window != *window));
        let mut tabs = Vec::new();
        for window in unknown {
            let tab = Tab { browser: self, window };
            tab.show().await;
            let url = self.driver.current_url().await.expect("every tab has an address");
            if url.as_str().starts_with(&self.server.url()) {
                tabs.push(tab);
            }
        }
        tabs
    }

    /// Waits until all these nodes have the same best block, and returns its hash.
    pub async fn wait_until_agreed(&self, tabs: &[&Tab<'_>]) -> String {
        let mut tips = Vec::new();
        self.wait_until("all nodes report the same best block", async || {
            tips.clear();
            for tab in tabs {
                tips.push(tab.best_block().await);
            }
            tips.windows(2).all(|pair| pair[0] == pair[1])
        })
        .await;
        tips.swap_remove(0)
    }
}

impl Tab<'_> {
    /// Brings the tab to the front: what follows is done in it.
    pub async fn show(&self) {
        self.browser.driver.switch_to_window(self.window.clone()).await.expect("the tab is open");
    }

    /// Loads the app with these parameters in this tab.
    pub async fn go(&self, parameters: &str) {
        self.show().await;
        let url = format!("{}?{parameters}", self.browser.server.url());
        self.browser.driver.goto(url).await.expect("the page loads");
    }

    /// Loads the page again, as the user does.
    pub async fn reload(&self) {
        self.show().await;
        self.browser.driver.refresh().await.expect("the page loads again");
        self.wait_for_node().await;
    }

    /// Closes the tab.
    pub async fn close(self) {
        self.show().await;
        self.browser.driver.close_window().await.expect("the tab closes");
        let windows = self.browser.driver.windows().await.expect("the list of tabs");
        self.browser.driver.switch_to_window(windows[0].clone()).await.expect("another tab is open");
    }

    /// Runs a script in the page and returns its value.
    pub async fn script(&self, script: &str) -> Value {
        self.show().await;
        let value = self.browser.driver.execute(script, Vec::new()).await;
        value.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Waits until the page's node answers.
    pub async fn wait_for_node(&self) {
        self.rpc("getblockcount", json!([])).await;
    }

    /// Calls a method in the page's console; waits while the node is opening.
    pub async fn call(&self, method: &str, parameters: Value) -> Result<Value, RpcError> {
        const SCRIPT: &str = "
            const [method, parameters, done] = arguments;
            if (!globalThis.tabchain || !tabchain.rpc) { done({ code: -28, message: 'no tabchain.rpc' }); }
            else tabchain.rpc(method, ...parameters).then(
                (result) => done({ result: result === undefined ? null : result }),
                (error) => done({ code: error?.code ?? 0, message: String(error?.message ?? error) }));";
        let mut answer = Value::Null;
        self.browser
            .wait_until(&format!("the node answers {method}"), async || {
                self.show().await;
                let arguments = vec![json!(method), parameters.clone()];
                let returned = self.browser.driver.execute_async(SCRIPT, arguments).await;
                answer = returned.unwrap_or_else(|error| panic!("{method} {parameters}: {error}")).json().clone();
                answer["code"] != IN_WARMUP
            })
            .await;
        match answer.get("result") {
            Some(result) => Ok(result.clone()),
            None => Err(RpcError {
                code: answer["code"].as_i64().unwrap_or_default(),
                message: answer["message"].as_str().unwrap_or_default().to_owned(),
            }),
        }
    }

    /// The same where an error is a failure of the test.
    pub async fn rpc(&self, method: &str, parameters: Value) -> Value {
        self.call(method, parameters.clone())
            .await
            .unwrap_or_else(|error| panic!("{method} {parameters} answers {}: {}", error.code, error.message))
    }

    /// The same for a text.
    pub async fn rpc_text(&self, method: &str, parameters: Value) -> String {
        let value = self.rpc(method, parameters).await;
        value.as_str().unwrap_or_else(|| panic!("{method} answers {value}, not a text")).to_owned()
    }

    /// The tip's hash.
    pub async fn best_block(&self) -> String {
        self.rpc_text("getbestblockhash", json!([])).await
    }

    /// The tip's height.
    pub async fn height(&self) -> u64 {
        self.rpc("getblockcount", json!([])).await.as_u64().expect("a height")
    }

    /// A new address of this node's wallet.
    pub async fn new_address(&self) -> String {
        self.rpc_text("getnewaddress", json!([])).await
    }

    /// Mines blocks, their rewards to the address.
    pub async fn mine(&self, blocks: u64, address: &str) {
        let hashes = self.rpc("generatetoaddress", json!([blocks, address])).await;
        assert_eq!(
            hashes.as_array().map(Vec::len),
            Some(blocks as usize),
            "generatetoaddress names its blocks: {hashes}"
        );
    }

    /// The wallet's balance of one kind: `trusted`, `untrusted_pending` or `immature`, in coins.
    pub async fn balance(&self, kind: &str) -> f64 {
        let balances = self.rpc("getbalances", json!([])).await;
        balances["mine"][kind].as_f64().unwrap_or_else(|| panic!("no mine.{kind} in {balances}"))
    }

    /// Waits until this node's mempool holds the transaction.
    pub async fn wait_for_payment(&self, txid: &str) {
        self.browser
            .wait_until(&format!("the mempool holds {txid}"), async || {
                let waiting = self.rpc("getrawmempool", json!([])).await;
                waiting.as_array().is_some_and(|txids| txids.iter().any(|waiting| waiting == txid))
            })
            .await;
    }

    /// Links the node to the others, or not.
    pub async fn set_network_active(&self, active: bool) {
        self.rpc("setnetworkactive", json!([active])).await;
    }

    /// The node's name, as the page's header bar shows it.
    pub async fn node_name(&self) -> String {
        let cell = self.element("[data-node]").await;
        cell.attr("data-node").await.expect("the bar is drawn").expect("selected by it")
    }

    /// The element, once it is there and shown.
    pub async fn element(&self, selector: &str) -> WebElement {
        let mut found = None;
        self.browser
            .wait_until(&format!("{selector} is shown"), async || {
                self.show().await;
                let all = self.browser.driver.find_all(By::Css(selector)).await.expect("a valid selector");
                for element in all {
                    if element.is_displayed().await.unwrap_or(false) {
                        found = Some(element);
                        return true;
                    }
                }
                false
            })
            .await;
        found.expect("waited for it")
    }

    /// Goes to a hash address in this tab, as a link on the page does.
    pub async fn open_hash(&self, hash: &str) {
        let address = serde_json::to_string(&format!("#{}", hash.trim_start_matches('#'))).expect("a text");
        self.script(&format!("location.hash = {address};")).await;
    }

    /// The text of the element, once it is shown; of the first, where there are several.
    pub async fn text(&self, selector: &str) -> String {
        let mut text = String::new();
        self.browser
            .wait_until(&format!("{selector} has a text"), async || match self.element(selector).await.text().await {
                Ok(found) => {
                    text = found;
                    true
                }
                // Drawn anew between finding and reading.
                Err(_) => false,
            })
            .await;
        text
    }

    /// What is in a field, once it is shown.
    pub async fn value(&self, selector: &str) -> String {
        let mut value = String::new();
        self.browser
            .wait_until(&format!("{selector} has a value"), async || match self.element(selector).await.value().await {
                Ok(found) => {
                    value = found.unwrap_or_default();
                    true
                }
                Err(_) => false,
            })
            .await;
        value
    }

    /// Whether the page has such an element now.
    pub async fn exists(&self, selector: &str) -> bool {
        self.show().await;
        !self.browser.driver.find_all(By::Css(selector)).await.expect("a valid selector").is_empty()
    }

    /// Clicks what the selector names, once it can be clicked.
    pub async fn click(&self, selector: &str) {
        self.browser
            .wait_until(&format!("{selector} can be clicked"), async || {
                let element = self.element(selector).await;
                // The page may draw it anew between finding and clicking.
                element.is_enabled().await.unwrap_or(false) && element.click().await.is_ok()
            })
            .await;
    }

    /// Types a text into a field in place of what it holds.
    pub async fn fill(&self, selector: &str, text: &str) {
        self.browser
            .wait_until(&format!("{selector} takes a text"), async || {
                let field = self.element(selector).await;
                field.clear().await.is_ok()
                    && field.send_keys(text).await.is_ok()
                    && field.value().await.ok().flatten().as_deref() == Some(text)
            })
            .await;
    }
}
