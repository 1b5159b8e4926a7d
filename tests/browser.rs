//! The browser's side, in a real browser's worker: databases, locks, channels, entropy, the vector kernel.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use tabchain::api::StorageTrouble;
use tabchain::keys::nfkd::nfkd;
use tabchain::ledger::{BlockHash, Time};
use tabchain::miner::{Job, Report, search_portable, search_simd};
use tabchain::web::channel::{Channels, Incoming};
use tabchain::web::hub::Signal;
use tabchain::web::identity::{self, choose, claim};
use tabchain::web::storage::{self, Storage, StoredRow, Write};
use tabchain::web::{Slug, StartOptions, locks, now, random_bytes};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn the_browser_brings_a_passphrase_into_the_form_that_its_wallet_is_made_with() {
    // The addresses of `wallet::mnemonic`'s tests, where the tables of a crate do it.
    for (typed, plain) in [
        ("gr\u{fc}n", "gru\u{308}n"),
        ("gru\u{308}n", "gru\u{308}n"),
        ("１２３", "123"),
        ("密码１２３", "密码123"),
        ("ﬁne ①", "fine 1"),
        ("Å가", "A\u{30a}\u{1100}\u{1161}"),
    ] {
        assert_eq!(nfkd(typed), plain, "{typed}");
    }
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).expect("a name")
}

/// A network and room that no other test uses.
fn scope() -> String {
    format!("tabchain:test{}", u64::from_le_bytes(random_bytes().expect("entropy")))
}

async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    for _ in 0..200 {
        if condition() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("{what}: not within two seconds");
}

#[wasm_bindgen_test]
fn entropy_and_clock_are_there() {
    let (one, other): ([u8; 32], [u8; 32]) = (random_bytes().expect("entropy"), random_bytes().expect("entropy"));
    assert_ne!(one, other);
    assert!(now() > Time::from_millis(1_700_000_000_000));
}

#[wasm_bindgen_test]
fn the_vector_kernel_finds_what_the_portable_one_finds() {
    let mut found = 0;
    for round in 0..40u8 {
        let mut header = [round; 80];
        header[10] = round.wrapping_mul(37);
        // From one in four hashes to none of many.
        let mut target = [0xff; 32];
        let zero_bits = usize::from(round % 20) + 2;
        target[..zero_bits / 8].fill(0);
        target[zero_bits / 8] = 0xff >> (zero_bits % 8);
        let first_nonce = if round % 5 == 0 { u32::MAX - 1_001 } else { u32::from(round) * 77 };
        let count = 2_000 + u32::from(round);
        let job = Job { id: round.into(), header, target, first_nonce, count, rest_ms: 0 };
        let (portable, vector): (Report, Report) = (search_portable(&job), search_simd(&job));
        assert_eq!(portable, vector, "round {round}");
        found += u32::from(portable.found.is_some());
    }
    assert!((10..40).contains(&found), "{found} of 40 found: both ways must be tested");
}

#[wasm_bindgen_test]
async fn a_database_keeps_blocks_in_order_and_the_state_and_can_be_listed_and_deleted() {
    let (scope, node) = (scope(), slug("Amber Fox"));
    let hash = |number: u8| BlockHash::from_bytes([number; 32]);
    let block = |number: u8| Write::Block { hash: hash(number), bytes: vec![number; 1_000] };
    let state = |json: &str, height| Write::State { json: json.to_owned(), height };
    {
        let mut storage = Storage::open(&scope, &node).await.expect("a database");
        assert_eq!(storage.state().await, Ok(None));
        assert_eq!(storage.blocks_after(0).await, Ok(Vec::new()));
        // Hashes fall while the order rises.
        let numbers = (0..=254).rev();
        storage.write(&numbers.clone().take(100).map(block).collect::<Vec<_>>()).await.expect("room");
        storage.write(&[state("{\"a\":1}", 7), state("{\"a\":2}", 8)]).await.expect("room");
        storage.write(&numbers.skip(100).map(block).collect::<Vec<_>>()).await.expect("room");
    }
    let mut storage = Storage::open(&scope, &node).await.expect("a database");
    assert_eq!(storage.state().await, Ok(Some("{\"a\":2}".to_owned())));
    assert_eq!(storage.block_count().await, Ok(255));
    assert_eq!(storage.block_hashes().await, Ok((0..=254).map(hash).collect()));
    storage.write(&[block(255)]).await.expect("room");
    let mut kept = Vec::new();
    let mut seq = 0;
    loop {
        let page = storage.blocks_after(seq).await.expect("readable");
        let Some((last, _)) = page.last() else { break };
        seq = *last;
        kept.extend(page.into_iter().map(|(_, bytes)| (bytes[0], bytes.len())));
    }
    let expected: Vec<(u8, usize)> = (0..=254).rev().chain([255]).map(|number| (number, 1_000)).collect();
    assert_eq!(kept, expected);

    storage.write_row(9);
    drop(storage);
    let row = StoredRow { scope: scope.clone(), node: node.clone(), last_open: Time::default(), height: 9 };
    let mut rows = Vec::new();
    for _ in 0..200 {
        rows = storage::list(&scope).await.expect("a list");
        if rows.first().is_some_and(|row| row.height == 9) {
            break;
        }
        TimeoutFuture::new(10).await;
    }
    assert_eq!(rows, [StoredRow { last_open: rows[0].last_open, ..row }]);
    storage::delete(&scope, &node).await.expect("nobody uses it");
    assert_eq!(storage::list(&scope).await, Ok(Vec::new()));
    let storage = Storage::open(&scope, &node).await.expect("a database");
    assert_eq!(storage.block_count().await, Ok(0));
    drop(storage);
    storage::delete(&scope, &node).await.expect("nobody uses it");
}

