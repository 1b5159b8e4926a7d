//! The walk from G to k·G on the real curve, step by step, and the search that has no such short cut.

use k256::ProjectivePoint;
use k256::elliptic_curve::point::AffineCoordinates;

use super::keys::{PrivateKey, PublicKey};

/// A stop of the walk: what one bit of the key does. Coordinates are big-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkStep {
    /// The bit's place, 255 the highest.
    pub place: u32,
    /// The bit: one adds G after the doubling.
    pub bit: bool,
    /// The point after it.
    pub x: [u8; 32],
    /// The point after it.
    pub y: [u8; 32],
}

/// All stops from the key's highest set bit to its last: double for each bit, add G for each that is set. At most 256,
/// the first of which is G itself; the last is the public key.
pub fn walk(key: &PrivateKey) -> Vec<WalkStep> {
    let bytes = key.to_bytes();
    let bits = (0..256u32).map(|index| {
        let byte = bytes.get(index as usize / 8).copied().unwrap_or_default();
        (255 - index, byte >> (7 - index % 8) & 1 == 1)
    });
    let mut point = ProjectivePoint::IDENTITY;
    bits.skip_while(|(_, bit)| !bit)
        .map(|(place, bit)| {
            point += point;
            if bit {
                point += ProjectivePoint::GENERATOR;
            }
            let affine = point.to_affine();
            WalkStep { place, bit, x: affine.x().into(), y: affine.y().into() }
        })
        .collect()
}

/// A search for a private key by trying 1·G, 2·G, 3·G, one addition each.
#[derive(Clone, Debug)]
pub struct KeySearch {
    target: ProjectivePoint,
    point: ProjectivePoint,
    next: u32,
    last: u32,
}

impl KeySearch {
    /// For this public key among the private keys 1 to `last`.
    pub fn new(target: &PublicKey, last: u32) -> Self {
        Self { target: target.point(), point: ProjectivePoint::GENERATOR, next: 1, last }
    }

    /// Keys tried so far.
    pub fn tried(&self) -> u32 {
        self.next - 1
    }

    /// Whether all were tried.
    pub fn is_over(&self) -> bool {
        self.next > self.last
    }

    /// Tries so many more, and returns the private key when it is met.
    pub fn run(&mut self, count: u32) -> Option<u32> {
        for _ in 0..count {
            if self.is_over() {
                return None;
            }
            let found = self.point == self.target;
            self.next += 1;
            if found {
                return Some(self.next - 1);
            }
            self.point += ProjectivePoint::GENERATOR;
        }
        None
    }
}

/// How long half of 2^bits tries take at this rate, in years, as a power of ten: its exponent.
pub fn years_exponent(bits: u32, tries_per_second: f64) -> f64 {
    const SECONDS_OF_A_YEAR: f64 = 31_557_600.0;
    f64::from(bits.saturating_sub(1)) * std::f64::consts::LOG10_2
        - tries_per_second.max(1.0).log10()
        - SECONDS_OF_A_YEAR.log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::to_hex;

    fn key(number: u32) -> PrivateKey {
        let mut bytes = [0; 32];
        bytes[28..].copy_from_slice(&number.to_be_bytes());
        PrivateKey::from_bytes(&bytes).expect("in range")
    }

    #[test]
    fn the_first_multiples_of_g_are_the_known_ones() {
        let last_x = |number| walk(&key(number)).last().map(|step| to_hex(&step.x)).unwrap_or_default();
        assert_eq!(last_x(1), "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        assert_eq!(last_x(2), "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5");
        assert_eq!(last_x(3), "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9");
    }

    #[test]
    fn the_walk_ends_at_the_public_key() {
        for bytes in [[1; 32], [0x7f; 32], crate::ledger::sha256(b"x")] {
            let key = PrivateKey::from_bytes(&bytes).expect("in range");
            let steps = walk(&key);
            let last = steps.last().expect("a key has a bit");
            assert_eq!((last.x, last.y, last.place), (key.public_key().x(), key.public_key().y(), 0));
            assert!(steps.len() <= 256 && steps.first().is_some_and(|step| step.bit));
        }
    }

    #[test]
    fn a_small_key_is_found_by_trying() {
        let mut search = KeySearch::new(&key(777).public_key(), 65_535);
        assert_eq!(search.run(700), None);
        assert_eq!((search.run(700), search.tried()), (Some(777), 777));
        let mut search = KeySearch::new(&key(70_000).public_key(), 1_000);
        assert_eq!((search.run(2_000), search.is_over(), search.tried()), (None, true, 1_000));
    }

    #[test]
    fn all_keys_take_longer_than_there_is_time() {
        let years = years_exponent(256, 100_000.0);
        assert!((64.0..65.0).contains(&years), "{years}");
        assert!(years_exponent(16, 100_000.0) < 0.0);
    }
}
