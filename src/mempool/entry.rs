//! A waiting transaction, what it pays, and what it depends on.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::ledger::{Amount, Time, Transaction, Txid};

/// A waiting transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MempoolEntry {
    /// The transaction.
    pub tx: Arc<Transaction>,
    /// Its name.
    pub txid: Txid,
    /// What it leaves to the miner.
    pub fee: Amount,
    /// Virtual bytes.
    pub size: usize,
    /// Weight units.
    pub weight: usize,
    /// When it came.
    pub time: Time,
    /// Height of the active chain when it came.
    pub height: u32,
    /// Counts arrivals: of two entries the one with the lower number came first.
    pub arrival: u64,
    /// It and all those here that it builds on.
    pub ancestors: Package,
    /// It and all those here that build on it.
    pub descendants: Package,
}

/// Some transactions together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Package {
    /// How many.
    pub count: usize,
    /// Their weight units.
    pub weight: usize,
    /// Their fees.
    pub fee: Amount,
}

impl Package {
    pub(super) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.weight += other.weight;
        self.fee = Amount::from_sat(self.fee.to_sat().saturating_add(other.fee.to_sat()));
    }

    pub(super) fn subtract(&mut self, other: &Self) {
        self.count = self.count.saturating_sub(other.count);
        self.weight = self.weight.saturating_sub(other.weight);
        self.fee = self.fee.checked_sub(other.fee).unwrap_or(Amount::ZERO);
    }

    /// Fee for size, in satoshis a virtual byte.
    pub fn fee_rate(&self) -> f64 {
        self.fee.to_sat() as f64 * 4.0 / self.weight.max(1) as f64
    }
}

impl MempoolEntry {
    /// Fee for size, in satoshis a virtual byte.
    pub fn fee_rate(&self) -> f64 {
        self.fee.to_sat() as f64 / self.size.max(1) as f64
    }

    pub(super) fn own_package(&self) -> Package {
        Package { count: 1, weight: self.weight, fee: self.fee }
    }

    pub(super) fn rate_key(&self) -> RateKey {
        RateKey::new(&self.own_package(), self.txid)
    }

    pub(super) fn ancestor_rate_key(&self) -> RateKey {
        RateKey::new(&self.ancestors, self.txid)
    }

    /// By which the pool decides who leaves: a parent is worth as much as the children that pay
    /// for it (Core's descendant score).
    pub(super) fn keeping_rate(&self) -> RateKey {
        // Keys order the highest rate first.
        self.rate_key().min(RateKey::new(&self.descendants, self.txid))
    }

    /// The same with one more that builds on it.
    pub(super) fn keeping_rate_with(&self, child: &Self) -> RateKey {
        let mut package = self.descendants;
        package.add(&child.own_package());
        self.rate_key().min(RateKey::new(&package, self.txid))
    }
}

/// Orders the highest fee rate first, equal ones by name; exact, where floating point is not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RateKey {
    fee_sat: u64,
    weight: u64,
    pub(super) txid: Txid,
}

impl RateKey {
    pub(super) fn new(package: &Package, txid: Txid) -> Self {
        Self { fee_sat: package.fee.to_sat(), weight: package.weight as u64, txid }
    }

    /// Whether its rate is strictly lower: of equals the one that was here stays.
    pub(super) fn pays_less_than(&self, other: &Self) -> bool {
        let (own, others) = self.cross_products(other);
        own < others
    }

    fn cross_products(&self, other: &Self) -> (u128, u128) {
        let own = u128::from(self.fee_sat) * u128::from(other.weight);
        (own, u128::from(other.fee_sat) * u128::from(self.weight))
    }
}

impl Ord for RateKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, others) = self.cross_products(other);
        others
            .cmp(&own)
            .then_with(|| self.txid.cmp(&other.txid))
            // Equal rates of different packages are different keys.
            .then_with(|| (self.fee_sat, self.weight).cmp(&(other.fee_sat, other.weight)))
    }
}

impl PartialOrd for RateKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
