//! What tabs say to each other beside the ledger: signed notes, and answers about a transaction.

use serde::{Deserialize, Serialize};

use super::NodeName;
use crate::api::UserError;
use crate::ledger::{Time, Txid};

/// Longest message that is signed for a note or a link, in bytes.
pub const MAX_NOTE_BYTES: usize = 1_000;

/// A message and who signed it how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteContent {
    /// The message, at most 1,000 bytes.
    pub message: String,
    /// The signer's public key, hexadecimal.
    pub public_key: String,
    /// The ECDSA signature of the message's SHA-256, DER, hexadecimal.
    pub signature: String,
}

/// What the check of a note's signature found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteVerdict {
    /// The owner of the key signed exactly this message.
    Valid,
    /// Message, key and signature do not belong together.
    Invalid,
    /// The key is no public key.
    BadKey,
    /// The signature is no signature.
    BadSignature,
}

/// Whether the key of a note is the one that its receiver knows from the same node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KnownKey {
    /// No valid note came from that node before: there is nothing to compare with.
    First,
    /// It signed that node's first valid note too.
    Same,
    /// Another one signed that node's first valid note.
    Other,
}

/// What the man in the middle does to notes under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alteration {
    /// Another message.
    Message,
    /// One bit of the signature flipped.
    Signature,
    /// Signed anew, with a key of his own.
    Key,
}

/// The signed notes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotesView {
    /// What is done to notes under way in this room; `None` is nothing.
    pub altering: Option<Alteration>,
    /// Who set it so; empty if it was never set.
    pub altering_by: NodeName,
    /// The peers that a note would reach now, by name; at most 64.
    pub reachable: Vec<NodeName>,
    /// Notes sent and received, newest first; at most 50.
    pub notes: Vec<NoteView>,
}

/// A note sent or received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// Number, rising.
    pub number: u64,
    /// When it was sent, or came.
    pub time: Time,
    /// The node that sent it.
    pub from: NodeName,
    /// As it was signed here, or as it came.
    pub content: NoteContent,
    /// What this node's check found.
    pub verdict: NoteVerdict,
    /// Whether this node knew the key from the sender; `None` for what it sent itself.
    pub known: Option<KnownKey>,
    /// Of what this node sent: the first other content that a receiver says it got.
    pub arrived: Option<NoteContent>,
    /// Of what this node sent: every receiver, by name; at most 64.
    pub receivers: Vec<NoteReceiver>,
}

/// One of those a note was sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteReceiver {
    /// Who.
    pub peer: NodeName,
    /// How far its answer is.
    pub state: AnswerState,
    /// What it found, once it answered.
    pub answer: Option<NoteAnswer>,
}

/// What a receiver of a note found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAnswer {
    /// What its check found.
    pub verdict: NoteVerdict,
    /// Whether it knew the key.
    pub known: KnownKey,
    /// Whether it got what was sent.
    pub unchanged: bool,
}

/// How far a peer's answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerState {
    /// It was asked just now.
    Waiting,
    /// It was asked five seconds ago or more, and has not answered.
    Late,
    /// It answered.
    Answered,
    /// It is gone and will not answer.
    Left,
}

/// What the nodes say of a transaction, asked for once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswersView {
    /// The transaction.
    pub txid: Txid,
    /// What this node says.
    pub own: TransactionAnswer,
    /// Those asked, by name; at most 64.
    pub peers: Vec<PeerAnswer>,
}

/// One of those asked about a transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeerAnswer {
    /// Who.
    pub peer: NodeName,
    /// How far its answer is.
    pub state: AnswerState,
    /// What it says, once it answered.
    pub answer: Option<TransactionAnswer>,
}

/// What a node says of a transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransactionAnswer {
    /// Of the transaction for its own sake: the rule its scripts fail, run against the outputs it claims, spent or
    /// not; `None` if they agree.
    pub scripts: Option<UserError>,
    /// Of its place here: the rule that keeps it out of the mempool; `None` if it would be taken.
    pub entry: Option<UserError>,
}
