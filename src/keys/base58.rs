//! Base58Check: bytes written for people, without the letters that look alike (no `0`, `O`, `I`,
//! `l`), and with four bytes of double SHA-256 at the end that catch a mistyped character.

use crate::ledger::sha256d;

/// Most characters that are looked at: decoding takes time by the square of the length.
pub const MAX_TEXT: usize = 1024;

/// Bytes of the checksum.
const CHECKSUM_SIZE: usize = 4;

/// A text that is no Base58Check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Base58Error {
    /// Nothing was given.
    #[error("no text was given")]
    Empty,
    /// A character that the alphabet does not have.
    #[error("character {} is {}, which Base58 does not have", at + 1, crate::keys::typed::named(*found))]
    Character {
        /// The character.
        found: char,
        /// How many characters are before it.
        at: usize,
    },
    /// Fewer bytes than a checksum has.
    #[error("the text is too short: {found} bytes, a checksum alone has 4")]
    TooShort {
        /// Bytes found.
        found: usize,
    },
    /// More characters than [`MAX_TEXT`].
    #[error("the text is too long: {found} characters")]
    TooLong {
        /// Bytes of text found.
        found: usize,
    },
    /// The last four bytes are not the checksum of those before: something was mistyped.
    #[error("the checksum is wrong: {found:02x?} is written, {expected:02x?} fits; look for a mistyped character")]
    Checksum {
        /// The checksum of the bytes before.
        expected: [u8; 4],
        /// The last four bytes.
        found: [u8; 4],
    },
}

impl Base58Error {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "base58-empty",
            Self::Character { .. } => "base58-character",
            Self::TooShort { .. } => "base58-too-short",
            Self::TooLong { .. } => "base58-too-long",
            Self::Checksum { .. } => "base58-checksum",
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty => Vec::new(),
            // By its code point: it may be one that nobody sees, or that looks like another.
            Self::Character { found, at } => {
                vec![("character", crate::keys::typed::named(*found)), ("position", (at + 1).to_string())]
            }
            Self::TooShort { found } | Self::TooLong { found } => vec![("found", found.to_string())],
            Self::Checksum { expected, found } => {
                vec![("expected", crate::ledger::to_hex(expected)), ("found", crate::ledger::to_hex(found))]
            }
        }
    }
}

/// The digits, in order of value: all letters and digits but those easily mixed up (0, O, I, l).
pub const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Writes bytes in Base58, without a checksum.
pub fn encode(bytes: &[u8]) -> String {
    bs58::encode(bytes).into_string()
}

/// Reads Base58 without a checksum.
///
/// # Errors
/// [`Base58Error::Character`], [`Base58Error::TooLong`].
pub fn decode(text: &str) -> Result<Vec<u8>, Base58Error> {
    if text.len() > MAX_TEXT {
        return Err(Base58Error::TooLong { found: text.len() });
    }
    bs58::decode(text).into_vec().map_err(|error| {
        // All characters before the first bad one are ASCII, so its byte index counts characters.
        let at = match error {
            bs58::decode::Error::InvalidCharacter { index, .. } => index,
            bs58::decode::Error::NonAsciiCharacter { index } => index,
            _ => 0,
        };
        Base58Error::Character { found: text.chars().nth(at).unwrap_or('?'), at }
    })
}

/// Writes bytes in Base58 with their checksum.
pub fn encode_check(payload: &[u8]) -> String {
    let mut bytes = payload.to_vec();
    bytes.extend_from_slice(&checksum(payload));
    encode(&bytes)
}

/// Reads Base58 with a checksum; the checksum is taken off.
///
/// # Errors
/// Any [`Base58Error`].
pub fn decode_check(text: &str) -> Result<Vec<u8>, Base58Error> {
    if text.is_empty() {
        return Err(Base58Error::Empty);
    }
    let mut bytes = decode(text)?;
    let Some((payload, found)) = bytes.split_last_chunk::<CHECKSUM_SIZE>() else {
        return Err(Base58Error::TooShort { found: bytes.len() });
    };
    let expected = checksum(payload);
    if *found != expected {
        return Err(Base58Error::Checksum { expected, found: *found });
    }
    bytes.truncate(bytes.len() - CHECKSUM_SIZE);
    Ok(bytes)
}

/// The first four bytes of the double SHA-256.
pub fn checksum(payload: &[u8]) -> [u8; CHECKSUM_SIZE] {
    let [a, b, c, d, ..] = sha256d(payload);
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_character_is_named_with_its_place() {
        let cases = [("mzK0", '0', 3), ("O", 'O', 0), ("mzé", 'é', 2), ("mz K", ' ', 2), ("钱", '钱', 0)];
        for (text, found, at) in cases {
            assert_eq!(decode_check(text), Err(Base58Error::Character { found, at }), "{text:?}");
        }
    }

    #[test]
    fn a_mistyped_character_breaks_the_checksum() {
        let text = encode_check(b"tabchain");
        assert_eq!(decode_check(&text).as_deref(), Ok(b"tabchain".as_slice()));
        let mut wrong = text.into_bytes();
        wrong[3] = if wrong[3] == b'a' { b'b' } else { b'a' };
        let wrong = String::from_utf8(wrong).expect("ASCII");
        assert!(matches!(decode_check(&wrong), Err(Base58Error::Checksum { .. })));
    }

    #[test]
    fn too_short_and_too_long_are_said() {
        assert_eq!(decode_check(""), Err(Base58Error::Empty));
        assert_eq!(decode_check("2g"), Err(Base58Error::TooShort { found: 1 }));
        assert_eq!(decode_check(&"1".repeat(2000)), Err(Base58Error::TooLong { found: 2000 }));
    }
}
