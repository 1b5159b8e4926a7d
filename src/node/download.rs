//! Fetching blocks whose headers are known: the lowest first, from several peers at once.

use std::collections::BTreeMap;

use super::{Node, PeerId};
use crate::ledger::{Block, BlockHash, Duration, Time};
use crate::wire::{Inventory, Message};

/// Most blocks asked of one peer at a time (Core `MAX_BLOCKS_IN_TRANSIT_PER_PEER`).
pub const MAX_BLOCKS_PER_PEER: usize = 16;
/// Most blocks asked for, or here and waiting for their parents, at a time.
pub const MAX_BLOCKS_IN_FLIGHT: usize = 128;
/// Time after which a block is asked of another peer.
pub const BLOCK_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a peer that did not send a block it was asked for is asked for none; twice as long
/// each time that this happens again.
const PAUSE: Duration = Duration::from_secs(5);
/// How often the pause doubles: to 80 seconds.
const MAX_PAUSE_DOUBLINGS: u32 = 4;
/// Most blocks of one peer that wait for their parents, so that nobody fills the room for all.
const MAX_WAITING_PER_PEER: usize = 2 * MAX_BLOCKS_PER_PEER;

/// Blocks on their way.
#[derive(Clone, Debug, Default)]
pub(super) struct Downloads {
    /// Blocks asked for: of whom, and when.
    in_flight: BTreeMap<BlockHash, (PeerId, Time)>,
    /// Blocks that came before their parents, and from whom.
    waiting: BTreeMap<BlockHash, (Block, PeerId)>,
}

impl Downloads {
    pub(super) fn in_flight_count(&self) -> usize {
        self.in_flight.len()
    }

    pub(super) fn waiting_count(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn in_flight_of(&self, peer: PeerId) -> usize {
        self.in_flight.values().filter(|(of, _)| *of == peer).count()
    }

    pub(super) fn forget_peer(&mut self, peer: PeerId) {
        self.in_flight.retain(|_, (of, _)| *of != peer);
    }

    /// Notes that a block came; whether it was asked for.
    pub(super) fn arrived(&mut self, hash: &BlockHash) -> bool {
        self.in_flight.remove(hash).is_some()
    }

    fn waiting_of(&self, peer: PeerId) -> usize {
        self.waiting.values().filter(|(_, from)| *from == peer).count()
    }

    /// Keeps a block until its parent is here, if there is room.
    pub(super) fn wait(&mut self, hash: BlockHash, block: Block, from: PeerId) {
        if self.room() > 0 && self.waiting_of(from) < MAX_WAITING_PER_PEER {
            self.waiting.insert(hash, (block, from));
        }
    }

    /// Takes out the blocks that waited for `parent`.
    pub(super) fn take_children(&mut self, parent: &BlockHash) -> Vec<(Block, PeerId)> {
        let is_child = |block: &Block| block.header.prev_block_hash == *parent;
        let hashes: Vec<BlockHash> =
            self.waiting.iter().filter(|(_, (block, _))| is_child(block)).map(|(hash, _)| *hash).collect();
        hashes.iter().filter_map(|hash| self.waiting.remove(hash)).collect()
    }

    /// Keeps only the waiting blocks for which `keep` says so.
    pub(super) fn retain_waiting(&mut self, keep: impl Fn(&BlockHash) -> bool) {
        self.waiting.retain(|hash, _| keep(hash));
    }

    pub(super) fn next_timeout(&self) -> Option<Time> {
        self.in_flight.values().map(|(_, asked)| *asked + BLOCK_TIMEOUT).min()
    }

    fn room(&self) -> usize {
        MAX_BLOCKS_IN_FLIGHT.saturating_sub(self.in_flight.len() + self.waiting.len())
    }
}

impl Node {
    /// Asks peers for blocks that are missing, as far as the limits allow.
    pub(super) fn download_blocks(&mut self, now: Time) {
        let downloads = &self.downloads;
        let is_full =
            downloads.room() == 0 || self.peers.keys().any(|id| downloads.waiting_of(*id) >= MAX_WAITING_PER_PEER);
        if is_full && downloads.in_flight.is_empty() {
            // Everything here waits for a block that no one was asked for: start again below.
            self.downloads.waiting.clear();
        }
        // Who did not send what he was asked for is asked for what no other has.
        let mut ids = self.ready_peers();
        ids.sort_by_key(|id| self.peers.get(id).map_or(0, |peer| peer.unsent));
        for id in ids {
            let waiting = MAX_WAITING_PER_PEER.saturating_sub(self.downloads.waiting_of(id));
            let free = MAX_BLOCKS_PER_PEER.min(waiting).saturating_sub(self.downloads.in_flight_of(id));
            let is_paused = self.peers.get(&id).is_some_and(|peer| peer.paused_until > now);
            let limit = free.min(self.downloads.room());
            if limit == 0 || is_paused {
                continue;
            }
            let hashes = self.missing_blocks_of(id, limit);
            if hashes.is_empty() {
                continue;
            }
            for hash in &hashes {
                self.downloads.in_flight.insert(*hash, (id, now));
            }
            self.send(id, &Message::GetData(hashes.into_iter().map(Inventory::Block).collect()));
            self.peer_changed(id);
        }
    }

