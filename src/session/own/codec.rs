//! How our own messages are written: Bitcoin's encoding, every length with a limit.

use crate::api::{MAX_NOTE_BYTES, NoteContent, UserError};
use crate::ledger::{DecodeError, Reader, encode_compact_size, from_hex, to_hex};

/// Longest public key: 04, x and y.
const MAX_PUBLIC_KEY: usize = 65;
/// Longest DER signature, and some more for what is none.
const MAX_SIGNATURE: usize = 80;
/// Longest name of a node, in bytes.
const MAX_NAME: usize = 128;
/// Most facts of a rule that failed, and the longest text among rule and facts, in bytes.
const MAX_FACTS: u64 = 16;
const MAX_FACT: usize = 256;

pub(super) fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    encode_compact_size(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

pub(super) fn put_hex(hex: &str, out: &mut Vec<u8>) {
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

pub(super) fn name(reader: &mut Reader<'_>) -> Result<String, DecodeError> {
    text(reader, MAX_NAME)
}

pub(super) fn put_content(content: &NoteContent, out: &mut Vec<u8>) {
    put_bytes(content.message.as_bytes(), out);
    put_hex(&content.public_key, out);
    put_hex(&content.signature, out);
}

pub(super) fn content(reader: &mut Reader<'_>) -> Result<NoteContent, DecodeError> {
    Ok(NoteContent {
        message: text(reader, MAX_NOTE_BYTES)?,
        public_key: to_hex(bytes(reader, MAX_PUBLIC_KEY)?),
        signature: to_hex(bytes(reader, MAX_SIGNATURE)?),
    })
}

/// A rule that failed, or none, which is an empty name.
pub(super) fn put_outcome(outcome: Option<&UserError>, out: &mut Vec<u8>) {
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

pub(super) fn outcome(reader: &mut Reader<'_>) -> Result<Option<UserError>, DecodeError> {
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

/// One of these, by its place.
pub(super) fn choice<T: Copy>(reader: &mut Reader<'_>, what: &'static str, choices: &[T]) -> Result<T, DecodeError> {
    let at = reader.position();
    let found = reader.u8()?;
    choices.get(usize::from(found)).copied().ok_or(DecodeError::Unknown { what, found: u64::from(found), at })
}

/// A whole payload, read by `read`; nothing may be left over.
pub(super) fn whole<'a, T>(
    payload: &'a [u8],
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, DecodeError>,
) -> Option<T> {
    let mut reader = Reader::new(payload);
    read(&mut reader).ok().filter(|_| reader.remaining() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
