//! The keys of this page: practice keys made here, and wallet keys the user chose to reveal.
//!
//! Invariant: a wallet's key is never kept when the page is left; practice keys live until the tab
//! closes and are never stored.

use std::cell::RefCell;

use super::key_bits::KeyBits;
use crate::api::NodeView;
use crate::keys::{KeyError, PrivateKey, PublicKey};
use crate::ledger::{Network, Params};
use crate::ui::{Text, format};

/// Most keys at a time.
pub const MAX_KEYS: usize = 8;

/// Whose key it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOrigin {
    /// Made here: its number.
    Practice(u32),
    /// The wallet's, of this address.
    Wallet(String),
}

/// Bits that may be a private key, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageKey {
    /// The bits, and how the public key is written.
    pub bits: KeyBits,
    /// Whose they are.
    pub origin: KeyOrigin,
}

impl PageKey {
    /// The private key.
    ///
    /// # Errors
    /// [`KeyError::Zero`], [`KeyError::TooLarge`].
    pub fn private_key(&self) -> Result<PrivateKey, KeyError> {
        self.bits.private_key()
    }

    /// Its name on screen.
    pub fn name(&self, text: Text) -> String {
        match &self.origin {
            KeyOrigin::Practice(number) => text.with(key!("keys.key"), &[("number", &number.to_string())]),
            KeyOrigin::Wallet(address) => format::middle_cut(address, 5, 3),
        }
    }

    /// The public key; none if the bits are no key.
    pub fn public_key(&self) -> Option<PublicKey> {
        self.private_key().ok().map(|key| key.public_key())
    }
}

/// The keys; there is always one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRing {
    keys: Vec<PageKey>,
    current: usize,
    made: u32,
}

impl KeyRing {
    /// A ring of one practice key.
    pub fn new(bits: KeyBits) -> Self {
        Self { keys: vec![PageKey { bits, origin: KeyOrigin::Practice(1) }], current: 0, made: 1 }
    }

    /// All keys, in the order they were made; never empty.
    pub fn keys(&self) -> &[PageKey] {
        &self.keys
    }

    /// The index of the key on screen.
    pub fn current_index(&self) -> usize {
        self.current.min(self.keys.len().saturating_sub(1))
    }

    /// The key on screen.
    pub fn current(&self) -> PageKey {
        let none = || PageKey { bits: [0; 32].into(), origin: KeyOrigin::Practice(1) };
        self.keys.get(self.current_index()).cloned().unwrap_or_else(none)
    }

    /// Whether one more fits.
    pub fn has_room(&self) -> bool {
        self.keys.len() < MAX_KEYS
    }

    /// With another key on screen.
    pub fn selected(&self, index: usize) -> Self {
        Self { current: index.min(self.keys.len().saturating_sub(1)), ..self.clone() }
    }

    /// With one more practice key, on screen; as it was when there is no room.
    pub fn with_practice(&self, bits: KeyBits) -> Self {
        let number = self.made.saturating_add(1);
        let mut next = self.with(PageKey { bits, origin: KeyOrigin::Practice(number) });
        if next.keys.len() > self.keys.len() {
            next.made = number;
        }
        next
    }

    /// With a key of the wallet, on screen; the one that is already there if it is.
    pub fn with_wallet_key(&self, address: String, bits: KeyBits) -> Self {
        match self.keys.iter().position(|key| key.bits == bits) {
            Some(index) => self.selected(index),
            None => self.with(PageKey { bits, origin: KeyOrigin::Wallet(address) }),
        }
    }

    fn with(&self, key: PageKey) -> Self {
        let mut next = self.clone();
        if next.has_room() {
            next.keys.push(key);
            next.current = next.keys.len() - 1;
        }
        next
    }

    /// With other bits in the key on screen. A wallet's key that is changed is not the wallet's any
    /// more: it becomes a practice key.
    pub fn changed(&self, bits: KeyBits) -> Self {
        let mut next = self.clone();
        let at = next.current_index();
        let number = next.made.saturating_add(1);
        if let Some(key) = next.keys.get_mut(at) {
            if matches!(key.origin, KeyOrigin::Wallet(_)) && key.bits != bits {
                key.origin = KeyOrigin::Practice(number);
                next.made = number;
            }
            key.bits = bits;
        }
        next
    }

