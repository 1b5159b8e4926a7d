//! Private and public keys on the curve secp256k1.
//!
//! A private key is a number d from 1 to n−1; its public key is the point d·G. The way back is not
//! known. A public key is written as x and y (65 bytes) or as x and the parity of y (33 bytes, SEC 1
//! section 2.3.3); both give different addresses, so a private key remembers which one it uses.

use std::fmt;

use k256::elliptic_curve::PrimeField;
use k256::elliptic_curve::point::AffineCoordinates;
use k256::elliptic_curve::sec1::ToSec1Point;
use k256::{NonZeroScalar, ProjectivePoint, Scalar};

use super::base58::{self, Base58Error};
use crate::ledger::{Hash160, Params, from_hex, hash160, to_hex};

/// A private key, and whether its public key is written compressed.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    scalar: Scalar,
    compressed: bool,
}

/// A public key, and whether it is written compressed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    point: k256::PublicKey,
    compressed: bool,
}

/// Bytes that are no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not hexadecimal.
    #[error("character {} is no hexadecimal digit", at + 1)]
    Digit {
        /// How many characters are before it.
        at: usize,
    },
    /// The wrong number of bytes.
    #[error("a key of {found} bytes; {expected} are right")]
    Length {
        /// Bytes found.
        found: usize,
        /// What would be right.
        expected: &'static str,
    },
    /// The private key is zero.
    #[error("a private key is not zero")]
    Zero,
    /// The private key is not below the curve's order.
    #[error(
        "a private key is less than the curve's order, fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
    )]
    TooLarge,
    /// The public key's first byte is none of 02, 03 and 04, or does not fit its length.
    #[error("a public key begins with 02 or 03 (33 bytes) or 04 (65 bytes), not with {found:02x}")]
    Prefix {
        /// The byte found.
        found: u8,
    },
    /// The point is not on the curve y² = x³ + 7.
    #[error("this point is not on the curve y² = x³ + 7")]
    NotOnCurve,
}

impl KeyError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Digit { .. } => "key-digit",
            Self::Length { .. } => "key-length",
            Self::Zero => "key-zero",
            Self::TooLarge => "key-too-large",
            Self::Prefix { .. } => "key-prefix",
            Self::NotOnCurve => "key-not-on-curve",
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Digit { at } => vec![("position", (at + 1).to_string())],
            Self::Length { found, expected } => {
                vec![("found", found.to_string()), ("expected", (*expected).to_string())]
            }
            Self::Prefix { found } => vec![("found", format!("{found:02x}"))],
            Self::Zero | Self::TooLarge | Self::NotOnCurve => Vec::new(),
        }
    }
}

/// A text that is no private key in wallet import format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WifError {
    /// Not Base58Check.
    #[error(transparent)]
    Base58(#[from] Base58Error),
    /// The wrong number of bytes.
    #[error("a private key has 33 or 34 bytes in this format, this has {found}")]
    Length {
        /// Bytes found.
        found: usize,
    },
    /// Another network's key, or something else than a key.
    #[error("this begins with the byte {found:#04x}, a private key of this network with {expected:#04x}")]
    Network {
        /// The version byte found.
        found: u8,
        /// This network's.
        expected: u8,
    },
    /// The byte after the key is not 01.
    #[error("the byte after the key is 01 for a compressed public key, not {found:02x}")]
    CompressionFlag {
        /// The byte found.
        found: u8,
    },
    /// The number is no private key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl WifError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Base58(error) => error.rule(),
            Self::Length { .. } => "wif-length",
            Self::Network { .. } => "wif-network",
            Self::CompressionFlag { .. } => "wif-compression-flag",
            Self::Key(error) => error.rule(),
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Base58(error) => error.facts(),
            Self::Length { found } => vec![("found", found.to_string())],
            Self::Network { found, expected } => {
                vec![("found", format!("{found:#04x}")), ("expected", format!("{expected:#04x}"))]
            }
            Self::CompressionFlag { found } => vec![("found", format!("{found:02x}"))],
            Self::Key(error) => error.facts(),
        }
    }
}

