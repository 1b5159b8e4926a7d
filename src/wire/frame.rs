//! The frame around every message: 24 bytes that say for which network, what, how long, and a
//! checksum (Core `CMessageHeader`).

use crate::ledger::{DecodeError, sha256d, to_hex};

/// Bytes of a frame before its payload: magic 4, command 12, length 4, checksum 4.
pub const FRAME_HEADER_SIZE: usize = 24;
/// Bytes of a command: its ASCII letters, filled with zeros.
pub const COMMAND_SIZE: usize = 12;
/// Most bytes of a payload (Core `MAX_PROTOCOL_MESSAGE_LENGTH`).
pub const MAX_MESSAGE_SIZE: usize = 4_000_000;

/// Why a frame could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Fewer bytes than a frame's header.
    #[error("a frame has at least {FRAME_HEADER_SIZE} bytes, this has {found}")]
    Short {
        /// Bytes found.
        found: usize,
    },
    /// A frame of another network.
    #[error("the frame is for the network {}, this one is {}", to_hex(found), to_hex(expected))]
    Magic {
        /// The frame's first four bytes.
        found: [u8; 4],
        /// This network's.
        expected: [u8; 4],
    },
    /// A command that is no ASCII text filled with zeros.
    #[error("the command is not letters filled with zeros")]
    Command,
    /// A length over the limit.
    #[error("the payload says {found} bytes, at most {MAX_MESSAGE_SIZE} are allowed")]
    TooLarge {
        /// The announced length, in bytes.
        found: usize,
    },
    /// A length that is not the payload's.
    #[error("the frame says {announced} bytes of payload, it has {found}")]
    Length {
        /// The announced length, in bytes.
        announced: usize,
        /// Bytes after the header.
        found: usize,
    },
    /// A checksum that is not the payload's.
    #[error("the checksum is {}, of this payload it would be {}", to_hex(announced), to_hex(computed))]
    Checksum {
        /// The frame's.
        announced: [u8; 4],
        /// The first four bytes of the payload's double SHA-256.
        computed: [u8; 4],
    },
    /// A payload that is no such message.
    #[error("malformed {command} message: {error}")]
    Payload {
        /// The message's command.
        command: String,
        /// What is wrong in the payload; offsets are from its start.
        error: DecodeError,
    },
}

impl WireError {
    /// The rule that was broken, as a short stable name.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Short { .. } => "frame-short",
            Self::Magic { .. } => "frame-magic",
            Self::Command => "frame-command",
            Self::TooLarge { .. } => "frame-too-large",
            Self::Length { .. } => "frame-length",
            Self::Checksum { .. } => "frame-checksum",
            Self::Payload { .. } => "malformed",
        }
    }
}

/// The first four bytes of the double SHA-256 of `payload`.
pub(super) fn checksum(payload: &[u8]) -> [u8; 4] {
    let hash = sha256d(payload);
    [hash[0], hash[1], hash[2], hash[3]]
}

/// Puts `payload` into a frame. Letters of `command` beyond the twelfth are left out.
pub(super) fn encode_frame(magic: [u8; 4], command: &str, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(FRAME_HEADER_SIZE + payload.len());
    frame.extend_from_slice(&magic);
    let mut field = [0; COMMAND_SIZE];
    for (to, from) in field.iter_mut().zip(command.bytes()) {
        *to = from;
    }
    frame.extend_from_slice(&field);
    frame.extend_from_slice(&u32::try_from(payload.len()).unwrap_or(u32::MAX).to_le_bytes());
    frame.extend_from_slice(&checksum(payload));
    frame.extend_from_slice(payload);
    frame
}

/// Takes a frame apart into its command and payload.
///
/// # Errors
/// Every [`WireError`] but those of the payload's content.
pub(super) fn decode_frame(frame: &[u8], magic: [u8; 4]) -> Result<(&str, &[u8]), WireError> {
    let Some((header, payload)) = frame.split_first_chunk::<FRAME_HEADER_SIZE>() else {
        return Err(WireError::Short { found: frame.len() });
    };
    let found: [u8; 4] = four(header, 0);
    if found != magic {
        return Err(WireError::Magic { found, expected: magic });
    }
    let command = command_text(&header[4..16]).ok_or(WireError::Command)?;
    let announced = u32::from_le_bytes(four(header, 16)) as usize;
    if announced > MAX_MESSAGE_SIZE {
        return Err(WireError::TooLarge { found: announced });
    }
    if announced != payload.len() {
        return Err(WireError::Length { announced, found: payload.len() });
    }
    let (announced, computed) = (four(header, 20), checksum(payload));
    if announced != computed {
        return Err(WireError::Checksum { announced, computed });
    }
    Ok((command, payload))
}

/// The command that a frame names, without checking the rest; for lists of many frames.
pub fn peek_command(frame: &[u8]) -> Option<&str> {
    command_text(frame.get(4..16)?)
}

/// The text of a command field: printable ASCII, then only zeros.
fn command_text(field: &[u8]) -> Option<&str> {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    let (text, fill) = field.split_at(end);
    if text.is_empty() || !text.iter().all(u8::is_ascii_graphic) || fill.iter().any(|byte| *byte != 0) {
        return None;
    }
    std::str::from_utf8(text).ok()
}

fn four(header: &[u8; FRAME_HEADER_SIZE], at: usize) -> [u8; 4] {
    [header[at], header[at + 1], header[at + 2], header[at + 3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: [u8; 4] = [0xf9, 0xbe, 0xb4, 0xd9];

    #[test]
    fn a_verack_has_the_bytes_it_has_in_bitcoin() {
        let frame = encode_frame(MAGIC, "verack", &[]);
        assert_eq!(to_hex(&frame), "f9beb4d976657261636b000000000000000000005df6e0e2");
        assert_eq!(decode_frame(&frame, MAGIC), Ok(("verack", &[][..])));
        assert_eq!(peek_command(&frame), Some("verack"));
    }

    #[test]
    fn each_broken_part_of_a_frame_is_named() {
        let good = encode_frame(MAGIC, "ping", &[1, 2, 3, 4, 5, 6, 7, 8]);
        let with = |at: usize, byte: u8| {
            let mut frame = good.clone();
            frame[at] = byte;
            decode_frame(&frame, MAGIC).expect_err("broken").rule()
        };
        assert_eq!(with(0, 0), "frame-magic");
        assert_eq!(with(4, 0), "frame-command");
        assert_eq!(with(5, 0), "frame-command");
        assert_eq!(with(6, 0xff), "frame-command");
        assert_eq!(with(16, 9), "frame-length");
        assert_eq!(with(19, 1), "frame-too-large");
        assert_eq!(with(20, 0), "frame-checksum");
        assert_eq!(with(31, 0), "frame-checksum");
        assert_eq!(decode_frame(&good[..23], MAGIC), Err(WireError::Short { found: 23 }));
        assert_eq!(decode_frame(&good[..24], MAGIC), Err(WireError::Length { announced: 8, found: 0 }));
    }
}
