//! A private key as the number it is: read from decimal, hexadecimal or WIF as a person types it,
//! and written in decimal.
//!
//! Only 1 to n−1 are private keys, n being the order of secp256k1 (SEC 2 section 2.4.1): n·G is
//! nothing, as 0·G is, and n+1 would only be another name of 1.

use crate::keys::keys::{PrivateKey, WifError};
use crate::keys::typed;
use crate::ledger::{Params, from_hex};

/// The order n of the curve's generator, big-endian: one more than the largest private key.
pub const CURVE_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc,
    0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// Longest text that is looked at: no form of a key is nearly as long.
const TEXT_MAX: usize = 400;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// Digits 0 to 9.
    Decimal,
    /// Digits 0 to 9 and a to f, with or without 0x before them.
    Hex,
    /// Wallet import format, Base58Check.
    Wif,
}

/// A typed text that is no private key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyNumberError {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// None of the three forms.
    #[error("this is neither a decimal number, nor hexadecimal, nor WIF")]
    NoForm,
    /// A character that is no digit of the form.
    #[error("character {}, {found:?}, is no digit here", at + 1)]
    Digit {
        /// How many characters are before it.
        at: usize,
        /// The character.
        found: char,
    },
    /// Needs more than 256 bits.
    #[error("this number does not fit in 256 bits")]
    Over256Bits,
    /// Zero.
    #[error("0 is no private key: 0·G is nothing")]
    Zero,
    /// Exactly n.
    #[error("this is n itself: n·G is nothing, as 0·G is")]
    Order,
    /// More than n, in 256 bits.
    #[error("this is n + {excess}: the point would be the same as for {excess}")]
    AboveOrder {
        /// The number less n, decimal.
        excess: String,
    },
    /// The text is no WIF of this network.
    #[error(transparent)]
    Wif(#[from] WifError),
}

impl KeyNumberError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "number-empty",
            Self::NoForm => "number-no-form",
            Self::Digit { .. } => "number-digit",
            Self::Over256Bits => "number-over-256-bits",
            Self::Zero => "number-zero",
            Self::Order => "number-order",
            Self::AboveOrder { .. } => "number-above-order",
            Self::Wif(error) => error.rule(),
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Digit { at, found } => vec![("position", (at + 1).to_string()), ("found", typed::named(*found))],
            Self::AboveOrder { excess } => vec![("excess", excess.clone())],
            Self::Wif(error) => error.facts(),
            Self::Empty | Self::NoForm | Self::Over256Bits | Self::Zero | Self::Order => Vec::new(),
        }
    }
}

/// The form that a text looks like: 64 hexadecimal digits or 0x are hexadecimal even if all are
/// decimal digits; none for a text that looks like no form.
pub fn recognised(text: &str) -> Option<KeyForm> {
    let text = without_spaces(text);
    let body = hex_digits(&text);
    let all_hex = !body.is_empty() && body.chars().all(|character| character.is_ascii_hexdigit());
    if body.len() < text.len() || (all_hex && body.len() == 64) {
        Some(KeyForm::Hex)
    } else if !text.is_empty() && text.chars().all(|character| character.is_ascii_digit()) {
        Some(KeyForm::Decimal)
    } else if all_hex {
        Some(KeyForm::Hex)
    } else if (48..=56).contains(&text.len()) && text.chars().all(|character| character.is_ascii_alphanumeric()) {
        Some(KeyForm::Wif)
    } else {
        None
    }
}

/// The private key that a text says in this form. White space, and `_` or `,` between digits, are
/// passed over.
///
/// # Errors
/// Any [`KeyNumberError`].
pub fn typed_key(text: &str, form: KeyForm, params: &Params) -> Result<PrivateKey, KeyNumberError> {
    let text = without_spaces(text);
    if text.is_empty() {
        return Err(KeyNumberError::Empty);
    }
    if text.len() > TEXT_MAX {
        return Err(KeyNumberError::Over256Bits);
    }
    let number = match form {
        KeyForm::Wif => return Ok(PrivateKey::from_wif(&text, params)?),
        KeyForm::Decimal => from_decimal(&text)?,
        KeyForm::Hex => from_hex_number(hex_digits(&text))?,
    };
    in_range(&number)
}

