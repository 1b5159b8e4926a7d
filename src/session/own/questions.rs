//! What others say of a transaction: `asktx` shows it to every linked tab, `txanswer` brings back two verdicts of
//! each: of its scripts for their own sake, and of its place in that node's mempool.
//!
//! A node that has the payment already names the conflict or the spent coin, and never comes to the scripts. So they
//! are run against the outputs that the transaction claims, spent or not, by the rules that list the checks of any
//! transaction on screen.

use super::ANSWER_AFTER;
use crate::api::{AnswerState, AnswersView, NodeName, PeerAnswer, TransactionAnswer};
use crate::ledger::{Time, Txid};

/// The question asked last.
#[derive(Clone, Debug)]
pub(super) struct Question {
    number: u64,
    asked: Time,
    answers: AnswersView,
}

impl Question {
    /// A question that was just asked of these peers; nobody has answered, this node included.
    pub(super) fn new(number: u64, asked: Time, txid: Txid, peers: Vec<NodeName>) -> Self {
        let unanswered = |peer| PeerAnswer { peer, state: AnswerState::Waiting, answer: None };
        let own = TransactionAnswer { scripts: None, entry: None };
        let answers = AnswersView { txid, own, peers: peers.into_iter().map(unanswered).collect() };
        Self { number, asked, answers }
    }

    fn open(&mut self) -> impl Iterator<Item = &mut PeerAnswer> {
        self.answers.peers.iter_mut().filter(|peer| peer.answer.is_none())
    }

    /// Takes what this node says itself.
    pub(super) fn answer_own(&mut self, answer: TransactionAnswer) {
        self.answers.own = answer;
    }

    /// Takes a peer's answer to the question of this number, once for each that was asked.
    pub(super) fn answer(&mut self, number: u64, from: &NodeName, answer: TransactionAnswer) {
        if number != self.number {
            return;
        }
        if let Some(peer) = self.open().find(|peer| peer.peer == *from) {
            peer.state = AnswerState::Answered;
            peer.answer = Some(answer);
        }
    }

    /// Waits no longer for a peer that is gone.
    pub(super) fn forget(&mut self, name: &NodeName) {
        self.open().filter(|peer| peer.peer == *name).for_each(|peer| peer.state = AnswerState::Left);
    }

    /// Marks the answers that should have come by now.
    pub(super) fn pass_time(&mut self, now: Time) {
        if self.asked + ANSWER_AFTER <= now {
            let waiting = self.open().filter(|peer| peer.state == AnswerState::Waiting);
            waiting.for_each(|peer| peer.state = AnswerState::Late);
        }
    }

    /// Says when the answers that are waited for will be late.
    pub(super) fn wake_at(&self) -> Option<Time> {
        let is_waiting = self.answers.peers.iter().any(|peer| peer.state == AnswerState::Waiting);
        is_waiting.then(|| self.asked + ANSWER_AFTER)
    }

    /// Returns the answers so far.
    pub(super) const fn answers(&self) -> &AnswersView {
        &self.answers
    }
}
