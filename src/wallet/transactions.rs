//! The transactions that concern a wallet, and what became of each.
//!
//! This is all that a wallet knows of the chain. A block that comes or goes changes the state of
//! the transactions in it; which outputs are unspent follows from the states.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::key_ring::{KeyPlace, KeyRing};
use crate::ledger::{Amount, Block, BlockHash, BlockTime, OutPoint, Script, SortedSet, Time, Transaction, Txid};

/// What became of a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It is in a block of the active chain.
    Confirmed { height: u32, block: BlockHash, position: usize, time: BlockTime },
    /// It is in the mempool.
    InMempool,
    /// It was in a block that was disconnected, or was read from storage: the mempool may have it soon.
    Waiting,
    /// The mempool refused it or let it go.
    Dropped,
    /// Its coin was spent otherwise by this transaction of a block, or (none) it is or descends
    /// from the coinbase of a block that is not in the active chain.
    Conflicted { by: Option<Txid> },
}

impl State {
    /// Whether its outputs are coins and its inputs are spent.
    pub fn is_live(&self) -> bool {
        matches!(self, Self::Confirmed { .. } | Self::InMempool | Self::Waiting)
    }

    pub fn is_confirmed(&self) -> bool {
        matches!(self, Self::Confirmed { .. })
    }
}

/// A transaction that pays or is paid by the wallet.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub tx: Arc<Transaction>,
    pub state: State,
    /// When it was first seen in the mempool, or when its block was made if that left the chain;
    /// none if it came in a block.
    pub first_seen: Option<Time>,
    /// The fee, where the mempool told.
    pub fee: Option<Amount>,
}

/// An output that one of the wallet's keys unlocks.
#[derive(Clone, Debug)]
pub(super) struct Owned {
    pub value: Amount,
    pub script_pubkey: Script,
    pub place: KeyPlace,
    /// Whether it is of a live transaction and no confirmed one spends it.
    pub is_unspent: bool,
}

/// The book of the wallet's transactions.
#[derive(Clone, Default)]
pub(super) struct Transactions {
    entries: BTreeMap<Txid, Entry>,
    /// Outputs of all entries that are the wallet's.
    owned: BTreeMap<OutPoint, Owned>,
    /// For every input of an entry, the wallet's or not, which entries spend it.
    spenders: BTreeMap<OutPoint, SortedSet<Txid>>,
}

