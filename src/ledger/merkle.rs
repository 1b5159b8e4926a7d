//! The Merkle tree of a block's transactions: one root in the header commits to them all, and a
//! branch of a few hashes proves that one is among them (whitepaper sections 7 and 8).
//!
//! Where a level has an odd number of nodes, the last is paired with itself. So a block with its
//! last transactions repeated can have the same root as the one without (CVE-2012-2459):
//! [`MerkleRoot::mutated`] tells such a list, which must be refused without branding the block's
//! hash as invalid, as the true block has the same hash.

use super::{MerkleNode, Txid};

/// A computed root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MerkleRoot {
    /// The root; zero for no leaves.
    pub root: MerkleNode,
    /// Whether two equal nodes were paired somewhere, not counting the last with itself.
    pub mutated: bool,
}

/// The node above two.
pub fn merkle_parent(left: &MerkleNode, right: &MerkleNode) -> MerkleNode {
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(left.as_bytes());
    bytes[32..].copy_from_slice(right.as_bytes());
    MerkleNode::hash(&bytes)
}

/// The root over `leaves`, and whether the list is a mutation (Core `ComputeMerkleRoot`).
pub fn merkle_root(leaves: &[MerkleNode]) -> MerkleRoot {
    let mut level = leaves.to_vec();
    let mut mutated = false;
    while level.len() > 1 {
        mutated |= level.chunks_exact(2).any(|pair| pair[0] == pair[1]);
        level = level_above(&level);
    }
    MerkleRoot { root: level.first().copied().unwrap_or(MerkleNode::ZERO), mutated }
}

/// The root over transaction ids.
pub fn merkle_root_of_txids(txids: &[Txid]) -> MerkleRoot {
    merkle_root(&txids.iter().copied().map(MerkleNode::from).collect::<Vec<_>>())
}

/// Every level of the tree, the leaves first and the root last, for drawing.
pub fn merkle_levels(leaves: &[MerkleNode]) -> Vec<Vec<MerkleNode>> {
    let mut levels = vec![leaves.to_vec()];
    while let Some(level) = levels.last().filter(|level| level.len() > 1) {
        levels.push(level_above(level));
    }
    levels
}

/// A proof that a leaf is under a root: its place, and its sibling at every level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MerkleBranch {
    /// The leaf's index among the leaves, from 0.
    pub index: usize,
    /// Siblings, the leaf's own first.
    pub siblings: Vec<MerkleNode>,
}

impl MerkleBranch {
    /// The branch of the leaf at `index`, or none where there is no such leaf.
    pub fn new(leaves: &[MerkleNode], index: usize) -> Option<Self> {
        leaves.get(index)?;
        let mut siblings = Vec::new();
        let mut level = leaves.to_vec();
        let mut at = index;
        while level.len() > 1 {
            siblings.push(*level.get(at ^ 1).or_else(|| level.get(at))?);
            level = level_above(&level);
            at /= 2;
        }
        Some(Self { index, siblings })
    }

    /// The root that the leaf and these siblings lead to.
    pub fn root_of(&self, leaf: MerkleNode) -> MerkleNode {
        let mut at = self.index;
        self.siblings.iter().fold(leaf, |node, sibling| {
            let is_right = at % 2 == 1;
            at /= 2;
            if is_right { merkle_parent(sibling, &node) } else { merkle_parent(&node, sibling) }
        })
    }

    /// Whether this proves that `leaf` is under `root`.
    pub fn proves(&self, leaf: MerkleNode, root: MerkleNode) -> bool {
        self.root_of(leaf) == root
    }
}

fn level_above(level: &[MerkleNode]) -> Vec<MerkleNode> {
    level.chunks(2).map(|pair| merkle_parent(&pair[0], pair.last().unwrap_or(&pair[0]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u8) -> Vec<MerkleNode> {
        (0..count).map(|number| MerkleNode::hash(&[number])).collect()
    }

    #[test]
    fn the_root_of_one_transaction_is_its_id_and_of_none_is_zero() {
        assert_eq!(merkle_root(&leaves(1)), MerkleRoot { root: leaves(1)[0], mutated: false });
        assert_eq!(merkle_root(&[]), MerkleRoot { root: MerkleNode::ZERO, mutated: false });
    }

    #[test]
    fn every_leaf_has_a_branch_that_proves_it_and_nothing_else() {
        for count in 1..20 {
            let all = leaves(count);
            let root = merkle_root(&all).root;
            for (index, leaf) in all.iter().enumerate() {
                let branch = MerkleBranch::new(&all, index).expect("the leaf exists");
                assert!(branch.proves(*leaf, root));
                assert!(!branch.proves(MerkleNode::hash(b"another"), root));
            }
            assert_eq!(MerkleBranch::new(&all, all.len()), None);
        }
    }

    #[test]
    fn the_last_level_drawn_is_the_root() {
        for count in 1..20 {
            let levels = merkle_levels(&leaves(count));
            assert_eq!(levels.last(), Some(&vec![merkle_root(&leaves(count)).root]));
        }
        assert_eq!(merkle_levels(&[]), vec![Vec::new()]);
    }

    #[test]
    fn a_repeated_tail_with_the_same_root_is_told_apart() {
        let all = leaves(6);
        let mut repeated = all.clone();
        repeated.extend_from_slice(&all[4..]);
        assert_eq!(merkle_root(&all).root, merkle_root(&repeated).root);
        assert!(!merkle_root(&all).mutated);
        assert!(merkle_root(&repeated).mutated);
    }
}
