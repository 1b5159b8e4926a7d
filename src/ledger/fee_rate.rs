//! What a transaction pays for its size: satoshis for a thousand virtual bytes (Core `CFeeRate`).
//!
//! People read and write it for one virtual byte, with up to three decimals: `1.5` sat/vB is 1,500
//! satoshis for a thousand.

use std::fmt;
use std::str::FromStr;

use super::Amount;

/// Virtual bytes that a rate is for.
const KVB: u64 = 1000;

/// A fee rate, in satoshis for a thousand virtual bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct FeeRate(u64);

/// A text that is no fee rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fee rate is digits with at most one point and three decimals, like 1.5")]
pub struct FeeRateError;

impl FeeRate {
    /// So many satoshis for a thousand virtual bytes.
    pub const fn from_sat_per_kvb(sat: u64) -> Self {
        Self(sat)
    }

    /// So many satoshis for each virtual byte; saturates.
    pub const fn from_sat_per_vb(sat: u64) -> Self {
        Self(sat.saturating_mul(KVB))
    }

    /// The satoshis for a thousand virtual bytes.
    pub const fn to_sat_per_kvb(self) -> u64 {
        self.0
    }

    /// What so many virtual bytes cost, rounded up so that the rate is reached (Core
    /// `CFeeRate::GetFee`); none if that is more than 64 bits hold.
    pub fn fee(self, vsize: usize) -> Option<Amount> {
        Some(Amount::from_sat(self.0.checked_mul(u64::try_from(vsize).ok()?)?.div_ceil(KVB)))
    }
}

impl fmt::Display for FeeRate {
    /// Satoshis for one virtual byte, without zeros at the end: `1.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.0 / KVB, self.0 % KVB);
        if thousandths == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{thousandths:03}").trim_end_matches('0'))
    }
}

impl FromStr for FeeRate {
    type Err = FeeRateError;

    /// Satoshis for one virtual byte, with at most three decimals.
    fn from_str(text: &str) -> Result<Self, FeeRateError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || (text.contains('.') && !is_number(decimals)) || decimals.len() > 3 {
            return Err(FeeRateError);
        }
        let whole: u64 = whole.parse().map_err(|_| FeeRateError)?;
        let thousandths: u64 = format!("{decimals:0<3}").parse().map_err(|_| FeeRateError)?;
        whole.checked_mul(KVB).and_then(|rate| rate.checked_add(thousandths)).map(Self).ok_or(FeeRateError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_and_written_for_one_virtual_byte() {
        for (text, rate, shown) in
            [("1", 1_000, "1"), ("1.5", 1_500, "1.5"), ("0.001", 1, "0.001"), ("25.10", 25_100, "25.1")]
        {
            assert_eq!(text.parse(), Ok(FeeRate::from_sat_per_kvb(rate)), "{text}");
            assert_eq!(FeeRate::from_sat_per_kvb(rate).to_string(), shown);
        }
        for text in
            ["", ".", "1.", ".5", "-1", "+1", "1e3", "1.0001", "1,5", "99999999999999999999", "18446744073709552"]
        {
            assert_eq!(text.parse::<FeeRate>(), Err(FeeRateError), "{text}");
        }
    }

    #[test]
    fn a_fee_is_rounded_up_so_that_the_rate_is_reached() {
        let rate = FeeRate::from_sat_per_kvb(1_500);
        assert_eq!(rate.fee(226), Some(Amount::from_sat(339)));
        assert_eq!(rate.fee(225), Some(Amount::from_sat(338)));
        assert_eq!(FeeRate::from_sat_per_vb(u64::MAX).fee(2), None);
    }
}
