//! The keys of a wallet: two endless rows of them below one account (BIP-0044).
//!
//! `m/44'/coin'/0'/0/i` are for receiving, `m/44'/coin'/0'/1/i` for change. The wallet watches the
//! keys it has handed out or seen used, and [`GAP_LIMIT`] more (or as many as it was told), so that
//! a wallet restored from its words finds its coins by looking at the chain alone.
//!
//! A key that comes into sight may have been paid before: it is fresh until the wallet has looked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::keys::address::Address;
use crate::keys::hd::{ExtendedPrivateKey, ExtendedPublicKey};
use crate::keys::keys::{PrivateKey, PublicKey};
use crate::keys::mnemonic::Mnemonic;
use crate::keys::path::{ChildNumber, DerivationPath};
use crate::ledger::{Hash160, Params, SortedSet};

/// How many unused keys behind the last used or handed out one are watched (BIP-0044).
pub const GAP_LIMIT: u32 = 20;
/// The widest search: so many unused keys behind the last used one are watched at most.
pub const MAX_GAP: u32 = 1_000;
/// Most keys that are handed out of one row, so that no script fills the memory.
pub const MAX_KEYS: u32 = 100_000;

/// One of the two rows of keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Branch {
    /// To be paid at.
    Receive,
    /// For what comes back of a payment.
    Change,
}

/// Which key of the wallet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KeyPlace {
    /// The row.
    pub branch: Branch,
    /// Which of the row, from 0.
    pub index: u32,
}

/// A wallet's keys. What is cached is public; private keys are derived when they sign.
#[derive(Clone)]
pub(super) struct KeyRing {
    params: Arc<Params>,
    account: ExtendedPrivateKey,
    receive: Row,
    change: Row,
    places: BTreeMap<Hash160, KeyPlace>,
    /// How many unused keys are watched behind the last known one of each row.
    gap: u32,
    /// Keys that came into sight since the wallet last looked for what was paid to them before.
    fresh: Vec<Hash160>,
}

#[derive(Clone)]
struct Row {
    private: ExtendedPrivateKey,
    parent: ExtendedPublicKey,
    /// Derived keys' hashes; none where there is no such key (one in 2^127).
    hashes: Vec<Option<Hash160>>,
    /// Keys handed out: those below this index.
    issued: u32,
    used: SortedSet<u32>,
}

impl Branch {
    /// Its number in a path.
    pub const fn number(self) -> u32 {
        match self {
            Self::Receive => 0,
            Self::Change => 1,
        }
    }
}

impl Row {
    /// Keys handed out or used.
    fn known(&self) -> u32 {
        self.issued.max(self.used.last().map_or(0, |index| index + 1))
    }

    fn first_unused(&self, from: u32) -> u32 {
        (from..).find(|index| !self.used.contains(index)).unwrap_or(from)
    }
}

impl KeyRing {
    pub fn new(mnemonic: &Mnemonic, passphrase: &str, params: Arc<Params>) -> Self {
        let steps = [44, params.coin_type, 0].into_iter().filter_map(ChildNumber::hardened).collect();
        let path = DerivationPath::new(steps).expect("three steps");
        let account = ExtendedPrivateKey::from_seed(&mnemonic.to_seed(passphrase))
            .and_then(|master| master.derive(&path))
            .expect("a seed without keys is rarer than one in 2^120");
        let row = |branch: Branch| {
            let private = account
                .child(ChildNumber::from_raw(branch.number()))
                .expect("a branch that does not exist is rarer than one in 2^127");
            Row { parent: private.to_public(), private, hashes: Vec::new(), issued: 0, used: SortedSet::new() }
        };
        let (receive, change) = (row(Branch::Receive), row(Branch::Change));
        let mut ring =
            Self { params, account, receive, change, places: BTreeMap::new(), gap: GAP_LIMIT, fresh: Vec::new() };
        // The first receiving address is shown from the start.
        ring.set_issued(Branch::Receive, 1);
        ring.set_issued(Branch::Change, 0);
        ring
    }

    fn row(&self, branch: Branch) -> &Row {
        match branch {
            Branch::Receive => &self.receive,
            Branch::Change => &self.change,
        }
    }

    fn row_mut(&mut self, branch: Branch) -> &mut Row {
        match branch {
            Branch::Receive => &mut self.receive,
            Branch::Change => &mut self.change,
        }
    }

    pub fn issued(&self, branch: Branch) -> u32 {
        self.row(branch).issued
    }

