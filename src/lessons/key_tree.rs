//! A tree of keys from words: seed, master, and the branches and keys of one account (BIP-0039, BIP-0032, BIP-0044).

use crate::keys::address::Address;
use crate::keys::hd::{ExtendedKeyError, ExtendedPrivateKey};
use crate::keys::path::{ChildNumber, DerivationPath};
use crate::ledger::Params;

/// Most keys of a branch in a tree.
pub const MAX_LEAVES: u32 = 20;

/// A key of the tree, and what it is the parent of.
#[derive(Clone, Debug)]
pub struct TreeKey {
    /// Its path, such as `m/44'/1'`.
    pub path: String,
    /// Its last step; `m` for the master.
    pub step: String,
    /// The key.
    pub key: ExtendedPrivateKey,
    /// Its address.
    pub address: String,
    /// Its children in the tree.
    pub children: Vec<TreeKey>,
}

/// The path of the first receiving key of a network's first account.
pub fn first_path(params: &Params) -> String {
    DerivationPath::bip44(params.coin_type, 0, 0, 0).unwrap_or_default().to_string()
}

/// The tree of the network's first account, with `leaves` receiving and as many change keys ([`MAX_LEAVES`] at most).
///
/// # Errors
/// Those of [`ExtendedPrivateKey::from_seed`] and [`ExtendedPrivateKey::child`]; with a chance of 2^-127.
pub fn key_tree(seed: &[u8], leaves: u32, params: &Params) -> Result<TreeKey, ExtendedKeyError> {
    let master = ExtendedPrivateKey::from_seed(seed)?;
    let spine = [ChildNumber::hardened(44), ChildNumber::hardened(params.coin_type), ChildNumber::hardened(0)];
    let mut keys = vec![tree_key("m".to_owned(), "m".to_owned(), master, params)];
    for number in spine.into_iter().flatten() {
        if let Some(parent) = keys.last() {
            let child = child_of(parent, number, params)?;
            keys.push(child);
        }
    }
    let mut account = keys.pop();
    if let Some(account) = &mut account {
        for branch in [0, 1].into_iter().filter_map(ChildNumber::normal) {
            let mut node = child_of(account, branch, params)?;
            for leaf in (0..leaves.min(MAX_LEAVES)).filter_map(ChildNumber::normal) {
                let leaf = child_of(&node, leaf, params)?;
                node.children.push(leaf);
            }
            account.children.push(node);
        }
    }
    // From the account back up to the master.
    let mut top = account;
    while let Some(mut parent) = keys.pop() {
        parent.children.extend(top.take());
        top = Some(parent);
    }
    top.map_or_else(|| ExtendedPrivateKey::from_seed(seed).map(|key| tree_key("m".into(), "m".into(), key, params)), Ok)
}

impl TreeKey {
    /// Whether it is the same tree: a tree is made of its master, and may have more or fewer keys.
    pub fn is_same(&self, other: &Self) -> bool {
        self.address == other.address && self.size() == other.size()
    }

    /// Keys in it.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Self::size).sum::<usize>()
    }
}

fn child_of(parent: &TreeKey, number: ChildNumber, params: &Params) -> Result<TreeKey, ExtendedKeyError> {
    let step = number.to_string();
    Ok(tree_key([&parent.path, "/", &step].concat(), step, parent.key.child(number)?, params))
}

fn tree_key(path: String, step: String, key: ExtendedPrivateKey, params: &Params) -> TreeKey {
    let address = Address::from_public_key(&key.private_key().public_key(), params).to_string();
    TreeKey { path, step, key, address, children: Vec::new() }
}

/// The key at a path of the tree; none where it has no such place.
pub fn find<'a>(tree: &'a TreeKey, path: &str) -> Option<&'a TreeKey> {
    if tree.path == path {
        return Some(tree);
    }
    tree.children.iter().find_map(|child| find(child, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{DerivationPath, Mnemonic};
    use crate::ledger::to_hex;

    const ABANDON: &str =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    #[test]
    fn the_tree_of_the_published_words_has_the_published_keys() {
        let words = Mnemonic::parse(ABANDON).expect("valid words");
        let seed = words.to_seed("");
        assert!(to_hex(&seed).starts_with("5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"));
        let params = Params::regtest();
        let tree = key_tree(&seed, 3, &params).expect("a tree");
        for (branch, index) in [(0, 0), (0, 2), (1, 1)] {
            let path = format!("m/44'/1'/0'/{branch}/{index}");
            let found = find(&tree, &path).expect("in the tree");
            let wanted = DerivationPath::bip44(1, 0, branch, index).expect("a path");
            let wanted = ExtendedPrivateKey::from_seed(&seed).and_then(|key| key.derive(&wanted)).expect("a key");
            assert_eq!(found.key.private_key().to_bytes(), wanted.private_key().to_bytes());
        }
        assert_eq!(
            find(&tree, "m/44'/1'/0'/0/0").map(|key| key.address.as_str()),
            Some("mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV")
        );
        assert_eq!(find(&tree, "m/44'/1'/0'/0").map(|key| key.children.len()), Some(3));
        assert!(find(&tree, "m/45'").is_none());
    }

    #[test]
    fn the_tree_of_a_network_has_its_coin_type() {
        let seed = Mnemonic::parse(ABANDON).expect("valid words").to_seed("");
        let cases = [
            (Params::mainnet(), "m/44'/0'/0'/0/0", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"),
            (Params::classroom("a"), "m/44'/1'/0'/0/0", "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV"),
        ];
        for (params, path, address) in cases {
            assert_eq!(first_path(&params), path);
            let tree = key_tree(&seed, 1, &params).expect("a tree");
            assert_eq!(find(&tree, path).map(|key| key.address.as_str()), Some(address));
        }
    }

    #[test]
    fn a_tree_is_bounded() {
        let tree = key_tree(&[7; 64], 1_000, &Params::regtest()).expect("a tree");
        assert_eq!(find(&tree, "m/44'/1'/0'/1").map(|key| key.children.len()), Some(MAX_LEAVES as usize));
    }
}
