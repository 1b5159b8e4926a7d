//! The real thing: the built app in a real browser with several tabs. `make test-e2e` builds and sets `TABCHAIN_DIST`.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::{Browser, RpcError, Settings, Tab, in_browser};

/// What the workers' module with its JavaScript, and all else, may transfer: bytes after gzip.
const NODE_BYTES_MAX: usize = 520_000;
const PAGE_BYTES_MAX: usize = 900_000;

/// ```text
///   1 - 2 - 3 - 4 - 5 - 6a          A, not connected
///   A   A   A   A   B   \ 6c - 7c   C, not connected; then all
/// ```
#[tokio::test(flavor = "multi_thread")]
async fn three_tabs_mine_pay_agree_reload_and_reopen() {
    in_browser(Settings::default(), async |browser| {
        // A mines four blocks, so that its first reward is mature, and pays B's address.
        let a = browser.open("room=story&node=Ann").await;
        let address_a = a.new_address().await;
        a.mine(4, &address_a).await;
        assert_eq!(a.height().await, 4);
        assert!(a.balance("trusted").await >= 50.0, "the first reward is mature");

        let b = browser.open("room=story&node=Bob").await;
        browser.wait_until_agreed(&[&a, &b]).await;
        let address_b = b.new_address().await;
        let payment = a.rpc_text("sendtoaddress", json!([address_b, 10.0])).await;

        // C, opened late, syncs.
        let c = browser.open("room=story&node=Cleo").await;
        browser.wait_until_agreed(&[&a, &b, &c]).await;
        assert_eq!(c.height().await, 4);

        // B mines the payment in.
        b.wait_for_payment(&payment).await;
        let reward_b = b.new_address().await;
        b.mine(1, &reward_b).await;
        let tip = browser.wait_until_agreed(&[&a, &b, &c]).await;
        for tab in [&a, &b, &c] {
            assert_eq!(tab.height().await, 5);
            assert_eq!(confirmed_in(tab, &payment).await, tip);
            assert_eq!(coins_paid_to(tab, &payment, &address_b).await, 10.0);
        }
        assert_eq!(b.balance("trusted").await, 10.0);
        assert!(b.balance("immature").await > 50.0, "the subsidy and the payment's fee");

        // B reloads and resumes.
        b.reload().await;
        assert_eq!(b.best_block().await, tip);
        assert_eq!(b.balance("trusted").await, 10.0);
        assert_eq!(b.rpc("getaddressinfo", json!([address_b])).await["ismine"], true);

        // A is closed, and its node reopened with its coins.
        let balance_a = a.balance("trusted").await;
        assert!(balance_a > 0.0);
        a.close().await;
        let a = browser.open("room=story&node=Ann").await;
        assert_eq!(a.best_block().await, tip);
        assert_eq!(a.balance("trusted").await, balance_a);
        assert_eq!(a.rpc("getaddressinfo", json!([address_a])).await["ismine"], true);

        // A transaction with one byte changed is refused by every node, with the rule named.
        b.set_network_active(false).await;
        let original = b.rpc_text("sendtoaddress", json!([address_a, 1.0])).await;
        let tampered = with_one_byte_changed(&b.rpc("getrawtransaction", json!([original, true])).await);
        for tab in [&a, &c] {
            let refusal = refused(tab, &tampered).await;
            assert!(refusal.message.contains("mandatory-script-verify-flag-failed"), "{refusal:?}");
        }
        // B knows the untampered one, which spends the same coin.
        let refusal = refused(&b, &tampered).await;
        assert!(
            ["txn-mempool-conflict", "mandatory-script-verify-flag-failed"]
                .iter()
                .any(|rule| refusal.message.contains(rule)),
            "{refusal:?}"
        );
        b.set_network_active(true).await;

        // C and A mine on separate tips while not connected, and agree after.
        a.set_network_active(false).await;
        c.set_network_active(false).await;
        let address_c = c.new_address().await;
        a.mine(1, &address_a).await;
        c.mine(2, &address_c).await;
        let (tip_a, tip_c) = (a.best_block().await, c.best_block().await);
        assert_ne!(tip_a, tip_c);
        assert_eq!((a.height().await, c.height().await), (6, 7));
        a.set_network_active(true).await;
        c.set_network_active(true).await;
        let agreed = browser.wait_until_agreed(&[&a, &b, &c]).await;
        assert_eq!(agreed, tip_c, "the branch with more work wins");
        let tips = a.rpc("getchaintips", json!([])).await;
        let lost = tips.as_array().and_then(|tips| tips.iter().find(|tip| tip["hash"] == tip_a.as_str()));
        assert_eq!(lost.map(|tip| &tip["status"]), Some(&json!("valid-fork")), "{tips}");

        // Coins on the three ledgers are the same, and as many as the subsidies issued.
        let totals: Vec<Value> = [
            a.rpc("gettxoutsetinfo", json!([])).await,
            b.rpc("gettxoutsetinfo", json!([])).await,
            c.rpc("gettxoutsetinfo", json!([])).await,
        ]
        .into();
        assert!(totals.windows(2).all(|pair| pair[0]["total_amount"] == pair[1]["total_amount"]), "{totals:?}");
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_mine_pay_and_open_another_node_by_clicks() {
    in_browser(Settings::default(), async |browser| {
        let a = browser.open("room=clicks&node=Ann").await;
        let address_a = a.new_address().await;
        a.mine(3, &address_a).await;

        // The help page is the first of its part here, and asks the node for its list at once.
        a.click("[data-page=\"help\"]").await;
        a.element(".methods button").await;

        // One block by the miner page's button.
        a.click("[data-page=\"miner\"]").await;
        a.click("[data-action=\"mine-one\"]").await;
        browser.wait_until("the clicked block is mined", async || a.height().await == 4).await;

        // A second node by the button for it.
        let handle = browser.blank().await; // keeps a tab that is not the app's, as users have
        a.click("[data-action=\"open-node\"]").await;
        let mut opened = Vec::new();
        browser
            .wait_until("the other node's tab is open", async || {
                opened = browser.tabs_besides(&[&a, &handle]).await;
                !opened.is_empty()
            })
            .await;
        let b = opened.swap_remove(0);
        b.wait_for_node().await;
        browser.wait_until_agreed(&[&a, &b]).await;
        let address_b = b.new_address().await;

        // A mistyped address is answered at its field, and what was typed stays.
        a.click("[data-page=\"wallet\"]").await;
        let last = if address_b.ends_with('1') { "2" } else { "1" };
        let mistyped = format!("{}{last}", &address_b[..address_b.len() - 1]);
        a.fill("[name=\"to\"]", &mistyped).await;
        a.fill("[name=\"amount\"]", "2.5").await;
        let field = a.element("[name=\"to\"][aria-invalid=\"true\"]").await;
        assert_eq!(field.value().await.unwrap().as_deref(), Some(mistyped.as_str()));
        assert_eq!(a.element("[name=\"amount\"]").await.value().await.unwrap().as_deref(), Some("2.5"));

        // The right one is sent, and reaches the other node.
        a.fill("[name=\"to\"]", &address_b).await;
        a.element("[name=\"to\"]:not([aria-invalid])").await;
        a.click("form[data-plan] [data-action=\"send\"]").await;
        a.element("[data-sent]").await;
        browser
            .wait_until("the payment is pending at the other node", async || {
                b.balance("untrusted_pending").await == 2.5
            })
            .await;
        a.mine(1, &address_a).await;
        browser.wait_until("the payment is confirmed there", async || b.balance("trusted").await == 2.5).await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_is_what_is_signed_and_a_key_from_paper_is_swept() {
    // The private key 1 of the test networks, and its address.
    const KEY: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";
    const ADDRESS: &str = "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r";
    in_browser(Settings::default(), async |browser| {
        let a = browser.open("room=shown&node=Ann").await;
        let address = a.new_address().await;
        a.mine(5, &address).await;

        // A comma, spaces and a mark that nobody sees are read, and the page says how.
        let spaced = format!("{} {}", &ADDRESS[..4], &ADDRESS[4..]);
        a.click("[data-page=\"wallet\"]").await;
        a.fill("[name=\"to\"]", &spaced).await;
        a.fill("[name=\"amount\"]", "0,5").await;
        a.element("form[data-plan]").await;
        assert!(a.text("#to-hint").await.contains(ADDRESS));
        assert!(a.text("#amount-hint").await.contains("0.5"));
        a.element("[data-panel=\"signed\"] #signed-bytes").await;

        // Between preview and press its coin is spent: nothing is signed, and the page says why.
        let shown = attribute(&a, "form[data-plan]", "data-plan").await;
        let before = a.rpc("getmempoolinfo", json!([])).await["size"].clone();
        assert_eq!(before, json!(0));
        // In the page itself: the press comes with the answer, long before another preview.
        a.script(
            "return tabchain.rpc('sendtoaddress', 'mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r', 1).then(() => {
                document.querySelector('form[data-plan] [data-action=\"send\"]').click();
                return true;
            });",
        )
        .await;
        let said = attribute(&a, "[data-said=\"out-of-date\"]", "data-rule").await;
        assert_eq!(said, "preview-coin-spent");
        assert_eq!(a.rpc("getmempoolinfo", json!([])).await["size"], json!(1), "only the other payment is there");
        browser
            .wait_until("another payment is shown", async || {
                a.exists("form[data-plan]").await && attribute(&a, "form[data-plan]", "data-plan").await != shown
            })
            .await;
        a.click("form[data-plan] [data-action=\"send\"]").await;
        a.element("[data-sent]").await;
        a.mine(1, &address).await;

        // The key on paper has 1.5 now.
        let b = browser.open("room=shown&node=Bob").await;
        browser.wait_until_agreed(&[&a, &b]).await;
        b.click("[data-page=\"wallet\"]").await;
        b.click("[data-action=\"open-sweep\"]").await;
        b.fill("[name=\"sweep_key\"]", &KEY.replace('7', "8")).await;
        b.click("[data-action=\"sweep-look\"]").await;
        b.element("[name=\"sweep_key\"][aria-invalid=\"true\"]").await;
        b.fill("[name=\"sweep_key\"]", KEY).await;
        b.click("[data-action=\"sweep-look\"]").await;
        assert!(b.text("[data-sweep]").await.contains("1.50000000"));
        b.click("[data-action=\"sweep\"]").await;
        b.element("[data-swept]").await;
        a.wait_for_payment(&attribute(&b, "[data-swept]", "data-swept").await).await;
        a.mine(1, &address).await;
        browser
            .wait_until("what was on paper is spendable", async || {
                let balance = b.balance("trusted").await;
                balance > 1.499 && balance < 1.5
            })
            .await;

        // The search says whose that address is, and puts it away with the page.
        b.fill("[name=\"search\"]", &address).await;
        b.element("[name=\"search\"]").await.send_keys("\u{e007}").await.expect("the field takes Enter");
        b.element("[data-found=\"address\"]").await;
        b.click("[data-page=\"miner\"]").await;
        browser.wait_until("the answer is put away", async || !b.exists("[data-found=\"address\"]").await).await;
        b.fill("[name=\"search\"]", "ann").await;
        b.element("[name=\"search\"]").await.send_keys("\u{e007}").await.expect("the field takes Enter");
        b.element("[data-peer=\"Ann\"]").await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

/// An attribute of an element, once it is there.
async fn attribute(tab: &Tab<'_>, selector: &str, name: &str) -> String {
    tab.element(selector).await.attr(name).await.ok().flatten().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicated_tab_becomes_a_new_node() {
    in_browser(Settings::default(), async |browser| {
        let original = browser.open("room=twice&node=Ann").await;
        let address = original.new_address().await;
        original.script("window.open(location.href)").await;
        let mut opened = Vec::new();
        browser
            .wait_until("the duplicate is open", async || {
                opened = browser.tabs_besides(&[&original]).await;
                !opened.is_empty()
            })
            .await;
        let duplicate = opened.swap_remove(0);
        duplicate.wait_for_node().await;
        assert_eq!(
            duplicate.rpc("getaddressinfo", json!([address])).await["ismine"],
            false,
            "it has a wallet of its own"
        );
        assert_eq!(original.rpc("getaddressinfo", json!([address])).await["ismine"], true);
        browser
            .wait_until("the two are each other's peers", async || {
                original.rpc("getpeerinfo", json!([])).await.as_array().is_some_and(|peers| peers.len() == 1)
            })
            .await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shell_is_shown_before_the_node_is_ready_and_a_first_load_is_small() {
    in_browser(Settings::default(), async |browser| {
        // A page whose worker never starts still shows its frame.
        let tab = browser.blank().await;
        let no_workers = "globalThis.Worker = class extends EventTarget { postMessage() {} terminate() {} };";
        let script = browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": no_workers })).await;
        tab.go("room=shell&node=Ann").await;
        tab.element("nav [data-page=\"wallet\"]").await;
        tab.element("nav [data-page=\"chain\"]").await;
        browser.devtools("Page.removeScriptToEvaluateOnNewDocument", script).await;

        // With it, everything that was fetched until the node mines is the first load.
        tab.go("room=shell&node=Ann").await;
        tab.wait_for_node().await;
        let address = tab.new_address().await;
        tab.mine(1, &address).await;
        let files = browser.server.requested();
        let sizes: Vec<(String, usize)> =
            files.iter().map(|file| (file.display().to_string(), gzipped_bytes(file))).collect();
        let bytes = |of_node: bool| -> usize {
            let is_node = |file: &str| file.contains("/node.js") || file.contains("/node_bg.wasm");
            sizes.iter().filter(|(file, _)| is_node(file) == of_node).map(|(_, bytes)| bytes).sum()
        };
        let (node, page) = (bytes(true), bytes(false));
        println!("first load: node {node} and page {page} bytes gzipped in {} files", sizes.len());
        assert!(sizes.iter().any(|(file, _)| file.ends_with("node_bg.wasm")), "the node is part of it: {sizes:#?}");
        // What the compiler made still has the names of its functions.
        let module = files.iter().find(|file| file.ends_with("node_bg.wasm")).expect("the node is part of it");
        let bytes = std::fs::read(module).expect("the module is a file");
        let is_small = !bytes.windows(18).any(|window| window == b"tabchain::ledger::");
        if !is_small {
            eprintln!("SKIPPED: the limits on a first load, as this build went without wasm-opt (it needs npm)");
        }
        assert!(!is_small || node <= NODE_BYTES_MAX, "the node takes {node} bytes: {sizes:#?}");
        assert!(!is_small || page <= PAGE_BYTES_MAX, "the page takes {page} bytes: {sizes:#?}");
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_storage_the_node_says_so_and_runs_in_memory() {
    in_browser(Settings { storage_refused: true }, async |browser| {
        let tab = browser.open("room=memory").await;
        tab.element("[data-storage=\"memory\"]").await;
        let address = tab.new_address().await;
        tab.mine(1, &address).await;
        assert_eq!(tab.height().await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_and_networks_do_not_mix() {
    in_browser(Settings::default(), async |browser| {
        let here = browser.open("room=here&node=Ann").await;
        let there = browser.open("room=there&node=Bob").await;
        let regtest = browser.open("network=regtest&node=Cleo").await;
        let genesis = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
        assert_eq!(regtest.rpc("getblockhash", json!([0])).await, genesis, "regtest is Bitcoin Core's own");
        let genesis_here = here.rpc("getblockhash", json!([0])).await;
        let genesis_there = there.rpc("getblockhash", json!([0])).await;
        assert!(genesis_here != genesis_there && genesis_here != genesis && genesis_there != genesis);

        // A node of the same room is a peer; the two others, open all the while, are not.
        let friend = browser.open("room=here&node=Dan").await;
        browser
            .wait_until("the node of the same room is linked", async || {
                here.rpc("getpeerinfo", json!([])).await.as_array().is_some_and(|peers| peers.len() == 1)
            })
            .await;
        let address = here.new_address().await;
        here.mine(1, &address).await;
        browser.wait_until_agreed(&[&here, &friend]).await;
        assert_eq!((there.height().await, regtest.height().await), (0, 0));
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_call_gets_bitcoin_cores_error_code() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=codes&node=Ann").await;
        for (method, parameters, code) in [
            ("nosuchmethod", json!([]), -32601),
            ("getblockhash", json!([99]), -8),
            ("getblock", json!(["00".repeat(32)]), -5),
            ("sendrawtransaction", json!(["zz"]), -22),
            ("sendtoaddress", json!(["not an address", 1.0]), -5),
            ("sendtoaddress", json!([tab.new_address().await, 1.0]), -6),
            ("getblockcount", json!([1, 2, 3, 4, 5, 6, 7, 8, 9]), -1),
            ("getblockhash", json!([{"hieght": 0}]), -8),
        ] {
            let error = tab.call(method, parameters.clone()).await.expect_err(method);
            assert_eq!(error.code, code, "{method} {parameters}: {}", error.message);
            assert!(!error.message.is_empty());
        }
        // All parameters arrive: the tenth is the fee rate.
        let to = tab.new_address().await;
        let rated = json!([to, 1, "", "", false, null, null, "unset", null, 0.01]);
        let error = tab.call("sendtoaddress", rated).await.expect_err("below the least");
        assert!(error.message.starts_with("Fee rate (0.010 sat/vB) is lower than"), "{}", error.message);
        let genesis = tab.rpc("getblockhash", json!([0])).await;
        assert_eq!(tab.rpc("getblockhash", json!([{"height": 0}])).await, genesis, "by name");
        assert_no_console_errors(browser).await;
    })
    .await;
}

/// The block that a node says the transaction is in.
async fn confirmed_in(tab: &Tab<'_>, txid: &str) -> String {
    let transaction = tab.rpc("getrawtransaction", json!([txid, true])).await;
    transaction["blockhash"].as_str().unwrap_or_else(|| panic!("not in a block: {transaction}")).to_owned()
}

/// What unspent outputs of the transaction pay to the address, by this node's ledger, in coins.
async fn coins_paid_to(tab: &Tab<'_>, txid: &str, address: &str) -> f64 {
    let mut coins = 0.0;
    for index in 0..2 {
        let output = tab.rpc("gettxout", json!([txid, index])).await;
        if output["scriptPubKey"]["address"] == address {
            coins += output["value"].as_f64().expect("an amount");
        }
    }
    coins
}

/// The transaction's bytes with one bit of its first signature turned, hexadecimal.
fn with_one_byte_changed(transaction: &Value) -> String {
    let (hex, script) = (transaction["hex"].as_str(), transaction["vin"][0]["scriptSig"]["hex"].as_str());
    let (hex, script) = (hex.expect("its bytes"), script.expect("its script"));
    let script_at = hex.find(script).expect("the script is part of the bytes");
    // Past the push and the signature's frame and first length, in the middle of r.
    let place = script_at + 2 * 20;
    let changed = if hex.as_bytes()[place] == b'0' { "1" } else { "0" };
    format!("{}{changed}{}", &hex[..place], &hex[place + 1..])
}

/// The refusal of a transaction by a node.
async fn refused(tab: &Tab<'_>, hex: &str) -> RpcError {
    let refusal = tab.call("sendrawtransaction", json!([hex])).await.expect_err("the transaction must be refused");
    assert!(matches!(refusal.code, -27..=-25), "a verification error: {refusal:?}");
    refusal
}

/// Fails when a page or worker said an error on its console.
async fn assert_no_console_errors(browser: &Browser) {
    let errors: Vec<String> = browser.console().await.into_iter().filter(|line| line.starts_with("SEVERE")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// The size of a file as a static host with compression sends it.
fn gzipped_bytes(file: &std::path::Path) -> usize {
    let output = Command::new("gzip").arg("-9c").arg(file).stdin(Stdio::null()).output();
    output.expect("gzip is installed").stdout.len()
}
