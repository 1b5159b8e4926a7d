//! Bitcoin's encoding: little-endian integers, lengths as CompactSize, lists as length then items.
//!
//! Decoding takes bytes from anyone. It never panics, never allocates more than the input could
//! hold, and refuses lengths that are not written the shortest way (Core `ReadCompactSize`).

/// Most items or bytes a length may announce (Core `MAX_SIZE`, 32 MiB).
pub const MAX_ELEMENTS: u64 = 0x0200_0000;

/// Most items that room is made for before they are read.
const MAX_RESERVED: usize = 1_024;

/// Why bytes could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The input ended too soon.
    #[error("the data ends at byte {at}, {wanted} more were expected")]
    Ended {
        /// Offset of the missing bytes.
        at: usize,
        /// How many were wanted.
        wanted: usize,
    },
    /// Bytes are left over.
    #[error("{extra} bytes are left over after the end")]
    Trailing {
        /// How many.
        extra: usize,
    },
    /// A length not written the shortest way.
    #[error("the length at byte {at} is not written the shortest way")]
    NotMinimal {
        /// Offset of the length.
        at: usize,
    },
    /// A length over the limit.
    #[error("the length at byte {at} says {found}, at most {limit} is allowed")]
    TooLong {
        /// Offset of the length.
        at: usize,
        /// The announced length.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// A marker, flag or type that the format does not have.
    #[error("unknown {what} {found} at byte {at}")]
    Unknown {
        /// What was read.
        what: &'static str,
        /// Its value.
        found: u64,
        /// Its offset.
        at: usize,
    },
    /// The text is not hexadecimal.
    #[error("hexadecimal text has pairs of the digits 0-9 and a-f; character {at} is wrong")]
    Hex {
        /// Index of the first wrong character, from 0.
        at: usize,
    },
}

/// A thing with bytes in Bitcoin's format.
pub trait Encodable {
    /// Appends its bytes.
    fn encode(&self, out: &mut Vec<u8>);

    /// Its bytes.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode(&mut out);
        out
    }
}

/// A thing that can be read from bytes in Bitcoin's format.
pub trait Decodable: Sized {
    /// Reads one from the front.
    ///
    /// # Errors
    /// The first thing in the bytes that the format does not allow.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

/// Reads `bytes` as exactly one `T`.
///
/// # Errors
/// Bytes that do not decode, or are left over.
pub fn decode_exact<T: Decodable>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = T::decode(&mut reader)?;
    match reader.remaining() {
        0 => Ok(value),
        extra => Err(DecodeError::Trailing { extra }),
    }
}

/// Reads hexadecimal text as exactly one `T`.
///
/// # Errors
/// Text that is not hexadecimal, or bytes that do not decode.
pub fn decode_hex<T: Decodable>(text: &str) -> Result<T, DecodeError> {
    decode_exact(&from_hex(text)?)
}

/// A cursor over bytes.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// At the start of `bytes`.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The offset of the next byte.
    pub const fn position(&self) -> usize {
        self.at
    }

    /// Bytes not read yet.
    pub const fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        if count > self.remaining() {
            return Err(DecodeError::Ended { at: self.bytes.len(), wanted: count - self.remaining() });
        }
        let slice = &self.bytes[self.at..self.at + count];
        self.at += count;
        Ok(slice)
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let slice = self.take(N)?;
        Ok(slice.try_into().expect("take returns the length asked for"))
    }

    /// One byte.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn u8(&mut self) -> Result<u8, DecodeError> {
        Ok(self.array::<1>()?[0])
    }

    /// Two bytes, little-endian.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn u16(&mut self) -> Result<u16, DecodeError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    /// Four bytes, little-endian.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn u32(&mut self) -> Result<u32, DecodeError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    /// Four bytes, little-endian, signed.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn i32(&mut self) -> Result<i32, DecodeError> {
        Ok(i32::from_le_bytes(self.array()?))
    }

    /// Eight bytes, little-endian.
    ///
    /// # Errors
    /// [`DecodeError::Ended`].
    pub fn u64(&mut self) -> Result<u64, DecodeError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// A CompactSize of at most `limit`.
    ///
    /// # Errors
    /// [`DecodeError::NotMinimal`], [`DecodeError::TooLong`], [`DecodeError::Ended`].
    pub fn compact_size(&mut self, limit: u64) -> Result<u64, DecodeError> {
        let at = self.at;
        let (value, least) = match self.u8()? {
            0xfd => (u64::from(self.u16()?), 0xfd),
            0xfe => (u64::from(self.u32()?), 0x1_0000),
            0xff => (self.u64()?, 0x1_0000_0000),
            byte => (u64::from(byte), 0),
        };
        if value < least {
            return Err(DecodeError::NotMinimal { at });
        }
        if value > limit {
            return Err(DecodeError::TooLong { at, found: value, limit });
        }
        Ok(value)
    }

    /// Bytes behind their CompactSize length.
    ///
    /// # Errors
    /// As [`Reader::compact_size`].
    pub fn var_bytes(&mut self) -> Result<Vec<u8>, DecodeError> {
        let length = self.compact_size(MAX_ELEMENTS)? as usize;
        Ok(self.take(length)?.to_vec())
    }

    /// A list behind its CompactSize count, of at most `limit` items.
    ///
    /// # Errors
    /// As [`Reader::compact_size`], and those of the items.
    pub fn list<T: Decodable>(&mut self, limit: u64) -> Result<Vec<T>, DecodeError> {
        let count = self.compact_size(limit)? as usize;
        // Items take more room here than their bytes: no count makes us reserve much before they came.
        let mut items = Vec::with_capacity(count.min(self.remaining()).min(MAX_RESERVED));
        for _ in 0..count {
            items.push(T::decode(self)?);
        }
        Ok(items)
    }
}

