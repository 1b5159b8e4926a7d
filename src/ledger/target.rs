//! Targets, difficulty and work: how hard a block is, and what a chain of them adds up to.
//!
//! A header's `bits` is its target in 32 bits: an exponent of base 256 and a mantissa with a sign
//! (Core `arith_uint256::SetCompact`). A block is found when its hash, read as a number, is not
//! above the target. The work of a block is the number of hashes one expects to try for it, and
//! the chain with the most work is the active one (whitepaper section 4).

use std::fmt;
use std::ops::Add;

use super::BlockHash;
use super::u256::U256;

/// The number that a block's hash must not be above; never zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Target(U256);

impl Target {
    /// The target that `bits` stands for, or none where it is negative, over 256 bits, or zero:
    /// no block can have such bits.
    pub fn from_bits(bits: u32) -> Option<Self> {
        let size = bits >> 24;
        let mantissa = bits & 0x007f_ffff;
        let negative = bits & 0x0080_0000 != 0;
        let overflow = size > 34 || (mantissa > 0xff && size > 33) || (mantissa > 0xffff && size > 32);
        if mantissa == 0 || negative || overflow {
            return None;
        }
        let value = if size <= 3 {
            U256::from_u64(u64::from(mantissa >> (8 * (3 - size))))
        } else {
            U256::from_u64(mantissa.into()).shl(8 * (size - 3))
        };
        (value != U256::ZERO).then_some(Self(value))
    }

    /// The compact form; it keeps the highest 15 to 23 bits and drops the rest.
    pub fn to_bits(self) -> u32 {
        let mut size = self.0.bits().div_ceil(8);
        let mut mantissa = if size <= 3 {
            (self.0.low_u64() << (8 * (3 - size))) as u32
        } else {
            self.0.shr(8 * (size - 3)).low_u64() as u32
        };
        // The mantissa's highest bit is the sign: a number that would set it moves one byte up.
        if mantissa & 0x0080_0000 != 0 {
            mantissa >>= 8;
            size += 1;
        }
        mantissa | (size << 24)
    }

    /// Whether a block of this hash is found.
    pub fn is_met_by(&self, hash: &BlockHash) -> bool {
        U256::from_le_bytes(hash.as_bytes()) <= self.0
    }

    /// The number, its most significant byte first.
    pub fn as_be_bytes(&self) -> [u8; 32] {
        self.0.to_be_bytes()
    }

    /// Hashes one expects to try: 2^256 / (target + 1) (Core `GetBlockProof`).
    pub fn work(&self) -> Work {
        // 2^256 does not fit, but (2^256 - target - 1) / (target + 1) + 1 is the same.
        match self.0 {
            U256::MAX => Work(U256::from_u64(1)),
            target => {
                Work(target.not().div(target.saturating_add(U256::from_u64(1))).saturating_add(U256::from_u64(1)))
            }
        }
    }

    /// The next target after a period that should have taken `expected_secs` and took
    /// `actual_secs`: in proportion, at most four times harder or easier, and never easier than
    /// `limit` (Core `CalculateNextWorkRequired`).
    pub fn retarget(self, actual_secs: i64, expected_secs: u32, limit: Self) -> Self {
        let clamped = actual_secs.clamp(i64::from(expected_secs / 4), i64::from(expected_secs) * 4);
        let factor = u32::try_from(clamped).unwrap_or(u32::MAX);
        let next = self.0.wrapping_mul_u32(factor).div_u32(expected_secs.max(1));
        // The compact form drops low bits, and a target of zero could never be met.
        let next = if next == U256::ZERO { U256::from_u64(1) } else { next };
        Self(next.min(limit.0))
    }
}

impl fmt::Display for Target {
    /// 64 hexadecimal digits, comparable by eye with a block hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_hex(&self.as_be_bytes()))
    }
}

/// An amount of work, in hashes expected; the sum over a chain decides which chain is active.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Work(U256);

impl Work {
    /// No work.
    pub const ZERO: Self = Self(U256::ZERO);

    /// The number, its most significant byte first.
    pub fn as_be_bytes(&self) -> [u8; 32] {
        self.0.to_be_bytes()
    }

    /// As a floating-point number of hashes, for hash rates and drawings; not for comparing.
    pub fn to_f64(self) -> f64 {
        self.0.to_be_bytes().iter().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte))
    }
}

impl Add for Work {
    type Output = Self;

    /// The sum; saturates at 2^256 - 1, which no hardware will see.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Work {
    /// 64 hexadecimal digits, as Core's `chainwork`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_hex(&self.as_be_bytes()))
    }
}

/// How many times harder than mainnet's easiest target (`1d00ffff`) `bits` is (Core
/// `GetDifficulty`); 0 where the mantissa is zero.
pub fn difficulty(bits: u32) -> f64 {
    let mantissa = bits & 0x00ff_ffff;
    if mantissa == 0 {
        return 0.0;
    }
    let exponent = 29 - (bits >> 24) as i32;
    f64::from(0xffff) / f64::from(mantissa) * 256_f64.powi(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_easiest_target_of_mainnet_reads_as_it_is_printed() {
        let target = Target::from_bits(0x1d00_ffff).expect("a real target");
        assert_eq!(target.to_string(), "00000000ffff0000000000000000000000000000000000000000000000000000");
        assert_eq!(target.to_bits(), 0x1d00_ffff);
        assert_eq!(target.work().to_string()[54..], *"0100010001");
    }

    #[test]
    fn negative_zero_and_overflowing_bits_are_no_target() {
        for bits in [0, 0x0100_3456, 0x04923456, 0x01fe_dcba, 0xff12_3456, 0x2300_0001, 0x0080_0001, 0x2200_0100] {
            assert_eq!(Target::from_bits(bits), None, "{bits:08x}");
        }
        assert!(Target::from_bits(0x2200_00ff).is_some());
    }

    #[test]
    fn work_of_known_targets_is_as_published() {
        for (bits, work) in
            [(0x207f_ffff, "2"), (0x1e03_77ae, "49d414"), (0x1c3f_ffc0, "400040004"), (0x1d00_ffff, "100010001")]
        {
            let shown = Target::from_bits(bits).expect("a real target").work().to_string();
            assert_eq!(shown.trim_start_matches('0'), work, "{bits:08x}");
        }
        assert_eq!(Target(U256::MAX).work(), Work(U256::from_u64(1)));
    }

    #[test]
    fn difficulty_is_cores() {
        assert!((difficulty(0x1b04_04cb) - 16_307.420_938_523_983).abs() < 1e-9);
        assert!((difficulty(0x1d00_ffff) - 1.0).abs() < f64::EPSILON);
        assert!((difficulty(0x207f_ffff) - 4.656_542_373_906_925e-10).abs() < 1e-20);
        assert_eq!(difficulty(0), 0.0);
    }

    #[test]
    fn a_retarget_is_clamped_to_four_times_either_way_and_by_the_limit() {
        let limit = Target::from_bits(0x1d00_ffff).expect("a real target");
        let target = Target::from_bits(0x1c00_ffff).expect("a real target");
        assert_eq!(target.retarget(600, 600, limit), target);
        assert_eq!(target.retarget(1, 600, limit).to_bits(), 0x1b3f_ffc0);
        assert_eq!(target.retarget(1_000_000, 600, limit).to_bits(), 0x1c03_fffc);
        assert_eq!(target.retarget(-5, 600, limit), target.retarget(150, 600, limit));
        assert_eq!(limit.retarget(2400, 600, limit), limit);
    }
}