    /// Without the key on screen, unless it is the last one.
    pub fn without_current(&self) -> Self {
        let mut next = self.clone();
        if next.keys.len() > 1 {
            next.keys.remove(self.current_index());
            next.current = next.current.saturating_sub(1);
        }
        next
    }

    fn practice_only(&self) -> Option<Self> {
        let keys: Vec<PageKey> =
            self.keys.iter().filter(|key| matches!(key.origin, KeyOrigin::Practice(_))).cloned().collect();
        let current = keys.iter().position(|key| *key == self.current()).unwrap_or(0);
        (!keys.is_empty()).then_some(Self { keys, current, made: self.made })
    }
}

thread_local! {
    static KEPT: RefCell<Option<(KeyRing, String)>> = const { RefCell::new(None) };
}

/// The practice keys and the message kept since the page was last shown.
pub fn kept() -> Option<(KeyRing, String)> {
    KEPT.with_borrow(Clone::clone)
}

/// Keeps the practice keys and the message; wallet keys are left out.
pub fn keep(ring: &KeyRing, message: &str) {
    KEPT.with_borrow_mut(|kept| *kept = ring.practice_only().map(|ring| (ring, message.to_owned())));
}

/// 32 random bytes that are a private key.
pub fn random_key() -> [u8; 32] {
    for _ in 0..8 {
        let mut bytes = [0; 32];
        // No random source: the page says so, for zero is no key.
        if getrandom::fill(&mut bytes).is_err() {
            return [0; 32];
        }
        if PrivateKey::from_bytes(&bytes).is_ok() {
            return bytes;
        }
    }
    [0; 32]
}

/// The rules of the node's network; the classroom's until the node has told.
pub fn params_of(node: Option<&NodeView>) -> Params {
    let network = node.and_then(|node| node.network.parse().ok()).unwrap_or(Network::Classroom);
    // Only version bytes are taken from these, which no room changes.
    Params::new(network, "")
}

/// Doublings and additions of the walk from G to the public key by double-and-add.
pub fn walk(bytes: &[u8; 32]) -> (u32, u32) {
    let zeros = crate::ui::figures::bit_ruler::zero_bits(bytes);
    let ones = crate::ui::figures::bit_grid::set_count(bytes);
    (255u32.saturating_sub(zeros), ones.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u8) -> KeyBits {
        let mut bytes = [0; 32];
        bytes[31] = number;
        bytes.into()
    }

    #[test]
    fn a_ring_is_bounded_and_never_empty() {
        let mut ring = KeyRing::new(key(1));
        for number in 2..30 {
            ring = ring.with_practice(key(number));
        }
        assert_eq!(ring.keys().len(), MAX_KEYS);
        assert!(!ring.has_room());
        for _ in 0..30 {
            ring = ring.without_current();
        }
        assert_eq!(ring.keys().len(), 1);
    }

    #[test]
    fn a_wallet_key_that_is_changed_becomes_a_practice_key() {
        let ring = KeyRing::new(key(1)).with_wallet_key("m".into(), key(2));
        assert_eq!(ring.current().origin, KeyOrigin::Wallet("m".into()));
        assert_eq!(ring.changed(key(2)).current().origin, KeyOrigin::Wallet("m".into()));
        assert_eq!(ring.changed(key(3)).current().origin, KeyOrigin::Practice(2));
    }

    #[test]
    fn the_same_wallet_key_is_not_added_twice() {
        let ring = KeyRing::new(key(1)).with_wallet_key("m".into(), key(2)).selected(0);
        let again = ring.with_wallet_key("m".into(), key(2));
        assert_eq!((again.keys().len(), again.current_index()), (2, 1));
    }

    #[test]
    fn wallet_keys_are_not_kept() {
        let ring = KeyRing::new(key(1)).with_wallet_key("m".into(), key(2));
        keep(&ring, "hello");
        let (ring, message) = kept().expect("a practice key is left");
        assert_eq!((ring.keys().len(), message.as_str()), (1, "hello"));
        assert_eq!(ring.current().bits, key(1));
    }

    #[test]
    fn the_walk_counts_doublings_and_additions() {
        assert_eq!(walk(&key(1).bytes), (0, 0));
        assert_eq!(walk(&key(43).bytes), (5, 3));
        assert_eq!(walk(&[0xff; 32]), (255, 255));
        assert_eq!(walk(&key(0).bytes), (0, 0));
    }

    #[test]
    fn zero_is_no_key() {
        assert_eq!(KeyRing::new(key(0)).current().public_key(), None);
    }
}