/// Appends `value` as a CompactSize, the shortest way.
pub fn encode_compact_size(value: u64, out: &mut Vec<u8>) {
    match value {
        0..=0xfc => out.push(value as u8),
        0xfd..=0xffff => {
            out.push(0xfd);
            out.extend_from_slice(&(value as u16).to_le_bytes());
        }
        0x1_0000..=0xffff_ffff => {
            out.push(0xfe);
            out.extend_from_slice(&(value as u32).to_le_bytes());
        }
        _ => {
            out.push(0xff);
            out.extend_from_slice(&value.to_le_bytes());
        }
    }
}

/// Bytes that `value` takes as a CompactSize: 1, 3, 5 or 9.
pub const fn compact_size_len(value: u64) -> usize {
    match value {
        0..=0xfc => 1,
        0xfd..=0xffff => 3,
        0x1_0000..=0xffff_ffff => 5,
        _ => 9,
    }
}

/// Appends `bytes` behind their CompactSize length.
pub(crate) fn encode_var_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    encode_compact_size(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Appends a list behind its CompactSize count.
pub(crate) fn encode_list<T: Encodable>(items: &[T], out: &mut Vec<u8>) {
    encode_compact_size(items.len() as u64, out);
    for item in items {
        item.encode(out);
    }
}

/// Lower-case hexadecimal text of `bytes`.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

/// The bytes of hexadecimal text, either case, no spaces.
///
/// # Errors
/// [`DecodeError::Hex`] at the first character that is wrong or missing its pair.
pub fn from_hex(text: &str) -> Result<Vec<u8>, DecodeError> {
    let mut digits = Vec::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        let digit = character.to_digit(16).ok_or(DecodeError::Hex { at })?;
        digits.push(digit as u8);
    }
    if digits.len() % 2 == 1 {
        return Err(DecodeError::Hex { at: digits.len() });
    }
    Ok(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_sizes_take_the_shortest_form_and_come_back() {
        for value in [0, 1, 0xfc, 0xfd, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, u64::MAX] {
            let mut bytes = Vec::new();
            encode_compact_size(value, &mut bytes);
            assert_eq!(bytes.len(), compact_size_len(value));
            assert_eq!(Reader::new(&bytes).compact_size(u64::MAX), Ok(value));
        }
    }

    #[test]
    fn a_longer_form_than_needed_is_refused() {
        for bytes in [&[0xfd, 0xfc, 0][..], &[0xfe, 0xff, 0xff, 0, 0], &[0xff, 1, 0, 0, 0, 0, 0, 0, 0]] {
            assert_eq!(Reader::new(bytes).compact_size(u64::MAX), Err(DecodeError::NotMinimal { at: 0 }));
        }
    }

    #[test]
    fn a_huge_length_reserves_nothing() {
        let mut reader = Reader::new(&[0xfe, 0, 0, 0, 2, 7]);
        assert!(matches!(reader.var_bytes(), Err(DecodeError::Ended { .. })));
        let mut reader = Reader::new(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        assert!(matches!(reader.var_bytes(), Err(DecodeError::TooLong { .. })));
    }

    #[test]
    fn hex_names_the_wrong_character() {
        assert_eq!(from_hex("00fF"), Ok(vec![0, 255]));
        assert_eq!(from_hex("0g"), Err(DecodeError::Hex { at: 1 }));
        assert_eq!(from_hex("000"), Err(DecodeError::Hex { at: 3 }));
    }
}
