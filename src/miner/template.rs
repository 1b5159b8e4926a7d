//! The next block, but for its proof of work.

use std::sync::Arc;

use super::coinbase::coinbase;
use crate::ledger::{
    Amount, Block, BlockHash, BlockTime, Encodable, Header, MerkleBranch, MerkleNode, Script, Target, Transaction,
};

/// Version bits with none set (BIP-0009).
const BLOCK_VERSION: i32 = 0x2000_0000;

/// A block without a nonce that fits.
#[derive(Clone, Debug)]
pub struct BlockTemplate {
    header: Header,
    target: [u8; 32],
    coinbase: Transaction,
    payments: Vec<Arc<Transaction>>,
    /// The way from the coinbase to the Merkle root: it does not depend on the coinbase itself, so
    /// that a new extra nonce costs as many hashes as there are levels.
    branch: MerkleBranch,
    fees: Amount,
    parts: CoinbaseParts,
}

/// What the coinbase is made of, to make it again with another extra nonce.
#[derive(Clone, Debug)]
struct CoinbaseParts {
    height: u32,
    tag: String,
    script_pubkey: Script,
    reward: Amount,
}

/// What a template is made of, for those who have no chain at hand.
#[derive(Clone, Debug)]
pub struct TemplateParts {
    /// The block to build on.
    pub parent: BlockHash,
    /// Height of the new block.
    pub height: u32,
    /// Its header's time.
    pub time: BlockTime,
    /// Its compact target; one that means no target can't be met.
    pub bits: u32,
    /// New coins that its coinbase may make.
    pub subsidy: Amount,
    /// Payments in block order, parents first, each with its fee.
    pub payments: Vec<(Arc<Transaction>, Amount)>,
    /// Who is paid.
    pub script_pubkey: Script,
    /// The miner's name, see [`miner_tag`](super::miner_tag).
    pub tag: String,
    /// A number that only makes this coinbase differ.
    pub extra_nonce: u64,
}

impl BlockTemplate {
    /// A template of these parts.
    pub fn new(parts: TemplateParts) -> Self {
        // The sum of fees of payments that are valid together is in range; else the block would be invalid anyway.
        let fees = Amount::sum(parts.payments.iter().map(|(_, fee)| *fee)).unwrap_or(Amount::ZERO);
        let reward = parts.subsidy.checked_add(fees).unwrap_or(parts.subsidy);
        let payments: Vec<_> = parts.payments.into_iter().map(|(payment, _)| payment).collect();
        let unknown_coinbase = std::iter::once(MerkleNode::ZERO);
        let leaves: Vec<MerkleNode> = unknown_coinbase.chain(payments.iter().map(|p| p.txid().into())).collect();
        let header = Header {
            version: BLOCK_VERSION,
            prev_block_hash: parts.parent,
            merkle_root: MerkleNode::ZERO,
            time: parts.time,
            bits: parts.bits,
            nonce: 0,
        };
        let target = Target::from_bits(parts.bits).map_or([0; 32], |target| target.as_be_bytes());
        let branch = MerkleBranch::new(&leaves, 0).expect("the coinbase is there");
        let script_pubkey = parts.script_pubkey;
        let parts_of_coinbase = CoinbaseParts { height: parts.height, tag: parts.tag, script_pubkey, reward };
        let coinbase = parts_of_coinbase.make(parts.extra_nonce);
        let mut template = Self { header, target, coinbase, payments, branch, fees, parts: parts_of_coinbase };
        template.set_merkle_root();
        template
    }

    /// The same with another extra nonce: another coinbase, so another header to try all nonces of.
    #[must_use]
    pub fn with_extra_nonce(&self, extra_nonce: u64) -> Self {
        let mut template = self.clone();
        template.coinbase = self.parts.make(extra_nonce);
        template.set_merkle_root();
        template
    }

    /// The header; its nonce is 0.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The header's bytes.
    pub fn header_bytes(&self) -> [u8; Header::SIZE] {
        self.header.to_bytes().try_into().expect("a header has 80 bytes")
    }

