//! Schnorr signatures over secp256k1 (BIP-0340): 64 bytes, public keys of 32, and s·G = R + e·P.
//!
//! Taproot outputs use these. Here they stand beside ECDSA for comparison; no transaction of this wallet has one.

use k256::schnorr::{Signature, SigningKey, VerifyingKey};

use crate::keys::keys::PrivateKey;

/// A signature, and the x of the public key it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchnorrSigned {
    /// The public key: its x alone, the even y is meant.
    pub public_key: [u8; 32],
    /// R.x, then s.
    pub signature: [u8; 64],
}

/// Signs any message. `aux_rand` is 32 fresh random bytes, or zeros (BIP-0340, Default Signing). None if no nonce comes
/// of it, which has a chance of 2^-256.
pub fn sign_schnorr(key: &PrivateKey, message: &[u8], aux_rand: &[u8; 32]) -> Option<SchnorrSigned> {
    let key = SigningKey::from_bytes(&key.to_bytes().into()).ok()?;
    let signature = key.sign_raw(message, aux_rand).ok()?;
    Some(SchnorrSigned { public_key: key.verifying_key().to_bytes().into(), signature: signature.to_bytes() })
}

/// Whether a signature holds for a message and the x of a public key; bytes that are neither do not.
pub fn verify_schnorr(public_key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let key = VerifyingKey::from_bytes(&(*public_key).into());
    let signature = Signature::from_slice(signature);
    matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_raw(message, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{from_hex, to_hex};

    fn bytes<const N: usize>(hex: &str) -> [u8; N] {
        from_hex(&hex.to_lowercase()).expect("hex").try_into().expect("the right length")
    }

    /// BIP-0340, test-vectors.csv, index 0 to 2: secret key, public key, aux_rand, message, signature.
    const VECTORS: [[&str; 5]; 3] = [
        [
            "0000000000000000000000000000000000000000000000000000000000000003",
            "F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA821525F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0",
        ],
        [
            "B7E151628AED2A6ABF7158809CF4F3C762E7160F38B4DA56A784D9045190CFEF",
            "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
            "0000000000000000000000000000000000000000000000000000000000000001",
            "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
            "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE33418906D11AC976ABCCB20B091292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A",
        ],
        [
            "C90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B14E5C9",
            "DD308AFEC5777E13121FA72B9CC1B7CC0139715309B086C960E18FD969774EB8",
            "C87AA53824B4D7AE2EB035A2B5BBBCCC080E76CDC6D1692C4B0B62D798E6D906",
            "7E2D58D8B3BCDF1ABADEC7829054F90DDA9805AAB56C77333024B9D0A508B75C",
            "5831AAEED7B44BB74E5EAB94BA9D4294C49BCF2A60728D8B4C200F50DD313C1BAB745879A5AD954A72C45A91C3A51D3C7ADEA98D82F8481E0E1E03674A6F3FB7",
        ],
    ];

    #[test]
    fn signatures_are_those_of_bip_0340() {
        for [secret, public, aux, message, signature] in VECTORS {
            let key = PrivateKey::from_bytes(&bytes(secret)).expect("in range");
            let (message, expected) = (bytes::<32>(message), bytes::<64>(signature));
            let signed = sign_schnorr(&key, &message, &bytes(aux)).expect("a signature");
            assert_eq!(to_hex(&signed.signature), to_hex(&expected));
            assert_eq!(signed.public_key, bytes(public));
            assert!(verify_schnorr(&signed.public_key, &message, &expected));
            for at in [0, 31, 32, 63] {
                let mut wrong = expected;
                wrong[at] ^= 1;
                assert!(!verify_schnorr(&signed.public_key, &message, &wrong));
            }
        }
        assert!(!verify_schnorr(&[0xff; 32], b"x", &[0xff; 64]));
    }
}
