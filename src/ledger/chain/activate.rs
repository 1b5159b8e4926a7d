//! Moving the active chain: connecting, disconnecting, and going back when a block fails.

use std::cmp::Reverse;
use std::sync::Arc;

use super::Chain;
use crate::ledger::index::{BlockStatus, Id};
use crate::ledger::rules::block::txids_of;
use crate::ledger::rules::{BlockError, HeaderError, ScriptChecks, SpendContext, connect_block};
use crate::ledger::{ChainUpdate, CheckedBlock};

impl Chain {
    /// Makes the chain with the most work the active one, as far as its blocks are valid.
    ///
    /// # Errors
    /// Where `given`, the block that was just stored, or one below it breaks a rule: then nothing
    /// changed but what is remembered as invalid. That one above it breaks a rule is no error.
    pub(super) fn activate_best(&mut self, given: Id, scripts: ScriptChecks) -> Result<ChainUpdate, BlockError> {
        let before = self.tip_id();
        let mut update = ChainUpdate::default();
        while let Some((_, Reverse(candidate))) = self.candidates.last().copied() {
            match self.move_to(candidate, scripts) {
                Ok(moved) => {
                    update.disconnected.extend(moved.disconnected);
                    update.connected.extend(moved.connected);
                    self.forget_weaker_candidates();
                }
                Err((failed, error)) => {
                    self.mark_invalid(failed, &error);
                    if failed == given {
                        return Err(*error);
                    }
                    if self.tree.get(given).is_invalid() {
                        let invalid = self.tree.get(failed).hash;
                        let (broken_rule, reason) = (error.rule(), error.to_string());
                        return Err(HeaderError::BadPrev { invalid, broken_rule, reason }.into());
                    }
                }
            }
        }
        debug_assert!(update.is_empty() || self.tip_id() != before);
        Ok(update)
    }

    /// Moves the tip to `target`.
    ///
    /// # Errors
    /// The block that breaks a rule, and the rule. Then nothing has changed.
    fn move_to(&mut self, target: Id, scripts: ScriptChecks) -> Result<ChainUpdate, (Id, Box<BlockError>)> {
        let fork = self.tree.last_common(self.tip_id(), target);
        let fork_height = self.tree.get(fork).height;
        let mut disconnected = Vec::new();
        while self.tip_id() != fork {
            disconnected.extend(self.disconnect_tip());
        }
        let mut connected = Vec::new();
        for height in fork_height + 1..=self.tree.get(target).height {
            let next = self.tree.ancestor(target, height);
            match self.check_next(next, scripts) {
                Ok(checked) => {
                    let checked = Arc::new(checked);
                    self.connect_tip(next, Arc::clone(&checked));
                    connected.push(checked);
                }
                Err(error) => {
                    for _ in &connected {
                        self.disconnect_tip();
                    }
                    for checked in disconnected.into_iter().rev() {
                        if let Some(id) = self.tree.id(&checked.hash()) {
                            self.connect_tip(id, checked);
                        }
                    }
                    return Err((next, Box::new(error)));
                }
            }
        }
        Ok(ChainUpdate { disconnected, connected })
    }

    /// The last stage: the block that would be the next tip against the coins.
    fn check_next(&self, id: Id, scripts: ScriptChecks) -> Result<CheckedBlock, BlockError> {
        let entry = self.tree.get(id);
        let parent = self.tip_id();
        let orphan = || HeaderError::PrevNotFound { parent: entry.header.prev_block_hash };
        let block = entry.block.as_ref().filter(|_| self.tree.parent(id) == Some(parent)).ok_or_else(orphan)?;
        connect_block(
            block,
            entry.hash,
            txids_of(block),
            SpendContext {
                params: &self.params,
                utxo: &self.utxo,
                height: entry.height,
                median_time_past: self.tree.median_time_past(parent),
                median_time_at: &|height| self.tree.median_time_past(self.tree.ancestor(parent, height)),
                // What was in the active chain before need not be verified again.
                scripts: if entry.was_active { ScriptChecks::Trusted } else { scripts },
            },
        )
    }

    fn connect_tip(&mut self, id: Id, checked: Arc<CheckedBlock>) {
        self.utxo.connect(&checked);
        for (index, txid) in checked.txids().iter().enumerate() {
            // Of mainnet's two repeated coinbases the first keeps its place.
            self.transactions.entry(*txid).or_insert((checked.height(), index));
        }
        if checked.unchecked_witnesses() > 0 {
            self.unchecked.push(checked.height());
        }
        let entry = self.tree.get_mut(id);
        entry.status = BlockStatus::Active;
        entry.was_active = true;
        self.active.push(id);
        self.checked.push(checked);
        self.side_blocks -= 1;
    }

    /// Takes the tip away, unless it is the genesis block.
    fn disconnect_tip(&mut self) -> Option<Arc<CheckedBlock>> {
        if self.active.len() < 2 {
            return None;
        }
        let id = self.active.pop()?;
        let checked = self.checked.pop()?;
        self.utxo.disconnect(&checked);
        self.unchecked.pop_if(|height| *height == checked.height());
        for txid in checked.txids() {
            if self.transactions.get(txid).is_some_and(|(height, _)| *height == checked.height()) {
                self.transactions.remove(txid);
            }
        }
        self.tree.get_mut(id).status = BlockStatus::Stored;
        self.side_blocks += 1;
        Some(checked)
    }

    fn forget_weaker_candidates(&mut self) {
        let tip_work = self.tip().chain_work;
        self.candidates.retain(|(work, _)| *work > tip_work);
    }
}
