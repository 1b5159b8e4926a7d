//! ECDSA signatures and public keys as the chain holds them, their odd old forms included.
//!
//! Until BIP-0066 the rule was "what OpenSSL can read", so blocks hold signatures with padding,
//! negative numbers and wrong lengths. [`verify`] reads them all; [`is_strict_der`] tells which
//! are in the one form allowed since.

use k256::ecdsa::signature::hazmat::PrehashVerifier;
use k256::ecdsa::{Signature, VerifyingKey};

/// Half the order of secp256k1's group, rounded down: the greatest low S (BIP-0062).
const HALF_ORDER: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x5d, 0x57, 0x6e,
    0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
];

/// Whether `der_sig`, without its hash type byte, signs `hash` with the key `pubkey_sec1`.
///
/// Reads keys in compressed, uncompressed and hybrid form and signatures in any form that consensus
/// ever allowed, with S high or low; which forms are allowed where is for the flags to say.
pub fn verify(pubkey_sec1: &[u8], der_sig: &[u8], hash: &[u8; 32]) -> bool {
    let (Some(key), Some(signature)) = (parse_key(pubkey_sec1), parse_lax(der_sig)) else { return false };
    key.verify_prehash(hash, &signature.normalize_s()).is_ok()
}

/// Whether the first byte and the length are those of a public key (Core `CPubKey::ValidSize`).
pub fn is_key_size(pubkey: &[u8]) -> bool {
    matches!((pubkey.first(), pubkey.len()), (Some(2 | 3), 33) | (Some(4 | 6 | 7), 65))
}

/// Whether a public key is in compressed or uncompressed form, not hybrid (policy, `STRICTENC`).
pub fn is_compressed_or_uncompressed(pubkey: &[u8]) -> bool {
    matches!((pubkey.first(), pubkey.len()), (Some(2 | 3), 33) | (Some(4), 65))
}

fn parse_key(pubkey: &[u8]) -> Option<VerifyingKey> {
    if !is_key_size(pubkey) {
        return None;
    }
    let (first, last) = (*pubkey.first()?, *pubkey.last()?);
    if matches!(first, 6 | 7) {
        // Hybrid: both coordinates, and in the first byte whether y is odd.
        if first & 1 != last & 1 {
            return None;
        }
        let mut uncompressed = pubkey.to_vec();
        *uncompressed.first_mut()? = 4;
        return VerifyingKey::from_sec1_bytes(&uncompressed).ok();
    }
    VerifyingKey::from_sec1_bytes(pubkey).ok()
}

/// Reads R and S leniently: tags must be right, lengths may be written long, numbers padded,
/// the outer length and whatever follows S are ignored, and a negative number is read as positive.
fn parse_lax(der_sig: &[u8]) -> Option<Signature> {
    let mut rest = der_sig;
    take_tag(&mut rest, 0x30)?;
    let length = *take(&mut rest, 1)?.first()?;
    if length & 0x80 != 0 {
        take(&mut rest, usize::from(length & 0x7f))?;
    }
    let r = take_integer(&mut rest)?;
    let s = take_integer(&mut rest)?;
    // A number of zero or beyond the group's order never verifies.
    Signature::from_scalars(r, s).ok()
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (front, back) = rest.split_at_checked(count)?;
    *rest = back;
    Some(front)
}

fn take_tag(rest: &mut &[u8], tag: u8) -> Option<()> {
    (*take(rest, 1)?.first()? == tag).then_some(())
}

/// The next integer as 32 bytes; none if it does not fit.
fn take_integer(rest: &mut &[u8]) -> Option<[u8; 32]> {
    take_tag(rest, 2)?;
    let first = *take(rest, 1)?.first()?;
    let length = if first & 0x80 == 0 {
        usize::from(first)
    } else {
        let digits = take(rest, usize::from(first & 0x7f))?;
        let significant = trim_zeros(digits);
        if significant.len() > 3 {
            return None;
        }
        significant.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let digits = trim_zeros(take(rest, length)?);
    let mut number = [0; 32];
    number.get_mut(32_usize.checked_sub(digits.len())?..)?.copy_from_slice(digits);
    Some(number)
}

fn trim_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// The order of secp256k1's group less 1: R and S are at most that.
const LAST_IN_RANGE: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc,
    0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x40,
];

