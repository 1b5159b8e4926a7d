//! What this node says and hears in messages of our own, without its I/O.

use super::altering::{Altering, altered};
use super::codec::{MAX_TRANSACTION, OwnMessage};
use super::notes::{Notes, check_note, know};
use super::peers::{OwnPeers, Pace};
use super::questions::Question;
use crate::api::{
    Alteration, AnswersView, KnownKey, MAX_NOTE_BYTES, NodeName, NoteContent, NoteVerdict, NotesView,
    TransactionAnswer, UserError, code,
};
use crate::keys::Address;
use crate::ledger::{Encodable, Time, Transaction, decode_exact};

/// Peers that a message goes to.
const MAX_RECEIVERS: usize = 64;

/// What happens around it.
#[derive(Clone, Debug)]
pub(in crate::session) enum OwnInput {
    /// These peers can be sent to, by name, and this node is paid there: who does not know yet is told.
    Around {
        /// The peers.
        reachable: Vec<NodeName>,
        /// The address; none without a wallet.
        pay_to: Option<Address>,
    },
    /// A peer is gone.
    PeerGone(NodeName),
    /// A peer sent a message.
    Heard {
        /// The sender.
        from: NodeName,
        /// What it sent.
        message: OwnMessage,
    },
    /// This node answers [`OwnOutput::Judge`].
    Judged {
        /// Who asked.
        asker: Asker,
        /// What this node says of the transaction.
        answer: TransactionAnswer,
    },
    /// The user takes the key of a note, given by its number, for its sender's.
    TrustKey(u64),
    /// The user sets what is done to notes in this room.
    SetAltering(Option<Alteration>),
    /// Time passes.
    Tick,
}

/// What is to be done, in this order.
#[derive(Clone, Debug)]
pub(in crate::session) enum OwnOutput {
    /// Send a message.
    Send {
        /// The receiver.
        to: NodeName,
        /// The message.
        message: OwnMessage,
    },
    /// A peer told where it is paid: the wallet names the payments by it.
    PayeeTold {
        /// The peer.
        from: NodeName,
        /// Its address.
        address: Address,
    },
    /// Somebody asks what this node says of a transaction: put in [`OwnInput::Judged`] at once.
    Judge {
        /// Who asks.
        asker: Asker,
        /// The transaction.
        transaction: Transaction,
    },
    /// A note came.
    NoteReceived {
        /// Its sender.
        from: NodeName,
        /// Whether its signature holds.
        valid: bool,
        /// Whether its key is another than the one known of the sender.
        other_key: bool,
    },
}

/// Who asks about a transaction.
#[derive(Clone, Debug)]
pub(in crate::session) enum Asker {
    /// The user of this node, who asks the others too.
    User,
    /// A peer, with its number of the question.
    Peer(NodeName, u64),
}

/// What was said and heard in messages of our own.
///
/// Its driver carries out every [`OwnOutput`], in order, and puts in [`OwnInput::Tick`] at [`Own::wake_at`] or a
/// little later.
#[derive(Clone, Debug)]
pub(in crate::session) struct Own {
    name: NodeName,
    room: String,
    reachable: Vec<NodeName>,
    peers: OwnPeers,
    notes: Notes,
    altering: Altering,
    question: Option<Question>,
    /// How much this node asked lately.
    pace: Pace,
    last_number: u64,
}

impl Own {
    /// Begins for a node of this name in this room.
    pub(in crate::session) fn new(name: NodeName, room: String) -> Self {
        Self {
            name,
            room,
            reachable: Vec::new(),
            peers: OwnPeers::default(),
            notes: Notes::default(),
            altering: Altering::default(),
            question: None,
            pace: Pace::default(),
            last_number: 0,
        }
    }

    /// Takes what happened, and returns what is to be done about it, in this order.
    pub(in crate::session) fn handle(&mut self, now: Time, input: OwnInput) -> Vec<OwnOutput> {
        match input {
            OwnInput::Around { reachable, pay_to } => self.around(reachable, pay_to),
            OwnInput::PeerGone(name) => {
                self.forget(&name);
                Vec::new()
            }
            OwnInput::Heard { from, message } => self.hear(now, from, message),
            OwnInput::Judged { asker: Asker::Peer(to, id), answer } => {
                vec![OwnOutput::Send { to, message: OwnMessage::TxAnswer { id, answer } }]
            }
            OwnInput::Judged { asker: Asker::User, answer } => {
                self.question.iter_mut().for_each(|question| question.answer_own(answer.clone()));
                Vec::new()
            }
            OwnInput::TrustKey(note) => {
                if let Some((from, key)) = self.notes.trust_key(note) {
                    self.peers.here(&from).key = Some(key);
                }
                Vec::new()
            }
            OwnInput::SetAltering(how) => {
                self.altering.set(now, how, self.name.clone());
                Vec::new()
            }
            OwnInput::Tick => {
                self.notes.pass_time(now);
                self.question.iter_mut().for_each(|question| question.pass_time(now));
                Vec::new()
            }
        }
    }

