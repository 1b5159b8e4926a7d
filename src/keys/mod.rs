//! Keys and their mathematics: from a number to a public key, an address, a signature, and how each is written.
//!
//! From the bottom up: [`keys`] and [`ecdsa`] are the mathematics, [`base58`] and [`address`] how keys are written for
//! people, [`mnemonic`], [`path`] and [`hd`] how twelve words become any number of keys, [`message`] how a text is
//! signed, [`signed_input`] what a payment's signature covers, [`typed`] how people write numbers and addresses. Nothing here knows of a wallet, so that the page can use
//! it with practice keys. Time and entropy are passed in.

pub mod address;
pub mod base58;
pub mod base64;
pub mod ecdsa;
pub mod hd;
#[allow(clippy::module_inception, reason = "the noun of this file is the keys")]
pub mod keys;
pub mod message;
pub mod mnemonic;
pub mod nfkd;
pub mod nonce;
pub mod path;
pub mod signature;
pub mod signed_input;
pub mod typed;

pub use address::{Address, AddressError};
pub use base58::Base58Error;
pub use ecdsa::{
    SigningSteps, VerifyingSteps, recover_public_key, sign_ecdsa, sign_ecdsa_explained, verify_ecdsa,
    verify_ecdsa_explained,
};
pub use hd::{ExtendedKeyError, ExtendedPrivateKey, ExtendedPublicKey};
pub use keys::{KeyError, PrivateKey, PublicKey, WifError};
pub use message::{LineEnds, MessageError, message_hash, sign_message, verify_message, with_other_line_ends};
pub use mnemonic::{Mnemonic, MnemonicError};
pub use path::{ChildNumber, DerivationPath, PathError};
pub use signature::{Signature, SignatureError};
