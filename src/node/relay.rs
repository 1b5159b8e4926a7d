//! Passing on unconfirmed transactions: announced by name, fetched by who wants them, checked, and
//! announced on.

use std::sync::Arc;

use std::collections::BTreeMap;

use super::bounded::BoundedSet;
use super::misbehaviour::SCORE_INVALID_TRANSACTION;
use super::{Node, Output, PeerId};
use crate::ledger::{ChainUpdate, Duration, Time, Transaction, Txid};
use crate::mempool::{MempoolError, Removed};
use crate::wire::{Inventory, Message, Reject, RejectCode};

/// Most transactions asked of one peer at a time (Core `MAX_PEER_TX_REQUEST_IN_FLIGHT`).
pub const MAX_TRANSACTIONS_IN_FLIGHT: usize = 100;
/// Most announced transactions of one peer that wait to be asked for (Core
/// `MAX_PEER_TX_ANNOUNCEMENTS`).
pub const MAX_ANNOUNCED: usize = 5_000;
/// Most transactions that a peer is remembered to know; the oldest makes room.
pub const MAX_KNOWN_TRANSACTIONS: usize = 5_000;
/// Most transactions remembered as refused; the oldest makes room.
pub(super) const MAX_REJECTED: usize = 5_000;
/// Time after which a transaction is asked of another peer.
pub const TRANSACTION_TIMEOUT: Duration = Duration::from_secs(10);

/// Transactions asked for: of whom, and when.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    in_flight: BTreeMap<Txid, (PeerId, Time)>,
}

impl Requests {
    pub(super) fn in_flight_of(&self, peer: PeerId) -> usize {
        self.in_flight.values().filter(|(of, _)| *of == peer).count()
    }

    pub(super) fn forget_peer(&mut self, peer: PeerId) {
        self.in_flight.retain(|_, (of, _)| *of != peer);
    }

    pub(super) fn next_timeout(&self) -> Option<Time> {
        self.in_flight.values().map(|(_, asked)| *asked + TRANSACTION_TIMEOUT).min()
    }
}

impl Node {
    pub(super) fn on_inv(&mut self, now: Time, id: PeerId, items: &[Inventory]) {
        let mut has_unknown_block = false;
        for item in items {
            match item {
                Inventory::Block(hash) if self.chain.index(hash).is_some() => self.peer_said(id, *hash),
                Inventory::Block(_) => has_unknown_block = true,
                Inventory::Transaction(txid) => {
                    self.own.reached(txid, id);
                    let is_wanted = !self.has_transaction(txid);
                    let Some(peer) = self.peers.get_mut(&id) else { return };
                    peer.known.insert(*txid);
                    if is_wanted {
                        peer.announced.insert_if_room(*txid);
                    }
                }
                Inventory::Other { .. } => {}
            }
        }
        if has_unknown_block {
            self.ask_headers(now, id);
        }
        self.download_blocks(now);
        self.request_transactions_of(now, id);
    }

    /// Whether a transaction need not be fetched: it is here, was here, or was refused.
    fn has_transaction(&self, txid: &Txid) -> bool {
        self.mempool.contains(txid)
            || self.orphans.contains(txid)
            || self.rejected.contains(txid)
            || self.chain.find_transaction(txid).is_some()
    }

    /// Asks all peers for transactions they announced, as far as the limits allow.
    pub(super) fn request_transactions(&mut self, now: Time) {
        for id in self.ready_peers() {
            self.request_transactions_of(now, id);
        }
    }

