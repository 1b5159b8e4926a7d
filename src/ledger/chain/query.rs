//! What can be asked of a chain. Nothing here walks the whole chain, but for [`Chain::tips`],
//! which walks the ends of branches.

use std::sync::Arc;

use super::Chain;
use crate::ledger::index::{BlockIndex, BlockStatus, Id};
use crate::ledger::{Block, BlockHash, BlockTime, CheckedBlock, Header, Params, RetargetForecast, Time, Txid, UtxoSet};

impl Chain {
    /// The network's numbers.
    pub fn params(&self) -> &Arc<Params> {
        &self.params
    }

    /// The last block of the active chain.
    pub fn tip(&self) -> &BlockIndex {
        self.tree.get(self.tip_id())
    }

    /// Its height.
    pub fn height(&self) -> u32 {
        self.tip().height
    }

    /// What is known of a block.
    pub fn index(&self, hash: &BlockHash) -> Option<&BlockIndex> {
        self.tree.id(hash).map(|id| self.tree.get(id))
    }

    /// What is known of the block of the active chain at a height.
    pub fn active_index(&self, height: u32) -> Option<&BlockIndex> {
        self.active.get(height as usize).map(|id| self.tree.get(*id))
    }

    /// The active chain's block at a height.
    pub fn active_hash(&self, height: u32) -> Option<BlockHash> {
        self.active_index(height).map(|entry| entry.hash)
    }

    /// Whether a block is in the active chain.
    pub fn is_active(&self, hash: &BlockHash) -> bool {
        self.index(hash).is_some_and(BlockIndex::is_active)
    }

    /// A block that is here, active or stale.
    pub fn block(&self, hash: &BlockHash) -> Option<Arc<Block>> {
        self.index(hash).and_then(|entry| entry.block.clone())
    }

    /// The active chain's block at a height, with what it spent.
    pub fn checked(&self, height: u32) -> Option<&Arc<CheckedBlock>> {
        self.checked.get(height as usize)
    }

    /// The lowest block of the active chain with witnesses that were not checked, if any has: it and
    /// the chain on it may be what Bitcoin Core refuses.
    pub fn first_unchecked_witnesses(&self) -> Option<&Arc<CheckedBlock>> {
        self.unchecked.first().and_then(|height| self.checked(*height))
    }

    /// The same of the chain up to a block, itself included; of a branch, as far as it shares the
    /// active chain: what is not connected is not checked at all.
    pub fn first_unchecked_witnesses_up_to(&self, hash: &BlockHash) -> Option<&Arc<CheckedBlock>> {
        let shared = self.fork_point(hash)?.height;
        self.first_unchecked_witnesses().filter(|checked| checked.height() <= shared)
    }

    /// The header with the most work behind it that is not invalid; its block may not be here yet.
    pub fn best_header(&self) -> &BlockIndex {
        self.tree.get(self.best_header)
    }

    /// Names of blocks down from the best header, ever further apart, genesis the last: what to
    /// ask another node with for what comes after (Core `GetLocator`).
    pub fn locator(&self) -> Vec<BlockHash> {
        let mut hashes = Vec::new();
        let mut step = 1;
        let mut at = self.best_header;
        loop {
            let entry = self.tree.get(at);
            hashes.push(entry.hash);
            if entry.height == 0 {
                return hashes;
            }
            if hashes.len() > 10 {
                step *= 2;
            }
            at = self.tree.ancestor(at, entry.height.saturating_sub(step));
        }
    }

    /// Headers of the active chain after the first block of `locator` that is in it, up to and
    /// with `stop`, at most `max`. Where none is, from the start.
    pub fn headers_after(&self, locator: &[BlockHash], stop: BlockHash, max: usize) -> Vec<Header> {
        let known = locator.iter().find_map(|hash| self.index(hash).filter(|entry| entry.is_active()));
        let from = known.map_or(0, |entry| entry.height as usize) + 1;
        let mut headers = Vec::new();
        for id in self.active.iter().skip(from).take(max) {
            let entry = self.tree.get(*id);
            headers.push(entry.header);
            if entry.hash == stop {
                break;
            }
        }
        headers
    }

