//! ECDSA over secp256k1: sign with a private key, verify with its public key (SEC 1 section 4.1).
//!
//! With the generator G of order n, a private key d, its public key Q = d·G, a hash z and a nonce k:
//! sign: R = k·G, r = R.x mod n, s = k⁻¹·(z + r·d) mod n.
//! verify: u₁ = z·s⁻¹, u₂ = r·s⁻¹, and (u₁·G + u₂·Q).x mod n must be r.
//! If (r, s) is valid, so is (r, n−s). Bitcoin takes the lower one only, so that nobody can change
//! a transaction's name on its way (BIP-0146).

use k256::elliptic_curve::PrimeField;
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use k256::elliptic_curve::scalar::IsHigh;
use k256::elliptic_curve::subtle::Choice;
use k256::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

use super::keys::{PrivateKey, PublicKey};
use super::nonce::Nonces;
use crate::ledger::to_hex;

/// A signature: two numbers in 1..n.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    r: Scalar,
    s: Scalar,
}

/// Bytes that are no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not strict DER (BIP-0066).
    #[error("byte {at} breaks the DER format of a signature")]
    Der {
        /// Offset of the first byte that does not fit.
        at: usize,
    },
    /// Not 64 bytes.
    #[error("a compact signature has 64 bytes, this has {found}")]
    Length {
        /// Bytes found.
        found: usize,
    },
    /// A number is zero, or not below the curve's order.
    #[error("{which} is not a number from 1 to the curve's order less 1")]
    Range {
        /// `r` or `s`.
        which: &'static str,
    },
}

impl SignatureError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Der { .. } => "signature-der",
            Self::Length { .. } => "signature-length",
            Self::Range { .. } => "signature-range",
        }
    }

    /// The facts, named, for a translated text.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Der { at } => vec![("at", at.to_string())],
            Self::Length { found } => vec![("found", found.to_string())],
            Self::Range { which } => vec![("which", (*which).to_string())],
        }
    }
}

/// All numbers of a signing, big-endian: what happens between a key and its signature.
///
/// Holds the nonce, and whoever has the nonce and the signature has the private key.
#[derive(Clone)]
pub struct SigningSteps {
    /// The hash that is signed, z.
    pub hash: [u8; 32],
    /// The nonce k of RFC 6979. Secret.
    pub nonce: [u8; 32],
    /// The point R = k·G, its x.
    pub point_x: [u8; 32],
    /// The point R = k·G, its y.
    pub point_y: [u8; 32],
    /// r = R.x mod n.
    pub r: [u8; 32],
    /// k⁻¹ mod n. Secret.
    pub nonce_inverse: [u8; 32],
    /// s = k⁻¹·(z + r·d) mod n, before the lower of s and n−s is taken.
    pub s_raw: [u8; 32],
    /// Whether [`SigningSteps::s_raw`] was above n/2.
    pub was_high: bool,
    /// The s in the signature.
    pub s: [u8; 32],
    /// Which of the points with this r it was, 0 to 3: lets the public key be found again.
    pub recovery_id: u8,
    /// The result.
    pub signature: Signature,
}

impl std::fmt::Debug for SigningSteps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningSteps").field("signature", &self.signature).finish_non_exhaustive()
    }
}

/// All numbers of a verification, big-endian; nothing in it is secret.
#[derive(Clone, Debug)]
pub struct VerifyingSteps {
    /// The hash that was signed, z.
    pub hash: [u8; 32],
    /// s⁻¹ mod n.
    pub s_inverse: [u8; 32],
    /// u₁ = z·s⁻¹ mod n.
    pub u1: [u8; 32],
    /// u₂ = r·s⁻¹ mod n.
    pub u2: [u8; 32],
    /// The x of u₁·G + u₂·Q; none if that is the point at infinity.
    pub point_x: Option<[u8; 32]>,
    /// The r that it must be equal to, modulo n.
    pub r: [u8; 32],
    /// Whether it is.
    pub valid: bool,
}

/// Signs a hash, with the nonce of RFC 6979 and the lower s.
pub fn sign_ecdsa(key: &PrivateKey, hash: &[u8; 32]) -> Signature {
    sign_ecdsa_explained(key, hash).signature
}