    fn request_transactions_of(&mut self, now: Time, id: PeerId) {
        if !self.caught_up {
            // Their coins are not here yet.
            return;
        }
        let mut room = MAX_TRANSACTIONS_IN_FLIGHT.saturating_sub(self.requests.in_flight_of(id));
        let Some(peer) = self.peers.get_mut(&id).filter(|peer| room > 0 && peer.announced.len() > 0) else { return };
        let mut announced = std::mem::replace(&mut peer.announced, BoundedSet::new(MAX_ANNOUNCED));
        let mut wanted = Vec::new();
        announced.retain(|txid| {
            if room == 0 {
                return true;
            }
            if self.has_transaction(txid) {
                return false;
            }
            if self.requests.in_flight.contains_key(txid) || self.is_better_asked_of_another(id, txid) {
                // Asked of another peer already, or soon: later, if it is still wanted then.
                return true;
            }
            room -= 1;
            self.requests.in_flight.insert(*txid, (id, now));
            wanted.push(Inventory::Transaction(*txid));
            false
        });
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.announced = announced;
        }
        if !wanted.is_empty() {
            self.send(id, &Message::GetData(wanted));
        }
    }

    /// Whether this peer did not send a transaction it was asked for, and another tells of it.
    fn is_better_asked_of_another(&self, id: PeerId, txid: &Txid) -> bool {
        let others = || self.peers.iter().filter(|(other, peer)| **other != id && peer.is_ready());
        self.peers.get(&id).is_some_and(|peer| peer.unanswered.contains(txid))
            && others().any(|(_, peer)| peer.announced.contains(txid) && !peer.unanswered.contains(txid))
    }

    /// A peer did not send a transaction it was asked for: another may.
    fn transaction_not_sent(&mut self, id: PeerId, txid: &Txid) {
        if self.requests.in_flight.get(txid).is_some_and(|(of, _)| *of == id) {
            self.requests.in_flight.remove(txid);
            if let Some(peer) = self.peers.get_mut(&id) {
                peer.unanswered.insert(*txid);
            }
        }
    }

    pub(super) fn expire_requests(&mut self, now: Time) {
        let asked = self.requests.in_flight.iter().filter(|(_, (_, asked))| now >= *asked + TRANSACTION_TIMEOUT);
        let late: Vec<(PeerId, Txid)> = asked.map(|(txid, (of, _))| (*of, *txid)).collect();
        for (id, txid) in late {
            self.transaction_not_sent(id, &txid);
        }
    }

    pub(super) fn on_not_found(&mut self, now: Time, id: PeerId, items: &[Inventory]) {
        for item in items {
            match item {
                Inventory::Transaction(txid) => self.transaction_not_sent(id, txid),
                Inventory::Block(hash) => self.block_not_sent(now, id, hash),
                Inventory::Other { .. } => {}
            }
        }
        self.download_blocks(now);
        self.request_transactions(now);
    }

    pub(super) fn on_transaction(&mut self, now: Time, id: PeerId, transaction: Transaction) {
        let txid = transaction.txid();
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.known.insert(txid);
        }
        self.own.reached(&txid, id);
        if !self.has_transaction(&txid) {
            // What is wrong with it was told to the driver and the peer.
            let _ = self.process_transaction(now, transaction, Some(id));
        }
        if self.has_transaction(&txid) {
            self.requests.in_flight.remove(&txid);
        } else {
            // Not what was asked for, though it has the name: another may send it.
            self.transaction_not_sent(id, &txid);
        }
        self.request_transactions(now);
    }

    /// Takes in a transaction and the orphans that waited for it; announces what is good.
    pub(super) fn process_transaction(
        &mut self,
        now: Time,
        transaction: Transaction,
        from: Option<PeerId>,
    ) -> Result<Txid, MempoolError> {
        let result = self.process_one_transaction(now, transaction, from);
        if let Ok(txid) = &result {
            self.process_orphans_of(now, vec![*txid]);
        }
        result
    }

    /// Tries the orphans again that wait for one of `parents`, and those that wait for these.
    fn process_orphans_of(&mut self, now: Time, mut parents: Vec<Txid>) {
        while let Some(parent) = parents.pop() {
            for child in self.orphans.children_of(&parent) {
                let Some((transaction, from)) = self.orphans.remove(&child) else { continue };
                if self.process_one_transaction(now, transaction, Some(from)).is_ok() {
                    parents.push(child);
                }
            }
        }
    }

    fn process_one_transaction(
        &mut self,
        now: Time,
        transaction: Transaction,
        from: Option<PeerId>,
    ) -> Result<Txid, MempoolError> {
        let (txid, has_witness) = (transaction.txid(), transaction.has_witness());
        match self.mempool.add(transaction.clone(), &self.chain, now) {
            Ok(_) => {
                let pushed_out = self.mempool.take_pushed_out();
                self.transactions_removed(pushed_out);
                self.transaction_added(txid, from);
                self.announce_transaction(txid);
                Ok(txid)
            }
            Err(error) => {
                match from {
                    Some(id) if error.is_orphan() => self.keep_orphan(now, id, txid, transaction),
                    _ => self.transaction_refused(now, txid, &error, from),
                }
                // The name says nothing of the witness: another transaction of that name may be good.
                if from.is_some() && !has_witness && !error.is_orphan() {
                    self.rejected.insert(txid);
                }
                Err(error)
            }
        }
    }

    fn transaction_added(&mut self, txid: Txid, from: Option<PeerId>) {
        if let Some(entry) = self.mempool.get(&txid) {
            let (tx, fee) = (Arc::clone(&entry.tx), entry.fee);
            self.outputs.push(Output::MempoolAdded { tx, fee, from });
        }
    }

    fn transactions_removed(&mut self, removed: Vec<Removed>) {
        for Removed { txid, reason, .. } in removed {
            self.own.remove(&txid);
            self.outputs.push(Output::MempoolRemoved { txid, reason });
        }
    }

    fn announce_transaction(&mut self, txid: Txid) {
        for id in self.ready_peers() {
            let Some(peer) = self.peers.get_mut(&id) else { continue };
            let wants = peer.version.as_ref().is_some_and(|version| version.relay);
            if wants && peer.known.insert(txid) {
                self.send(id, &Message::Inv(vec![Inventory::Transaction(txid)]));
            }
        }
    }

    /// Keeps a transaction that came before its parents, and asks its sender for those.
    fn keep_orphan(&mut self, now: Time, id: PeerId, txid: Txid, transaction: Transaction) {
        let parents: Vec<Txid> = transaction.inputs.iter().map(|input| input.prevout.txid).collect();
        if parents.iter().any(|parent| self.rejected.contains(parent)) {
            // Its parent was refused, so it can't be good.
            self.rejected.insert(txid);
            return;
        }
        if !self.orphans.add(txid, transaction, id, now) {
            return;
        }
        for parent in parents {
            if !self.has_transaction(&parent)
                && let Some(peer) = self.peers.get_mut(&id)
            {
                peer.announced.insert_if_room(parent);
            }
        }
    }

    fn transaction_refused(&mut self, now: Time, txid: Txid, error: &MempoolError, from: Option<PeerId>) {
        let rule = error.rule();
        let (facts, text) = (error.facts(), error.to_string());
        self.outputs.push(Output::TransactionRejected { txid, rule, facts, text, from });
        let Some(id) = from else { return };
        let (code, hash) = (RejectCode::of_transaction_rule(rule), Some(*txid.as_bytes()));
        self.send(id, &Message::Reject(Reject { message: "tx".into(), code, reason: rule.into(), hash }));
        if error.is_misbehaviour() {
            self.misbehaving(now, id, SCORE_INVALID_TRANSACTION, rule);
        }
    }

    /// Lets the mempool follow a change of the active chain.
    pub(super) fn mempool_follows(&mut self, now: Time, update: &ChainUpdate) {
        let removed = self.mempool.apply(update, &self.chain, now);
        self.transactions_removed(removed);
        let returned: Vec<Txid> = update.disconnected.iter().flat_map(|checked| checked.txids()).copied().collect();
        for txid in returned {
            self.transaction_added(txid, None);
        }
    }

    /// Lets the orphans follow a change of the active chain.
    pub(super) fn orphans_follow(&mut self, now: Time, update: &ChainUpdate) {
        let mut parents = Vec::new();
        for checked in &update.connected {
            for transaction in &checked.block().transactions {
                for input in &transaction.inputs {
                    // This very transaction, or one that spends the same coin.
                    for orphan in self.orphans.spenders_of(&input.prevout) {
                        self.orphans.remove(&orphan);
                    }
                }
            }
            parents.extend_from_slice(checked.txids());
        }
        self.process_orphans_of(now, parents);
    }
}
