//! "Why valid, why rejected": every rule a block or transaction is held to, and how it went.

use super::Chain;
use crate::ledger::rules::header::header_checks;
use crate::ledger::rules::{
    BlockContext, Check, HeaderError, InputContext, ScriptChecks, SpendContext, block_checks, block_in_context_checks,
    connect_checks, connected_checks, input_checks, script_flags, transaction_checks, txids_of,
};
use crate::ledger::{Block, Coin, Time, Transaction};

impl Chain {
    /// Every rule that a block is held to, in the order they are checked.
    ///
    /// The rules about coins can only be checked where the coins are known: for blocks of the active
    /// chain, and for those that would be its next. For others the list ends before them. The clock
    /// is not held against a block that is known.
    pub fn block_checks(&self, block: &Block, now: Time) -> Vec<Check> {
        let hash = block.block_hash();
        if self.tree.id(&hash) == Some(0) {
            // Where genesis is given, not found, that is no fault of its hash.
            let is_asked = |check: &Check| check.passed || check.rule != "high-hash";
            return block_checks(block, &self.params).into_iter().filter(is_asked).collect();
        }
        let Some(parent) = self.tree.id(&block.header.prev_block_hash) else {
            let error = HeaderError::PrevNotFound { parent: block.header.prev_block_hash };
            let mut checks = vec![Check { rule: error.rule(), passed: false, facts: error.facts() }];
            checks.extend(block_checks(block, &self.params));
            return checks;
        };
        let clock = if self.tree.id(&hash).is_some() { None } else { Some(now) };
        let mut checks = header_checks(&self.header_context(&block.header, hash, parent, clock));
        // Proof of work is the first of both stages.
        checks.extend(block_checks(block, &self.params).into_iter().skip(1));
        let txids = txids_of(block);
        let height = self.tree.get(parent).height + 1;
        let median_time_past = self.tree.median_time_past(parent);
        let params = &*self.params;
        checks.extend(block_in_context_checks(&BlockContext {
            block,
            txids: &txids,
            params,
            height,
            median_time_past,
        }));
        let context = SpendContext {
            params,
            utxo: &self.utxo,
            height,
            median_time_past,
            median_time_at: &|height| self.tree.median_time_past(self.tree.ancestor(parent, height)),
            scripts: ScriptChecks::Run,
        };
        // The last stage counts them anew, with the coins.
        let counted = |check: &Check| check.rule == "bad-blk-sigops" && check.passed;
        match self.checked(height).filter(|checked| checked.block() == block) {
            Some(checked) => {
                checks.retain(|check| !counted(check));
                checks.extend(connected_checks(checked, context));
            }
            None if parent == self.tip_id() => {
                checks.retain(|check| !counted(check));
                checks.extend(connect_checks(block, &txids, context));
            }
            None => {}
        }
        checks
    }

    /// Every rule that a transaction is held to alone, then with these coins of its inputs as part
    /// of a block at `height` of the active chain, or the next. A coinbase has no coins to check.
    pub fn transaction_checks(&self, transaction: &Transaction, coins: &[Option<Coin>], height: u32) -> Vec<Check> {
        let mut checks = transaction_checks(transaction);
        if transaction.is_coinbase() {
            return checks;
        }
        let height = height.clamp(1, self.height() + 1);
        let parent = self.active.get(height as usize - 1).copied().unwrap_or_else(|| self.tip_id());
        checks.extend(input_checks(&InputContext {
            transaction,
            coins,
            params: &self.params,
            height,
            median_time_past: self.tree.median_time_past(parent),
            median_time_at: &|height| self.tree.median_time_past(self.tree.ancestor(parent, height)),
            flags: script_flags(&self.params, height),
        }));
        checks
    }
}
