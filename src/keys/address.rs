//! Addresses: the hash of a public key, written for people (P2PKH, Base58Check).
//!
//! Public key → SHA-256 → RIPEMD-160 → version byte before it, checksum behind it → Base58.

use std::fmt;

use super::base58::{self, Base58Error};
use super::keys::PublicKey;
use crate::ledger::{Hash160, Params, Script};

/// Version bytes that other addresses and keys begin with, for an error that says what was given.
const KNOWN_VERSIONS: [(u8, &str); 6] = [
    (0x00, "mainnet address"),
    (0x6f, "test network address"),
    (0x05, "mainnet script address"),
    (0xc4, "test network script address"),
    (0x80, "mainnet private key"),
    (0xef, "test network private key"),
];
/// How addresses of segregated witness begin (BIP-0173).
const SEGWIT_PREFIXES: [&str; 3] = ["bc1", "tb1", "bcrt1"];
/// Bytes of an address: version and hash.
const PAYLOAD_SIZE: usize = 21;

/// A pay-to-public-key-hash address of some network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    version: u8,
    hash: Hash160,
}

/// A text that is no address of this network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not Base58Check: a wrong character, or a wrong checksum.
    #[error(transparent)]
    Base58(#[from] Base58Error),
    /// The wrong number of bytes.
    #[error("an address has 21 bytes before its checksum, this has {found}")]
    Length {
        /// Bytes found, without the checksum.
        found: usize,
    },
    /// An address of another network.
    #[error("this is a {what}, it begins with the byte {found:#04x}; addresses of this network with {expected:#04x}")]
    Network {
        /// The version byte found.
        found: u8,
        /// This network's.
        expected: u8,
        /// What begins with the byte found.
        what: &'static str,
    },
    /// A kind of address that this wallet does not pay to.
    #[error("this is a {what}; only pay-to-public-key-hash addresses are understood here")]
    Kind {
        /// What it looks like.
        what: &'static str,
    },
}

impl AddressError {
    /// A stable name of the rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Base58(Base58Error::Empty) => "address-empty",
            Self::Base58(Base58Error::Character { .. }) => "address-character",
            Self::Base58(Base58Error::Checksum { .. }) => "address-checksum",
            Self::Base58(Base58Error::TooShort { .. } | Base58Error::TooLong { .. }) | Self::Length { .. } => {
                "address-length"
            }
            Self::Network { .. } => "address-network",
            Self::Kind { .. } => "address-kind",
        }
    }

    /// The facts, named, for a translated text. Positions count from 1.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Base58(error) => error.facts(),
            Self::Length { found } => vec![("found", found.to_string())],
            Self::Network { found, expected, what } => vec![
                ("found", format!("{found:#04x}")),
                ("expected", format!("{expected:#04x}")),
                ("what", (*what).to_string()),
            ],
            Self::Kind { what } => vec![("what", (*what).to_string())],
        }
    }
}

impl Address {
    /// The address of a public key's hash.
    pub fn p2pkh(hash: Hash160, params: &Params) -> Self {
        Self { version: params.p2pkh_version, hash }
    }

    /// The address of a public key.
    pub fn from_public_key(key: &PublicKey, params: &Params) -> Self {
        Self::p2pkh(key.hash(), params)
    }

    /// The address that a locking script pays to, if it is pay-to-public-key-hash.
    pub fn from_script(script: &Script, params: &Params) -> Option<Self> {
        script.pubkey_hash().map(|hash| Self::p2pkh(hash, params))
    }

    /// The address of the key that can unlock a script, be it paid to by hash or by key.
    pub fn of_owner(script: &Script, params: &Params) -> Option<Self> {
        script.owner().map(|hash| Self::p2pkh(hash, params))
    }

