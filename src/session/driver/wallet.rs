//! The wallet in its session: new addresses, another wallet from its words, what the chain shows it.

use std::sync::Arc;

use super::Session;
use crate::api::{AddressView, RestoredView, UserError};
use crate::keys::Mnemonic;
use crate::ledger::Transaction;
use crate::mempool::{Mempool, MempoolEntry};
use crate::session::refusal::wallet_missing;
use crate::session::state::{Previews, Sweeping};
use crate::session::views::{self, to_u32};
use crate::wallet::{Branch, PooledTransaction, Wallet};

impl Session {
    /// Makes a new receiving address.
    pub(in crate::session) fn new_address(&mut self, label: &str) -> Result<AddressView, UserError> {
        let wallet = self.state.wallet.as_mut().ok_or_else(wallet_missing)?;
        let address = wallet.new_address(Branch::Receive);
        wallet.set_label(&address, label);
        let entry = wallet.addresses().into_iter().find(|entry| entry.address == address);
        self.state_changed = true;
        entry.map(|entry| views::address(&entry)).ok_or_else(wallet_missing)
    }

    /// Replaces the wallet by the one of these words and finds its coins in the chain, passing over
    /// `gap` unused addresses in a row.
    pub(super) fn restore_wallet(&mut self, mnemonic: Mnemonic, gap: u32) -> RestoredView {
        let mut wallet = Wallet::restore(mnemonic, "", self.state.params.clone());
        wallet.widen_gap(gap);
        wallet.scan(self.state.node.chain());
        let mempool = pooled(self.state.node.mempool());
        mempool.iter().for_each(|pooled| wallet.mempool_added(&pooled.tx, pooled.fee, pooled.time));
        wallet.catch_up(self.state.node.chain(), &mempool);
        wallet.mark_words_backed_up();
        // What other tabs told is this tab's knowledge, whichever wallet it has.
        self.wallet.iter().for_each(|before| wallet.take_names_of(before));
        let found = RestoredView {
            gap: wallet.gap(),
            looked_at: wallet.watched_keys(),
            used: to_u32(wallet.addresses().iter().filter(|address| address.used).count()),
            transactions: wallet.transaction_count(),
            total: wallet.balance(self.chain().height()).total(),
        };
        self.state.wallet = Some(wallet);
        // Their rewards would go to the wallet that was.
        self.state.by_hand.forget();
        self.state.previews = Previews::default();
        self.state.sweeping = Sweeping::default();
        self.state_changed = true;
        found
    }

    /// Lets the wallet find what the last changes alone did not show.
    pub(super) fn wallet_catches_up(&mut self) {
        let Some(wallet) = self.state.wallet.as_mut().filter(|wallet| wallet.is_behind()) else { return };
        wallet.catch_up(self.state.node.chain(), &pooled(self.state.node.mempool()));
        for tx in wallet.take_unblocked() {
            let (_, outputs) = self.state.node.submit_transaction(self.now, Transaction::clone(&tx));
            self.react(self.now, outputs);
        }
    }
}

/// Lists all that waits, in the order of its coming.
fn pooled(mempool: &Mempool) -> Vec<PooledTransaction> {
    let mut entries: Vec<_> = mempool.iter().collect();
    entries.sort_unstable_by_key(|entry| entry.arrival);
    let pooled = |entry: &MempoolEntry| PooledTransaction {
        txid: entry.txid,
        tx: Arc::clone(&entry.tx),
        fee: entry.fee,
        time: entry.time,
    };
    entries.into_iter().map(pooled).collect()
}