/// Runs a script in this worker.
fn script(text: &str) {
    js_sys::Function::new_no_args(text).call0(&wasm_bindgen::JsValue::UNDEFINED).expect("a script that runs");
}

#[wasm_bindgen_test]
async fn a_write_that_is_refused_says_why_changes_nothing_and_can_be_made_again() {
    let (scope, node) = (scope(), slug("Full Fox"));
    let block = |number: u8| Write::Block { hash: BlockHash::from_bytes([number; 32]), bytes: vec![number] };
    let mut storage = Storage::open(&scope, &node).await.expect("a database");
    storage.write(&[block(1)]).await.expect("room");

    // The second thing of a batch finds no room.
    script(
        "globalThis.keptPut = IDBObjectStore.prototype.put;
         let left = 1;
         IDBObjectStore.prototype.put = function (...given) {
             if (left-- > 0) return keptPut.apply(this, given);
             throw new DOMException('no room', 'QuotaExceededError');
         };",
    );
    let refused = storage.write(&[block(2), block(3)]).await.expect_err("there is no room");
    script("IDBObjectStore.prototype.put = keptPut;");
    assert_eq!(refused.trouble, StorageTrouble::Full, "{}", refused.reason);
    assert_eq!(storage.block_count().await, Ok(1));
    drop(storage);

    let mut storage = Storage::open(&scope, &node).await.expect("a database");
    storage.write(&[block(2), block(3)]).await.expect("room");
    let kept = storage.blocks_after(0).await.expect("readable");
    assert_eq!(kept.into_iter().map(|(_, bytes)| bytes[0]).collect::<Vec<_>>(), [1, 2, 3]);
    drop(storage);
    storage::delete(&scope, &node).await.expect("nobody uses it");
}

#[wasm_bindgen_test]
async fn a_request_that_fails_undoes_its_whole_batch_and_names_the_cause() {
    let (scope, node) = (scope(), slug("Twice Fox"));
    let mut storage = Storage::open(&scope, &node).await.expect("a database");
    // Two blocks of the same sequence number break the index's rule.
    script(
        "globalThis.keptPut = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = function (value, key) {
             return keptPut.call(this, typeof value === 'object' ? { ...value, seq: 1 } : value, key);
         };",
    );
    let block = |number: u8| Write::Block { hash: BlockHash::from_bytes([number; 32]), bytes: vec![number] };
    let refused = storage.write(&[block(1), block(2)]).await.expect_err("the same number twice");
    script("IDBObjectStore.prototype.put = keptPut;");
    assert_eq!(refused.trouble, StorageTrouble::Refused);
    assert!(refused.reason.contains("ConstraintError"), "{}", refused.reason);
    assert_eq!(storage.block_count().await, Ok(0));
    drop(storage);
    storage::delete(&scope, &node).await.expect("nobody uses it");
}

#[wasm_bindgen_test]
async fn a_database_that_the_browser_wants_back_is_told_of_and_can_be_deleted() {
    let (scope, node) = (scope(), slug("Wanted Fox"));
    let mut storage = Storage::open(&scope, &node).await.expect("a database");
    let held: Rc<RefCell<Option<Storage>>> = Rc::default();
    let troubles: Rc<RefCell<Vec<StorageTrouble>>> = Rc::default();
    let (slot, log) = (Rc::clone(&held), Rc::clone(&troubles));
    storage.watch(move |fault| {
        log.borrow_mut().push(fault.trouble);
        let slot = Rc::clone(&slot);
        wasm_bindgen_futures::spawn_local(async move { drop(slot.borrow_mut().take()) });
    });
    held.replace(Some(storage));
    storage::delete(&scope, &node).await.expect("it is let go");
    assert_eq!(*troubles.borrow(), [StorageTrouble::Closed]);
}

