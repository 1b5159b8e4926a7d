//! The keys page in a real browser: what a learner does with a number, a curve, an address, broken keys and many keys.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::json;
use support::{Settings, Tab, in_browser};

/// The text of an element without the spaces between its bytes.
async fn bytes(tab: &Tab<'_>, selector: &str) -> String {
    tab.text(selector).await.split_whitespace().collect()
}

async fn attribute(tab: &Tab<'_>, selector: &str, name: &str) -> String {
    tab.element(selector).await.attr(name).await.ok().flatten().unwrap_or_default()
}

const G: &str = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_a_fingerprint_and_notices_mistakes() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=address&node=Ann").await;
        tab.open_hash(&format!("#/keys/address?d={:0>64}", "1")).await;
        let stage = async |name: &str| bytes(&tab, &format!("[data-bytes-of=\"{name}\"]")).await;
        browser.wait_until("the key of the link", async || stage("public-key").await == format!("02{G}")).await;
        assert_eq!(stage("ripemd160").await, "751e76e8199196d454941c45d1b3a323f1433bd6");
        assert_eq!(stage("version").await, "6f751e76e8199196d454941c45d1b3a323f1433bd6");
        let now = async || attribute(&tab, "[data-address-now]", "data-address-now").await;
        assert_eq!(now().await, "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r");

        // One bit of the public key's bytes changes about half of every hash.
        tab.click("[data-action=\"flip:public\"]").await;
        tab.element("[data-stage-of=\"public-key\"][data-changed-bits=\"1\"]").await;
        let changed: u32 =
            attribute(&tab, "[data-stage-of=\"sha256\"]", "data-changed-bits").await.parse().expect("a count");
        assert!((80..176).contains(&changed), "{changed}");
        tab.click("[data-action=\"flip:none\"]").await;

        for action in ["mistype", "swap-two"] {
            tab.click(&format!("[data-action=\"{action}\"]")).await;
            tab.element("[data-sums=\"unequal\"]").await;
            tab.element("[data-panel=\"address-mistake\"] [data-verdict=\"invalid\"]").await;
            tab.click("[data-action=\"restore-address\"]").await;
            tab.element("[data-panel=\"address-mistake\"] [data-verdict=\"valid\"]").await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_goes_wrong_on_the_page_and_at_the_node() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=failures&node=Ann").await;
        let address = tab.new_address().await;
        tab.mine(4, &address).await;
        let key = format!("{:0>64}", "2a");
        tab.open_hash(&format!("#/keys/failures?d={key}&m=x")).await;

        // Two signatures with one nonce give the private key; with RFC 6979's they do not.
        let computed = async || {
            let script = "return [...document.querySelectorAll('[data-reuse]')].map((row) => row.innerText).join(' ');";
            tab.script(script).await.as_str().unwrap_or_default().to_owned()
        };
        browser.wait_until("the key is computed", async || computed().await.contains(&key)).await;
        tab.click("[data-action=\"reuse-nonce\"]").await;
        tab.element("[data-panel=\"nonce-reuse\"] [data-verdict=\"valid\"]").await;
        assert!(!computed().await.contains(&key));

        // A phrase that others choose is found.
        tab.click("[data-action=\"search-brain\"]").await;
        tab.element("[data-brain=\"found\"]").await;
        tab.fill("#brain_phrase", "seven blue otters on a wet roof").await;
        tab.click("[data-action=\"search-brain\"]").await;
        tab.element("[data-brain=\"not-found\"]").await;

        // Someone else's key: the signature holds, the node refuses and names the rule.
        tab.click("[data-action=\"try-wrong-key\"]").await;
        tab.element("[data-wrong-key=\"refused\"] [data-verdict=\"valid\"]").await;
        let reason = attribute(&tab, "[data-wrong-key]", "data-reason").await;
        assert!(reason.contains("mandatory-script-verify-flag-failed"), "{reason}");

        // A lost key: the coin is seen by the node, and stays.
        tab.click("[data-action=\"make-ownerless\"]").await;
        tab.fill("#lost_amount", "0.25").await;
        tab.click("[data-action=\"lose-coins\"]").await;
        tab.element("[data-lost=\"0.25\"]").await;
        tab.mine(2, &address).await;
        tab.element("[data-lost=\"0.25\"][data-confirmations=\"2\"]").await;

        // Schnorr beside ECDSA: 64 bytes, and a changed byte is noticed by both.
        tab.element("[data-scheme=\"ECDSA\"][data-holds=\"true\"]").await;
        tab.element("[data-scheme=\"Schnorr\"][data-holds=\"true\"]").await;
        assert_eq!(bytes(&tab, "[data-scheme-signature=\"Schnorr\"]").await.len(), 128);
        tab.click("[data-action=\"break-both\"]").await;
        tab.element("[data-scheme=\"ECDSA\"][data-holds=\"false\"]").await;
        tab.element("[data-scheme=\"Schnorr\"][data-holds=\"false\"]").await;
        tab.click("[data-action=\"break-both\"]").await;

        // BIP-0340's first vector: key 3, message and randomness all zeros.
        tab.click("[data-action=\"published-schnorr\"]").await;
        let key = "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9";
        let signature = "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215\
                         25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0";
        browser
            .wait_until("the published key", async || bytes(&tab, "[data-scheme-key=\"Schnorr\"]").await == key)
            .await;
        assert_eq!(bytes(&tab, "[data-scheme-signature=\"Schnorr\"]").await, signature);
        tab.element("[data-scheme=\"Schnorr\"][data-holds=\"true\"]").await;
        assert_eq!(tab.rpc("getblockcount", json!([])).await, 6);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_keys_grow_from_the_published_words() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=many&node=Ann").await;
        tab.open_hash("#/keys/many").await;
        let abandon = format!("{}about", "abandon ".repeat(11));
        tab.fill("#tree_words", &abandon).await;
        let seed = "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1\
                    9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4";
        browser.wait_until("the published seed", async || bytes(&tab, "[data-seed]").await == seed).await;
        browser
            .wait_until("the published first address", async || {
                bytes(&tab, "[data-open-key=\"address\"]").await == "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV"
            })
            .await;
        assert!(!tab.exists("[data-open-key=\"xprv\"]").await, "a secret is shown only when asked for");
        let key = |path: &str| format!("[data-panel=\"key-tree\"] [data-choice=\"{path}\"]");
        tab.element(&key("m/44'/1'/0'/0/0")).await;
        tab.click(&key("m")).await;
        tab.element(&[key("m").as_str(), "[aria-pressed=\"true\"]"].concat()).await;
        tab.click("[data-action=\"show-tree-secret\"]").await;
        browser
            .wait_until("the master's extended key", async || {
                bytes(&tab, "[data-open-key=\"xprv\"]").await.starts_with("tprv")
            })
            .await;
        // The same as a list.
        tab.click("[data-panel=\"key-tree\"] [data-action=\"as-table\"]").await;
        tab.click("[data-path=\"m/44'/1'\"]").await;
        tab.element("[data-path=\"m/44'/1'\"][aria-pressed=\"true\"]").await;
        // BIP-0039's own first vector, with its passphrase.
        tab.fill("#tree_passphrase", "TREZOR").await;
        let trezor = "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04";
        browser.wait_until("the seed of BIP-0039's vector", async || bytes(&tab, "[data-seed]").await == trezor).await;
        tab.fill("#tree_words", "abandon abandon nonsense").await;
        tab.element("[data-field=\"tree_words\"][data-state=\"invalid\"]").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_counts_however_it_is_written_and_is_never_cut() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=passphrase&node=Ann").await;
        tab.open_hash("#/keys/many").await;
        tab.fill("#tree_words", &format!("{}ABOUT", "abandon\u{3000}".repeat(11))).await;
        let leads_to = async |address: &str| {
            browser.wait_until(address, async || bytes(&tab, "[data-open-key=\"address\"]").await == address).await;
        };
        leads_to("mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV").await;
        for (passphrase, address) in [
            ("gr\u{fc}n", "mhrQP1q6fPGswExy6K9ADFt7pR2roWggTY"),
            ("１２３", "n2ymYuDivup5bGQe8cnWw1m41tt8FU4hSP"),
            ("gru\u{308}n", "mhrQP1q6fPGswExy6K9ADFt7pR2roWggTY"),
            ("密码１２３", "mgdY8KAte2euJL2UtMKcLbckbco7jGeUx7"),
        ] {
            tab.fill("#tree_passphrase", passphrase).await;
            leads_to(address).await;
        }
        tab.fill("#tree_passphrase", &"x".repeat(401)).await;
        tab.element("[data-field=\"tree_passphrase\"][data-state=\"invalid\"]").await;
        browser.wait_until("no tree of a part of it", async || !tab.exists("[data-open-key]").await).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_mainnet_the_tree_has_bitcoins_coin_type() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("network=mainnet&node=Ann").await;
        tab.open_hash("#/keys/many").await;
        tab.fill("#tree_words", &format!("{}about", "abandon ".repeat(11))).await;
        browser
            .wait_until("Bitcoin's first address of these words", async || {
                bytes(&tab, "[data-open-key=\"address\"]").await == "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"
            })
            .await;
        tab.element("[data-panel=\"key-tree\"] [data-choice=\"m/44'/0'/0'/0/0\"]").await;
        assert!(!tab.exists("[data-choice^=\"m/44'/1'\"]").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_with_one_byte_changed_is_refused() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=payment&node=Ann").await;
        let address = tab.new_address().await;
        tab.mine(4, &address).await;
        tab.rpc_text("sendtoaddress", json!([address, 1.5])).await;
        tab.open_hash("#/keys/payment").await;
        let verdict = async |wanted: &str| {
            tab.element(&format!("[data-panel=\"payment-bytes\"] [data-verdict=\"{wanted}\"]")).await;
        };
        verdict("valid").await;
        let z = bytes(&tab, "[data-payment-z]").await;
        // The lowest byte of the first amount.
        tab.click("[data-hashed=\"amount\"] button").await;
        verdict("invalid").await;
        assert_ne!(bytes(&tab, "[data-payment-z]").await, z);
        tab.click("[data-action=\"ask-node\"]").await;
        let reason = attribute(&tab, "[data-node-answer=\"refused\"]", "data-reason").await;
        assert!(!reason.is_empty(), "the node names the rule");
        tab.click("[data-action=\"restore-bytes\"]").await;
        verdict("valid").await;

        // NONE leaves all outputs open, ANYONECANPAY all other inputs.
        let count = async |field: &str| {
            let script = format!("return document.querySelectorAll('[data-hashed=\"{field}\"]').length;");
            tab.script(&script).await.as_u64().unwrap_or_default()
        };
        assert!(count("amount").await >= 1);
        tab.click("[data-action=\"sighash:none\"]").await;
        tab.element("[data-open=\"keys.pay.open.none\"]").await;
        browser.wait_until("no output is covered", async || count("amount").await == 0).await;
        tab.click("[data-action=\"anyonecanpay\"]").await;
        tab.element("[data-open=\"keys.pay.open.none_alone\"]").await;
        assert_eq!(count("prevout").await, 1);
    })
    .await;
}
