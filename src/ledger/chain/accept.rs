//! Taking in headers and blocks: the stages before the coins.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{BlockAccepted, Chain, MAX_SIDE_BLOCKS};
use crate::ledger::index::{BlockStatus, Id, Invalidity, MAX_SIDE_HEADERS};
use crate::ledger::params::Activations;
use crate::ledger::rules::block::{check_block_of, check_witness_commitment, txids_of};
use crate::ledger::rules::{
    BlockContext, BlockError, HeaderContext, HeaderError, ScriptChecks, check_block, check_block_in_context,
    check_header, check_proof_of_work,
};
use crate::ledger::{Block, BlockHash, ChainUpdate, Header, Target, Time, Txid};

/// Whether the limit of headers beside the best chain holds for a header.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BranchLimit {
    Holds,
    Lifted,
}

impl Chain {
    /// Takes in a header. One that is known already is no error.
    ///
    /// # Errors
    /// The rule that it breaks; [`HeaderError::PrevNotFound`] where it waits for its parent.
    pub fn accept_header(&mut self, header: &Header, now: Time) -> Result<BlockHash, HeaderError> {
        let hash = header.block_hash();
        self.header_entry(header, hash, now, Some(now), BranchLimit::Holds)?;
        Ok(hash)
    }

    /// Takes in headers that follow one another, up to the first that is refused; tells the last
    /// one that was taken. Where the work in all of them makes a chain with more than the active
    /// one, the limit of headers beside the chain does not stop those below: a branch may win
    /// however many headers of others are kept.
    ///
    /// # Errors
    /// The header that is refused and the rule that it breaks, beside the last one taken.
    pub fn accept_headers(
        &mut self,
        headers: &[Header],
        now: Time,
    ) -> (Option<BlockHash>, Result<(), (BlockHash, HeaderError)>) {
        let limit = if self.would_win(headers) { BranchLimit::Lifted } else { BranchLimit::Holds };
        let mut last = None;
        for header in headers {
            let hash = header.block_hash();
            match self.header_entry(header, hash, now, Some(now), limit) {
                Ok(_) => last = Some(hash),
                Err(error) => return (last, Err((hash, error))),
            }
        }
        (last, Ok(()))
    }

    /// Whether headers behind a known one have more work, done and not only named, than the active
    /// chain.
    fn would_win(&self, headers: &[Header]) -> bool {
        let parent = headers.first().and_then(|first| self.tree.id(&first.prev_block_hash));
        let Some(parent) = parent else { return false };
        let mut work = self.tree.get(parent).chain_work;
        for header in headers {
            let is_done = check_proof_of_work(header, header.block_hash(), &self.params).is_ok();
            let Some(target) = Target::from_bits(header.bits).filter(|_| is_done) else { return false };
            work = work + target.work();
        }
        work > self.tip().chain_work
    }

