//! What a node worker and its miner workers say to each other.

use serde::{Deserialize, Serialize};

use crate::ledger::{BlockHash, Header, from_hex, to_hex};

/// The version of these messages; a miner of another version is not given work.
pub const MINER_PROTOCOL_VERSION: u32 = 1;
/// The last bar of a report's histogram: that many zero bits or more.
pub const MAX_ZERO_BITS: usize = 64;

/// A slice of the search: hash this header with these nonces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its number, repeated by the report; rising.
    pub id: u64,
    /// The header's bytes; the nonce in it is not read.
    #[serde(with = "hex_bytes")]
    pub header: [u8; Header::SIZE],
    /// The hash must not be above this: big-endian.
    #[serde(with = "hex_bytes")]
    pub target: [u8; 32],
    /// The first nonce to try.
    pub first_nonce: u32,
    /// How many to try; the range ends at the last nonce at most.
    pub count: u32,
    /// Rest before, in milliseconds: this is how a miner works at less than full power.
    pub rest_ms: u32,
}

/// What a slice brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The job's number.
    pub id: u64,
    /// The nonce that meets the target, if one did; the search ended there.
    pub found: Option<u32>,
    /// Hashes tried.
    pub tries: u64,
    /// The lowest hash, and its nonce.
    pub best: Option<(BlockHash, u32)>,
    /// How many hashes had exactly so many leading zero bits; the index is the count, up to
    /// [`MAX_ZERO_BITS`]; trailing zeros are left off.
    pub histogram: Vec<u32>,
    /// How long the hashing took, rest not counted, in microseconds; set by who has a clock.
    pub micros: u64,
}

/// Node worker to miner worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToMiner {
    /// Search this; replaces a job that has not begun.
    Search(Job),
    /// Forget a job that has not begun.
    Stop,
}

/// Miner worker to node worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromMiner {
    /// Ready for work.
    Ready {
        /// [`MINER_PROTOCOL_VERSION`] of the miner.
        protocol: u32,
        /// Its kernel, for people: `simd128` or `portable`.
        kernel: String,
    },
    /// A slice is done.
    Report(Report),
    /// It can't work.
    Failed {
        /// What the browser said.
        reason: String,
    },
}

/// Byte arrays as hexadecimal text.
mod hex_bytes {
    use super::{from_hex, to_hex};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer, const N: usize>(bytes: &[u8; N], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_hex(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(deserializer: D) -> Result<[u8; N], D::Error> {
        let bytes = from_hex(&String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        let found = bytes.len();
        bytes.try_into().map_err(|_| D::Error::custom(format!("{N} bytes were expected, not {found}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_between_workers_survive_json() {
        let job = Job { id: 7, header: [9; 80], target: [3; 32], first_nonce: 5, count: u32::MAX, rest_ms: 40 };
        let message = ToMiner::Search(job);
        let text = serde_json::to_string(&message).expect("plain data");
        assert_eq!(serde_json::from_str::<ToMiner>(&text).expect("own text"), message);
        assert!(serde_json::from_str::<ToMiner>(&text.replace("0909", "09")).is_err());
    }
}
