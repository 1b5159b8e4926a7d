//! 256 bits that may be a private key, and how its public key is written: the two together make the address.

use crate::keys::{KeyError, PrivateKey};

/// Bits that may be a private key, with the form of the public key that belongs to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyBits {
    /// The bits, the highest first.
    pub bytes: [u8; 32],
    /// Whether the public key is written with 33 bytes; with 65 if not.
    pub compressed: bool,
}

impl KeyBits {
    /// The private key.
    ///
    /// # Errors
    /// [`KeyError::Zero`], [`KeyError::TooLarge`].
    pub fn private_key(&self) -> Result<PrivateKey, KeyError> {
        PrivateKey::from_bytes(&self.bytes).map(|key| key.with_compression(self.compressed))
    }

    /// Other bits in the same form: a key of which a bit is flipped is still one of its kind.
    pub const fn with_bytes(self, bytes: [u8; 32]) -> Self {
        Self { bytes, ..self }
    }
}

impl From<[u8; 32]> for KeyBits {
    /// Bits that say nothing of a form: compressed, as every key made today.
    fn from(bytes: [u8; 32]) -> Self {
        Self { bytes, compressed: true }
    }
}

impl From<&PrivateKey> for KeyBits {
    fn from(key: &PrivateKey) -> Self {
        Self { bytes: key.to_bytes(), compressed: key.is_compressed() }
    }
}

impl std::fmt::Debug for KeyBits {
    /// Does not show the bits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyBits(secret, compressed: {})", self.compressed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Address;
    use crate::ledger::Params;

    #[test]
    fn a_key_keeps_its_form() {
        let params = Params::regtest();
        let wif = "91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXV1";
        let typed = PrivateKey::from_wif(wif, &params).expect("a key");
        let bits = KeyBits::from(&typed);
        let key = bits.private_key().expect("a key");
        assert_eq!(key.to_wif(&params), wif);
        let address = Address::from_public_key(&key.public_key(), &params).to_string();
        assert_eq!(address, "mvV3PBKGZHP8dHsvP8quNQuC8yuvPnpoSE");
        assert!(!bits.with_bytes([1; 32]).private_key().expect("a key").is_compressed());
        assert!(KeyBits::from([1; 32]).private_key().expect("a key").is_compressed());
        assert_eq!(format!("{bits:?}"), "KeyBits(secret, compressed: false)");
    }
}
