//! The nonce of a signature, made from the key and the hash alone (RFC 6979 section 3.2).
//!
//! Two signatures with one nonce give the private key away. RFC 6979 needs no luck for that never
//! to happen: an HMAC fed with key and hash yields numbers that nobody without the key can tell
//! from random, and always the same ones for the same message.

use hmac::{Hmac, KeyInit, Mac};
use k256::Scalar;
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::{Field, PrimeField};
use sha2::Sha256;

/// The stream of nonces for one key and one hash. The first is used, unless (with a chance of
/// 2^-127) it does not serve.
pub struct Nonces {
    key: [u8; 32],
    value: [u8; 32],
    fresh: bool,
}

impl Nonces {
    /// Starts the stream (RFC 6979 steps b to g).
    pub fn new(private_key: &[u8; 32], hash: &[u8; 32]) -> Self {
        let hash: [u8; 32] = <Scalar as Reduce<k256::FieldBytes>>::reduce(&(*hash).into()).to_bytes().into();
        let mut nonces = Self { key: [0; 32], value: [1; 32], fresh: true };
        nonces.update(&[&[0], private_key, &hash]);
        nonces.update(&[&[1], private_key, &hash]);
        nonces
    }

    fn update(&mut self, data: &[&[u8]]) {
        let mut parts = vec![self.value.as_slice()];
        parts.extend_from_slice(data);
        self.key = hmac(&self.key, &parts);
        self.value = hmac(&self.key, &[&self.value]);
    }
}

impl Iterator for Nonces {
    type Item = Scalar;

    /// The next number in 1..n (step h).
    fn next(&mut self) -> Option<Scalar> {
        loop {
            if !self.fresh {
                self.update(&[&[0]]);
            }
            self.fresh = false;
            self.value = hmac(&self.key, &[&self.value]);
            let nonce = Option::<Scalar>::from(Scalar::from_repr(self.value.into()));
            if let Some(nonce) = nonce.filter(|nonce| !bool::from(Field::is_zero(nonce))) {
                return Some(nonce);
            }
        }
    }
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{sha256, to_hex};

    #[test]
    fn the_first_nonce_is_the_published_one() {
        let mut one = [0; 32];
        one[31] = 1;
        let message = b"Everything should be made as simple as possible, but not simpler.";
        let nonce = Nonces::new(&one, &sha256(message)).next().expect("endless");
        assert_eq!(to_hex(&nonce.to_bytes()), "ec633bd56a5774a0940cb97e27a9e4e51dc94af737596a0c5cbb3d30332d92a5");
    }
}
