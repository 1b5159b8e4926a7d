//! Transactions whose parents are not known yet: kept for a while, tried again when they are.

use std::collections::BTreeMap;

use super::PeerId;
use crate::ledger::{Duration, OutPoint, SortedSet, Time, Transaction, Txid};

/// Most orphans kept (Core `DEFAULT_MAX_ORPHAN_TRANSACTIONS`).
pub const MAX_ORPHANS: usize = 100;
/// Most weight of one orphan (Core `MAX_STANDARD_TX_WEIGHT`), so that all take at most 40 MB.
pub const MAX_ORPHAN_WEIGHT: usize = 400_000;
/// How long an orphan waits.
pub const ORPHAN_EXPIRY: Duration = Duration::from_secs(5 * 60);

/// An orphan.
#[derive(Clone, Debug)]
struct Orphan {
    transaction: Transaction,
    from: PeerId,
    expires: Time,
}

/// The orphans.
#[derive(Clone, Debug, Default)]
pub(super) struct Orphans {
    all: BTreeMap<Txid, Orphan>,
    /// Who waits for which coin.
    by_prevout: BTreeMap<OutPoint, SortedSet<Txid>>,
}

impl Orphans {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn contains(&self, txid: &Txid) -> bool {
        self.all.contains_key(txid)
    }

    /// Keeps an orphan; of the peer that sent the most, the one that expires first makes room, so
    /// that nobody pushes out what others sent. Whether it is kept.
    pub(super) fn add(&mut self, txid: Txid, transaction: Transaction, from: PeerId, now: Time) -> bool {
        if self.contains(&txid) || transaction.weight() > MAX_ORPHAN_WEIGHT {
            return false;
        }
        for input in &transaction.inputs {
            self.by_prevout.entry(input.prevout).or_default().insert(txid);
        }
        self.all.insert(txid, Orphan { transaction, from, expires: now + ORPHAN_EXPIRY });
        while self.all.len() > MAX_ORPHANS {
            let Some(most) = self.peer_with_most() else { break };
            let of_it = self.all.iter().filter(|(_, orphan)| orphan.from == most);
            let Some(oldest) = of_it.min_by_key(|(_, orphan)| orphan.expires).map(|(oldest, _)| *oldest) else { break };
            self.remove(&oldest);
        }
        self.contains(&txid)
    }

    fn peer_with_most(&self) -> Option<PeerId> {
        let mut counts: BTreeMap<PeerId, usize> = BTreeMap::new();
        for orphan in self.all.values() {
            *counts.entry(orphan.from).or_insert(0) += 1;
        }
        counts.iter().max_by_key(|(_, count)| **count).map(|(peer, _)| *peer)
    }

    pub(super) fn remove(&mut self, txid: &Txid) -> Option<(Transaction, PeerId)> {
        let orphan = self.all.remove(txid)?;
        for input in &orphan.transaction.inputs {
            if let Some(waiting) = self.by_prevout.get_mut(&input.prevout) {
                waiting.remove(txid);
                if waiting.is_empty() {
                    self.by_prevout.remove(&input.prevout);
                }
            }
        }
        Some((orphan.transaction, orphan.from))
    }

    /// Those that spend an output of `parent`.
    pub(super) fn children_of(&self, parent: &Txid) -> Vec<Txid> {
        let range = OutPoint { txid: *parent, vout: 0 }..=OutPoint { txid: *parent, vout: u32::MAX };
        let children: SortedSet<Txid> = self.by_prevout.range(range).flat_map(|(_, txids)| txids).copied().collect();
        children.into_iter().collect()
    }

    /// Those that spend `prevout`.
    pub(super) fn spenders_of(&self, prevout: &OutPoint) -> Vec<Txid> {
        self.by_prevout.get(prevout).into_iter().flatten().copied().collect()
    }

    pub(super) fn remove_of_peer(&mut self, peer: PeerId) {
        self.remove_where(|orphan| orphan.from == peer);
    }

    pub(super) fn expire(&mut self, now: Time) {
        self.remove_where(|orphan| orphan.expires <= now);
    }

    pub(super) fn next_expiry(&self) -> Option<Time> {
        self.all.values().map(|orphan| orphan.expires).min()
    }

    fn remove_where(&mut self, gone: impl Fn(&Orphan) -> bool) {
        let txids: Vec<Txid> = self.all.iter().filter(|(_, orphan)| gone(orphan)).map(|(txid, _)| *txid).collect();
        for txid in txids {
            self.remove(&txid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Script, TxIn};

    fn spending(parent: Txid, vout: u32) -> Transaction {
        let prevout = OutPoint { txid: parent, vout };
        let input = TxIn { prevout, script_sig: Script::default(), sequence: u32::MAX, witness: Vec::new() };
        Transaction { version: 1, inputs: vec![input], outputs: Vec::new(), lock_time: 0 }
    }

    fn add(orphans: &mut Orphans, transaction: Transaction, peer: u64, millis: u64) -> Txid {
        let txid = transaction.txid();
        assert!(orphans.add(txid, transaction, PeerId(peer), Time::from_millis(millis)));
        txid
    }

    #[test]
    fn an_orphan_is_found_by_its_parent_and_leaves_nothing_behind() {
        let mut orphans = Orphans::default();
        let parent = Txid::hash(b"parent");
        let one = add(&mut orphans, spending(parent, 0), 1, 0);
        let two = add(&mut orphans, spending(parent, 7), 2, 0);
        add(&mut orphans, spending(Txid::hash(b"other"), 0), 2, 0);
        let mut both = vec![one, two];
        both.sort();
        assert_eq!(orphans.children_of(&parent), both);
        assert_eq!(orphans.spenders_of(&OutPoint { txid: parent, vout: 7 }), vec![two]);
        orphans.remove_of_peer(PeerId(2));
        assert_eq!(orphans.children_of(&parent), vec![one]);
        assert!(orphans.remove(&one).is_some());
        assert!(orphans.by_prevout.is_empty());
    }

    #[test]
    fn the_pool_stays_within_its_limit_and_forgets_in_time() {
        let mut orphans = Orphans::default();
        let parent = Txid::hash(b"parent");
        for number in 0..MAX_ORPHANS as u32 * 3 {
            add(&mut orphans, spending(parent, number), 1, u64::from(number));
            assert!(orphans.len() <= MAX_ORPHANS);
        }
        orphans.expire(Time::from_millis(1000) + ORPHAN_EXPIRY);
        assert_eq!(orphans.len(), 0);
        assert!(orphans.by_prevout.is_empty());
    }
}
