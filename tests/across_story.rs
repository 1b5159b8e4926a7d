//! What tabs say to each other beside the ledger: signed notes, a man in the middle, and what every node answers
//! about a transaction.

mod session_support;

use serde_json::json;
use session_support::*;
use tabchain::api::{
    Alteration, AnswerState, AnswersView, Command, KnownKey, NoteAnswer, NoteContent, NoteVerdict, NotesView, Notice,
    View, Watch,
};
use tabchain::keys::{PrivateKey, sign_ecdsa};
use tabchain::ledger::{Duration, Network, Params, sha256, to_hex};
use tabchain::session::SessionInput;
use tabchain::wire::{Message, annotate};

fn signed(secret: u8, message: &str) -> NoteContent {
    let key = PrivateKey::from_bytes(&[secret; 32]).expect("in range");
    NoteContent {
        message: message.to_owned(),
        public_key: key.public_key().to_string(),
        signature: to_hex(&sign_ecdsa(&key, &sha256(message.as_bytes())).to_der()),
    }
}

impl Browser {
    fn send_note(&mut self, who: &str, secret: u8, message: &str) {
        self.ask(who, Command::SendNote(signed(secret, message))).expect("sent");
    }

    /// The notes as this tab shows them.
    fn notes(&mut self, who: &str) -> NotesView {
        self.ask(who, Command::Watch(Watch { notes: true, ..Watch::default() })).expect("done");
        let views = &self.tabs[&name(who)].views;
        let last = views.iter().rev().find_map(|view| match view {
            View::Notes(notes) => Some(notes.clone()),
            _ => None,
        });
        last.expect("what is watched is sent")
    }

    /// What the newest note of this tab was answered by another.
    fn answer_of(&mut self, who: &str, peer: &str) -> NoteAnswer {
        let note = self.notes(who).notes.swap_remove(0);
        let receiver = note.receivers.iter().find(|receiver| receiver.peer == name(peer)).expect("it was sent there");
        receiver.answer.expect("it has answered")
    }

    fn answers(&mut self, who: &str) -> AnswersView {
        self.ask(who, Command::Watch(Watch { answers: true, ..Watch::default() })).expect("done");
        let views = &self.tabs[&name(who)].views;
        let last = views.iter().rev().find_map(|view| match view {
            View::Answers(answers) => Some(answers.clone()),
            _ => None,
        });
        last.expect("a question was asked")
    }

    fn alter(&mut self, who: &str, how: Option<Alteration>) {
        self.pass(Duration::from_millis(10));
        self.ask(who, Command::SetAltering(how)).expect("done");
    }
}

fn three_tabs() -> Browser {
    let mut browser = Browser::new(Network::Classroom);
    for who in ["A", "B", "C"] {
        browser.open(who);
    }
    browser
}

#[test]
fn a_signed_note_is_checked_by_every_tab_and_their_verdicts_come_back() {
    let mut browser = three_tabs();
    browser.send_note("A", 7, "A pays B 3 coins");
    for who in ["B", "C"] {
        let view = browser.notes(who);
        let [note] = view.notes.as_slice() else { panic!("one note: {view:?}") };
        assert_eq!((note.from.clone(), &note.content), (name("A"), &signed(7, "A pays B 3 coins")));
        assert_eq!((note.verdict, note.known), (NoteVerdict::Valid, Some(KnownKey::First)));
        let found = NoteAnswer { verdict: NoteVerdict::Valid, known: KnownKey::First, unchanged: true };
        assert_eq!(browser.answer_of("A", who), found);
    }
    // The same key is known again; another one is another one, even with a valid signature.
    browser.send_note("A", 7, "again");
    assert_eq!(browser.answer_of("A", "B").known, KnownKey::Same);
    browser.send_note("A", 8, "with a new key");
    assert_eq!(browser.answer_of("A", "B").known, KnownKey::Other);
    assert_eq!(browser.notes("B").notes.len(), 3);
    assert_eq!(browser.notes("A").notes.len(), 3);
    // Asked in some other way, the new key is A's, and the old one is not any more.
    let number = browser.notes("B").notes[0].number;
    browser.ask("B", Command::TrustKey { note: number }).expect("done");
    let known: Vec<_> = browser.notes("B").notes.iter().map(|note| note.known).collect();
    assert_eq!(known, [KnownKey::Same, KnownKey::Other, KnownKey::Other].map(Some));
    browser.send_note("A", 8, "with the new key");
    assert_eq!(browser.answer_of("A", "B").known, KnownKey::Same);
    assert_eq!(browser.answer_of("A", "C").known, KnownKey::Other, "each decides for itself");
    // What is no valid note of a peer is trusted by nobody.
    let own = browser.notes("A").notes[0].number;
    browser.ask("A", Command::TrustKey { note: own }).expect("done");
    browser.ask("A", Command::TrustKey { note: 1 }).expect("done");
}

