//! The kinds of networks, by their names.

use std::fmt;
use std::str::FromStr;

/// Longest name of a network that is told back, in characters.
const SHOWN_CHARS: usize = 32;

/// A kind of network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// Lessons and tabs: blocks every 15 seconds, coins spendable after 3 blocks.
    #[default]
    Classroom,
    /// Bitcoin Core's regression test network, byte for byte.
    Regtest,
    /// The real thing: for verifying real blocks.
    Mainnet,
}

/// A text that names no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a network is classroom, regtest or mainnet, not {found:?}")]
pub struct NetworkError {
    /// What was given.
    pub found: String,
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Classroom => "classroom",
            Self::Regtest => "regtest",
            Self::Mainnet => "mainnet",
        })
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        match text {
            "classroom" => Ok(Self::Classroom),
            "regtest" => Ok(Self::Regtest),
            "mainnet" => Ok(Self::Mainnet),
            _ => Err(NetworkError { found: text.chars().take(SHOWN_CHARS).collect() }),
        }
    }
}
