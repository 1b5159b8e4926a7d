//! A session: one tab's node, wallet and miner, and what they say to each other.
//!
//! Sans-IO: time and entropy come in, effects go out. The same inputs give the same effects.

use std::collections::VecDeque;
use std::sync::Arc;

use super::by_hand::ByHand;
use super::log::MessageLog;
use super::own::Own;
use super::peers::PeerNames;
use super::previews::Previews;
use super::publish::Publisher;
use super::react::count;
use super::spenders::Spenders;
use super::stored::{Settings, StoredState};
use super::sweep::Sweeping;
use super::{Effect, SessionInput};
use crate::api::{
    Answer, EarlierChain, EasyBlock, Feature, FoundBlock, MiningMode, NodeName, NodeView, Notice, Reply, RestoredView,
    StorageState, ToPage, UserError, View, Watch,
};
use crate::ledger::rules::BlockError;
use crate::ledger::{Amount, Block, BlockHash, Chain, Decodable, Network, OutPoint, Params, Time, Transaction, Txid};
use crate::mempool::{Mempool, MempoolEntry, MempoolError, MempoolLimits};
use crate::miner::{MiningControl, MiningInput};
use crate::node::{Config, Input, Node, PeerInfo, SubmittedBlock, SyncProgress};
use crate::wallet::{Mnemonic, PooledTransaction, Wallet};
use crate::wire::user_agent;

/// Blocks of its own that a node remembers having found.
pub(super) const FOUND_KEPT: usize = 50;

/// What a session starts from.
#[derive(Clone)]
pub struct SessionConfig {
    /// This node's name, unique among open tabs.
    pub name: NodeName,
    /// The release of the app that runs it; empty for one that is none.
    pub release: String,
    /// The network.
    pub network: Network,
    /// The room; empty for the public one.
    pub room: String,
    /// Fresh random bytes: 16 for a new wallet, 8 for the node's nonces.
    pub entropy: [u8; 24],
    /// The stored state's JSON, if this node was open before.
    pub stored: Option<String>,
    /// Where blocks are kept.
    pub storage: StorageState,
}

/// One tab's node, wallet and miner.
pub struct Session {
    pub(super) name: NodeName,
    pub(super) params: Arc<Params>,
    pub(super) node: Node,
    pub(super) wallet: Option<Wallet>,
    pub(super) mining: MiningControl,
    pub(super) by_hand: ByHand,
    pub(super) hand_headers_made: u64,
    /// What this node had by earlier rules, until the user has read of it.
    pub(super) earlier: Option<EarlierChain>,
    pub(super) settings: Settings,
    pub(super) peers: PeerNames,
    pub(super) own: Own,
    pub(super) log: MessageLog,
    pub(super) spenders: Spenders,
    pub(super) previews: Previews,
    pub(super) sweeping: Sweeping,
    pub(super) watch: Watch,
    pub(super) publisher: Publisher,
    pub(super) storage: StorageState,
    pub(super) missing: Vec<Feature>,
    pub(super) stored_bytes: u64,
    /// Every block that is here, in the order in which it was taken.
    pub(super) taken: Vec<BlockHash>,
    pub(super) network_active: bool,
    pub(super) found: VecDeque<FoundBlock>,
    pub(super) found_count: u64,
    /// When its stored blocks were back.
    pub(super) opened_at: Time,
    /// When it began to take part in the network, first or again.
    pub(super) joined_at: Time,
    /// When it last did something.
    pub(super) now: Time,
    /// Stored blocks are being replayed: nothing is stored again, nobody is told.
    pub(super) opening: bool,
    pub(super) state_changed: bool,
    pub(super) node_wake: Option<Time>,
    pub(super) effects: Vec<Effect>,
}

