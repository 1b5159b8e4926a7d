//! Counts as the page gets them.

/// Makes a length a count; what is more than one can say is as much as it can.
pub(in crate::session) fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
