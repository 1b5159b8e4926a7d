//! Transactions that wait for a block.
//!
//! The first seen wins: a transaction that spends what another here spends is refused, and told
//! which. Transactions may build on others here, in chains of bounded length. When the pool is
//! full, what pays least for its size, together with what builds on it, leaves first.
//!
//! Architecture Invariant: the pool holds no two transactions that spend one coin, nothing that is
//! confirmed, and nothing whose coins neither the active chain nor the pool has.

mod admission;
mod entry;
mod error;
mod limits;
mod select;
mod update;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use entry::{MempoolEntry, Package};
pub use error::MempoolError;
pub use limits::{DUST_LIMIT, MAX_STANDARD_WEIGHT, MIN_STANDARD_SIZE, MempoolLimits};
pub use update::{RemovalReason, Removed};

use crate::ledger::{Amount, Chain, OutPoint, SortedSet, Time, Transaction, Txid};
use entry::RateKey;

/// The pool.
#[derive(Clone, Debug, Default)]
pub struct Mempool {
    limits: MempoolLimits,
    entries: BTreeMap<Txid, MempoolEntry>,
    /// Every coin spent here, and by whom.
    spenders: BTreeMap<OutPoint, Txid>,
    /// The highest fee rate first.
    by_rate: BTreeSet<RateKey>,
    /// The same over an entry with all that must be mined before it.
    by_ancestor_rate: BTreeSet<RateKey>,
    bytes: usize,
    fees_sat: u64,
    /// Counts arrivals.
    arrivals: u64,
    /// What [`Mempool::add`] pushed out and no one has asked for yet.
    pushed_out: Vec<Removed>,
}

impl Mempool {
    /// An empty pool.
    pub fn new(limits: MempoolLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// What bounds it.
    pub fn limits(&self) -> &MempoolLimits {
        &self.limits
    }

    /// Takes in a transaction. Where the pool is full, others may have to leave:
    /// [`Mempool::take_pushed_out`] tells which.
    ///
    /// # Errors
    /// The rule, or the policy of this node, that it breaks; the pool has not changed then.
    pub fn add(&mut self, transaction: Transaction, chain: &Chain, now: Time) -> Result<Txid, MempoolError> {
        let entry = self.admit(Arc::new(transaction), chain, now)?;
        let leaving = self.make_room_for(&entry)?;
        let txid = entry.txid;
        for txid in leaving {
            let removed = self.remove_with_descendants(&txid, &RemovalReason::PushedOut);
            self.pushed_out.extend(removed);
        }
        self.insert(entry);
        Ok(txid)
    }

    /// Whether [`Mempool::add`] would take a transaction, and as what; changes nothing.
    ///
    /// # Errors
    /// As [`Mempool::add`].
    pub fn test(&self, transaction: &Transaction, chain: &Chain, now: Time) -> Result<MempoolEntry, MempoolError> {
        let entry = self.admit(Arc::new(transaction.clone()), chain, now)?;
        self.make_room_for(&entry)?;
        Ok(entry)
    }

    /// What left to make room since this was last asked.
    pub fn take_pushed_out(&mut self) -> Vec<Removed> {
        std::mem::take(&mut self.pushed_out)
    }

    /// A transaction that waits here.
    pub fn get(&self, txid: &Txid) -> Option<&MempoolEntry> {
        self.entries.get(txid)
    }

    /// Whether a transaction waits here.
    pub fn contains(&self, txid: &Txid) -> bool {
        self.entries.contains_key(txid)
    }

    /// Every entry, the highest fee rate first.
    pub fn iter(&self) -> impl Iterator<Item = &MempoolEntry> {
        self.by_rate.iter().filter_map(|key| self.entries.get(&key.txid))
    }

    /// Which transaction here spends a coin.
    pub fn spender_of(&self, outpoint: &OutPoint) -> Option<Txid> {
        self.spenders.get(outpoint).copied()
    }

    /// How many transactions wait.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Virtual bytes of all that waits.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Fees of all that waits.
    pub fn fees(&self) -> Amount {
        Amount::from_sat(self.fees_sat)
    }

    /// The names of those here that this one builds on, not itself; the order is by name.
    pub fn ancestors_of(&self, txid: &Txid) -> SortedSet<Txid> {
        self.entries.get(txid).map(|entry| self.ancestors(&entry.tx)).unwrap_or_default()
    }

    /// The names of those here that build on this one, not itself; the order is by name.
    pub fn descendants_of(&self, txid: &Txid) -> SortedSet<Txid> {
        let mut found = SortedSet::new();
        let mut waiting = vec![*txid];
        while let Some(next) = waiting.pop() {
            waiting.extend(self.children(&next).filter(|child| found.insert(*child)));
        }
        found
    }

    fn children(&self, txid: &Txid) -> impl Iterator<Item = Txid> + '_ {
        let outputs = OutPoint { txid: *txid, vout: 0 }..=OutPoint { txid: *txid, vout: u32::MAX };
        self.spenders.range(outputs).map(|(_, child)| *child)
    }

