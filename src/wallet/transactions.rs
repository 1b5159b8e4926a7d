//! The transactions that concern a wallet, and what became of each.
//!
//! This is all that a wallet knows of the chain. A block that comes or goes changes the state of
//! the transactions in it; which outputs are unspent, and why a transaction came to nothing, follow
//! from the states.
//!
//! Architecture Invariant: what is here follows from the blocks of the active chain and the
//! transactions that are in none of them, whatever the order in which they came. So a wallet that
//! is opened again, from those transactions and the chain, is the wallet that was closed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::key_ring::{KeyPlace, KeyRing};
use crate::ledger::{
    Amount, BlockHash, BlockTime, CheckedBlock, Hash160, OutPoint, Script, SortedSet, Time, Transaction, Txid, hash160,
};

/// Most transactions that came to nothing which are remembered; the oldest makes room.
pub const MAX_ENDED: usize = 200;

/// What became of a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It is in a block of the active chain.
    Confirmed { height: u32, block: BlockHash, position: usize, time: BlockTime },
    /// It is in the mempool.
    InMempool,
    /// It was in a block that was disconnected, or was read from storage: the mempool is asked next.
    Waiting,
    /// It is in no block of the active chain, and the mempool does not have it.
    Ended,
}

impl State {
    /// Whether its outputs are coins and its inputs are spent.
    pub fn is_live(&self) -> bool {
        !matches!(self, Self::Ended)
    }

    pub fn is_confirmed(&self) -> bool {
        matches!(self, Self::Confirmed { .. })
    }

    pub fn is_waiting(&self) -> bool {
        matches!(self, Self::InMempool | Self::Waiting)
    }
}

/// Why a transaction came to nothing, as far as the wallet can tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// A coin of it, or of one it builds on, was spent otherwise, or went with a lost block; or it
    /// is the reward of a lost block itself.
    Conflicted,
    /// Nothing speaks against it; this node just does not have it.
    Unknown,
}

