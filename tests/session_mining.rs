//! What the miner page is told, and what is mined from it by hand: from the command to the block.

mod session_support;

use serde_json::json;
use session_support::*;
use tabchain::api::{
    Answer, Command, HandHeader, MinerView, MiningMode, NextBlock, ProofOfWork, Request, StorageState, ToPage, View,
    Watch, WatchedBlock,
};
use tabchain::ledger::{Duration, Encodable, Header, Network, Target, Time, decode_hex, to_hex};
use tabchain::session::{Effect, Session, SessionConfig, SessionInput};

fn watch_miner(browser: &mut Browser, who: &str) {
    let watch = Watch { miner: true, chain: true, ..Watch::default() };
    assert_eq!(browser.ask(who, Command::Watch(watch)), Ok(Answer::Done));
}

fn miner(browser: &Browser, who: &str) -> MinerView {
    let views = browser.tabs[&name(who)].views.iter().rev();
    let newest = views.filter_map(|view| if let View::Miner(miner) = view { Some(miner) } else { None }).next();
    newest.expect("the miner is watched").clone()
}

fn next_block(browser: &Browser, who: &str) -> NextBlock {
    let views = browser.tabs[&name(who)].views.iter().rev();
    let newest = views.filter_map(|view| if let View::Chain(chain) = view { Some(&chain.next) } else { None }).next();
    newest.expect("the chain is watched").clone()
}

fn hand(browser: &Browser, who: &str) -> HandHeader {
    miner(browser, who).hand.expect("a header is ready")
}

/// The header with the first nonce from `from` on whose hash is, or is not, enough for a block.
fn with_nonce(hand: &HandHeader, wins: bool) -> String {
    let header: Header = decode_hex(&hand.header_hex).expect("80 bytes");
    let target = Target::from_bits(header.bits).expect("a target");
    let tries = (0..u32::MAX).map(|nonce| Header { nonce, ..header });
    let found = tries.into_iter().find(|header| target.is_met_by(&header.block_hash()) == wins);
    to_hex(&found.expect("one in two nonces wins").to_bytes())
}

fn by_hand(browser: &mut Browser, who: &str, header: &str) -> Result<Answer, String> {
    browser.ask(who, Command::MinedByHand { header: header.to_owned() }).map_err(|error| error.rule)
}

#[test]
fn a_nonce_found_by_hand_is_a_block_and_the_next_header_is_ready() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    // Nobody ever mined here, and a header is there all the same.
    watch_miner(&mut browser, "A");
    for height in 1..=3 {
        let hand = hand(&browser, "A");
        assert_eq!((hand.height, hand.payments, hand.zero_bits), (height, 0, 1));
        assert_eq!(by_hand(&mut browser, "A", &with_nonce(&hand, false)), Err("high-hash".to_owned()));
        let winning = with_nonce(&hand, true);
        let Ok(Answer::Mined { hash, height: mined }) = by_hand(&mut browser, "A", &winning) else {
            panic!("a winning nonce is a block");
        };
        assert_eq!(mined, height);
        browser.pass(Duration::from_secs(15));
        assert_eq!(browser.call("B", "getbestblockhash", json!([])), json!(hash), "the other tab has it");
        assert_eq!(miner(&browser, "A").found[0].hash, hash, "it is among the blocks found here");
        assert!(miner(&browser, "A").found[0].active);
        // Hashed on by hand, the old header is no block any more.
        assert_eq!(by_hand(&mut browser, "A", &winning), Err("hand-header-stale".to_owned()));
    }
    let balances = browser.call("A", "getbalances", json!([]));
    assert_eq!(balances["mine"]["immature"].as_f64(), Some(150.0), "the rewards are the finder's");
}

