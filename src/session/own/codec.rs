//! How our own messages are written: Bitcoin's encoding, every length with a limit.

use crate::api::{
    Alteration, KnownKey, MAX_NOTE_BYTES, NodeName, NoteContent, NoteVerdict, TransactionAnswer, UserError,
};
use crate::keys::Address;
use crate::ledger::{DecodeError, Params, Reader, encode_compact_size, from_hex, to_hex};

/// Largest transaction asked about, in bytes: enough for a hundred inputs.
pub(super) const MAX_TRANSACTION: usize = 20_000;
/// Longest public key: 04, x and y.
const MAX_PUBLIC_KEY: usize = 65;
/// Longest DER signature, and some more for what is none.
const MAX_SIGNATURE: usize = 80;
/// Longest name of a node, in bytes.
const MAX_NAME: usize = 128;
/// Most facts of a rule that failed, and the longest text among rule and facts, in bytes.
const MAX_FACTS: u64 = 16;
const MAX_FACT: usize = 256;

const PAY_TO: &str = "payto";
const NOTE: &str = "note";
const NOTE_SEEN: &str = "noteseen";
const ALTERING: &str = "altering";
const ASK_TX: &str = "asktx";
const TX_ANSWER: &str = "txanswer";

/// The choices, in the order of their bytes.
const VERDICTS: [NoteVerdict; 4] =
    [NoteVerdict::Valid, NoteVerdict::Invalid, NoteVerdict::BadKey, NoteVerdict::BadSignature];
const KNOWN: [KnownKey; 3] = [KnownKey::First, KnownKey::Same, KnownKey::Other];
const ALTERATIONS: [Option<Alteration>; 4] =
    [None, Some(Alteration::Message), Some(Alteration::Signature), Some(Alteration::Key)];

/// A message of our own.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::session) enum OwnMessage {
    /// `payto` tells an address to be paid at, as text.
    PayTo(Address),
    /// `note` carries a signed note.
    Note {
        /// The sender's number of it.
        id: u64,
        /// What was signed, by which key, and the signature.
        content: NoteContent,
    },
    /// `noteseen` brings back what a receiver of a note found.
    NoteSeen {
        /// The sender's number of the note.
        id: u64,
        /// Whether the signature holds.
        verdict: NoteVerdict,
        /// Whether the key is the one that the receiver knows of the sender.
        known: KnownKey,
        /// What the receiver got.
        arrived: NoteContent,
    },
    /// `altering` tells what the man in the middle does in this room.
    Altering {
        /// When it was set, in milliseconds since 1970.
        at: u64,
        /// What is done to notes.
        how: Option<Alteration>,
        /// Who set it.
        by: NodeName,
    },
    /// `asktx` asks what a node says of a transaction.
    AskTx {
        /// The asker's number of the question.
        id: u64,
        /// The transaction's bytes, [`MAX_TRANSACTION`] at most: they are read when the asker is not too fast.
        transaction: Vec<u8>,
    },
    /// `txanswer` brings that node's verdicts.
    TxAnswer {
        /// The asker's number of the question.
        id: u64,
        /// The verdicts.
        answer: TransactionAnswer,
    },
}

impl OwnMessage {
    /// Whether a message of this command is one of our own.
    pub(in crate::session) fn is_command(command: &str) -> bool {
        matches!(command, PAY_TO | NOTE | NOTE_SEEN | ALTERING | ASK_TX | TX_ANSWER)
    }

