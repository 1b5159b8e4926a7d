//! The page's state as a link: `#/keys/signing?m=…&q=…&s=…`, with the private key only where it was asked for.

use super::key_bits::KeyBits;
use crate::keys::{PublicKey, Signature};
use crate::ledger::{from_hex, to_hex};
use crate::ui::route::KeysSection;

/// The name of a private key whose public key is written compressed, and of one whose is not.
const COMPRESSED: &str = "d";
const UNCOMPRESSED: &str = "u";

/// What a link may hold; what of it is missing or makes no sense is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedLink {
    /// The message, whole: the signature is over all of it.
    pub message: Option<String>,
    /// The public key, hexadecimal.
    pub public_key: Option<String>,
    /// The signature, DER, hexadecimal.
    pub signature: Option<String>,
    /// The private key and the form of its public key. Whoever has the link has the key.
    pub private_key: Option<KeyBits>,
}

impl SharedLink {
    /// Reads what follows the `?` in a hash address.
    pub fn parse(hash: &str) -> Self {
        let mut shared = Self::default();
        let query = hash.split_once('?').map_or("", |(_, query)| query);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "m" => shared.message = Some(value.into_owned()),
                "q" => shared.public_key = PublicKey::from_hex(&value).ok().map(|key| key.to_string()),
                "s" => {
                    let bytes = from_hex(&value).ok();
                    let signature = bytes.and_then(|bytes| Signature::from_der(&bytes).ok());
                    shared.signature = signature.map(|signature| to_hex(&signature.to_der()));
                }
                COMPRESSED | UNCOMPRESSED => {
                    let bytes = from_hex(&value).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
                    let bits = bytes.map(|bytes| KeyBits { bytes, compressed: name == COMPRESSED });
                    shared.private_key = bits.filter(|bits| bits.private_key().is_ok());
                }
                _ => {}
            }
        }
        shared
    }

    /// The hash address of a section with all this.
    pub fn href(&self, section: KeysSection) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let private_key = self.private_key.map(|bits| to_hex(&bits.bytes));
        let form = if self.private_key.is_some_and(|bits| !bits.compressed) { UNCOMPRESSED } else { COMPRESSED };
        for (name, value) in
            [("m", &self.message), ("q", &self.public_key), ("s", &self.signature), (form, &private_key)]
        {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        [section.href(), query.finish()].join("?")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::{PrivateKey, sign_ecdsa};
    use crate::ledger::{Params, sha256};
    use crate::ui::pages::keys::checking::check;

    fn shared() -> SharedLink {
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range");
        SharedLink {
            message: Some("小明 pays 3 & 4 = 7? #x".to_owned()),
            public_key: Some(key.public_key().to_string()),
            signature: Some(to_hex(&sign_ecdsa(&key, &sha256(b"x")).to_der())),
            private_key: Some([7; 32].into()),
        }
    }

    #[test]
    fn a_link_says_what_was_shared() {
        let shared = shared();
        let href = shared.href(KeysSection::Signing);
        assert!(href.starts_with("#/keys/signing?m="));
        assert_eq!(SharedLink::parse(&href), shared);
    }

    #[test]
    fn the_secret_is_in_it_only_where_it_was_asked_for() {
        let shared = SharedLink { private_key: None, ..shared() };
        assert!(!shared.href(KeysSection::Overview).contains("0707"));
        assert_eq!(SharedLink::parse(&shared.href(KeysSection::Overview)), shared);
    }

    #[test]
    fn a_key_in_a_link_keeps_its_form() {
        let bits = KeyBits { bytes: [7; 32], compressed: false };
        let key = bits.private_key().expect("in range");
        let shared = SharedLink {
            public_key: Some(key.public_key().to_string()),
            private_key: Some(bits),
            ..SharedLink::default()
        };
        let read = SharedLink::parse(&shared.href(KeysSection::Overview));
        assert_eq!(read, shared);
        assert_eq!(read.public_key.map(|hex| hex.len()), Some(130));
    }

    #[test]
    fn nonsense_in_a_link_is_left_out() {
        for hash in [
            "",
            "#/keys",
            "#/keys?",
            "#/keys?d=00&q=zz&s=30",
            "#/keys?d=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "#/keys?%ff=%",
        ] {
            assert_eq!(SharedLink::parse(hash), SharedLink::default(), "{hash}");
        }
    }

    /// What is shared of a message signed with this key.
    fn signed(message: &str, compressed: bool) -> SharedLink {
        let key = PrivateKey::from_bytes(&[7; 32]).expect("in range").with_compression(compressed);
        SharedLink {
            message: Some(message.to_owned()),
            public_key: Some(key.public_key().to_string()),
            signature: Some(to_hex(&sign_ecdsa(&key, &sha256(message.as_bytes())).to_der())),
            private_key: None,
        }
    }

    /// Whether what a link brought is what was signed.
    fn holds(shared: &SharedLink) -> bool {
        let (Some(key), Some(message), Some(signature)) = (&shared.public_key, &shared.message, &shared.signature)
        else {
            return false;
        };
        check(key, message, signature, &Params::regtest()).finding.is_valid()
    }

    #[test]
    fn a_link_carries_a_message_of_any_length_whole() {
        for length in [0, 499, 500, 501, 1_000, 10_000] {
            let shared = signed(&"a".repeat(length), true);
            let read = SharedLink::parse(&shared.href(KeysSection::Signing));
            assert!(read == shared && holds(&read), "{length}");
        }
    }

    proptest! {
        #[test]
        fn what_a_link_brings_is_exactly_what_was_signed(
            parts in prop::collection::vec(
                prop_oneof![
                    ".{0,12}",
                    Just("\r\n".to_owned()),
                    Just("\n".to_owned()),
                    Just("👨\u{200d}👩\u{200d}👧".to_owned()),
                    Just("e\u{301}".to_owned()),
                    Just("\u{202e}%&=+#?".to_owned()),
                    Just("\u{feff}".to_owned()),
                    Just("钱".to_owned()),
                ],
                0..40,
            ),
            compressed: bool,
        ) {
            let shared = signed(&parts.concat(), compressed);
            let read = SharedLink::parse(&shared.href(KeysSection::Signing));
            prop_assert_eq!(&read, &shared);
            prop_assert!(holds(&read));
        }
    }
}