impl Transactions {
    pub fn iter(&self) -> impl Iterator<Item = (&Txid, &Entry)> {
        self.entries.iter()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn get(&self, txid: &Txid) -> Option<&Entry> {
        self.entries.get(txid)
    }

    pub fn owned(&self, outpoint: &OutPoint) -> Option<&Owned> {
        self.owned.get(outpoint)
    }

    pub fn all_owned(&self) -> impl Iterator<Item = (&OutPoint, &Owned)> {
        self.owned.iter()
    }

    pub fn unspent(&self) -> impl Iterator<Item = (&OutPoint, &Owned)> {
        self.owned.iter().filter(|(_, owned)| owned.is_unspent)
    }

    /// Whether a live transaction that is not in a block yet spends a coin.
    pub fn is_spending(&self, outpoint: &OutPoint) -> bool {
        self.spenders_of(outpoint).any(|(_, entry)| entry.state.is_live() && !entry.state.is_confirmed())
    }

    fn spenders_of<'a>(&'a self, outpoint: &OutPoint) -> impl Iterator<Item = (Txid, &'a Entry)> + use<'a> {
        let txids = self.spenders.get(outpoint).into_iter().flatten();
        txids.filter_map(|txid| Some((*txid, self.entries.get(txid)?)))
    }

    /// A block joined the active chain.
    pub fn connect_block(&mut self, keys: &mut KeyRing, block: &Block, hash: BlockHash, height: u32, txids: &[Txid]) {
        for (position, (tx, txid)) in block.transactions.iter().zip(txids).enumerate() {
            for input in &tx.inputs {
                self.conflict_others(&input.prevout, *txid);
            }
            if self.entries.contains_key(txid) || self.concerns(keys, tx) {
                self.record(keys, *txid, || Arc::new(tx.clone()));
                self.set_state(*txid, State::Confirmed { height, block: hash, position, time: block.header.time });
            }
        }
    }

    /// A block left the active chain.
    pub fn disconnect_block(&mut self, block: &Block, hash: BlockHash, txids: &[Txid]) {
        let made = Time::from_millis(u64::from(block.header.time.0) * 1000);
        for (tx, txid) in block.transactions.iter().zip(txids).rev() {
            let Some(entry) = self.entries.get_mut(txid) else { continue };
            if !matches!(entry.state, State::Confirmed { block, .. } if block == hash) {
                continue;
            }
            entry.first_seen.get_or_insert(made);
            if tx.is_coinbase() {
                self.end(*txid, State::Conflicted { by: None });
            } else {
                self.set_state(*txid, State::Waiting);
            }
        }
        // Who lost to a payment of this block lost to nobody now; the mempool may take him again.
        let freed: Vec<Txid> = self
            .entries
            .iter()
            .filter(|(_, entry)| matches!(entry.state, State::Conflicted { by: Some(by) } if txids.contains(&by)))
            .map(|(txid, _)| *txid)
            .collect();
        freed.into_iter().for_each(|txid| self.set_state(txid, State::Dropped));
    }

    /// The mempool took a transaction.
    pub fn mempool_added(&mut self, keys: &mut KeyRing, tx: &Arc<Transaction>, fee: Amount, time: Time) {
        let txid = tx.txid();
        let state = self.entries.get(&txid).map(|entry| entry.state);
        if state.is_some_and(|state| state.is_confirmed()) {
            return;
        }
        // The mempool holds no two that spend the same, so it has let the other go.
        let rivals: Vec<Txid> = tx
            .inputs
            .iter()
            .flat_map(|input| self.spenders_of(&input.prevout))
            .filter(|(other, entry)| *other != txid && entry.state.is_live() && !entry.state.is_confirmed())
            .map(|(other, _)| other)
            .collect();
        rivals.into_iter().for_each(|rival| self.end(rival, State::Dropped));
        if state.is_none() && !self.concerns(keys, tx) {
            return;
        }
        self.record(keys, txid, || tx.clone());
        if let Some(entry) = self.entries.get_mut(&txid) {
            entry.fee = Some(fee);
            entry.first_seen.get_or_insert(time);
        }
        self.set_state(txid, State::InMempool);
    }

    /// The mempool let a transaction go, for another reason than a block.
    pub fn mempool_removed(&mut self, txid: &Txid) {
        if matches!(self.entries.get(txid), Some(Entry { state: State::InMempool | State::Waiting, .. })) {
            self.end(*txid, State::Dropped);
        }
    }

    /// Puts a transaction back that is not in a block as far as is known.
    pub fn restore(&mut self, keys: &mut KeyRing, entry: Entry) {
        let txid = entry.tx.txid();
        self.record(keys, txid, || entry.tx.clone());
        if let Some(recorded) = self.entries.get_mut(&txid) {
            recorded.first_seen = entry.first_seen;
            recorded.fee = entry.fee;
        }
        self.set_state(txid, entry.state);
    }

    /// Whether a transaction pays to a key of the wallet or spends a coin of it.
    fn concerns(&self, keys: &KeyRing, tx: &Transaction) -> bool {
        let is_paid = |script: &Script| script.owner().is_some_and(|hash| keys.find(&hash).is_some());
        tx.outputs.iter().any(|output| is_paid(&output.script_pubkey))
            || tx.inputs.iter().any(|input| self.owned.contains_key(&input.prevout))
    }

    fn record(&mut self, keys: &mut KeyRing, txid: Txid, tx: impl FnOnce() -> Arc<Transaction>) {
        if self.entries.contains_key(&txid) {
            return;
        }
        let tx = tx();
        for (vout, output) in (0..).zip(&tx.outputs) {
            let Some(place) = output.script_pubkey.owner().and_then(|hash| keys.find(&hash)) else { continue };
            keys.mark_used(place);
            let owned =
                Owned { value: output.value, script_pubkey: output.script_pubkey.clone(), place, is_unspent: false };
            self.owned.insert(OutPoint { txid, vout }, owned);
        }
        for input in tx.inputs.iter().filter(|input| !input.prevout.is_null()) {
            self.spenders.entry(input.prevout).or_default().insert(txid);
        }
        self.entries.insert(txid, Entry { tx, state: State::Dropped, first_seen: None, fee: None });
    }

    /// A block's transaction `winner` spends this output: whoever else does has lost.
    fn conflict_others(&mut self, outpoint: &OutPoint, winner: Txid) {
        let losers: Vec<Txid> = self
            .spenders_of(outpoint)
            .filter(|(txid, entry)| *txid != winner && !entry.state.is_confirmed())
            .map(|(txid, _)| txid)
            .collect();
        losers.into_iter().for_each(|loser| self.end(loser, State::Conflicted { by: Some(winner) }));
    }

    /// Ends a transaction, and all that spend its outputs with it.
    fn end(&mut self, txid: Txid, state: State) {
        let mut ending = vec![txid];
        while let Some(txid) = ending.pop() {
            self.set_state(txid, state);
            let Some(entry) = self.entries.get(&txid) else { continue };
            let children = (0..entry.tx.outputs.len() as u32)
                .flat_map(|vout| self.spenders_of(&OutPoint { txid, vout }))
                .filter(|(_, child)| child.state != state && !child.state.is_confirmed())
                .map(|(child, _)| child);
            ending.extend(children);
        }
    }

    fn set_state(&mut self, txid: Txid, state: State) {
        let Some(entry) = self.entries.get_mut(&txid) else { return };
        entry.state = state;
        let tx = entry.tx.clone();
        for vout in 0..tx.outputs.len() as u32 {
            self.refresh(OutPoint { txid, vout });
        }
        for input in &tx.inputs {
            self.refresh(input.prevout);
        }
    }

    /// Works out anew whether an output is unspent.
    fn refresh(&mut self, outpoint: OutPoint) {
        let is_unspent = self.entries.get(&outpoint.txid).is_some_and(|entry| entry.state.is_live())
            && !self.spenders_of(&outpoint).any(|(_, entry)| entry.state.is_confirmed());
        if let Some(owned) = self.owned.get_mut(&outpoint) {
            owned.is_unspent = is_unspent;
        }
    }
}