    /// Blocks below the best header that are not here, the lowest first, at most `max`.
    pub fn missing_blocks(&self, max: usize) -> Vec<BlockHash> {
        let fork = self.tree.last_common(self.tip_id(), self.best_header);
        let heights = self.tree.get(fork).height + 1..=self.best_header().height;
        heights
            .map(|height| self.tree.get(self.tree.ancestor(self.best_header, height)))
            .filter(|entry| !entry.has_block())
            .map(|entry| entry.hash)
            .take(max)
            .collect()
    }

    /// The ends of all branches and the active tip, the highest first (Core `getchaintips`).
    pub fn tips(&self) -> Vec<&BlockIndex> {
        let mut ids: Vec<Id> = self.leaves.iter().copied().collect();
        if !self.leaves.contains(&self.tip_id()) {
            ids.push(self.tip_id());
        }
        ids.sort_unstable_by_key(|id| (std::cmp::Reverse(self.tree.get(*id).height), *id));
        ids.into_iter().map(|id| self.tree.get(id)).collect()
    }

    /// The highest block of the active chain that `hash` is or builds on; none where it is unknown.
    pub fn fork_point(&self, hash: &BlockHash) -> Option<&BlockIndex> {
        self.tree.id(hash).map(|id| self.tree.get(self.tree.last_common(id, self.tip_id())))
    }

    /// How Core's `getchaintips` calls the end of a branch.
    pub fn tip_status(&self, tip: &BlockIndex) -> &'static str {
        match &tip.status {
            BlockStatus::Active => "active",
            BlockStatus::Invalid(_) => "invalid",
            BlockStatus::HeaderOnly => "headers-only",
            BlockStatus::Stored if !tip.linked => "headers-only",
            BlockStatus::Stored if tip.was_active => "valid-fork",
            BlockStatus::Stored => "valid-headers",
        }
    }

    /// The coins of the active chain.
    pub fn utxo(&self) -> &UtxoSet {
        &self.utxo
    }

    /// The median time of a block and the ten before; zero where it is unknown.
    pub fn median_time_past(&self, hash: &BlockHash) -> BlockTime {
        self.tree.id(hash).map_or(BlockTime(0), |id| self.tree.median_time_past(id))
    }

    /// The bits that a block behind `parent` with this time must have; where the parent is
    /// unknown, those of the first blocks.
    pub fn next_bits(&self, parent: &BlockHash, time: BlockTime) -> u32 {
        self.tree.id(parent).map_or(self.params.first_bits, |id| self.tree.next_bits(&self.params, id, time))
    }

    /// The earliest time a block on the active tip may have, but not before `now`: what a miner
    /// writes into its header.
    pub fn next_block_time(&self, now: Time) -> BlockTime {
        let earliest = self.tree.median_time_past(self.tip_id()).0.saturating_add(1);
        BlockTime(now.to_block_time().0.max(earliest))
    }

    /// The first time at which a block on the active tip may be one of minimum difficulty, because
    /// none was found for long; none where that never comes, or changes nothing.
    pub fn easy_block_from(&self) -> Option<BlockTime> {
        self.tree.easy_from(&self.params, self.tip_id())
    }

    /// What the next retarget of the active chain will be, if its blocks keep their pace; none
    /// where there is no retarget, or too few blocks for a pace.
    pub fn retarget_forecast(&self) -> Option<RetargetForecast> {
        self.tree.retarget_forecast(&self.params, self.tip_id())
    }

    /// Where a transaction of the active chain is: its block, and its index there.
    pub fn find_transaction(&self, txid: &Txid) -> Option<(BlockHash, usize)> {
        let (height, index) = self.transactions.get(txid)?;
        Some((self.active_hash(*height)?, *index))
    }

    /// How many blocks are known, headers alone counted.
    pub fn known_blocks(&self) -> usize {
        self.tree.len()
    }

    /// How many transactions the active chain has.
    pub fn transaction_count(&self) -> usize {
        self.transactions.len()
    }

    /// The ancestor of `hash` at `height` (itself, if it is lower); none where it is unknown.
    pub fn ancestor(&self, hash: &BlockHash, height: u32) -> Option<&BlockIndex> {
        self.tree.id(hash).map(|id| self.tree.get(self.tree.ancestor(id, height)))
    }

    /// The blocks that build on this one, in the order they came.
    pub fn children(&self, hash: &BlockHash) -> Vec<&BlockIndex> {
        let children = self.index(hash).map_or(&[][..], |entry| &entry.children);
        children.iter().map(|id| self.tree.get(*id)).collect()
    }
}
