//! Messages of our own, beside Bitcoin's: what the tabs of a classroom have to say to each other and
//! the nodes of a money have not.
//!
//! They travel in Bitcoin's frame, and nodes that do not know them ignore them. What is no such message
//! after all is of no use and no harm: it is dropped. So is what one peer says faster than people do.

mod altering;
mod codec;
mod notes;
mod payees;
mod questions;

use super::Effect;
use super::tab::Session;
use crate::api::{NodeName, NotesView};
use crate::ledger::{Duration, Time};
use crate::node::PeerState;
use crate::wire::{Message, peek_command};
use altering::Altering;
use notes::Notes;
use payees::Payee;
use questions::Question;

/// An address to be paid at.
const PAY_TO: &str = "payto";
/// A signed note.
const NOTE: &str = "note";
/// What a receiver of a note found.
const NOTE_SEEN: &str = "noteseen";
/// What the man in the middle does.
const ALTERING: &str = "altering";
/// What do you say of this transaction?
const ASK_TX: &str = "asktx";
/// This.
const TX_ANSWER: &str = "txanswer";

/// Peers that a note or a question goes to.
const MAX_RECEIVERS: usize = 64;
/// An answer that is not here after this is late.
const ANSWER_AFTER: Duration = Duration::from_secs(5);
/// Notes and questions taken of one node in [`PACE_SPAN`].
const PACE_LIMIT: u32 = 20;
const PACE_SPAN: Duration = Duration::from_secs(10);

/// Peers remembered, gone ones included.
const PEERS_KEPT: usize = 128;

/// What was said and heard in messages of our own.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    /// By name; one list for all that is remembered of a peer.
    peers: Vec<OwnPeer>,
    notes: Notes,
    altering: Altering,
    question: Option<Question>,
    /// How much this node asked lately.
    pace: Pace,
    last_number: u64,
}

/// What is remembered of a peer.
#[derive(Clone, Debug, Default)]
struct OwnPeer {
    name: NodeName,
    /// It is linked; of one that is gone only its key is remembered.
    here: bool,
    payee: Payee,
    /// The time of the alteration it was told.
    altering_told: u64,
    pace: Pace,
    /// The public key of its first valid note.
    key: Option<String>,
}

impl Own {
    /// What is remembered of a peer that is here.
    fn peer(&mut self, name: &NodeName) -> &mut OwnPeer {
        let mut found = self.peers.binary_search_by(|peer| peer.name.cmp(name));
        if found.is_err() && self.peers.len() >= PEERS_KEPT {
            // First those of whom there is nothing to remember: many who come and go must not
            // make a node forget whose key is whose.
            self.peers.retain(|peer| peer.here || peer.key.is_some());
            if self.peers.len() >= PEERS_KEPT {
                self.peers.retain(|peer| peer.here);
            }
            found = self.peers.binary_search_by(|peer| peer.name.cmp(name));
        }
        let at = found.unwrap_or_else(|at| {
            self.peers.insert(at, OwnPeer { name: name.clone(), ..OwnPeer::default() });
            at
        });
        let peer = &mut self.peers[at];
        peer.here = true;
        peer
    }

    /// Forgets a peer that is gone.
    pub(super) fn forget(&mut self, name: &NodeName) {
        if let Some(peer) = self.peers.iter_mut().find(|peer| peer.name == *name) {
            *peer = OwnPeer { name: name.clone(), key: peer.key.take(), ..OwnPeer::default() };
        }
        self.notes.forget(name);
        if let Some(question) = &mut self.question {
            question.forget(name);
        }
    }

    /// Marks answers that should have come by now; when to look again.
    pub(super) fn pass_time(&mut self, now: Time) -> Option<Time> {
        let question = self.question.as_mut().and_then(|question| question.pass_time(now));
        [self.notes.pass_time(now), question].into_iter().flatten().min()
    }

    /// A number that no other note or question of this node has, those before a reload included.
    fn next_number(&mut self, now: Time) -> u64 {
        self.last_number = now.millis.max(self.last_number + 1);
        self.last_number
    }
}

/// How much was said lately.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    since: Time,
    count: u32,
}

impl Pace {
    /// Counts one more; whether it is still what a person could do.
    fn allows(&mut self, now: Time) -> bool {
        if now < self.since || now - self.since >= PACE_SPAN {
            *self = Self { since: now, count: 0 };
        }
        self.count = self.count.saturating_add(1);
        self.count <= PACE_LIMIT
    }
}

impl Session {
    /// Takes a frame with a message of our own; gives any other back.
    pub(super) fn hear_own(&mut self, now: Time, from: &NodeName, frame: Vec<u8>) -> Option<Vec<u8>> {
        let hear = match peek_command(&frame) {
            Some(PAY_TO) => Self::hear_payee,
            Some(NOTE) => Self::hear_note,
            Some(NOTE_SEEN) => Self::hear_note_seen,
            Some(ALTERING) => Self::hear_altering,
            Some(ASK_TX) => Self::hear_ask_tx,
            Some(TX_ANSWER) => Self::hear_tx_answer,
            _ => return Some(frame),
        };
        if let Ok(Message::Unknown { payload, .. }) = Message::decode(&frame, self.params.magic) {
            hear(self, now, from, &payload);
        }
        None
    }

    /// Tells the peers what they have to know and were not told yet.
    pub(super) fn tell_own(&mut self, now: Time) {
        let peers = self.ready_peers();
        self.tell_payees(now, &peers);
        self.tell_altering(now, &peers);
    }

    /// The notes page as it is now.
    pub(super) fn notes_view(&self) -> NotesView {
        NotesView {
            altering: self.own.altering.how,
            altering_by: self.own.altering.by.clone(),
            reachable: self.ready_peers(),
            notes: self.notes(),
        }
    }

    /// The peers that a message can be sent to, by name; [`MAX_RECEIVERS`] at most.
    fn ready_peers(&self) -> Vec<NodeName> {
        let ready = |name: &&NodeName| {
            let peer = self.peers.id(name).and_then(|id| self.node.peer(id));
            peer.is_some_and(|peer| peer.state == PeerState::Ready)
        };
        self.peers.names().filter(ready).take(MAX_RECEIVERS).cloned().collect()
    }

    /// Sends a message of our own.
    fn tell(&mut self, now: Time, to: &NodeName, command: &str, payload: Vec<u8>) {
        let bytes = Message::Unknown { command: command.to_owned(), payload }.encode(self.params.magic);
        self.log.note(now, &self.name, to, &bytes, self.params.magic);
        self.effects.push(Effect::Send { to: to.clone(), bytes });
    }
}