    /// The hash must not be above this: big-endian.
    pub const fn target(&self) -> [u8; 32] {
        self.target
    }

    /// The block it builds on.
    pub const fn parent(&self) -> BlockHash {
        self.header.prev_block_hash
    }

    /// Its height.
    pub const fn height(&self) -> u32 {
        self.parts.height
    }

    /// The coinbase.
    pub const fn coinbase(&self) -> &Transaction {
        &self.coinbase
    }

    /// Its transactions without the coinbase.
    pub fn payments(&self) -> &[Arc<Transaction>] {
        &self.payments
    }

    /// Fees of all payments.
    pub const fn fees(&self) -> Amount {
        self.fees
    }

    /// What the coinbase pays: subsidy and fees.
    pub const fn reward(&self) -> Amount {
        self.parts.reward
    }

    /// The block with this nonce.
    pub fn block(&self, nonce: u32) -> Block {
        let payments = self.payments.iter().map(|payment| Transaction::clone(payment));
        Block {
            header: Header { nonce, ..self.header },
            transactions: std::iter::once(self.coinbase.clone()).chain(payments).collect(),
        }
    }

    fn set_merkle_root(&mut self) {
        self.header.merkle_root = self.branch.root_of(self.coinbase.txid().into());
    }
}

impl CoinbaseParts {
    fn make(&self, extra_nonce: u64) -> Transaction {
        coinbase(self.height, extra_nonce, &self.tag, self.reward, &self.script_pubkey)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ledger::{TxIn, TxOut, merkle_root_of_txids};
    use crate::miner::{mine_block_now, miner_tag};

    /// A template on `parent` with so many made-up payments, at regtest's target.
    pub(in crate::miner) fn template(parent: u8, payments: u32) -> BlockTemplate {
        let payment = |number: u32| {
            let value = Amount::from_sat(u64::from(number));
            let output = TxOut { value, script_pubkey: Script::default() };
            let transaction =
                Transaction { version: 1, inputs: Vec::<TxIn>::new(), outputs: vec![output], lock_time: number };
            (Arc::new(transaction), Amount::from_sat(10))
        };
        BlockTemplate::new(TemplateParts {
            parent: BlockHash::from_bytes([parent; 32]),
            height: u32::from(parent) + 1,
            time: BlockTime(1_700_000_000),
            bits: 0x207f_ffff,
            subsidy: Amount::from_coins(50),
            payments: (0..payments).map(payment).collect(),
            script_pubkey: Script::default(),
            tag: "Amber Fox".to_owned(),
            extra_nonce: 0,
        })
    }

    #[test]
    fn the_branch_gives_the_merkle_root_for_any_number_of_payments() {
        for payments in 0..20 {
            let block = template(1, payments).with_extra_nonce(77).block(0);
            let txids: Vec<_> = block.transactions.iter().map(Transaction::txid).collect();
            assert_eq!(block.header.merkle_root, merkle_root_of_txids(&txids).root, "{payments} payments");
        }
    }

    #[test]
    fn another_extra_nonce_is_another_header_and_nothing_else() {
        let one = template(1, 3);
        let other = one.with_extra_nonce(1);
        assert_ne!(one.header().merkle_root, other.header().merkle_root);
        assert_eq!(one.payments(), other.payments());
        assert_eq!(one.with_extra_nonce(1).header(), other.header());
        assert_eq!(other.with_extra_nonce(0).header(), one.header());
    }

    #[test]
    fn the_reward_is_subsidy_and_fees_and_the_block_is_signed_by_name() {
        let block = mine_block_now(&template(1, 3), 1000).expect("one in two nonces will do");
        let coinbase = &block.transactions[0];
        assert!(coinbase.is_coinbase());
        assert_eq!(coinbase.outputs[0].value, Amount::from_sat(50 * crate::ledger::COIN + 30));
        assert_eq!(miner_tag(coinbase).as_deref(), Some("Amber Fox"));
        assert_eq!(block.transactions.len(), 4);
        assert!(block.block_hash().as_bytes()[31] < 0x80);
    }
}
