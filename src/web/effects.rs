//! In which order effects happen: what is to be kept is kept before what follows is said.
//!
//! Pure: decides what to do next; the runtime does it.

use std::collections::VecDeque;

use super::storage::Write;
use crate::session::Effect;

/// Most effects waiting for the database; beyond that frames are given up with their link.
const MAX_WAITING: usize = 8_192;
/// Most items and bytes of one write.
const MAX_BATCH: usize = 256;
const MAX_BATCH_BYTES: usize = 4_000_000;

/// Effects in their order.
#[derive(Debug, Default)]
pub struct EffectQueue {
    effects: VecDeque<Effect>,
    writing: bool,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Do this.
    Do(Effect),
    /// Keep these, then say so by [`EffectQueue::written`].
    Write(Vec<Write>),
    /// Nothing, for now.
    Wait,
}

impl EffectQueue {
    /// Puts an effect behind the others; `false` if the queue is full and it is a frame.
    pub fn push(&mut self, effect: Effect) -> bool {
        if self.effects.len() >= MAX_WAITING && matches!(effect, Effect::Send { .. }) {
            return false;
        }
        self.effects.push_back(effect);
        true
    }

    /// What to do next.
    pub fn take_next(&mut self) -> Next {
        if self.writing {
            return Next::Wait;
        }
        match self.effects.front() {
            None => Next::Wait,
            Some(Effect::StoreBlock { .. } | Effect::StoreState { .. }) => {
                self.writing = true;
                Next::Write(self.take_batch())
            }
            Some(_) => self.effects.pop_front().map_or(Next::Wait, Next::Do),
        }
    }

    /// The write is done, or given up.
    pub fn written(&mut self) {
        self.writing = false;
    }

    /// Takes what is to be kept from the whole queue, in order: to keep it earlier than asked is
    /// no harm, and one transaction is cheaper than many.
    fn take_batch(&mut self) -> Vec<Write> {
        let mut batch = Vec::new();
        let mut bytes_left = MAX_BATCH_BYTES;
        let mut rest = VecDeque::with_capacity(self.effects.len());
        let mut full = false;
        for effect in self.effects.drain(..) {
            match effect {
                Effect::StoreBlock { hash, bytes } if !full => {
                    full = batch.len() + 1 >= MAX_BATCH || bytes.len() >= bytes_left;
                    bytes_left = bytes_left.saturating_sub(bytes.len());
                    batch.push(Write::Block { hash, bytes });
                }
                Effect::StoreState { json, height } if !full => {
                    // Only the last state of a batch counts.
                    batch.retain(|write| !matches!(write, Write::State { .. }));
                    batch.push(Write::State { json, height });
                }
                effect => rest.push_back(effect),
            }
        }
        self.effects = rest;
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::BlockHash;
    use crate::session::NodeName;

    fn send(number: u8) -> Effect {
        Effect::Send { to: NodeName("Ann".to_owned()), bytes: vec![number] }
    }

    fn block(number: u8) -> Effect {
        Effect::StoreBlock { hash: BlockHash::from_bytes([number; 32]), bytes: vec![number] }
    }

    fn state(height: u32) -> Effect {
        Effect::StoreState { json: String::new(), height }
    }

    #[test]
    fn a_frame_behind_a_block_waits_until_the_block_is_kept() {
        let mut queue = EffectQueue::default();
        for effect in [send(1), block(1), send(2), state(1), send(3), block(2), state(2)] {
            assert!(queue.push(effect));
        }
        assert_eq!(queue.take_next(), Next::Do(send(1)));
        let Next::Write(batch) = queue.take_next() else { panic!("a write was next") };
        let kept: Vec<String> = batch
            .iter()
            .map(|write| match write {
                Write::Block { bytes, .. } => format!("block {}", bytes[0]),
                Write::State { height, .. } => format!("state {height}"),
            })
            .collect();
        assert_eq!(kept, ["block 1", "block 2", "state 2"]);
        assert_eq!(queue.take_next(), Next::Wait);
        queue.push(send(4));
        assert_eq!(queue.take_next(), Next::Wait);
        queue.written();
        for number in [2, 3, 4] {
            assert_eq!(queue.take_next(), Next::Do(send(number)));
        }
        assert_eq!(queue.take_next(), Next::Wait);
    }

    #[test]
    fn a_batch_is_bounded_and_what_is_beyond_keeps_its_order() {
        let mut queue = EffectQueue::default();
        for number in 0..=255 {
            queue.push(block(number));
        }
        queue.push(block(0));
        queue.push(state(9));
        let Next::Write(batch) = queue.take_next() else { panic!("a write was next") };
        assert_eq!(batch.len(), MAX_BATCH);
        queue.written();
        let Next::Write(batch) = queue.take_next() else { panic!("a write was next") };
        assert_eq!(batch.len(), 2);
    }

    #[test]
    fn a_full_queue_takes_no_more_frames() {
        let mut queue = EffectQueue::default();
        queue.push(block(0));
        while queue.push(send(0)) {}
        assert_eq!(queue.effects.len(), MAX_WAITING);
        assert!(queue.push(block(1)));
    }
}
