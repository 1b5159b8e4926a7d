//! Signed notes: `note` goes to every linked tab, `noteseen` brings back what each found and what it got.
//!
//! The page signs, with its practice key, which never comes here. Every receiver checks for itself, and remembers the
//! key of a node's first valid note: what a signature proves is who has the key, not whose key it is.

use super::altering::altered;
use super::codec::{choice, content, put_content, whole};
use super::{ANSWER_AFTER, NOTE, NOTE_SEEN};
use crate::api::{
    AnswerState, KnownKey, MAX_NOTE_BYTES, NodeName, NoteAnswer, NoteContent, NoteReceiver, NoteVerdict, NoteView,
    Notice, UserError, code,
};
use crate::ledger::{Time, from_hex, sha256};
use crate::session::tab::Session;
use crate::wallet::{PublicKey, Signature, verify_ecdsa};

/// Notes kept; the oldest go first.
const NOTES_KEPT: usize = 50;

/// The choices, in the order of their bytes.
const VERDICTS: [NoteVerdict; 4] =
    [NoteVerdict::Valid, NoteVerdict::Invalid, NoteVerdict::BadKey, NoteVerdict::BadSignature];
const KNOWN: [KnownKey; 3] = [KnownKey::First, KnownKey::Same, KnownKey::Other];

/// Notes sent and received.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Newest first; the number of one sent is also its name on the wire.
    kept: Vec<NoteView>,
}

impl Notes {
    /// A peer is gone: it answers no more.
    pub(super) fn forget(&mut self, name: &NodeName) {
        for note in &mut self.kept {
            let waiting = note.receivers.iter_mut().filter(|receiver| receiver.answer.is_none());
            waiting.filter(|receiver| receiver.peer == *name).for_each(|receiver| receiver.state = AnswerState::Left);
        }
    }

    fn keep(&mut self, note: NoteView) {
        self.kept.truncate(NOTES_KEPT - 1);
        self.kept.insert(0, note);
    }

    /// Marks what should have come by now; when to look again.
    pub(super) fn pass_time(&mut self, now: Time) -> Option<Time> {
        let mut next = None;
        for note in &mut self.kept {
            let due = note.time + ANSWER_AFTER;
            for receiver in note.receivers.iter_mut().filter(|receiver| receiver.state == AnswerState::Waiting) {
                if due <= now {
                    receiver.state = AnswerState::Late;
                } else {
                    next = Some(next.unwrap_or(due).min(due));
                }
            }
        }
        next
    }
}

/// Whether this key is the one known of a node; takes it for known if there was none.
fn know(known: &mut Option<String>, content: &NoteContent, verdict: NoteVerdict) -> KnownKey {
    match known {
        Some(key) if *key == content.public_key => KnownKey::Same,
        Some(_) => KnownKey::Other,
        None => {
            // Of a signature that does not hold, nobody knows whose it is.
            if verdict == NoteVerdict::Valid {
                *known = Some(content.public_key.clone());
            }
            KnownKey::First
        }
    }
}

/// Checks a note's signature.
pub(super) fn check_note(note: &NoteContent) -> NoteVerdict {
    let Ok(key) = PublicKey::from_hex(&note.public_key) else { return NoteVerdict::BadKey };
    let signature = from_hex(&note.signature).ok().and_then(|der| Signature::from_der(&der).ok());
    let Some(signature) = signature else { return NoteVerdict::BadSignature };
    let holds = verify_ecdsa(&key, &sha256(note.message.as_bytes()), &signature);
    if holds { NoteVerdict::Valid } else { NoteVerdict::Invalid }
}

