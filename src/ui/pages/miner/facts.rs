//! The numbers of the miner page, worked out from the snapshot: pure, so that they can be tested.

use crate::api::MinerView;
use crate::keys::typed::{NumberError, whole_number};
use crate::ledger::{from_hex, sha256d};
use crate::ui::figures::bit_ruler::zero_bits;
use crate::ui::{Key, Text, format, parts};

/// A header tried with one nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandTry {
    /// The nonce.
    pub nonce: u32,
    /// The hash, in the order people read it.
    pub hash: [u8; 32],
    /// Its zero bits.
    pub zeros: u32,
    /// Whether it makes a block.
    pub wins: bool,
}

/// What a typed nonce is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NonceError {
    /// Nothing was typed.
    #[error("no number was given")]
    Empty,
    /// Something other than digits.
    #[error("a nonce is written in digits only")]
    Digits,
    /// It needs more than 32 bits.
    #[error("a nonce is at most 4,294,967,295")]
    TooLarge,
}

impl NonceError {
    /// The key of its translated text.
    pub fn text_key(self) -> Key {
        match self {
            Self::Empty => key!("miner.hand.error.empty"),
            Self::Digits => key!("miner.hand.error.digits"),
            Self::TooLarge => key!("miner.hand.error.large"),
        }
    }
}

/// A nonce as typed, group marks and spaces allowed.
///
/// # Errors
/// Any [`NonceError`].
pub fn parse_nonce(text: &str) -> Result<u32, NonceError> {
    match whole_number(text) {
        Ok(nonce) => nonce.try_into().map_err(|_| NonceError::TooLarge),
        Err(NumberError::Empty) => Err(NonceError::Empty),
        Err(NumberError::TooLarge) => Err(NonceError::TooLarge),
        Err(_) => Err(NonceError::Digits),
    }
}

/// The 80 bytes of a header in hexadecimal; none if it is no header.
pub fn header_bytes(header_hex: &str) -> Option<[u8; 80]> {
    from_hex(header_hex).ok()?.try_into().ok()
}

/// A header's nonce: its last four bytes, the lowest first.
pub fn header_nonce(header: &[u8; 80]) -> u32 {
    let [.., a, b, c, d] = *header;
    u32::from_le_bytes([a, b, c, d])
}

/// The hash of a header, in the order people read it.
pub fn header_hash(header: &[u8; 80]) -> [u8; 32] {
    let mut hash = sha256d(header);
    hash.reverse();
    hash
}

/// The header with this nonce.
pub fn header_with(header: &[u8; 80], nonce: u32) -> [u8; 80] {
    let mut header = *header;
    header[76..].copy_from_slice(&nonce.to_le_bytes());
    header
}

/// Puts `nonce` into the header and hashes it. `target` is 32 bytes, big-endian.
pub fn try_nonce(header: &[u8; 80], nonce: u32, target: &[u8; 32]) -> HandTry {
    let hash = header_hash(&header_with(header, nonce));
    HandTry { nonce, hash, zeros: zero_bits(&hash), wins: hash <= *target }
}

/// A target of 64 hexadecimal digits as bytes; all zero, which no hash meets, if it is none.
pub fn target_bytes(target: &str) -> [u8; 32] {
    from_hex(target).ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; 32])
}

/// Seconds until this tab finds a block on average; none while it does not mine.
pub fn expected_seconds(view: &MinerView) -> Option<f64> {
    (view.hash_rate > 0.0).then(|| view.expected_hashes / view.hash_rate)
}

/// The expected number of hashes for a block, in whole numbers.
pub fn one_in(expected_hashes: f64) -> String {
    format::grouped(expected_hashes.clamp(0.0, 1e18).round() as u64)
}

/// A span in the language's short units, with a decimal below ten seconds.
pub fn span_text(text: Text, seconds: f64) -> String {
    match seconds {
        span if !span.is_finite() || span < 0.0 => "–".to_owned(),
        span if span < 10.0 => text.with(key!("common.seconds"), &[("count", &format!("{span:.1}"))]),
        span => parts::span_text(text, span.min(1e15) as u64),
    }
}

/// The way from the last retarget to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retarget {
    /// Height of the last one.
    pub from: u32,
    /// Height of the next one.
    pub next: u32,
    /// Blocks between them.
    pub interval: u32,
    /// Blocks of these that are made.
    pub done: u32,
    /// Blocks to go until the one with the new target is being tried.
    pub to_go: u32,
}

/// Where the chain is between two retargets; none where there are none.
pub fn retarget(view: &MinerView) -> Option<Retarget> {
    let (next, interval) = view.retarget?;
    let interval = interval.max(1);
    let from = next.saturating_sub(interval);
    let done = view.height.saturating_sub(from).min(interval);
    Some(Retarget { from, next, interval, done, to_go: next.saturating_sub(view.height) })
}

/// Mean of the last intervals in seconds; none while there are none.
pub fn mean_interval(view: &MinerView) -> Option<f64> {
    let sum: i64 = view.intervals.iter().map(|(_, span)| *span).sum();
    (!view.intervals.is_empty()).then(|| sum as f64 / view.intervals.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mainnet's genesis header.
    const GENESIS: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

    #[test]
    fn the_genesis_header_wins_with_its_own_nonce_and_no_other() {
        let header = header_bytes(GENESIS).expect("80 bytes");
        let target = target_bytes("00000000ffff0000000000000000000000000000000000000000000000000000");
        let nonce = header_nonce(&header);
        assert_eq!(nonce, 2_083_236_893);
        let won = try_nonce(&header, nonce, &target);
        assert!(won.wins && won.zeros >= 32);
        assert!(!try_nonce(&header, nonce + 1, &target).wins);
    }

    #[test]
    fn a_typed_nonce_is_read_or_refused_with_the_reason() {
        let cases = [
            ("756,481", Ok(756_481)),
            (" 7 ", Ok(7)),
            ("4294967295", Ok(u32::MAX)),
            ("4294967296", Err(NonceError::TooLarge)),
            ("", Err(NonceError::Empty)),
            ("-1", Err(NonceError::Digits)),
            ("１２", Ok(12)),
            ("1.5", Err(NonceError::Digits)),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_nonce(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_header_or_target_is_harmless() {
        assert_eq!(header_bytes("00"), None);
        assert_eq!(header_bytes("zz"), None);
        assert!(!try_nonce(&[0; 80], 0, &target_bytes("nonsense")).wins);
    }
}
