//! Mining by hand: a header to try nonces on, made whenever somebody looks at the miner page, and
//! a block from the nonce that wins.

use super::Session;
use crate::api::{UserError, code};
use crate::ledger::{BlockHash, Header, Time, decode_hex};

impl Session {
    /// Has a header ready while the miner page is on screen.
    pub(super) fn keep_hand_header(&mut self, now: Time) {
        let tip = self.chain().tip().hash;
        self.state.by_hand.keep_those_on(tip);
        if !self.watch.miner || self.opening {
            return;
        }
        let bits = self.next_bits();
        if self.by_hand.in_use().is_none_or(|template| template.header().bits != bits) {
            self.new_hand_header(now);
        }
    }

    /// Gives out another header: with the payments that wait now, and its own coinbase.
    ///
    /// There is none where there is no wallet to be paid.
    pub(super) fn new_hand_header(&mut self, now: Time) {
        if let Some(template) = self.template(now, None) {
            self.state.by_hand.give_out(template);
        }
    }

    /// Takes a header with a nonce found by hand, makes the block of it and sends it to the peers.
    ///
    /// # Errors
    /// A header that this node did not make, that another block has overtaken, or whose block
    /// breaks a rule, as when its hash is above the target.
    pub(super) fn mined_by_hand(&mut self, now: Time, header_hex: &str) -> Result<(BlockHash, u32), UserError> {
        self.can_mine()?;
        let unknown = || {
            UserError::new(code::INVALID_PARAMETER, "hand-header-unknown", "this node did not make this header")
                .at("header")
        };
        let header: Header = decode_hex(header_hex).map_err(|_| unknown())?;
        let Some(template) = self.by_hand.find(&header).cloned() else {
            let tip = self.chain().tip();
            return Err(match self.chain().index(&header.prev_block_hash) {
                Some(parent) if parent.hash != tip.hash => UserError::new(
                    code::VERIFY_REJECTED,
                    "hand-header-stale",
                    format!("block {} came meanwhile: this header is for block {}", tip.height, parent.height + 1),
                )
                .fact("height", parent.height + 1)
                .fact("newest", tip.height)
                .at("header"),
                _ => unknown(),
            });
        };
        let hash = header.block_hash();
        let (height, reward) = (template.height(), template.reward());
        self.submit_block(now, template.block(header.nonce)).map_err(|error| {
            UserError::new(code::VERIFY_REJECTED, error.rule(), error.to_string()).facts(error.facts()).at("header")
        })?;
        self.found_block(now, hash, reward);
        Ok((hash, height))
    }
}