impl PrivateKey {
    /// From 32 bytes, big-endian; its public key will be compressed.
    ///
    /// # Errors
    /// [`KeyError::Zero`], [`KeyError::TooLarge`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let scalar = Option::<Scalar>::from(Scalar::from_repr((*bytes).into())).ok_or(KeyError::TooLarge)?;
        if scalar == Scalar::ZERO {
            return Err(KeyError::Zero);
        }
        Ok(Self { scalar, compressed: true })
    }

    /// From 64 hexadecimal digits; its public key will be compressed.
    ///
    /// # Errors
    /// Any [`KeyError`] of a private key.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        if let Some(at) = text.chars().position(|character| !character.is_ascii_hexdigit()) {
            return Err(KeyError::Digit { at });
        }
        let length = KeyError::Length { found: text.len().div_ceil(2), expected: "32 bytes, 64 hexadecimal digits" };
        let bytes = from_hex(text).map_err(|_| length)?;
        Self::from_bytes(&bytes.try_into().map_err(|_| length)?)
    }

    /// The same number, its public key written compressed or not.
    pub fn with_compression(self, compressed: bool) -> Self {
        Self { compressed, ..self }
    }

    /// Its 32 bytes, big-endian. Secret.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.scalar.to_bytes().into()
    }

    /// Whether its public key is written compressed.
    pub fn is_compressed(&self) -> bool {
        self.compressed
    }

    /// The point d·G.
    pub fn public_key(&self) -> PublicKey {
        let scalar: NonZeroScalar = Option::from(NonZeroScalar::new(self.scalar))
            .expect("a private key is made with a number that is not zero");
        PublicKey { point: k256::PublicKey::from_secret_scalar(&scalar), compressed: self.compressed }
    }

    /// The key plus a number, modulo n, as BIP-0032 derives; none if the number is not below n or
    /// the sum is zero.
    pub fn tweak_add(&self, tweak: &[u8; 32]) -> Option<Self> {
        let tweak = Option::<Scalar>::from(Scalar::from_repr((*tweak).into()))?;
        let scalar = self.scalar + tweak;
        (scalar != Scalar::ZERO).then_some(Self { scalar, compressed: self.compressed })
    }

    /// In wallet import format: version byte, key, 01 if compressed; Base58Check. Secret.
    pub fn to_wif(&self, params: &Params) -> String {
        let mut payload = vec![params.wif_version];
        payload.extend_from_slice(&self.to_bytes());
        if self.compressed {
            payload.push(1);
        }
        base58::encode_check(&payload)
    }

    /// From wallet import format.
    ///
    /// # Errors
    /// Any [`WifError`].
    pub fn from_wif(text: &str, params: &Params) -> Result<Self, WifError> {
        let payload = base58::decode_check(text)?;
        let length = WifError::Length { found: payload.len() };
        let (version, rest) = payload.split_first().ok_or(length.clone())?;
        let (key, flag) = rest.split_first_chunk::<32>().ok_or(length.clone())?;
        if flag.len() > 1 {
            return Err(length);
        }
        if *version != params.wif_version {
            return Err(WifError::Network { found: *version, expected: params.wif_version });
        }
        match flag {
            [] => Ok(Self::from_bytes(key)?.with_compression(false)),
            [1] => Ok(Self::from_bytes(key)?),
            [found, ..] => Err(WifError::CompressionFlag { found: *found }),
        }
    }

    pub(super) fn scalar(&self) -> &Scalar {
        &self.scalar
    }
}

impl fmt::Debug for PrivateKey {
    /// Does not show the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(secret)")
    }
}

