//! How a session reacts: what its node says is passed on to wallet, miner, storage and page.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Effect;
use super::commands::code_of_mempool;
use super::tab::{FOUND_KEPT, Session};
use crate::api::{Answer, FoundBlock, NodeName, Notice, Reply, ToPage, UserError};
use crate::ledger::{
    Amount, Block, BlockHash, ChainUpdate, CheckedBlock, Duration, Encodable, Script, Time, Transaction, Txid,
};
use crate::mempool::RemovalReason;
use crate::miner::{BlockTemplate, MiningInput, MiningOutput, ToMiner};
use crate::node::{Input, Output};
use crate::wallet::HistoryKind;

/// Nodes that were there before this one came, or came back, are no news.
const QUIET_AFTER_JOINING: Duration = Duration::from_secs(3);

impl Session {
    pub(super) fn peer_up(&mut self, now: Time, name: NodeName) {
        if name == self.name || !self.network_active {
            return;
        }
        let Some(peer) = self.peers.add(&name) else { return };
        // Both tabs notice each other at once; the lesser name calls, the other is called.
        let inbound = name < self.name;
        let outputs = self.node.handle(now, Input::PeerConnected { peer, name: name.0.clone(), inbound });
        self.react(now, outputs);
        if now - self.joined_at > QUIET_AFTER_JOINING {
            self.notice(Notice::PeerJoined(name));
        }
    }

    pub(super) fn peer_down(&mut self, now: Time, name: &NodeName) {
        if self.unlink(now, name) {
            self.notice(Notice::PeerLeft(name.clone()));
        }
    }

    /// Takes a peer away; whether there was one of this name.
    fn unlink(&mut self, now: Time, name: &NodeName) -> bool {
        let Some(peer) = self.peers.id(name) else { return false };
        let outputs = self.node.handle(now, Input::PeerDisconnected(peer));
        self.react(now, outputs);
        self.peers.remove(name);
        self.own.forget(name);
        true
    }

    pub(super) fn frame(&mut self, now: Time, from: &NodeName, bytes: Vec<u8>) {
        if !self.network_active {
            return;
        }
        let Some(peer) = self.peers.id(from) else { return };
        self.log.note(now, from, &self.name, &bytes, self.params.magic);
        let Some(frame) = self.hear_own(now, from, bytes) else { return };
        let outputs = self.node.handle(now, Input::Received { peer, frame });
        self.react(now, outputs);
    }