/// A transaction that pays or is paid by the wallet.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub tx: Arc<Transaction>,
    pub state: State,
    /// When it was first seen in the mempool, or when its block was made if that left the chain;
    /// none while it is in a block.
    pub first_seen: Option<Time>,
    /// The fee: of the mempool's or the block's knowledge.
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
    /// Of the outputs in `spenders`, those that a block's transaction spent, whoever's it is.
    taken: BTreeMap<OutPoint, Txid>,
    /// Who else pays and is paid in the entries.
    parties: BTreeSet<Hash160>,
    /// Whom blocks paid that was not the wallet's key then; a key that comes into sight later is
    /// looked for here. Of blocks that left the chain too: then it is looked for in vain.
    strangers: BTreeSet<Hash160>,
    ended: usize,
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

    /// Whether this key's owner pays or is paid in a transaction of the wallet.
    pub fn has_party(&self, hash: &Hash160) -> bool {
        self.parties.contains(hash)
    }

    /// Whether a live transaction that is not in a block yet spends a coin.
    pub fn is_spending(&self, outpoint: &OutPoint) -> bool {
        self.spenders_of(outpoint).any(|(_, entry)| entry.state.is_waiting())
    }

    /// Whether nobody but the wallet's owner can make a transaction undone: it is in a block, or in
    /// the mempool and built on nothing but such transactions of the wallet (Core
    /// `CachedTxIsTrusted`).
    pub fn is_trusted(&self, txid: &Txid) -> bool {
        let (mut seen, mut asked) = (SortedSet::new(), vec![*txid]);
        while let Some(txid) = asked.pop() {
            let Some(entry) = self.entries.get(&txid) else { return false };
            match entry.state {
                State::Confirmed { .. } => {}
                State::InMempool if entry.tx.inputs.iter().all(|input| self.owned.contains_key(&input.prevout)) => {
                    asked.extend(
                        entry.tx.inputs.iter().map(|input| input.prevout.txid).filter(|txid| seen.insert(*txid)),
                    );
                }
                _ => return false,
            }
        }
        true
    }

    /// Why a transaction that is not live came to nothing.
    pub fn end_of(&self, txid: &Txid) -> End {
        let (mut seen, mut asked) = (SortedSet::new(), vec![*txid]);
        while let Some(txid) = asked.pop() {
            let Some(entry) = self.entries.get(&txid).filter(|entry| !entry.state.is_live()) else { continue };
            if entry.tx.is_coinbase() {
                return End::Conflicted;
            }
            for prevout in prevouts(&entry.tx) {
                let is_taken = self.taken.get(&prevout).is_some_and(|by| *by != txid);
                if is_taken || self.spenders_of(&prevout).any(|(other, rival)| other != txid && rival.state.is_live()) {
                    return End::Conflicted;
                }
                if seen.insert(prevout.txid) {
                    asked.push(prevout.txid);
                }
            }
        }
        End::Unknown
    }

    /// The transactions of the wallet that spend an output of this one, whoever's it is.
    pub fn children(&self, txid: &Txid) -> Vec<Txid> {
        let outputs = OutPoint { txid: *txid, vout: 0 }..=OutPoint { txid: *txid, vout: u32::MAX };
        self.spenders.range(outputs).flat_map(|(_, spenders)| spenders).copied().collect()
    }

    fn spenders_of<'a>(&'a self, outpoint: &OutPoint) -> impl Iterator<Item = (Txid, &'a Entry)> + use<'a> {
        let txids = self.spenders.get(outpoint).into_iter().flatten();
        txids.filter_map(|txid| Some((*txid, self.entries.get(txid)?)))
    }

    /// A block joined the active chain.
    pub fn connect_block(&mut self, keys: &mut KeyRing, block: &CheckedBlock) {
        for (position, (tx, txid)) in block.block().transactions.iter().zip(block.txids()).enumerate() {
            for input in &tx.inputs {
                self.take(input.prevout, *txid);
            }
            for hash in tx.outputs.iter().filter_map(|output| output.script_pubkey.owner()) {
                if keys.find(&hash).is_none() {
                    self.strangers.insert(hash);
                }
            }
            if self.entries.contains_key(txid) || self.concerns(keys, tx) {
                self.record(keys, *txid, || Arc::new(tx.clone()));
                if let Some(entry) = self.entries.get_mut(txid) {
                    entry.first_seen = None;
                    entry.fee = (!tx.is_coinbase()).then(|| block.fee(position));
                }
                let (height, hash, time) = (block.height(), block.hash(), block.block().header.time);
                self.set_state(*txid, State::Confirmed { height, block: hash, position, time });
            }
        }
    }

    /// A block's transaction spends this output: whoever else does has lost.
    fn take(&mut self, outpoint: OutPoint, winner: Txid) {
        if !self.spenders.contains_key(&outpoint) {
            return;
        }
        self.taken.insert(outpoint, winner);
        let losers: Vec<Txid> = self
            .spenders_of(&outpoint)
            .filter(|(txid, entry)| *txid != winner && entry.state.is_waiting())
            .map(|(txid, _)| txid)
            .collect();
        losers.into_iter().for_each(|loser| self.end(loser));
    }

    /// A block left the active chain.
    pub fn disconnect_block(&mut self, block: &CheckedBlock) {
        let made = Time::from_millis(u64::from(block.block().header.time.0) * 1000);
        for (tx, txid) in block.block().transactions.iter().zip(block.txids()).rev() {
            for input in &tx.inputs {
                // Who lost to it lost to nobody now; the mempool may take him again.
                if self.taken.get(&input.prevout) == Some(txid) {
                    self.taken.remove(&input.prevout);
                }
            }
            let Some(entry) = self.entries.get_mut(txid) else { continue };
            if !matches!(entry.state, State::Confirmed { block: at, .. } if at == block.hash()) {
                continue;
            }
            entry.first_seen.get_or_insert(made);
            if tx.is_coinbase() {
                self.end(*txid);
            } else {
                self.set_state(*txid, State::Waiting);
            }
        }
        self.forget_oldest_ended();
    }

    /// The mempool took a transaction.
    pub fn mempool_added(&mut self, keys: &mut KeyRing, txid: Txid, tx: &Arc<Transaction>, fee: Amount, time: Time) {
        let state = self.entries.get(&txid).map(|entry| entry.state);
        if state.is_some_and(|state| state.is_confirmed()) {
            return;
        }
        // The mempool holds no two that spend the same, so it has let the other go.
        let rivals: Vec<Txid> = tx
            .inputs
            .iter()
            .flat_map(|input| self.spenders_of(&input.prevout))
            .filter(|(other, entry)| *other != txid && entry.state.is_waiting())
            .map(|(other, _)| other)
            .collect();
        rivals.into_iter().for_each(|rival| self.end(rival));
        if state.is_some() || self.concerns(keys, tx) {
            self.record(keys, txid, || tx.clone());
            if let Some(entry) = self.entries.get_mut(&txid) {
                entry.fee = Some(fee);
                entry.first_seen.get_or_insert(time);
            }
            self.set_state(txid, State::InMempool);
        }
        self.forget_oldest_ended();
    }

    /// The mempool let a transaction go, for another reason than a block.
    pub fn mempool_removed(&mut self, txid: &Txid) {
        if self.entries.get(txid).is_some_and(|entry| entry.state.is_waiting()) {
            self.end(*txid);
            self.forget_oldest_ended();
        }
    }

    /// What waits for a block and is not in the mempool, by this test, waits no longer.
    pub fn keep_waiting(&mut self, is_in_mempool: impl Fn(&Txid) -> bool) {
        let gone: Vec<Txid> = self
            .entries
            .iter()
            .filter(|(txid, entry)| entry.state.is_waiting() && !is_in_mempool(txid))
            .map(|(txid, _)| *txid)
            .collect();
        gone.into_iter().for_each(|txid| self.end(txid));
        self.forget_oldest_ended();
    }

    /// Forgets all but whom blocks paid, to be told everything anew. Gives what is in no block.
    pub fn begin_anew(&mut self) -> Vec<Entry> {
        let strangers = std::mem::take(&mut self.strangers);
        let before = std::mem::replace(self, Self { strangers, ..Self::default() });
        before.entries.into_values().filter(|entry| !entry.state.is_confirmed()).collect()
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
        self.forget_oldest_ended();
    }

    /// Whether one of these keys, that came into sight just now, was paid before.
    pub fn has_missed(&self, fresh: &SortedSet<Hash160>) -> bool {
        fresh.iter().any(|hash| self.strangers.contains(hash))
            || self.entries.iter().any(|(txid, entry)| {
                !entry.state.is_confirmed()
                    && (0..).zip(&entry.tx.outputs).any(|(vout, output)| {
                        output.script_pubkey.owner().is_some_and(|hash| fresh.contains(&hash))
                            && !self.owned.contains_key(&OutPoint { txid: *txid, vout })
                    })
            })
    }

    /// Whether a transaction pays to a key of the wallet or spends a coin of it.
    fn concerns(&self, keys: &KeyRing, tx: &Transaction) -> bool {
        let is_paid = |script: &Script| script.owner().is_some_and(|hash| keys.find(&hash).is_some());
        tx.outputs.iter().any(|output| is_paid(&output.script_pubkey))
            || tx.inputs.iter().any(|input| self.owned.contains_key(&input.prevout))
    }

    /// Takes a transaction in, or looks at it again: a key may have come into sight meanwhile.
    fn record(&mut self, keys: &mut KeyRing, txid: Txid, tx: impl FnOnce() -> Arc<Transaction>) {
        let (is_new, tx) = match self.entries.get(&txid) {
            Some(entry) => (false, entry.tx.clone()),
            None => (true, tx()),
        };
        for (vout, output) in (0..).zip(&tx.outputs) {
            let Some(hash) = output.script_pubkey.owner() else { continue };
            let Some(place) = keys.find(&hash) else {
                self.parties.insert(hash);
                continue;
            };
            keys.mark_used(place);
            self.owned.entry(OutPoint { txid, vout }).or_insert_with(|| Owned {
                value: output.value,
                script_pubkey: output.script_pubkey.clone(),
                place,
                is_unspent: false,
            });
        }
        if !is_new {
            return;
        }
        for prevout in prevouts(&tx) {
            self.spenders.entry(prevout).or_default().insert(txid);
        }
        self.parties.extend(tx.inputs.iter().filter_map(|input| signer(&input.script_sig)).map(hash160));
        self.entries.insert(txid, Entry { tx, state: State::Ended, first_seen: None, fee: None });
        self.ended += 1;
    }

    /// Ends a transaction, and all that spend its outputs with it.
    fn end(&mut self, txid: Txid) {
        let mut ending = vec![txid];
        while let Some(txid) = ending.pop() {
            self.set_state(txid, State::Ended);
            let Some(entry) = self.entries.get(&txid) else { continue };
            let children = (0..entry.tx.outputs.len() as u32)
                .flat_map(|vout| self.spenders_of(&OutPoint { txid, vout }))
                .filter(|(_, child)| child.state.is_waiting())
                .map(|(child, _)| child);
            ending.extend(children);
        }
    }

    fn set_state(&mut self, txid: Txid, state: State) {
        let Some(entry) = self.entries.get_mut(&txid) else { return };
        self.ended = self.ended + usize::from(!state.is_live()) - usize::from(!entry.state.is_live());
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

    /// Keeps to [`MAX_ENDED`].
    fn forget_oldest_ended(&mut self) {
        while self.ended > MAX_ENDED {
            let ended = self.entries.iter().filter(|(_, entry)| !entry.state.is_live());
            let Some(oldest) = ended.min_by_key(|(txid, entry)| (entry.first_seen, **txid)).map(|(txid, _)| *txid)
            else {
                return;
            };
            let Some(entry) = self.entries.remove(&oldest) else { return };
            self.ended -= 1;
            for vout in 0..entry.tx.outputs.len() as u32 {
                self.owned.remove(&OutPoint { txid: oldest, vout });
            }
            for prevout in prevouts(&entry.tx) {
                let Some(spenders) = self.spenders.get_mut(&prevout) else { continue };
                spenders.remove(&oldest);
                if spenders.is_empty() {
                    self.spenders.remove(&prevout);
                    self.taken.remove(&prevout);
                }
            }
        }
    }
}

/// What a transaction spends; nothing if it is a block's reward.
fn prevouts(tx: &Transaction) -> impl Iterator<Item = OutPoint> + '_ {
    tx.inputs.iter().map(|input| input.prevout).filter(|prevout| !prevout.is_null())
}

/// The key that an unlocking script shows: the last push, behind the signature.
pub(super) fn signer(script_sig: &Script) -> Option<&[u8]> {
    let (&signature_size, rest) = script_sig.as_bytes().split_first()?;
    let (&key_size, key) = rest.get(usize::from(signature_size)..)?.split_first()?;
    (usize::from(key_size) == key.len() && matches!(key.len(), 33 | 65)).then_some(key)
}
