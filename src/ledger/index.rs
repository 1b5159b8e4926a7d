//! The block tree: every header known, each behind its parent, whether or not its block is here.
//!
//! Entries are never removed; what may be added is bounded by proof of work and by
//! [`MAX_SIDE_HEADERS`]. Finding an ancestor takes logarithmic time by Core's skip pointers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rules::Facts;
use super::{Block, BlockHash, BlockTime, Header, Target, Time, Work};

/// Most headers kept that are not on the best header chain. Past it only headers are taken that
/// make a chain with more work than the active one.
pub const MAX_SIDE_HEADERS: usize = 50_000;
/// Blocks whose times make the median time past (Core `nMedianTimeSpan`).
pub const MEDIAN_TIME_SPAN: usize = 11;

/// Why a block is invalid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invalidity {
    /// Bitcoin Core's reject reason.
    pub rule: &'static str,
    /// In words.
    pub reason: String,
    /// What the rule was judged by.
    pub facts: Facts,
}

/// What is known of a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BlockStatus {
    /// Its header is good, the block is not here.
    HeaderOnly,
    /// The block is here and good as far as can be said without the coins; it is not connected.
    Stored,
    /// It is in the active chain: it passed every rule.
    Active,
    /// It broke a rule, or a block below it did.
    Invalid(Arc<Invalidity>),
}

/// A known block.
#[derive(Clone, Debug)]
pub struct BlockIndex {
    /// Its name.
    pub hash: BlockHash,
    /// Its header.
    pub header: Header,
    /// Its height; genesis has 0.
    pub height: u32,
    /// Work of it and all below it.
    pub chain_work: Work,
    /// What is known of it.
    pub status: BlockStatus,
    /// When its header came.
    pub received: Time,
    /// Transactions in it; 0 while the block is not here.
    pub transactions: usize,
    /// Bytes of it; 0 while the block is not here.
    pub size: usize,
    pub(super) block: Option<Arc<Block>>,
    /// Whether its block and all below it are here.
    pub(super) linked: bool,
    /// Whether it was ever in the active chain, and so passed every rule.
    pub(super) was_active: bool,
    parent: Option<Id>,
    skip: Option<Id>,
    pub(super) children: Vec<Id>,
}

impl BlockIndex {
    /// Whether it or a block below it broke a rule.
    pub fn is_invalid(&self) -> bool {
        matches!(self.status, BlockStatus::Invalid(_))
    }

    /// Whether it is in the active chain.
    pub fn is_active(&self) -> bool {
        self.status == BlockStatus::Active
    }

    /// Whether the block itself is here, not only its header.
    pub fn has_block(&self) -> bool {
        self.block.is_some()
    }

    /// How many known blocks build on this one directly.
    pub fn child_count(&self) -> usize {
        self.children.len()
    }
}

/// An entry's place in the tree; it also tells which of two came first.
pub(super) type Id = usize;

/// The tree.
#[derive(Clone, Debug)]
pub(super) struct BlockTree {
    entries: Vec<BlockIndex>,
    by_hash: BTreeMap<BlockHash, Id>,
}

impl BlockTree {
    /// The tree that has only the genesis block, active.
    pub(super) fn new(genesis: &Block) -> Self {
        let hash = genesis.block_hash();
        let entry = BlockIndex {
            hash,
            header: genesis.header,
            height: 0,
            chain_work: work_of(genesis.header.bits),
            status: BlockStatus::Active,
            received: Time::from_millis(u64::from(genesis.header.time.0) * 1000),
            transactions: genesis.transactions.len(),
            size: genesis.total_size(),
            block: Some(Arc::new(genesis.clone())),
            linked: true,
            was_active: true,
            parent: None,
            skip: None,
            children: Vec::new(),
        };
        let mut by_hash = BTreeMap::new();
        by_hash.insert(hash, 0);
        Self { entries: vec![entry], by_hash }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn id(&self, hash: &BlockHash) -> Option<Id> {
        self.by_hash.get(hash).copied()
    }

    /// Ids come from this tree only, and entries are never removed, so the entry is there.
    pub(super) fn get(&self, id: Id) -> &BlockIndex {
        &self.entries[id]
    }

    pub(super) fn get_mut(&mut self, id: Id) -> &mut BlockIndex {
        &mut self.entries[id]
    }

    pub(super) fn ids(&self) -> std::ops::Range<Id> {
        0..self.entries.len()
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.get(id).parent
    }

    /// Adds a header that passed its rules behind its parent.
    pub(super) fn insert(&mut self, header: Header, hash: BlockHash, parent: Id, received: Time) -> Id {
        let id = self.entries.len();
        let height = self.get(parent).height + 1;
        let entry = BlockIndex {
            hash,
            header,
            height,
            chain_work: self.get(parent).chain_work + work_of(header.bits),
            status: BlockStatus::HeaderOnly,
            received,
            transactions: 0,
            size: 0,
            block: None,
            linked: false,
            was_active: false,
            parent: Some(parent),
            skip: Some(self.ancestor(parent, skip_height(height))),
            children: Vec::new(),
        };
        self.entries.push(entry);
        self.by_hash.insert(hash, id);
        self.get_mut(parent).children.push(id);
        id
    }

    /// The ancestor at `height`, or the entry itself where that is not below it.
    pub(super) fn ancestor(&self, id: Id, height: u32) -> Id {
        let mut at = id;
        loop {
            let entry = self.get(at);
            if entry.height <= height {
                return at;
            }
            // Core's GetAncestor: take the long step unless the parent's is the better one.
            let skipped = skip_height(entry.height);
            let skipped_by_parent = skip_height(entry.height - 1);
            let is_short = skipped < height || (skipped_by_parent + 2 < skipped && skipped_by_parent >= height);
            let step = if skipped == height || (skipped > height && !is_short) { entry.skip } else { entry.parent };
            match step.or(entry.parent) {
                Some(next) => at = next,
                None => return at,
            }
        }
    }

    /// The highest block that both are, or build on.
    pub(super) fn last_common(&self, one: Id, other: Id) -> Id {
        let height = self.get(one).height.min(self.get(other).height);
        let (mut one, mut other) = (self.ancestor(one, height), self.ancestor(other, height));
        while one != other {
            let (left, right) = (self.get(one), self.get(other));
            // Skips of entries of equal height lead to equal heights.
            (one, other) = match (left.skip, right.skip, left.parent, right.parent) {
                (Some(left_skip), Some(right_skip), _, _) if left_skip != right_skip => (left_skip, right_skip),
                (_, _, Some(left_parent), Some(right_parent)) => (left_parent, right_parent),
                _ => return 0,
            };
        }
        one
    }

    /// Every entry above this one.
    pub(super) fn descendants(&self, id: Id) -> Vec<Id> {
        let mut found = self.get(id).children.clone();
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            found.extend_from_slice(&self.get(next).children);
            at += 1;
        }
        found
    }

