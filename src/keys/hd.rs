//! A tree of keys from one seed (BIP-0032).
//!
//! Each key has a chain code beside it. A child is its parent plus a number that HMAC-SHA-512 makes
//! of the parent's public key (of its private key, for a hardened child), the chain code and the
//! child's index. As adding works for points too, whoever has the extended public key can derive
//! the public keys of all children that are not hardened, and no private key.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

use super::base58::{self, Base58Error};
use super::keys::{KeyError, PrivateKey, PublicKey};
use super::path::{ChildNumber, DerivationPath};
use crate::ledger::Params;

/// Bytes of an extended key: version, depth, parent's fingerprint, child number, chain code, key.
const SIZE: usize = 78;
/// The key of the HMAC that makes a master key.
const MASTER_HMAC_KEY: &[u8] = b"Bitcoin seed";

/// What an extended key has beside its key.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    depth: u8,
    parent_fingerprint: [u8; 4],
    child_number: ChildNumber,
    chain_code: [u8; 32],
}

/// A private key that has children.
#[derive(Clone, PartialEq, Eq)]
pub struct ExtendedPrivateKey {
    place: Place,
    key: PrivateKey,
}

/// A public key that has children.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExtendedPublicKey {
    place: Place,
    key: PublicKey,
}

/// Why there is no such extended key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtendedKeyError {
    /// Not Base58Check.
    #[error(transparent)]
    Base58(#[from] Base58Error),
    /// The wrong number of bytes.
    #[error("an extended key has 78 bytes, this has {found}")]
    Length {
        /// Bytes found.
        found: usize,
    },
    /// Neither this network's private nor its public version, or not the one asked for.
    #[error("this begins with {found:02x?}, an extended key of this kind and network with {expected:02x?}")]
    Version {
        /// Version found.
        found: [u8; 4],
        /// What was expected.
        expected: [u8; 4],
    },
    /// The byte before a private key is not 00.
    #[error("the byte before a private key is 00, not {found:02x}")]
    PrivatePadding {
        /// The byte found.
        found: u8,
    },
    /// A master key has no parent, so no parent's fingerprint.
    #[error("a key of depth 0 has no parent, yet a parent's fingerprint is written")]
    MasterFingerprint,
    /// A master key is nobody's child, so it has no number.
    #[error("a key of depth 0 is no child, yet it has the number {found}")]
    MasterNumber {
        /// The number found.
        found: u32,
    },
    /// The key itself is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A hardened child can be derived from the private key only.
    #[error("child {number} is hardened: it can be derived from the private key only")]
    HardenedFromPublic {
        /// The child.
        number: ChildNumber,
    },
    /// Keys have at most 255 ancestors.
    #[error("a key of depth 255 has no children")]
    TooDeep,
    /// No key has this number (one in 2^127): take the next.
    #[error("child {number} does not exist, which is rarer than one in 2^127; the next one does")]
    NoSuchChild {
        /// The child.
        number: ChildNumber,
    },
    /// A seed of a length that BIP-0032 does not allow, or that makes no key (one in 2^127).
    #[error("a seed has 16 to 64 bytes, this has {found}")]
    Seed {
        /// Bytes found.
        found: usize,
    },
}

impl ExtendedKeyError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Base58(error) => error.rule(),
            Self::Length { .. } => "extended-key-length",
            Self::Version { .. } => "extended-key-version",
            Self::PrivatePadding { .. } => "extended-key-padding",
            Self::MasterFingerprint => "extended-key-master-fingerprint",
            Self::MasterNumber { .. } => "extended-key-master-number",
            Self::Key(error) => error.rule(),
            Self::HardenedFromPublic { .. } => "extended-key-hardened-from-public",
            Self::TooDeep => "extended-key-too-deep",
            Self::NoSuchChild { .. } => "extended-key-no-such-child",
            Self::Seed { .. } => "extended-key-seed",
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let hex = crate::ledger::to_hex;
        match self {
            Self::Base58(error) => error.facts(),
            Self::Length { found } | Self::Seed { found } => vec![("found", found.to_string())],
            Self::Version { found, expected } => vec![("found", hex(found)), ("expected", hex(expected))],
            Self::PrivatePadding { found } => vec![("found", format!("{found:02x}"))],
            Self::MasterNumber { found } => vec![("found", found.to_string())],
            Self::Key(error) => error.facts(),
            Self::HardenedFromPublic { number } | Self::NoSuchChild { number } => {
                vec![("number", number.to_string())]
            }
            Self::MasterFingerprint | Self::TooDeep => Vec::new(),
        }
    }
}

impl ExtendedPrivateKey {
    /// The master key of a seed.
    ///
    /// # Errors
    /// [`ExtendedKeyError::Seed`].
    pub fn from_seed(seed: &[u8]) -> Result<Self, ExtendedKeyError> {
        let error = ExtendedKeyError::Seed { found: seed.len() };
        if !(16..=64).contains(&seed.len()) {
            return Err(error);
        }
        let (key, chain_code) = hmac_halves(MASTER_HMAC_KEY, &[seed]);
        let key = PrivateKey::from_bytes(&key).map_err(|_| error)?;
        let place = Place { depth: 0, parent_fingerprint: [0; 4], child_number: ChildNumber::from_raw(0), chain_code };
        Ok(Self { place, key })
    }

