//! The man in the middle: what is done to every note of the room under way, set from any tab for all.
//!
//! Between two tabs there is nobody, so each node does it for him: after a note was signed and noted, as the last
//! thing before it leaves. `altering` tells the other tabs; of two settings the later one counts, so that all tabs
//! agree, also those that come later.

use super::ALTERING;
use super::codec::{choice, name, put_bytes, whole};
use crate::api::{Alteration, NodeName, NoteContent};
use crate::ledger::{Duration, Time, sha256, to_hex};
use crate::session::tab::Session;
use crate::wallet::{PrivateKey, Signature, sign_ecdsa};

/// A setting from further ahead than this is no setting: it would stand against all that come after it.
const FROM_THE_FUTURE: Duration = Duration::from_secs(60);

/// The choices, in the order of their bytes.
const CHOICES: [Option<Alteration>; 4] =
    [None, Some(Alteration::Message), Some(Alteration::Signature), Some(Alteration::Key)];

/// The room's setting.
#[derive(Clone, Debug, Default)]
pub(super) struct Altering {
    pub(super) how: Option<Alteration>,
    pub(super) by: NodeName,
    /// When it was set, in milliseconds since 1970; 0 if it never was.
    at: u64,
}

impl Altering {
    fn payload(&self) -> Vec<u8> {
        let mut out = self.at.to_le_bytes().to_vec();
        out.push(CHOICES.iter().position(|choice| *choice == self.how).unwrap_or_default() as u8);
        put_bytes(self.by.0.as_bytes(), &mut out);
        out
    }
}

impl Session {
    /// Sets what is done to notes in this room from now on.
    pub(in crate::session) fn set_altering(&mut self, now: Time, how: Option<Alteration>) {
        let altering = &mut self.own.altering;
        altering.how = how;
        altering.by = self.name.clone();
        altering.at = now.millis.max(altering.at + 1);
    }

    /// Takes the payload of an `altering`: a later setting replaces this one.
    pub(super) fn hear_altering(&mut self, now: Time, from: &NodeName, payload: &[u8]) {
        let read = whole(payload, |reader| Ok((reader.u64()?, choice(reader, "alteration", &CHOICES)?, name(reader)?)));
        let Some((at, how, by)) = read else { return };
        if at > (now + FROM_THE_FUTURE).millis {
            return;
        }
        self.own.peer(from).altering_told = at;
        let altering = &mut self.own.altering;
        if (at, by.as_str()) > (altering.at, altering.by.0.as_str()) {
            (altering.at, altering.how, altering.by) = (at, how, NodeName(by));
        }
    }

    /// Tells these peers the setting, once.
    pub(super) fn tell_altering(&mut self, now: Time, peers: &[NodeName]) {
        let at = self.own.altering.at;
        for to in peers {
            if std::mem::replace(&mut self.own.peer(to).altering_told, at) < at {
                self.tell(now, to, ALTERING, self.own.altering.payload());
            }
        }
    }
}

/// What leaves in place of a note. The man in the middle of a room has one key, the same for every note.
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

/// The message with one character changed: its first digit, for that is where amounts are, else its last character.
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