    /// The median of the times of this block and the ten before (Core `GetMedianTimePast`).
    pub(super) fn median_time_past(&self, id: Id) -> BlockTime {
        let mut times = Vec::with_capacity(MEDIAN_TIME_SPAN);
        let mut at = Some(id);
        while let Some(id) = at.filter(|_| times.len() < MEDIAN_TIME_SPAN) {
            times.push(self.get(id).header.time);
            at = self.parent(id);
        }
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }
}

fn work_of(bits: u32) -> Work {
    Target::from_bits(bits).map_or(Work::ZERO, |target| target.work())
}

/// Where the skip pointer of a block at `height` leads (Core `GetSkipHeight`).
fn skip_height(height: u32) -> u32 {
    const fn without_lowest_bit(number: u32) -> u32 {
        number & number.wrapping_sub(1)
    }
    match height {
        0 | 1 => 0,
        odd if odd % 2 == 1 => without_lowest_bit(without_lowest_bit(odd - 1)) + 1,
        even => without_lowest_bit(even),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ledger::Params;

    /// A tree of easy headers behind genesis, at the given seconds after it.
    pub(in crate::ledger) fn tree(params: &Params, seconds: impl IntoIterator<Item = u32>) -> BlockTree {
        let mut tree = BlockTree::new(&params.genesis);
        for after in seconds {
            let parent = tree.len() - 1;
            let time = BlockTime(params.genesis.header.time.0 + after);
            append(&mut tree, params, parent, time);
        }
        tree
    }

    /// Puts a header of this time behind `parent`.
    pub(in crate::ledger) fn append(tree: &mut BlockTree, params: &Params, parent: Id, time: BlockTime) -> Id {
        let header = Header {
            version: 4,
            prev_block_hash: tree.get(parent).hash,
            time,
            bits: tree.next_bits(params, parent, time),
            nonce: tree.len() as u32,
            ..params.genesis.header
        };
        tree.insert(header, header.block_hash(), parent, Time::default())
    }

    #[test]
    fn every_ancestor_is_found_through_the_skip_pointers() {
        let params = Params::regtest();
        let mut tree = tree(&params, 1..=600);
        let fork = append(&mut tree, &params, 300, BlockTime(2_000_000_000));
        let fork = append(&mut tree, &params, fork, BlockTime(2_000_000_001));
        for height in 0..=600 {
            assert_eq!(tree.ancestor(600, height), height as usize);
        }
        assert_eq!(tree.ancestor(5, 100), 5);
        for (one, other, common) in [(fork, 600, 300), (600, fork, 300), (fork, 10, 10), (0, fork, 0), (7, 7, 7)] {
            assert_eq!(tree.last_common(one, other), common);
        }
    }

    #[test]
    fn the_median_of_few_blocks_is_over_those_there_are() {
        let params = Params::regtest();
        let start = params.genesis.header.time.0;
        let tree = tree(&params, [50, 10, 30, 20]);
        let medians: Vec<u32> = (0..5).map(|id| tree.median_time_past(id).0 - start).collect();
        // The last: 0 10 20 30 50. Of an even number, the upper.
        assert_eq!(medians, [0, 50, 10, 30, 20]);
    }
}