impl Session {
    /// A session whose stored blocks are still to be given to [`Session::replay`].
    ///
    /// # Errors
    /// A stored state that can't be read; the caller decides whether to begin anew.
    pub fn open(config: SessionConfig, now: Time) -> Result<Self, UserError> {
        let params = Arc::new(Params::new(config.network, &config.room));
        let stored: Option<StoredState> = config
            .stored
            .as_deref()
            .map(|json| {
                serde_json::from_str(json).map_err(|error| {
                    UserError::new(-1, "stored-state-unreadable", format!("the stored state can't be read: {error}"))
                        .fact("reason", error)
                })
            })
            .transpose()?;
        let (entropy, seed) = split_entropy(config.entropy);
        let wallet = match (config.network, stored.as_ref().and_then(|state| state.wallet.clone())) {
            (Network::Mainnet, _) => None,
            (_, Some(wallet)) => Some(Wallet::from_stored(&wallet, params.clone()).map_err(|error| {
                UserError::new(-1, "stored-state-unreadable", format!("the stored wallet can't be read: {error}"))
                    .fact("reason", error)
            })?),
            (_, None) => Some(Wallet::create(entropy, params.clone())),
        };
        let node = Node::new(Config {
            params: params.clone(),
            user_agent: user_agent(&config.name.0, &config.release),
            seed,
            mempool: MempoolLimits::default(),
        });
        let settings = stored.as_ref().map(|state| state.settings.clone()).unwrap_or_default();
        let mut mining = MiningControl::new(node.chain().tip().hash);
        mining.handle(now, MiningInput::SetPower(settings.power));
        mining.handle(now, MiningInput::SetThreads(settings.threads));
        let earlier = stored.as_ref().and_then(|state| state.earlier);
        let (found, found_count) = stored.map(|state| (state.found, state.found_count)).unwrap_or_default();
        Ok(Self {
            name: config.name,
            params,
            node,
            wallet,
            mining,
            by_hand: ByHand::default(),
            hand_headers_made: 0,
            earlier,
            settings,
            peers: PeerNames::default(),
            own: Own::default(),
            log: MessageLog::default(),
            spenders: Spenders::default(),
            previews: Previews::default(),
            sweeping: Sweeping::default(),
            watch: Watch::default(),
            publisher: Publisher::default(),
            storage: config.storage,
            missing: Vec::new(),
            stored_bytes: 0,
            taken: Vec::new(),
            network_active: true,
            found: found.into_iter().take(FOUND_KEPT).collect(),
            found_count,
            opened_at: now,
            joined_at: now,
            now,
            opening: true,
            state_changed: false,
            node_wake: None,
            effects: Vec::new(),
        })
    }

    /// Takes a stored block back, parents first. A block that no longer fits is left out: it will
    /// come from the peers again.
    ///
    /// # Errors
    /// Bytes that are no block, or a block that breaks a rule.
    pub fn replay(&mut self, now: Time, bytes: &[u8]) -> Result<(), UserError> {
        let mut reader = crate::ledger::Reader::new(bytes);
        let block = Block::decode(&mut reader).map_err(|error| {
            UserError::new(-22, "stored-block-unreadable", format!("a stored block can't be read: {error}"))
                .fact("reason", error)
        })?;
        self.stored_bytes += bytes.len() as u64;
        let hash = block.block_hash();
        let is_new = !self.has_block(&hash);
        let outputs = self.node.handle(now, Input::Replay(block));
        self.react(now, outputs);
        if is_new && self.has_block(&hash) {
            self.taken.push(hash);
        }
        self.effects.clear();
        Ok(())
    }

    /// All stored blocks are back: the wallet finds its coins in them, own waiting payments are
    /// taken up, and the page is told.
    pub fn opened(&mut self, now: Time) -> Vec<Effect> {
        self.now = now;
        if let Some(wallet) = &mut self.wallet {
            wallet.scan(self.node.chain());
        }
        let waiting = self.wallet.as_ref().map(Wallet::unconfirmed_transactions).unwrap_or_default();
        for tx in waiting {
            // What builds on a payment that is not here is refused: it waits no longer, until it is sent again.
            let (_, outputs) = self.node.submit_transaction(now, Transaction::clone(&tx));
            self.react(now, outputs);
        }
        self.wallet_catches_up();
        self.effects.clear();
        self.opened_at = now;
        self.joined_at = now;
        self.opening = false;
        self.state_changed = true;
        let view = self.node_view();
        self.publisher.is_news(&View::Node(view.clone()));
        self.effects.push(Effect::ToPage(ToPage::Ready(Box::new(view))));
        self.effects.push(Effect::MinerWorkers(0));
        self.finish(now)
    }

    /// Something happened; what is to be done about it, in this order.
    pub fn handle(&mut self, now: Time, input: SessionInput) -> Vec<Effect> {
        self.now = now;
        match input {
            SessionInput::PeerUp(name) => self.peer_up(now, name),
            SessionInput::PeerDown(name) => self.peer_down(now, &name),
            SessionInput::Frame { from, bytes } => self.frame(now, &from, bytes),
            SessionInput::Page(request) => self.command(now, request),
            SessionInput::Miner { worker, message } => self.miner(now, MiningInput::Worker { worker, message }),
            SessionInput::MinerFailed { worker, reason } => {
                self.miner(now, MiningInput::WorkerFailed { worker, reason });
            }
            SessionInput::Tick => {
                let outputs = self.node.handle(now, Input::Tick);
                self.react(now, outputs);
                self.miner(now, MiningInput::Tick);
            }
            SessionInput::Missing(features) => self.missing = features,
            SessionInput::Storage(state) => self.storage_changed(state),
            SessionInput::StoredNodes { id, result } => {
                self.effects.push(Effect::ToPage(ToPage::Reply(Box::new(Reply {
                    id,
                    result: result.map(Answer::StoredNodes),
                }))));
            }
        }
        self.finish(now)
    }

