//! One bit at the start, and what it does to every stage.

use crate::keys::{PrivateKey, base58};
use crate::ledger::Params;
use crate::lessons::address_steps::AddressSteps;
use crate::ui::figures::bit_grid::flipped;

/// What is changed at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flip {
    /// Nothing.
    #[default]
    None,
    /// A bit of the private key, counted from the highest.
    Private(u32),
    /// A bit of the public key's bytes, counted from the highest of the first byte.
    Public(u32),
}

/// The stages after the change; none where the changed bits are no private key.
pub fn changed_steps(key: &PrivateKey, flip: Flip, params: &Params) -> Option<AddressSteps> {
    let public = key.public_key().to_bytes();
    match flip {
        Flip::None => Some(AddressSteps::new(&public, params)),
        Flip::Private(index) => {
            let changed = PrivateKey::from_bytes(&flipped(&key.to_bytes(), index as usize)).ok()?;
            let changed = changed.with_compression(key.is_compressed());
            Some(AddressSteps::new(&changed.public_key().to_bytes(), params))
        }
        Flip::Public(index) => {
            let mut changed = public;
            if let Some(byte) = changed.get_mut(index as usize / 8) {
                *byte ^= 0x80 >> (index % 8);
            }
            Some(AddressSteps::new(&changed, params))
        }
    }
}

/// How many bits differ between two runs of bytes of one length.
pub fn changed_bits(one: &[u8], other: &[u8]) -> u32 {
    one.iter().zip(other).map(|(one, other)| (one ^ other).count_ones()).sum()
}

/// An address with another Base58 character at a place; as it was where there is no such place.
pub fn mistyped(address: &str, at: usize) -> String {
    let digits = base58::ALPHABET;
    address
        .chars()
        .enumerate()
        .map(|(index, character)| {
            let place = digits.iter().position(|digit| char::from(*digit) == character);
            match place.filter(|_| index == at) {
                Some(place) => digits.get((place + 1) % digits.len()).map_or(character, |digit| char::from(*digit)),
                None => character,
            }
        })
        .collect()
}

/// An address with the first two neighbours that differ, from a place on, swapped.
pub fn swapped(address: &str, from: usize) -> String {
    let mut characters: Vec<char> = address.chars().collect();
    let at = (from..characters.len().saturating_sub(1)).find(|at| characters.get(*at) != characters.get(at + 1));
    if let Some(at) = at {
        characters.swap(at, at + 1);
    }
    characters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Address, AddressError};

    fn key() -> PrivateKey {
        PrivateKey::from_bytes(&[3; 32]).expect("in range")
    }

    #[test]
    fn one_bit_changes_about_half_of_every_hash() {
        let params = Params::regtest();
        let before = changed_steps(&key(), Flip::None, &params).expect("a key");
        let (mut sha, mut ripemd, rounds) = (0, 0, 200);
        for index in 0..rounds {
            let after = changed_steps(&key(), Flip::Public(index), &params).expect("any bytes are hashed");
            assert_eq!(changed_bits(&before.public_key, &after.public_key), 1);
            sha += changed_bits(&before.sha256, &after.sha256);
            ripemd += changed_bits(&before.hash160, &after.hash160);
        }
        assert!((110..146).contains(&(sha / rounds)), "{}", sha / rounds);
        assert!((68..92).contains(&(ripemd / rounds)), "{}", ripemd / rounds);
        let after = changed_steps(&key(), Flip::Private(255), &params).expect("a key");
        assert_ne!(after.address, before.address);
    }

    #[test]
    fn a_flipped_bit_leaves_the_form_of_the_public_key() {
        let params = Params::regtest();
        for compressed in [true, false] {
            let key = key().with_compression(compressed);
            let size = |flip| changed_steps(&key, flip, &params).expect("a key").public_key.len();
            assert_eq!((size(Flip::None), size(Flip::Private(9))), if compressed { (33, 33) } else { (65, 65) });
        }
    }

    #[test]
    fn a_mistyped_address_is_refused_wherever_the_mistake_is() {
        let params = Params::regtest();
        let address = changed_steps(&key(), Flip::None, &params).expect("a key").address;
        for at in 0..address.len() {
            let wrong = mistyped(&address, at);
            assert_ne!(wrong, address);
            assert!(matches!(Address::parse(&wrong, &params), Err(AddressError::Base58(_))), "{wrong}");
            assert!(swapped(&address, at) == address || Address::parse(&swapped(&address, at), &params).is_err());
        }
        assert_eq!(mistyped(&address, 99), address);
    }
}
