//! From a public key to its address, with every stage kept: SHA-256, RIPEMD-160, version, checksum, Base58
//! (the address format of the first Bitcoin client).

use crate::keys::base58;
use crate::ledger::{Params, hash160, sha256};

/// All bytes on the way from a public key to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressSteps {
    /// The public key's bytes, 33 or 65; any other bytes are hashed all the same.
    pub public_key: Vec<u8>,
    /// SHA-256 of them.
    pub sha256: [u8; 32],
    /// RIPEMD-160 of that: what a locking script holds.
    pub hash160: [u8; 20],
    /// The network's version byte and the hash.
    pub versioned: Vec<u8>,
    /// The first four bytes of the double SHA-256 of that.
    pub checksum: [u8; 4],
    /// Version, hash and checksum: 25 bytes.
    pub whole: Vec<u8>,
    /// The same in Base58.
    pub address: String,
}

impl AddressSteps {
    /// Computes all stages.
    pub fn new(public_key: &[u8], params: &Params) -> Self {
        let hash160 = *hash160(public_key).as_bytes();
        let mut versioned = vec![params.p2pkh_version];
        versioned.extend_from_slice(&hash160);
        let checksum = base58::checksum(&versioned);
        let mut whole = versioned.clone();
        whole.extend_from_slice(&checksum);
        let address = base58::encode(&whole);
        Self {
            public_key: public_key.to_vec(),
            sha256: sha256(public_key),
            hash160,
            versioned,
            checksum,
            whole,
            address,
        }
    }
}

/// One division on the way to Base58: what is left of the number, and the digit that fell out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base58Digit {
    /// The remainder of the division by 58.
    pub value: u8,
    /// Its character.
    pub character: char,
}

/// The digits of a text in Base58, first to last; none for characters that are no digits.
pub fn base58_digits(text: &str) -> Vec<Base58Digit> {
    text.chars()
        .filter_map(|character| {
            let value = base58::ALPHABET.iter().position(|digit| char::from(*digit) == character)?;
            Some(Base58Digit { value: u8::try_from(value).ok()?, character })
        })
        .collect()
}

/// What the last four bytes of a text in Base58 are, and what they should be; none where it is no Base58 or too short.
pub fn checksums(text: &str) -> Option<([u8; 4], [u8; 4])> {
    let bytes = base58::decode(text.trim()).ok()?;
    let (payload, found) = bytes.split_last_chunk::<4>()?;
    Some((*found, base58::checksum(payload)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Network, from_hex, to_hex};

    const KEY_ONE: &str = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    #[test]
    fn the_generators_address_is_the_known_one() {
        let bytes = from_hex(KEY_ONE).expect("hex");
        let mainnet = AddressSteps::new(&bytes, &Params::new(Network::Mainnet, ""));
        assert_eq!(to_hex(&mainnet.sha256), "0f715baf5d4c2ed329785cef29e562f73488c8a2bb9dbc5700b361d54b9b0554");
        assert_eq!(to_hex(&mainnet.hash160), "751e76e8199196d454941c45d1b3a323f1433bd6");
        assert_eq!(mainnet.address, "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH");
        let regtest = AddressSteps::new(&bytes, &Params::regtest());
        assert_eq!(regtest.address, "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r");
        assert_eq!((regtest.versioned.len(), regtest.whole.len()), (21, 25));
    }

    #[test]
    fn digits_and_checksums_are_read_back() {
        let address = "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r";
        let digits = base58_digits(address);
        assert_eq!(digits.iter().map(|digit| digit.character).collect::<String>(), address);
        assert!(digits.iter().all(|digit| digit.value < 58));
        assert!(checksums(address).is_some_and(|(found, expected)| found == expected));
        let mistyped = address.replace("mrCD", "mrCE");
        assert!(checksums(&mistyped).is_some_and(|(found, expected)| found != expected));
        assert_eq!(checksums("0OIl"), None);
        assert_eq!(checksums("1"), None);
    }
}
