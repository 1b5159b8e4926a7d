//! Paths to keys in a tree of keys (BIP-0032), like `m/44'/1'/0'/0/5`.

use std::fmt;
use std::str::FromStr;

/// Set in a child's number when it is hardened: derived from the private key only.
const HARDENED: u32 = 0x8000_0000;
/// Most steps a path can have: the depth is one byte.
pub const MAX_DEPTH: usize = 255;

/// The number of a child key, hardened or not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ChildNumber(u32);

/// The way from a master key to a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct DerivationPath(Vec<ChildNumber>);

/// A text that is no path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Does not begin with `m`.
    #[error("a path begins with m, like m/44'/1'/0'/0/5")]
    Start,
    /// A step is not a number with perhaps `'` or `h` behind it.
    #[error("step {} of the path is {found:?}, not a number with perhaps ' behind it", at + 1)]
    Step {
        /// How many steps are before it.
        at: usize,
        /// The text of the step.
        found: String,
    },
    /// A number of 2^31 or more.
    #[error("step {} of the path is {found}, the largest number is 2147483647", at + 1)]
    TooLarge {
        /// How many steps are before it.
        at: usize,
        /// The text of the step.
        found: String,
    },
    /// More than 255 steps.
    #[error("a path has at most 255 steps, this has {found}")]
    TooDeep {
        /// Steps found.
        found: usize,
    },
}

impl PathError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Start => "path-start",
            Self::Step { .. } => "path-step",
            Self::TooLarge { .. } => "path-too-large",
            Self::TooDeep { .. } => "path-too-deep",
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Start => Vec::new(),
            Self::Step { at, found } | Self::TooLarge { at, found } => {
                vec![("position", (at + 1).to_string()), ("found", found.clone())]
            }
            Self::TooDeep { found } => vec![("found", found.to_string())],
        }
    }
}

impl ChildNumber {
    /// A child that a public key can derive too; none from 2^31 on.
    pub fn normal(index: u32) -> Option<Self> {
        (index < HARDENED).then_some(Self(index))
    }

    /// A child that only the private key can derive; none from 2^31 on.
    pub fn hardened(index: u32) -> Option<Self> {
        (index < HARDENED).then_some(Self(index | HARDENED))
    }

    /// From the number as it is hashed and stored: from 2^31 on it is hardened.
    pub const fn from_raw(number: u32) -> Self {
        Self(number)
    }

    /// The number as it is hashed and stored.
    pub const fn to_raw(self) -> u32 {
        self.0
    }

    /// The number without the mark of hardening.
    pub const fn index(self) -> u32 {
        self.0 & !HARDENED
    }

    /// Whether only the private key can derive it.
    pub const fn is_hardened(self) -> bool {
        self.0 & HARDENED != 0
    }
}

impl DerivationPath {
    /// The path of the master key itself, `m`.
    pub const MASTER: Self = Self(Vec::new());

    /// A path of these steps.
    ///
    /// # Errors
    /// [`PathError::TooDeep`].
    pub fn new(steps: Vec<ChildNumber>) -> Result<Self, PathError> {
        if steps.len() > MAX_DEPTH {
            return Err(PathError::TooDeep { found: steps.len() });
        }
        Ok(Self(steps))
    }

    /// `m/44'/coin'/account'/branch/index` (BIP-0044); none if a number is 2^31 or more.
    pub fn bip44(coin_type: u32, account: u32, branch: u32, index: u32) -> Option<Self> {
        Some(Self(vec![
            ChildNumber::hardened(44)?,
            ChildNumber::hardened(coin_type)?,
            ChildNumber::hardened(account)?,
            ChildNumber::normal(branch)?,
            ChildNumber::normal(index)?,
        ]))
    }

    /// The steps, from the master key on.
    pub fn steps(&self) -> &[ChildNumber] {
        &self.0
    }
}

impl FromStr for DerivationPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut parts = text.trim().split('/');
        if !matches!(parts.next(), Some("m" | "M")) {
            return Err(PathError::Start);
        }
        let steps = parts.enumerate().map(|(at, part)| parse_step(at, part)).collect::<Result<Vec<_>, _>>()?;
        Self::new(steps)
    }
}

fn parse_step(at: usize, part: &str) -> Result<ChildNumber, PathError> {
    let digits = part.strip_suffix(['\'', 'h', 'H', '’']);
    let (digits, is_hardened) = (digits.unwrap_or(part), digits.is_some());
    let found = || part.chars().take(40).collect();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(PathError::Step { at, found: found() });
    }
    let number = digits.parse().ok().and_then(if is_hardened { ChildNumber::hardened } else { ChildNumber::normal });
    number.ok_or_else(|| PathError::TooLarge { at, found: found() })
}

impl fmt::Display for ChildNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.index(), if self.is_hardened() { "'" } else { "" })
    }
}

impl fmt::Display for DerivationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("m")?;
        self.0.iter().try_for_each(|step| write!(f, "/{step}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_and_written() {
        let cases = [("m", "m"), ("m/44'/1h/0H/0/5", "m/44'/1'/0'/0/5"), (" M/2147483647' ", "m/2147483647'")];
        for (text, shown) in cases {
            assert_eq!(text.parse::<DerivationPath>().expect(text).to_string(), shown);
        }
        assert_eq!(DerivationPath::bip44(1, 0, 0, 5), "m/44'/1'/0'/0/5".parse().ok());
    }

    #[test]
    fn a_bad_path_says_which_step_is_wrong() {
        let step = |at, found: &str| PathError::Step { at, found: found.into() };
        let cases = [
            ("", PathError::Start),
            ("44'/0", PathError::Start),
            ("m/", step(0, "")),
            ("m/44'/x", step(1, "x")),
            ("m/44''", step(0, "44''")),
            ("m/-1", step(0, "-1")),
            ("m/0/+1", step(1, "+1")),
            ("m/2147483648", PathError::TooLarge { at: 0, found: "2147483648".into() }),
            ("m/99999999999999999999'", PathError::TooLarge { at: 0, found: "99999999999999999999'".into() }),
            (&format!("m{}", "/0".repeat(256)), PathError::TooDeep { found: 256 }),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<DerivationPath>(), Err(error), "{text}");
        }
    }
}
