//! Single characters: digits of all scripts, characters that nobody sees, and how to name one.

/// The zeros of the decimal digits of all scripts: the other nine follow each (Unicode's category Nd).
const ZEROS: [u32; 75] = [
    0x0030, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
    0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0,
    0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce,
    0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit of any script.
pub fn digit_value(character: char) -> Option<u32> {
    let code = u32::from(character);
    let at = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    let value = code - ZEROS[at];
    (value < 10).then_some(value)
}

/// Whether a character leaves nothing to see, and is no space: format and control characters, byte order marks, joiners,
/// marks of direction, selectors of a variant.
pub fn is_invisible(character: char) -> bool {
    if character.is_control() {
        return !character.is_whitespace();
    }
    matches!(
        u32::from(character),
        0xad | 0x34f
            | 0x61c
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180f
            | 0x200b..=0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0x3164
            | 0xfe00..=0xfe0f
            | 0xfeff
            | 0xffa0
            | 0xfff9..=0xfffb
            | 0xe0000..=0xe0fff
    )
}

/// A character's name: its code point, and itself where it can be seen and told from others, like `l (U+006C)`.
pub fn named(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    if (character.is_alphanumeric() || character.is_ascii_graphic()) && !is_invisible(character) {
        format!("{character} ({code})")
    } else {
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_digits_is_ten_characters_in_order() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for value in 0..10 {
                let character = char::from_u32(zero + value).expect("a character");
                assert_eq!(digit_value(character), Some(value), "{}", named(character));
            }
            assert!(zero == 0x30 || !char::from_u32(zero).is_some_and(|zero| zero.is_ascii()));
        }
        for character in ['a', '/', ':', '一', '½', '²', '①', '٬', '\u{660}', '９'] {
            assert_eq!(digit_value(character).is_some(), matches!(character, '\u{660}' | '９'), "{}", named(character));
        }
    }

    #[test]
    fn a_character_that_nobody_sees_is_named_by_its_code_point_alone() {
        assert_eq!(named('\u{200b}'), "U+200B");
        assert_eq!(named('\u{feff}'), "U+FEFF");
        assert_eq!(named('\u{a0}'), "U+00A0");
        assert_eq!(named('\u{301}'), "U+0301");
        assert_eq!(named('l'), "l (U+006C)");
        assert_eq!(named('О'), "О (U+041E)");
    }
}
