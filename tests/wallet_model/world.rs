//! What all lives have in common: the first blocks, a bank with coins, and the keys of some words.

use std::collections::HashMap;
use std::sync::Arc;

use tabchain::keys::{Address, ChildNumber, PrivateKey, sign_ecdsa};
use tabchain::ledger::rules::block::{coinbase_height_script, txids_of};
use tabchain::ledger::sighash::{SIGHASH_ALL, legacy_sighash};
use tabchain::ledger::{
    Amount, Block, BlockHash, BlockTime, Chain, Encodable, Hash160, Header, Network, OutPoint, Params, Script, Target,
    Time, Transaction, TxIn, TxOut, merkle_root_of_txids,
};
use tabchain::wallet::{Branch, Wallet};

pub const ROOM: &str = "model";
/// Wallets that lives begin with.
pub const WALLETS: usize = 4;
/// Keys of each row that the model knows.
pub const KEYS: u32 = 420;
/// Coins of the bank, of one coin each.
pub const BANK_COINS: u32 = 90;
/// The first moment, in milliseconds.
const BEGIN: u64 = 1_800_000_000_000;

/// Where a key is: its row and which of the row.
pub type Place = (Branch, u32);

/// The keys of one wallet, all that could ever matter.
pub struct Keys {
    pub entropy: [u8; 16],
    pub places: HashMap<Hash160, Place>,
    pub hashes: HashMap<Place, Hash160>,
}

pub struct World {
    pub params: Arc<Params>,
    pub first_blocks: Vec<Vec<u8>>,
    pub begin: Time,
    pub keys: Vec<Keys>,
    /// The transaction whose outputs are the bank's coins.
    pub bank: OutPoint,
    bank_key: PrivateKey,
}

impl World {
    pub fn new() -> Self {
        let params = Arc::new(Params::new(Network::Regtest, ROOM));
        let bank_key = PrivateKey::from_bytes(&[7; 32]).expect("a key");
        let keys: Vec<Keys> = (1..=WALLETS as u8).map(|number| Keys::new([number; 16], &params)).collect();
        let begin = Time::from_millis(BEGIN);
        let mut world =
            Self { params: params.clone(), first_blocks: Vec::new(), begin, keys, bank: OutPoint::NULL, bank_key };
        let mut chain = Chain::new(params);
        let bank = world.bank_script();
        for number in 0..104_u32 {
            // Each wallet has one reward, old enough to be spent.
            let script = match world.keys.get(number as usize) {
                Some(keys) => Script::pay_to_pubkey_hash(&keys.hashes[&(Branch::Receive, 0)]),
                None => bank.clone(),
            };
            let block = world.block(&chain, chain.tip().hash, script, Vec::new(), u64::from(number));
            world.first_blocks.push(block.to_bytes());
            chain.accept_block(block, begin).expect("valid");
        }
        // The bank's rewards of blocks 5 and 6 become many coins.
        let inputs: Vec<OutPoint> = [5, 6]
            .iter()
            .map(|height| OutPoint { txid: chain.checked(*height).expect("active").txids()[0], vout: 0 })
            .take(2)
            .collect();
        // Only the first four are mature at 105; so many more blocks are needed.
        for number in 104..108_u64 {
            let block = world.block(&chain, chain.tip().hash, bank.clone(), Vec::new(), number);
            world.first_blocks.push(block.to_bytes());
            chain.accept_block(block, begin).expect("valid");
        }
        let outputs = vec![TxOut { value: coin(1), script_pubkey: bank.clone() }; BANK_COINS as usize];
        let spread = world.bank_signs(inputs, outputs);
        world.bank = OutPoint { txid: spread.txid(), vout: 0 };
        let block = world.block(&chain, chain.tip().hash, bank, vec![spread], 108);
        world.first_blocks.push(block.to_bytes());
        chain.accept_block(block, begin).expect("valid");
        world
    }

    pub fn bank_script(&self) -> Script {
        Address::from_public_key(&self.bank_key.public_key(), &self.params).script_pubkey()
    }

    pub fn bank_address(&self) -> String {
        Address::from_public_key(&self.bank_key.public_key(), &self.params).to_string()
    }

    /// A transaction that spends coins of the bank.
    pub fn bank_signs(&self, coins: Vec<OutPoint>, outputs: Vec<TxOut>) -> Transaction {
        let input = |prevout| TxIn {
            prevout,
            script_sig: Script::from_bytes(Vec::new()),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        };
        let mut tx = Transaction { version: 2, inputs: coins.into_iter().map(input).collect(), outputs, lock_time: 0 };
        let scripts: Vec<Script> = (0..tx.inputs.len())
            .map(|at| {
                let hash = legacy_sighash(&tx, at, &self.bank_script(), SIGHASH_ALL);
                let mut signature = sign_ecdsa(&self.bank_key, &hash).to_der();
                signature.push(SIGHASH_ALL as u8);
                let key = self.bank_key.public_key().to_bytes();
                let mut script = vec![signature.len() as u8];
                script.extend(signature);
                script.push(key.len() as u8);
                script.extend(key);
                Script::from_bytes(script)
            })
            .collect();
        tx.inputs.iter_mut().zip(scripts).for_each(|(input, script)| input.script_sig = script);
        tx
    }

    /// A block on any parent; `mark` makes it another than its siblings.
    pub fn block(
        &self,
        chain: &Chain,
        parent: BlockHash,
        script: Script,
        transactions: Vec<Transaction>,
        mark: u64,
    ) -> Block {
        let index = chain.index(&parent).expect("a known parent");
        let height = index.height + 1;
        let mut script_sig = coinbase_height_script(height);
        script_sig.push(8);
        script_sig.extend_from_slice(&mark.to_le_bytes());
        let coinbase = Transaction {
            version: 2,
            inputs: vec![TxIn {
                prevout: OutPoint::NULL,
                script_sig: Script::from_bytes(script_sig),
                sequence: TxIn::SEQUENCE_FINAL,
                witness: Vec::new(),
            }],
            outputs: vec![TxOut { value: self.params.subsidy(height), script_pubkey: script }],
            lock_time: 0,
        };
        let time = BlockTime((BEGIN / 1000) as u32 + height);
        let mut header = Header {
            version: 0x2000_0000,
            prev_block_hash: parent,
            merkle_root: Default::default(),
            time,
            bits: chain.next_bits(&parent, time),
            nonce: 0,
        };
        let mut all = vec![coinbase];
        all.extend(transactions);
        let mut block = Block { header, transactions: all };
        header.merkle_root = merkle_root_of_txids(&txids_of(&block)).root;
        let target = Target::from_bits(header.bits).expect("a valid target");
        while !target.is_met_by(&header.block_hash()) {
            header.nonce += 1;
        }
        block.header = header;
        block
    }
}

impl Keys {
    fn new(entropy: [u8; 16], params: &Arc<Params>) -> Self {
        let account = Wallet::create(entropy, params.clone()).account_public_key();
        let (mut places, mut hashes) = (HashMap::new(), HashMap::new());
        for branch in [Branch::Receive, Branch::Change] {
            let row = account.child(ChildNumber::from_raw(branch.number())).expect("exists");
            for index in 0..KEYS {
                let hash = row.child(ChildNumber::from_raw(index)).expect("exists").public_key().hash();
                places.insert(hash, (branch, index));
                hashes.insert((branch, index), hash);
            }
        }
        Self { entropy, places, hashes }
    }
}

pub fn coin(coins: u64) -> Amount {
    Amount::from_sat(coins * 100_000_000)
}
