//! What one nonce for two messages gives away: the private key.
//!
//! s₁ = k⁻¹·(z₁ + r·d) and s₂ = k⁻¹·(z₂ + r·d) have the same r, so that k = (z₁ − z₂)/(s₁ − s₂) and
//! d = (s₁·k − z₁)/r. A low s may be n − s, so both signs of both are tried against the public key.

use k256::Scalar;

use crate::keys::ecdsa::{SigningSteps, reduce, steps_with_nonce};
use crate::keys::keys::{PrivateKey, PublicKey};
use crate::keys::signature::Signature;

/// The numbers that two signatures with one nonce give away, big-endian.
#[derive(Clone, PartialEq, Eq)]
pub struct ReuseSteps {
    /// z₁ − z₂ mod n.
    pub hash_difference: [u8; 32],
    /// s₁ − s₂ mod n, with the signs that fit.
    pub s_difference: [u8; 32],
    /// The nonce.
    pub nonce: [u8; 32],
    /// The private key.
    pub private_key: [u8; 32],
}

impl std::fmt::Debug for ReuseSteps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReuseSteps(secret)")
    }
}

/// Signs with a nonce that was chosen, which is how keys are lost: for practice keys only. None for a nonce that does
/// not serve (zero, or one that makes r or s zero).
pub fn sign_with_chosen_nonce(key: &PrivateKey, hash: &[u8; 32], nonce: &[u8; 32]) -> Option<SigningSteps> {
    steps_with_nonce(key, hash, reduce(nonce))
}

/// The private key behind two signatures of one public key over two hashes; none if they do not share a nonce.
pub fn recover_from_reuse(
    public: &PublicKey,
    first: (&[u8; 32], &Signature),
    second: (&[u8; 32], &Signature),
) -> Option<ReuseSteps> {
    if first.1.r() != second.1.r() {
        return None;
    }
    let (z1, z2) = (reduce(first.0), reduce(second.0));
    let r_inverse = Option::<Scalar>::from(first.1.r_scalar().invert_vartime())?;
    [(false, false), (false, true), (true, false), (true, true)].into_iter().find_map(
        |(negate_first, negate_second)| {
            let signed = |s: &Scalar, negate: bool| if negate { -*s } else { *s };
            let (s1, s2) = (signed(first.1.s_scalar(), negate_first), signed(second.1.s_scalar(), negate_second));
            let difference = s1 - s2;
            let k = (z1 - z2) * Option::<Scalar>::from(difference.invert_vartime())?;
            let d = (s1 * k - z1) * r_inverse;
            let found = PrivateKey::from_bytes(&d.to_bytes().into()).ok()?.with_compression(public.is_compressed());
            (found.public_key() == *public).then(|| ReuseSteps {
                hash_difference: (z1 - z2).to_bytes().into(),
                s_difference: difference.to_bytes().into(),
                nonce: k.to_bytes().into(),
                private_key: found.to_bytes(),
            })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::sign_ecdsa;
    use crate::ledger::sha256;

    #[test]
    fn two_signatures_with_one_nonce_give_the_key_away_and_others_do_not() {
        for seed in 1..30u8 {
            let key = PrivateKey::from_bytes(&sha256(&[seed])).expect("in range");
            let public = key.public_key();
            let (z1, z2) = (sha256(b"one"), sha256(&[seed, 2]));
            let nonce = sha256(&[seed, 9]);
            let one = sign_with_chosen_nonce(&key, &z1, &nonce).expect("a nonce").signature;
            let two = sign_with_chosen_nonce(&key, &z2, &nonce).expect("a nonce").signature;
            assert_eq!(one.r(), two.r());
            let found = recover_from_reuse(&public, (&z1, &one), (&z2, &two)).expect("the key");
            assert_eq!(found.private_key, key.to_bytes());
            let (one, two) = (sign_ecdsa(&key, &z1), sign_ecdsa(&key, &z2));
            assert_eq!(recover_from_reuse(&public, (&z1, &one), (&z2, &two)), None, "RFC 6979 never repeats");
        }
        assert!(
            sign_with_chosen_nonce(&PrivateKey::from_bytes(&[1; 32]).expect("in range"), &[1; 32], &[0; 32]).is_none()
        );
    }
}
