//! How a session reacts: what its node says is passed on to wallet, miner, storage and page.

use std::sync::Arc;

use super::Session;
use crate::api::{Notice, UserError, code};
use crate::ledger::rules::BlockError;
use crate::ledger::{Amount, Block, BlockHash, ChainUpdate, CheckedBlock, Encodable, Time, Transaction, Txid};
use crate::mempool::{MempoolError, RemovalReason};
use crate::miner::MiningInput;
use crate::node::{Output, SubmittedBlock};
use crate::session::Effect;
use crate::session::own::OwnInput;
use crate::session::refusal::code_of_mempool;
use crate::session::views::{card_of_checked, to_u32};
use crate::wallet::HistoryKind;

impl Session {
    /// Takes a transaction into the mempool and sends it to the peers.
    pub(in crate::session) fn submit_transaction(&mut self, now: Time, tx: Transaction) -> Result<Txid, MempoolError> {
        let (result, outputs) = self.state.node.submit_transaction(now, tx);
        self.react(now, outputs);
        result
    }

    /// Takes a block and sends it to the peers.
    pub(in crate::session) fn submit_block(&mut self, now: Time, block: Block) -> Result<SubmittedBlock, BlockError> {
        let (result, outputs) = self.state.node.submit_block(now, block);
        self.react(now, outputs);
        result
    }

    /// Passes on what the node says, in its order.
    pub(super) fn react(&mut self, now: Time, outputs: Vec<Output>) {
        for output in outputs {
            self.react_to(now, output);
        }
    }

    fn react_to(&mut self, now: Time, output: Output) {
        match output {
            Output::Send { peer, frame } => {
                if let Some(to) = self.peers.name(peer).cloned() {
                    self.send(now, to, frame);
                }
            }
            Output::Disconnect { peer, reason } => {
                if let Some(name) = self.peers.name(peer).cloned() {
                    self.state.peers.remove(&name);
                    self.give_own(now, OwnInput::PeerGone(name.clone()));
                    self.effects.push(Effect::Disconnect { peer: name.clone(), until: reason.until() });
                    if reason.until().is_some() {
                        let rule = reason.rule().unwrap_or_default().to_owned();
                        self.notice(Notice::PeerBanned { name, rule, reason: reason.to_string() });
                    }
                }
            }
            Output::StoreBlock(block) => self.store_block(&block),
            Output::ChainUpdated(update) => self.chain_updated(now, &update),
            Output::MempoolAdded { tx, fee, from } => {
                self.payment_seen(now, &tx, fee, from.is_some());
            }
            Output::MempoolRemoved { txid, reason } => {
                if !matches!(reason, RemovalReason::Confirmed { .. })
                    && let Some(wallet) = &mut self.state.wallet
                {
                    wallet.mempool_removed(&txid);
                    self.state_changed = true;
                }
            }
            Output::TransactionRejected { txid, rule, facts, text, from } => {
                // Refusals of what this user sent are answered to the request itself.
                if from.is_some() {
                    let error = UserError::new(code_of_mempool(rule), rule, text).facts(facts);
                    self.notice(Notice::TransactionRejected { txid, error, by: None });
                }
            }
            Output::BlockRejected { hash, rule, facts, text, .. } => {
                let error = UserError::new(code::VERIFY_REJECTED, rule, text).facts(facts);
                self.notice(Notice::BlockRejected { hash, error, by: None });
            }
            Output::PeerRejectedOurs { peer, message, rule, hash, .. } => {
                let Some(hash) = hash else { return };
                // The peer's own words: shown, never trusted.
                let error = UserError::new(code::VERIFY_REJECTED, rule.clone(), rule);
                let by = self.peers.name(peer).cloned();
                if message == "block" {
                    self.notice(Notice::BlockRejected { hash: BlockHash::from_bytes(hash), error, by });
                } else {
                    self.notice(Notice::TransactionRejected { txid: Txid::from_bytes(hash), error, by });
                }
            }
            Output::HeaderTipChanged { .. } | Output::PeerStateChanged { .. } => {}
            Output::Wake { at } => self.node_wake = Some(at),
        }
    }

    /// Takes note of a transaction that came into the mempool: the wallet learns of it, and the user, if he is paid.
    fn payment_seen(&mut self, now: Time, tx: &Arc<Transaction>, fee: Amount, is_news: bool) {
        let Some(wallet) = &mut self.state.wallet else { return };
        wallet.mempool_added(tx, fee, now);
        let txid = tx.txid();
        if wallet.transaction(&txid).is_none() {
            return;
        }
        self.state_changed = true;
        let line = wallet.history_entry(&txid, self.state.node.chain().height());
        if let Some(entry) = line.filter(|entry| is_news && entry.kind == HistoryKind::Received) {
            let amount = Amount::from_sat(entry.amount.unsigned_abs());
            self.notice(Notice::Paid { txid, amount });
        }
    }

    /// Has a new block kept.
    fn store_block(&mut self, block: &Arc<Block>) {
        if self.opening {
            return;
        }
        let bytes = block.to_bytes();
        self.state.stored_bytes += bytes.len() as u64;
        let hash = block.block_hash();
        self.state.taken.push(hash);
        self.effects.push(Effect::StoreBlock { hash, bytes });
    }

    /// Follows the active chain with the wallet, the miner and the rest.
    fn chain_updated(&mut self, now: Time, update: &ChainUpdate) {
        let mut returned = 0;
        let mut confirmed = Vec::new();
        // While opening, the wallet waits for the whole chain.
        if let Some(wallet) = self.state.wallet.as_mut().filter(|_| !self.opening) {
            wallet.apply(update);
            // The first transaction of a block is its reward: nobody's payment.
            let payments = |block: &Arc<CheckedBlock>| {
                let own = block.txids().iter().skip(1).filter(|txid| wallet.transaction(txid).is_some());
                own.copied().collect::<Vec<Txid>>()
            };
            returned = update.disconnected.iter().map(|block| payments(block).len()).sum();
            for block in &update.connected {
                confirmed.extend(payments(block).into_iter().map(|txid| (txid, block.height())));
            }
        }
        self.state.spenders.apply(update);
        self.state_changed = true;
        if !self.opening {
            self.tell_of_update(update, returned, confirmed);
        }
        let tip = self.chain().tip().hash;
        self.miner(now, MiningInput::TipChanged(tip));
    }

    /// Tells the user what a change of the active chain means.
    fn tell_of_update(&mut self, update: &ChainUpdate, returned: usize, confirmed: Vec<(Txid, u32)>) {
        let Some(tip) = update.connected.last().cloned() else { return };
        if !update.disconnected.is_empty() {
            self.notice(Notice::Reorganised {
                disconnected: to_u32(update.disconnected.len()),
                connected: to_u32(update.connected.len()),
                tip: tip.hash(),
                height: tip.height(),
                returned: to_u32(returned),
            });
        } else if !self.is_syncing() {
            let card = card_of_checked(&tip);
            self.notice(Notice::BlockFound {
                hash: card.hash,
                height: card.height,
                here: card.miner == self.name,
                miner: card.miner,
                tx_count: card.tx_count,
                fees: card.fees,
            });
        }
        if update.connected.len() <= 2 {
            for (txid, height) in confirmed {
                self.notice(Notice::Confirmed { txid, height });
            }
        }
    }
}
