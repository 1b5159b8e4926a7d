//! Numbers as people type them.

use super::characters::{digit_value, is_invisible, named};
use crate::ledger::{Amount, AmountError};

/// Most characters of a number that are looked at.
const MAX_CHARACTERS: usize = 100;

/// Why a text is no number, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("no number was given")]
    Empty,
    /// A minus sign.
    #[error("the number is below zero")]
    Negative,
    /// A character that no number has.
    #[error("character {} is {}, which numbers never have", at + 1, named(*found))]
    Character {
        /// The character.
        found: char,
        /// How many characters are before it.
        at: usize,
    },
    /// Separators, and no digit.
    #[error("there is no digit in this")]
    NoDigits,
    /// Separators that fit no way of writing numbers.
    #[error("there is more than one separator in this; a number has digits and at most one point, like 1.5")]
    Separators,
    /// Thousands are set apart.
    #[error("the thousands are set apart in this; if {meant} is meant, type {meant}")]
    Grouped {
        /// The number without that.
        meant: String,
    },
    /// A comma that may set the thousands apart or begin the fraction.
    #[error("this can be read as {whole} or as {decimal}; type one of the two")]
    Ambiguous {
        /// With the comma between thousands.
        whole: String,
        /// With the comma before the fraction.
        decimal: String,
    },
    /// A fraction where there is none.
    #[error("this is a whole number, without a fraction")]
    NotWhole,
    /// More than can be.
    #[error("the number is too large")]
    TooLarge,
}

impl NumberError {
    /// A stable name of what is wrong.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "number-missing",
            Self::Negative => "number-negative",
            Self::Character { .. } => "number-character",
            Self::NoDigits => "number-no-digits",
            Self::Separators => "number-separators",
            Self::Grouped { .. } => "number-grouped",
            Self::Ambiguous { .. } => "number-ambiguous",
            Self::NotWhole => "number-not-whole",
            Self::TooLarge => "number-too-large",
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Character { found, at } => vec![("character", named(*found)), ("position", (at + 1).to_string())],
            Self::Grouped { meant } => vec![("meant", meant.clone())],
            Self::Ambiguous { whole, decimal } => vec![("whole", whole.clone()), ("decimal", decimal.clone())],
            _ => Vec::new(),
        }
    }
}

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedAmountError {
    /// It is no number.
    #[error(transparent)]
    Number(NumberError),
    /// The number is no amount.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

impl TypedAmountError {
    /// A stable name of what is wrong.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Number(error) => error.rule(),
            Self::Amount(error) => error.rule(),
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Number(error) => error.facts(),
            Self::Amount(error) => error.facts(),
        }
    }
}

impl From<NumberError> for TypedAmountError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Empty => Self::Amount(AmountError::Empty),
            NumberError::Negative => Self::Amount(AmountError::Negative),
            NumberError::TooLarge => Self::Amount(AmountError::TooLarge),
            error => Self::Number(error),
        }
    }
}

/// What a character between digits can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// A point, of any script: it begins the fraction, and sets thousands apart where there are several.
    Point,
    /// A comma, of any script: either.
    Comma,
    /// A sign that begins a fraction and does nothing else, like the Arabic one.
    Fraction,
    /// A space, an apostrophe: it sets thousands apart.
    Group,
}

fn separator(character: char) -> Option<Separator> {
    Some(match character {
        '.' | '．' | '。' | '｡' | '﹒' => Separator::Point,
        ',' | '，' | '﹐' | '、' | '､' | '،' => Separator::Comma,
        '٫' | '·' | '・' | '･' | '⎖' => Separator::Fraction,
        '\'' | '’' | '‘' | 'ʼ' | '＇' | '`' | '´' | '_' | '٬' => Separator::Group,
        space if space.is_whitespace() => Separator::Group,
        _ => return None,
    })
}

/// A number taken apart: runs of ASCII digits and what is between them, so one separator less than runs.
struct Parts {
    runs: Vec<String>,
    separators: Vec<Separator>,
}

