//! What is right: the active chain and the mempool, folded anew each time over all keys.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use tabchain::ledger::{Amount, OutPoint, Transaction, Txid};
use tabchain::session::Session;
use tabchain::wallet::{Branch, HistoryState};

use super::world::{Keys, Place};

/// Which keys the wallet must see, and which transactions it must remember.
#[derive(Clone)]
pub struct Model {
    pub issued: BTreeMap<Branch, u32>,
    pub used: BTreeSet<Place>,
    pub gap: u32,
    /// All that concerned the wallet since it was made.
    pub seen: BTreeMap<Txid, Transaction>,
}

impl Model {
    pub fn new(gap: u32) -> Self {
        let issued = [(Branch::Receive, 1), (Branch::Change, 0)].into();
        Self { issued, used: BTreeSet::new(), gap, seen: BTreeMap::new() }
    }

    pub fn known(&self, branch: Branch) -> u32 {
        let used = self.used.iter().filter(|place| place.0 == branch).map(|place| place.1 + 1).max().unwrap_or(0);
        used.max(self.issued[&branch])
    }

    fn place(&self, keys: &Keys, script: &tabchain::ledger::Script) -> Option<Place> {
        let place = *keys.places.get(&script.owner()?)?;
        (place.1 < self.known(place.0) + self.gap).then_some(place)
    }

    /// Looks at the chain and the mempool until nothing new comes into sight.
    pub fn look(&mut self, session: &Session, keys: &Keys) {
        let chain = session.chain();
        let blocks: Vec<_> = (1..=chain.height()).filter_map(|height| chain.checked(height)).collect();
        let mut pool: Vec<_> = session.mempool().iter().collect();
        pool.sort_by_key(|entry| entry.arrival);
        loop {
            let before = (self.used.len(), self.seen.len());
            let confirmed = blocks.iter().flat_map(|block| block.txids().iter().zip(&block.block().transactions));
            let waiting = pool.iter().map(|entry| (&entry.txid, &*entry.tx));
            for (txid, tx) in confirmed.chain(waiting) {
                let paid: Vec<Place> =
                    tx.outputs.iter().filter_map(|output| self.place(keys, &output.script_pubkey)).collect();
                let spends = tx.inputs.iter().any(|input| self.owns(keys, &input.prevout));
                if !paid.is_empty() || spends {
                    self.seen.entry(*txid).or_insert_with(|| tx.clone());
                }
            }
            let seen = self.seen.values().flat_map(|tx| &tx.outputs);
            let used: Vec<Place> = seen.filter_map(|output| self.place(keys, &output.script_pubkey)).collect();
            self.used.extend(used);
            if before == (self.used.len(), self.seen.len()) {
                return;
            }
        }
    }

    fn owns(&self, keys: &Keys, outpoint: &OutPoint) -> bool {
        let output = self.seen.get(&outpoint.txid).and_then(|tx| tx.outputs.get(outpoint.vout as usize));
        output.is_some_and(|output| self.place(keys, &output.script_pubkey).is_some())
    }

    /// Compares the wallet with what is right.
    pub fn check(&self, session: &Session, keys: &Keys) {
        let (chain, pool, wallet) = (session.chain(), session.mempool(), session.wallet().expect("regtest"));
        let height = chain.height();
        let mut expected: BTreeMap<OutPoint, (Amount, Option<u32>)> = chain
            .utxo()
            .iter()
            .filter(|(_, coin)| self.place(keys, &coin.output.script_pubkey).is_some())
            .map(|(outpoint, coin)| (*outpoint, (coin.output.value, Some(coin.height))))
            .collect();
        for entry in pool.iter() {
            for (vout, output) in (0..).zip(&entry.tx.outputs) {
                if self.place(keys, &output.script_pubkey).is_some() {
                    expected.insert(OutPoint { txid: entry.txid, vout }, (output.value, None));
                }
            }
        }
        let coins = wallet.coins(height);
        let found: BTreeMap<_, _> = coins.iter().map(|coin| (coin.outpoint, (coin.value, coin.height))).collect();
        assert_eq!(found, expected, "the coins");

        let unspent = expected.iter().filter(|(outpoint, _)| pool.spender_of(outpoint).is_none());
        let total = Amount::sum(unspent.map(|(_, coin)| coin.0)).expect("in range");
        assert_eq!(wallet.balance(height).total(), total, "the balance");

        let history = wallet.history(height);
        let names: BTreeSet<Txid> = history.iter().map(|line| line.txid).collect();
        let remembered: BTreeSet<Txid> = self.seen.keys().copied().collect();
        assert_eq!(names, remembered, "the transactions");
        let spenders: HashMap<OutPoint, Txid> = (1..=height)
            .filter_map(|height| chain.checked(height))
            .flat_map(|block| block.txids().iter().zip(&block.block().transactions))
            .flat_map(|(txid, tx)| tx.inputs.iter().map(|input| (input.prevout, *txid)))
            .collect();
        let mut lasting = 0;
        for line in &history {
            let place = chain.find_transaction(&line.txid).and_then(|(hash, _)| chain.index(&hash));
            assert_eq!(line.height, place.map(|index| index.height));
            let is_waiting = pool.contains(&line.txid);
            assert_eq!(line.state == HistoryState::Pending, is_waiting, "pending is what the mempool has");
            if line.height.is_some() || is_waiting {
                lasting += line.amount;
            } else {
                let is_lost = self.is_lost(session, &spenders, line.txid, &mut HashSet::new());
                let state = if is_lost { HistoryState::Conflicted } else { HistoryState::Unknown };
                assert_eq!(line.state, state, "why {} came to nothing", line.txid);
            }
        }
        assert_eq!(lasting, total.to_sat() as i64, "the history adds up to the balance");

        let used: BTreeSet<Place> = wallet
            .addresses()
            .iter()
            .filter(|address| address.used)
            .map(|address| (address.branch, address.path.steps()[4].index()))
            .collect();
        assert_eq!(used, self.used, "the used addresses");
        let received = wallet.addresses().iter().filter(|address| address.branch == Branch::Receive).count();
        assert_eq!(received, self.known(Branch::Receive) as usize, "the addresses handed out or used");
    }

    /// Whether a coin of it was spent otherwise or lost.
    fn is_lost(
        &self,
        session: &Session,
        spenders: &HashMap<OutPoint, Txid>,
        txid: Txid,
        asked: &mut HashSet<Txid>,
    ) -> bool {
        let is_here = session.mempool().contains(&txid) || session.chain().find_transaction(&txid).is_some();
        let Some(tx) = self.seen.get(&txid).filter(|_| !is_here && asked.insert(txid)) else { return false };
        tx.is_coinbase()
            || tx.inputs.iter().any(|input| {
                let rival = session.mempool().spender_of(&input.prevout);
                spenders.get(&input.prevout).is_some_and(|by| *by != txid)
                    || rival.is_some_and(|rival| self.seen.contains_key(&rival))
                    || self.is_lost(session, spenders, input.prevout.txid, asked)
            })
    }
}
