//! Which view slices are sent to the page, and when: those on screen, when they changed, at most
//! ten times a second.

use super::tab::Session;
use super::{Effect, NodeView, ToPage, View, views};
use crate::ledger::{BlockHash, BlockIndex, Duration, Time};

/// Least time between two publications.
const PUBLISH_EVERY: Duration = Duration::from_millis(100);

/// What the page has.
#[derive(Clone, Debug, Default)]
pub(super) struct Publisher {
    last: Option<Time>,
    node: Option<NodeView>,
    sent: Vec<View>,
    block: Option<BlockKey>,
}

/// All that a block's view depends on: to check a block again, script by script, takes long enough
/// to do it only when something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct BlockKey {
    hash: BlockHash,
    tip: BlockHash,
    has_block: bool,
    is_invalid: bool,
}

impl Publisher {
    /// The page has this already.
    pub(super) fn note_node(&mut self, view: NodeView) {
        self.node = Some(view);
    }

    /// Something else is on screen: it is sent anew, at once.
    pub(super) fn forget(&mut self) {
        self.sent.clear();
        self.block = None;
        self.last = None;
    }

    /// Whether the page lacks this; notes it as sent.
    fn is_news(&mut self, view: &View) -> bool {
        let same_slice = |sent: &View| std::mem::discriminant(sent) == std::mem::discriminant(view);
        match self.sent.iter_mut().find(|sent| same_slice(sent)) {
            Some(sent) if sent == view => false,
            Some(sent) => {
                *sent = view.clone();
                true
            }
            None => {
                self.sent.push(view.clone());
                true
            }
        }
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
        let mut news = Vec::new();
        let node = self.node_view();
        if self.publisher.node.as_ref() != Some(&node) {
            self.publisher.node = Some(node.clone());
            news.push(View::Node(node));
        }
        let watched = self.watched();
        self.publisher.block = self.block_key();
        for view in watched {
            if self.publisher.is_news(&view) {
                news.push(view);
            }
        }
        if news.is_empty() {
            return None;
        }
        self.publisher.last = Some(now);
        self.effects.extend(news.into_iter().map(|view| Effect::ToPage(ToPage::View(Box::new(view)))));
        None
    }

    fn block_key(&self) -> Option<BlockKey> {
        let hash = self.watch.block?;
        let index = self.chain().index(&hash);
        Some(BlockKey {
            hash,
            tip: self.chain().tip().hash,
            has_block: index.is_some_and(BlockIndex::has_block),
            is_invalid: index.is_some_and(BlockIndex::is_invalid),
        })
    }

    fn watched(&self) -> Vec<View> {
        let watch = &self.watch;
        let mut slices = Vec::new();
        if watch.chain {
            slices.push(View::Chain(views::chain(self)));
        }
        if let Some(hash) = &watch.block
            && self.publisher.block != self.block_key()
        {
            slices.push(View::Block(views::block(self, hash).map(Box::new)));
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