    /// The private key.
    pub fn private_key(&self) -> &PrivateKey {
        &self.key
    }

    /// The chain code. Secret, as with it and one child's private key the parent's can be computed.
    pub fn chain_code(&self) -> &[u8; 32] {
        &self.place.chain_code
    }

    /// How many ancestors it has.
    pub fn depth(&self) -> u8 {
        self.place.depth
    }

    /// The public side: derives public keys only.
    pub fn to_public(&self) -> ExtendedPublicKey {
        ExtendedPublicKey { place: self.place, key: self.key.public_key() }
    }

    /// One child (BIP-0032 CKDpriv).
    ///
    /// # Errors
    /// [`ExtendedKeyError::TooDeep`], [`ExtendedKeyError::NoSuchChild`].
    pub fn child(&self, number: ChildNumber) -> Result<Self, ExtendedKeyError> {
        let public = self.to_public();
        let private = self.key.to_bytes();
        let compressed = public.key.to_compressed();
        let parent: [&[u8]; 2] = if number.is_hardened() { [&[0], &private] } else { [&[], &compressed] };
        let (tweak, place) = self.place.child(&parent, public.fingerprint(), number)?;
        let key = self.key.tweak_add(&tweak).ok_or(ExtendedKeyError::NoSuchChild { number })?;
        Ok(Self { place, key })
    }

    /// The descendant at the end of a path.
    ///
    /// # Errors
    /// As [`ExtendedPrivateKey::child`].
    pub fn derive(&self, path: &DerivationPath) -> Result<Self, ExtendedKeyError> {
        path.steps().iter().try_fold(self.clone(), |key, number| key.child(*number))
    }

    /// As text, `xprv…` on mainnet, `tprv…` elsewhere. Secret.
    pub fn to_text(&self, params: &Params) -> String {
        let mut key = [0; 33];
        key[1..].copy_from_slice(&self.key.to_bytes());
        self.place.encode(params.xprv_version, &key)
    }

    /// From text.
    ///
    /// # Errors
    /// Any [`ExtendedKeyError`] of a text.
    pub fn parse(text: &str, params: &Params) -> Result<Self, ExtendedKeyError> {
        let (place, key) = Place::decode(text, params.xprv_version)?;
        let [padding, key @ ..] = key;
        if padding != 0 {
            return Err(ExtendedKeyError::PrivatePadding { found: padding });
        }
        Ok(Self { place, key: PrivateKey::from_bytes(&key)? })
    }
}

impl ExtendedPublicKey {
    /// The public key, compressed.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// The chain code.
    pub fn chain_code(&self) -> &[u8; 32] {
        &self.place.chain_code
    }

    /// How many ancestors it has.
    pub fn depth(&self) -> u8 {
        self.place.depth
    }

    /// The first four bytes of its hash: what its children remember of it.
    pub fn fingerprint(&self) -> [u8; 4] {
        let hash = self.key.hash();
        let [a, b, c, d, ..] = *hash.as_bytes();
        [a, b, c, d]
    }

    /// One child that is not hardened (BIP-0032 CKDpub).
    ///
    /// # Errors
    /// [`ExtendedKeyError::HardenedFromPublic`], [`ExtendedKeyError::TooDeep`],
    /// [`ExtendedKeyError::NoSuchChild`].
    pub fn child(&self, number: ChildNumber) -> Result<Self, ExtendedKeyError> {
        if number.is_hardened() {
            return Err(ExtendedKeyError::HardenedFromPublic { number });
        }
        let (tweak, place) = self.place.child(&[&self.key.to_compressed()], self.fingerprint(), number)?;
        let key = self.key.tweak_add(&tweak).ok_or(ExtendedKeyError::NoSuchChild { number })?;
        Ok(Self { place, key })
    }

    /// The descendant at the end of a path.
    ///
    /// # Errors
    /// As [`ExtendedPublicKey::child`].
    pub fn derive(&self, path: &DerivationPath) -> Result<Self, ExtendedKeyError> {
        path.steps().iter().try_fold(*self, |key, number| key.child(*number))
    }

    /// As text, `xpub…` on mainnet, `tpub…` elsewhere.
    pub fn to_text(&self, params: &Params) -> String {
        self.place.encode(params.xpub_version, &self.key.to_compressed())
    }

    /// From text.
    ///
    /// # Errors
    /// Any [`ExtendedKeyError`] of a text.
    pub fn parse(text: &str, params: &Params) -> Result<Self, ExtendedKeyError> {
        let (place, key) = Place::decode(text, params.xpub_version)?;
        Ok(Self { place, key: PublicKey::from_bytes(&key)? })
    }
}