impl PublicKey {
    /// From 33 bytes (compressed) or 65 bytes.
    ///
    /// # Errors
    /// [`KeyError::Length`], [`KeyError::Prefix`], [`KeyError::NotOnCurve`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let compressed = match (bytes.len(), bytes.first()) {
            (33, Some(2 | 3)) => true,
            (65, Some(4)) => false,
            (33 | 65, Some(&found)) => return Err(KeyError::Prefix { found }),
            (found, _) => return Err(KeyError::Length { found, expected: "33 bytes (compressed) or 65 bytes" }),
        };
        let point = k256::PublicKey::from_sec1_bytes(bytes).map_err(|_| KeyError::NotOnCurve)?;
        Ok(Self { point, compressed })
    }

    /// From 66 or 130 hexadecimal digits.
    ///
    /// # Errors
    /// Any [`KeyError`] of a public key.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        if let Some(at) = text.chars().position(|character| !character.is_ascii_hexdigit()) {
            return Err(KeyError::Digit { at });
        }
        let length = KeyError::Length {
            found: text.len().div_ceil(2),
            expected: "33 bytes (66 digits, compressed) or 65 bytes (130 digits)",
        };
        Self::from_bytes(&from_hex(text).map_err(|_| length)?)
    }

    /// Its bytes: 33 if compressed, else 65.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.point.to_sec1_point(self.compressed).as_bytes().to_vec()
    }

    /// Its 33 bytes in compressed form.
    pub fn to_compressed(&self) -> [u8; 33] {
        let mut bytes = [0; 33];
        bytes[0] = 2 + u8::from(self.y_is_odd());
        bytes[1..].copy_from_slice(&self.x());
        bytes
    }

    /// The same point, written compressed or not.
    pub fn with_compression(self, compressed: bool) -> Self {
        Self { compressed, ..self }
    }

    /// Whether it is written compressed.
    pub fn is_compressed(&self) -> bool {
        self.compressed
    }

    /// The point's x, big-endian.
    pub fn x(&self) -> [u8; 32] {
        self.point.as_affine().x().into()
    }

    /// The point's y, big-endian.
    pub fn y(&self) -> [u8; 32] {
        self.point.as_affine().y().into()
    }

    /// Whether y is odd: what the first byte of the compressed form says (03 if so, else 02).
    pub fn y_is_odd(&self) -> bool {
        self.point.as_affine().y_is_odd().into()
    }

    /// RIPEMD-160 of SHA-256 of its bytes: what P2PKH pays to.
    pub fn hash(&self) -> Hash160 {
        hash160(&self.to_bytes())
    }

    /// The point plus a number times G, as BIP-0032 derives; none if the number is not below n or
    /// the sum is the point at infinity.
    pub fn tweak_add(&self, tweak: &[u8; 32]) -> Option<Self> {
        let tweak = Option::<Scalar>::from(Scalar::from_repr((*tweak).into()))?;
        Self::from_point(&(ProjectivePoint::mul_by_generator(&tweak) + self.point()), self.compressed)
    }

    pub(crate) fn point(&self) -> ProjectivePoint {
        self.point.to_projective()
    }

    /// None for the point at infinity.
    pub(super) fn from_point(point: &ProjectivePoint, compressed: bool) -> Option<Self> {
        let point = k256::PublicKey::from_affine(point.to_affine()).ok()?;
        Some(Self { point, compressed })
    }
}

impl fmt::Display for PublicKey {
    /// Its bytes in hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.to_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const G: &str = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    #[test]
    fn the_public_key_of_one_is_the_generator() {
        let one = PrivateKey::from_hex(&format!("{:064x}", 1)).expect("in range");
        assert_eq!(one.public_key().to_string(), G);
        let long = one.clone().with_compression(false).public_key();
        assert!(long.to_string().starts_with(&format!("04{}", &G[2..])));
        assert_eq!(PublicKey::from_hex(&long.to_string()), Ok(long));
        assert_eq!(long.with_compression(true), one.public_key());
        assert_ne!(long.hash(), one.public_key().hash());
        let last = PrivateKey::from_hex(&ORDER.replace("4141", "4140")).expect("in range");
        assert_eq!(last.public_key().x(), one.public_key().x());
        assert_ne!(last.public_key().y_is_odd(), one.public_key().y_is_odd());
    }

    #[test]
    fn a_bad_key_says_what_is_wrong() {
        let private = [
            (String::new(), "key-length"),
            ("00".repeat(31), "key-length"),
            ("0".repeat(63), "key-length"),
            ("00".repeat(32), "key-zero"),
            (ORDER.to_string(), "key-too-large"),
            (ORDER.replace('d', "g"), "key-digit"),
            ("é".repeat(32), "key-digit"),
        ];
        for (text, rule) in private {
            assert_eq!(PrivateKey::from_hex(&text).expect_err(&text).rule(), rule, "{text}");
        }
        let public = [
            (String::new(), "key-length"),
            (G[2..].to_string(), "key-length"),
            (G.replacen("02", "05", 1), "key-prefix"),
            (G.replacen("02", "04", 1), "key-prefix"),
            (format!("02{:064x}", 5), "key-not-on-curve"),
            (format!("02{}", "ff".repeat(32)), "key-not-on-curve"),
            (format!("04{:0128x}", 5), "key-not-on-curve"),
        ];
        for (text, rule) in public {
            assert_eq!(PublicKey::from_hex(&text).expect_err(&text).rule(), rule, "{text}");
        }
    }

    #[test]
    fn a_private_key_is_not_printed() {
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range");
        assert_eq!(format!("{key:?}"), "PrivateKey(secret)");
    }
}
