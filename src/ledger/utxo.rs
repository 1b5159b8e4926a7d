//! The coins there are: every output made and not yet spent, of the active chain.
//!
//! The set is only ever changed by whole blocks that passed the rules, forwards and backwards;
//! what a block spent is kept beside it, so that taking it away again is exact.

use std::collections::BTreeMap;

use super::{Amount, CheckedBlock, Coin, OutPoint, SpentCoin, Transaction, Txid};

/// All coins of the active chain, in the order of their outpoints.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UtxoSet {
    coins: BTreeMap<OutPoint, Coin>,
    /// Sum of all coins, kept because views ask for it often.
    total_sat: u64,
}

impl UtxoSet {
    /// The coin at `outpoint`, if it exists and is unspent.
    pub fn get(&self, outpoint: &OutPoint) -> Option<&Coin> {
        self.coins.get(outpoint)
    }

    /// Whether any output of this transaction is unspent.
    pub fn has_any_of(&self, txid: &Txid) -> bool {
        self.of_transaction(txid).next().is_some()
    }

    /// The unspent outputs of one transaction, in order.
    pub fn of_transaction<'a>(&'a self, txid: &Txid) -> impl Iterator<Item = (&'a OutPoint, &'a Coin)> + use<'a> {
        let first = OutPoint { txid: *txid, vout: 0 };
        let last = OutPoint { txid: *txid, vout: u32::MAX };
        self.coins.range(first..=last)
    }

    /// How many coins there are.
    pub fn len(&self) -> usize {
        self.coins.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.coins.is_empty()
    }

    /// Every coin, ordered by outpoint.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPoint, &Coin)> {
        self.coins.iter()
    }

    /// The sum of all coins: the money there is.
    pub fn total(&self) -> Amount {
        Amount::from_sat(self.total_sat)
    }

    /// Applies a block that passed the rules on this very set.
    pub(super) fn connect(&mut self, block: &CheckedBlock) {
        for created in new_coins(block) {
            self.insert(created.outpoint, created.coin);
        }
        // After the new ones: a coin may be made and spent in one block.
        for spent in block.undo() {
            self.remove(&spent.outpoint);
        }
    }

    /// Takes the last block that was connected away again; the set is as it was before.
    pub(super) fn disconnect(&mut self, block: &CheckedBlock) {
        for created in new_coins(block) {
            self.remove(&created.outpoint);
        }
        for spent in block.undo().iter().chain(block.overwritten()) {
            // What was made in this very block did not exist before it.
            if spent.coin.height < block.height() {
                self.insert(spent.outpoint, spent.coin.clone());
            }
        }
    }

    fn insert(&mut self, outpoint: OutPoint, coin: Coin) {
        self.total_sat += coin.output.value.to_sat();
        if let Some(before) = self.coins.insert(outpoint, coin) {
            self.total_sat -= before.output.value.to_sat();
        }
    }

    fn remove(&mut self, outpoint: &OutPoint) {
        if let Some(coin) = self.coins.remove(outpoint) {
            self.total_sat -= coin.output.value.to_sat();
        }
    }
}

/// The coins that a transaction makes; outputs that no one can ever spend are not coins.
pub(super) fn coins_of<'a>(
    transaction: &'a Transaction,
    txid: Txid,
    height: u32,
) -> impl Iterator<Item = SpentCoin> + use<'a> {
    let coinbase = transaction.is_coinbase();
    transaction.outputs.iter().zip(0_u32..).filter(|(output, _)| !output.script_pubkey.is_unspendable()).map(
        move |(output, vout)| SpentCoin {
            outpoint: OutPoint { txid, vout },
            coin: Coin { output: output.clone(), height, coinbase },
        },
    )
}

fn new_coins(block: &CheckedBlock) -> impl Iterator<Item = SpentCoin> + '_ {
    block
        .block()
        .transactions
        .iter()
        .zip(block.txids())
        .flat_map(|(transaction, txid)| coins_of(transaction, *txid, block.height()))
}