    /// Joins the other nodes or leaves them (Core `setnetworkactive`).
    pub(super) fn set_network_active(&mut self, now: Time, active: bool) {
        if self.network_active == active {
            return;
        }
        if !active {
            // It was this node that went, not the others.
            let from: Vec<NodeName> = self.peers.names().cloned().collect();
            for name in &from {
                self.unlink(now, name);
            }
            if !from.is_empty() {
                self.notice(Notice::CutOff { from });
            }
        } else {
            self.joined_at = now;
        }
        self.network_active = active;
        self.effects.push(Effect::SetNetworkActive(active));
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        if !self.opening {
            self.effects.push(Effect::ToPage(ToPage::Notice(notice)));
        }
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
                    self.log.note(now, &self.name, &to, &frame, self.params.magic);
                    self.effects.push(Effect::Send { to, bytes: frame });
                }
            }
            Output::Disconnect { peer, reason } => {
                if let Some(name) = self.peers.name(peer).cloned() {
                    self.peers.remove(&name);
                    self.own.forget(&name);
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
                    && let Some(wallet) = &mut self.wallet
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
                let error = UserError::new(crate::api::code::VERIFY_REJECTED, rule, text).facts(facts);
                self.notice(Notice::BlockRejected { hash, error, by: None });
            }
            Output::PeerRejectedOurs { peer, message, rule, hash, .. } => {
                let Some(hash) = hash else { return };
                // The peer's own words: shown, never trusted.
                let error = UserError::new(crate::api::code::VERIFY_REJECTED, rule.clone(), rule);
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

    /// A transaction came into the mempool: the wallet learns of it, and the user, if he is paid.
    fn payment_seen(&mut self, now: Time, tx: &Arc<Transaction>, fee: Amount, is_news: bool) {
        let Some(wallet) = &mut self.wallet else { return };
        wallet.mempool_added(tx, fee, now);
        let txid = tx.txid();
        if wallet.transaction(&txid).is_none() {
            return;
        }
        self.state_changed = true;
        let line = wallet.history_entry(&txid, self.node.chain().height());
        if let Some(entry) = line.filter(|entry| is_news && entry.kind == HistoryKind::Received) {
            let amount = Amount::from_sat(entry.amount.unsigned_abs());
            self.notice(Notice::Paid { txid, amount });
        }
    }

    fn store_block(&mut self, block: &Arc<Block>) {
        if self.opening {
            return;
        }
        let bytes = block.to_bytes();
        self.stored_bytes += bytes.len() as u64;
        let hash = block.block_hash();
        self.taken.push(hash);
        self.effects.push(Effect::StoreBlock { hash, bytes });
    }

    fn chain_updated(&mut self, now: Time, update: &ChainUpdate) {
        let mut returned = 0;
        let mut confirmed = Vec::new();
        // While opening, the wallet waits for the whole chain.
        if let Some(wallet) = self.wallet.as_mut().filter(|_| !self.opening) {
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
        self.spenders.apply(update);
        self.state_changed = true;
        if !self.opening {
            self.tell_of_update(update, returned, confirmed);
        }
        let tip = self.chain().tip().hash;
        self.miner(now, MiningInput::TipChanged(tip));
    }

    fn tell_of_update(&mut self, update: &ChainUpdate, returned: usize, confirmed: Vec<(Txid, u32)>) {
        let Some(tip) = update.connected.last().cloned() else { return };
        if !update.disconnected.is_empty() {
            self.notice(Notice::Reorganised {
                disconnected: count(update.disconnected.len()),
                connected: count(update.connected.len()),
                tip: tip.hash(),
                height: tip.height(),
                returned: count(returned),
            });
        } else if !self.is_syncing() {
            let card = super::views::card_of_checked(&tip);
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

    /// Gives the mining control something to react to, and does what it says.
    pub(super) fn miner(&mut self, now: Time, input: MiningInput) {
        if self.opening {
            return;
        }
        let mut outputs = VecDeque::from(self.mining.handle(now, input));
        while let Some(output) = outputs.pop_front() {
            match output {
                MiningOutput::Workers(count) => self.effects.push(Effect::MinerWorkers(count)),
                MiningOutput::Assign { worker, job } => {
                    self.effects.push(Effect::Miner { worker, message: ToMiner::Search(job) });
                }
                MiningOutput::Stop { worker } => {
                    self.effects.push(Effect::Miner { worker, message: ToMiner::Stop });
                }
                MiningOutput::NeedTemplate { script_pubkey } => {
                    if let Some(template) = self.template(now, script_pubkey) {
                        outputs.extend(self.mining.handle(now, MiningInput::Template(Box::new(template))));
                    }
                }
                MiningOutput::Solved { block, .. } => self.solved(now, *block),
                MiningOutput::Generated { id, hashes } => {
                    self.effects.push(Effect::ToPage(ToPage::Reply(Box::new(Reply {
                        id,
                        result: Ok(Answer::Rpc(serde_json::json!(hashes))),
                    }))));
                }
                MiningOutput::ModeChanged(_) => {}
                MiningOutput::Failed { reason } => self.notice(Notice::MinerFailed { reason }),
            }
        }
    }

    pub(super) fn template(&self, now: Time, script_pubkey: Option<Script>) -> Option<BlockTemplate> {
        let script = match (script_pubkey, &self.wallet) {
            (Some(script), _) => script,
            (None, Some(wallet)) => wallet.current_address().script_pubkey(),
            (None, None) => return None,
        };
        Some(BlockTemplate::build(self.chain(), self.mempool(), &script, &self.name.0, 0, now))
    }

    fn solved(&mut self, now: Time, block: Block) {
        let reward = block.transactions.first().and_then(|tx| tx.output_value()).unwrap_or_default();
        let hash = block.block_hash();
        match self.submit_block(now, block) {
            Ok(_) => self.found_block(now, hash, reward),
            Err(error) => {
                let error = UserError::new(crate::api::code::VERIFY_REJECTED, error.rule(), error.to_string())
                    .facts(error.facts());
                self.notice(Notice::BlockRejected { hash, error, by: None });
                let tip = self.chain().tip().hash;
                self.miner(now, MiningInput::TipChanged(tip));
            }
        }
    }

    pub(super) fn found_block(&mut self, now: Time, hash: BlockHash, reward: Amount) {
        let Some(height) = self.chain().index(&hash).map(|index| index.height) else { return };
        self.found_count += 1;
        self.found.push_front(FoundBlock { hash, height, time: now, active: true, reward });
        self.found.truncate(FOUND_KEPT);
        self.state_changed = true;
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
