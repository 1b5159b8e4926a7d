//! Choosing for a block: what pays most for its size, with all that must come before it
//! (Core `addPackageTxs`).

use std::collections::{BTreeMap, BTreeSet};

use super::entry::RateKey;
use super::{Mempool, MempoolEntry, Package};
use crate::ledger::Txid;

/// After so many packages in a row that do not fit, the block counts as full.
const MAX_FAILURES: usize = 1_000;

impl Mempool {
    /// Transactions for a block, of at most `max_weight` together, parents before children: again
    /// and again the one that with its missing ancestors pays most for its size.
    pub fn select(&self, max_weight: usize) -> Vec<&MempoolEntry> {
        let mut queue = self.by_ancestor_rate.clone();
        // Packages of which ancestors are chosen already.
        let mut reduced: BTreeMap<Txid, Package> = BTreeMap::new();
        let mut chosen: BTreeSet<Txid> = BTreeSet::new();
        let mut selected = Vec::new();
        let (mut weight, mut failures) = (0, 0);
        while let Some(key) = queue.pop_first() {
            let Some(entry) = self.get(&key.txid).filter(|entry| !chosen.contains(&entry.txid)) else { continue };
            let package = reduced.get(&key.txid).unwrap_or(&entry.ancestors);
            if weight + package.weight > max_weight {
                failures += 1;
                if failures > MAX_FAILURES {
                    break;
                }
                continue;
            }
            failures = 0;
            for member in self.package_of(entry, &chosen) {
                weight += member.weight;
                chosen.insert(member.txid);
                selected.push(member);
                for descendant in self.descendants_of(&member.txid) {
                    let Some(descendant) = self.get(&descendant).filter(|it| !chosen.contains(&it.txid)) else {
                        continue;
                    };
                    let package = reduced.entry(descendant.txid).or_insert(descendant.ancestors);
                    let waited = queue.remove(&RateKey::new(package, descendant.txid));
                    package.subtract(&member.own_package());
                    // One that did not fit may fit now that its parents are in.
                    if waited || weight + package.weight <= max_weight {
                        queue.insert(RateKey::new(package, descendant.txid));
                    }
                }
            }
        }
        selected
    }

    /// An entry and its ancestors that are not chosen yet, parents first.
    fn package_of(&self, entry: &MempoolEntry, chosen: &BTreeSet<Txid>) -> Vec<&MempoolEntry> {
        let names = self.ancestors_of(&entry.txid).into_iter().chain([entry.txid]);
        let mut package: Vec<&MempoolEntry> =
            names.filter(|txid| !chosen.contains(txid)).filter_map(|txid| self.get(&txid)).collect();
        // Who builds on another has more ancestors.
        package.sort_unstable_by_key(|member| (member.ancestors.count, member.txid));
        package
    }
}
