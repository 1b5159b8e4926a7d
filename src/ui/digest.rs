//! The 24 bits of a hash that its glyph and hue are drawn from.

use yew::html::IntoPropValue;

use crate::ledger::{BlockHash, Hash160, MerkleNode, Txid};

/// The hues a hash may have, in degrees. No red: red means broken.
pub const HUES: [u16; 9] = [50, 85, 125, 165, 200, 235, 285, 315, 350];

/// Any 32-byte hash as the screen shows it: its bytes in display order.
///
/// Glyph, hue and last four digits always go together, so the glyph and the hue are chosen by the
/// last three bytes displayed. Two hashes may well share a hue; the digits decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// A digest drawn from any text, such as an address: only its look means something.
    pub fn of_text(text: &str) -> Self {
        let mut bytes = [0; 32];
        bytes[28..].copy_from_slice(&fnv(text).to_be_bytes());
        Self(bytes)
    }

    /// The 64 digits, as shown.
    pub fn hex(&self) -> String {
        crate::ledger::to_hex(&self.0)
    }

    fn low24(&self) -> u32 {
        u32::from_be_bytes([0, self.0[29], self.0[30], self.0[31]])
    }

    /// The hue, in degrees.
    pub fn hue(&self) -> u16 {
        HUES[(self.low24() >> 9) as usize % HUES.len()]
    }

    /// The quarter of the glyph, 3 by 3 cells in rows from the outer corner in; at least three are set.
    pub fn cells(&self) -> [[bool; 3]; 3] {
        let bits = self.low24() & 0x1ff;
        let bits = if bits.count_ones() < 3 { !bits & 0x1ff } else { bits };
        std::array::from_fn(|row| std::array::from_fn(|column| bits >> (row * 3 + column) & 1 == 1))
    }

    /// The SVG path of the glyph in a 5 by 5 box, mirrored both ways.
    pub fn glyph_path(&self) -> String {
        let cells = self.cells();
        let mut path = String::new();
        for y in 0..5usize {
            let row = y.min(4 - y);
            let mut x = 0;
            while x < 5usize {
                let start = x;
                while x < 5 && cells[row][x.min(4 - x)] {
                    x += 1;
                }
                if x > start {
                    path.push_str(&format!("M{start} {y}h{}v1h-{}z", x - start, x - start));
                } else {
                    x += 1;
                }
            }
        }
        path
    }
}

/// FNV-1a, 32 bits: spreads names over shapes and hues.
pub(crate) fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

macro_rules! from_hash {
    ($($name:ty),*) => {$(
        impl From<$name> for Digest {
            fn from(hash: $name) -> Self {
                let mut bytes = *hash.as_bytes();
                bytes.reverse();
                Self(bytes)
            }
        }
        impl IntoPropValue<Digest> for $name {
            fn into_prop_value(self) -> Digest {
                self.into()
            }
        }
    )*};
}

from_hash!(BlockHash, Txid, MerkleNode);

impl From<Hash160> for Digest {
    fn from(hash: Hash160) -> Self {
        let mut bytes = [0; 32];
        bytes[12..].copy_from_slice(hash.as_bytes());
        Self(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(hex: &str) -> Digest {
        hex.parse::<BlockHash>().unwrap().into()
    }

    #[test]
    fn the_hue_comes_from_the_last_three_bytes_shown() {
        assert_eq!(digest("000002861b4045fe9db809bfe4aae47a390a004d1844801b6ed9e572bd8bac55").hue(), 200);
        assert_eq!(digest("000003d224d0851ec39bffbc4cfa741d8dc4ce512c8fd03d07d4b33f4d2545a4").hue(), 50);
    }

    #[test]
    fn a_digest_shows_the_digits_of_its_hash() {
        let hex = "000003d224d0851ec39bffbc4cfa741d8dc4ce512c8fd03d07d4b33f4d2545a4";
        assert_eq!(digest(hex).hex(), hex);
    }

    #[test]
    fn a_glyph_is_mirrored_and_never_empty() {
        for seed in 0..600u32 {
            let digest = Digest::of_text(&seed.to_string());
            let count: usize = digest.cells().iter().flatten().filter(|set| **set).count();
            assert!(count >= 3, "{digest:?}");
            assert!(digest.glyph_path().starts_with('M'));
        }
    }
}
