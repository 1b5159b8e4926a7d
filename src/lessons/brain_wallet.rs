//! A key that is the SHA-256 of a phrase, and how it is found: try the phrases people choose.

use crate::keys::keys::{PrivateKey, PublicKey};
use crate::keys::mnemonic::word_list;
use crate::ledger::sha256;

/// Phrases that people choose; a real thief's list has billions.
const COMMON: &[&str] = &[
    "password",
    "123456",
    "12345678",
    "qwerty",
    "iloveyou",
    "letmein",
    "satoshi",
    "bitcoin",
    "satoshi nakamoto",
    "hello",
    "hello world",
    "secret",
    "my secret",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "master",
    "shadow",
    "superman",
    "batman",
    "trustno1",
    "welcome",
    "admin",
    "correct horse battery staple",
    "to the moon",
    "hodl",
    "abc123",
    "111111",
    "000000",
    "password1",
    "passw0rd",
    "let me in",
    "open sesame",
    "god",
    "love",
    "money",
    "freedom",
    "to be or not to be",
    "i love you",
    "the quick brown fox jumps over the lazy dog",
    "may the force be with you",
    "in god we trust",
    "one ring to rule them all",
    "call me ishmael",
    "carpe diem",
    "cogito ergo sum",
    "test",
    "testing",
    "mypassword",
    "changeme",
    "qwertyuiop",
    "asdfghjkl",
    "1q2w3e4r",
    "woaini",
    "5201314",
    "888888",
    "我爱你",
    "你好",
    "密码",
    "芝麻开门",
    "比特币",
    "中本聪",
];

/// How many phrases [`phrase`] has.
pub const PHRASES: usize = COMMON.len() + 2048;

/// A phrase of the list: the common ones, then the words of BIP-0039; none past [`PHRASES`].
pub fn phrase(index: usize) -> Option<&'static str> {
    COMMON.get(index).or_else(|| word_list().get(index.checked_sub(COMMON.len())?)).copied()
}

/// The key of a phrase: its SHA-256. None for the rare hash that is no key.
pub fn key_of_phrase(phrase: &str) -> Option<PrivateKey> {
    PrivateKey::from_bytes(&sha256(phrase.as_bytes())).ok()
}

/// Tries the phrases from `first`, `count` of them at most, and returns the one whose public key this is.
pub fn search(public: &PublicKey, first: usize, count: usize) -> Option<&'static str> {
    (first..first.saturating_add(count).min(PHRASES))
        .filter_map(phrase)
        .find(|phrase| key_of_phrase(phrase).is_some_and(|key| key.public_key() == *public))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_phrase_is_found_and_a_strong_one_is_not() {
        let public = |phrase: &str| key_of_phrase(phrase).expect("a key").public_key();
        assert_eq!(search(&public("satoshi"), 0, 100), Some("satoshi"));
        assert_eq!(search(&public("satoshi"), 40, 100), None);
        assert_eq!(search(&public("芝麻开门"), 0, PHRASES), Some("芝麻开门"));
        assert_eq!(search(&public("Xq7 blue otter 91 climbs"), 0, 100), None);
        assert_eq!((phrase(COMMON.len()), phrase(PHRASES - 1), phrase(PHRASES)), (Some("abandon"), Some("zoo"), None));
    }
}
