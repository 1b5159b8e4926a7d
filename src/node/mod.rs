//! A node: what a program needs to take part in the network, without doing any I/O itself.
//!
//! It is told what happens ([`Input`]) and when, and says what to do ([`Output`]). It owns the
//! [`Chain`] and the [`Mempool`]; whatever changes them goes through it. Each of the sub-protocols
//! has its own file: the handshake, pings, headers-first sync with block download, relay of
//! transactions, misbehaviour.
//!
//! Architecture Invariant: a node reads no clock and no random source; the same inputs and seed
//! give the same outputs, byte for byte. Whatever a peer sends, nothing here panics, and nothing
//! grows past the limit that stands beside it.

mod blocks;
mod bounded;
mod download;
mod event;
mod handshake;
mod headers;
mod load;
mod misbehaviour;
mod orphans;
mod own;
mod peer;
mod ping;
mod random;
mod relay;
mod serve;
mod timers;

use std::sync::Arc;

use std::collections::BTreeMap;

use crate::ledger::{Block, BlockHash, Chain, Params, Time, Transaction, Txid};
use crate::mempool::{Mempool, MempoolLimits};
use crate::wire::{Message, Reject, RejectCode, WireError};

use bounded::BoundedSet;
use download::Downloads;
use misbehaviour::{Bans, SCORE_MALFORMED, SCORE_OUT_OF_TURN};
use orphans::Orphans;
use own::OwnTransactions;
use peer::Peer;
use relay::{MAX_REJECTED, Requests};

pub use blocks::SubmittedBlock;
pub use download::{BLOCK_TIMEOUT, MAX_BLOCKS_IN_FLIGHT, MAX_BLOCKS_PER_PEER};
pub use event::{DisconnectReason, Input, Output, PeerId, PeerState};
pub use handshake::{HANDSHAKE_RETRY, HANDSHAKE_TIMEOUT};
pub use headers::{HEADERS_POLL_BEHIND, HEADERS_POLL_EQUAL, HEADERS_TIMEOUT};
pub use load::Load;
pub use misbehaviour::{BAN_DURATION, MAX_BANS, MISBEHAVIOUR_LIMIT};
pub use orphans::{MAX_ORPHANS, ORPHAN_EXPIRY};
pub use own::{MAX_OWN_TRANSACTIONS, REBROADCAST_INTERVAL};
pub use peer::{MAX_PEERS, PeerInfo};
pub use ping::{MAX_UNANSWERED_PINGS, PING_INTERVAL};
pub use random::SplitMix64;
pub use relay::{MAX_ANNOUNCED, MAX_KNOWN_TRANSACTIONS, MAX_TRANSACTIONS_IN_FLIGHT, TRANSACTION_TIMEOUT};

/// What a node is made with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The network's numbers.
    pub params: Arc<Params>,
    /// What it calls itself (BIP-0014), see [`user_agent`](crate::wire::user_agent).
    pub user_agent: String,
    /// Where its numbers come from: the one by which it knows a link to itself, and those of pings.
    /// Two nodes must not have the same.
    pub seed: u64,
    /// How much the mempool holds.
    pub mempool: MempoolLimits,
}

/// A node.
#[derive(Debug)]
pub struct Node {
    user_agent: String,
    magic: [u8; 4],
    nonce: u64,
    random: SplitMix64,
    chain: Chain,
    mempool: Mempool,
    peers: BTreeMap<PeerId, Peer>,
    downloads: Downloads,
    requests: Requests,
    orphans: Orphans,
    /// Transactions refused since the tip last changed, so that they are not fetched again.
    rejected: BoundedSet<Txid>,
    /// Whether all blocks that peers told of were here once: before, payments can't be judged.
    caught_up: bool,
    own: OwnTransactions,
    bans: Bans,
    /// The best header that the driver was last told of.
    header_tip: BlockHash,
    /// The moment that the driver was last told to wake this node at.
    wake: Option<Time>,
    outputs: Vec<Output>,
}

/// How far the node is with fetching the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SyncProgress {
    /// Height of the best header.
    pub headers: u32,
    /// Height of the active tip.
    pub blocks: u32,
    /// Blocks asked for and not here yet.
    pub downloading: usize,
}

impl Node {
    /// A node that has the genesis block and no peers.
    pub fn new(config: Config) -> Self {
        let mut random = SplitMix64::new(config.seed);
        let magic = config.params.magic;
        let header_tip = config.params.genesis_hash();
        Self {
            user_agent: config.user_agent,
            magic,
            nonce: random.next_u64(),
            random,
            chain: Chain::new(config.params),
            mempool: Mempool::new(config.mempool),
            peers: BTreeMap::new(),
            downloads: Downloads::default(),
            requests: Requests::default(),
            orphans: Orphans::default(),
            rejected: BoundedSet::new(MAX_REJECTED),
            caught_up: false,
            own: OwnTransactions::default(),
            bans: Bans::default(),
            header_tip,
            wake: None,
            outputs: Vec::new(),
        }
    }

    /// What it calls itself.
    pub fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// Its chain.
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Its mempool.
    pub const fn mempool(&self) -> &Mempool {
        &self.mempool
    }

    /// How far it is with fetching the chain.
    pub fn sync_progress(&self) -> SyncProgress {
        SyncProgress {
            headers: self.chain.best_header().height,
            blocks: self.chain.height(),
            downloading: self.downloads.in_flight_count(),
        }
    }

