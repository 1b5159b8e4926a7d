//! Signed notes: `note` goes to every linked tab, `noteseen` brings back what each found and what it got.
//!
//! The page signs, with its practice key, which never comes here. Every receiver checks for itself, and remembers the
//! key of a node's first valid note: what a signature proves is who has the key, not whose key it is.

use super::ANSWER_AFTER;
use crate::api::{AnswerState, KnownKey, NodeName, NoteAnswer, NoteContent, NoteReceiver, NoteVerdict, NoteView};
use crate::keys::{PublicKey, Signature, verify_ecdsa};
use crate::ledger::{Time, from_hex, sha256};

/// Notes kept; the oldest go first.
const NOTES_KEPT: usize = 50;

/// Notes sent and received.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Newest first; the number of one sent is also its name on the wire.
    kept: Vec<NoteView>,
}

impl Notes {
    /// Keeps a note that was sent to these.
    pub(super) fn sent(&mut self, now: Time, number: u64, from: NodeName, content: NoteContent, to: Vec<NodeName>) {
        let receiver = |peer| NoteReceiver { peer, state: AnswerState::Waiting, answer: None };
        self.keep(NoteView {
            number,
            time: now,
            from,
            verdict: check_note(&content),
            content,
            known: None,
            arrived: None,
            receivers: to.into_iter().map(receiver).collect(),
        });
    }

    /// Keeps a note that came, with what was found of it.
    pub(super) fn received(
        &mut self,
        now: Time,
        number: u64,
        from: NodeName,
        content: NoteContent,
        (verdict, known): (NoteVerdict, KnownKey),
    ) {
        let known = Some(known);
        self.keep(NoteView { number, time: now, from, content, verdict, known, arrived: None, receivers: Vec::new() });
    }

    fn keep(&mut self, note: NoteView) {
        self.kept.truncate(NOTES_KEPT - 1);
        self.kept.insert(0, note);
    }

    /// Takes what a receiver found of a note and what it got, once.
    pub(super) fn seen(
        &mut self,
        id: u64,
        by: &NodeName,
        (verdict, known): (NoteVerdict, KnownKey),
        arrived: NoteContent,
    ) {
        let Some(note) = self.kept.iter_mut().find(|note| note.number == id) else { return };
        let asked = note.receivers.iter_mut().find(|receiver| receiver.peer == *by && receiver.answer.is_none());
        let Some(receiver) = asked else { return };
        let unchanged = arrived == note.content;
        receiver.state = AnswerState::Answered;
        receiver.answer = Some(NoteAnswer { verdict, known, unchanged });
        if !unchanged && note.arrived.is_none() {
            note.arrived = Some(arrived);
        }
    }

    /// Takes the key of a kept note for its sender's, if its signature holds, and returns both; the sender's notes are
    /// seen in that light.
    pub(super) fn trust_key(&mut self, number: u64) -> Option<(NodeName, String)> {
        let held =
            |note: &&NoteView| note.number == number && note.known.is_some() && note.verdict == NoteVerdict::Valid;
        let note = self.kept.iter().find(held)?;
        let (from, key) = (note.from.clone(), note.content.public_key.clone());
        for note in self.kept.iter_mut().filter(|note| note.from == from && note.known.is_some()) {
            note.known = Some(if note.content.public_key == key { KnownKey::Same } else { KnownKey::Other });
        }
        Some((from, key))
    }

    /// Waits no longer for a peer that is gone.
    pub(super) fn forget(&mut self, name: &NodeName) {
        for note in &mut self.kept {
            let waiting = note.receivers.iter_mut().filter(|receiver| receiver.answer.is_none());
            waiting.filter(|receiver| receiver.peer == *name).for_each(|receiver| receiver.state = AnswerState::Left);
        }
    }

    /// Marks the answers that should have come by now.
    pub(super) fn pass_time(&mut self, now: Time) {
        for note in self.kept.iter_mut().filter(|note| note.time + ANSWER_AFTER <= now) {
            let waiting = note.receivers.iter_mut().filter(|receiver| receiver.state == AnswerState::Waiting);
            waiting.for_each(|receiver| receiver.state = AnswerState::Late);
        }
    }

    /// Says when the first answer that is waited for will be late.
    pub(super) fn wake_at(&self) -> Option<Time> {
        let is_waiting =
            |note: &&NoteView| note.receivers.iter().any(|receiver| receiver.state == AnswerState::Waiting);
        self.kept.iter().filter(is_waiting).map(|note| note.time + ANSWER_AFTER).min()
    }

    /// Returns the notes, newest first.
    pub(super) fn views(&self) -> Vec<NoteView> {
        self.kept.clone()
    }
}

/// Says whether this key is the one known of a node; takes it for known if there was none.
pub(super) fn know(known: &mut Option<String>, content: &NoteContent, verdict: NoteVerdict) -> KnownKey {
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
