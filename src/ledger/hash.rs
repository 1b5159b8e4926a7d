//! Hashes, each in a type of its own, so that a transaction id is never taken for a block hash.
//!
//! Bitcoin names things by SHA-256 applied twice, and shows those names byte-reversed: the bytes
//! are in the order they are hashed and sent, [`Display`](std::fmt::Display) and
//! [`FromStr`](std::str::FromStr) in the order people read (whitepaper section 4, Core `uint256`).

use std::fmt;
use std::str::FromStr;

use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

use super::encoding::{from_hex, to_hex};

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of SHA-256 of `bytes`: the hash behind every txid and block hash.
pub fn sha256d(bytes: &[u8]) -> [u8; 32] {
    sha256(&sha256(bytes))
}

/// RIPEMD-160 of SHA-256 of `bytes`: what an address says of a public key.
pub fn hash160(bytes: &[u8]) -> Hash160 {
    Hash160(Ripemd160::digest(sha256(bytes)).into())
}

/// A text that is no 32-byte hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The text has the wrong number of characters.
    #[error("a hash has 64 hexadecimal digits, this has {found}")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// A character is not a hexadecimal digit.
    #[error("a hash has only the digits 0-9 and a-f")]
    Digit,
}

macro_rules! hash_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name([u8; 32]);

        impl $name {
            /// All bytes zero: "no such thing" in the format (a coinbase's prevout, genesis' parent).
            pub const ZERO: Self = Self([0; 32]);

            /// From bytes in the order they are hashed and sent.
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The bytes in the order they are hashed and sent.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The double SHA-256 of `bytes`.
            pub fn hash(bytes: &[u8]) -> Self {
                Self(sha256d(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut reversed = self.0;
                reversed.reverse();
                f.write_str(&to_hex(&reversed))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = HashError;

            fn from_str(text: &str) -> Result<Self, HashError> {
                let found = text.chars().count();
                if found != 64 {
                    return Err(HashError::Length { found });
                }
                let bytes = from_hex(text).map_err(|_| HashError::Digit)?;
                let mut hash: [u8; 32] = bytes.try_into().map_err(|_| HashError::Digit)?;
                hash.reverse();
                Ok(Self(hash))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

hash_type! {
    /// The name of a transaction: the double SHA-256 of its bytes without witnesses.
    Txid
}
hash_type! {
    /// The name of a block: the double SHA-256 of its 80-byte header.
    BlockHash
}
hash_type! {
    /// A node of a block's Merkle tree; the root is a header field.
    MerkleNode
}

impl From<Txid> for MerkleNode {
    /// A txid is a leaf of the Merkle tree.
    fn from(txid: Txid) -> Self {
        Self(txid.0)
    }
}

/// A 160-bit fingerprint: of a public key (P2PKH) or of a script (P2SH).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash160([u8; 20]);

impl Hash160 {
    /// From its 20 bytes; these are shown in the order they are sent.
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Its 20 bytes.
    pub const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }
}

impl fmt::Display for Hash160 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl fmt::Debug for Hash160 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash160({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shown_reversed_and_read_back() {
        let text = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
        let hash: BlockHash = text.parse().expect("64 digits");
        assert_eq!(hash.as_bytes()[31], 0);
        assert_eq!(hash.as_bytes()[0], 0x6f);
        assert_eq!(hash.to_string(), text);
    }

    #[test]
    fn a_bad_hash_says_what_is_wrong() {
        assert_eq!("00".parse::<Txid>(), Err(HashError::Length { found: 2 }));
        assert_eq!("zz".repeat(32).parse::<Txid>(), Err(HashError::Digit));
        assert_eq!("é".repeat(64).parse::<Txid>(), Err(HashError::Digit));
    }
}