fn parts(text: &str) -> Result<Parts, NumberError> {
    let visible: String = text.chars().filter(|character| !is_invisible(*character)).collect();
    let visible = visible.trim();
    let mut parts = Parts { runs: vec![String::new()], separators: Vec::new() };
    for (at, character) in visible.chars().enumerate() {
        if at >= MAX_CHARACTERS {
            return Err(NumberError::TooLarge);
        }
        if let Some(digit) = digit_value(character).and_then(|value| char::from_digit(value, 10)) {
            parts.runs.last_mut().expect("there is one from the start").push(digit);
        } else if let Some(separator) = separator(character) {
            parts.separators.push(separator);
            parts.runs.push(String::new());
        } else if at == 0 && matches!(character, '-' | '−' | '－' | '–' | '﹣') {
            return Err(NumberError::Negative);
        } else {
            return Err(NumberError::Character { found: character, at });
        }
    }
    if visible.is_empty() {
        return Err(NumberError::Empty);
    }
    if parts.runs.iter().all(String::is_empty) {
        return Err(NumberError::NoDigits);
    }
    Ok(parts)
}

/// Whether digits are set apart as thousands are, or as in India: three at the end, two or three before.
fn are_groups(runs: &[String]) -> bool {
    let Some(((first, middle), last)) =
        runs.split_first().and_then(|(first, rest)| rest.split_last().map(|(last, middle)| ((first, middle), last)))
    else {
        return false;
    };
    (1..=3).contains(&first.len()) && last.len() == 3 && middle.iter().all(|run| (2..=3).contains(&run.len()))
}

/// Reads a number that may have a fraction; ASCII digits with at most one point, as the exact functions want it.
///
/// One separator of any script begins the fraction. Thousands set apart are refused: a comma before three digits can be
/// either, and a number that might be another one is not taken.
///
/// # Errors
/// Any [`NumberError`] but the two of whole numbers.
pub fn decimal(text: &str) -> Result<String, NumberError> {
    let Parts { runs, separators } = parts(text)?;
    let fraction = |whole: &str, decimals: &str| {
        let whole = if whole.is_empty() { "0" } else { whole };
        if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
    };
    match (separators.as_slice(), runs.as_slice()) {
        ([], [whole]) => Ok(whole.clone()),
        ([Separator::Group], _) if are_groups(&runs) => Err(NumberError::Grouped { meant: runs.concat() }),
        ([Separator::Comma], [whole, decimals]) if are_groups(&runs) && !whole.starts_with('0') => {
            Err(NumberError::Ambiguous { whole: runs.concat(), decimal: fraction(whole, decimals) })
        }
        ([Separator::Point | Separator::Comma | Separator::Fraction], [whole, decimals]) => {
            Ok(fraction(whole, decimals))
        }
        ([first, rest @ ..], [groups @ .., last]) => {
            let same = |separators: &[Separator]| {
                *first != Separator::Fraction && separators.iter().all(|separator| separator == first)
            };
            match rest.split_last() {
                Some(_) if same(rest) && are_groups(&runs) => Err(NumberError::Grouped { meant: runs.concat() }),
                Some((end, middle))
                    if same(middle) && end != first && *end != Separator::Group && are_groups(groups) =>
                {
                    Err(NumberError::Grouped { meant: fraction(&groups.concat(), last) })
                }
                _ => Err(NumberError::Separators),
            }
        }
        _ => Err(NumberError::Separators),
    }
}

/// Reads an amount in coins.
///
/// # Errors
/// Any [`TypedAmountError`].
pub fn amount(text: &str) -> Result<Amount, TypedAmountError> {
    Ok(decimal(text)?.parse::<Amount>()?)
}