impl Session {
    /// Sends a note to every linked peer, altered on its way if the room has it so.
    pub(in crate::session) fn send_note(&mut self, now: Time, signed: NoteContent) -> Result<(), UserError> {
        let refused = |rule: &str, text: &str| Err(UserError::new(code::INVALID_PARAMETER, rule, text));
        if signed.message.len() > MAX_NOTE_BYTES {
            return refused("note-too-long", "a note has at most 1,000 bytes");
        }
        let peers = self.ready_peers();
        if peers.is_empty() {
            return refused("note-no-peers", "no other tab is linked");
        }
        let name = self.name.clone();
        if !self.own.pace.allows(now) {
            return refused("note-too-fast", "too many notes in a short time; wait a few seconds");
        }
        let number = self.own.next_number(now);
        let leaving = match self.own.altering.how {
            Some(how) => altered(&signed, how, &self.params.room),
            None => signed.clone(),
        };
        let mut payload = number.to_le_bytes().to_vec();
        put_content(&leaving, &mut payload);
        for to in &peers {
            self.tell(now, to, NOTE, payload.clone());
        }
        let receiver = |peer| NoteReceiver { peer, state: AnswerState::Waiting, answer: None };
        self.own.notes.keep(NoteView {
            number,
            time: now,
            from: name,
            verdict: check_note(&signed),
            content: signed,
            known: None,
            arrived: None,
            receivers: peers.into_iter().map(receiver).collect(),
        });
        Ok(())
    }

    /// Takes the key of a kept note for its sender's, if its signature holds; its notes are seen in that light.
    pub(in crate::session) fn trust_key(&mut self, number: u64) {
        let held =
            |note: &&NoteView| note.number == number && note.known.is_some() && note.verdict == NoteVerdict::Valid;
        let Some(note) = self.own.notes.kept.iter().find(held) else { return };
        let (from, key) = (note.from.clone(), note.content.public_key.clone());
        for note in self.own.notes.kept.iter_mut().filter(|note| note.from == from && note.known.is_some()) {
            note.known = Some(if note.content.public_key == key { KnownKey::Same } else { KnownKey::Other });
        }
        self.own.peer(&from).key = Some(key);
    }

    /// Takes the payload of a `note`: checks it, keeps it, and answers what was found.
    pub(super) fn hear_note(&mut self, now: Time, from: &NodeName, payload: &[u8]) {
        let Some((id, content)) = whole(payload, |reader| Ok((reader.u64()?, content(reader)?))) else { return };
        if !self.own.peer(from).pace.allows(now) {
            return;
        }
        let verdict = check_note(&content);
        let known = know(&mut self.own.peer(from).key, &content, verdict);
        let mut answer = id.to_le_bytes().to_vec();
        answer.push(VERDICTS.iter().position(|other| *other == verdict).unwrap_or_default() as u8);
        answer.push(KNOWN.iter().position(|other| *other == known).unwrap_or_default() as u8);
        put_content(&content, &mut answer);
        self.tell(now, from, NOTE_SEEN, answer);
        if !self.watch.notes {
            let valid = verdict == NoteVerdict::Valid;
            self.notice(Notice::NoteReceived { from: from.clone(), valid, other_key: known == KnownKey::Other });
        }
        let number = self.own.next_number(now);
        self.own.notes.keep(NoteView {
            number,
            time: now,
            from: from.clone(),
            content,
            verdict,
            known: Some(known),
            arrived: None,
            receivers: Vec::new(),
        });
    }

    /// Takes the payload of a `noteseen`: what a receiver found, once.
    pub(super) fn hear_note_seen(&mut self, _now: Time, from: &NodeName, payload: &[u8]) {
        let read = whole(payload, |reader| {
            let id = reader.u64()?;
            Ok((id, choice(reader, "verdict", &VERDICTS)?, choice(reader, "known", &KNOWN)?, content(reader)?))
        });
        let Some((id, verdict, known, arrived)) = read else { return };
        let Some(note) = self.own.notes.kept.iter_mut().find(|note| note.number == id) else { return };
        let asked = note.receivers.iter_mut().find(|receiver| receiver.peer == *from && receiver.answer.is_none());
        let Some(receiver) = asked else { return };
        let unchanged = arrived == note.content;
        receiver.state = AnswerState::Answered;
        receiver.answer = Some(NoteAnswer { verdict, known, unchanged });
        if !unchanged && note.arrived.is_none() {
            note.arrived = Some(arrived);
        }
    }

    /// The notes, newest first.
    pub(super) fn notes(&self) -> Vec<NoteView> {
        self.own.notes.kept.clone()
    }
}