#[test]
fn a_header_found_by_hand_says_so_when_another_block_came_first() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    watch_miner(&mut browser, "A");
    let stale = with_nonce(&hand(&browser, "A"), true);
    browser.mine("B", 1);
    browser.pass(Duration::from_secs(1));
    let error = browser.ask("A", Command::MinedByHand { header: stale }).expect_err("it is overtaken");
    assert_eq!(error.rule, "hand-header-stale");
    assert_eq!(error.facts, [("height".to_owned(), "1".to_owned()), ("newest".to_owned(), "1".to_owned())]);
    assert_eq!(hand(&browser, "A").height, 2, "and the next header is for the next block");
    for nonsense in ["", "zz", "00", &"00".repeat(80), &"00".repeat(81)] {
        assert_eq!(by_hand(&mut browser, "A", nonsense), Err("hand-header-unknown".to_owned()), "{nonsense}");
    }
}

#[test]
fn a_header_stays_while_it_is_hashed_by_hand_and_another_takes_in_what_waits() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    watch_miner(&mut browser, "A");
    let first = hand(&browser, "A");
    browser.pay("A", "B");
    browser.pass(Duration::from_secs(40));
    assert_eq!(hand(&browser, "A"), first, "a payment that comes changes nothing under one's hands");
    assert_eq!(browser.ask("A", Command::NewHandHeader), Ok(Answer::Done));
    browser.pass(Duration::from_secs(1));
    let second = hand(&browser, "A");
    assert_eq!((first.payments, second.payments), (0, 1));
    assert_ne!(first.header_hex, second.header_hex);
    // Both are blocks of this node on the tip: the nonce for the earlier one still counts.
    let winning = with_nonce(&first, true);
    assert!(by_hand(&mut browser, "A", &winning).is_ok());
    let winning = with_nonce(&second, true);
    assert_eq!(by_hand(&mut browser, "A", &winning), Err("hand-header-stale".to_owned()));
}

#[test]
fn start_mining_once_then_stop_leaves_a_header_to_hash_by_hand() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    watch_miner(&mut browser, "A");
    assert_eq!(browser.ask("A", Command::Mine(MiningMode::OneBlock)), Ok(Answer::Done));
    browser.pass(Duration::from_secs(1));
    assert_eq!(browser.call("A", "getblockcount", json!([])), json!(1), "a block was just found");
    assert_eq!(miner(&browser, "A").mode, MiningMode::Off);
    assert_eq!(hand(&browser, "A").height, 2);
}

#[test]
fn mainnet_has_no_header_to_hash_by_hand() {
    let mut browser = Browser::new(Network::Mainnet);
    browser.open("A");
    watch_miner(&mut browser, "A");
    assert_eq!(miner(&browser, "A").hand, None);
    assert_eq!(by_hand(&mut browser, "A", ""), Err("mining-not-here".to_owned()));
    assert_eq!(browser.ask("A", Command::NewHandHeader).map_err(|error| error.rule), Err("mining-not-here".to_owned()));
}

#[test]
fn the_words_of_another_wallet_make_a_header_that_pays_it() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    watch_miner(&mut browser, "A");
    let before = with_nonce(&hand(&browser, "A"), true);
    let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let restored = browser.ask("A", Command::RestoreWords { words: words.to_owned(), gap: 20 });
    assert!(matches!(restored, Ok(Answer::Restored(_))), "{restored:?}");
    browser.pass(Duration::from_secs(1));
    assert_eq!(by_hand(&mut browser, "A", &before), Err("hand-header-unknown".to_owned()));
    let winning = with_nonce(&hand(&browser, "A"), true);
    assert!(by_hand(&mut browser, "A", &winning).is_ok());
    assert_eq!(browser.call("A", "getbalances", json!([]))["mine"]["immature"].as_f64(), Some(50.0));
}

