//! What others say of a transaction: `asktx` shows it to every linked tab, `txanswer` brings back two verdicts of
//! each: of its scripts for their own sake, and of its place in that node's mempool.
//!
//! A node that has the payment already names the conflict or the spent coin, and never comes to the scripts. So they
//! are run against the outputs that the transaction claims, spent or not, by the rules that list the checks of any
//! transaction on screen.

use super::codec::{outcome, put_outcome, whole};
use super::{ANSWER_AFTER, ASK_TX, TX_ANSWER};
use crate::api::{AnswerState, AnswersView, NodeName, PeerAnswer, TransactionAnswer, UserError, code};
use crate::ledger::{Encodable, Time, Transaction, decode_exact, decode_hex};
use crate::session::commands::mempool_refusal;
use crate::session::tab::Session;
use crate::session::views;

/// Largest transaction asked about, in bytes: enough for a hundred inputs.
const MAX_TRANSACTION: usize = 20_000;
/// The rule of the scripts.
const SCRIPTS: &str = "mandatory-script-verify-flag-failed";

/// The question asked last.
#[derive(Clone, Debug)]
pub(super) struct Question {
    number: u64,
    asked: Time,
    answers: AnswersView,
}

impl Question {
    fn open(&mut self) -> impl Iterator<Item = &mut PeerAnswer> {
        self.answers.peers.iter_mut().filter(|peer| peer.answer.is_none())
    }

    /// A peer is gone: it answers no more.
    pub(super) fn forget(&mut self, name: &NodeName) {
        self.open().filter(|peer| peer.peer == *name).for_each(|peer| peer.state = AnswerState::Left);
    }

    /// Marks what should have come by now; when to look again.
    pub(super) fn pass_time(&mut self, now: Time) -> Option<Time> {
        let due = self.asked + ANSWER_AFTER;
        let mut waiting = self.open().filter(|peer| peer.state == AnswerState::Waiting).peekable();
        if due > now {
            return waiting.peek().map(|_| due);
        }
        waiting.for_each(|peer| peer.state = AnswerState::Late);
        None
    }
}

impl Session {
    /// Asks every linked peer about a transaction.
    pub(in crate::session) fn ask_peers(&mut self, now: Time, hex: &str) -> Result<(), UserError> {
        let tx: Transaction = decode_hex(hex).map_err(|error| {
            UserError::new(code::DESERIALIZATION_ERROR, "rpc-decode-failed", format!("TX decode failed: {error}"))
                .fact("what", "TX")
                .fact("reason", error)
                .at("hex")
        })?;
        let bytes = tx.to_bytes();
        if bytes.len() > MAX_TRANSACTION {
            return Err(UserError::new(
                code::INVALID_PARAMETER,
                "ask-too-large",
                "at most 20,000 bytes are asked about",
            ));
        }
        if !self.own.pace.allows(now) {
            return Err(UserError::new(
                code::MISC_ERROR,
                "note-too-fast",
                "too much in a short time; wait a few seconds",
            ));
        }
        let peers = self.ready_peers();
        let number = self.own.next_number(now);
        let mut payload = number.to_le_bytes().to_vec();
        payload.extend_from_slice(&bytes);
        for to in &peers {
            self.tell(now, to, ASK_TX, payload.clone());
        }
        let asked = |peer| PeerAnswer { peer, state: AnswerState::Waiting, answer: None };
        let own = self.answer_about(now, &tx);
        let answers = AnswersView { txid: tx.txid(), own, peers: peers.into_iter().map(asked).collect() };
        self.own.question = Some(Question { number, asked: now, answers });
        Ok(())
    }

    /// Takes the payload of an `asktx`, and answers.
    pub(super) fn hear_ask_tx(&mut self, now: Time, from: &NodeName, payload: &[u8]) {
        let Some((id, bytes)) = payload.split_first_chunk::<8>() else { return };
        if bytes.len() > MAX_TRANSACTION || !self.own.peer(from).pace.allows(now) {
            return;
        }
        let Ok(tx) = decode_exact::<Transaction>(bytes) else { return };
        let answer = self.answer_about(now, &tx);
        let mut payload = id.to_vec();
        put_outcome(answer.scripts.as_ref(), &mut payload);
        put_outcome(answer.entry.as_ref(), &mut payload);
        self.tell(now, from, TX_ANSWER, payload);
    }

    /// Takes the payload of a `txanswer`, once for each that was asked.
    pub(super) fn hear_tx_answer(&mut self, _now: Time, from: &NodeName, payload: &[u8]) {
        let read = whole(payload, |reader| Ok((reader.u64()?, outcome(reader)?, outcome(reader)?)));
        let Some((id, scripts, entry)) = read else { return };
        let Some(question) = self.own.question.as_mut().filter(|question| question.number == id) else { return };
        if let Some(peer) = question.open().find(|peer| peer.peer == *from) {
            peer.state = AnswerState::Answered;
            peer.answer = Some(TransactionAnswer { scripts, entry });
        }
    }

    /// The answers so far.
    pub(in crate::session) fn answers(&self) -> Option<AnswersView> {
        self.own.question.as_ref().map(|question| question.answers.clone())
    }

    fn answer_about(&self, now: Time, tx: &Transaction) -> TransactionAnswer {
        let entry = self.test_transaction(now, tx).err().map(|error| mempool_refusal(&error));
        TransactionAnswer { scripts: self.scripts_fail(tx), entry }
    }

    /// The rule that a transaction's scripts fail; where they can't be run, the rule that kept them from it.
    fn scripts_fail(&self, tx: &Transaction) -> Option<UserError> {
        let coins = views::spent_coins(self, tx, None);
        let checks = self.chain().transaction_checks(tx, &coins, self.chain().height() + 1);
        let scripts = checks.iter().find(|check| check.rule == SCRIPTS);
        let decides = scripts.or_else(|| checks.iter().rev().find(|check| !check.passed))?;
        (!decides.passed)
            .then(|| UserError::new(code::VERIFY_REJECTED, decides.rule, decides.rule).facts(decides.facts.clone()))
    }
}