#[test]
fn what_the_man_in_the_middle_changes_is_caught_by_every_tab() {
    let mut browser = three_tabs();
    browser.send_note("A", 7, "A pays B 3 coins");
    for how in [Alteration::Message, Alteration::Signature] {
        // Set in one tab, it holds for the notes of all.
        browser.alter("C", Some(how));
        browser.send_note("A", 7, "A pays B 3 coins");
        for who in ["B", "C"] {
            let found = NoteAnswer { verdict: NoteVerdict::Invalid, known: KnownKey::Same, unchanged: false };
            assert_eq!(browser.answer_of("A", who), found, "{how:?}");
            let note = browser.notes(who).notes.swap_remove(0);
            assert_eq!(note.verdict, NoteVerdict::Invalid);
            assert_eq!(note.content.message == "A pays B 8 coins", how == Alteration::Message);
        }
        let own = browser.notes("A").notes.swap_remove(0);
        assert_eq!(own.content, signed(7, "A pays B 3 coins"), "the sender sees what it signed");
        assert_eq!(own.arrived, Some(browser.notes("B").notes.swap_remove(0).content), "and what arrived");
    }
    browser.alter("B", None);
    browser.send_note("A", 7, "A pays B 3 coins");
    assert!(browser.answer_of("A", "C").unchanged);
}

#[test]
fn a_swapped_key_deceives_only_who_does_not_know_the_right_one() {
    let mut browser = three_tabs();
    browser.send_note("A", 7, "hello");
    browser.alter("B", Some(Alteration::Key));
    // D comes later: it hears of the setting, and never saw A's own key.
    browser.open("D");
    assert_eq!(browser.notes("D").altering, Some(Alteration::Key));
    assert_eq!(browser.notes("D").altering_by, name("B"));
    browser.send_note("A", 7, "hello");
    let found = |known| NoteAnswer { verdict: NoteVerdict::Valid, known, unchanged: false };
    assert_eq!(browser.answer_of("A", "B"), found(KnownKey::Other));
    assert_eq!(browser.answer_of("A", "D"), found(KnownKey::First));
    browser.send_note("D", 9, "from D");
    assert_eq!(browser.answer_of("D", "A"), found(KnownKey::First), "D's own first note is swapped too");
    browser.alter("D", None);
    browser.send_note("D", 9, "from D");
    let known = NoteAnswer { verdict: NoteVerdict::Valid, known: KnownKey::Other, unchanged: true };
    assert_eq!(browser.answer_of("D", "A"), known, "who met the man in the middle first takes him for D");
}

#[test]
fn a_tab_that_is_silent_is_late_and_one_that_is_gone_is_marked() {
    let mut browser = three_tabs();
    // What goes to C is lost, and nobody knows yet.
    browser.tabs.get_mut(&name("C")).expect("open").linked = false;
    browser.send_note("A", 7, "hello");
    let states = |browser: &mut Browser| -> Vec<AnswerState> {
        browser.notes("A").notes[0].receivers.iter().map(|receiver| receiver.state).collect()
    };
    assert_eq!(states(&mut browser), [AnswerState::Answered, AnswerState::Waiting]);
    browser.pass(Duration::from_secs(5));
    assert_eq!(states(&mut browser), [AnswerState::Answered, AnswerState::Late]);
    browser.close("C");
    browser.close("B");
    assert_eq!(states(&mut browser), [AnswerState::Answered, AnswerState::Left], "an answer given stays");
    let error = browser.ask("A", Command::SendNote(signed(7, "hello"))).expect_err("nobody is there");
    assert_eq!(error.rule, "note-no-peers");
}

#[test]
fn a_note_nobody_looks_at_is_told() {
    let mut browser = three_tabs();
    browser.notes("B");
    browser.alter("A", Some(Alteration::Message));
    browser.send_note("A", 7, "hello");
    let told = |browser: &Browser, who: &str| {
        let notices = browser.tabs[&name(who)].notices.iter();
        notices.filter(|notice| matches!(notice, Notice::NoteReceived { valid: false, other_key: false, .. })).count()
    };
    assert_eq!((told(&browser, "B"), told(&browser, "C")), (0, 1));
}