/// Signs a hash and tells every number on the way. [`sign_ecdsa`] does the same.
pub fn sign_ecdsa_explained(key: &PrivateKey, hash: &[u8; 32]) -> SigningSteps {
    let z = reduce(hash);
    let d = key.scalar();
    Nonces::new(&key.to_bytes(), hash)
        .find_map(|k| {
            let point = ProjectivePoint::mul_by_generator(&k).to_affine();
            let point_x: [u8; 32] = point.x().into();
            let r = reduce(&point_x);
            let inverse = Option::<Scalar>::from(k.invert())?;
            let s_raw = inverse * (z + r * d);
            if is_zero(&r) || is_zero(&s_raw) {
                return None;
            }
            let was_high = bool::from(s_raw.is_high());
            let s = if was_high { -s_raw } else { s_raw };
            // -s belongs to -R, whose y is of the other parity.
            let is_odd = bool::from(point.y_is_odd()) ^ was_high;
            let is_reduced = r.to_bytes().as_slice() != point_x;
            Some(SigningSteps {
                hash: *hash,
                nonce: k.to_bytes().into(),
                point_x,
                point_y: point.y().into(),
                r: r.to_bytes().into(),
                nonce_inverse: inverse.to_bytes().into(),
                s_raw: s_raw.to_bytes().into(),
                was_high,
                s: s.to_bytes().into(),
                recovery_id: u8::from(is_odd) | u8::from(is_reduced) << 1,
                signature: Signature { r, s },
            })
        })
        .expect("the stream of nonces does not end")
}

/// Whether a signature over a hash was made with the private key of `key`.
///
/// The higher s is taken too, as the mathematics does; see [`Signature::is_low_s`].
pub fn verify_ecdsa(key: &PublicKey, hash: &[u8; 32], signature: &Signature) -> bool {
    verify_ecdsa_explained(key, hash, signature).valid
}

/// Verifies and tells every number on the way. [`verify_ecdsa`] does the same.
pub fn verify_ecdsa_explained(key: &PublicKey, hash: &[u8; 32], signature: &Signature) -> VerifyingSteps {
    let inverse = Option::<Scalar>::from(signature.s.invert_vartime()).unwrap_or(Scalar::ZERO);
    let u1 = reduce(hash) * inverse;
    let u2 = signature.r * inverse;
    let sum = ProjectivePoint::mul_by_generator(&u1) + key.point() * u2;
    let point_x: Option<[u8; 32]> = (sum != ProjectivePoint::IDENTITY).then(|| sum.to_affine().x().into());
    VerifyingSteps {
        hash: *hash,
        s_inverse: inverse.to_bytes().into(),
        u1: u1.to_bytes().into(),
        u2: u2.to_bytes().into(),
        point_x,
        r: signature.r.to_bytes().into(),
        valid: point_x.is_some_and(|x| reduce(&x) == signature.r),
    }
}

/// The public key that a signature over a hash verifies with, Q = r⁻¹·(s·R − z·G); none if there
/// is none. `recovery_id` is 0 to 3, as in [`SigningSteps::recovery_id`] (SEC 1 section 4.1.6).
pub fn recover_public_key(
    hash: &[u8; 32],
    signature: &Signature,
    recovery_id: u8,
    compressed: bool,
) -> Option<PublicKey> {
    let is_odd = Choice::from(recovery_id & 1);
    let mut x: [u8; 32] = signature.r.to_bytes().into();
    if recovery_id & 2 != 0 {
        x = add_order(&x)?;
    }
    let point: AffinePoint = Option::from(AffinePoint::decompress(&x.into(), is_odd))?;
    let inverse = Option::<Scalar>::from(signature.r.invert_vartime())?;
    let sum = ProjectivePoint::from(point) * (inverse * signature.s)
        - ProjectivePoint::mul_by_generator(&(inverse * reduce(hash)));
    PublicKey::from_point(&sum, compressed)
}

impl Signature {
    /// From r and s, big-endian.
    ///
    /// # Errors
    /// [`SignatureError::Range`].
    pub fn from_scalars(r: &[u8; 32], s: &[u8; 32]) -> Result<Self, SignatureError> {
        let scalar = |bytes: &[u8; 32], which| {
            Option::<Scalar>::from(Scalar::from_repr((*bytes).into()))
                .filter(|scalar| !is_zero(scalar))
                .ok_or(SignatureError::Range { which })
        };
        Ok(Self { r: scalar(r, "r")?, s: scalar(s, "s")? })
    }

    /// From r and s one after the other.
    ///
    /// # Errors
    /// [`SignatureError::Length`], [`SignatureError::Range`].
    pub fn from_compact(bytes: &[u8]) -> Result<Self, SignatureError> {
        let (r, s) = bytes
            .split_first_chunk::<32>()
            .and_then(|(r, rest)| Some((r, <&[u8; 32]>::try_from(rest).ok()?)))
            .ok_or(SignatureError::Length { found: bytes.len() })?;
        Self::from_scalars(r, s)
    }