    /// Sends a note to every linked peer, altered on its way if the room has it so.
    ///
    /// # Errors
    /// A note that is too long, that nobody would get, or that comes too soon after many others.
    pub(in crate::session) fn send_note(
        &mut self,
        now: Time,
        signed: NoteContent,
    ) -> Result<Vec<OwnOutput>, UserError> {
        let refused = |rule: &str, text: &str| Err(UserError::new(code::INVALID_PARAMETER, rule, text));
        if signed.message.len() > MAX_NOTE_BYTES {
            return refused("note-too-long", "a note has at most 1,000 bytes");
        }
        if self.reachable.is_empty() {
            return refused("note-no-peers", "no other tab is linked");
        }
        if !self.pace.allows(now) {
            return refused("note-too-fast", "too many notes in a short time; wait a few seconds");
        }
        let id = self.next_number(now);
        let content = match self.altering.how {
            Some(how) => altered(&signed, how, &self.room),
            None => signed.clone(),
        };
        let outputs = self.to_all(&OwnMessage::Note { id, content });
        self.notes.sent(now, id, self.name.clone(), signed, self.reachable.clone());
        Ok(outputs)
    }

    /// Asks every linked peer about a transaction, and this node too.
    ///
    /// # Errors
    /// A transaction that is too large, or a question that comes too soon after many others.
    pub(in crate::session) fn ask(&mut self, now: Time, transaction: Transaction) -> Result<Vec<OwnOutput>, UserError> {
        let bytes = transaction.to_bytes();
        if bytes.len() > MAX_TRANSACTION {
            return Err(UserError::new(
                code::INVALID_PARAMETER,
                "ask-too-large",
                "at most 20,000 bytes are asked about",
            ));
        }
        if !self.pace.allows(now) {
            return Err(UserError::new(
                code::MISC_ERROR,
                "note-too-fast",
                "too much in a short time; wait a few seconds",
            ));
        }
        let id = self.next_number(now);
        let mut outputs = self.to_all(&OwnMessage::AskTx { id, transaction: bytes });
        self.question = Some(Question::new(id, now, transaction.txid(), self.reachable.clone()));
        outputs.push(OwnOutput::Judge { asker: Asker::User, transaction });
        Ok(outputs)
    }

    /// Says when [`OwnInput::Tick`] is wanted.
    pub(in crate::session) fn wake_at(&self) -> Option<Time> {
        let question = self.question.as_ref().and_then(Question::wake_at);
        [self.notes.wake_at(), question].into_iter().flatten().min()
    }

    /// Returns the notes page as it is now.
    pub(in crate::session) fn notes_view(&self) -> NotesView {
        NotesView {
            altering: self.altering.how,
            altering_by: self.altering.by.clone(),
            reachable: self.reachable.clone(),
            notes: self.notes.views(),
        }
    }

    /// Returns the answers so far to the question asked last.
    pub(in crate::session) fn answers(&self) -> Option<AnswersView> {
        self.question.as_ref().map(|question| question.answers().clone())
    }

    /// Returns the peers that told an address, for the send form.
    pub(in crate::session) fn payees(&self) -> Vec<(NodeName, String)> {
        self.peers.payees()
    }

    /// Tells the peers what they have to know and were not told yet, once each.
    fn around(&mut self, mut reachable: Vec<NodeName>, pay_to: Option<Address>) -> Vec<OwnOutput> {
        reachable.truncate(MAX_RECEIVERS);
        self.reachable = reachable;
        let mut outputs = Vec::new();
        if let Some(address) = pay_to {
            for to in &self.reachable {
                if self.peers.here(to).payee_told.replace(address) != Some(address) {
                    outputs.push(OwnOutput::Send { to: to.clone(), message: OwnMessage::PayTo(address) });
                }
            }
        }
        let at = self.altering.at;
        for to in &self.reachable {
            if std::mem::replace(&mut self.peers.here(to).altering_told, at) < at {
                outputs.push(OwnOutput::Send { to: to.clone(), message: self.altering.message() });
            }
        }
        outputs
    }

    fn forget(&mut self, name: &NodeName) {
        self.reachable.retain(|other| other != name);
        self.peers.forget(name);
        self.notes.forget(name);
        self.question.iter_mut().for_each(|question| question.forget(name));
    }