impl Place {
    /// The number to add to the parent's key, and the child's place.
    fn child(
        &self,
        parent: &[&[u8]],
        parent_fingerprint: [u8; 4],
        child_number: ChildNumber,
    ) -> Result<([u8; 32], Self), ExtendedKeyError> {
        let depth = self.depth.checked_add(1).ok_or(ExtendedKeyError::TooDeep)?;
        let index = child_number.to_raw().to_be_bytes();
        let mut parts = parent.to_vec();
        parts.push(&index);
        let (tweak, chain_code) = hmac_halves(&self.chain_code, &parts);
        Ok((tweak, Self { depth, parent_fingerprint, child_number, chain_code }))
    }

    fn encode(&self, version: [u8; 4], key: &[u8; 33]) -> String {
        let mut payload = Vec::with_capacity(SIZE);
        payload.extend_from_slice(&version);
        payload.push(self.depth);
        payload.extend_from_slice(&self.parent_fingerprint);
        payload.extend_from_slice(&self.child_number.to_raw().to_be_bytes());
        payload.extend_from_slice(&self.chain_code);
        payload.extend_from_slice(key);
        base58::encode_check(&payload)
    }

    fn decode(text: &str, expected: [u8; 4]) -> Result<(Self, [u8; 33]), ExtendedKeyError> {
        let payload = base58::decode_check(text.trim())?;
        let length = ExtendedKeyError::Length { found: payload.len() };
        let bytes: [u8; SIZE] = payload.try_into().map_err(|_| length)?;
        let mut reader = crate::ledger::Reader::new(&bytes);
        let mut read = || -> Result<_, crate::ledger::DecodeError> {
            let found: [u8; 4] = reader.array()?;
            let depth = reader.u8()?;
            let parent_fingerprint = reader.array()?;
            let child_number = ChildNumber::from_raw(u32::from_be_bytes(reader.array()?));
            let place = Self { depth, parent_fingerprint, child_number, chain_code: reader.array()? };
            Ok((found, place, reader.array::<33>()?))
        };
        let (found, place, key) = read().expect("78 bytes are what this reads");
        if found != expected {
            return Err(ExtendedKeyError::Version { found, expected });
        }
        if place.depth == 0 && place.parent_fingerprint != [0; 4] {
            return Err(ExtendedKeyError::MasterFingerprint);
        }
        if place.depth == 0 && place.child_number.to_raw() != 0 {
            return Err(ExtendedKeyError::MasterNumber { found: place.child_number.to_raw() });
        }
        Ok((place, key))
    }
}

/// HMAC-SHA-512 in two halves.
fn hmac_halves(key: &[u8], parts: &[&[u8]]) -> ([u8; 32], [u8; 32]) {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    let bytes: [u8; 64] = mac.finalize().into_bytes().into();
    let (mut left, mut right) = ([0; 32], [0; 32]);
    left.copy_from_slice(&bytes[..32]);
    right.copy_from_slice(&bytes[32..]);
    (left, right)
}

impl fmt::Debug for ExtendedPrivateKey {
    /// Does not show the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExtendedPrivateKey(depth {}, secret)", self.place.depth)
    }
}

impl fmt::Debug for ExtendedPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExtendedPublicKey(depth {}, {})", self.place.depth, self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_derivation_gives_the_keys_of_private_derivation() {
        let parent = ExtendedPrivateKey::from_seed(&[1; 32]).expect("length");
        for index in [0, 1, 0x7fff_ffff] {
            let number = ChildNumber::normal(index).expect("below 2^31");
            let private = parent.child(number).expect("exists").to_public();
            assert_eq!(parent.to_public().child(number), Ok(private));
        }
    }

    #[test]
    fn what_cannot_be_derived_is_said() {
        let master = ExtendedPrivateKey::from_seed(&[1; 32]).expect("length");
        let number = ChildNumber::hardened(0).expect("below 2^31");
        assert_eq!(master.to_public().child(number), Err(ExtendedKeyError::HardenedFromPublic { number }));
        let deepest = DerivationPath::new(vec![ChildNumber::from_raw(0); 255]).expect("255 steps");
        let deepest = master.derive(&deepest).expect("depth 255");
        assert_eq!(deepest.child(number), Err(ExtendedKeyError::TooDeep));
        assert_eq!(ExtendedPrivateKey::from_seed(&[1; 15]), Err(ExtendedKeyError::Seed { found: 15 }));
    }

    #[test]
    fn a_private_text_is_not_taken_for_a_public_one() {
        let params = Params::regtest();
        let key = ExtendedPrivateKey::from_seed(&[1; 32]).expect("length");
        let text = key.to_text(&params);
        assert!(text.starts_with("tprv"));
        assert_eq!(ExtendedPrivateKey::parse(&text, &params), Ok(key));
        let error = ExtendedPublicKey::parse(&text, &params).expect_err("private");
        assert_eq!(error.rule(), "extended-key-version");
        assert!(!format!("{:?}", ExtendedPrivateKey::parse(&text, &params)).contains("tprv"));
    }
}