#[test]
fn notes_are_bounded_in_length_number_and_pace_and_nonsense_is_dropped() {
    let mut browser = three_tabs();
    let error = browser.ask("A", Command::SendNote(signed(7, &"x".repeat(1_001)))).expect_err("too long");
    assert_eq!(error.rule, "note-too-long");
    browser.send_note("A", 7, &"x".repeat(1_000));

    let magic = Params::new(Network::Classroom, "test").magic;
    let frame = |command: &str, payload: Vec<u8>| {
        let bytes = Message::Unknown { command: command.to_owned(), payload }.encode(magic);
        SessionInput::Frame { from: name("B"), bytes }
    };
    let mut good = 1u64.to_le_bytes().to_vec();
    for part in [&b"hello"[..], &[2; 33], &[0x30; 8]] {
        good.push(part.len() as u8);
        good.extend_from_slice(part);
    }
    for command in ["note", "noteseen", "altering", "asktx", "txanswer", "payto"] {
        for length in 0..good.len() {
            for fill in [0, 1, 0x7f, 0xfd, 0xff] {
                let mut payload = good[..length].to_vec();
                payload.extend_from_slice(&[fill; 9]);
                browser.give(&name("A"), frame(command, payload));
            }
        }
    }
    let before = browser.notes("A").notes.len();
    for _ in 0..500 {
        browser.give(&name("A"), frame("note", good.clone()));
    }
    browser.settle();
    assert!(browser.notes("A").notes.len() <= before + 20, "no faster than people write");
    for round in 0..100u32 {
        browser.pass(Duration::from_secs(1));
        browser.give(&name("A"), frame("note", good.clone()));
        browser.settle();
        assert!(browser.notes("A").notes.len() <= 50, "round {round}");
    }
    assert_eq!(browser.notes("A").notes.len(), 50);
    assert_eq!(browser.notes("A").altering, None, "a setting from the far future is none");
}

#[test]
fn every_node_says_which_signature_fails_even_where_the_coin_is_spent() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.mine("A", MATURITY + 1);
    let hex = browser.pay("A", "B");
    // The last byte of an output's script, before the lock time: the payment goes to someone else.
    let changed = with_digit_changed(&hex, hex.len() - 14);

    // Once while it waits, once in a block, once with the original, which nothing is wrong with.
    let cases = [
        (false, &changed, "mandatory-script-verify-flag-failed", "txn-mempool-conflict"),
        (true, &changed, "mandatory-script-verify-flag-failed", "bad-txns-inputs-missingorspent"),
        (false, &hex, "", "txn-already-known"),
    ];
    for (mine, asked, scripts, entry) in cases {
        if mine {
            browser.mine("B", 1);
        }
        browser.ask("A", Command::AskPeers { hex: asked.clone() }).expect("asked");
        let answers = browser.answers("A");
        let [peer] = answers.peers.as_slice() else { panic!("one peer: {answers:?}") };
        assert_eq!((peer.peer.clone(), peer.state), (name("B"), AnswerState::Answered));
        for answer in [&answers.own, peer.answer.as_ref().expect("it has answered")] {
            let rule = |error: &Option<tabchain::api::UserError>| {
                error.as_ref().map(|error| error.rule.clone()).unwrap_or_default()
            };
            assert_eq!((rule(&answer.scripts).as_str(), rule(&answer.entry).as_str()), (scripts, entry));
            if let Some(failed) = &answer.scripts {
                assert!(failed.facts.iter().any(|(name, _)| name == "script_error"), "with its facts: {failed:?}");
            }
        }
    }
    let error = browser.ask("A", Command::AskPeers { hex: "00".into() }).expect_err("no transaction");
    assert_eq!(error.field.as_deref(), Some("hex"));
}

#[test]
fn the_message_log_names_every_field_of_our_own_messages() {
    let mut browser = Browser::new(Network::Regtest);
    browser.open("A");
    browser.open("B");
    browser.alter("A", Some(Alteration::Message));
    browser.send_note("A", 7, "hello");
    browser.mine("A", 1);
    let block = browser.call("A", "getbestblockhash", json!([]));
    let coinbase = browser.call("A", "getblock", json!([block]))["tx"][0].clone();
    let hex = browser.call("A", "getrawtransaction", json!([coinbase])).as_str().expect("hexadecimal").to_owned();
    browser.ask("A", Command::AskPeers { hex }).expect("asked");
    browser.ask("A", Command::Watch(Watch { network: true, ..Watch::default() })).expect("done");
    let views = &browser.tabs[&name("A")].views;
    let network = views.iter().rev().find_map(|view| match view {
        View::Network(network) => Some(network.clone()),
        _ => None,
    });
    let log = network.expect("what is watched is sent").log;
    for (command, field, value) in [
        ("payto", "address", ""),
        ("altering", "set_by", "A"),
        ("note", "message", "hell!"),
        ("noteseen", "message", "hell!"),
        ("asktx", "lock_time", "0"),
        ("txanswer", "mempool.rule", "coinbase"),
    ] {
        let entry = log.iter().find(|entry| entry.command == command).unwrap_or_else(|| panic!("no {command}"));
        let fields = annotate(&entry.bytes);
        let found = fields.iter().find(|known| known.name == field);
        assert!(found.is_some_and(|found| value.is_empty() || found.value == value), "{command}: {fields:?}");
        assert!(fields.iter().all(|known| !["unreadable", "payload"].contains(&known.name.as_str())), "{fields:?}");
    }
}
