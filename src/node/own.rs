//! The node's own transactions: announced again and again until they are in a block, as an
//! announcement may be lost, and as who joins later should hear of them.

use std::collections::BTreeMap;

use super::{Node, PeerId};
use crate::ledger::{Duration, SortedSet, Time, Transaction, Txid};
use crate::mempool::MempoolError;
use crate::wire::{Inventory, Message};

/// Most own transactions that are announced again; the oldest makes room.
pub const MAX_OWN_TRANSACTIONS: usize = 1_000;
/// Time until an own transaction is announced again the first time; then twice as long each time.
pub const REBROADCAST_INTERVAL: Duration = Duration::from_secs(30);
/// The longest it gets.
const MAX_REBROADCAST_INTERVAL: Duration = Duration::from_secs(8 * 60);

/// An own transaction.
#[derive(Clone, Debug)]
struct Own {
    next: Time,
    interval: Duration,
    /// Peers that have it for sure.
    reached: SortedSet<PeerId>,
}

/// The own transactions that are not in a block yet.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnTransactions {
    all: BTreeMap<Txid, Own>,
}

impl OwnTransactions {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn add(&mut self, txid: Txid, now: Time) {
        let own = Own { next: now + REBROADCAST_INTERVAL, interval: REBROADCAST_INTERVAL, reached: SortedSet::new() };
        self.all.entry(txid).or_insert(own);
        while self.all.len() > MAX_OWN_TRANSACTIONS {
            let oldest = self.all.iter().min_by_key(|(_, own)| own.next).map(|(txid, _)| *txid);
            let Some(oldest) = oldest else { break };
            self.all.remove(&oldest);
        }
    }

    pub(super) fn remove(&mut self, txid: &Txid) {
        self.all.remove(txid);
    }

    /// Notes that a peer has a transaction.
    pub(super) fn reached(&mut self, txid: &Txid, peer: PeerId) {
        if let Some(own) = self.all.get_mut(txid) {
            own.reached.insert(peer);
        }
    }

    pub(super) fn forget_peer(&mut self, peer: PeerId) {
        for own in self.all.values_mut() {
            own.reached.remove(&peer);
        }
    }

    pub(super) fn next_at(&self) -> Option<Time> {
        self.all.values().map(|own| own.next).min()
    }
}

impl Node {
    pub(super) fn process_own_transaction(
        &mut self,
        now: Time,
        transaction: Transaction,
    ) -> Result<Txid, MempoolError> {
        let txid = transaction.txid();
        let result = self.process_transaction(now, transaction, None);
        if self.mempool.contains(&txid) {
            self.own.add(txid, now);
        }
        result
    }

    pub(super) fn rebroadcast(&mut self, now: Time) {
        let peers = self.ready_peers();
        let mempool = &self.mempool;
        self.own.all.retain(|txid, _| mempool.contains(txid));
        for peer in peers {
            let due = self.own.all.iter().filter(|(_, own)| own.next <= now && !own.reached.contains(&peer));
            let items: Vec<Inventory> = due.map(|(txid, _)| Inventory::Transaction(*txid)).collect();
            if !items.is_empty() {
                self.send(peer, &Message::Inv(items));
            }
        }
        for (_, own) in self.own.all.iter_mut().filter(|(_, own)| own.next <= now) {
            own.interval = Duration { millis: (own.interval.millis * 2).min(MAX_REBROADCAST_INTERVAL.millis) };
            own.next = now + own.interval;
        }
    }
}
