//! Signed messages, as Bitcoin Core's `signmessage` makes them.
//!
//! The text is hashed behind a fixed beginning, so that nobody can be made to sign a transaction
//! that looks like a text. The signature says which of the possible public keys made it, so the
//! address alone is enough to verify.

use super::address::Address;
use super::base64;
use super::ecdsa::{recover_public_key, sign_ecdsa_explained};
use super::keys::{PrivateKey, PublicKey};
use super::signature::Signature;
use crate::ledger::{Params, encode_compact_size, sha256d};

/// What every signed message begins with (Core `MESSAGE_MAGIC`).
pub const MESSAGE_MAGIC: &str = "Bitcoin Signed Message:\n";
/// Bytes of a signature: header, r, s.
pub const MESSAGE_SIGNATURE_SIZE: usize = 65;
/// The header byte is this, plus the recovery id, plus 4 if the key is compressed.
const HEADER_BASE: u8 = 27;
const HEADER_COMPRESSED: u8 = 4;

/// Why a signed message does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The signature is not Base64.
    #[error("the signature is not Base64")]
    Base64,
    /// The signature has the wrong number of bytes.
    #[error("a message's signature has 65 bytes, this has {found}")]
    Length {
        /// Bytes found.
        found: usize,
    },
    /// No key makes this signature over this message.
    #[error("no key makes this signature over this message")]
    NoKey,
    /// Another key made it, or the message was changed.
    #[error(
        "over this message this is a signature of {signer}, not of {expected}: the message was changed, or another key signed"
    )]
    OtherKey {
        /// The address of the key with which it verifies.
        signer: Address,
        /// The address that was to have signed.
        expected: Address,
    },
}

impl MessageError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Base64 => "message-base64",
            Self::Length { .. } => "message-length",
            Self::NoKey => "message-no-key",
            Self::OtherKey { .. } => "message-other-key",
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Base64 | Self::NoKey => Vec::new(),
            Self::Length { found } => vec![("found", found.to_string())],
            Self::OtherKey { signer, expected } => {
                vec![("signer", signer.to_string()), ("expected", expected.to_string())]
            }
        }
    }
}

/// How the lines of a text end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LineEnds {
    /// A line feed, as in text fields of web pages.
    Lf,
    /// Carriage return and line feed, as in files of Windows.
    CrLf,
}

/// The same text with the other line ends, and which those are; none for a text of one line.
///
/// A signature covers them, and nobody sees them: a text that was signed with one kind and pasted where it gets the
/// other would never hold.
pub fn with_other_line_ends(text: &str) -> Option<(String, LineEnds)> {
    if text.contains("\r\n") {
        Some((text.replace("\r\n", "\n"), LineEnds::Lf))
    } else {
        text.contains('\n').then(|| (text.replace('\n', "\r\n"), LineEnds::CrLf))
    }
}