#[wasm_bindgen_test]
async fn a_lock_has_one_holder_until_it_lets_go() {
    assert!(locks::are_supported());
    let name = format!("{}:lock", scope());
    let first = locks::try_hold(&name).await.expect("locks").expect("free");
    assert!(locks::try_hold(&name).await.expect("locks").is_none());
    assert!(locks::held_names().await.expect("locks").iter().any(|held| held == first.name()));
    drop(first);
    for _ in 0..100 {
        if locks::try_hold(&name).await.expect("locks").is_some() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("the lock was not freed");
}

#[wasm_bindgen_test]
async fn a_tab_gets_the_node_it_asks_for_unless_another_holds_it() {
    let scope = scope();
    let asking = |node: Option<&str>, session_hint: Option<&str>| StartOptions {
        node: node.map(str::to_owned),
        session_hint: session_hint.map(str::to_owned),
        ..StartOptions::default()
    };
    let ann = choose(&scope, &asking(Some("Ann"), None), &[]).await.expect("entropy");
    assert_eq!(ann.node, slug("ann"));
    // The duplicated tab has the same address and the same session storage.
    let duplicate = choose(&scope, &asking(Some("Ann"), Some("Ann")), &[]).await.expect("entropy");
    assert_ne!(duplicate.node, ann.node);

    // What is stored and free is resumed, last open first; what is held is passed over.
    let row = |name: &str, last_open| storage::StoredRow {
        scope: scope.clone(),
        node: slug(name),
        last_open: Time::from_millis(last_open),
        height: 0,
    };
    let stored = [row("ann", 3), row("bob", 2), row("cleo", 1)];
    let resumed = choose(&scope, &asking(None, None), &stored).await.expect("entropy");
    assert_eq!(resumed.node, slug("bob"));
    let new = choose(&scope, &asking(Some("new"), None), &stored).await.expect("entropy");
    assert!(stored.iter().all(|row| row.node != new.node));

    // A reload: the hint's lock is freed while the new page waits for it.
    let name = identity::lock_name(&scope, &ann.node);
    assert_eq!(identity::node_of_lock(&scope, &name), Some(slug("ann")));
    wasm_bindgen_futures::spawn_local(async move {
        TimeoutFuture::new(300).await;
        drop(ann);
    });
    let reloaded = choose(&scope, &asking(None, Some("Ann")), &stored).await.expect("entropy");
    assert_eq!(reloaded.node, slug("ann"));
    assert!(claim(&scope, &slug("ann"), 0).await.is_none());
}

#[wasm_bindgen_test]
async fn what_is_sent_arrives_once_whole_in_order_and_only_where_it_should() {
    let scope = scope();
    let heard = |log: &Rc<RefCell<Vec<Incoming>>>| {
        let log = Rc::clone(log);
        move |incoming| log.borrow_mut().push(incoming)
    };
    let logs: [Rc<RefCell<Vec<Incoming>>>; 3] = Default::default();
    let ann = Channels::open(&scope, &slug("ann"), heard(&logs[0])).expect("channels");
    let bob = Channels::open(&scope, &slug("bob"), heard(&logs[1])).expect("channels");
    let _cleo = Channels::open(&scope, &slug("cleo"), heard(&logs[2])).expect("channels");

    let hello = Signal::Hello { from: slug("ann"), run: 1 };
    ann.broadcast(&hello);
    until("all others hear the hello", || logs[1].borrow().len() == 1 && logs[2].borrow().len() == 1).await;
    assert_eq!(logs[1].borrow()[0], Incoming::Signal(hello));

    let welcome = Signal::Welcome { from: slug("bob"), run: 2 };
    bob.tell(&slug("ann"), &welcome);
    for number in 0..100u8 {
        bob.send(&slug("ann"), 2, &vec![number; usize::from(number) * 100]);
        if number % 7 == 0 {
            bob.flush();
        }
    }
    bob.flush();
    until("all frames arrive", || logs[0].borrow().len() == 101).await;
    let mut expected = vec![Incoming::Signal(welcome)];
    expected.extend((0..100u8).map(|number| Incoming::Frame {
        from: slug("bob"),
        run: 2,
        bytes: vec![number; usize::from(number) * 100],
    }));
    assert_eq!(*logs[0].borrow(), expected);
    TimeoutFuture::new(50).await;
    assert_eq!((logs[1].borrow().len(), logs[2].borrow().len()), (1, 1));
}

#[wasm_bindgen_test]
async fn what_others_post_on_the_channel_is_ignored() {
    let scope = scope();
    let log: Rc<RefCell<Vec<Incoming>>> = Rc::default();
    let heard = Rc::clone(&log);
    let _ann =
        Channels::open(&scope, &slug("ann"), move |incoming| heard.borrow_mut().push(incoming)).expect("channels");
    let stranger = web_sys::BroadcastChannel::new(&scope).expect("a channel");
    for rubbish in
        ["", "{}", "{\"Hello\":{\"from\":\"No Slug\",\"run\":1}}", "{\"Hello\":{\"from\":\"bob\",\"run\":-1}}"]
    {
        stranger.post_message(&rubbish.into()).expect("a text");
    }
    stranger.post_message(&js_sys::Object::new()).expect("an object");
    stranger.post_message(&js_sys::Uint8Array::new_with_length(9)).expect("bytes");
    stranger.post_message(&"{\"Bye\":{\"from\":\"bob\",\"run\":1}}".into()).expect("a text");
    until("the last one is heard", || !log.borrow().is_empty()).await;
    assert_eq!(*log.borrow(), [Incoming::Signal(Signal::Bye { from: slug("bob"), run: 1 })]);
    stranger.close();
}