/// The private key that is this number.
///
/// # Errors
/// [`KeyNumberError::Zero`], [`KeyNumberError::Order`], [`KeyNumberError::AboveOrder`].
pub fn in_range(number: &[u8; 32]) -> Result<PrivateKey, KeyNumberError> {
    if *number == [0; 32] {
        return Err(KeyNumberError::Zero);
    }
    if *number == CURVE_ORDER {
        return Err(KeyNumberError::Order);
    }
    PrivateKey::from_bytes(number)
        .map_err(|_| KeyNumberError::AboveOrder { excess: to_decimal(&less(number, &CURVE_ORDER)) })
}

/// A 256-bit number in decimal digits, without zeros before them.
pub fn to_decimal(number: &[u8; 32]) -> String {
    let mut rest = *number;
    let mut digits = Vec::new();
    while rest != [0; 32] {
        let mut remainder = 0u32;
        for byte in &mut rest {
            let value = remainder << 8 | u32::from(*byte);
            *byte = (value / 10) as u8;
            remainder = value % 10;
        }
        digits.push(char::from(b'0' + remainder as u8));
    }
    if digits.is_empty() { "0".to_owned() } else { digits.into_iter().rev().collect() }
}

/// How many bits the number has without the zeros before its first one.
pub fn bit_length(number: &[u8; 32]) -> u32 {
    let zero_bytes = number.iter().take_while(|byte| **byte == 0).count();
    let first = number.get(zero_bytes).map_or(0, |byte| 8 - byte.leading_zeros());
    (31usize.saturating_sub(zero_bytes) as u32) * 8 + first
}

/// Without white space, the marks that people put between groups of digits, and what nobody sees; with ASCII's letters
/// and digits in place of full-width ones and of other scripts' digits.
fn without_spaces(text: &str) -> String {
    let plain = typed::cleaned(text).chars().filter(|character| !matches!(character, '_' | ',')).collect::<String>();
    let digit = |character: char| typed::digit_value(character).and_then(|value| char::from_digit(value, 10));
    plain.chars().map(|character| digit(character).unwrap_or(character)).collect()
}

/// What is after 0x, or the whole.
fn hex_digits(text: &str) -> &str {
    text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text)
}

fn from_decimal(text: &str) -> Result<[u8; 32], KeyNumberError> {
    let mut number = [0u8; 32];
    for (at, found) in text.chars().enumerate() {
        let digit = found.to_digit(10).ok_or(KeyNumberError::Digit { at, found })?;
        let mut carry = digit;
        for byte in number.iter_mut().rev() {
            let value = u32::from(*byte) * 10 + carry;
            *byte = value as u8;
            carry = value >> 8;
        }
        if carry > 0 {
            return Err(KeyNumberError::Over256Bits);
        }
    }
    Ok(number)
}

fn from_hex_number(text: &str) -> Result<[u8; 32], KeyNumberError> {
    if text.is_empty() {
        return Err(KeyNumberError::Empty);
    }
    if let Some((at, found)) = text.chars().enumerate().find(|(_, character)| !character.is_ascii_hexdigit()) {
        return Err(KeyNumberError::Digit { at, found });
    }
    let digits = text.trim_start_matches('0');
    if digits.len() > 64 {
        return Err(KeyNumberError::Over256Bits);
    }
    let bytes = from_hex(&format!("{digits:0>64}")).map_err(|_| KeyNumberError::NoForm)?;
    bytes.try_into().map_err(|_| KeyNumberError::NoForm)
}

