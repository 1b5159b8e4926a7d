//! Which view slices are sent to the page, and when: those on screen, when they changed, at most
//! ten times a second.

use std::mem::{Discriminant, discriminant};

use super::tab::Session;
use super::{Effect, views};
use crate::api::{ToPage, View, WatchedBlock};
use crate::ledger::{BlockHash, BlockIndex, Duration, Time};

/// Least time between two publications.
const PUBLISH_EVERY: Duration = Duration::from_millis(100);

/// What the page has.
#[derive(Clone, Debug, Default)]
pub(super) struct Publisher {
    last: Option<Time>,
    /// The header bar, which is on every screen.
    bar: Vec<u8>,
    /// Of each other slice what was sent last, in the bytes it is posted in: to compare them takes less code and less time
    /// than to compare what they say.
    sent: Vec<(Discriminant<View>, Vec<u8>)>,
    block: Option<BlockKey>,
}

/// All that a block's view depends on: to check a block again, script by script, takes long enough
/// to do it only when something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct BlockKey {
    watched: WatchedBlock,
    hash: Option<BlockHash>,
    tip: BlockHash,
    has_block: bool,
    is_invalid: bool,
}

impl Publisher {
    /// Something else is on screen: it is sent anew, at once.
    pub(super) fn forget(&mut self) {
        self.sent.clear();
        self.block = None;
        self.last = None;
    }

    /// Whether the page lacks this; notes it as sent.
    pub(super) fn is_news(&mut self, view: &View) -> bool {
        let bytes = postcard::to_allocvec(view).expect("plain data has a form in bytes");
        let kind = discriminant(view);
        let sent = match view {
            View::Node(_) => &mut self.bar,
            _ => match self.sent.iter().position(|(sent, _)| *sent == kind) {
                Some(at) => &mut self.sent[at].1,
                None => {
                    self.sent.push((kind, bytes));
                    return true;
                }
            },
        };
        let is_news = *sent != bytes;
        *sent = bytes;
        is_news
    }
}

impl Session {
    /// Publishes if it is time to; else says when it will be.
    pub(super) fn publish(&mut self, now: Time) -> Option<Time> {
        if self.opening {
            return None;
        }
        if let Some(last) = self.publisher.last
            && now >= last
            && now - last < PUBLISH_EVERY
        {
            return Some(last + PUBLISH_EVERY);
        }
        let mut news = vec![View::Node(self.node_view())];
        news.extend(self.watched());
        self.publisher.block = self.block_key();
        news.retain(|view| self.publisher.is_news(view));
        if news.is_empty() {
            return None;
        }
        self.publisher.last = Some(now);
        self.effects.extend(news.into_iter().map(|view| Effect::ToPage(ToPage::View(Box::new(view)))));
        None
    }

    fn block_key(&self) -> Option<BlockKey> {
        let watched = self.watch.block?;
        let hash = self.block_watched(watched);
        let index = hash.and_then(|hash| self.chain().index(&hash));
        Some(BlockKey {
            watched,
            hash,
            tip: self.chain().tip().hash,
            has_block: index.is_some_and(BlockIndex::has_block),
            is_invalid: index.is_some_and(BlockIndex::is_invalid),
        })
    }

    /// The block that is meant now.
    fn block_watched(&self, watched: WatchedBlock) -> Option<BlockHash> {
        match watched {
            WatchedBlock::Tip => Some(self.chain().tip().hash),
            WatchedBlock::Height(height) => self.chain().active_hash(height),
            WatchedBlock::Hash(hash) => Some(hash),
        }
    }

    fn watched(&self) -> Vec<View> {
        let watch = &self.watch;
        let mut slices = Vec::new();
        if watch.chain {
            slices.push(View::Chain(views::chain(self)));
        }
        if let Some(watched) = watch.block
            && self.publisher.block != self.block_key()
        {
            let block = self.block_watched(watched).and_then(|hash| views::block(self, &hash));
            slices.push(View::Block(watched, block.map(Box::new)));
        }
        if let Some(txid) = &watch.transaction {
            slices.push(View::Transaction(views::transaction(self, txid).map(Box::new)));
        }
        if watch.wallet
            && let Some(wallet) = views::wallet(self)
        {
            slices.push(View::Wallet(wallet));
        }
        if watch.network {
            slices.push(View::Network(views::network(self)));
        }
        if watch.miner {
            slices.push(View::Miner(views::miner(self)));
        }
        if watch.notes {
            slices.push(View::Notes(self.notes_view()));
        }
        if watch.answers
            && let Some(answers) = self.answers()
        {
            slices.push(View::Answers(answers));
        }
        slices
    }
}