    /// The lowest blocks that this peer has, we do not, and are not on their way. Of a branch with
    /// less work than our tip there are none; of one with as much there are, so that both sides of
    /// a fork can be seen.
    fn missing_blocks_of(&self, id: PeerId, limit: usize) -> Vec<BlockHash> {
        let best = self.peers.get(&id).and_then(|peer| peer.best_known).and_then(|hash| self.chain.index(&hash));
        let Some(best) = best else { return Vec::new() };
        if best.is_invalid() || best.has_block() || best.chain_work < self.chain.tip().chain_work {
            return Vec::new();
        }
        let at = |height: u32| self.chain.ancestor(&best.hash, height);
        // Where a block is here, all below it are: the lowest missing one is found by halving.
        let (mut here, mut missing) = (0, best.height);
        while missing - here > 1 {
            let middle = here + (missing - here) / 2;
            if at(middle).is_some_and(|index| index.has_block()) { here = middle } else { missing = middle }
        }
        let window_end = best.height.min(missing.saturating_add(MAX_BLOCKS_IN_FLIGHT as u32 - 1));
        let hashes = (missing..=window_end).filter_map(|height| at(height).map(|index| index.hash));
        hashes.filter(|hash| !self.is_on_its_way(hash, id)).take(limit).collect()
    }

    /// Whether a block is here and waits, or was asked of a peer that is no less likely to send it
    /// than this one.
    fn is_on_its_way(&self, hash: &BlockHash, id: PeerId) -> bool {
        let unsent = |id: &PeerId| self.peers.get(id).map_or(0, |peer| peer.unsent);
        let asked = self.downloads.in_flight.get(hash);
        asked.is_some_and(|(of, _)| unsent(of) <= unsent(&id)) || self.downloads.waiting.contains_key(hash)
    }

    /// Takes back what was asked and did not come in time.
    pub(super) fn expire_downloads(&mut self, now: Time) {
        let late: Vec<(BlockHash, PeerId)> = self
            .downloads
            .in_flight
            .iter()
            .filter(|(_, (_, asked))| now >= *asked + BLOCK_TIMEOUT)
            .map(|(hash, (peer, _))| (*hash, *peer))
            .collect();
        for (hash, peer) in late {
            self.block_not_sent(now, peer, &hash);
        }
    }

    /// A peer did not send a block it was asked for: another may.
    pub(super) fn block_not_sent(&mut self, now: Time, id: PeerId, hash: &BlockHash) {
        if self.downloads.in_flight.get(hash).is_some_and(|(of, _)| *of == id) {
            self.downloads.in_flight.remove(hash);
            // Several that are late together count once.
            if let Some(peer) = self.peers.get_mut(&id).filter(|peer| peer.paused_until <= now) {
                let doublings = peer.unsent.min(MAX_PAUSE_DOUBLINGS);
                peer.unsent = peer.unsent.saturating_add(1);
                peer.paused_until = now + Duration::from_millis(PAUSE.millis << doublings);
            }
            self.peer_changed(id);
        }
    }

    /// When a paused peer may be asked for blocks again.
    pub(super) fn next_resume(&self, now: Time) -> Option<Time> {
        self.peers.values().map(|peer| peer.paused_until).filter(|until| *until > now).min()
    }
}
