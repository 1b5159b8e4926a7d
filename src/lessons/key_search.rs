//! A search for the private key of a public key by trying 1·G, 2·G, 3·G, … in turn, and how long
//! that would take for a real key.

use k256::{AffinePoint, ProjectivePoint};

use crate::keys::keys::PublicKey;

/// The age of the universe in years (Planck 2018: 13.8 thousand million).
pub const UNIVERSE_YEARS: f64 = 1.38e10;
/// Seconds in a year of 365.25 days.
const YEAR_SECONDS: f64 = 31_557_600.0;

/// A search, which goes on for as many steps as it is told to.
#[derive(Clone, Debug)]
pub struct KeySearch {
    target: ProjectivePoint,
    point: ProjectivePoint,
    tried: u32,
    limit: u32,
}

/// How a search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchState {
    /// More numbers are to be tried.
    Searching,
    /// This number times G is the public key.
    Found(u32),
    /// No number up to the limit.
    Exhausted,
}

impl KeySearch {
    /// A search among the keys 1 to `limit`.
    pub fn new(target: &PublicKey, limit: u32) -> Self {
        Self { target: target.point(), point: ProjectivePoint::IDENTITY, tried: 0, limit }
    }

    /// How many numbers were tried: the last one is the same.
    pub fn tried(&self) -> u32 {
        self.tried
    }

    /// How it stands.
    pub fn state(&self) -> SearchState {
        if self.tried > 0 && self.point == self.target {
            SearchState::Found(self.tried)
        } else if self.tried >= self.limit {
            SearchState::Exhausted
        } else {
            SearchState::Searching
        }
    }

    /// Tries at most so many more numbers, adding G for each.
    pub fn advance(&mut self, most: u32) -> SearchState {
        for _ in 0..most {
            if self.state() != SearchState::Searching {
                break;
            }
            self.point += AffinePoint::GENERATOR;
            self.tried += 1;
        }
        self.state()
    }
}

/// How long work of 2^`bits` steps takes, as powers of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// Years: their logarithm to base 10.
    pub years_log10: f64,
    /// Ages of the universe: their logarithm to base 10.
    pub universes_log10: f64,
}

/// The projection of 2^`bits` steps at `rate` steps a second; none for a rate that is no rate.
pub fn projection(bits: f64, rate: f64) -> Option<Projection> {
    if !(rate.is_finite() && rate > 0.0 && bits.is_finite()) {
        return None;
    }
    let years_log10 = bits * std::f64::consts::LOG10_2 - rate.log10() - YEAR_SECONDS.log10();
    Some(Projection { years_log10, universes_log10: years_log10 - UNIVERSE_YEARS.log10() })
}

/// A power of ten as people read it: `10^64` as `10⁶⁴`, less than ten as `1`, less than one as `0`.
pub fn power_of_ten(log10: f64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let power = if log10.is_finite() { log10.floor() } else { 0.0 };
    if power < 0.0 {
        return "0".to_owned();
    }
    if power < 1.0 {
        return "1".to_owned();
    }
    let digits = (power as u64).to_string();
    let raised: String = digits.chars().filter_map(|digit| DIGITS.get(digit.to_digit(10)? as usize).copied()).collect();
    ["10", &raised].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::PrivateKey;

    fn public(number: u32) -> PublicKey {
        let mut bytes = [0; 32];
        bytes[28..].copy_from_slice(&number.to_be_bytes());
        PrivateKey::from_bytes(&bytes).expect("in range").public_key()
    }

    #[test]
    fn a_search_in_slices_finds_the_number() {
        for number in [1, 2, 3, 255, 1_000] {
            let mut search = KeySearch::new(&public(number), 1_024);
            assert_eq!(search.state(), SearchState::Searching);
            while search.advance(7) == SearchState::Searching {}
            assert_eq!((search.state(), search.tried()), (SearchState::Found(number), number));
            assert_eq!(search.advance(7), SearchState::Found(number), "it stays where it found it");
        }
    }

    #[test]
    fn a_search_ends_at_its_limit() {
        let mut search = KeySearch::new(&public(200), 100);
        assert_eq!(search.advance(1_000), SearchState::Exhausted);
        assert_eq!(search.tried(), 100);
        assert_eq!(KeySearch::new(&public(1), 0).state(), SearchState::Exhausted);
    }

    #[test]
    fn a_whole_key_takes_longer_than_the_universe_is_old() {
        let all = projection(255.0, 100_000.0).expect("a rate");
        assert_eq!(power_of_ten(all.years_log10), "10⁶⁴");
        assert_eq!(power_of_ten(all.universes_log10), "10⁵⁴");
        let rho = projection(128.0, 100_000.0).expect("a rate");
        assert_eq!(power_of_ten(rho.years_log10), "10²⁶");
        assert_eq!(projection(255.0, 0.0), None);
        assert_eq!(projection(255.0, f64::NAN), None);
    }

    #[test]
    fn powers_are_written_small_and_raised() {
        let cases = [(-3.0, "0"), (0.4, "1"), (1.0, "10¹"), (12.9, "10¹²"), (f64::NAN, "1")];
        for (log10, text) in cases {
            assert_eq!(power_of_ten(log10), text, "{log10}");
        }
    }
}
