//! The headers that were given out to be mined by hand.
//!
//! A header stays the same while someone hashes it, so that nothing changes under his hands, until its block could no
//! longer be the next: a new tip, or other bits because of the time.

use crate::ledger::{BlockHash, Header};
use crate::miner::BlockTemplate;

/// Most headers on one tip that are remembered: a nonce that wins on an earlier one is a block too.
const KEPT: usize = 8;

/// The headers that were given out on the active tip, the last one in use.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct ByHand {
    templates: Vec<BlockTemplate>,
    /// How many were made in all, so that no two have the same extra nonce.
    made: u64,
}

impl ByHand {
    /// Forgets the headers that are not on this tip.
    pub(in crate::session) fn keep_those_on(&mut self, tip: BlockHash) {
        self.templates.retain(|template| template.parent() == tip);
    }

    /// Forgets all headers, as when their rewards would go to a wallet that is no more.
    pub(in crate::session) fn forget(&mut self) {
        self.templates.clear();
    }

    /// Gives out another header, with an extra nonce of its own.
    pub(in crate::session) fn give_out(&mut self, template: BlockTemplate) {
        self.made = self.made.wrapping_add(1);
        if self.templates.len() >= KEPT {
            self.templates.remove(0);
        }
        // The workers begin with extra nonce 0: two who search should not search the same.
        self.templates.push(template.with_extra_nonce(u64::MAX - self.made));
    }

    /// Returns the template of the header in use.
    pub(in crate::session) fn in_use(&self) -> Option<&BlockTemplate> {
        self.templates.last()
    }

    /// Finds the template of a header that was given out, whatever its nonce is now.
    pub(in crate::session) fn find(&self, header: &Header) -> Option<&BlockTemplate> {
        self.templates.iter().find(|template| Header { nonce: header.nonce, ..*template.header() } == *header)
    }
}
