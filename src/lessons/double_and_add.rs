//! From a private key to its public key, step by step: double for every bit, and add G where the
//! bit is 1 (Handbook of Applied Cryptography, algorithm 14.76).
//!
//! For people to look at. It takes longer for some keys than for others, which would tell a
//! watching machine about the key; signing and deriving go another way, see
//! [`PrivateKey::public_key`].

use k256::elliptic_curve::BatchNormalize;
use k256::elliptic_curve::point::AffineCoordinates;
use k256::{AffinePoint, ProjectivePoint};

use crate::keys::keys::PrivateKey;

/// Most steps a walk has: the start, 255 doublings and 255 additions.
pub const WALK_STEPS_MAX: usize = 511;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkOperation {
    /// Begin at G.
    Start,
    /// Add the point to itself.
    Double,
    /// Add G.
    AddG,
}

/// A step of the walk. Together with the ones before it, it tells the private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkStep {
    /// The key's bit that this step follows, 0 being the lowest.
    pub bit: u8,
    /// What is done.
    pub operation: WalkOperation,
    /// How many times G the point is now, big-endian.
    pub multiple: [u8; 32],
    /// The point's x, big-endian.
    pub x: [u8; 32],
    /// The point's y, big-endian.
    pub y: [u8; 32],
}

/// All steps from G to the public key; at most [`WALK_STEPS_MAX`].
pub fn double_and_add(key: &PrivateKey) -> Vec<WalkStep> {
    let bytes = key.to_bytes();
    let is_set = |bit: u8| bytes.get(31 - usize::from(bit / 8)).is_some_and(|byte| byte >> (bit % 8) & 1 == 1);
    let Some(highest) = (0..=255u8).rev().find(|bit| is_set(*bit)) else { return Vec::new() };

    let mut done = vec![(highest, WalkOperation::Start, one())];
    let mut points = vec![ProjectivePoint::GENERATOR];
    let (mut point, mut multiple) = (ProjectivePoint::GENERATOR, one());
    for bit in (0..highest).rev() {
        point = point.double();
        multiple = doubled(&multiple);
        done.push((bit, WalkOperation::Double, multiple));
        points.push(point);
        if is_set(bit) {
            point += AffinePoint::GENERATOR;
            multiple[31] |= 1;
            done.push((bit, WalkOperation::AddG, multiple));
            points.push(point);
        }
    }
    // One inversion for all points instead of one for each.
    let points = ProjectivePoint::batch_normalize(points.as_slice());
    done.into_iter()
        .zip(points)
        .map(|((bit, operation, multiple), point)| WalkStep {
            bit,
            operation,
            multiple,
            x: point.x().into(),
            y: point.y().into(),
        })
        .collect()
}

const fn one() -> [u8; 32] {
    let mut number = [0; 32];
    number[31] = 1;
    number
}

/// Twice a number below 2^255.
fn doubled(number: &[u8; 32]) -> [u8; 32] {
    let mut result = [0; 32];
    let mut carry = 0;
    for (place, byte) in result.iter_mut().zip(number).rev() {
        *place = byte << 1 | carry;
        carry = byte >> 7;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::to_hex;
    use crate::lessons::key_number::CURVE_ORDER;

    fn key(number: u8) -> PrivateKey {
        let mut bytes = [0; 32];
        bytes[31] = number;
        PrivateKey::from_bytes(&bytes).expect("in range")
    }

    /// Small multiples of G as published with many implementations, their x.
    const PUBLISHED: [(u8, &str); 6] = [
        (1, "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
        (2, "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"),
        (3, "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"),
        (4, "e493dbf1c10d80f3581e4904930b1404cc6c13900ee0758474fa94abe8c4cd13"),
        (5, "2f8bde4d1a07209355b4a7250a5c5128e88b84bddc619ab7cba8d569b240efe4"),
        (7, "5cbdf0646e5db4eaa398f365f2ea7a0e3d419b7e0330e39ce92bddedcac4f9bc"),
    ];

    #[test]
    fn small_multiples_are_the_published_ones() {
        for (number, x) in PUBLISHED {
            let steps = double_and_add(&key(number));
            assert_eq!(steps.last().map(|step| to_hex(&step.x)).as_deref(), Some(x), "{number}");
            assert_eq!(steps.last().map(|step| step.multiple[31]), Some(number));
        }
    }

    #[test]
    fn the_walk_to_five_doubles_twice_and_adds_once() {
        let walk: Vec<_> =
            double_and_add(&key(5)).iter().map(|step| (step.bit, step.operation, step.multiple[31])).collect();
        use WalkOperation::{AddG, Double, Start};
        assert_eq!(walk, [(2, Start, 1), (1, Double, 2), (0, Double, 4), (0, AddG, 5)]);
        assert_eq!(double_and_add(&key(1)).len(), 1);
    }

    #[test]
    fn every_walk_ends_at_the_public_key() {
        let mut largest = CURVE_ORDER;
        largest[31] -= 1;
        for bytes in [[0x11; 32], [0x7f; 32], [0x80; 32], largest] {
            let key = PrivateKey::from_bytes(&bytes).expect("in range");
            let steps = double_and_add(&key);
            let last = steps.last().expect("a start at least");
            assert_eq!((last.multiple, last.x, last.y), (bytes, key.public_key().x(), key.public_key().y()));
            assert!(steps.len() <= WALK_STEPS_MAX);
        }
    }
}
