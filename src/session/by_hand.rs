//! Mining by hand: a header to try nonces on, made whenever somebody looks at the miner page, and
//! a block from the nonce that wins.
//!
//! The header stays the same while someone hashes it, so that nothing changes under his hands,
//! until its block could no longer be the next: a new tip, or other bits because of the time.

use super::tab::Session;
use crate::api::{HandHeader, UserError, code};
use crate::ledger::{BlockHash, Encodable, Header, Target, Time, decode_hex, to_hex};
use crate::miner::BlockTemplate;

/// Most headers on one tip that are remembered: a nonce that wins on an earlier one is a block too.
const KEPT: usize = 8;

/// The headers that were given out on the active tip, the last one in use.
#[derive(Clone, Debug, Default)]
pub(super) struct ByHand {
    templates: Vec<BlockTemplate>,
}

impl Session {
    /// Has a header ready while the miner page is on screen.
    pub(super) fn keep_hand_header(&mut self, now: Time) {
        let tip = self.chain().tip().hash;
        self.by_hand.templates.retain(|template| template.parent() == tip);
        if !self.watch.miner || self.opening {
            return;
        }
        let bits = self.next_bits();
        if self.by_hand.templates.last().is_none_or(|template| template.header().bits != bits) {
            self.new_hand_header(now);
        }
    }

    /// Another header: with the payments that wait now, and its own coinbase.
    ///
    /// Nothing where there is no wallet to be paid.
    pub(super) fn new_hand_header(&mut self, now: Time) {
        let extra_nonce = self.hand_headers_made.wrapping_add(1);
        let Some(template) = self.template(now, None) else { return };
        self.hand_headers_made = extra_nonce;
        if self.by_hand.templates.len() >= KEPT {
            self.by_hand.templates.remove(0);
        }
        // The workers begin with extra nonce 0: two who search should not search the same.
        self.by_hand.templates.push(template.with_extra_nonce(u64::MAX - extra_nonce));
    }

    /// The header to try nonces on.
    pub(super) fn hand_header(&self) -> Option<HandHeader> {
        let template = self.by_hand.templates.last()?;
        let bits = template.header().bits;
        Some(HandHeader {
            height: template.height(),
            header_hex: to_hex(&template.header().to_bytes()),
            target: to_hex(&template.target()),
            zero_bits: super::views::zero_bits(bits),
            expected_hashes: Target::from_bits(bits).map_or(0.0, |target| target.work().to_f64()),
            payments: template.payments().len(),
            reward: template.reward(),
        })
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
        let made = |template: &&BlockTemplate| Header { nonce: header.nonce, ..*template.header() } == header;
        let Some(template) = self.by_hand.templates.iter().find(made).cloned() else {
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
