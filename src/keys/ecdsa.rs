//! ECDSA over secp256k1: sign with a private key, verify with its public key (SEC 1 section 4.1).
//!
//! With the generator G of order n, a private key d, its public key Q = d·G, a hash z and a nonce k:
//! sign: R = k·G, r = R.x mod n, s = k⁻¹·(z + r·d) mod n.
//! verify: u₁ = z·s⁻¹, u₂ = r·s⁻¹, and (u₁·G + u₂·Q).x mod n must be r.
//! If (r, s) is valid, so is (r, n−s). Bitcoin takes the lower one only, so that nobody can change
//! a transaction's name on its way (BIP-0146).

use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use k256::elliptic_curve::scalar::IsHigh;
use k256::elliptic_curve::subtle::Choice;
use k256::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

use super::keys::{PrivateKey, PublicKey};
use super::nonce::Nonces;
use super::signature::Signature;

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
    Nonces::new(&key.to_bytes(), hash)
        .find_map(|k| steps_with_nonce(key, hash, k))
        .expect("the stream of nonces does not end")
}

/// The numbers of a signing with this nonce; none if it does not serve.
pub(crate) fn steps_with_nonce(key: &PrivateKey, hash: &[u8; 32], k: Scalar) -> Option<SigningSteps> {
    let z = reduce(hash);
    let inverse = Option::<Scalar>::from(k.invert())?;
    let point = ProjectivePoint::mul_by_generator(&k).to_affine();
    let point_x: [u8; 32] = point.x().into();
    let r = reduce(&point_x);
    let s_raw = inverse * (z + r * key.scalar());
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
        signature: Signature::new(r, s)?,
    })
}

/// Whether a signature over a hash was made with the private key of `key`.
///
/// The higher s is taken too, as the mathematics does; see [`Signature::is_low_s`].
pub fn verify_ecdsa(key: &PublicKey, hash: &[u8; 32], signature: &Signature) -> bool {
    verify_ecdsa_explained(key, hash, signature).valid
}

/// Verifies and tells every number on the way. [`verify_ecdsa`] does the same.
pub fn verify_ecdsa_explained(key: &PublicKey, hash: &[u8; 32], signature: &Signature) -> VerifyingSteps {
    let inverse = Option::<Scalar>::from(signature.s_scalar().invert_vartime()).unwrap_or(Scalar::ZERO);
    let u1 = reduce(hash) * inverse;
    let u2 = inverse * signature.r_scalar();
    let sum = ProjectivePoint::mul_by_generator(&u1) + key.point() * u2;
    let point_x: Option<[u8; 32]> = (sum != ProjectivePoint::IDENTITY).then(|| sum.to_affine().x().into());
    VerifyingSteps {
        hash: *hash,
        s_inverse: inverse.to_bytes().into(),
        u1: u1.to_bytes().into(),
        u2: u2.to_bytes().into(),
        point_x,
        r: signature.r(),
        valid: point_x.is_some_and(|x| reduce(&x) == *signature.r_scalar()),
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
    let mut x = signature.r();
    if recovery_id & 2 != 0 {
        x = add_order(&x)?;
    }
    let point: AffinePoint = Option::from(AffinePoint::decompress(&x.into(), is_odd))?;
    let inverse = Option::<Scalar>::from(signature.r_scalar().invert_vartime())?;
    let sum = ProjectivePoint::from(point) * (inverse * signature.s_scalar())
        - ProjectivePoint::mul_by_generator(&(inverse * reduce(hash)));
    PublicKey::from_point(&sum, compressed)
}

/// A 256-bit number modulo the curve's order.
pub(crate) fn reduce(bytes: &[u8; 32]) -> Scalar {
    <Scalar as Reduce<FieldBytes>>::reduce(&(*bytes).into())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::sha256;
    use k256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
    use k256::ecdsa::{SigningKey, VerifyingKey};

    fn keys() -> impl Iterator<Item = (PrivateKey, [u8; 32])> {
        (1..=40_u8).map(|seed| {
            let key = PrivateKey::from_bytes(&sha256(&[seed])).expect("in range");
            (key, sha256(&[seed, seed]))
        })
    }

    #[test]
    fn signatures_are_those_that_the_curve_library_makes() {
        for (key, hash) in keys() {
            let theirs = SigningKey::from_slice(&key.to_bytes()).expect("in range");
            let expected: k256::ecdsa::Signature = theirs.sign_prehash(&hash).expect("signs");
            let ours = sign_ecdsa(&key, &hash);
            assert_eq!(ours.to_compact().as_slice(), expected.to_bytes().as_slice());
            assert_eq!(ours.to_der(), expected.to_der().as_bytes());
            let verifying = VerifyingKey::from_sec1_bytes(&key.public_key().to_bytes()).expect("on the curve");
            let parsed = k256::ecdsa::Signature::from_der(&ours.to_der()).expect("DER");
            assert!(verifying.verify_prehash(&hash, &parsed).is_ok());
        }
    }

    #[test]
    fn a_signature_holds_for_its_key_and_hash_only() {
        let (other_key, other_hash) = keys().last().expect("some");
        for (key, hash) in keys().take(5) {
            let signature = sign_ecdsa(&key, &hash);
            let public = key.public_key();
            assert!(verify_ecdsa(&public, &hash, &signature));
            assert!(verify_ecdsa(&public, &hash, &signature.with_other_s()), "the mathematics takes both");
            assert!(!verify_ecdsa(&public, &other_hash, &signature));
            assert!(!verify_ecdsa(&other_key.public_key(), &hash, &signature));
        }
    }

    #[test]
    fn the_steps_of_signing_fit_together() {
        let mut seen_high = 0;
        for (key, hash) in keys() {
            let steps = sign_ecdsa_explained(&key, &hash);
            let nonce = PrivateKey::from_bytes(&steps.nonce).expect("in range").public_key();
            assert_eq!((nonce.x(), nonce.y()), (steps.point_x, steps.point_y));
            assert_eq!((steps.signature.r(), steps.signature.s()), (steps.r, steps.s));
            assert!(steps.signature.is_low_s());
            let raw = Signature::from_scalars(&steps.r, &steps.s_raw).expect("in range");
            assert_eq!(raw.is_low_s(), !steps.was_high);
            assert_eq!(raw.normalized(), steps.signature);
            seen_high += u32::from(steps.was_high);
            let checked = verify_ecdsa_explained(&key.public_key(), &hash, &steps.signature);
            assert_eq!((checked.valid, checked.point_x), (true, Some(steps.point_x)));
        }
        assert!((5..35).contains(&seen_high), "about half of them: {seen_high}");
    }

    #[test]
    fn the_public_key_is_found_again_from_the_signature() {
        for (key, hash) in keys() {
            let steps = sign_ecdsa_explained(&key, &hash);
            let found = recover_public_key(&hash, &steps.signature, steps.recovery_id, true);
            assert_eq!(found, Some(key.public_key()));
            let other = recover_public_key(&hash, &steps.signature, steps.recovery_id ^ 1, true);
            assert!(
                other.is_some_and(|other| other != key.public_key() && verify_ecdsa(&other, &hash, &steps.signature))
            );
            assert_eq!(recover_public_key(&hash, &steps.signature, steps.recovery_id | 2, true), None);
        }
    }
}
