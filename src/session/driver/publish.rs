//! Which view slices are sent to the page, and when: those on screen, when they changed, at most
//! ten times a second.

use super::Session;
use super::publisher::BlockKey;
use crate::api::{NodeView, ToPage, View, WatchedBlock};
use crate::ledger::{BlockHash, BlockIndex, Duration, Time};
use crate::session::{Effect, views};

/// Least time between two publications.
const PUBLISH_EVERY: Duration = Duration::from_millis(100);

impl Session {
    /// Returns the header bar as it is now.
    pub fn node_view(&self) -> NodeView {
        views::node(&self.state)
    }

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

    /// Says what the view of the block on screen depends on.
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

    /// Returns the block that is meant now.
    fn block_watched(&self, watched: WatchedBlock) -> Option<BlockHash> {
        match watched {
            WatchedBlock::Tip => Some(self.chain().tip().hash),
            WatchedBlock::Height(height) => self.chain().active_hash(height),
            WatchedBlock::Hash(hash) => Some(hash),
        }
    }

    /// Makes the views of what is on screen.
    fn watched(&self) -> Vec<View> {
        let (state, watch) = (&self.state, &self.state.watch);
        let mut slices = Vec::new();
        if watch.chain {
            slices.push(View::Chain(views::chain(state)));
        }
        if let Some(watched) = watch.block
            && self.publisher.block != self.block_key()
        {
            let block = self.block_watched(watched).and_then(|hash| views::block(state, &hash));
            slices.push(View::Block(watched, block.map(Box::new)));
        }
        if let Some(txid) = &watch.transaction {
            slices.push(View::Transaction(views::transaction(state, txid).map(Box::new)));
        }
        if watch.wallet
            && let Some(wallet) = views::wallet(state)
        {
            slices.push(View::Wallet(wallet));
        }
        if watch.network {
            slices.push(View::Network(views::network(state)));
        }
        if watch.miner {
            slices.push(View::Miner(views::miner(state)));
        }
        if watch.notes {
            slices.push(View::Notes(state.own.notes_view()));
        }
        if watch.answers
            && let Some(answers) = state.own.answers()
        {
            slices.push(View::Answers(answers));
        }
        slices
    }
}