    /// Tells the node what happened and when; returns what is to be done, in order.
    pub fn handle(&mut self, now: Time, input: Input) -> Vec<Output> {
        match input {
            Input::PeerConnected { peer, name, inbound } => self.connected(now, peer, name, inbound),
            Input::PeerDisconnected(peer) => self.forget_peer(now, peer),
            Input::Received { peer, frame } => self.received(now, peer, &frame),
            Input::Tick => self.tick(now),
            Input::SubmitBlock(block) => drop(self.process_block(now, block, None)),
            Input::SubmitTransaction(transaction) => drop(self.process_own_transaction(now, transaction)),
            Input::Replay(block) => self.replay(now, block),
            Input::SendUnchecked(transaction) => self.send_unchecked(&transaction),
        }
        self.finish(now)
    }

    /// Ends an input: says what changed over all, and when to wake.
    fn finish(&mut self, now: Time) -> Vec<Output> {
        let best = self.chain.best_header();
        if best.hash != self.header_tip {
            self.header_tip = best.hash;
            self.outputs.push(Output::HeaderTipChanged { hash: best.hash, height: best.height });
        }
        if let Some(at) = self.next_wake(now)
            && self.wake != Some(at)
        {
            self.wake = Some(at);
            self.outputs.push(Output::Wake { at });
        }
        std::mem::take(&mut self.outputs)
    }

    fn received(&mut self, now: Time, id: PeerId, frame: &[u8]) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.bytes_received += frame.len() as u64;
        match Message::decode(frame, self.magic) {
            Ok(message) => self.on_message(now, id, message),
            Err(error @ WireError::Payload { .. }) => {
                self.send_malformed(id, &error);
                self.misbehaving(now, id, SCORE_MALFORMED, error.rule());
            }
            Err(WireError::Magic { .. }) => self.disconnect(now, id, DisconnectReason::OtherNetwork),
            Err(error) => self.disconnect(now, id, DisconnectReason::BadFrame(error)),
        }
    }

    fn send_malformed(&mut self, id: PeerId, error: &WireError) {
        if let WireError::Payload { command, error } = error
            // A reject of a reject would go on for ever.
            && command != "reject"
        {
            let reason = error.to_string();
            let reject = Reject { message: command.clone(), code: RejectCode::Malformed, reason, hash: None };
            self.send(id, &Message::Reject(reject));
        }
    }

    fn on_message(&mut self, now: Time, id: PeerId, message: Message) {
        let Some(peer) = self.peers.get(&id) else { return };
        match message {
            Message::Version(version) => self.on_version(now, id, *version),
            Message::Verack => self.on_verack(now, id),
            Message::Reject(reject) => self.on_reject(id, reject),
            Message::Unknown { .. } => {}
            // Said by a peer that has finished the handshake while our side of it was lost: no fault.
            _ if !peer.is_ready() && peer.version.is_some() => {}
            _ if !peer.is_ready() => self.misbehaving(now, id, SCORE_OUT_OF_TURN, "message-before-version"),
            Message::Ping(nonce) => self.send(id, &Message::Pong(nonce)),
            Message::Pong(nonce) => self.on_pong(now, id, nonce),
            Message::SendHeaders => self.on_send_headers(id),
            Message::GetHeaders(question) => self.on_get_headers(now, id, &question),
            Message::Headers(headers) => self.on_headers(now, id, &headers),
            Message::Inv(items) => self.on_inv(now, id, &items),
            Message::GetData(items) => self.on_get_data(id, &items),
            Message::NotFound(items) => self.on_not_found(now, id, &items),
            Message::Tx(transaction) => self.on_transaction(now, id, Arc::unwrap_or_clone(transaction)),
            Message::Block(block) => self.on_block(now, id, Arc::unwrap_or_clone(block)),
            Message::Mempool => self.on_mempool(id),
        }
    }

    fn on_reject(&mut self, peer: PeerId, reject: Reject) {
        let Reject { message, code, reason, hash } = reject;
        self.outputs.push(Output::PeerRejectedOurs { peer, message, code, rule: reason, hash });
    }

    /// Encodes and sends a message, if the peer is still there.
    fn send(&mut self, id: PeerId, message: &Message) {
        if let Some(peer) = self.peers.get_mut(&id) {
            let frame = message.encode(self.magic);
            peer.bytes_sent += frame.len() as u64;
            self.outputs.push(Output::Send { peer: id, frame });
        }
    }

    fn send_unchecked(&mut self, transaction: &Transaction) {
        let message = Message::Tx(Arc::new(transaction.clone()));
        for id in self.ready_peers() {
            self.send(id, &message);
        }
    }

    /// Takes in a block of this node's own; the result and what is to be done.
    pub fn submit_block(
        &mut self,
        now: Time,
        block: Block,
    ) -> (Result<SubmittedBlock, crate::ledger::rules::BlockError>, Vec<Output>) {
        let result = self.process_block(now, block, None);
        (result, self.finish(now))
    }

    /// Takes in a transaction of this node's own, and announces it now and again until it is in a
    /// block; the result and what is to be done.
    pub fn submit_transaction(
        &mut self,
        now: Time,
        transaction: Transaction,
    ) -> (Result<Txid, crate::mempool::MempoolError>, Vec<Output>) {
        let result = self.process_own_transaction(now, transaction);
        (result, self.finish(now))
    }
}
