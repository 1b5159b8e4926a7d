//! How a wallet follows the chain and the mempool.
//!
//! It is told of every change by [`Wallet::apply`], [`Wallet::mempool_added`] and
//! [`Wallet::mempool_removed`], and catches up ([`Wallet::catch_up`]) with what a change alone does
//! not show: a payment that brought new keys into sight, which may have been paid before, and what
//! the mempool let go without a word. [`Wallet::scan`] goes through the whole chain instead: after
//! restoring from the words, and whenever a stored wallet is opened again.

use std::sync::Arc;

use super::transactions::{End, Entry};
use super::wallet::Wallet;
use crate::ledger::{Amount, Chain, ChainUpdate, SortedSet, Time, Transaction, Txid};

/// A transaction that waits in the mempool.
#[derive(Clone, Debug)]
pub struct PooledTransaction {
    /// Its name.
    pub txid: Txid,
    /// The transaction.
    pub tx: Arc<Transaction>,
    /// What it leaves to the miner.
    pub fee: Amount,
    /// When it came.
    pub time: Time,
}

impl Wallet {
    /// Blocks left and joined the active chain.
    pub fn apply(&mut self, update: &ChainUpdate) {
        for block in &update.disconnected {
            self.transactions.disconnect_block(block);
        }
        for block in &update.connected {
            self.transactions.connect_block(&mut self.keys, block);
            self.unblocked.extend(block.txids().iter().flat_map(|txid| self.transactions.children(txid)));
        }
        self.is_unsettled = true;
    }

    /// What this node did not have, though nothing spoke against it, and what builds on a
    /// transaction that came into a block just now: the mempool may take it again.
    pub fn take_unblocked(&mut self) -> Vec<Arc<Transaction>> {
        let unblocked: SortedSet<Txid> = std::mem::take(&mut self.unblocked).into_iter().collect();
        let is_unknown =
            |txid: &Txid, entry: &Entry| !entry.state.is_live() && self.transactions.end_of(txid) == End::Unknown;
        let entries = unblocked.iter().filter_map(|txid| Some((txid, self.transactions.get(txid)?)));
        entries.filter(|(txid, entry)| is_unknown(txid, entry)).map(|(_, entry)| entry.tx.clone()).collect()
    }

    /// Goes through the whole active chain anew, and again as long as that brings keys into sight
    /// that were paid before. What is in no block is kept; [`Wallet::catch_up`] says what the
    /// mempool has of it.
    pub fn scan(&mut self, chain: &Chain) {
        loop {
            // All keys of now are looked for.
            self.keys.take_fresh();
            for entry in self.transactions.begin_anew() {
                self.transactions.restore(&mut self.keys, entry);
            }
            for block in (1..=chain.height()).filter_map(|height| chain.checked(height)) {
                self.transactions.connect_block(&mut self.keys, block);
            }
            self.is_unsettled = true;
            let fresh = self.keys.take_fresh();
            if !self.transactions.has_missed(&fresh) {
                return;
            }
        }
    }

    /// Whether [`Wallet::catch_up`] is due.
    pub fn is_behind(&self) -> bool {
        self.is_unsettled || self.keys.has_fresh()
    }

    /// Finds what was paid to keys that came into sight just now, and lets go what the mempool does
    /// not have: that waits no longer. `mempool` is all of it, in the order of its coming.
    pub fn catch_up(&mut self, chain: &Chain, mempool: &[PooledTransaction]) {
        while self.keys.has_fresh() {
            let fresh = self.keys.take_fresh();
            let pays_fresh = |tx: &Transaction| {
                let mut owners = tx.outputs.iter().filter_map(|output| output.script_pubkey.owner());
                owners.any(|hash| fresh.contains(&hash))
            };
            if self.transactions.has_missed(&fresh) {
                self.scan(chain);
            } else if !mempool.iter().any(|pooled| pays_fresh(&pooled.tx)) {
                continue;
            }
            for pooled in mempool {
                self.transactions.mempool_added(&mut self.keys, pooled.txid, &pooled.tx, pooled.fee, pooled.time);
            }
        }
        if std::mem::take(&mut self.is_unsettled) {
            let waiting: SortedSet<Txid> = {
                let mut txids: Vec<Txid> = mempool.iter().map(|pooled| pooled.txid).collect();
                txids.sort_unstable();
                txids.into_iter().collect()
            };
            self.transactions.keep_waiting(|txid| waiting.contains(txid));
            for pooled in mempool {
                if self.transactions.get(&pooled.txid).is_some() {
                    self.transactions.mempool_added(&mut self.keys, pooled.txid, &pooled.tx, pooled.fee, pooled.time);
                }
            }
        }
    }

    /// The mempool took a transaction, whoever made it.
    pub fn mempool_added(&mut self, tx: &Arc<Transaction>, fee: Amount, time: Time) {
        self.transactions.mempool_added(&mut self.keys, tx.txid(), tx, fee, time);
    }

    /// The mempool let a transaction go. Does nothing if it is in a block.
    pub fn mempool_removed(&mut self, txid: &Txid) {
        self.transactions.mempool_removed(txid);
    }

    /// The wallet's transactions that are in no block and could still get into one, parents first:
    /// to be given to the mempool on start (as Core does).
    pub fn unconfirmed_transactions(&self) -> Vec<Arc<Transaction>> {
        let mut left: Vec<(Txid, &Entry)> = self
            .unconfirmed_entries()
            .filter(|(txid, entry)| entry.state.is_live() || self.transactions.end_of(txid) == End::Unknown)
            .collect();
        let mut ordered = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let names: SortedSet<Txid> = left.iter().map(|(txid, _)| *txid).collect();
            let (later, ready): (Vec<_>, Vec<_>) = left
                .into_iter()
                .partition(|(_, entry)| entry.tx.inputs.iter().any(|input| names.contains(&input.prevout.txid)));
            if ready.is_empty() {
                break;
            }
            ordered.extend(ready.into_iter().map(|(_, entry)| entry.tx.clone()));
            left = later;
        }
        ordered
    }

    /// What is in no block of the active chain.
    pub(super) fn unconfirmed_entries(&self) -> impl Iterator<Item = (Txid, &Entry)> {
        let entries = self.transactions.iter().map(|(txid, entry)| (*txid, entry));
        entries.filter(|(_, entry)| !entry.state.is_confirmed())
    }
}