    /// Keys handed out or used.
    pub fn known(&self, branch: Branch) -> u32 {
        self.row(branch).known()
    }

    /// How many unused keys are watched behind the last known one of each row.
    pub fn gap(&self) -> u32 {
        self.gap
    }

    /// Watches so many unused keys, [`GAP_LIMIT`] to [`MAX_GAP`]; never fewer than before, as what
    /// was found must not be lost again.
    pub fn widen(&mut self, gap: u32) {
        self.gap = self.gap.max(gap.min(MAX_GAP));
        self.extend(Branch::Receive);
        self.extend(Branch::Change);
    }

    /// Whether a key came into sight that was not looked for yet.
    pub fn has_fresh(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// The keys that came into sight since this was last asked.
    pub fn take_fresh(&mut self) -> SortedSet<Hash160> {
        let mut fresh = std::mem::take(&mut self.fresh);
        fresh.sort_unstable();
        fresh.into_iter().collect()
    }

    /// The used keys of a row as runs: first of each, and how many.
    pub fn used_runs(&self, branch: Branch) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for &index in &self.row(branch).used {
            match runs.last_mut() {
                Some((first, count)) if *first + *count == index => *count += 1,
                _ => runs.push((index, 1)),
            }
        }
        runs
    }

    /// Marks runs of keys as used; what is past [`MAX_KEYS`] is left out.
    pub fn mark_used_runs(&mut self, branch: Branch, runs: &[(u32, u32)]) {
        for &(first, count) in runs {
            for index in first..first.saturating_add(count).min(MAX_KEYS) {
                self.row_mut(branch).used.insert(index);
            }
        }
        self.extend(branch);
    }

    pub fn set_issued(&mut self, branch: Branch, issued: u32) {
        let row = self.row_mut(branch);
        row.issued = row.issued.max(issued.min(MAX_KEYS));
        self.extend(branch);
    }

    /// Hands out the next key. After [`MAX_KEYS`] it is the last one again.
    pub fn issue(&mut self, branch: Branch) -> KeyPlace {
        let index = self.row(branch).known().min(MAX_KEYS - 1);
        self.set_issued(branch, index + 1);
        KeyPlace { branch, index }
    }

    /// The key to show or to send change to: the last one handed out, or the first after it that
    /// was not paid yet.
    pub fn current(&self, branch: Branch) -> KeyPlace {
        let row = self.row(branch);
        KeyPlace { branch, index: row.first_unused(row.issued.saturating_sub(1)) }
    }

    pub fn mark_used(&mut self, place: KeyPlace) {
        if self.row_mut(place.branch).used.insert(place.index) {
            self.extend(place.branch);
        }
    }

    pub fn is_used(&self, place: KeyPlace) -> bool {
        self.row(place.branch).used.contains(&place.index)
    }

    /// Derives the keys to watch.
    fn extend(&mut self, branch: Branch) {
        let row = match branch {
            Branch::Receive => &mut self.receive,
            Branch::Change => &mut self.change,
        };
        let wanted = row.known().saturating_add(self.gap);
        for index in row.hashes.len() as u32..wanted {
            let key = row.parent.child(ChildNumber::from_raw(index)).ok();
            let hash = key.map(|key| key.public_key().hash());
            row.hashes.push(hash);
            self.places.extend(hash.map(|hash| (hash, KeyPlace { branch, index })));
            self.fresh.extend(hash);
        }
    }

    pub fn find(&self, hash: &Hash160) -> Option<KeyPlace> {
        self.places.get(hash).copied()
    }

    pub fn hash(&self, place: KeyPlace) -> Option<Hash160> {
        *self.row(place.branch).hashes.get(place.index as usize)?
    }

    pub fn address(&self, place: KeyPlace) -> Option<Address> {
        self.hash(place).map(|hash| Address::p2pkh(hash, &self.params))
    }

    pub fn path(&self, place: KeyPlace) -> DerivationPath {
        DerivationPath::bip44(self.params.coin_type, 0, place.branch.number(), place.index).unwrap_or_default()
    }

    pub fn private_key(&self, place: KeyPlace) -> Option<PrivateKey> {
        Some(self.row(place.branch).private.child(ChildNumber::from_raw(place.index)).ok()?.private_key().clone())
    }

    pub fn public_key(&self, place: KeyPlace) -> Option<PublicKey> {
        let key = self.row(place.branch).parent.child(ChildNumber::from_raw(place.index)).ok()?;
        Some(*key.public_key())
    }

    pub fn account(&self) -> ExtendedPublicKey {
        self.account.to_public()
    }
}
