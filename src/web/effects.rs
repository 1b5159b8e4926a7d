//! What waits until something is kept: frames behind the blocks they may tell of, and replies behind what their
//! requests changed.
//!
//! Pure: decides what may go; the runtime does it. Views and notices wait for nothing.

use std::collections::VecDeque;

use crate::session::Effect;

/// Most effects waiting for the database; beyond that frames are given up with their link.
const MAX_WAITING: usize = 8_192;

/// Effects that wait, each for all up to a number of [`Keeper`](super::keeper::Keeper) to be settled.
#[derive(Debug, Default)]
pub struct EffectQueue {
    /// About the other nodes, in their order.
    network: VecDeque<(u64, Effect)>,
    /// To the page.
    replies: VecDeque<(u64, Effect)>,
}

impl EffectQueue {
    /// Puts an effect about the other nodes behind the others; `false` if the queue is full and it is a frame.
    pub fn push(&mut self, effect: Effect, after: u64) -> bool {
        if self.network.len() >= MAX_WAITING && matches!(effect, Effect::Send { .. }) {
            return false;
        }
        self.network.push_back((after, effect));
        true
    }

    /// Puts a reply behind the others that wait.
    pub fn push_reply(&mut self, reply: Effect, after: u64) {
        self.replies.push_back((after, reply));
    }

    /// The next effect that may go, when all up to `settled` is.
    pub fn take_next(&mut self, settled: u64) -> Option<Effect> {
        let may_go = |queue: &VecDeque<(u64, Effect)>| queue.front().is_some_and(|(after, _)| *after <= settled);
        let queue = [&mut self.replies, &mut self.network].into_iter().find(|queue| may_go(queue))?;
        queue.pop_front().map(|(_, effect)| effect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Answer, NodeName, Reply, ToPage};

    fn send(number: u8) -> Effect {
        Effect::Send { to: NodeName("Ann".to_owned()), bytes: vec![number] }
    }

    fn reply(id: u64) -> Effect {
        Effect::ToPage(ToPage::Reply(Box::new(Reply { id, result: Ok(Answer::Done) })))
    }

    #[test]
    fn a_frame_behind_a_block_waits_until_the_block_is_settled() {
        let mut queue = EffectQueue::default();
        for (number, after) in [(1, 0), (2, 1), (3, 1), (4, 5)] {
            assert!(queue.push(send(number), after));
        }
        assert_eq!(queue.take_next(0), Some(send(1)));
        assert_eq!(queue.take_next(0), None);
        assert_eq!(queue.take_next(4), Some(send(2)));
        assert_eq!(queue.take_next(4), Some(send(3)));
        assert_eq!(queue.take_next(4), None);
        assert_eq!(queue.take_next(5), Some(send(4)));
        assert_eq!(queue.take_next(9), None);
    }

    #[test]
    fn a_reply_waits_for_what_its_request_changed_and_not_for_frames() {
        let mut queue = EffectQueue::default();
        assert!(queue.push(send(1), 9));
        queue.push_reply(reply(1), 3);
        assert_eq!(queue.take_next(2), None);
        assert_eq!(queue.take_next(3), Some(reply(1)));
        assert_eq!(queue.take_next(3), None);
    }

    #[test]
    fn a_full_queue_takes_no_more_frames() {
        let mut queue = EffectQueue::default();
        while queue.push(send(0), 1) {}
        assert_eq!(queue.network.len(), MAX_WAITING);
        assert!(queue.push(Effect::SetNetworkActive(false), 1), "what is no frame is not lost");
    }
}
