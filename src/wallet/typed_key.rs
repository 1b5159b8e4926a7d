//! A private key as people write it: decimal, hexadecimal, or wallet import format.

use super::keys::{KeyError, PrivateKey, WifError};
use crate::ledger::{Params, from_hex};

/// The curve's order n, big-endian (SEC 2 section 2.4.1): private keys are 1 to n − 1.
pub const CURVE_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc,
    0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];
/// Decimal digits of 2^256 − 1.
const MAX_DECIMAL_DIGITS: usize = 78;

/// A way to write a number that may be a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Decimal digits.
    Decimal,
    /// Up to 64 hexadecimal digits, `0x` before them allowed.
    Hexadecimal,
    /// Wallet import format, Base58Check.
    Wif,
}

/// Why a text is no private key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedKeyError {
    /// Nothing is written.
    #[error("nothing is written")]
    Empty,
    /// A character that is no decimal digit.
    #[error("character {} is no decimal digit", at + 1)]
    Digit {
        /// Its place, from 0.
        at: usize,
    },
    /// Too many digits for 256 bits.
    #[error("{found} digits are more than 256 bits hold ({most} at most)")]
    Length {
        /// Digits found.
        found: usize,
        /// Digits that fit.
        most: usize,
    },
    /// Not a private key: zero, too large, or no hexadecimal digit.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Not in wallet import format.
    #[error(transparent)]
    Wif(#[from] WifError),
}

impl TypedKeyError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "typed-key-empty",
            Self::Digit { .. } => "typed-key-digit",
            Self::Length { .. } => "typed-key-length",
            Self::Key(error) => error.rule(),
            Self::Wif(error) => error.rule(),
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty => Vec::new(),
            Self::Digit { at } => vec![("position", (at + 1).to_string())],
            Self::Length { found, most } => vec![("found", found.to_string()), ("most", most.to_string())],
            Self::Key(error) => error.facts(),
            Self::Wif(error) => error.facts(),
        }
    }
}

/// Which notation a text is most likely in: digits only are decimal up to the length that fits, 64 are hexadecimal.
pub fn guess_notation(text: &str) -> Notation {
    let text = text.trim();
    let is_hex = |text: &str| !text.is_empty() && text.chars().all(|character| character.is_ascii_hexdigit());
    if text.len() < 64 && text.chars().all(|character| character.is_ascii_digit()) {
        Notation::Decimal
    } else if text.strip_prefix("0x").is_some() || (text.len() <= 64 && is_hex(text)) {
        Notation::Hexadecimal
    } else if text.chars().all(|character| character.is_ascii_digit()) {
        Notation::Decimal
    } else {
        Notation::Wif
    }
}

/// Reads a private key.
///
/// # Errors
/// See [`TypedKeyError`]; also where the number is no private key.
pub fn parse_private_key(text: &str, notation: Notation, params: &Params) -> Result<PrivateKey, TypedKeyError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TypedKeyError::Empty);
    }
    match notation {
        Notation::Wif => Ok(PrivateKey::from_wif(text, params)?),
        Notation::Hexadecimal => {
            let digits = text.strip_prefix("0x").unwrap_or(text);
            if digits.chars().count() > 64 {
                return Err(TypedKeyError::Length { found: digits.chars().count(), most: 64 });
            }
            if let Some(at) = digits.chars().position(|character| !character.is_ascii_hexdigit()) {
                return Err(KeyError::Digit { at }.into());
            }
            let whole = format!("{digits:0>64}");
            let bytes: Option<[u8; 32]> = from_hex(&whole).ok().and_then(|bytes| bytes.try_into().ok());
            Ok(PrivateKey::from_bytes(&bytes.ok_or(TypedKeyError::Empty)?)?)
        }
        Notation::Decimal => Ok(PrivateKey::from_bytes(&parse_decimal(text)?)?),
    }
}

