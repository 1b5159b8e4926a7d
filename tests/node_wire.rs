//! Whatever the bytes are, reading them as a message ends well, and every byte is accounted for.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use tabchain::wire::{Message, annotate, annotate_block, annotate_transaction};

const MAGIC: [u8; 4] = [0xfa, 0xbf, 0xb5, 0xda];
const COMMANDS: [&str; 16] = [
    "version",
    "verack",
    "ping",
    "pong",
    "sendheaders",
    "getheaders",
    "headers",
    "inv",
    "getdata",
    "notfound",
    "tx",
    "block",
    "mempool",
    "reject",
    "feefilter",
    "x",
];

/// A good frame around any payload.
fn frame(command: &str, payload: Vec<u8>) -> Vec<u8> {
    Message::Unknown { command: command.to_owned(), payload }.encode(MAGIC)
}

/// Whether the fields cover all bytes, in order, without gap or overlap.
fn covers(fields: &[tabchain::wire::Field], length: usize) -> bool {
    let mut at = 0;
    for field in fields {
        if field.bytes.start != at || field.bytes.end <= at {
            return false;
        }
        at = field.bytes.end;
    }
    at == length
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Message::decode(&bytes, MAGIC);
        prop_assert!(covers(&annotate(&bytes), bytes.len()));
        prop_assert!(covers(&annotate_transaction(&bytes), bytes.len()));
        prop_assert!(covers(&annotate_block(&bytes), bytes.len()));
    }

    #[test]
    fn any_payload_is_read_or_refused(
        command in prop::sample::select(&COMMANDS[..]),
        // Small numbers make likely counts and lengths.
        payload in prop::collection::vec(prop_oneof![0u8..4, any::<u8>()], 0..400),
    ) {
        let frame = frame(command, payload);
        prop_assert!(covers(&annotate(&frame), frame.len()));
        if let Ok(message) = Message::decode(&frame, MAGIC) {
            // What was read can be said again, and is read as the same.
            let again = message.encode(MAGIC);
            let reread = Message::decode(&again, MAGIC);
            prop_assert!(reread.is_ok(), "{message:?}: {reread:?}");
            prop_assert_eq!(reread.map(|message| message.encode(MAGIC)), Ok(again));
            let _ = message.summary();
        }
    }
}
