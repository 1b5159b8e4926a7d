//! Amounts of money, in satoshis, the smallest unit: one coin is 100,000,000 of them.

use std::fmt;
use std::str::FromStr;

/// Satoshis in one coin (Core `COIN`).
pub const COIN: u64 = 100_000_000;
/// No amount or sum may exceed 21 million coins, in satoshis (Core `MAX_MONEY`).
pub const MAX_MONEY: u64 = 21_000_000 * COIN;

/// An amount in satoshis.
///
/// An amount read off the wire may be any 64-bit number; whether it is in 0..=[`MAX_MONEY`] is a
/// rule of the transaction stage, so that a block like mainnet's 74,638 can be read and refused
/// with the reason. Sums are made by [`Amount::checked_add`] only, which never leaves the range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Amount(u64);

/// A text that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was given.
    #[error("no amount was given")]
    Empty,
    /// Something other than digits and one decimal point.
    #[error("an amount is digits with at most one point, like 1.5")]
    Format,
    /// More than eight decimals.
    #[error("the smallest amount is 0.00000001: at most 8 decimals, this has {found}")]
    Decimals {
        /// Decimals found.
        found: usize,
    },
    /// More than all the coins there can be.
    #[error("there are never more than 21,000,000 coins")]
    TooLarge,
    /// A minus sign.
    #[error("an amount is not negative")]
    Negative,
}

impl AmountError {
    /// A stable name of what is wrong.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "amount-empty",
            Self::Format => "amount-format",
            Self::Decimals { .. } => "amount-decimals",
            Self::TooLarge => "amount-too-large",
            Self::Negative => "amount-negative",
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Decimals { found } => vec![("found", found.to_string())],
            _ => Vec::new(),
        }
    }
}

impl Amount {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// An amount of satoshis.
    pub const fn from_sat(sat: u64) -> Self {
        Self(sat)
    }

    /// An amount of whole coins; saturates.
    pub const fn from_coins(coins: u64) -> Self {
        Self(coins.saturating_mul(COIN))
    }

    /// The satoshis.
    pub const fn to_sat(self) -> u64 {
        self.0
    }

    /// Whether it is within 0..=[`MAX_MONEY`] (Core `MoneyRange`).
    pub const fn is_in_range(self) -> bool {
        self.0 <= MAX_MONEY
    }

    /// The sum, or none if it would leave the range.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let sum = self.0.checked_add(other.0)?;
        (sum <= MAX_MONEY).then_some(Self(sum))
    }

    /// The difference, or none if it would be negative.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum of many, or none if it would leave the range.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl fmt::Display for Amount {
    /// Coins with eight decimals, as Core prints them: `0.00001870`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:08}", self.0 / COIN, self.0 % COIN)
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    /// Coins with at most eight decimals (Core `ParseMoney`).
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        if text.starts_with('-') {
            return Err(AmountError::Negative);
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
            return Err(AmountError::Format);
        }
        if decimals.len() > 8 {
            return Err(AmountError::Decimals { found: decimals.len() });
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 8 {
            return Err(AmountError::TooLarge);
        }
        let coins: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| AmountError::Format)? };
        let sat: u64 = format!("{decimals:0<8}").parse().map_err(|_| AmountError::Format)?;
        let amount = Self(coins * COIN + sat);
        if amount.is_in_range() { Ok(amount) } else { Err(AmountError::TooLarge) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let cases = [
            ("1", Ok(COIN)),
            ("0.00000001", Ok(1)),
            (".5", Ok(COIN / 2)),
            ("1.", Ok(COIN)),
            (" 21000000 ", Ok(MAX_MONEY)),
            ("21000000.00000001", Err(AmountError::TooLarge)),
            ("99999999999999999999", Err(AmountError::TooLarge)),
            ("-1", Err(AmountError::Negative)),
            ("", Err(AmountError::Empty)),
            (".", Err(AmountError::Format)),
            ("1,5", Err(AmountError::Format)),
            ("1e3", Err(AmountError::Format)),
            ("0.000000001", Err(AmountError::Decimals { found: 9 })),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Amount>(), expected.map(Amount::from_sat), "{text:?}");
        }
    }

    #[test]
    fn sums_never_leave_the_range() {
        let most = Amount::from_sat(MAX_MONEY);
        assert_eq!(most.checked_add(Amount::from_sat(1)), None);
        assert_eq!(Amount::sum([most, Amount::ZERO]), Some(most));
        assert_eq!(Amount::from_sat(u64::MAX).checked_add(Amount::from_sat(1)), None);
        assert_eq!(Amount::ZERO.checked_sub(Amount::from_sat(1)), None);
    }
}
