//! Transactions that this node knows: where they are, what they spend, who spends what they made.

use std::sync::Arc;

use super::State;
use crate::ledger::{Amount, BlockHash, Coin, OutPoint, Time, Transaction, Txid};
use crate::mempool::MempoolError;

impl State {
    /// Finds a transaction, waiting or in a block of the active chain, and that block.
    pub(in crate::session) fn find_transaction(&self, txid: &Txid) -> Option<(Arc<Transaction>, Option<BlockHash>)> {
        if let Some(entry) = self.mempool().get(txid) {
            return Some((entry.tx.clone(), None));
        }
        let (hash, position) = self.chain().find_transaction(txid)?;
        let block = self.chain().block(&hash)?;
        Some((Arc::new(block.transactions.get(position)?.clone()), Some(hash)))
    }

    /// Finds the transaction that spends an output, waiting or in the active chain.
    pub(in crate::session) fn spender_of(&self, outpoint: &OutPoint) -> Option<Txid> {
        self.mempool().spender_of(outpoint).or_else(|| self.spenders.get(outpoint))
    }

    /// Returns the coins a transaction spends, where this node knows them: from its block's undo data, the
    /// unspent set, the mempool, or earlier blocks. A coinbase spends none.
    pub(in crate::session) fn spent_coins(&self, tx: &Transaction, block: Option<&BlockHash>) -> Vec<Option<Coin>> {
        if tx.is_coinbase() {
            return Vec::new();
        }
        let chain = self.chain();
        if let Some(hash) = block
            && chain.is_active(hash)
            && let Some(checked) = chain.index(hash).and_then(|index| chain.checked(index.height))
        {
            let txid = tx.txid();
            if let Some(index) = checked.txids().iter().position(|candidate| *candidate == txid) {
                return checked.spent_by(index).iter().map(|spent| Some(spent.coin.clone())).collect();
            }
        }
        tx.inputs.iter().map(|input| self.coin_at(&input.prevout)).collect()
    }

    fn coin_at(&self, outpoint: &OutPoint) -> Option<Coin> {
        let chain = self.chain();
        if let Some(coin) = chain.utxo().get(outpoint) {
            return Some(coin.clone());
        }
        let (tx, block) = self.find_transaction(&outpoint.txid)?;
        let output = tx.outputs.get(outpoint.vout as usize)?.clone();
        let height = block.and_then(|hash| chain.index(&hash)).map_or(chain.height() + 1, |index| index.height);
        Some(Coin { output, height, coinbase: tx.is_coinbase() })
    }

    /// Returns a transaction's fee: from its block's undo data, the mempool, or the coins it would spend.
    pub(in crate::session) fn fee_of(&self, tx: &Transaction, block: Option<&BlockHash>) -> Option<Amount> {
        if tx.is_coinbase() {
            return None;
        }
        if let Some(entry) = self.mempool().get(&tx.txid()) {
            return Some(entry.fee);
        }
        fee(tx, &self.spent_coins(tx, block))
    }

    /// Checks a transaction as if it were submitted; its fee if it would be taken.
    pub(in crate::session) fn test_transaction(&self, now: Time, tx: &Transaction) -> Result<Amount, MempoolError> {
        self.mempool().test(tx, self.chain(), now).map(|entry| entry.fee)
    }
}

/// Returns what is left for the miner, if all coins are known.
pub(in crate::session) fn fee(tx: &Transaction, spent: &[Option<Coin>]) -> Option<Amount> {
    let values = spent.iter().map(|coin| coin.as_ref().map(|coin| coin.output.value)).collect::<Option<Vec<_>>>()?;
    Amount::sum(values)?.checked_sub(tx.output_value()?)
}
