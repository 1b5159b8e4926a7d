//! Is it still there, and how far away? A ping now and then, with a number to send back (BIP-0031).

use super::{DisconnectReason, Node, PeerId};
use crate::ledger::{Duration, Time};
use crate::wire::Message;

/// Time between two pings.
pub const PING_INTERVAL: Duration = Duration::from_secs(30);
/// So many pings in a row without an answer, and the peer is gone. Counted in pings, not in time,
/// so that a computer that slept does not lose its peers when it wakes up.
pub const MAX_UNANSWERED_PINGS: u32 = 5;

/// The pings of one link.
#[derive(Clone, Debug, Default)]
pub(super) struct Pings {
    /// The last one sent and not answered: its number and when.
    outstanding: Option<(u64, Time)>,
    last_sent: Time,
    unanswered: u32,
    pub(super) latency: Option<Duration>,
}

impl Pings {
    pub(super) fn next_at(&self) -> Time {
        self.last_sent + PING_INTERVAL
    }
}

impl Node {
    pub(super) fn ping(&mut self, now: Time, id: PeerId) {
        let nonce = self.random.next_u64();
        let Some(peer) = self.peers.get_mut(&id) else { return };
        if peer.pings.unanswered >= MAX_UNANSWERED_PINGS {
            return self.disconnect(now, id, DisconnectReason::PingTimeout { pings: MAX_UNANSWERED_PINGS });
        }
        peer.pings.outstanding = Some((nonce, now));
        peer.pings.last_sent = now;
        peer.pings.unanswered += 1;
        self.send(id, &Message::Ping(nonce));
    }

    pub(super) fn on_pong(&mut self, now: Time, id: PeerId, nonce: u64) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        if let Some((expected, sent)) = peer.pings.outstanding
            && expected == nonce
        {
            peer.pings.outstanding = None;
            peer.pings.unanswered = 0;
            peer.pings.latency = Some(now - sent);
            self.peer_changed(id);
        }
    }
}
