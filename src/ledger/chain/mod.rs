//! The chain: the block tree, the active chain through it, and the coins of the active chain.
//!
//! The active chain is the one with the most work whose blocks are all here and valid; of two
//! with equal work the one that was seen first stays (whitepaper section 5). When another gets
//! ahead, blocks are disconnected down to the fork and the others connected; where one of those
//! breaks a rule, it is remembered as invalid and everything is as it was before.
//!
//! Architecture Invariant: what is public here changes the state only in [`Chain::accept_header`],
//! [`Chain::accept_block`] and [`Chain::replay`], and each either does so wholly or not at all.

mod accept;
mod activate;
mod checks;
mod query;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::checked::Spends;
use super::index::{BlockTree, Id};
use super::{BlockHash, ChainUpdate, CheckedBlock, Params, SortedSet, Transaction, Txid, UtxoSet, Work};

/// Most blocks kept that are not in the active chain. Past it only blocks are taken that are on the
/// best header chain, or on one with more work than the active one.
pub const MAX_SIDE_BLOCKS: usize = 2_000;

/// What became of a block that was given to the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockAccepted {
    /// Its name.
    pub hash: BlockHash,
    /// How the active chain changed, if it did.
    pub update: ChainUpdate,
    /// Whether it was not here before.
    pub is_new: bool,
}

/// The block tree, the active chain, and its coins.
#[derive(Clone, Debug)]
pub struct Chain {
    params: Arc<Params>,
    tree: BlockTree,
    /// By height.
    active: Vec<Id>,
    /// By height, as `active`.
    checked: Vec<Arc<CheckedBlock>>,
    /// Heights of blocks of the active chain with witnesses that were not checked, the lowest first.
    unchecked: Vec<u32>,
    utxo: UtxoSet,
    /// Height and index of every transaction of the active chain.
    transactions: BTreeMap<Txid, (u32, usize)>,
    best_header: Id,
    /// Entries without children.
    leaves: SortedSet<Id>,
    /// Blocks whose chain is all here and has more work than the active one.
    candidates: SortedSet<Candidate>,
    /// Blocks here that are not active.
    side_blocks: usize,
}

/// Orders by work, and among equals puts the one that came first last.
type Candidate = (Work, std::cmp::Reverse<Id>);

impl Chain {
    /// The chain that has only its genesis block.
    pub fn new(params: Arc<Params>) -> Self {
        let genesis = Arc::new(params.genesis.clone());
        let txids: Vec<Txid> = genesis.transactions.iter().map(Transaction::txid).collect();
        let tree = BlockTree::new(&genesis);
        let mut transactions = BTreeMap::new();
        transactions.extend(txids.iter().zip(0..).map(|(txid, index)| (*txid, (0, index))));
        let hash = params.genesis_hash();
        // As in Core, the coins of the genesis block are not in the set: they cannot be spent.
        let checked = CheckedBlock::from_rules(genesis, hash, 0, txids, Spends::default());
        Self {
            params,
            tree,
            active: vec![0],
            checked: vec![Arc::new(checked)],
            unchecked: Vec::new(),
            utxo: UtxoSet::default(),
            transactions,
            best_header: 0,
            leaves: [0].into_iter().collect(),
            candidates: SortedSet::new(),
            side_blocks: 0,
        }
    }

    fn tip_id(&self) -> Id {
        self.active.last().copied().unwrap_or_default()
    }
}
