//! The handshake: each side says who it is and acknowledges the other's word; only then anything
//! else counts.
//!
//! Bitcoin's links lose nothing; ours may, when a class plays with them. So a version is repeated
//! until it is answered.

use super::misbehaviour::SCORE_OUT_OF_TURN;
use super::{DisconnectReason, Node, PeerId, PeerState};
use crate::ledger::{Duration, Time};
use crate::wire::{
    MIN_PROTOCOL_VERSION, Message, NODE_BLOOM, NODE_NETWORK, NetAddress, PROTOCOL_VERSION, Reject, RejectCode, Version,
};

/// Time to finish the handshake in.
pub const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(60);
/// Time after which a version without an answer is repeated.
pub const HANDSHAKE_RETRY: Duration = Duration::from_secs(5);

/// How far the handshake of one link is.
#[derive(Clone, Debug, Default)]
pub(super) struct Handshake {
    /// When our version was last sent.
    version_sent: Option<Time>,
    /// Whether ours was acknowledged.
    acknowledged: bool,
}

impl Node {
    pub(super) fn send_version(&mut self, now: Time, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.handshake.version_sent = Some(now);
        let services = NODE_NETWORK | NODE_BLOOM;
        let version = Version {
            protocol: PROTOCOL_VERSION,
            services,
            time: i64::try_from(now.millis / 1000).unwrap_or(i64::MAX),
            receiver: NetAddress::default(),
            sender: NetAddress { services, ..NetAddress::default() },
            nonce: self.nonce,
            user_agent: self.user_agent.clone(),
            start_height: i32::try_from(self.chain.height()).unwrap_or(i32::MAX),
            relay: true,
        };
        self.send(id, &Message::Version(Box::new(version)));
    }

    pub(super) fn on_version(&mut self, now: Time, id: PeerId, version: Version) {
        if version.nonce == self.nonce {
            return self.disconnect(now, id, DisconnectReason::SelfConnection);
        }
        if version.protocol < MIN_PROTOCOL_VERSION {
            let reason = format!("version must be {MIN_PROTOCOL_VERSION} or greater");
            let reject = Reject { message: "version".into(), code: RejectCode::Obsolete, reason, hash: None };
            self.send(id, &Message::Reject(reject));
            let (found, least) = (version.protocol, MIN_PROTOCOL_VERSION);
            return self.disconnect(now, id, DisconnectReason::Obsolete { found, least });
        }
        let Some(peer) = self.peers.get_mut(&id) else { return };
        match &peer.version {
            // Said again because our answer was lost.
            Some(before) if before.nonce == version.nonce => return self.send(id, &Message::Verack),
            Some(_) => return self.disconnect(now, id, DisconnectReason::Replaced),
            None => {}
        }
        peer.version = Some(version);
        let speak = peer.handshake.version_sent.is_none();
        if speak {
            self.send_version(now, id);
        }
        self.send(id, &Message::Verack);
        self.peer_changed(id);
        self.finish_handshake(now, id);
    }

    pub(super) fn on_verack(&mut self, now: Time, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        if peer.handshake.version_sent.is_none() {
            return self.misbehaving(now, id, SCORE_OUT_OF_TURN, "verack-before-version");
        }
        peer.handshake.acknowledged = true;
        self.finish_handshake(now, id);
    }

    fn finish_handshake(&mut self, now: Time, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        if peer.is_ready() || peer.version.is_none() || !peer.handshake.acknowledged {
            return;
        }
        peer.state = PeerState::Ready;
        self.peer_changed(id);
        self.send(id, &Message::SendHeaders);
        self.ask_headers(now, id);
        self.ping(now, id);
    }

    /// Repeats our version, or gives up.
    pub(super) fn handshake_timers(&mut self, now: Time, id: PeerId) {
        let Some(peer) = self.peers.get(&id).filter(|peer| !peer.is_ready()) else { return };
        if now >= peer.connected_at + HANDSHAKE_TIMEOUT {
            let secs = HANDSHAKE_TIMEOUT.millis / 1000;
            self.disconnect(now, id, DisconnectReason::HandshakeTimeout { secs });
        } else if now >= peer.handshake.next_at(peer.connected_at) {
            self.send_version(now, id);
        }
    }
}

impl Handshake {
    /// When our version is to be said again; the side that is to speak second does so too.
    pub(super) fn next_at(&self, connected_at: Time) -> Time {
        self.version_sent.unwrap_or(connected_at) + HANDSHAKE_RETRY
    }
}
