//! The 256-bit arithmetic that targets and work need (Core `arith_uint256`), and no more.

use std::cmp::Ordering;

/// An unsigned 256-bit number: four 64-bit limbs, the least first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct U256([u64; 4]);

impl U256 {
    pub(super) const ZERO: Self = Self([0; 4]);
    pub(super) const MAX: Self = Self([u64::MAX; 4]);

    pub(super) const fn from_u64(value: u64) -> Self {
        Self([value, 0, 0, 0])
    }

    pub(super) fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut limbs = [0; 4];
        for (limb, chunk) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
            *limb = u64::from_le_bytes(chunk.try_into().expect("a chunk has eight bytes"));
        }
        Self(limbs)
    }

    pub(super) fn to_be_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (chunk, limb) in bytes.chunks_exact_mut(8).zip(self.0.iter().rev()) {
            chunk.copy_from_slice(&limb.to_be_bytes());
        }
        bytes
    }

    pub(super) const fn low_u64(self) -> u64 {
        self.0[0]
    }

    /// Position of the highest set bit plus one; 0 for zero.
    pub(super) fn bits(self) -> u32 {
        self.0
            .iter()
            .enumerate()
            .rev()
            .find(|(_, limb)| **limb != 0)
            .map_or(0, |(index, limb)| index as u32 * 64 + (64 - limb.leading_zeros()))
    }

    pub(super) fn saturating_add(self, other: Self) -> Self {
        let mut limbs = [0; 4];
        let mut carry = false;
        for (index, limb) in limbs.iter_mut().enumerate() {
            let (sum, over) = self.0[index].overflowing_add(other.0[index]);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            *limb = sum;
            carry = over || over_again;
        }
        if carry { Self::MAX } else { Self(limbs) }
    }

    /// The difference modulo 2^256.
    pub(super) fn wrapping_sub(self, other: Self) -> Self {
        let mut limbs = [0; 4];
        let mut borrow = false;
        for (index, limb) in limbs.iter_mut().enumerate() {
            let (difference, under) = self.0[index].overflowing_sub(other.0[index]);
            let (difference, under_again) = difference.overflowing_sub(u64::from(borrow));
            *limb = difference;
            borrow = under || under_again;
        }
        Self(limbs)
    }

    /// The product modulo 2^256, as Core's retarget has it.
    pub(super) fn wrapping_mul_u32(self, factor: u32) -> Self {
        let mut limbs = [0; 4];
        let mut carry = 0_u128;
        for (limb, own) in limbs.iter_mut().zip(self.0) {
            let product = u128::from(own) * u128::from(factor) + carry;
            *limb = product as u64;
            carry = product >> 64;
        }
        Self(limbs)
    }

    /// The quotient; `divisor` is not zero.
    pub(super) fn div_u32(self, divisor: u32) -> Self {
        let mut limbs = [0; 4];
        let mut remainder = 0_u128;
        for index in (0..4).rev() {
            let part = (remainder << 64) | u128::from(self.0[index]);
            limbs[index] = (part / u128::from(divisor)) as u64;
            remainder = part % u128::from(divisor);
        }
        Self(limbs)
    }

    /// The quotient by long division, bit by bit; of a division by zero, zero.
    pub(super) fn div(self, divisor: Self) -> Self {
        let (own_bits, divisor_bits) = (self.bits(), divisor.bits());
        if divisor_bits == 0 || divisor_bits > own_bits {
            return Self::ZERO;
        }
        let mut quotient = Self::ZERO;
        let mut remainder = self;
        for shift in (0..=own_bits - divisor_bits).rev() {
            let part = divisor.shl(shift);
            if part <= remainder {
                remainder = remainder.wrapping_sub(part);
                quotient.0[(shift / 64) as usize] |= 1 << (shift % 64);
            }
        }
        quotient
    }

    pub(super) fn not(self) -> Self {
        Self(self.0.map(|limb| !limb))
    }

    pub(super) fn shl(self, shift: u32) -> Self {
        let (skip, bits) = ((shift / 64) as usize, shift % 64);
        let mut limbs = [0; 4];
        for (index, limb) in limbs.iter_mut().enumerate().skip(skip) {
            *limb = self.0[index - skip] << bits;
            if bits > 0 && index > skip {
                *limb |= self.0[index - skip - 1] >> (64 - bits);
            }
        }
        Self(limbs)
    }

    pub(super) fn shr(self, shift: u32) -> Self {
        let (skip, bits) = ((shift / 64) as usize, shift % 64);
        let mut limbs = [0; 4];
        for (index, limb) in limbs.iter_mut().enumerate().take(4_usize.saturating_sub(skip)) {
            *limb = self.0[index + skip] >> bits;
            if bits > 0 && index + skip + 1 < 4 {
                *limb |= self.0[index + skip + 1] << (64 - bits);
            }
        }
        Self(limbs)
    }
}

impl Ord for U256 {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

impl PartialOrd for U256 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifting_there_and_back_keeps_the_number() {
        let number = U256::from_u64(0x1234_5678_9abc_def0);
        for shift in [0, 1, 63, 64, 65, 100, 128, 191] {
            assert_eq!(number.shl(shift).shr(shift), number, "{shift}");
        }
        assert_eq!(number.shl(256), U256::ZERO);
        assert_eq!(number.shr(256), U256::ZERO);
    }

    #[test]
    fn long_division_agrees_with_division_by_a_word() {
        let number = U256::MAX.wrapping_sub(U256::from_u64(12345)).shr(3);
        for divisor in [1_u32, 2, 3, 7, 600, 1_209_600, u32::MAX] {
            assert_eq!(number.div(U256::from_u64(divisor.into())), number.div_u32(divisor), "{divisor}");
        }
        assert_eq!(number.div(U256::ZERO), U256::ZERO);
        assert_eq!(U256::from_u64(5).div(number), U256::ZERO);
    }

    #[test]
    fn order_is_by_the_highest_limb_first() {
        assert!(U256::from_u64(u64::MAX) < U256::from_u64(1).shl(64));
        assert_eq!(U256::from_u64(1).shl(200).bits(), 201);
        assert_eq!(U256::ZERO.bits(), 0);
        assert_eq!(U256::MAX.saturating_add(U256::from_u64(1)), U256::MAX);
    }
}
