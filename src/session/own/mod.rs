//! Messages of our own, beside Bitcoin's: what the tabs of a classroom have to say to each other and
//! the nodes of a money have not.
//!
//! They travel in Bitcoin's frame, and nodes that do not know them ignore them. What is no such message
//! after all is of no use and no harm: it is dropped.

mod payees;

use super::tab::Session;
use super::{Effect, NodeName};
use crate::ledger::Time;
use crate::node::PeerState;
use crate::wire::{Message, peek_command};
use payees::Payees;

/// An address to be paid at.
const PAY_TO: &str = "payto";

/// What was said and heard in messages of our own.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    payees: Payees,
}

impl Own {
    /// Forgets a peer that is gone.
    pub(super) fn forget(&mut self, name: &NodeName) {
        self.payees.forget(name);
    }
}

impl Session {
    /// Takes a frame with a message of our own; gives any other back.
    pub(super) fn hear_own(&mut self, from: &NodeName, frame: Vec<u8>) -> Option<Vec<u8>> {
        let hear = match peek_command(&frame) {
            Some(PAY_TO) => Self::hear_payee,
            _ => return Some(frame),
        };
        if let Ok(Message::Unknown { payload, .. }) = Message::decode(&frame, self.params.magic) {
            hear(self, from, &payload);
        }
        None
    }

    /// Tells the peers what they have to know and were not told yet.
    pub(super) fn tell_own(&mut self, now: Time) {
        let peers = self.ready_peers();
        self.tell_payees(now, &peers);
    }

    /// The peers that a message can be sent to, by name.
    fn ready_peers(&self) -> Vec<NodeName> {
        let ready = self.node.peers().into_iter().filter(|peer| peer.state == PeerState::Ready);
        let names = ready.map(|peer| NodeName(peer.name));
        names.filter(|name| self.peers.id(name).is_some()).collect()
    }

    /// Sends a message of our own.
    fn tell(&mut self, now: Time, to: &NodeName, command: &str, payload: Vec<u8>) {
        let bytes = Message::Unknown { command: command.to_owned(), payload }.encode(self.params.magic);
        self.log.note(now, &self.name, to, &bytes, self.params.magic);
        self.effects.push(Effect::Send { to: to.clone(), bytes });
    }
}
