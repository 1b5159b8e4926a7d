//! The reject message: "I refused what you sent, because of this rule" (BIP-0061).
//!
//! Bitcoin Core no longer sends it; in a classroom, the reason is the lesson.

use crate::ledger::{DecodeError, Reader, encode_compact_size};

use super::frame::COMMAND_SIZE;

/// Most bytes of a reason (Core `MAX_REJECT_MESSAGE_LENGTH`).
pub const MAX_REJECT_REASON: usize = 111;

/// The kind of refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RejectCode {
    /// 0x01: the message could not be read.
    Malformed,
    /// 0x10: a rule of the ledger is broken.
    Invalid,
    /// 0x11: a version no longer supported.
    Obsolete,
    /// 0x12: something else was seen first: a double spend, or the same thing again.
    Duplicate,
    /// 0x40: valid, but not what this node keeps or relays.
    Nonstandard,
    /// 0x41: an output too small.
    Dust,
    /// 0x42: a fee too small.
    InsufficientFee,
    /// 0x43: against a checkpoint.
    Checkpoint,
    /// A code that BIP-0061 does not have.
    Other(u8),
}

impl RejectCode {
    /// The byte that is sent.
    pub const fn to_byte(self) -> u8 {
        match self {
            Self::Malformed => 0x01,
            Self::Invalid => 0x10,
            Self::Obsolete => 0x11,
            Self::Duplicate => 0x12,
            Self::Nonstandard => 0x40,
            Self::Dust => 0x41,
            Self::InsufficientFee => 0x42,
            Self::Checkpoint => 0x43,
            Self::Other(byte) => byte,
        }
    }

    /// The code of a byte.
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0x01 => Self::Malformed,
            0x10 => Self::Invalid,
            0x11 => Self::Obsolete,
            0x12 => Self::Duplicate,
            0x40 => Self::Nonstandard,
            0x41 => Self::Dust,
            0x42 => Self::InsufficientFee,
            0x43 => Self::Checkpoint,
            _ => Self::Other(byte),
        }
    }

    /// The code's name in BIP-0061.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Invalid => "invalid",
            Self::Obsolete => "obsolete",
            Self::Duplicate => "duplicate",
            Self::Nonstandard => "nonstandard",
            Self::Dust => "dust",
            Self::InsufficientFee => "insufficientfee",
            Self::Checkpoint => "checkpoint",
            Self::Other(_) => "unknown",
        }
    }

    /// The code that goes with a rule of a transaction, by Core's name of the rule.
    pub fn of_transaction_rule(rule: &str) -> Self {
        match rule {
            "min relay fee not met" | "mempool min fee not met" | "mempool full" | "insufficient fee" => {
                Self::InsufficientFee
            }
            "txn-mempool-conflict" | "txn-already-in-mempool" | "txn-already-known" => Self::Duplicate,
            "dust" => Self::Dust,
            "version"
            | "tx-size"
            | "scriptsig-size"
            | "scriptsig-not-pushonly"
            | "scriptpubkey"
            | "bare-multisig"
            | "multi-op-return"
            | "non-final"
            | "too-long-mempool-chain"
            | "bad-txns-nonstandard-inputs"
            | "tx-size-small" => Self::Nonstandard,
            _ if rule.starts_with("non-mandatory") => Self::Nonstandard,
            _ => Self::Invalid,
        }
    }
}

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reject {
    /// The command of the refused message, at most 12 bytes.
    pub message: String,
    /// The kind of refusal.
    pub code: RejectCode,
    /// The rule, by Core's name; at most [`MAX_REJECT_REASON`] bytes.
    pub reason: String,
    /// The hash of the refused transaction or block, in the order it is sent.
    pub hash: Option<[u8; 32]>,
}

impl Reject {
    pub(super) fn encode_payload(&self, out: &mut Vec<u8>) {
        encode_text(&self.message, COMMAND_SIZE, out);
        out.push(self.code.to_byte());
        encode_text(&self.reason, MAX_REJECT_REASON, out);
        if let Some(hash) = &self.hash {
            out.extend_from_slice(hash);
        }
    }

    pub(super) fn decode_payload(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let message = decode_text(reader, COMMAND_SIZE)?;
        let code = RejectCode::from_byte(reader.u8()?);
        let reason = decode_text(reader, MAX_REJECT_REASON)?;
        let hash = if reader.remaining() == 0 { None } else { Some(reader.array()?) };
        Ok(Self { message, code, reason, hash })
    }
}

/// Appends at most `limit` bytes of `text` behind their length, cut where a character ends.
pub(super) fn encode_text(text: &str, limit: usize, out: &mut Vec<u8>) {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    encode_compact_size(end as u64, out);
    out.extend_from_slice(&text.as_bytes()[..end]);
}

/// Reads a text of at most `limit` bytes; what is no UTF-8 becomes U+FFFD.
pub(super) fn decode_text(reader: &mut Reader<'_>, limit: usize) -> Result<String, DecodeError> {
    let length = reader.compact_size(limit as u64)? as usize;
    Ok(String::from_utf8_lossy(reader.take(length)?).into_owned())
}
