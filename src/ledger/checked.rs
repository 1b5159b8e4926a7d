//! Blocks that passed every rule, and what the chain says changed.

use std::ops::Range;
use std::sync::Arc;

use super::{Amount, Block, BlockHash, SpentCoin, Txid};

/// A block of the active chain, with what it spent.
///
/// Only the rules make one (and [`Chain`](super::Chain) of its genesis, which spends nothing and
/// whose coins do not count): who holds it need not check anything again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedBlock {
    block: Arc<Block>,
    hash: BlockHash,
    height: u32,
    txids: Vec<Txid>,
    undo: Vec<SpentCoin>,
    /// Coins of earlier equal coinbases that this block replaced (BIP-0030's two exceptions).
    overwritten: Vec<SpentCoin>,
    fees: Amount,
    unchecked_witnesses: usize,
}

impl CheckedBlock {
    /// For the rules alone.
    pub(super) fn from_rules(
        block: Arc<Block>,
        hash: BlockHash,
        height: u32,
        txids: Vec<Txid>,
        spends: Spends,
    ) -> Self {
        let Spends { undo, overwritten, fees, unchecked_witnesses } = spends;
        Self { block, hash, height, txids, undo, overwritten, fees, unchecked_witnesses }
    }

    /// The block.
    pub fn block(&self) -> &Block {
        &self.block
    }

    /// The block, shared.
    pub fn shared_block(&self) -> &Arc<Block> {
        &self.block
    }

    /// Its name.
    pub fn hash(&self) -> BlockHash {
        self.hash
    }

    /// Its height; genesis has 0.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The names of its transactions, in order.
    pub fn txids(&self) -> &[Txid] {
        &self.txids
    }

    /// Every coin it spent, in the order of the transactions and their inputs.
    pub fn undo(&self) -> &[SpentCoin] {
        &self.undo
    }

    /// The coins that its transaction number `index` spent, one an input; of a coinbase, or past
    /// the end, none.
    pub fn spent_by(&self, index: usize) -> &[SpentCoin] {
        self.undo.get(self.undo_range(index)).unwrap_or(&[])
    }

    /// What its transaction number `index` leaves to the miner; nothing for the coinbase.
    pub fn fee(&self, index: usize) -> Amount {
        let spent = Amount::sum(self.spent_by(index).iter().map(|spent| spent.coin.output.value));
        let made = self.block.transactions.get(index).and_then(|transaction| transaction.output_value());
        spent.zip(made).and_then(|(spent, made)| spent.checked_sub(made)).unwrap_or(Amount::ZERO)
    }

    /// All fees in the block.
    pub fn fees(&self) -> Amount {
        self.fees
    }

    /// How many of its inputs spend coins that only their witnesses could unlock: those are not
    /// run, so that it may be a block that Bitcoin Core refuses.
    pub fn unchecked_witnesses(&self) -> usize {
        self.unchecked_witnesses
    }

    /// Coins that it replaced by equal ones.
    pub(super) fn overwritten(&self) -> &[SpentCoin] {
        &self.overwritten
    }

    fn undo_range(&self, index: usize) -> Range<usize> {
        let inputs_of = |at: usize| self.block.transactions.get(at).map_or(0, |transaction| transaction.inputs.len());
        if index == 0 || self.undo.is_empty() {
            return 0..0;
        }
        let start: usize = (1..index.min(self.txids.len())).map(inputs_of).sum();
        start..start + inputs_of(index)
    }
}

/// What a block spends, as the rules found it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spends {
    /// Every coin spent, in block order.
    pub undo: Vec<SpentCoin>,
    /// Coins replaced by equal ones.
    pub overwritten: Vec<SpentCoin>,
    /// All fees.
    pub fees: Amount,
    /// Inputs that only a run of their witnesses could judge.
    pub unchecked_witnesses: usize,
}

/// How the active chain changed; empty if it did not.
///
/// Mempool, wallet, views and storage all apply this, first what is disconnected, then what is
/// connected.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChainUpdate {
    /// Blocks that left the active chain, the tip first.
    pub disconnected: Vec<Arc<CheckedBlock>>,
    /// Blocks that joined it, the lowest first.
    pub connected: Vec<Arc<CheckedBlock>>,
}

impl ChainUpdate {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.disconnected.is_empty() && self.connected.is_empty()
    }

    /// Whether blocks left the active chain.
    pub fn is_reorganisation(&self) -> bool {
        !self.disconnected.is_empty()
    }
}