    /// r and s one after the other.
    pub fn to_compact(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&self.r());
        bytes[32..].copy_from_slice(&self.s());
        bytes
    }

    /// From strict DER, without a hash type (BIP-0066).
    ///
    /// # Errors
    /// [`SignatureError::Der`], [`SignatureError::Range`].
    pub fn from_der(bytes: &[u8]) -> Result<Self, SignatureError> {
        let byte = |at: usize| bytes.get(at).copied().ok_or(SignatureError::Der { at });
        if byte(0)? != 0x30 {
            return Err(SignatureError::Der { at: 0 });
        }
        if usize::from(byte(1)?) + 2 != bytes.len() {
            return Err(SignatureError::Der { at: 1 });
        }
        let (r, s_at) = der_integer(bytes, 2, "r")?;
        let (s, end) = der_integer(bytes, s_at, "s")?;
        if end != bytes.len() {
            return Err(SignatureError::Der { at: end });
        }
        Self::from_scalars(&r, &s)
    }

    /// As strict DER, without a hash type: 8 to 72 bytes, 70 or 71 as a rule.
    pub fn to_der(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(72);
        for number in [self.r(), self.s()] {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            let digits = &number[zeros..];
            // A leading bit of one would mean a negative number.
            let is_padded = digits.first().is_some_and(|byte| byte & 0x80 != 0);
            body.extend_from_slice(&[0x02, digits.len() as u8 + u8::from(is_padded)]);
            if is_padded {
                body.push(0);
            }
            body.extend_from_slice(digits);
        }
        let mut bytes = vec![0x30, body.len() as u8];
        bytes.append(&mut body);
        bytes
    }

    /// r, big-endian.
    pub fn r(&self) -> [u8; 32] {
        self.r.to_bytes().into()
    }

    /// s, big-endian.
    pub fn s(&self) -> [u8; 32] {
        self.s.to_bytes().into()
    }

    /// Whether s is at most n/2, which Bitcoin asks for (BIP-0146).
    pub fn is_low_s(&self) -> bool {
        !bool::from(self.s.is_high())
    }

    /// The other valid signature for the same key and hash: (r, n−s).
    pub fn with_other_s(&self) -> Self {
        Self { r: self.r, s: -self.s }
    }

    /// This, or the other one if that has the lower s.
    pub fn normalized(&self) -> Self {
        if self.is_low_s() { *self } else { self.with_other_s() }
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signature(r: {}, s: {})", to_hex(&self.r()), to_hex(&self.s()))
    }
}

/// Reads a DER integer at `at`: the number and where it ends.
fn der_integer(bytes: &[u8], at: usize, which: &'static str) -> Result<([u8; 32], usize), SignatureError> {
    let byte = |at: usize| bytes.get(at).copied().ok_or(SignatureError::Der { at });
    if byte(at)? != 0x02 {
        return Err(SignatureError::Der { at });
    }
    let length = usize::from(byte(at + 1)?);
    let start = at + 2;
    let digits = bytes.get(start..start + length).ok_or(SignatureError::Der { at: at + 1 })?;
    let digits = match digits {
        [] => return Err(SignatureError::Der { at: at + 1 }),
        [0x80..=0xff, ..] => return Err(SignatureError::Der { at: start }),
        [0, 0x80..=0xff, ..] => &digits[1..],
        [0, _, ..] => return Err(SignatureError::Der { at: start }),
        _ => digits,
    };
    let mut number = [0; 32];
    let offset = number.len().checked_sub(digits.len()).ok_or(SignatureError::Range { which })?;
    number[offset..].copy_from_slice(digits);
    Ok((number, start + length))
}

/// A 256-bit number modulo the curve's order.
fn reduce(bytes: &[u8; 32]) -> Scalar {
    <Scalar as Reduce<FieldBytes>>::reduce(&(*bytes).into())
}

fn is_zero(scalar: &Scalar) -> bool {
    *scalar == Scalar::ZERO
}

/// `x` + n, if that fits 256 bits.
fn add_order(x: &[u8; 32]) -> Option<[u8; 32]> {
    let minus_one: [u8; 32] = (-Scalar::ONE).to_bytes().into();
    let mut sum = [0; 32];
    let mut carry = 1_u16; // n is (n-1) + 1
    for at in (0..32).rev() {
        let digit = u16::from(x[at]) + u16::from(minus_one[at]) + carry;
        sum[at] = digit as u8;
        carry = digit >> 8;
    }
    (carry == 0).then_some(sum)
}
