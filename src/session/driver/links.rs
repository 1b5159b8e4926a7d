//! The links to the other nodes, and the frames that come and go by them.

use super::Session;
use crate::api::{NodeName, Notice};
use crate::ledger::{Duration, Time};
use crate::node::Input;
use crate::session::Effect;
use crate::session::own::{OwnInput, OwnMessage};
use crate::wire::{Message, peek_command};

/// Nodes that were there before this one came, or came back, are no news.
const QUIET_AFTER_JOINING: Duration = Duration::from_secs(3);

impl Session {
    /// Links a node that came.
    pub(super) fn peer_up(&mut self, now: Time, name: NodeName) {
        if name == self.name || !self.network_active {
            return;
        }
        let Some(peer) = self.state.peers.add(&name) else { return };
        // Both tabs notice each other at once; the lesser name calls, the other is called.
        let inbound = name < self.name;
        let outputs = self.state.node.handle(now, Input::PeerConnected { peer, name: name.0.clone(), inbound });
        self.react(now, outputs);
        if now - self.joined_at > QUIET_AFTER_JOINING {
            self.notice(Notice::PeerJoined(name));
        }
    }

    /// Takes away a node that went.
    pub(super) fn peer_down(&mut self, now: Time, name: &NodeName) {
        if self.unlink(now, name) {
            self.notice(Notice::PeerLeft(name.clone()));
        }
    }

    /// Takes a peer away; says whether there was one of this name.
    fn unlink(&mut self, now: Time, name: &NodeName) -> bool {
        let Some(peer) = self.peers.id(name) else { return false };
        let outputs = self.state.node.handle(now, Input::PeerDisconnected(peer));
        self.react(now, outputs);
        self.state.peers.remove(name);
        self.give_own(now, OwnInput::PeerGone(name.clone()));
        true
    }

    /// Takes a frame of a peer: it is read once, noted, and given to whom it is for.
    pub(super) fn frame(&mut self, now: Time, from: &NodeName, bytes: Vec<u8>) {
        if !self.network_active {
            return;
        }
        let Some(peer) = self.peers.id(from) else { return };
        let message = Message::decode(&bytes, self.params.magic);
        self.state.log.note(now, (from, &self.state.name), &bytes, &message);
        if peek_command(&bytes).is_some_and(OwnMessage::is_command) {
            // A broken one is dropped.
            let Ok(Message::Unknown { command, payload }) = message else { return };
            if let Some(message) = OwnMessage::decode(&command, &payload, &self.params) {
                self.give_own(now, OwnInput::Heard { from: from.clone(), message });
            }
            return;
        }
        let outputs = self.state.node.handle(now, Input::Received { peer, frame: bytes });
        self.react(now, outputs);
    }

    /// Sends a frame to a peer, and notes it.
    pub(super) fn send(&mut self, now: Time, to: NodeName, bytes: Vec<u8>) {
        let message = Message::decode(&bytes, self.params.magic);
        self.state.log.note(now, (&self.state.name, &to), &bytes, &message);
        self.effects.push(Effect::Send { to, bytes });
    }

    /// Joins the other nodes or leaves them (Core `setnetworkactive`).
    pub(in crate::session) fn set_network_active(&mut self, now: Time, active: bool) {
        if self.network_active == active {
            return;
        }
        if !active {
            // It was this node that went, not the others.
            let from: Vec<NodeName> = self.peers.names().cloned().collect();
            for name in &from {
                self.unlink(now, name);
            }
            if !from.is_empty() {
                self.notice(Notice::CutOff { from });
            }
        } else {
            self.state.joined_at = now;
        }
        self.state.network_active = active;
        self.effects.push(Effect::SetNetworkActive(active));
    }
}
