//! Difficulty and mining on the pages of the built app: what block 0 says, mining by hand, and a room whose rules
//! changed. `make test-e2e` builds and sets `TABCHAIN_DIST`.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use serde_json::{Value, json};
use support::{Settings, Tab, in_browser};
use tabchain::api::{NodeName, StorageState};
use tabchain::ledger::{Decodable, Header, Network, Params, Reader, Target, Time, from_hex, to_hex};
use tabchain::session::{Effect, Session, SessionConfig};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_mined_block_0_of_a_room_and_no_tick_says_so() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=given&node=Ann").await;
        tab.open_hash("#/block/0").await;
        let outcome = tab.text(".outcome").await;
        assert!(outcome.contains("Nobody mined this block. Every node has it from the start."), "{outcome}");
        assert!(!outcome.contains("must start with") && !outcome.contains("below the target"), "{outcome}");
        assert!(!tab.exists(".outcome [data-mark]").await, "no tick for what was not checked");
        let facts = tab.text("[data-panel=\"facts\"]").await;
        assert!(facts.contains("built in"), "{facts}");
        assert!(
            facts.contains("202") && !facts.contains("later than"),
            "a date, and no time it must be after: {facts}"
        );
        assert!(!tab.exists("[data-rule=\"high-hash\"]").await);

        // The first block that someone mines is below its target.
        let address = tab.new_address().await;
        tab.mine(1, &address).await;
        tab.open_hash("#/block/1").await;
        browser.wait_until("block 1 is shown", async || tab.text(".outcome").await.contains("below the target")).await;
        assert!(tab.exists(".outcome [data-mark=\"ok\"]").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_found_by_hand_is_a_block_in_every_tab() {
    in_browser(Settings::default(), async |browser| {
        let a = browser.open("network=regtest&room=hand&node=Ann").await;
        let b = browser.open("network=regtest&room=hand&node=Bob").await;
        browser.wait_until_agreed(&[&a, &b]).await;
        // Nobody has mined yet, and the header is there.
        a.show().await;
        a.click("[data-page=\"miner\"]").await;
        for height in 1..=2_u64 {
            let row = format!("[data-hand-height=\"{height}\"]");
            let header = a.element(&row).await.attr("data-hand-header").await.expect("it is there").expect("a header");
            a.fill("#nonce", &losing_nonce(&header).to_string()).await;
            a.click("[data-action=\"hand-try\"]").await;
            a.element("[data-panel=\"by-hand\"] [data-mark=\"bad\"]").await;
            assert_eq!(a.height().await, height - 1, "a nonce that loses makes no block");
            a.fill("#nonce", &winning_nonce(&header).to_string()).await;
            a.click("[data-action=\"hand-try\"]").await;
            browser.wait_until("the block is mined", async || a.height().await == height).await;
            browser.wait_until("the other tab has it", async || b.height().await == height).await;
            a.show().await;
            a.element(&format!("[data-hand-mined=\"{}\"]", a.best_block().await)).await;
        }
        assert_eq!(browser.wait_until_agreed(&[&a, &b]).await, a.best_block().await);
        // Overtaken: the card says so, and has the next header.
        let address = b.new_address().await;
        b.mine(1, &address).await;
        a.show().await;
        a.element("[data-hand-height=\"4\"]").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_threads_are_offered_than_the_machine_has() {
    in_browser(Settings::default(), async |browser| {
        let tab = browser.open("room=threads&node=Ann").await;
        tab.open_hash("#/miner").await;
        tab.element(".pips .pip").await;
        let offered = tab.script("return document.querySelectorAll('.pips .pip').length;").await;
        let machine = tab.script("return navigator.hardwareConcurrency;").await.as_u64().expect("a number");
        assert_eq!(offered, json!(machine.clamp(1, 8)));
        // The easy block that may begin a room is announced, with the reason.
        let text = tab.text("[data-panel=\"by-hand\"]").await;
        assert!(text.contains("16 zero bits"), "{text}");
        tab.open_hash("#/").await;
        let why = tab.text("[data-easy]").await;
        assert_eq!(why, "No block yet: an easy one (16 zero bits) is allowed.");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_with_a_chain_of_earlier_rules_says_so_and_keeps_its_words() {
    in_browser(Settings::default(), async |browser| {
        // The room as an earlier version left it in this browser.
        let room = "earlier";
        let (state, words) = earlier_state(room);
        let genesis = Params::classroom(room).earlier_genesis_hashes()[0];
        let scope = format!("tabchain:{}", to_hex(&genesis.as_bytes()[..8]));
        let other = browser.open("room=elsewhere&node=Zoe").await;
        leave_behind(&other, &scope, "ann", &state).await;

        let tab = browser.open(&format!("room={room}&node=Ann")).await;
        let banner = tab.text("[data-banner=\"earlier\"]").await;
        assert!(banner.contains("3 blocks") && banner.contains("words"), "{banner}");
        assert_eq!(tab.height().await, 0);
        // Said again after a reload, until it is read.
        tab.reload().await;
        tab.element("[data-banner=\"earlier\"]").await;
        tab.click("[data-action=\"earlier-read\"]").await;
        browser.wait_until("the banner is gone", async || !tab.exists("[data-banner=\"earlier\"]").await).await;
        // The words are those of before.
        assert_eq!(tab.rpc("getaddressinfo", json!([words])).await["ismine"], true);
        // Nothing of the earlier node was deleted.
        let left = tab.script(&in_async("return (await indexedDB.databases()).map(database => database.name);")).await;
        let left: Vec<&str> = left.as_array().expect("names").iter().filter_map(Value::as_str).collect();
        assert!(left.contains(&format!("{scope}:ann").as_str()), "{left:?}");
    })
    .await;
}

/// The stored state of a fresh node in this room, and an address of its wallet.
fn earlier_state(room: &str) -> (String, String) {
    let config = SessionConfig {
        name: NodeName("Ann".to_owned()),
        release: String::new(),
        network: Network::Classroom,
        room: room.to_owned(),
        entropy: [42; 24],
        stored: None,
        storage: StorageState::Stored,
    };
    let now = Time::from_millis(1_700_000_000_000);
    let mut session = Session::open(config, now).expect("a new node");
    let effects = session.opened(now);
    let state = effects.into_iter().find_map(|effect| match effect {
        Effect::StoreState { json, .. } => Some(json),
        _ => None,
    });
    let address = session.wallet().expect("a wallet").current_address().to_string();
    (state.expect("a new node is kept"), address)
}

/// Makes the databases of a node with three blocks, as an earlier version did.
async fn leave_behind(tab: &Tab<'_>, scope: &str, node: &str, state: &str) {
    let name = format!("{scope}:{node}");
    let row = json!({ "scope": scope, "node": node, "last_open": 1_700_000_000_000_u64, "height": 3 }).to_string();
    let script = format!(
        "const [name, row, state] = [{}, {}, {}];
         const open = (name, upgrade) => new Promise((resolve, reject) => {{
             const request = indexedDB.open(name, 1);
             request.onupgradeneeded = () => upgrade(request.result);
             request.onsuccess = () => resolve(request.result);
             request.onerror = () => reject(request.error);
         }});
         const written = transaction => new Promise((resolve, reject) => {{
             transaction.oncomplete = resolve;
             transaction.onerror = () => reject(transaction.error);
         }});
         const database = await open(name, database => {{
             database.createObjectStore('blocks').createIndex('seq', 'seq', {{ unique: true }});
             database.createObjectStore('meta');
         }});
         const transaction = database.transaction(['blocks', 'meta'], 'readwrite');
         for (const seq of [1, 2, 3])
             transaction.objectStore('blocks').put({{ seq, bytes: new Uint8Array([seq]) }}, 'block ' + seq);
         transaction.objectStore('meta').put(state, 'state');
         await written(transaction);
         database.close();
         const index = await open('tabchain:index', database => database.createObjectStore('nodes'));
         const listed = index.transaction(['nodes'], 'readwrite');
         listed.objectStore('nodes').put(row, name);
         await written(listed);
         index.close();
         return true;",
        json!(name),
        json!(row),
        json!(state)
    );
    assert_eq!(tab.script(&in_async(&script)).await, json!(true));
}

/// A script whose value is waited for.
fn in_async(script: &str) -> String {
    format!("return (async () => {{ {script} }})();")
}

fn nonce_that(header_hex: &str, wins: bool) -> u32 {
    let bytes = from_hex(header_hex).expect("hexadecimal");
    let header = Header::decode(&mut Reader::new(&bytes)).expect("80 bytes");
    let target = Target::from_bits(header.bits).expect("a target");
    let met = |nonce: &u32| target.is_met_by(&Header { nonce: *nonce, ..header }.block_hash()) == wins;
    (0..u32::MAX).find(met).expect("one in two")
}

fn winning_nonce(header_hex: &str) -> u32 {
    nonce_that(header_hex, true)
}

fn losing_nonce(header_hex: &str) -> u32 {
    nonce_that(header_hex, false)
}
