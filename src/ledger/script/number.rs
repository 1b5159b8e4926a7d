//! Numbers as scripts know them: little-endian, as short as can be, the top bit for the sign.
//!
//! Operations take numbers of at most four bytes, but their results may be longer: those can be
//! compared as bytes and hashed, not calculated with (Core `CScriptNum`).

use super::interpreter::ScriptError;

/// Most bytes of a number that an operation takes; lock times may have one more (BIP-0065).
pub const MAX_NUMBER_SIZE: usize = 4;

/// The bytes of a number; of 0, none.
pub fn encode(number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = number.unsigned_abs();
    while rest > 0 {
        bytes.push((rest & 0xff) as u8);
        rest >>= 8;
    }
    let sign = if number < 0 { 0x80 } else { 0 };
    match bytes.last_mut() {
        None => {}
        Some(last) if *last & 0x80 == 0 => *last |= sign,
        Some(_) => bytes.push(sign),
    }
    bytes
}

/// The number that `bytes` are, of at most `max_size` bytes (8 or fewer).
///
/// # Errors
/// [`ScriptError::Scriptnum`] for more bytes, or with `minimal` for bytes that could be fewer.
pub fn decode(bytes: &[u8], minimal: bool, max_size: usize) -> Result<i64, ScriptError> {
    if bytes.len() > max_size.min(8) || (minimal && !is_minimal(bytes)) {
        return Err(ScriptError::Scriptnum);
    }
    let Some((last, low)) = bytes.split_last() else { return Ok(0) };
    let top = i64::from(last & 0x7f) << (8 * low.len());
    let size = low.iter().rev().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte)) | top;
    Ok(if last & 0x80 == 0 { size } else { -size })
}

/// Whether no shorter bytes are the same number.
pub fn is_minimal(bytes: &[u8]) -> bool {
    match bytes {
        [] => true,
        [.., before, 0 | 0x80] => before & 0x80 != 0,
        [0 | 0x80] => false,
        _ => true,
    }
}

/// Whether an element counts as true: any byte is not zero, a lone sign bit at the end aside.
pub fn is_true(element: &[u8]) -> bool {
    match element.split_last() {
        None => false,
        Some((last, low)) => low.iter().any(|byte| *byte != 0) || !matches!(last, 0 | 0x80),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_the_shortest_way_and_come_back() {
        let cases: [(i64, &[u8]); 10] = [
            (0, &[]),
            (1, &[1]),
            (-1, &[0x81]),
            (127, &[0x7f]),
            (128, &[0x80, 0]),
            (-128, &[0x80, 0x80]),
            (255, &[0xff, 0]),
            (256, &[0, 1]),
            (-255, &[0xff, 0x80]),
            (0x7fff_ffff, &[0xff, 0xff, 0xff, 0x7f]),
        ];
        for (number, bytes) in cases {
            assert_eq!(encode(number), bytes, "{number}");
            assert_eq!(decode(bytes, true, MAX_NUMBER_SIZE), Ok(number));
        }
        for number in [i64::from(u32::MAX) * 127, -i64::from(u32::MAX) * 127, 1 << 62, -(1 << 62)] {
            assert_eq!(decode(&encode(number), true, 8), Ok(number));
        }
    }

    #[test]
    fn longer_bytes_than_needed_are_a_number_unless_minimal_ones_are_asked_for() {
        for (bytes, number) in [(&[0][..], 0), (&[0x80], 0), (&[1, 0], 1), (&[1, 0x80], -1), (&[0, 0, 0, 0], 0)] {
            assert_eq!(decode(bytes, false, 4), Ok(number));
            assert_eq!(decode(bytes, true, 4), Err(ScriptError::Scriptnum));
        }
        assert_eq!(decode(&[1, 2, 3, 4, 5], false, 4), Err(ScriptError::Scriptnum));
        assert_eq!(decode(&[0; 9], false, 9), Err(ScriptError::Scriptnum));
    }

    #[test]
    fn negative_zero_is_false() {
        for element in [&[][..], &[0], &[0x80], &[0, 0, 0x80]] {
            assert!(!is_true(element));
        }
        for element in [&[1][..], &[0x81], &[0x80, 0], &[0, 1]] {
            assert!(is_true(element));
        }
    }
}
