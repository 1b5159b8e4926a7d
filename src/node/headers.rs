//! Headers first: ask each peer what comes after what we have, check the work, and only then
//! fetch blocks (Core since 0.10).
//!
//! Links may lose messages, so what was asked is asked again after a while, and now and then a peer
//! is asked even if nothing seems to be new.

use super::misbehaviour::{SCORE_BAD_HEADERS, SCORE_INVALID_BLOCK};
use super::{DisconnectReason, Node, Output, PeerId};
use crate::ledger::rules::HeaderError;
use crate::ledger::{BlockHash, Duration, Header, Time};
use crate::wire::{GetHeaders, MAX_HEADERS, MAX_LOCATOR, Message, PROTOCOL_VERSION, Reject, RejectCode};

/// Time after which an unanswered question for headers is asked again.
pub const HEADERS_TIMEOUT: Duration = Duration::from_secs(15);
/// Time between two questions to a peer whose best block is not known to be ours.
pub const HEADERS_POLL_BEHIND: Duration = Duration::from_secs(20);
/// Time between two questions to a peer whose best block is ours.
pub const HEADERS_POLL_EQUAL: Duration = Duration::from_secs(60);
/// After so many headers messages in a row that do not connect, a peer's score rises (Core
/// `MAX_NUM_UNCONNECTING_HEADERS_MSGS`).
const MAX_UNCONNECTING: u32 = 10;

/// How far the exchange of headers with one peer is.
#[derive(Clone, Debug, Default)]
pub(super) struct HeaderSync {
    /// When an unanswered question was asked.
    asked: Option<Time>,
    /// When the last question was asked.
    last_asked: Time,
    /// Headers messages in a row that did not connect.
    unconnecting: u32,
    /// The last block that it told of itself.
    pub(super) said: Option<BlockHash>,
    /// The best header that we told it of.
    pub(super) told: Option<BlockHash>,
    /// Whether it wants blocks announced by their headers (BIP-0130).
    pub(super) wants_headers: bool,
    /// Whether it was asked for its unconfirmed transactions (BIP-0035).
    pub(super) asked_mempool: bool,
}

impl Node {
    /// Asks a peer for what comes after our best header, unless an answer is on its way.
    pub(super) fn ask_headers(&mut self, now: Time, id: PeerId) {
        let mut locator = self.chain.locator();
        // From the best header's parent, so that a peer that has no more than we do answers with
        // that one, and we know it has it.
        if locator.len() > 1 {
            locator.remove(0);
        }
        self.ask_headers_after(now, id, locator);
    }

    fn ask_headers_after(&mut self, now: Time, id: PeerId, mut locator: Vec<BlockHash>) {
        let Some(peer) = self.peers.get_mut(&id).filter(|peer| peer.is_ready()) else { return };
        if peer.sync.asked.is_some_and(|asked| now < asked + HEADERS_TIMEOUT) {
            return;
        }
        peer.sync.asked = Some(now);
        peer.sync.last_asked = now;
        if locator.len() > MAX_LOCATOR
            && let Some(genesis) = locator.pop()
        {
            locator.truncate(MAX_LOCATOR - 1);
            locator.push(genesis);
        }
        let question = GetHeaders { protocol: PROTOCOL_VERSION, locator, stop: BlockHash::ZERO };
        self.send(id, &Message::GetHeaders(question));
    }