    fn storage_changed(&mut self, state: StorageState) {
        match (&self.storage, &state) {
            (StorageState::Stored, StorageState::Unsaved(unsaved)) => {
                let (trouble, reason) = (unsaved.trouble, unsaved.reason.clone());
                self.notice(Notice::StorageFailed { trouble, reason });
            }
            (StorageState::Unsaved(_), StorageState::Stored) => self.notice(Notice::StorageBack),
            _ => {}
        }
        self.storage = state;
    }

    /// Stores and publishes what changed, and says when to be called again.
    fn finish(&mut self, now: Time) -> Vec<Effect> {
        self.wallet_catches_up();
        self.tell_own(now);
        if self.state_changed && !self.opening {
            self.state_changed = false;
            if let Some(json) = self.state_json() {
                self.effects.push(Effect::StoreState { json, height: self.chain().height() });
            }
        }
        self.keep_hand_header(now);
        let answers_due = self.own.pass_time(now);
        let publish_at = self.publish(now);
        let wake = [self.node_wake, self.mining.wake_at(), self.easy_block_at(), answers_due, publish_at];
        let wake = wake.into_iter().flatten().min();
        if let Some(at) = wake {
            self.effects.push(Effect::WakeAt(at));
        }
        std::mem::take(&mut self.effects)
    }

    /// All that is kept beside the blocks, as it is now.
    pub fn state_json(&self) -> Option<String> {
        serde_json::to_string(&self.stored_state()).ok()
    }

    /// Every block that is here, in the order in which it was taken: only in this order may they be replayed.
    pub fn blocks_taken(&self) -> &[BlockHash] {
        &self.taken
    }

    fn has_block(&self, hash: &BlockHash) -> bool {
        self.chain().index(hash).is_some_and(crate::ledger::BlockIndex::has_block)
    }

    fn stored_state(&self) -> StoredState {
        StoredState {
            wallet: self.wallet.as_ref().map(Wallet::to_stored),
            settings: self.settings.clone(),
            found: self.found.iter().cloned().collect(),
            found_count: self.found_count,
            earlier: self.earlier,
        }
    }

    /// Replaces the wallet by the one of these words and finds its coins in the chain, passing over
    /// `gap` unused addresses in a row.
    pub(super) fn restore_wallet(&mut self, mnemonic: Mnemonic, gap: u32) -> RestoredView {
        let mut wallet = Wallet::restore(mnemonic, "", self.params.clone());
        wallet.widen_gap(gap);
        wallet.scan(self.node.chain());
        let mempool = pooled(self.node.mempool());
        mempool.iter().for_each(|pooled| wallet.mempool_added(&pooled.tx, pooled.fee, pooled.time));
        wallet.catch_up(self.node.chain(), &mempool);
        wallet.mark_words_backed_up();
        // What other tabs told is this tab's knowledge, whichever wallet it has.
        self.wallet.iter().for_each(|before| wallet.take_names_of(before));
        let found = RestoredView {
            gap: wallet.gap(),
            looked_at: wallet.watched_keys(),
            used: count(wallet.addresses().iter().filter(|address| address.used).count()),
            transactions: wallet.transaction_count(),
            total: wallet.balance(self.chain().height()).total(),
        };
        self.wallet = Some(wallet);
        // Their rewards would go to the wallet that was.
        self.by_hand = ByHand::default();
        self.previews = Previews::default();
        self.sweeping = Sweeping::default();
        self.state_changed = true;
        found
    }

    /// Lets the wallet find what the last changes alone did not show.
    fn wallet_catches_up(&mut self) {
        let Some(wallet) = self.wallet.as_mut().filter(|wallet| wallet.is_behind()) else { return };
        wallet.catch_up(self.node.chain(), &pooled(self.node.mempool()));
        for tx in wallet.take_unblocked() {
            let (_, outputs) = self.node.submit_transaction(self.now, Transaction::clone(&tx));
            self.react(self.now, outputs);
        }
    }
}

/// What views, commands and calls ask of a session.
impl Session {
    /// Whether the words were written down; there is nothing to write down without a wallet.
    pub(super) fn words_backed_up(&self) -> bool {
        self.wallet.as_ref().is_none_or(Wallet::words_backed_up)
    }

    /// This node's name.
    pub const fn name(&self) -> &NodeName {
        &self.name
    }

    /// The network's parameters.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// The block tree and its active chain.
    pub fn chain(&self) -> &Chain {
        self.node.chain()
    }

    /// The waiting transactions.
    pub fn mempool(&self) -> &Mempool {
        self.node.mempool()
    }