    /// Whether a block is what its header commits to, and of good form: all that its bytes say
    /// (Core `IsBlockMutated`, `CheckBlock`). Nothing is remembered of one that is not, as another
    /// block of the same hash may be good; who sends one made it so, as nodes look before they
    /// pass a block on. Where the parent is unknown, so is whether witnesses are to be committed
    /// to, and that is not looked at.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_block_itself(&self, block: &Block) -> Result<(), BlockError> {
        check_block(block, &self.params)?;
        let Some(parent) = self.index(&block.header.prev_block_hash) else { return Ok(()) };
        let is_active = Activations::holds(self.params.activations.segwit, parent.height + 1);
        check_witness_commitment(block, is_active)
    }

    /// Takes in a block: checks it, keeps it, and makes its chain the active one if that has the
    /// most work. Where its header is not known, that is taken in once the block's bytes are good.
    ///
    /// What the bytes say ([`Chain::check_block_itself`]) never counts against the header, as in
    /// Core's `ProcessNewBlock`: others may have been put under it. What its place and the coins
    /// say does.
    ///
    /// # Errors
    /// The rule that it breaks. An error means that the active chain did not change; a block that
    /// waits for its parent ([`BlockError::is_orphan`]) is not kept.
    pub fn accept_block(&mut self, block: Block, now: Time) -> Result<BlockAccepted, BlockError> {
        self.take(block, now, Some(now), ScriptChecks::Run)
    }

    /// Takes in a block of this node's own store again: as [`Chain::accept_block`], but scripts are
    /// not run, and its time is not held against the clock.
    ///
    /// Only for blocks that [`Chain::accept_block`] took, in the order in which it took them: then each
    /// is connected where it was connected, and its scripts were run, the first time. What was
    /// never connected is still verified when a later block makes it part of the active chain.
    ///
    /// # Errors
    /// The rule that it breaks: links, work, amounts and double spends are checked as ever.
    pub fn replay(&mut self, block: Block, now: Time) -> Result<BlockAccepted, BlockError> {
        self.take(block, now, None, ScriptChecks::Trusted)
    }

    fn take(
        &mut self,
        block: Block,
        received: Time,
        clock: Option<Time>,
        scripts: ScriptChecks,
    ) -> Result<BlockAccepted, BlockError> {
        let hash = block.block_hash();
        if self.index(&hash).is_some_and(|entry| entry.has_block() && !entry.is_invalid()) {
            return Ok(BlockAccepted { hash, update: ChainUpdate::default(), is_new: false });
        }
        // Before anything else: without work, asking must cost next to nothing.
        check_proof_of_work(&block.header, hash, &self.params).map_err(BlockError::Header)?;
        let txids = txids_of(&block);
        check_block_of(&block, &self.params, &txids)?;
        let id = self.header_entry(&block.header, hash, received, clock, BranchLimit::Holds)?;
        if self.side_blocks >= MAX_SIDE_BLOCKS && !self.may_win(id) {
            return Err(BlockError::TooManySideBlocks { limit: MAX_SIDE_BLOCKS });
        }
        if let Err(error) = self.check_in_its_place(&block, &txids, id) {
            // Other witnesses under the same header may be the true ones.
            if !error.is_mutation() {
                self.mark_invalid(id, &error);
            }
            return Err(error);
        }
        self.store(id, block);
        let update = self.activate_best(id, scripts)?;
        Ok(BlockAccepted { hash, update, is_new: true })
    }

    /// Whether a block has, or is below, a header with more work than the active chain: of a branch
    /// that may win all blocks are needed, the first of them weaker too.
    fn may_win(&self, id: Id) -> bool {
        let entry = self.tree.get(id);
        let wins = |id: &Id| {
            let above = self.tree.get(*id);
            above.chain_work > self.tip().chain_work && !above.is_invalid()
        };
        wins(&id)
            || self.tree.ancestor(self.best_header, entry.height) == id
            || self.tree.descendants(id).iter().any(wins)
    }

    /// The entry of a header: the known one, or a new one if it passes its rules.
    fn header_entry(
        &mut self,
        header: &Header,
        hash: BlockHash,
        received: Time,
        clock: Option<Time>,
        limit: BranchLimit,
    ) -> Result<Id, HeaderError> {
        if let Some(id) = self.tree.id(&hash) {
            return match &self.tree.get(id).status {
                BlockStatus::Invalid(why) => {
                    Err(HeaderError::KnownInvalid { broken_rule: why.rule, reason: why.reason.clone() })
                }
                _ => Ok(id),
            };
        }
        // Before anything else: without work, asking must cost next to nothing.
        check_proof_of_work(header, hash, &self.params)?;
        let parent = self
            .tree
            .id(&header.prev_block_hash)
            .ok_or(HeaderError::PrevNotFound { parent: header.prev_block_hash })?;
        if let BlockStatus::Invalid(why) = &self.tree.get(parent).status {
            return Err(HeaderError::BadPrev {
                invalid: header.prev_block_hash,
                broken_rule: why.rule,
                reason: why.reason.clone(),
            });
        }
        if limit == BranchLimit::Holds {
            self.check_branch_limit(parent)?;
        }
        check_header(&self.header_context(header, hash, parent, clock))?;
        let id = self.tree.insert(*header, hash, parent, received);
        let better = self.tree.get(id).chain_work > self.best_header().chain_work;
        self.leaves.remove(&parent);
        self.leaves.insert(id);
        if better {
            self.best_header = id;
        }
        Ok(id)
    }

    pub(super) fn header_context<'a>(
        &'a self,
        header: &'a Header,
        hash: BlockHash,
        parent: Id,
        clock: Option<Time>,
    ) -> HeaderContext<'a> {
        HeaderContext {
            header,
            hash,
            params: &self.params,
            height: self.tree.get(parent).height + 1,
            expected_bits: self.tree.next_bits(&self.params, parent, header.time),
            median_time_past: self.tree.median_time_past(parent),
            now: clock,
        }
    }

    fn check_in_its_place(&self, block: &Block, txids: &[Txid], id: Id) -> Result<(), BlockError> {
        let parent = self.tree.parent(id).unwrap_or_default();
        check_block_in_context(&BlockContext {
            block,
            txids,
            params: &self.params,
            height: self.tree.get(id).height,
            median_time_past: self.tree.median_time_past(parent),
        })
    }

    /// Keeps a block, and makes it and what waits on it candidates where all below is here.
    fn store(&mut self, id: Id, block: Block) {
        let entry = self.tree.get_mut(id);
        entry.transactions = block.transactions.len();
        entry.size = block.total_size();
        entry.block = Some(Arc::new(block));
        entry.status = BlockStatus::Stored;
        self.side_blocks += 1;
        let parent = self.tree.parent(id).unwrap_or_default();
        if !self.tree.get(parent).linked {
            return;
        }
        let tip_work = self.tip().chain_work;
        let mut waiting = vec![id];
        while let Some(next) = waiting.pop() {
            let entry = self.tree.get_mut(next);
            if !entry.has_block() || entry.is_invalid() {
                continue;
            }
            entry.linked = true;
            waiting.extend_from_slice(&entry.children);
            if entry.chain_work > tip_work {
                self.candidates.insert((entry.chain_work, Reverse(next)));
            }
        }
    }

    /// Remembers a block as invalid, and with it all that builds on it.
    pub(super) fn mark_invalid(&mut self, id: Id, error: &BlockError) {
        let why = Invalidity { rule: error.rule(), reason: error.to_string(), facts: error.facts() };
        let hash = self.tree.get(id).hash;
        let inherited = HeaderError::BadPrev { invalid: hash, broken_rule: why.rule, reason: why.reason.clone() };
        let inherited =
            Arc::new(Invalidity { rule: inherited.rule(), reason: inherited.to_string(), facts: inherited.facts() });
        for above in self.tree.descendants(id) {
            if !self.tree.get(above).is_invalid() {
                self.set_invalid(above, Arc::clone(&inherited));
            }
        }
        self.set_invalid(id, Arc::new(why));
        if self.tree.get(self.best_header).is_invalid() {
            self.best_header = self.find_best_header();
        }
    }

    fn set_invalid(&mut self, id: Id, why: Arc<Invalidity>) {
        let entry = self.tree.get_mut(id);
        entry.status = BlockStatus::Invalid(why);
        entry.linked = false;
        let work = entry.chain_work;
        self.candidates.remove(&(work, Reverse(id)));
    }

    fn find_best_header(&self) -> Id {
        let valid = self.tree.ids().filter(|id| !self.tree.get(*id).is_invalid());
        valid.max_by_key(|id| (self.tree.get(*id).chain_work, Reverse(*id))).unwrap_or_default()
    }

    /// Beside the best chain only so many headers are kept. Those that would win over the active
    /// chain are taken in any case: the best one may be a liar's who never sends its blocks.
    fn check_branch_limit(&self, parent: Id) -> Result<(), HeaderError> {
        let would_win = self.tree.get(parent).chain_work >= self.tip().chain_work;
        let side_headers = self.tree.len().saturating_sub(self.best_header().height as usize + 1);
        if !would_win && side_headers >= MAX_SIDE_HEADERS {
            return Err(HeaderError::TooManyBranches { limit: MAX_SIDE_HEADERS });
        }
        Ok(())
    }
}
