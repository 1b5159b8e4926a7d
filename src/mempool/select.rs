//! Choosing for a block: what pays most for its size, with all that must come before it
//! (Core `addPackageTxs`).

use std::collections::BTreeMap;

use super::entry::RateKey;
use super::{Mempool, MempoolEntry, Package};
use crate::ledger::Txid;

/// After so many packages in a row that do not fit, the block counts as full.
const MAX_FAILURES: usize = 1_000;

/// What the block has of a transaction and what must come before it, if anything.
enum Progress {
    /// All of it.
    Chosen,
    /// Some ancestors; this is what is missing.
    Missing(Package),
}

/// By name.
type Progresses = BTreeMap<Txid, Progress>;

fn is_chosen(progress: &Progresses, txid: &Txid) -> bool {
    matches!(progress.get(txid), Some(Progress::Chosen))
}

impl Mempool {
    /// Transactions for a block, of at most `max_weight` together, parents before children: again
    /// and again the one that with its missing ancestors pays most for its size.
    pub fn select(&self, max_weight: usize) -> Vec<&MempoolEntry> {
        let mut queue = self.by_ancestor_rate.clone();
        let mut progress = Progresses::new();
        let mut selected = Vec::new();
        let (mut weight, mut failures) = (0, 0);
        while let Some(key) = queue.first().copied() {
            queue.remove(&key);
            let Some(entry) = self.get(&key.txid) else { continue };
            let package = match progress.get(&key.txid) {
                Some(Progress::Chosen) => continue,
                Some(Progress::Missing(package)) => package,
                None => &entry.ancestors,
            };
            if weight + package.weight > max_weight {
                failures += 1;
                if failures > MAX_FAILURES {
                    break;
                }
                continue;
            }
            failures = 0;
            for member in self.package_of(entry, &progress) {
                weight += member.weight;
                progress.insert(member.txid, Progress::Chosen);
                selected.push(member);
                for descendant in self.descendants_of(&member.txid) {
                    let Some(descendant) = self.get(&descendant) else { continue };
                    let mut package = match progress.get(&descendant.txid) {
                        Some(Progress::Chosen) => continue,
                        Some(Progress::Missing(package)) => *package,
                        None => descendant.ancestors,
                    };
                    let waited = queue.remove(&RateKey::new(&package, descendant.txid));
                    package.subtract(&member.own_package());
                    // One that did not fit may fit now that its parents are in.
                    if waited || weight + package.weight <= max_weight {
                        queue.insert(RateKey::new(&package, descendant.txid));
                    }
                    progress.insert(descendant.txid, Progress::Missing(package));
                }
            }
        }
        selected
    }

    /// An entry and its ancestors that are not chosen yet, parents first.
    fn package_of(&self, entry: &MempoolEntry, progress: &Progresses) -> Vec<&MempoolEntry> {
        let names = self.ancestors_of(&entry.txid).into_iter().chain([entry.txid]);
        let mut package: Vec<&MempoolEntry> =
            names.filter(|txid| !is_chosen(progress, txid)).filter_map(|txid| self.get(&txid)).collect();
        // Who builds on another has more ancestors.
        package.sort_unstable_by_key(|member| (member.ancestors.count, member.txid));
        package
    }
}
