//! How hard a target is, in a unit that can be seen: the zero bits that a hash must start with.

use crate::ledger::Target;

/// Counts the zero bits that a hash at the target of compact `bits` starts with at least.
pub(in crate::session) fn zero_bits(bits: u32) -> u32 {
    Target::from_bits(bits).map_or(0, |target| leading_zero_bits(&target.as_be_bytes()))
}

/// Counts the zero bits at the front of a number, its most significant byte first.
pub(in crate::session) fn leading_zero_bits(bytes: &[u8; 32]) -> u32 {
    let rest = bytes.iter().skip_while(|byte| **byte == 0);
    let zero_bytes = 32 - rest.clone().count() as u32;
    zero_bytes * 8 + rest.map(|byte| byte.leading_zeros()).next().unwrap_or(0)
}