    pub(super) fn on_send_headers(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.sync.wants_headers = true;
        }
    }

    pub(super) fn on_get_headers(&mut self, now: Time, id: PeerId, question: &GetHeaders) {
        let chain = &self.chain;
        let is_known = |hash: &BlockHash| chain.index(hash).is_some();
        if !question.locator.is_empty() && !question.locator.iter().any(is_known) {
            // A locator ends with the genesis block, so we have nothing in common.
            return self.disconnect(now, id, DisconnectReason::OtherGenesis);
        }
        let has_more = question.locator.first().is_some_and(|first| !is_known(first));
        let headers = self.chain.headers_after(&question.locator, question.stop, MAX_HEADERS);
        if let (Some(last), Some(peer)) = (headers.last(), self.peers.get_mut(&id)) {
            peer.sync.told = Some(last.block_hash());
        }
        // That it names a block does not say that it has more than its header, which may be a liar's.
        self.send(id, &Message::Headers(headers));
        if has_more {
            self.ask_headers(now, id);
        }
        self.download_blocks(now);
    }

    pub(super) fn on_headers(&mut self, now: Time, id: PeerId, headers: &[Header]) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.sync.asked = None;
        let Some(first) = headers.first() else { return self.ask_mempool(id) };
        if !headers.is_sorted_by(|one, next| next.prev_block_hash == one.block_hash()) {
            return self.misbehaving(now, id, SCORE_BAD_HEADERS, "headers-not-continuous");
        }
        if self.chain.index(&first.prev_block_hash).is_none() && self.chain.index(&first.block_hash()).is_none() {
            return self.on_unconnecting_headers(now, id);
        }
        peer.sync.unconnecting = 0;
        let known_before = self.chain.known_blocks();
        let (last, taken) = self.chain.accept_headers(headers, now);
        if let Err((hash, error)) = taken {
            self.header_refused(now, id, hash, &error);
        }
        if let Some(last) = last {
            self.peer_said(id, last);
            if headers.len() == MAX_HEADERS {
                self.ask_more_headers(now, id, last, self.chain.known_blocks() > known_before);
            }
        }
        self.download_blocks(now);
        self.ask_mempool(id);
    }

    /// A full message: there may be more behind it.
    fn ask_more_headers(&mut self, now: Time, id: PeerId, last: BlockHash, brought_news: bool) {
        if !brought_news {
            // Another peer told us these already, and maybe more.
            return self.ask_headers(now, id);
        }
        let mut locator = vec![last];
        locator.extend(self.chain.locator().into_iter().filter(|hash| *hash != last));
        self.ask_headers_after(now, id, locator);
    }

    fn on_unconnecting_headers(&mut self, now: Time, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.sync.unconnecting += 1;
        if peer.sync.unconnecting.is_multiple_of(MAX_UNCONNECTING) {
            self.misbehaving(now, id, SCORE_BAD_HEADERS, "headers-unconnecting");
        }
        self.ask_headers(now, id);
    }

    fn header_refused(&mut self, now: Time, id: PeerId, hash: BlockHash, error: &HeaderError) {
        let rule = error.rule();
        let (facts, text) = (error.facts(), error.to_string());
        self.outputs.push(Output::BlockRejected { hash, rule, facts, text, from: Some(id) });
        let reject = Reject {
            message: "headers".into(),
            code: header_reject_code(error),
            reason: rule.into(),
            hash: Some(*hash.as_bytes()),
        };
        self.send(id, &Message::Reject(reject));
        self.misbehaving(now, id, header_score(error), rule);
    }

    /// Notes a block that a peer told of. Of two with equal work it is the later: the one that it
    /// fetched from us is not its own tip.
    pub(super) fn peer_said(&mut self, id: PeerId, hash: BlockHash) {
        let work_of = |hash: &BlockHash| self.chain.index(hash).map(|index| index.chain_work);
        let (said, Some(peer)) = (work_of(&hash), self.peers.get_mut(&id)) else { return };
        peer.sync.said = Some(hash);
        if peer.best_known.is_some_and(|before| before != hash && work_of(&before) == said) {
            peer.best_known = Some(hash);
            return self.peer_changed(id);
        }
        self.peer_has_block(id, hash);
    }

    /// Notes that a peer has a block, as far as its header is known here and is news of the peer.
    pub(super) fn peer_has_block(&mut self, id: PeerId, hash: BlockHash) {
        let Some(index) = self.chain.index(&hash) else { return };
        let Some(peer) = self.peers.get_mut(&id) else { return };
        let before = peer.best_known.and_then(|before| self.chain.index(&before));
        if before.is_none_or(|before| before.chain_work < index.chain_work || before.is_invalid()) {
            peer.best_known = Some(hash);
            self.peer_changed(id);
        }
    }

    /// Whether a peer is known to have a header: it, or one that builds on it.
    pub(super) fn knows_header(&self, id: PeerId, hash: &BlockHash) -> bool {
        let Some(peer) = self.peers.get(&id) else { return false };
        let Some(height) = self.chain.index(hash).map(|index| index.height) else { return false };
        let builds_on = |tip: &BlockHash| self.chain.ancestor(tip, height).is_some_and(|index| index.hash == *hash);
        [peer.best_known, peer.sync.told].iter().flatten().any(builds_on)
    }

    /// Asks a peer for its unconfirmed transactions, once, when we have the coins to judge them by.
    pub(super) fn ask_mempool(&mut self, id: PeerId) {
        // Once caught up, a header whose block is withheld must not stop payments (as in Core, where
        // leaving the initial download is for good).
        self.caught_up |= !self.expects_blocks();
        if !self.caught_up {
            return;
        }
        if let Some(peer) = self.peers.get_mut(&id).filter(|peer| peer.is_ready() && !peer.sync.asked_mempool) {
            peer.sync.asked_mempool = true;
            self.send(id, &Message::Mempool);
        }
    }

    /// Whether a peer that has sent what it was asked for knows of more blocks than are here. What
    /// others only tell of is not waited for.
    fn expects_blocks(&self) -> bool {
        let tip_work = self.chain.tip().chain_work;
        self.peers.values().filter(|peer| peer.is_ready() && peer.unsent == 0).any(|peer| {
            let best = peer.best_known.and_then(|hash| self.chain.index(&hash));
            best.is_some_and(|best| best.chain_work > tip_work && !best.is_invalid())
        })
    }

    /// When this peer is to be asked for headers next.
    pub(super) fn next_poll(&self, id: PeerId) -> Option<Time> {
        let peer = self.peers.get(&id).filter(|peer| peer.is_ready())?;
        if let Some(asked) = peer.sync.asked {
            return Some(asked + HEADERS_TIMEOUT);
        }
        // That it fetched our tip does not say that this is its own.
        let is_equal = peer.sync.said == Some(self.chain.tip().hash);
        Some(peer.sync.last_asked + if is_equal { HEADERS_POLL_EQUAL } else { HEADERS_POLL_BEHIND })
    }
}

/// How much a refused header counts against its sender. What depends on this node's clock or room
/// for branches is no fault.
pub(super) fn header_score(error: &HeaderError) -> u32 {
    match error {
        HeaderError::TimeTooNew { .. } | HeaderError::TooManyBranches { .. } | HeaderError::PrevNotFound { .. } => 0,
        _ => SCORE_INVALID_BLOCK,
    }
}

pub(super) const fn header_reject_code(error: &HeaderError) -> RejectCode {
    match error {
        HeaderError::BadVersion { .. } => RejectCode::Obsolete,
        _ => RejectCode::Invalid,
    }
}