    /// The wallet; none on mainnet.
    pub const fn wallet(&self) -> Option<&Wallet> {
        self.wallet.as_ref()
    }

    /// The header bar as it is now.
    pub fn node_view(&self) -> NodeView {
        super::views::node(self)
    }

    pub(super) fn peers(&self) -> Vec<PeerInfo> {
        self.node.peers()
    }

    pub(super) const fn network_active(&self) -> bool {
        self.network_active
    }

    pub(super) const fn stored_bytes(&self) -> u64 {
        self.stored_bytes
    }

    pub(super) fn storage_warning(&self) -> Option<String> {
        self.storage.warning()
    }

    pub(super) fn is_syncing(&self) -> bool {
        self.sync_progress().is_some()
    }

    /// How far the catching up is; none when there is nothing to catch up with.
    pub(super) fn sync_progress(&self) -> Option<SyncProgress> {
        Some(self.node.sync_progress()).filter(|progress| progress.headers > progress.blocks)
    }

    pub(super) fn is_mining(&self) -> bool {
        self.mining.mode() != MiningMode::Off
    }

    pub(super) fn hash_rate(&self) -> f64 {
        self.mining.stats(self.now).hash_rate
    }

    /// The compact target of a block on the tip, if it were made now.
    pub(super) fn next_bits(&self) -> u32 {
        self.chain().next_bits(&self.chain().tip().hash, self.chain().next_block_time(self.now))
    }

    /// Why a block on the tip may be one of minimum difficulty now, if it may.
    pub(super) fn easy_block(&self) -> Option<EasyBlock> {
        let chain = self.chain();
        let tip = chain.tip();
        (chain.next_block_time(self.now) >= chain.easy_block_from()?).then(|| EasyBlock {
            after_secs: self.params.min_difficulty_after_secs().unwrap_or_default(),
            ordinary_zero_bits: super::views::zero_bits(chain.next_bits(&tip.hash, tip.header.time)),
            is_first: tip.height == 0,
        })
    }

    /// When a block of minimum difficulty will be allowed on the tip, if that is still to come.
    fn easy_block_at(&self) -> Option<Time> {
        let from = self.chain().easy_block_from()?;
        (self.chain().next_block_time(self.now) < from).then(|| Time::from_millis(u64::from(from.0) * 1000))
    }

    /// A transaction, waiting or in a block of the active chain, and that block.
    pub(super) fn find_transaction(&self, txid: &Txid) -> Option<(Arc<Transaction>, Option<BlockHash>)> {
        if let Some(entry) = self.mempool().get(txid) {
            return Some((entry.tx.clone(), None));
        }
        let (hash, position) = self.chain().find_transaction(txid)?;
        let block = self.chain().block(&hash)?;
        Some((Arc::new(block.transactions.get(position)?.clone()), Some(hash)))
    }

    /// A transaction's fee: from its block's undo data, the mempool, or the coins it would spend.
    pub(super) fn fee_of(&self, tx: &Transaction, block: Option<&BlockHash>) -> Option<Amount> {
        if tx.is_coinbase() {
            return None;
        }
        let txid = tx.txid();
        if let Some(entry) = self.mempool().get(&txid) {
            return Some(entry.fee);
        }
        super::views::fee(tx, &super::views::spent_coins(self, tx, block))
    }

    /// The transaction that spends an output, waiting or in the active chain.
    pub(super) fn spender_of(&self, outpoint: &OutPoint) -> Option<Txid> {
        self.mempool().spender_of(outpoint).or_else(|| self.spenders.get(outpoint))
    }

    /// Checks a transaction as if it were submitted; its fee if it would be taken.
    pub(super) fn test_transaction(&self, now: Time, tx: &Transaction) -> Result<Amount, MempoolError> {
        self.mempool().test(tx, self.chain(), now).map(|entry| entry.fee)
    }

    /// Takes a transaction into the mempool and sends it to the peers.
    pub(super) fn submit_transaction(&mut self, now: Time, tx: Transaction) -> Result<Txid, MempoolError> {
        let (result, outputs) = self.node.submit_transaction(now, tx);
        self.react(now, outputs);
        result
    }

    /// Takes a block and sends it to the peers.
    pub(super) fn submit_block(&mut self, now: Time, block: Block) -> Result<SubmittedBlock, BlockError> {
        let (result, outputs) = self.node.submit_block(now, block);
        self.react(now, outputs);
        result
    }
}

/// All that waits, in the order of its coming.
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

fn split_entropy(entropy: [u8; 24]) -> ([u8; 16], u64) {
    let mut words = [0; 16];
    words.copy_from_slice(&entropy[..16]);
    let mut seed = [0; 8];
    seed.copy_from_slice(&entropy[16..]);
    (words, u64::from_le_bytes(seed))
}
