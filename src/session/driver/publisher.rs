//! What the page has of the views, so that only news are sent.

use std::mem::{Discriminant, discriminant};

use crate::api::{View, WatchedBlock};
use crate::ledger::{BlockHash, Time};

/// What the page has.
#[derive(Clone, Debug, Default)]
pub(super) struct Publisher {
    /// When it was last sent something.
    pub(super) last: Option<Time>,
    /// The header bar, which is on every screen.
    bar: Vec<u8>,
    /// Of each other slice what was sent last, in the bytes it is posted in: to compare them takes less code and less time
    /// than to compare what they say.
    sent: Vec<(Discriminant<View>, Vec<u8>)>,
    /// What the block on screen was when it was sent.
    pub(super) block: Option<BlockKey>,
}

/// All that a block's view depends on: to check a block again, script by script, takes long enough
/// to do it only when something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockKey {
    pub(super) watched: WatchedBlock,
    pub(super) hash: Option<BlockHash>,
    pub(super) tip: BlockHash,
    pub(super) has_block: bool,
    pub(super) is_invalid: bool,
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
