//! Blocks: taking them in, from peers or from here, and telling others.

use super::headers::{header_reject_code, header_score};
use super::misbehaviour::SCORE_INVALID_BLOCK;
use super::{Node, Output, PeerId};
use crate::ledger::rules::{BlockError, HeaderError};
use crate::ledger::{Block, BlockHash, ChainUpdate, Header, Time};
use crate::wire::{Inventory, Message, Reject, RejectCode};

/// Most headers in an announcement; of more new blocks only the last is announced (Core
/// `MAX_BLOCKS_TO_ANNOUNCE`).
const MAX_ANNOUNCED_HEADERS: usize = 8;

/// A block of this node's own that was taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SubmittedBlock {
    /// Its name.
    pub hash: BlockHash,
    /// Whether it was not here before.
    pub is_new: bool,
    /// Whether it is in the active chain.
    pub is_active: bool,
}

impl Node {
    pub(super) fn on_block(&mut self, now: Time, id: PeerId, block: Block) {
        let hash = block.block_hash();
        if self.chain.index(&block.header.prev_block_hash).is_none() {
            return self.ask_headers(now, id);
        }
        // What is no good whatever comes before it is not what was asked for, though it has the
        // name: the good block may still come, from whoever was asked. Nodes look before they
        // pass a block on, so it was spoilt by who sends it (as Core: "mutated block").
        if let Err(error) = self.chain.check_block_itself(&block) {
            return self.block_refused(now, hash, &error, Some(id));
        }
        let was_asked_for = self.downloads.arrived(&hash);
        if was_asked_for {
            if let Some(peer) = self.peers.get_mut(&id) {
                peer.unsent = peer.unsent.saturating_sub(1);
            }
            self.peer_changed(id);
        }
        match self.chain.accept_header(&block.header, now) {
            Ok(_) => self.peer_has_block(id, hash),
            Err(error) => return self.block_refused(now, hash, &error.into(), Some(id)),
        }
        let has = |hash: &BlockHash| self.chain.index(hash).is_some_and(|index| index.has_block());
        if !has(&hash) {
            let work = self.chain.index(&hash).map(|index| index.chain_work);
            if !was_asked_for && work < Some(self.chain.tip().chain_work) {
                // Pushed on us, and of a weaker branch: not worth the room.
            } else if has(&block.header.prev_block_hash) {
                // What is wrong with it was told to the driver and the peer.
                let _ = self.process_block(now, block, Some(id));
            } else if was_asked_for {
                self.downloads.wait(hash, block, id);
            }
        }
        self.download_blocks(now);
        self.ask_mempool_of_all();
        self.request_transactions(now);
    }

    /// Takes in a block and those that waited for it; stores, then tells.
    pub(super) fn process_block(
        &mut self,
        now: Time,
        block: Block,
        from: Option<PeerId>,
    ) -> Result<SubmittedBlock, BlockError> {
        let result = self.process_one_block(now, block, from);
        let mut stored: Vec<BlockHash> = result.iter().map(|submitted| submitted.hash).collect();
        while let Some(parent) = stored.pop() {
            for (child, child_from) in self.downloads.take_children(&parent) {
                let child = self.process_one_block(now, child, Some(child_from));
                stored.extend(child.iter().map(|submitted| submitted.hash));
            }
        }
        result.map(|submitted| SubmittedBlock { is_active: self.chain.is_active(&submitted.hash), ..submitted })
    }

    fn process_one_block(
        &mut self,
        now: Time,
        block: Block,
        from: Option<PeerId>,
    ) -> Result<SubmittedBlock, BlockError> {
        let hash = block.block_hash();
        let accepted = self.parent_is_here(&block).and_then(|()| self.chain.accept_block(block, now));
        let accepted = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                self.block_refused(now, hash, &error, from);
                return Err(error);
            }
        };
        if accepted.is_new {
            self.outputs.extend(self.chain.block(&hash).map(Output::StoreBlock));
        }
        self.follow_chain(now, accepted.update, Announce::Yes);
        Ok(SubmittedBlock { hash, is_new: accepted.is_new, is_active: self.chain.is_active(&hash) })
    }

    /// Blocks are taken in parents first only: so what is stored can be replayed in its order.
    fn parent_is_here(&self, block: &Block) -> Result<(), BlockError> {
        let parent = block.header.prev_block_hash;
        let is_genesis = block.block_hash() == self.chain.params().genesis_hash();
        let is_here =
            is_genesis || self.chain.index(&parent).is_some_and(|index| index.has_block() || index.is_invalid());
        if is_here { Ok(()) } else { Err(HeaderError::PrevNotFound { parent }.into()) }
    }

    pub(super) fn replay(&mut self, now: Time, block: Block) {
        let hash = block.block_hash();
        match self.parent_is_here(&block).and_then(|()| self.chain.replay(block, now)) {
            Ok(accepted) => self.follow_chain(now, accepted.update, Announce::No),
            Err(error) => self.block_refused(now, hash, &error, None),
        }
    }

    fn block_refused(&mut self, now: Time, hash: BlockHash, error: &BlockError, from: Option<PeerId>) {
        let rule = error.rule();
        let (facts, text) = (error.facts(), error.to_string());
        self.outputs.push(Output::BlockRejected { hash, rule, facts, text, from });
        let chain = &self.chain;
        self.downloads.retain_waiting(|hash| chain.index(hash).is_some_and(|index| !index.is_invalid()));
        let Some(id) = from else { return };
        let (code, score) = match error {
            BlockError::Header(error) => (header_reject_code(error), header_score(error)),
            BlockError::TooManySideBlocks { .. } => (RejectCode::Nonstandard, 0),
            _ => (RejectCode::Invalid, SCORE_INVALID_BLOCK),
        };
        let hash = Some(*hash.as_bytes());
        self.send(id, &Message::Reject(Reject { message: "block".into(), code, reason: rule.into(), hash }));
        self.misbehaving(now, id, score, rule);
    }

    /// Lets everything follow a change of the active chain.
    fn follow_chain(&mut self, now: Time, update: ChainUpdate, announce: Announce) {
        if update.is_empty() {
            return;
        }
        self.rejected.clear();
        self.outputs.push(Output::ChainUpdated(update.clone()));
        // At start-up nothing waits: what a branch had that lost long ago does not come back by that.
        if announce == Announce::Yes || !self.mempool.is_empty() {
            self.mempool_follows(now, &update);
        }
        if announce == Announce::Yes {
            let headers: Vec<Header> = update.connected.iter().map(|checked| checked.block().header).collect();
            for id in self.ready_peers() {
                self.announce_blocks(id, &headers);
            }
        }
        self.orphans_follow(now, &update);
    }

    /// Tells a peer of new blocks of the active chain, lowest first, unless it knows them.
    fn announce_blocks(&mut self, id: PeerId, headers: &[Header]) {
        let Some((first, last)) = headers.first().zip(headers.last()) else { return };
        let tip = last.block_hash();
        if self.knows_header(id, &tip) {
            return;
        }
        let connects = self.knows_header(id, &first.prev_block_hash);
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.sync.told = Some(tip);
        let message = if peer.sync.wants_headers && connects && headers.len() <= MAX_ANNOUNCED_HEADERS {
            Message::Headers(headers.to_vec())
        } else {
            Message::Inv(vec![Inventory::Block(tip)])
        };
        self.send(id, &message);
    }

    pub(super) fn ask_mempool_of_all(&mut self) {
        for id in self.ready_peers() {
            self.ask_mempool(id);
        }
    }
}

/// Whether peers are told of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Announce {
    Yes,
    No,
}