fn parse_decimal(text: &str) -> Result<[u8; 32], TypedKeyError> {
    let digits = text.trim_start_matches('0');
    let mut bytes = [0u8; 32];
    for (at, character) in text.chars().enumerate() {
        let digit = character.to_digit(10).ok_or(TypedKeyError::Digit { at })?;
        let mut carry = digit;
        for byte in bytes.iter_mut().rev() {
            let value = u32::from(*byte) * 10 + carry;
            *byte = value as u8;
            carry = value >> 8;
        }
        if carry > 0 {
            let found = digits.chars().count();
            // 78 digits may be too many too: then the number is above 2^256 and so above n.
            return Err(if found > MAX_DECIMAL_DIGITS {
                TypedKeyError::Length { found, most: MAX_DECIMAL_DIGITS }
            } else {
                KeyError::TooLarge.into()
            });
        }
    }
    Ok(bytes)
}

/// 256 bits, big-endian, as a decimal number without leading zeros.
pub fn to_decimal(bytes: &[u8; 32]) -> String {
    let mut rest = *bytes;
    let mut digits = Vec::with_capacity(MAX_DECIMAL_DIGITS);
    while rest.iter().any(|byte| *byte != 0) || digits.is_empty() {
        let mut remainder = 0u32;
        for byte in &mut rest {
            let value = remainder << 8 | u32::from(*byte);
            *byte = (value / 10) as u8;
            remainder = value % 10;
        }
        digits.push(b'0' + remainder as u8);
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: &str = "115792089237316195423570985008687907852837564279074904382605163141518161494337";

    fn number(value: u8) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[31] = value;
        bytes
    }

    fn parsed(text: &str) -> Result<[u8; 32], &'static str> {
        parse_private_key(text, guess_notation(text), &Params::regtest())
            .map(|key| key.to_bytes())
            .map_err(|error| error.rule())
    }

    #[test]
    fn the_order_is_the_curves() {
        assert_eq!(to_decimal(&CURVE_ORDER), N);
        assert!(PrivateKey::from_bytes(&CURVE_ORDER).is_err());
        let mut largest = CURVE_ORDER;
        largest[31] -= 1;
        assert!(PrivateKey::from_bytes(&largest).is_ok());
        assert_eq!(parsed(&to_decimal(&largest)), Ok(largest));
    }

    #[test]
    fn all_three_notations_are_read() {
        assert_eq!(parsed("1"), Ok(number(1)));
        assert_eq!(parsed(" 0x0a "), Ok(number(10)));
        assert_eq!(parsed("ff"), Ok(number(255)));
        assert_eq!(parsed(&"0".repeat(62).replace("00", "0").replace('0', "00")), Err("key-zero"));
        assert_eq!(parsed("cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA"), Ok(number(1)));
    }

    #[test]
    fn what_is_no_key_is_refused_with_the_reason() {
        let above = "9".repeat(78);
        for (text, rule) in [
            ("", "typed-key-empty"),
            ("0", "key-zero"),
            (N, "key-too-large"),
            (&above, "key-too-large"),
            (&"9".repeat(79), "typed-key-length"),
            (&"f".repeat(64), "key-too-large"),
            (&["0x", &"f".repeat(65)].concat(), "typed-key-length"),
            ("0xgg", "key-digit"),
        ] {
            assert_eq!(parsed(text), Err(rule), "{text}");
        }
        let regtest = Params::regtest();
        let refused = parse_private_key("12a", Notation::Decimal, &regtest).map_err(|error| error.rule());
        assert_eq!(refused.err(), Some("typed-key-digit"));
        assert!(parsed("cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcB").is_err());
    }

    #[test]
    fn decimal_there_and_back() {
        for bytes in [number(0), number(9), number(10), [0x5a; 32], [0xff; 32]] {
            assert_eq!(parse_decimal(&to_decimal(&bytes)), Ok(bytes));
        }
    }
}
