//! The man in the middle: what is done to every note of the room under way, set from any tab for all.
//!
//! Between two tabs there is nobody, so each node does it for him: after a note was signed and noted, as the last
//! thing before it leaves. `altering` tells the other tabs; of two settings the later one counts, so that all tabs
//! agree, also those that come later.

use super::codec::OwnMessage;
use crate::api::{Alteration, NodeName, NoteContent};
use crate::keys::{PrivateKey, Signature, sign_ecdsa};
use crate::ledger::{Duration, Time, sha256, to_hex};

/// A setting from further ahead than this is no setting: it would stand against all that come after it.
const FROM_THE_FUTURE: Duration = Duration::from_secs(60);

/// The room's setting.
#[derive(Clone, Debug, Default)]
pub(super) struct Altering {
    pub(super) how: Option<Alteration>,
    pub(super) by: NodeName,
    /// When it was set, in milliseconds since 1970; 0 if it never was.
    pub(super) at: u64,
}

impl Altering {
    /// Sets what is done to notes in this room from now on.
    pub(super) fn set(&mut self, now: Time, how: Option<Alteration>, by: NodeName) {
        *self = Self { how, by, at: now.millis.max(self.at + 1) };
    }

    /// Whether a setting of this time is one at all.
    pub(super) fn is_in_time(now: Time, at: u64) -> bool {
        at <= (now + FROM_THE_FUTURE).millis
    }

    /// Takes another's setting if it is the later one.
    pub(super) fn hear(&mut self, heard: Self) {
        if (heard.at, heard.by.0.as_str()) > (self.at, self.by.0.as_str()) {
            *self = heard;
        }
    }

    /// Makes the message that tells it.
    pub(super) fn message(&self) -> OwnMessage {
        OwnMessage::Altering { at: self.at, how: self.how, by: self.by.clone() }
    }
}

/// Makes what leaves in place of a note. The man in the middle of a room has one key, the same for every note.
pub(super) fn altered(content: &NoteContent, how: Alteration, room: &str) -> NoteContent {
    let mut altered = content.clone();
    match how {
        Alteration::Message => altered.message = another_message(&content.message),
        Alteration::Signature => {
            let parsed = crate::ledger::from_hex(&content.signature).ok();
            if let Some(signature) = parsed.and_then(|der| Signature::from_der(&der).ok()) {
                let mut compact = signature.to_compact();
                compact[63] ^= 1;
                let flipped = Signature::from_compact(&compact);
                altered.signature = flipped.map_or_else(|_| "00".to_owned(), |flipped| to_hex(&flipped.to_der()));
            }
        }
        Alteration::Key => {
            let secret = sha256(["the man in the middle of ", room].concat().as_bytes());
            // Out of range for one secret of 2^128.
            if let Ok(key) = PrivateKey::from_bytes(&secret) {
                altered.public_key = key.public_key().to_string();
                altered.signature = to_hex(&sign_ecdsa(&key, &sha256(content.message.as_bytes())).to_der());
            }
        }
    }
    altered
}

/// Changes one character of a message: its first digit, for that is where amounts are, else its last character.
fn another_message(message: &str) -> String {
    if let Some(at) = message.bytes().position(|byte| byte.is_ascii_digit()) {
        let (before, rest) = message.split_at(at);
        let (digit, after) = rest.split_at(1);
        let others = ["5", "6", "7", "8", "9", "0", "1", "2", "3", "4"];
        let other = others[usize::from(digit.as_bytes()[0] - b'0')];
        return [before, other, after].concat();
    }
    let mut other = message.to_owned();
    let last = other.pop();
    other.push(if last == Some('!') { '?' } else { '!' });
    other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::NoteVerdict;
    use crate::session::own::notes::check_note;

    fn note(message: &str) -> NoteContent {
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range");
        NoteContent {
            message: message.to_owned(),
            public_key: key.public_key().to_string(),
            signature: to_hex(&sign_ecdsa(&key, &sha256(message.as_bytes())).to_der()),
        }
    }

    #[test]
    fn every_alteration_changes_what_it_names_and_nothing_else() {
        for message in ["Ann pays Bob 3 coins", "小明付给小红 3 个币", "hello", "好", "!", ""] {
            let signed = note(message);
            assert_eq!(check_note(&signed), NoteVerdict::Valid);
            for how in [Alteration::Message, Alteration::Signature, Alteration::Key] {
                let altered = altered(&signed, how, "room");
                let valid = check_note(&altered) == NoteVerdict::Valid;
                let changed = (
                    altered.message != signed.message,
                    altered.public_key != signed.public_key,
                    altered.signature != signed.signature,
                );
                let expected = match how {
                    Alteration::Message => (false, (true, false, false)),
                    Alteration::Signature => (false, (false, false, true)),
                    Alteration::Key => (true, (false, true, true)),
                };
                assert_eq!((valid, changed), expected, "{message} {how:?}");
                assert!(altered.message.len() <= signed.message.len().max(1), "no longer than it was");
            }
        }
        assert_eq!(another_message("3 coins"), "8 coins");
        assert_eq!(another_message("9 coins"), "4 coins");
    }

    #[test]
    fn the_man_in_the_middle_has_one_key_a_room() {
        let key = |message, room| altered(&note(message), Alteration::Key, room).public_key;
        assert_eq!(key("a", "one"), key("b", "one"));
        assert_ne!(key("a", "one"), key("a", "two"));
    }
}