/// R and S of `30 len 02 len R 02 len S`, every length exact and every number positive and unpadded.
fn parse_strict(der_sig: &[u8]) -> Option<(&[u8], &[u8])> {
    // With the hash type byte the limits of BIP-0066 are 9 and 73.
    if !(8..=72).contains(&der_sig.len()) {
        return None;
    }
    let mut rest = der_sig;
    take_tag(&mut rest, 0x30)?;
    let length = usize::from(*take(&mut rest, 1)?.first()?);
    if length != rest.len() {
        return None;
    }
    let r = take_strict_integer(&mut rest)?;
    let s = take_strict_integer(&mut rest)?;
    rest.is_empty().then_some((r, s))
}

fn take_strict_integer<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    take_tag(rest, 2)?;
    let length = usize::from(*take(rest, 1)?.first()?);
    let number = take(rest, length)?;
    match number {
        [] | [0x80..=0xff, ..] => None,
        [0, second, ..] if *second < 0x80 => None,
        _ => Some(number),
    }
}

/// Whether a signature, without its hash type byte, is in strict DER (BIP-0066).
pub fn is_strict_der(der_sig: &[u8]) -> bool {
    parse_strict(der_sig).is_some()
}

/// Whether a signature in strict DER, without its hash type byte, has S in the lower half
/// (BIP-0062 rule 5): the other half's signature is as valid, and would change the txid.
pub fn is_low_s(der_sig: &[u8]) -> bool {
    let Some((r, s)) = parse_strict(der_sig) else { return false };
    let in_range = |number: &[u8]| !is_greater(trim_zeros(number), &LAST_IN_RANGE);
    // Numbers out of range are read as zero, which is low; the signature then fails as such.
    !in_range(r) || !in_range(s) || !is_greater(trim_zeros(s), &HALF_ORDER)
}

/// Compares two numbers without leading zeros, of 32 bytes or any length.
fn is_greater(number: &[u8], limit: &[u8; 32]) -> bool {
    (number.len(), number) > (limit.len(), limit.as_slice())
}

