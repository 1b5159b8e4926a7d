//! Which transaction of the active chain spent an output: the links forward that Bitcoin's own
//! data does not have.

use std::collections::BTreeMap;

use crate::ledger::{ChainUpdate, OutPoint, Txid};

/// Spent outputs of the active chain; as large as the chain's inputs are many.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Spenders(BTreeMap<OutPoint, Txid>);

impl Spenders {
    /// Follows the active chain.
    pub(in crate::session) fn apply(&mut self, update: &ChainUpdate) {
        for block in &update.disconnected {
            for spent in block.undo() {
                self.0.remove(&spent.outpoint);
            }
        }
        for block in &update.connected {
            for (index, txid) in block.txids().iter().enumerate() {
                for spent in block.spent_by(index) {
                    self.0.insert(spent.outpoint, *txid);
                }
            }
        }
    }

    /// Returns the transaction that spent this output.
    pub(in crate::session) fn get(&self, outpoint: &OutPoint) -> Option<Txid> {
        self.0.get(outpoint).copied()
    }
}