    /// Returns the command by which it is called in its frame.
    pub(in crate::session) const fn command(&self) -> &'static str {
        match self {
            Self::PayTo(_) => PAY_TO,
            Self::Note { .. } => NOTE,
            Self::NoteSeen { .. } => NOTE_SEEN,
            Self::Altering { .. } => ALTERING,
            Self::AskTx { .. } => ASK_TX,
            Self::TxAnswer { .. } => TX_ANSWER,
        }
    }

    /// Writes its payload.
    pub(in crate::session) fn payload(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::PayTo(address) => out.extend_from_slice(address.to_string().as_bytes()),
            Self::Note { id, content } => {
                out.extend_from_slice(&id.to_le_bytes());
                put_content(content, &mut out);
            }
            Self::NoteSeen { id, verdict, known, arrived } => {
                out.extend_from_slice(&id.to_le_bytes());
                put_choice(&VERDICTS, verdict, &mut out);
                put_choice(&KNOWN, known, &mut out);
                put_content(arrived, &mut out);
            }
            Self::Altering { at, how, by } => {
                out.extend_from_slice(&at.to_le_bytes());
                put_choice(&ALTERATIONS, how, &mut out);
                put_bytes(by.0.as_bytes(), &mut out);
            }
            Self::AskTx { id, transaction } => {
                out.extend_from_slice(&id.to_le_bytes());
                out.extend_from_slice(transaction);
            }
            Self::TxAnswer { id, answer } => {
                out.extend_from_slice(&id.to_le_bytes());
                put_outcome(answer.scripts.as_ref(), &mut out);
                put_outcome(answer.entry.as_ref(), &mut out);
            }
        }
        out
    }

    /// Reads a payload; none where it is no such message after all, or its address is of another network.
    pub(in crate::session) fn decode(command: &str, payload: &[u8], params: &Params) -> Option<Self> {
        match command {
            PAY_TO => {
                let text = std::str::from_utf8(payload).ok()?;
                Address::parse(text, params).ok().map(Self::PayTo)
            }
            NOTE => whole(payload, |reader| Ok(Self::Note { id: reader.u64()?, content: content(reader)? })),
            NOTE_SEEN => whole(payload, |reader| {
                Ok(Self::NoteSeen {
                    id: reader.u64()?,
                    verdict: choice(reader, "verdict", &VERDICTS)?,
                    known: choice(reader, "known", &KNOWN)?,
                    arrived: content(reader)?,
                })
            }),
            ALTERING => whole(payload, |reader| {
                Ok(Self::Altering {
                    at: reader.u64()?,
                    how: choice(reader, "alteration", &ALTERATIONS)?,
                    by: NodeName(text(reader, MAX_NAME)?),
                })
            }),
            ASK_TX => {
                let (id, transaction) = payload.split_first_chunk::<8>()?;
                let id = u64::from_le_bytes(*id);
                (transaction.len() <= MAX_TRANSACTION).then(|| Self::AskTx { id, transaction: transaction.to_vec() })
            }
            TX_ANSWER => whole(payload, |reader| {
                let id = reader.u64()?;
                let answer = TransactionAnswer { scripts: outcome(reader)?, entry: outcome(reader)? };
                Ok(Self::TxAnswer { id, answer })
            }),
            _ => None,
        }
    }
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    encode_compact_size(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

fn put_hex(hex: &str, out: &mut Vec<u8>) {
    // What is kept here was written by `to_hex`.
    put_bytes(&from_hex(hex).unwrap_or_default(), out);
}

fn bytes<'a>(reader: &mut Reader<'a>, limit: usize) -> Result<&'a [u8], DecodeError> {
    let length = reader.compact_size(limit as u64)? as usize;
    reader.take(length)
}

fn text(reader: &mut Reader<'_>, limit: usize) -> Result<String, DecodeError> {
    let at = reader.position();
    let found = bytes(reader, limit)?;
    let text = std::str::from_utf8(found).map_err(|_| DecodeError::Unknown { what: "text", found: 0, at })?;
    Ok(text.to_owned())
}

fn put_content(content: &NoteContent, out: &mut Vec<u8>) {
    put_bytes(content.message.as_bytes(), out);
    put_hex(&content.public_key, out);
    put_hex(&content.signature, out);
}

fn content(reader: &mut Reader<'_>) -> Result<NoteContent, DecodeError> {
    Ok(NoteContent {
        message: text(reader, MAX_NOTE_BYTES)?,
        public_key: to_hex(bytes(reader, MAX_PUBLIC_KEY)?),
        signature: to_hex(bytes(reader, MAX_SIGNATURE)?),
    })
}

/// Writes a rule that failed, or none, which is an empty name.
fn put_outcome(outcome: Option<&UserError>, out: &mut Vec<u8>) {
    let Some(error) = outcome else { return put_bytes(&[], out) };
    let cut = |text: &str, out: &mut Vec<u8>| put_bytes(&text.as_bytes()[..text.floor_char_boundary(MAX_FACT)], out);
    cut(&error.rule, out);
    let facts = error.facts.get(..MAX_FACTS as usize).unwrap_or(&error.facts);
    encode_compact_size(facts.len() as u64, out);
    for (name, value) in facts {
        cut(name, out);
        cut(value, out);
    }
}

fn outcome(reader: &mut Reader<'_>) -> Result<Option<UserError>, DecodeError> {
    let rule = text(reader, MAX_FACT)?;
    if rule.is_empty() {
        return Ok(None);
    }
    let mut error = UserError::new(crate::api::code::VERIFY_REJECTED, rule.clone(), rule);
    for _ in 0..reader.compact_size(MAX_FACTS)? {
        error.facts.push((text(reader, MAX_FACT)?, text(reader, MAX_FACT)?));
    }
    Ok(Some(error))
}

