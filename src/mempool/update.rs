//! Following the chain: what is confirmed leaves, what conflicts with it too, and what a
//! reorganisation took out of the chain waits again.

use std::sync::Arc;

use super::{Mempool, MempoolEntry, MempoolError};
use crate::ledger::{BlockHash, Chain, ChainUpdate, CheckedBlock, Time, Transaction, Txid};

/// A transaction that left the pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Removed {
    /// Its name.
    pub txid: Txid,
    /// The transaction.
    pub tx: Arc<Transaction>,
    /// Why.
    pub reason: RemovalReason,
}

/// Why a transaction left the pool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RemovalReason {
    /// It is in a block.
    Confirmed {
        /// The block.
        block: BlockHash,
    },
    /// It, or one it builds on, spends a coin that a block spent otherwise.
    Conflict {
        /// Who spent it.
        with: Txid,
        /// The block.
        block: BlockHash,
    },
    /// Others pay more for their size.
    PushedOut,
    /// It waited too long.
    Expired,
    /// After a reorganisation it is no longer valid.
    Invalid(MempoolError),
}

impl Mempool {
    /// Follows the chain. `chain` is as it is after `update`. Tells what left, what never came back
    /// included; what came back is what is in `update.disconnected` and now here.
    pub fn apply(&mut self, update: &ChainUpdate, chain: &Chain, now: Time) -> Vec<Removed> {
        let mut removed = Vec::new();
        for block in &update.connected {
            self.confirm(block, &mut removed);
        }
        if update.is_reorganisation() {
            self.readmit(update, chain, now, &mut removed);
        }
        removed.extend(self.expire(now));
        removed
    }

    /// Takes out what has waited longer than the limit, and what builds on it.
    pub fn expire(&mut self, now: Time) -> Vec<Removed> {
        let expiry = self.limits.expiry;
        let old: Vec<Txid> =
            self.entries.values().filter(|entry| entry.time + expiry < now).map(|entry| entry.txid).collect();
        old.iter().flat_map(|txid| self.remove_with_descendants(txid, &RemovalReason::Expired)).collect()
    }

    fn confirm(&mut self, block: &CheckedBlock, removed: &mut Vec<Removed>) {
        let hash = block.hash();
        for (transaction, txid) in block.block().transactions.iter().zip(block.txids()) {
            if let Some(MempoolEntry { txid, tx, .. }) = self.remove(txid) {
                removed.push(Removed { txid, tx, reason: RemovalReason::Confirmed { block: hash } });
                continue;
            }
            let reason = RemovalReason::Conflict { with: *txid, block: hash };
            for input in &transaction.inputs {
                if let Some(loser) = self.spender_of(&input.prevout) {
                    removed.extend(self.remove_with_descendants(&loser, &reason));
                }
            }
        }
    }

    /// Builds the pool anew: first what came back from blocks, in their order, then what waited, in
    /// the order it came. Scripts are not run again: a name stands for the coins and the
    /// signatures alike.
    fn readmit(&mut self, update: &ChainUpdate, chain: &Chain, now: Time, removed: &mut Vec<Removed>) {
        let mut waiting: Vec<MempoolEntry> = std::mem::take(&mut self.entries).into_values().collect();
        waiting.sort_unstable_by_key(|entry| entry.arrival);
        *self = Self {
            arrivals: self.arrivals,
            pushed_out: std::mem::take(&mut self.pushed_out),
            ..Self::new(self.limits)
        };

        let disconnected = update.disconnected.iter().rev();
        let returning = disconnected
            .flat_map(|block| block.block().transactions.iter().skip(1))
            .map(|transaction| (Arc::new(transaction.clone()), now, true));
        let staying = waiting.into_iter().map(|entry| (entry.tx, entry.time, false));
        for (tx, time, returns) in returning.chain(staying) {
            let admitted = if returns && !self.is_worth_keeping(&tx) {
                continue;
            } else {
                self.admit_again(Arc::clone(&tx), chain, time)
            };
            match admitted.and_then(|entry| self.make_room_for(&entry).map(|leaving| (entry, leaving))) {
                Ok((entry, leaving)) => {
                    for txid in leaving {
                        removed.extend(self.remove_with_descendants(&txid, &RemovalReason::PushedOut));
                    }
                    self.insert(entry);
                }
                // It is in the new chain as well, or waits twice: nothing was lost.
                Err(MempoolError::AlreadyConfirmed | MempoolError::AlreadyWaiting) => {}
                Err(error) => {
                    removed.push(Removed { txid: tx.txid(), tx, reason: RemovalReason::Invalid(error) });
                }
            }
        }
    }

    /// A block may hold what policy would not pass on, but witness data this node cannot mine.
    fn is_worth_keeping(&self, transaction: &Transaction) -> bool {
        !transaction.has_witness()
    }
}