/// Whether the hash type byte is a known one: all, none or single, alone or with any-one-can-pay.
pub const fn is_defined_hash_type(hash_type: u8) -> bool {
    matches!(hash_type & !0x80, 1..=3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{from_hex, sha256d};
    use k256::ecdsa::SigningKey;
    use k256::ecdsa::signature::hazmat::PrehashSigner;

    fn signed() -> (Vec<u8>, Vec<u8>, Vec<u8>, [u8; 32]) {
        let hash = sha256d(b"a message");
        let key = SigningKey::from_slice(&[7; 32]).expect("in range");
        let signature: Signature = key.sign_prehash(&hash).expect("signs");
        let point = |compress| key.verifying_key().to_sec1_point(compress).as_bytes().to_vec();
        (point(true), point(false), signature.normalize_s().to_der().as_bytes().to_vec(), hash)
    }

    fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x30, (r.len() + s.len() + 4) as u8, 2, r.len() as u8];
        bytes.extend_from_slice(r);
        bytes.extend_from_slice(&[2, s.len() as u8]);
        bytes.extend_from_slice(s);
        bytes
    }

    fn parts(der_sig: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let mut rest = &der_sig[2..];
        let r = take_strict_integer(&mut rest).expect("strict").to_vec();
        (r, take_strict_integer(&mut rest).expect("strict").to_vec())
    }

    #[test]
    fn compressed_uncompressed_and_hybrid_keys_verify() {
        let (compressed, uncompressed, sig, hash) = signed();
        assert!(verify(&compressed, &sig, &hash));
        assert!(verify(&uncompressed, &sig, &hash));
        let mut hybrid = uncompressed.clone();
        hybrid[0] = 6 + (uncompressed[64] & 1);
        assert!(verify(&hybrid, &sig, &hash));
        assert!(!is_compressed_or_uncompressed(&hybrid));
        hybrid[0] ^= 1;
        assert!(!verify(&hybrid, &sig, &hash), "the first byte must tell y's parity");
        assert!(!verify(&compressed, &sig, &sha256d(b"another")));
        assert!(!verify(&compressed[..32], &sig, &hash));
        assert!(!verify(&[], &sig, &hash));
        assert!(!verify(&compressed, &[], &hash));
    }

    #[test]
    fn signatures_that_openssl_could_read_verify_but_are_not_strict() {
        let (key, _, sig, hash) = signed();
        let (r, s) = parts(&sig);
        assert!(is_strict_der(&sig));
        let mut padded_r = vec![0, 0];
        padded_r.extend_from_slice(&r);
        let mut with_tail = sig.clone();
        with_tail.push(0);
        let mut wrong_outer_length = sig.clone();
        wrong_outer_length[1] = 0;
        let long_outer_length = [&[0x30, 0x82, 0, 0][..], &sig[2..]].concat();
        let unsigned = |bytes: &[u8]| trim_zeros(bytes).to_vec();
        let long_integer_length =
            [&[0x30, 70, 2, 0x84, 0, 0, 0, unsigned(&r).len() as u8][..], &unsigned(&r), &[2, s.len() as u8], &s]
                .concat();
        for odd in [der(&padded_r, &s), with_tail, wrong_outer_length, long_outer_length, long_integer_length] {
            assert!(verify(&key, &odd, &hash), "{odd:02x?}");
            assert!(!is_strict_der(&odd), "{odd:02x?}");
        }
    }

    #[test]
    fn a_high_s_verifies_and_is_told_apart() {
        let (key, _, sig, hash) = signed();
        let low = Signature::from_der(&sig).expect("strict");
        let (r, s) = low.split_scalars();
        let high = Signature::from_scalars(r, -s).expect("in range").to_der();
        assert!(verify(&key, high.as_bytes(), &hash));
        assert!(is_low_s(&sig) && !is_low_s(high.as_bytes()));
    }

    #[test]
    fn half_the_order_is_the_last_low_s() {
        let mut above = HALF_ORDER;
        above[31] += 1;
        assert!(is_low_s(&der(&[1], &HALF_ORDER)));
        assert!(!is_low_s(&der(&[1], &above)));
    }

    #[test]
    fn what_is_not_strict_der_is_refused() {
        let cases = [
            ("", "nothing"),
            ("3006020100020100ff", "bytes after the end"),
            ("3106020101020101", "not a sequence"),
            ("3007020101020101", "a wrong length"),
            ("3006030101020101", "R is no integer"),
            ("3006020101030101", "S is no integer"),
            ("30050200020101", "R is empty"),
            ("3006020181020101", "R is negative"),
            ("3006020101020181", "S is negative"),
            ("300702020001020101", "R is padded"),
            ("300702010102020001", "S is padded"),
            ("3006020501020101", "R runs past S"),
        ];
        for (hex, why) in cases {
            assert!(!is_strict_der(&from_hex(hex).expect("hex")), "{why}");
        }
        assert!(is_strict_der(&from_hex("3006020101020101").expect("hex")));
        assert!(is_strict_der(&from_hex("300702020080020101").expect("hex")));
    }

    #[test]
    fn no_bytes_make_the_parser_panic() {
        let (key, _, sig, hash) = signed();
        for at in 0..sig.len() {
            for value in [0, 1, 0x7f, 0x80, 0x84, 0xff] {
                let mut changed = sig.clone();
                changed[at] = value;
                verify(&key, &changed, &hash);
                verify(&key, &changed[..at], &hash);
                is_low_s(&changed);
            }
        }
    }
}