/// Reads a whole number. There is no fraction to mistake them for, so thousands may be set apart, as this app writes them.
///
/// # Errors
/// Any [`NumberError`] but [`NumberError::Grouped`] and [`NumberError::Ambiguous`].
pub fn whole_number(text: &str) -> Result<u64, NumberError> {
    let Parts { runs, separators } = parts(text)?;
    match separators.split_first() {
        None => {}
        Some((first, rest))
            if *first != Separator::Fraction && rest.iter().all(|other| other == first) && are_groups(&runs) => {}
        Some(_) if separators.len() == 1 => return Err(NumberError::NotWhole),
        Some(_) => return Err(NumberError::Separators),
    }
    runs.concat().parse().map_err(|_| NumberError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_separator_and_digits_of_any_script_are_a_number() {
        let cases = [
            ("0.5", "0.5"),
            ("0,5", "0.5"),
            ("１．５", "1.5"),
            ("1。5", "1.5"),
            ("1，5", "1.5"),
            ("１，５", "1.5"),
            ("٣٫٥", "3.5"),
            ("۳٫۵", "3.5"),
            ("३.५", "3.5"),
            ("1·5", "1.5"),
            ("1・5", "1.5"),
            (" 2 ", "2"),
            ("\u{feff}2\u{200b}5\u{202c}", "25"),
            ("\u{3000}７\u{3000}", "7"),
            (",5", "0.5"),
            ("5,", "5"),
            ("0,500", "0.500"),
            ("1234,567", "1234.567"),
            ("1,0000", "1.0000"),
            ("1.000", "1.000"),
            ("12.345", "12.345"),
        ];
        for (text, expected) in cases {
            assert_eq!(decimal(text).as_deref(), Ok(expected), "{text:?}");
        }
        assert_eq!(amount("0,5"), Ok(Amount::from_sat(50_000_000)));
        assert_eq!(amount("１．５"), Ok(Amount::from_sat(150_000_000)));
    }

    #[test]
    fn a_number_that_could_be_another_one_is_refused_with_what_to_type() {
        let ambiguous =
            |whole: &str, decimal: &str| NumberError::Ambiguous { whole: whole.into(), decimal: decimal.into() };
        let grouped = |meant: &str| NumberError::Grouped { meant: meant.into() };
        let cases = [
            ("1,000", ambiguous("1000", "1.000")),
            ("１，０００", ambiguous("1000", "1.000")),
            ("12,345", ambiguous("12345", "12.345")),
            ("1,000.5", grouped("1000.5")),
            ("1.000,5", grouped("1000.5")),
            ("1,000,000", grouped("1000000")),
            ("1.000.000", grouped("1000000")),
            ("1,00,000", grouped("100000")),
            ("1'000", grouped("1000")),
            ("1’000.25", grouped("1000.25")),
            ("1 000", grouped("1000")),
            ("1\u{a0}000,5", grouped("1000.5")),
            ("1\u{202f}000", grouped("1000")),
            ("1\u{2009}234\u{2009}567", grouped("1234567")),
            ("١٬٠٠٠٫٥", grouped("1000.5")),
        ];
        for (text, expected) in cases {
            assert_eq!(decimal(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_what_is_wrong() {
        let character = |found, at| NumberError::Character { found, at };
        let cases = [
            ("", NumberError::Empty),
            ("\u{200b} ", NumberError::Empty),
            (".", NumberError::NoDigits),
            ("-1", NumberError::Negative),
            ("−1", NumberError::Negative),
            ("1e3", character('e', 1)),
            ("五", character('五', 0)),
            ("1.5 BTC", character('B', 4)),
            ("1.2.3", NumberError::Separators),
            ("1 2", NumberError::Separators),
            ("1,,5", NumberError::Separators),
            ("1.000,000.5", NumberError::Separators),
            ("1٫000٫000", NumberError::Separators),
        ];
        for (text, expected) in cases {
            assert_eq!(decimal(text), Err(expected), "{text:?}");
        }
        assert_eq!(amount(""), Err(TypedAmountError::Amount(AmountError::Empty)));
        assert_eq!(amount("0,000000001"), Err(TypedAmountError::Amount(AmountError::Decimals { found: 9 })));
        assert_eq!(decimal(&"1".repeat(101)), Err(NumberError::TooLarge));
    }

    #[test]
    fn a_whole_number_may_have_its_thousands_set_apart() {
        for text in ["1050", "1,050", "1.050", "1 050", "１，０５０", "1'050", "१,०५०"] {
            assert_eq!(whole_number(text), Ok(1050), "{text}");
        }
        assert_eq!(whole_number("1.5"), Err(NumberError::NotWhole));
        assert_eq!(whole_number("1,05"), Err(NumberError::NotWhole));
        assert_eq!(whole_number("1,050.5"), Err(NumberError::Separators));
        assert_eq!(whole_number(&"9".repeat(30)), Err(NumberError::TooLarge));
        assert_eq!(whole_number("x"), Err(NumberError::Character { found: 'x', at: 0 }));
    }
}
