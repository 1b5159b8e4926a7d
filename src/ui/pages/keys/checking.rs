//! The verification behind the Verify card: it never sees a private key.

use crate::keys::typed;
use crate::keys::{
    Address, LineEnds, PublicKey, Signature, VerifyingSteps, recover_public_key, verify_ecdsa_explained,
    with_other_line_ends,
};
use crate::ledger::{Params, from_hex, sha256};

/// What was signed, as it goes to the other side: all but the private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    /// Which signing this was; a new one replaces what the Verify card holds.
    pub number: u32,
    /// The message.
    pub message: String,
    /// The public key, hexadecimal.
    pub public_key: String,
    /// The signature, DER, hexadecimal.
    pub signature: String,
    /// Who signed, as shown.
    pub signer: String,
}

/// What the check found.
#[derive(Clone, Debug)]
pub enum Finding {
    /// A field is empty.
    Nothing,
    /// Neither a public key nor an address: rule and facts.
    BadKey(&'static str, Vec<(&'static str, String)>),
    /// No signature: rule and facts.
    BadSignature(&'static str, Vec<(&'static str, String)>),
    /// No public key with this address makes this signature hold for this message.
    NoKeyOfAddress,
    /// The numbers were worked out.
    Checked(Box<VerifyingSteps>),
}

impl Finding {
    /// Whether the signature holds.
    pub fn is_valid(&self) -> bool {
        matches!(self, Self::Checked(steps) if steps.valid)
    }
}

/// The bytes of typed hexadecimal text, spaces allowed.
fn typed_hex(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    from_hex(&digits).ok()
}

/// What was checked, and what was found.
#[derive(Clone, Debug)]
pub struct Check {
    /// What was found.
    pub finding: Finding,
    /// The hash that was checked.
    pub hash: [u8; 32],
    /// The signature holds for the message with these line ends, not with those it was given with.
    pub line_ends: Option<LineEnds>,
}

/// Checks a signature, DER in hexadecimal, over the SHA-256 of a message. `who` is a public key in
/// hexadecimal or an address: for an address, the keys that could have made it are recovered.
///
/// A text field makes every line end a line feed: where the signature does not hold so, the other line ends are tried.
pub fn check(who: &str, message: &str, signature: &str, params: &Params) -> Check {
    let as_given = Check {
        finding: check_exactly(who, message, signature, params),
        hash: sha256(message.as_bytes()),
        line_ends: None,
    };
    if !matches!(as_given.finding, Finding::NoKeyOfAddress | Finding::Checked(_)) || as_given.finding.is_valid() {
        return as_given;
    }
    let other = with_other_line_ends(message).map(|(other, line_ends)| Check {
        finding: check_exactly(who, &other, signature, params),
        hash: sha256(other.as_bytes()),
        line_ends: Some(line_ends),
    });
    other.filter(|other| other.finding.is_valid()).unwrap_or(as_given)
}

fn check_exactly(who: &str, message: &str, signature: &str, params: &Params) -> Finding {
    // What was copied around a key or an address is neither's.
    let word = typed::cleaned(who);
    if word.is_empty() || signature.trim().is_empty() {
        return Finding::Nothing;
    }
    let hash = sha256(message.as_bytes());
    let signature = match typed_hex(signature) {
        None => return Finding::BadSignature("signature-hex", Vec::new()),
        Some(bytes) => match Signature::from_der(&bytes) {
            Ok(signature) => signature,
            Err(error) => return Finding::BadSignature(error.rule(), error.facts()),
        },
    };
    let digits = word.len() >= 60 && word.chars().all(|character| character.is_ascii_hexdigit());
    if !digits {
        return match typed::address(who, params) {
            Err(error) => Finding::BadKey(error.rule(), error.facts()),
            Ok(address) => match key_of_address(&address, &hash, &signature) {
                Some(key) => Finding::Checked(Box::new(verify_ecdsa_explained(&key, &hash, &signature))),
                None => Finding::NoKeyOfAddress,
            },
        };
    }
    match PublicKey::from_hex(&word) {
        Ok(key) => Finding::Checked(Box::new(verify_ecdsa_explained(&key, &hash, &signature))),
        Err(error) => Finding::BadKey(error.rule(), error.facts()),
    }
}

/// The one of the up to four keys that verify this signature whose hash is the address's.
fn key_of_address(address: &Address, hash: &[u8; 32], signature: &Signature) -> Option<PublicKey> {
    (0..8u8)
        .filter_map(|which| recover_public_key(hash, signature, which & 3, which < 4))
        .find(|key| key.hash() == address.hash())
}

/// What differs from what was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Characters of the message that differ, by position.
    pub message: usize,
    /// The public key or address is another one.
    pub key: bool,
    /// The signature's bytes are others.
    pub signature: bool,
}

/// Compares what is being checked with what was signed. An address of the same key is no change.
pub fn changes(note: &SignedNote, who: &str, message: &str, signature: &str, params: &Params) -> Changes {
    let strip = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let address = PublicKey::from_hex(&note.public_key).map(|key| Address::from_public_key(&key, params).to_string());
    let same_key = strip(who) == strip(&note.public_key) || address.is_ok_and(|address| address == typed::cleaned(who));
    Changes {
        // Line ends are not typed: those of a text field are no change of the text.
        message: changed_characters(&with_line_feeds(&note.message), &with_line_feeds(message)),
        key: !same_key,
        signature: strip(signature) != strip(&note.signature),
    }
}

