//! Ways to fill 256 bits, and how much chance is in each.

use crate::ledger::sha256;

/// Bits of a key.
pub const BITS: usize = 256;

/// Coin flips so far: heads is 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flips(Vec<bool>);

impl Flips {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// With one more; all 256 stay as they are.
    #[must_use]
    pub fn with(&self, heads: bool) -> Self {
        let mut next = self.clone();
        if next.0.len() < BITS {
            next.0.push(heads);
        }
        next
    }

    /// Without the last.
    #[must_use]
    pub fn without_last(&self) -> Self {
        let mut next = self.clone();
        next.0.pop();
        next
    }

    /// With the rest of the 256 from these bits.
    #[must_use]
    pub fn completed(&self, random: &[u8; 32]) -> Self {
        let mut next = self.clone();
        next.0.extend((self.0.len()..BITS).map(|index| crate::ui::figures::bit_grid::bit(random, index)));
        next
    }

    /// The bits, the first flip the highest; those not flipped yet are 0.
    pub fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0u8; 32];
        for (index, heads) in self.0.iter().enumerate() {
            if let Some(byte) = bytes.get_mut(index / 8) {
                *byte |= u8::from(*heads) << (7 - index % 8);
            }
        }
        bytes
    }
}

/// Movements, stirred into 256 bits by hashing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stirred {
    pool: [u8; 32],
    last: (i32, i32),
    bits: u32,
}

impl Stirred {
    /// What is stirred in so far.
    pub fn bytes(&self) -> [u8; 32] {
        self.pool
    }

    /// Chance counted so far, in bits, 256 at most: an estimate, one bit for each movement to another place.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// With a movement to a place, or a key press, at a time in milliseconds.
    #[must_use]
    pub fn with(&self, x: i32, y: i32, time_ms: f64) -> Self {
        let mut bytes = self.pool.to_vec();
        bytes.extend_from_slice(&x.to_le_bytes());
        bytes.extend_from_slice(&y.to_le_bytes());
        bytes.extend_from_slice(&time_ms.to_le_bytes());
        let moved = (x, y) != self.last;
        Self { pool: sha256(&bytes), last: (x, y), bits: (self.bits + u32::from(moved)).min(BITS as u32) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flips_fill_the_bits_from_the_highest() {
        let mut flips = Flips::default();
        for heads in [true, false, true] {
            flips = flips.with(heads);
        }
        assert_eq!((flips.count(), flips.bytes()[0]), (3, 0b1010_0000));
        assert_eq!(flips.without_last().bytes()[0], 0b1000_0000);
        let whole = flips.completed(&[0x1f; 32]);
        assert_eq!((whole.count(), whole.bytes()[0], whole.bytes()[31]), (256, 0b1011_1111, 0x1f));
        assert_eq!(whole.with(true), whole);
        assert_eq!(Flips::default().without_last(), Flips::default());
    }

    #[test]
    fn movement_is_counted_with_care() {
        let mut stirred = Stirred::default();
        stirred = stirred.with(1, 1, 5.0);
        let before = stirred.bytes();
        stirred = stirred.with(1, 1, 6.0);
        assert_eq!(stirred.bits(), 1, "staying at a place counts nothing");
        assert_ne!(stirred.bytes(), before, "but is stirred in");
        for step in 0..1_000 {
            stirred = stirred.with(step, -step, f64::from(step));
        }
        assert_eq!(stirred.bits(), 256);
    }
}
