//! What is done when time passes, and when that is next.

use super::{Node, PeerId};
use crate::ledger::Time;

impl Node {
    pub(super) fn tick(&mut self, now: Time) {
        // Told again even if nothing changes: whoever ticks may have no other alarm set.
        self.wake = None;
        self.bans.expire(now);
        self.orphans.expire(now);
        self.expire_downloads(now);
        self.ask_mempool_of_all();
        self.expire_requests(now);
        let ids: Vec<PeerId> = self.peers.keys().copied().collect();
        for id in ids {
            self.handshake_timers(now, id);
            if self.peers.get(&id).is_some_and(|peer| peer.is_ready() && peer.pings.next_at() <= now) {
                self.ping(now, id);
            }
            if self.next_poll(id).is_some_and(|at| at <= now) {
                self.ask_headers(now, id);
            }
        }
        self.rebroadcast(now);
        self.download_blocks(now);
        self.request_transactions(now);
    }

    /// The next moment at which time alone makes a difference; after `now`.
    pub(super) fn next_wake(&self, now: Time) -> Option<Time> {
        let of_peers = self.peers.iter().flat_map(|(id, peer)| {
            let handshake = (!peer.is_ready()).then(|| peer.handshake.next_at(peer.connected_at));
            let ping = peer.is_ready().then(|| peer.pings.next_at());
            [handshake, ping, self.next_poll(*id)]
        });
        let others = [
            self.downloads.next_timeout(),
            self.next_resume(now),
            self.requests.next_timeout(),
            self.orphans.next_expiry(),
            self.own.next_at(),
        ];
        // What is due already waits for a tick: at once.
        of_peers.chain(others).flatten().min().map(|at| at.max(now))
    }
}
