//! Scripts: the small programs that lock coins and unlock them.

use std::fmt;

use super::encoding::to_hex;
use super::{Hash160, hash160};

/// A script's bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Script(Vec<u8>);

impl Script {
    /// From raw bytes, valid or not.
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// `OP_DUP OP_HASH160 <20 bytes> OP_EQUALVERIFY OP_CHECKSIG`: pay to a public key's hash.
    pub fn pay_to_pubkey_hash(hash: &Hash160) -> Self {
        let mut bytes = vec![0x76, 0xa9, 20];
        bytes.extend_from_slice(hash.as_bytes());
        bytes.extend_from_slice(&[0x88, 0xac]);
        Self(bytes)
    }

    /// The hash that a pay-to-public-key-hash script pays to, if it is one.
    pub fn pubkey_hash(&self) -> Option<Hash160> {
        match self.0.as_slice() {
            [0x76, 0xa9, 20, hash @ .., 0x88, 0xac] => Some(Hash160::from_bytes(hash.try_into().ok()?)),
            _ => None,
        }
    }

    /// The public key of a pay-to-public-key script (`<key> OP_CHECKSIG`), if it is one.
    pub fn pay_to_pubkey_key(&self) -> Option<&[u8]> {
        match self.0.as_slice() {
            [33, key @ .., 0xac] if key.len() == 33 => Some(key),
            [65, key @ .., 0xac] if key.len() == 65 => Some(key),
            _ => None,
        }
    }

    /// The public key hash whose key can spend this: of P2PKH as written, of P2PK computed.
    pub fn owner(&self) -> Option<Hash160> {
        self.pubkey_hash().or_else(|| self.pay_to_pubkey_key().map(hash160))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Script({})", to_hex(&self.0))
    }
}