    fn hear(&mut self, now: Time, from: NodeName, message: OwnMessage) -> Vec<OwnOutput> {
        match message {
            OwnMessage::PayTo(address) => {
                self.peers.here(&from).payee_heard = Some(address);
                return vec![OwnOutput::PayeeTold { from, address }];
            }
            OwnMessage::Note { id, content } => return self.hear_note(now, from, id, content),
            OwnMessage::NoteSeen { id, verdict, known, arrived } => {
                self.notes.seen(id, &from, (verdict, known), arrived);
            }
            OwnMessage::Altering { at, how, by } => {
                if Altering::is_in_time(now, at) {
                    self.peers.here(&from).altering_told = at;
                    self.altering.hear(Altering { at, how, by });
                }
            }
            OwnMessage::AskTx { id, transaction } => {
                if self.peers.here(&from).pace.allows(now)
                    && let Ok(transaction) = decode_exact::<Transaction>(&transaction)
                {
                    return vec![OwnOutput::Judge { asker: Asker::Peer(from, id), transaction }];
                }
            }
            OwnMessage::TxAnswer { id, answer } => {
                if let Some(question) = &mut self.question {
                    question.answer(id, &from, answer);
                }
            }
        }
        Vec::new()
    }

    /// Checks a note, keeps it, and answers what was found.
    fn hear_note(&mut self, now: Time, from: NodeName, id: u64, content: NoteContent) -> Vec<OwnOutput> {
        let peer = self.peers.here(&from);
        if !peer.pace.allows(now) {
            return Vec::new();
        }
        let verdict = check_note(&content);
        let known = know(&mut peer.key, &content, verdict);
        let seen = OwnMessage::NoteSeen { id, verdict, known, arrived: content.clone() };
        let number = self.next_number(now);
        self.notes.received(now, number, from.clone(), content, (verdict, known));
        vec![
            OwnOutput::Send { to: from.clone(), message: seen },
            OwnOutput::NoteReceived { from, valid: verdict == NoteVerdict::Valid, other_key: known == KnownKey::Other },
        ]
    }

    fn to_all(&self, message: &OwnMessage) -> Vec<OwnOutput> {
        let send = |to: &NodeName| OwnOutput::Send { to: to.clone(), message: message.clone() };
        self.reachable.iter().map(send).collect()
    }

    /// Returns a number that no other note or question of this node has, those before a reload included.
    fn next_number(&mut self, now: Time) -> u64 {
        self.last_number = now.millis.max(self.last_number + 1);
        self.last_number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::PrivateKey;
    use crate::ledger::{Duration, Network, Params};

    fn name(text: &str) -> NodeName {
        NodeName(text.to_owned())
    }

    fn address(secret: u8) -> Address {
        let key = PrivateKey::from_bytes(&[secret; 32]).expect("in range").public_key();
        Address::from_public_key(&key, &Params::new(Network::Regtest, ""))
    }

    fn sent<'a>(outputs: &'a [OwnOutput]) -> Vec<(&'a str, &'a str)> {
        let message = |output: &'a OwnOutput| match output {
            OwnOutput::Send { to, message } => Some((to.0.as_str(), message.command())),
            _ => None,
        };
        outputs.iter().filter_map(message).collect()
    }

    fn around(pay_to: u8) -> OwnInput {
        OwnInput::Around { reachable: vec![name("Ann"), name("Bob")], pay_to: Some(address(pay_to)) }
    }

    #[test]
    fn each_peer_is_told_an_address_and_a_setting_once() {
        let now = Time::from_millis(1_000);
        let mut own = Own::new(name("Me"), String::new());
        assert_eq!(sent(&own.handle(now, around(1))), [("Ann", "payto"), ("Bob", "payto")]);
        assert_eq!(sent(&own.handle(now, around(1))), [("", ""); 0]);
        own.handle(now, OwnInput::SetAltering(Some(Alteration::Message)));
        own.handle(now, OwnInput::PeerGone(name("Ann")));
        let told = own.handle(now, around(1));
        assert_eq!(sent(&told), [("Ann", "payto"), ("Ann", "altering"), ("Bob", "altering")]);
        assert_eq!(sent(&own.handle(now, around(2))), [("Ann", "payto"), ("Bob", "payto")]);
    }

    #[test]
    fn an_answer_that_does_not_come_is_late_at_the_moment_asked_for() {
        let now = Time::from_millis(1_000);
        let mut own = Own::new(name("Me"), String::new());
        own.handle(now, around(1));
        assert_eq!(own.wake_at(), None);
        let note = NoteContent { message: "hello".into(), public_key: String::new(), signature: String::new() };
        assert_eq!(sent(&own.send_note(now, note).expect("it may be sent")), [("Ann", "note"), ("Bob", "note")]);
        let due = now + Duration::from_secs(5);
        assert_eq!(own.wake_at(), Some(due));
        own.handle(due, OwnInput::Tick);
        assert_eq!(own.wake_at(), None);
    }

    #[test]
    fn who_asks_faster_than_people_do_is_not_answered() {
        let now = Time::from_millis(1_000);
        let mut own = Own::new(name("Me"), String::new());
        let genesis = Params::new(Network::Regtest, "").genesis;
        let transaction = genesis.transactions[0].to_bytes();
        let mut ask = || {
            let message = OwnMessage::AskTx { id: 7, transaction: transaction.clone() };
            own.handle(now, OwnInput::Heard { from: name("Ann"), message }).len()
        };
        assert_eq!((0..30).map(|_| ask()).sum::<usize>(), 20);
    }
}