/// A text with plain line ends.
pub fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Characters that differ between two texts, those that one has more included, apart from their
/// common beginning and end.
pub fn changed_characters(before: &str, after: &str) -> usize {
    let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let end = before.iter().skip(start).rev().zip(after.iter().skip(start).rev()).take_while(|(a, b)| a == b).count();
    before.len().max(after.len()).saturating_sub(start + end)
}

/// A DER signature's bytes apart: field name for colour, hexadecimal.
pub fn der_runs(signature: &str) -> Vec<(&'static str, String)> {
    let Some(bytes) = typed_hex(signature) else { return Vec::new() };
    let r_length = bytes.get(3).map_or(0, |length| usize::from(*length));
    let s_length = bytes.get(5 + r_length).map_or(0, |length| usize::from(*length));
    let cuts = [("plain", 2), ("plain", 2), ("r", r_length), ("plain", 2), ("s", s_length), ("plain", usize::MAX)];
    let mut at = 0usize;
    let mut runs = Vec::new();
    for (field, length) in cuts {
        let end = at.saturating_add(length).min(bytes.len());
        if let Some(part) = bytes.get(at..end).filter(|part| !part.is_empty()) {
            runs.push((field, crate::ledger::to_hex(part)));
        }
        at = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{PrivateKey, sign_ecdsa};
    use crate::ledger::to_hex;

    fn note() -> SignedNote {
        let mut bytes = [0; 32];
        bytes[31] = 7;
        let key = PrivateKey::from_bytes(&bytes).expect("in range");
        let message = "Amber Fox pays Jade Otter 3 coins".to_owned();
        let signature = to_hex(&sign_ecdsa(&key, &sha256(message.as_bytes())).to_der());
        SignedNote { number: 1, message, public_key: key.public_key().to_string(), signature, signer: "Key 1".into() }
    }

    fn address(note: &SignedNote) -> String {
        Address::from_public_key(&PublicKey::from_hex(&note.public_key).expect("valid"), &Params::regtest()).to_string()
    }

    #[test]
    fn the_note_is_valid_and_one_character_more_is_not() {
        let (note, params) = (note(), Params::regtest());
        assert!(check(&note.public_key, &note.message, &note.signature, &params).finding.is_valid());
        let changed = note.message.replace('3', "8");
        let found = check(&note.public_key, &changed, &note.signature, &params).finding;
        assert!(matches!(&found, Finding::Checked(steps) if !steps.valid && steps.point_x != Some(steps.r)));
        assert_eq!(changes(&note, &note.public_key, &changed, &note.signature, &params).message, 1);
    }

    #[test]
    fn an_address_serves_in_place_of_the_public_key() {
        let (note, params) = (note(), Params::regtest());
        let who = address(&note);
        assert!(check(&who, &note.message, &note.signature, &params).finding.is_valid());
        assert!(!changes(&note, &who, &note.message, &note.signature, &params).key);
        assert!(matches!(check(&who, "other", &note.signature, &params).finding, Finding::NoKeyOfAddress));
    }

    #[test]
    fn what_is_no_key_or_signature_is_named() {
        let (note, params) = (note(), Params::regtest());
        assert!(matches!(check("", &note.message, &note.signature, &params).finding, Finding::Nothing));
        assert!(matches!(check("hello", &note.message, &note.signature, &params).finding, Finding::BadKey(..)));
        assert!(matches!(
            check(&"05".repeat(33), &note.message, &note.signature, &params).finding,
            Finding::BadKey(..)
        ));
        assert!(matches!(
            check(&note.public_key, "", "zz", &params).finding,
            Finding::BadSignature("signature-hex", _)
        ));
        assert!(matches!(check(&note.public_key, "", "3000", &params).finding, Finding::BadSignature(..)));
    }

    #[test]
    fn a_text_signed_with_other_line_ends_holds_and_says_so() {
        let (key, params) = (PrivateKey::from_bytes(&[7; 32]).expect("in range"), Params::regtest());
        let public = key.public_key();
        let address = Address::from_public_key(&public, &params).to_string();
        let cases = [
            ("a\r\nb\r\n", "a\nb\n", true, Some(LineEnds::CrLf)),
            ("a\nb", "a\r\nb", true, Some(LineEnds::Lf)),
            ("a\nb", "a\nb", true, None),
            ("a\r\nb", "a\nc", false, None),
            ("ab", "a\nb", false, None),
        ];
        for (signed, typed, valid, line_ends) in cases {
            let signature = to_hex(&sign_ecdsa(&key, &sha256(signed.as_bytes())).to_der());
            for who in [public.to_string(), address.clone()] {
                let check = check(&who, typed, &signature, &params);
                assert_eq!((check.finding.is_valid(), check.line_ends), (valid, line_ends), "{typed:?}");
                assert_eq!(check.hash == sha256(signed.as_bytes()), valid, "the hash is that of what was checked");
            }
        }
    }

    #[test]
    fn der_is_taken_apart_into_all_its_bytes() {
        let note = note();
        let runs = der_runs(&note.signature);
        assert_eq!(runs.iter().map(|(_, hex)| hex.as_str()).collect::<String>(), note.signature);
        assert_eq!(runs.iter().filter(|(field, _)| *field == "r").count(), 1);
        assert_eq!(der_runs("3045"), [("plain", "3045".to_owned())]);
        assert!(der_runs("zz").is_empty());
    }

    #[test]
    fn characters_are_counted_as_people_would() {
        let cases = [
            ("abc", "abc", 0),
            ("3 coins", "8 coins", 1),
            ("a", "", 1),
            ("", "", 0),
            ("ab", "axb", 1),
            ("钱3", "钱8", 1),
        ];
        for (before, after, count) in cases {
            assert_eq!(changed_characters(before, after), count, "{before} {after}");
        }
    }
}