/// The exact bytes whose double SHA-256 is signed: each text behind its length.
pub fn message_bytes(message: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in [MESSAGE_MAGIC, message] {
        encode_compact_size(part.len() as u64, &mut bytes);
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

/// The hash that is signed.
pub fn message_hash(message: &str) -> [u8; 32] {
    sha256d(&message_bytes(message))
}

/// Signs a message; the result is 65 bytes in Base64.
pub fn sign_message(key: &PrivateKey, message: &str) -> String {
    let steps = sign_ecdsa_explained(key, &message_hash(message));
    let compressed = if key.is_compressed() { HEADER_COMPRESSED } else { 0 };
    let mut bytes = vec![HEADER_BASE + steps.recovery_id + compressed];
    bytes.extend_from_slice(&steps.signature.to_compact());
    base64::encode(&bytes)
}

/// The public key with which a signature over a message verifies.
///
/// Of the first byte three bits count, as in Core's `CPubKey::RecoverCompact`, which takes any
/// byte: two for the recovery id, one for the form of the key.
///
/// # Errors
/// Any [`MessageError`] but [`MessageError::OtherKey`].
pub fn recover_message_key(message: &str, signature: &str) -> Result<PublicKey, MessageError> {
    let bytes = base64::decode(signature.trim()).ok_or(MessageError::Base64)?;
    let length = MessageError::Length { found: bytes.len() };
    let (header, numbers) = bytes.split_first().ok_or(length.clone())?;
    if numbers.len() != MESSAGE_SIGNATURE_SIZE - 1 {
        return Err(length);
    }
    let flags = header.wrapping_sub(HEADER_BASE);
    let signature = Signature::from_compact(numbers).map_err(|_| MessageError::NoKey)?;
    recover_public_key(&message_hash(message), &signature, flags & 3, flags & HEADER_COMPRESSED != 0)
        .ok_or(MessageError::NoKey)
}

/// Verifies that the key of an address signed a message; returns that key.
///
/// # Errors
/// Any [`MessageError`].
pub fn verify_message(
    address: &Address,
    message: &str,
    signature: &str,
    params: &Params,
) -> Result<PublicKey, MessageError> {
    let key = recover_message_key(message, signature)?;
    let signer = Address::from_public_key(&key, params);
    if signer == *address { Ok(key) } else { Err(MessageError::OtherKey { signer, expected: *address }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_other_line_ends_only_where_it_has_lines() {
        let other = |text| with_other_line_ends(text);
        assert_eq!(other("a"), None);
        assert_eq!(other("a\nb\n"), Some(("a\r\nb\r\n".to_owned(), LineEnds::CrLf)));
        assert_eq!(other("a\r\nb"), Some(("a\nb".to_owned(), LineEnds::Lf)));
        assert_eq!(other("a\r\nb\nc"), Some(("a\nb\nc".to_owned(), LineEnds::Lf)), "mixed ones are made the same");
    }

    #[test]
    fn cores_own_example_is_made_and_verified() {
        // Bitcoin Core, src/test/util_tests.cpp, message_sign and message_verify.
        let params = Params::mainnet();
        let mut bytes = [0; 32];
        bytes.copy_from_slice(
            &crate::ledger::from_hex("d97f5108f11cda6eeebaaa420fef0726b1f898060b98489fa3098463c0032866").expect("hex"),
        );
        let key = PrivateKey::from_bytes(&bytes).expect("in range");
        let signature = sign_message(&key, "Trust no one");
        assert_eq!(
            signature,
            "IPojfrX2dfPnH26UegfbGQQLrdK844DlHq5157/P6h57WyuS/Qsl+h/WSVGDF4MUi4rWSswW38oimDYfNNUBUOk="
        );
        let address = Address::parse("15CRxFdyRpGZLW9w8HnHvVduizdL5jKNbs", &params).expect("valid");
        let key = verify_message(&address, "Trust no one", &signature, &params).expect("signed");
        assert!(key.is_compressed());
        let old = "IIcaIENoYW5jZWxsb3Igb24gYnJpbmsgb2Ygc2Vjb25kIGJhaWxvdXQgZm9yIGJhbmtzIAaHRtbCeDZINyavx14=";
        let address = Address::parse("11canuhp9X2NocwCq7xNrQYTmUgZAnLK3", &params).expect("valid");
        verify_message(&address, "Trust me", old, &params).expect("signed");
    }

    #[test]
    fn the_header_says_the_form_of_the_key() {
        let params = Params::regtest();
        let wif = "91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXV1";
        let key = PrivateKey::from_wif(wif, &params).expect("a key");
        let address = Address::from_public_key(&key.public_key(), &params);
        assert_eq!(address.to_string(), "mvV3PBKGZHP8dHsvP8quNQuC8yuvPnpoSE");
        for (key, headers) in [(key.clone(), 27..=30), (key.with_compression(true), 31..=34)] {
            let signature = sign_message(&key, "hello");
            let header = base64::decode(&signature).and_then(|bytes| bytes.first().copied()).expect("65 bytes");
            assert!(headers.contains(&header), "{header}");
            let address = Address::from_public_key(&key.public_key(), &params);
            assert_eq!(verify_message(&address, "hello", &signature, &params), Ok(key.public_key()));
        }
    }

    #[test]
    fn a_signature_that_does_not_hold_says_why() {
        let params = Params::regtest();
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range");
        let address = Address::from_public_key(&key.public_key(), &params);
        let good = sign_message(&key, "pay 5");
        verify_message(&address, "pay 5", &good, &params).expect("signed");
        let changed = verify_message(&address, "pay 6", &good, &params).expect_err("changed");
        assert_eq!(changed.rule(), "message-other-key");
        let rule =
            |signature: &str| verify_message(&address, "pay 5", signature, &params).map_err(|error| error.rule());
        assert_eq!(rule("x"), Err("message-base64"));
        assert_eq!(rule(""), Err("message-length"));
        assert_eq!(rule("Zm9v"), Err("message-length"));
        let mut zero = [0; 65];
        zero[0] = 27;
        assert_eq!(rule(&base64::encode(&zero)), Err("message-no-key"));
        let plain = key.with_compression(false);
        let other_form = sign_message(&plain, "pay 5");
        assert_eq!(rule(&other_form), Err("message-other-key"));
    }

    #[test]
    fn of_the_first_byte_only_the_bits_count_that_core_reads() {
        let params = Params::regtest();
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range");
        let address = Address::from_public_key(&key.public_key(), &params);
        let bytes = base64::decode(&sign_message(&key, "pay 5")).expect("Base64");
        let good = bytes[0] - HEADER_BASE;
        for first in 0..=u8::MAX {
            // (first - 27) & 7, the difference taken as a negative number below 27.
            let bits = u8::try_from((i32::from(first) - 27) & 7).expect("three bits");
            let with_first = base64::encode(&[&[first], &bytes[1..]].concat());
            let verified = verify_message(&address, "pay 5", &with_first, &params).is_ok();
            assert_eq!(verified, bits == good, "{first}");
        }
    }
}