#[test]
fn what_the_next_block_takes_is_said_for_now_and_the_session_wakes_when_that_changes() {
    let mut browser = Browser::new(Network::Classroom);
    browser.open("A");
    watch_miner(&mut browser, "A");
    // Block 1 of a room is easy: the block before it is genesis, years old.
    let next = next_block(&browser, "A");
    assert_eq!(next.zero_bits, 16);
    let easy = next.easy.expect("it says why");
    assert_eq!((easy.after_secs, easy.ordinary_zero_bits, easy.is_first), (300, 22, true));
    let miner_view = miner(&browser, "A");
    assert_eq!((miner_view.zero_bits, miner_view.bits, miner_view.easy), (16, 0x1f00_ffff, Some(easy)));
    assert_eq!(hand(&browser, "A").zero_bits, 16);
    assert_eq!(browser.call("A", "getmininginfo", json!([]))["next"]["bits"], json!("1f00ffff"));
    assert_eq!(miner_view.forecast, None, "no two blocks, no pace");

    browser.mine("A", 1);
    browser.pass(Duration::from_secs(1));
    let tip = browser.tips()[0].clone();
    let header = browser.call("A", "getblockheader", json!([tip]));
    let found = header["time"].as_u64().expect("seconds");
    let turn = Time::from_millis((found + 301) * 1000);
    // From here on the session is only called when it asked for it.
    let mut last = next_block(&browser, "A");
    assert_eq!((last.height, last.zero_bits, last.easy), (2, 22, None));
    assert_eq!(hand(&browser, "A").zero_bits, 22);
    assert_eq!(browser.call("A", "getmininginfo", json!([]))["next"]["bits"], json!("1e03ffff"));
    for _ in 0..10_000 {
        let wake = browser.tabs[&name("A")].wake.expect("it wants to be called again");
        assert!(wake > browser.now || browser.now < turn, "a session that waits for nothing sleeps");
        browser.now = wake.max(browser.now);
        browser.give(&name("A"), SessionInput::Tick);
        browser.settle();
        last = next_block(&browser, "A");
        if last.zero_bits == 16 {
            break;
        }
        assert!(browser.now < turn, "at {:?} the rule has turned, and nobody was told", browser.now);
    }
    assert!(browser.now >= turn, "not before its time");
    let easy = last.easy.expect("it says why");
    assert_eq!((easy.after_secs, easy.ordinary_zero_bits, easy.is_first), (300, 22, false));
    assert_eq!(hand(&browser, "A").zero_bits, 16, "the header by hand is of the easy block");
    assert_eq!(browser.call("A", "getmininginfo", json!([]))["next"]["bits"], json!("1f00ffff"));
}

#[test]
fn block_0_is_ticked_only_where_its_hash_is_below_its_target() {
    for (network, room, expected) in [
        (Network::Classroom, "", ProofOfWork::Given),
        (Network::Classroom, "test", ProofOfWork::Given),
        // Somebody found these two.
        (Network::Regtest, "", ProofOfWork::Met),
        (Network::Mainnet, "", ProofOfWork::Met),
    ] {
        let now = Time::from_millis(1_800_000_000_000);
        let config = SessionConfig {
            name: name("A"),
            release: String::new(),
            network,
            room: room.to_owned(),
            entropy: [1; 24],
            stored: None,
            storage: StorageState::Stored,
        };
        let mut session = Session::open(config, now).expect("a new node");
        session.opened(now);
        let genesis = session.params().genesis_hash();
        let command = Command::Watch(Watch { block: Some(WatchedBlock::Hash(genesis)), ..Watch::default() });
        let effects = session.handle(now, SessionInput::Page(Request { id: 1, command }));
        let block = effects.into_iter().find_map(|effect| match effect {
            Effect::ToPage(ToPage::View(view)) => match *view {
                View::Block(_, block) => block,
                _ => None,
            },
            _ => None,
        });
        let block = block.expect("the block is watched");
        assert_eq!(block.proof_of_work, expected, "{network} {room}");
        let ticked = block.checks.iter().any(|check| check.rule == "high-hash" && check.passed == Some(true));
        assert_eq!(ticked, expected == ProofOfWork::Met, "{network} {room}");
        assert!(block.checks.iter().all(|check| check.passed == Some(true)), "{network} {room}");
    }
}