/// The difference of two numbers, the first being the larger.
fn less(number: &[u8; 32], other: &[u8; 32]) -> [u8; 32] {
    let mut result = [0u8; 32];
    let mut borrow = 0i16;
    for (place, (a, b)) in result.iter_mut().zip(number.iter().zip(other)).rev() {
        let value = i16::from(*a) - i16::from(*b) - borrow;
        borrow = i16::from(value < 0);
        *place = value.rem_euclid(256) as u8;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::to_hex;

    const N_DECIMAL: &str = "115792089237316195423570985008687907852837564279074904382605163141518161494337";
    const N_HEX: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    const WIF_OF_ONE: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";

    fn read(text: &str) -> Result<PrivateKey, KeyNumberError> {
        typed_key(text, recognised(text).ok_or(KeyNumberError::NoForm)?, &Params::regtest())
    }

    #[test]
    fn the_order_is_one_more_than_the_largest_key() {
        assert_eq!(to_hex(&CURVE_ORDER), N_HEX);
        assert_eq!(to_decimal(&CURVE_ORDER), N_DECIMAL);
        let mut largest = CURVE_ORDER;
        largest[31] -= 1;
        assert!(PrivateKey::from_bytes(&largest).is_ok() && PrivateKey::from_bytes(&CURVE_ORDER).is_err());
    }

    #[test]
    fn one_is_read_in_all_three_forms() {
        for text in ["1", " 0001 ", "0x1", "１", "０ｘ１", "\u{200b}٠١", &format!("{:064x}", 1), WIF_OF_ONE] {
            let key = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(key.to_wif(&Params::regtest()), WIF_OF_ONE, "{text}");
        }
    }

    #[test]
    fn an_uncompressed_key_is_read_as_one() {
        let params = Params::regtest();
        let wif = "91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXV1";
        let key = read(wif).expect("a key");
        assert_eq!((key.is_compressed(), key.to_wif(&params).as_str()), (false, wif));
        let address = crate::keys::Address::from_public_key(&key.public_key(), &params);
        assert_eq!(address.to_string(), "mvV3PBKGZHP8dHsvP8quNQuC8yuvPnpoSE");
    }

    #[test]
    fn forms_are_recognised() {
        let cases = [
            ("1,000_000", Some(KeyForm::Decimal)),
            ("0x10", Some(KeyForm::Hex)),
            ("1f", Some(KeyForm::Hex)),
            (N_DECIMAL, Some(KeyForm::Decimal)),
            (N_HEX, Some(KeyForm::Hex)),
            (WIF_OF_ONE, Some(KeyForm::Wif)),
            ("0x", Some(KeyForm::Hex)),
            ("", None),
            ("hello", None),
            ("１２", Some(KeyForm::Decimal)),
        ];
        for (text, form) in cases {
            assert_eq!(recognised(text), form, "{text}");
        }
    }

    #[test]
    fn what_is_out_of_range_is_refused_with_the_reason() {
        let last = |digit: char| [N_DECIMAL.trim_end_matches('7'), &digit.to_string()].concat();
        let cases = [
            ("0".to_owned(), "number-zero"),
            ("0x".to_owned(), "number-empty"),
            (N_DECIMAL.to_owned(), "number-order"),
            (N_HEX.to_owned(), "number-order"),
            (last('8'), "number-above-order"),
            ("f".repeat(64), "number-above-order"),
            (format!("1{}", "0".repeat(64)) + "f", "number-over-256-bits"),
            ("9".repeat(78), "number-over-256-bits"),
            ("9".repeat(5000), "number-over-256-bits"),
            ("0xzz".to_owned(), "number-digit"),
            ("hello".to_owned(), "number-no-form"),
            (WIF_OF_ONE.replace("TcA", "TcB"), "base58-checksum"),
        ];
        for (text, rule) in cases {
            assert_eq!(read(&text).expect_err(&text).rule(), rule, "{text}");
        }
        assert!(read(&last('6')).is_ok());
        assert_eq!(read(&last('8')), Err(KeyNumberError::AboveOrder { excess: "1".into() }));
        assert_eq!(
            typed_key("12a", KeyForm::Decimal, &Params::regtest()).map_err(|error| error.rule()),
            Err("number-digit")
        );
    }

    #[test]
    fn decimal_comes_back_as_it_went() {
        for text in ["1", "255", "256", "340282366920938463463374607431768211456"] {
            assert_eq!(from_decimal(text).map(|number| to_decimal(&number)).as_deref(), Ok(text));
        }
        assert_eq!(to_decimal(&[0; 32]), "0");
        assert_eq!((bit_length(&[0; 32]), bit_length(&[0xff; 32])), (0, 256));
        assert_eq!(from_decimal("256").map(|number| bit_length(&number)), Ok(9));
    }
}