/// Writes a choice as its place among these.
fn put_choice<T: PartialEq>(choices: &[T], chosen: &T, out: &mut Vec<u8>) {
    out.push(choices.iter().position(|choice| choice == chosen).unwrap_or_default() as u8);
}

/// Reads one of these, which is written as its place.
fn choice<T: Copy>(reader: &mut Reader<'_>, what: &'static str, choices: &[T]) -> Result<T, DecodeError> {
    let at = reader.position();
    let found = reader.u8()?;
    choices.get(usize::from(found)).copied().ok_or(DecodeError::Unknown { what, found: u64::from(found), at })
}

/// Reads a whole payload; nothing may be left over.
fn whole<'a, T>(payload: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> Result<T, DecodeError>) -> Option<T> {
    let mut reader = Reader::new(payload);
    read(&mut reader).ok().filter(|_| reader.remaining() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::PrivateKey;
    use crate::ledger::Network;

    fn note() -> NoteContent {
        NoteContent {
            message: "小明付给小红 3 个币".into(), public_key: "02ab".into(), signature: "3006".into()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut out = Vec::new();
        put_content(&note(), &mut out);
        assert_eq!(whole(&out, content), Some(note()));
        let error = UserError::new(-26, "some-rule", "some-rule").fact("input", 0).fact("reason", "EVAL_FALSE");
        for written in [None, Some(error)] {
            let mut out = Vec::new();
            put_outcome(written.as_ref(), &mut out);
            assert_eq!(whole(&out, outcome), Some(written));
        }
    }

    #[test]
    fn every_message_is_read_as_it_was_written() {
        let params = Params::new(Network::Regtest, "");
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range").public_key();
        let rule = || Some(UserError::new(-26, "some-rule", "some-rule").fact("input", 0));
        let messages = [
            OwnMessage::PayTo(Address::from_public_key(&key, &params)),
            OwnMessage::Note { id: 1, content: note() },
            OwnMessage::NoteSeen { id: 2, verdict: NoteVerdict::BadKey, known: KnownKey::Other, arrived: note() },
            OwnMessage::Altering { at: 3, how: Some(Alteration::Key), by: NodeName("Ann".into()) },
            OwnMessage::AskTx { id: 4, transaction: vec![1, 2, 3] },
            OwnMessage::TxAnswer { id: 5, answer: TransactionAnswer { scripts: rule(), entry: None } },
        ];
        for message in messages {
            assert!(OwnMessage::is_command(message.command()));
            let read = OwnMessage::decode(message.command(), &message.payload(), &params);
            assert_eq!(read, Some(message));
        }
        assert!(!OwnMessage::is_command("ping"));
    }

    #[test]
    fn what_is_longer_than_its_limit_is_not_read() {
        for message in ["x".repeat(MAX_NOTE_BYTES), "x".repeat(MAX_NOTE_BYTES + 1)] {
            let fits = message.len() <= MAX_NOTE_BYTES;
            let mut out = Vec::new();
            put_content(&NoteContent { message, ..note() }, &mut out);
            assert_eq!(whole(&out, content).is_some(), fits);
        }
        let mut cut = Vec::new();
        put_outcome(Some(&UserError::new(-26, "钱".repeat(200), "")), &mut cut);
        let rule = whole(&cut, outcome).flatten().map(|error| error.rule).unwrap_or_default();
        assert!(rule.len() <= MAX_FACT && rule.starts_with('钱'), "cut where a character ends");
    }

    #[test]
    fn bytes_cut_short_changed_or_grown_never_panic() {
        let mut good = 7u64.to_le_bytes().to_vec();
        put_content(&note(), &mut good);
        put_outcome(Some(&UserError::new(-26, "rule", "rule").fact("name", "value")), &mut good);
        let read =
            |bytes: &[u8]| whole(bytes, |reader| Ok((reader.u64()?, content(reader)?, outcome(reader)?))).is_some();
        assert!(read(&good));
        for length in 0..good.len() {
            assert!(!read(&good[..length]), "cut to {length}");
            for bits in 1..=255 {
                let mut changed = good.clone();
                changed[length] ^= bits;
                read(&changed);
            }
        }
        good.push(0);
        assert!(!read(&good), "nothing may be left over");
    }
}
