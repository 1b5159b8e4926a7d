//! The block that would come next: its payments, its target, and what it brings.

use super::{State, zero_bits};
use crate::api::EasyBlock;
use crate::ledger::{Amount, Script, Time};
use crate::mempool::MempoolEntry;
use crate::miner::BlockTemplate;

/// Weight of a block that the coinbase and the header take at most.
const RESERVED_WEIGHT: usize = 4_000;

impl State {
    /// Returns the compact target of a block on the tip, if it were made now.
    pub(in crate::session) fn next_bits(&self) -> u32 {
        self.chain().next_bits(&self.chain().tip().hash, self.chain().next_block_time(self.now))
    }

    /// Says why a block on the tip may be one of minimum difficulty now, if it may.
    pub(in crate::session) fn easy_block(&self) -> Option<EasyBlock> {
        let chain = self.chain();
        let tip = chain.tip();
        (chain.next_block_time(self.now) >= chain.easy_block_from()?).then(|| EasyBlock {
            after_secs: self.params.min_difficulty_after_secs().unwrap_or_default(),
            ordinary_zero_bits: zero_bits(chain.next_bits(&tip.hash, tip.header.time)),
            is_first: tip.height == 0,
        })
    }

    /// Says when a block of minimum difficulty will be allowed on the tip, if that is still to come.
    pub(in crate::session) fn easy_block_at(&self) -> Option<Time> {
        let from = self.chain().easy_block_from()?;
        (self.chain().next_block_time(self.now) < from).then(|| Time::from_millis(u64::from(from.0) * 1000))
    }

    /// Returns the waiting payments that the next block would hold.
    pub(in crate::session) fn next_payments(&self) -> Vec<&MempoolEntry> {
        self.mempool().select(self.params.max_block_weight.saturating_sub(RESERVED_WEIGHT))
    }

    /// Returns what a next block with these payments would bring its miner: the subsidy and their fees.
    pub(in crate::session) fn next_reward(&self, payments: &[&MempoolEntry]) -> Amount {
        let fees: u64 = payments.iter().map(|entry| entry.fee.to_sat()).sum();
        Amount::from_sat(self.params.subsidy(self.chain().height() + 1).to_sat().saturating_add(fees))
    }

    /// Returns the fee rate for the next block, in satoshis a virtual byte: the least relayed, or one more than the
    /// worst that just fits when the block is full.
    pub(in crate::session) fn next_block_fee_rate(&self) -> u64 {
        let chosen = self.next_payments();
        let least = self.mempool().limits().min_fee_sat(1000).div_ceil(1000);
        if chosen.len() == self.mempool().len() {
            return least;
        }
        let worst = chosen.iter().map(|entry| entry.fee_rate()).fold(f64::INFINITY, f64::min);
        if worst.is_finite() { worst.ceil() as u64 + 1 } else { least }
    }

    /// Builds the next block without its proof of work; it pays the script, or else the wallet.
    ///
    /// There is none where there is nobody to be paid.
    pub(in crate::session) fn template(&self, now: Time, script_pubkey: Option<Script>) -> Option<BlockTemplate> {
        let script = match (script_pubkey, &self.wallet) {
            (Some(script), _) => script,
            (None, Some(wallet)) => wallet.current_address().script_pubkey(),
            (None, None) => return None,
        };
        Some(BlockTemplate::build(self.chain(), self.mempool(), &script, &self.name.0, 0, now))
    }
}
