//! Randomness from a person's hand: positions and moments of pointer movements and key presses,
//! stirred together with SHA-256.
//!
//! How much of it an attacker could not guess is an estimate, and a careful one: a movement counts
//! one bit at most, and only if it is neither small nor the straight continuation of the last two;
//! a key press counts one bit at most, and only if it does not keep the rhythm. The idea is that of
//! the differences of differences in Linux's old `add_timer_randomness`.

use crate::ledger::sha256;

/// Bits that fill a key.
pub const POOL_BITS: u32 = 256;

/// Least change of direction and speed, in pixels, for a movement to count.
const LEAST_TURN: i64 = 2;
/// Least way, in pixels, for a movement to count.
const LEAST_WAY: i64 = 4;
/// Least change of rhythm, in microseconds, for a key press to count.
const LEAST_UNEVENNESS: i64 = 4_000;

/// Something the hand did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// The pointer is here.
    Movement {
        /// From the left, pixels.
        x: i32,
        /// From the top, pixels.
        y: i32,
        /// Since any fixed moment, microseconds.
        at_us: u64,
    },
    /// A key was pressed; which one is not looked at.
    Press {
        /// Since any fixed moment, microseconds.
        at_us: u64,
    },
}

/// What was stirred so far, and how many bits it is thought to be worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntropyPool {
    state: [u8; 32],
    bits: u32,
    samples: u32,
    place: Option<(i64, i64)>,
    way: Option<(i64, i64)>,
    press_us: Option<u64>,
    pause_us: Option<i64>,
}

impl EntropyPool {
    /// The estimate in bits; at most [`POOL_BITS`].
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// How many samples were stirred in.
    pub fn samples(&self) -> u32 {
        self.samples
    }

    /// 32 bytes that depend on every sample; all zero before the first.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.state
    }

    /// Stirs a sample in and counts what it is worth.
    pub fn add(&mut self, sample: Sample) {
        let (kind, x, y, at_us) = match sample {
            Sample::Movement { x, y, at_us } => (0u8, x, y, at_us),
            Sample::Press { at_us } => (1, 0, 0, at_us),
        };
        let mut stirred = self.state.to_vec();
        stirred.push(kind);
        stirred.extend_from_slice(&x.to_be_bytes());
        stirred.extend_from_slice(&y.to_be_bytes());
        stirred.extend_from_slice(&at_us.to_be_bytes());
        self.state = sha256(&stirred);
        self.samples = self.samples.saturating_add(1);
        let counts = match sample {
            Sample::Movement { x, y, .. } => self.movement_counts(i64::from(x), i64::from(y)),
            Sample::Press { at_us } => self.press_counts(at_us),
        };
        self.bits = (self.bits + u32::from(counts)).min(POOL_BITS);
    }

    fn movement_counts(&mut self, x: i64, y: i64) -> bool {
        let before = self.place.replace((x, y));
        let Some((last_x, last_y)) = before else { return false };
        let (dx, dy) = (x - last_x, y - last_y);
        let Some((last_dx, last_dy)) = self.way.replace((dx, dy)) else { return false };
        dx.abs() + dy.abs() >= LEAST_WAY && (dx - last_dx).abs() + (dy - last_dy).abs() >= LEAST_TURN
    }

    fn press_counts(&mut self, at_us: u64) -> bool {
        let Some(last_us) = self.press_us.replace(at_us) else { return false };
        let pause = i64::try_from(at_us.saturating_sub(last_us)).unwrap_or(i64::MAX);
        let Some(last_pause) = self.pause_us.replace(pause) else { return false };
        pause.saturating_sub(last_pause).abs() >= LEAST_UNEVENNESS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(samples: impl IntoIterator<Item = Sample>) -> EntropyPool {
        let mut pool = EntropyPool::default();
        samples.into_iter().for_each(|sample| pool.add(sample));
        pool
    }

    fn at(number: u64, x: i32, y: i32) -> Sample {
        Sample::Movement { x, y, at_us: number * 16_000 }
    }

    #[test]
    fn standing_still_and_straight_even_movement_are_worth_nothing() {
        assert_eq!(pool((0..500).map(|number| at(number, 7, 9))).bits(), 0);
        assert_eq!(pool((0..500).map(|number| at(number, number as i32 * 6, number as i32 * 3))).bits(), 0);
    }

    #[test]
    fn an_even_rhythm_and_a_key_held_down_are_worth_nothing() {
        assert_eq!(pool((0..500).map(|number| Sample::Press { at_us: number * 33_000 })).bits(), 0);
        assert_eq!(pool([Sample::Press { at_us: 5 }, Sample::Press { at_us: 1 }]).bits(), 0);
    }

    #[test]
    fn no_sample_is_worth_more_than_a_bit_and_the_pool_fills_once() {
        let scribble =
            (0..2_000u64).map(|number| at(number, (number * number % 211) as i32, (number * 37 % 97) as i32));
        let mut pool = EntropyPool::default();
        for (count, sample) in scribble.enumerate() {
            pool.add(sample);
            assert!(pool.bits() <= POOL_BITS.min(count as u32));
        }
        assert_eq!((pool.bits(), pool.samples()), (POOL_BITS, 2_000));
        let presses =
            (0..100u64).map(|number| Sample::Press { at_us: number * 100_000 + number * number % 13 * 5_000 });
        assert!(super::tests::pool(presses).bits() > 50);
    }

    #[test]
    fn every_sample_changes_the_key() {
        let (one, other) = (pool([at(0, 1, 1), at(1, 2, 2)]), pool([at(0, 1, 1), at(1, 2, 3)]));
        assert_ne!(one.to_bytes(), other.to_bytes());
        assert_eq!(one.to_bytes(), pool([at(0, 1, 1), at(1, 2, 2)]).to_bytes());
        assert_eq!(EntropyPool::default().to_bytes(), [0; 32]);
    }
}