    fn ancestors(&self, transaction: &Transaction) -> SortedSet<Txid> {
        let mut found = SortedSet::new();
        let mut waiting = vec![transaction];
        while let Some(next) = waiting.pop() {
            for input in &next.inputs {
                if let Some(parent) = self.entries.get(&input.prevout.txid)
                    && found.insert(parent.txid)
                {
                    waiting.push(&parent.tx);
                }
            }
        }
        found
    }

    /// Puts in an entry that was admitted, and counts it in its relatives' packages.
    fn insert(&mut self, mut entry: MempoolEntry) {
        let own = entry.own_package();
        for ancestor in self.ancestors(&entry.tx) {
            if let Some(ancestor) = self.entries.get_mut(&ancestor) {
                ancestor.descendants.add(&own);
            }
        }
        entry.arrival = self.arrivals;
        self.arrivals += 1;
        self.bytes += entry.size;
        self.fees_sat += entry.fee.to_sat();
        for input in &entry.tx.inputs {
            self.spenders.insert(input.prevout, entry.txid);
        }
        self.by_rate.insert(entry.rate_key());
        self.by_ancestor_rate.insert(entry.ancestor_rate_key());
        self.entries.insert(entry.txid, entry);
    }

    /// Takes out one entry alone, and no longer counts it in its relatives' packages.
    fn remove(&mut self, txid: &Txid) -> Option<MempoolEntry> {
        let (ancestors, descendants) = (self.ancestors_of(txid), self.descendants_of(txid));
        let entry = self.entries.remove(txid)?;
        let own = entry.own_package();
        self.by_rate.remove(&entry.rate_key());
        self.by_ancestor_rate.remove(&entry.ancestor_rate_key());
        for input in &entry.tx.inputs {
            self.spenders.remove(&input.prevout);
        }
        self.bytes -= entry.size;
        self.fees_sat -= entry.fee.to_sat();
        for ancestor in ancestors {
            if let Some(ancestor) = self.entries.get_mut(&ancestor) {
                ancestor.descendants.subtract(&own);
            }
        }
        for descendant in descendants {
            if let Some(descendant) = self.entries.get_mut(&descendant) {
                self.by_ancestor_rate.remove(&descendant.ancestor_rate_key());
                descendant.ancestors.subtract(&own);
                self.by_ancestor_rate.insert(descendant.ancestor_rate_key());
            }
        }
        Some(entry)
    }

    /// Takes out an entry and all that builds on it.
    fn remove_with_descendants(&mut self, txid: &Txid, reason: &RemovalReason) -> Vec<Removed> {
        let mut leaving: Vec<(usize, Txid)> = self
            .descendants_of(txid)
            .into_iter()
            .chain([*txid])
            .filter_map(|txid| self.entries.get(&txid).map(|entry| (entry.ancestors.count, txid)))
            .collect();
        // Children first: who has more ancestors is no one's parent.
        leaving.sort_unstable_by_key(|key| std::cmp::Reverse(*key));
        let removed = leaving.into_iter().filter_map(|(_, txid)| self.remove(&txid));
        removed.map(|entry| Removed { txid: entry.txid, tx: entry.tx, reason: reason.clone() }).collect()
    }
}