    /// Reads an address of this network; spaces around it are allowed.
    ///
    /// # Errors
    /// Any [`AddressError`].
    pub fn parse(text: &str, params: &Params) -> Result<Self, AddressError> {
        let text = text.trim();
        if has_segwit_prefix(text) {
            return Err(AddressError::Kind { what: "segregated witness address" });
        }
        let payload = base58::decode_check(text)?;
        let length = AddressError::Length { found: payload.len() };
        let (&version, hash) = payload.split_first().ok_or(length.clone())?;
        let expected = params.p2pkh_version;
        if version == expected {
            let hash = hash.try_into().map_err(|_| length)?;
            return Ok(Self { version, hash: Hash160::from_bytes(hash) });
        }
        let what = KNOWN_VERSIONS.iter().find(|(known, _)| *known == version).map(|(_, what)| *what);
        match what {
            Some(what) if what.ends_with("private key") => Err(AddressError::Kind { what }),
            _ if payload.len() != PAYLOAD_SIZE => Err(length),
            Some(what) => Err(AddressError::Network { found: version, expected, what }),
            None => Err(AddressError::Network { found: version, expected, what: "text of an unknown kind" }),
        }
    }

    /// The public key hash.
    pub const fn hash(&self) -> Hash160 {
        self.hash
    }

    /// The version byte of its network.
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// The script that locks a coin to this address.
    pub fn script_pubkey(&self) -> Script {
        Script::pay_to_pubkey_hash(&self.hash)
    }
}

fn has_segwit_prefix(text: &str) -> bool {
    SEGWIT_PREFIXES
        .iter()
        .any(|prefix| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut payload = [self.version; PAYLOAD_SIZE];
        payload[1..].copy_from_slice(self.hash.as_bytes());
        f.write_str(&base58::encode_check(&payload))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl serde::Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A test network address, a mainnet one and a mainnet script address of the same hash.
    const HASH: &str = "ce28b26c57472737f5c3561a1761185bd8589a43";
    const TEST: &str = "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ";

    fn with_version(version: u8, size: usize) -> String {
        let mut payload = vec![version];
        payload.resize(1 + size, 7);
        base58::encode_check(&payload)
    }

    #[test]
    fn an_address_is_read_and_written_back() {
        let address = Address::parse(&format!(" {TEST}\n"), &Params::regtest()).expect("valid");
        assert_eq!(address.hash().to_string(), HASH);
        assert_eq!(address.to_string(), TEST);
        assert_eq!(Address::from_script(&address.script_pubkey(), &Params::regtest()), Some(address));
    }

    #[test]
    fn a_bad_address_says_what_is_wrong() {
        let params = Params::regtest();
        let cases = [
            ("", "address-empty"),
            ("mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45h0", "address-character"),
            ("mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hY", "address-checksum"),
            ("mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45h", "address-checksum"),
            ("2g", "address-length"),
            (&with_version(0x6f, 19), "address-length"),
            (&with_version(0x6f, 21), "address-length"),
            (&with_version(0x00, 19), "address-length"),
            (&with_version(0x00, 20), "address-network"),
            (&with_version(0x05, 20), "address-network"),
            (&with_version(0xc4, 20), "address-network"),
            (&with_version(0x42, 20), "address-network"),
            (&with_version(0xef, 33), "address-kind"),
            ("bcrt1qwqdg6squsna38e46795at95yu9atm8azzmyvckulcc7kytlcckxswvvzej", "address-kind"),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "address-kind"),
        ];
        for (text, rule) in cases {
            let error = Address::parse(text, &params).expect_err(text);
            assert_eq!(error.rule(), rule, "{text}");
        }
    }

    #[test]
    fn a_wrong_network_and_a_wrong_character_are_named() {
        let mainnet = with_version(0x00, 20);
        let error = Address::parse(&mainnet, &Params::regtest()).expect_err("mainnet's");
        assert_eq!(error, AddressError::Network { found: 0, expected: 0x6f, what: "mainnet address" });
        let error = Address::parse("mzK2lFDE", &Params::regtest()).expect_err("l is no Base58 character");
        assert_eq!(error.facts(), [("character", "l (U+006C)".to_string()), ("position", "5".to_string())]);
    }
}
