//! Builds blocks and transactions for tests: a small network that mines in microseconds.

#![allow(dead_code, reason = "every test file uses its own part of this")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature, SigningKey};
use tabchain::ledger::rules::coinbase_height_script;
use tabchain::ledger::sighash::{SIGHASH_ALL, legacy_sighash};
use tabchain::ledger::{
    Amount, Block, BlockError, BlockHash, BlockTime, COIN, Chain, ChainUpdate, Encodable, Header, MerkleNode, OutPoint,
    Params, Script, Target, Time, Transaction, TxIn, TxOut, hash160, merkle_root, merkle_root_of_txids, sha256d,
};

/// A folder of test vectors, or none, said loudly.
pub fn vectors() -> Option<PathBuf> {
    let folder = std::env::var_os("TABCHAIN_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no test vectors at {}; set TABCHAIN_VECTORS", folder.display());
    None
}

/// Regtest with coinbases that mature after three blocks.
pub fn small_params() -> Params {
    Params { coinbase_maturity: 3, ..Params::regtest() }
}

/// A script that anyone can spend with an empty unlocking script; scripts of different tags differ.
pub fn anyone(tag: u64) -> Script {
    let mut bytes = vec![8];
    bytes.extend_from_slice(&tag.to_le_bytes());
    // OP_DROP OP_TRUE
    bytes.extend_from_slice(&[0x75, 0x51]);
    Script::from_bytes(bytes)
}

/// A transaction input with nothing to unlock.
pub fn input(prevout: OutPoint) -> TxIn {
    TxIn { prevout, script_sig: Script::default(), sequence: TxIn::SEQUENCE_FINAL, witness: Vec::new() }
}

/// A transaction that spends coins anyone can spend.
pub fn spend(coins: &[OutPoint], outputs: &[(u64, Script)]) -> Transaction {
    Transaction {
        version: 2,
        inputs: coins.iter().map(|coin| input(*coin)).collect(),
        outputs: outputs
            .iter()
            .map(|(sat, script)| TxOut { value: Amount::from_sat(*sat), script_pubkey: script.clone() })
            .collect(),
        lock_time: 0,
    }
}

/// One of a transaction's coins.
pub fn coin(transaction: &Transaction, vout: u32) -> OutPoint {
    OutPoint { txid: transaction.txid(), vout }
}

/// A key of tests, by number.
pub struct Key(SigningKey);

impl Key {
    pub fn new(number: u8) -> Self {
        let mut bytes = [0; 32];
        bytes[31] = number.max(1);
        Self(SigningKey::from_slice(&bytes).expect("a small number is a key"))
    }

    pub fn public(&self) -> Vec<u8> {
        self.0.verifying_key().to_sec1_point(true).as_bytes().to_vec()
    }

    /// Its pay-to-public-key-hash script.
    pub fn script(&self) -> Script {
        Script::pay_to_pubkey_hash(&hash160(&self.public()))
    }

    /// Signs one input of a transaction that spends a coin of [`Key::script`].
    pub fn sign(&self, transaction: &mut Transaction, at: usize) {
        let hash = legacy_sighash(transaction, at, &self.script(), SIGHASH_ALL);
        let signature: Signature = self.0.sign_prehash(&hash).expect("a hash can be signed");
        let signature = signature.normalize_s();
        let mut der = signature.to_der().as_bytes().to_vec();
        der.push(SIGHASH_ALL as u8);
        let mut script = vec![der.len() as u8];
        script.extend_from_slice(&der);
        let public = self.public();
        script.push(public.len() as u8);
        script.extend_from_slice(&public);
        transaction.inputs[at].script_sig = Script::from_bytes(script);
    }
}

/// Sets the root, and tries nonces until the header's own target is met.
pub fn commit_and_solve(block: &mut Block) {
    let txids: Vec<_> = block.transactions.iter().map(Transaction::txid).collect();
    block.header.merkle_root = merkle_root_of_txids(&txids).root;
    solve(&mut block.header);
}

/// Has a block's coinbase commit to the witnesses of its transactions (BIP-0141), and solves it.
pub fn commit_to_witnesses(block: &mut Block) {
    let others = block.transactions.iter().skip(1).map(|transaction| MerkleNode::hash(&transaction.to_bytes()));
    let root = merkle_root(&std::iter::once(MerkleNode::ZERO).chain(others).collect::<Vec<_>>()).root;
    let hash = sha256d(&[&root.as_bytes()[..], &[0; 32]].concat());
    let script = [&[0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed][..], &hash].concat();
    let output = TxOut { value: Amount::ZERO, script_pubkey: Script::from_bytes(script) };
    block.transactions[0].outputs.push(output);
    block.transactions[0].inputs[0].witness = vec![vec![0; 32]];
    commit_and_solve(block);
}

/// A chain whose block `unlocking` spends a witness program by a witness that is not run here, with `above` on it: after
/// as many blocks as a reward matures in, and `locking`.
pub fn story_with_unchecked_witnesses(params: Params) -> Story {
    let maturity = params.coinbase_maturity as usize;
    let mut story = Story::new(params);
    let tip = story.run("b", "genesis", maturity);
    let program = Script::from_bytes([&[0, 20][..], &[7; 20]].concat());
    let locking = spend(&[story.reward("b1")], &[(50 * COIN, program)]);
    story.extend("locking", &tip, vec![locking.clone()]);
    let mut unlocking = spend(&[coin(&locking, 0)], &[(50 * COIN, anyone(1))]);
    unlocking.inputs[0].witness = vec![vec![1], vec![2]];
    let mut block = story.draft("locking", vec![unlocking]);
    commit_to_witnesses(&mut block);
    story.extend_with("unlocking", "locking", block);
    story.extend("above", "unlocking", vec![]);
    story
}

/// Tries nonces until the header's own target is met.
pub fn solve(header: &mut Header) {
    let target = Target::from_bits(header.bits).expect("a target that can be met");
    while !target.is_met_by(&header.block_hash()) {
        header.nonce = header.nonce.wrapping_add(1);
    }
}

/// Tries nonces until it is not met.
pub fn unsolve(header: &mut Header) {
    let target = Target::from_bits(header.bits).expect("a target");
    while target.is_met_by(&header.block_hash()) {
        header.nonce = header.nonce.wrapping_add(1);
    }
}

/// A block before it is committed to and solved.
pub fn block_on(
    params: &Params,
    parent: &Header,
    height: u32,
    bits: u32,
    tag: u64,
    reward: u64,
    transactions: Vec<Transaction>,
) -> Block {
    let mut script_sig = coinbase_height_script(height);
    script_sig.push(8);
    script_sig.extend_from_slice(&tag.to_le_bytes());
    let coinbase = Transaction {
        version: 1,
        inputs: vec![TxIn { script_sig: Script::from_bytes(script_sig), ..input(OutPoint::NULL) }],
        outputs: vec![TxOut { value: Amount::from_sat(reward), script_pubkey: anyone(tag) }],
        lock_time: 0,
    };
    let header = Header {
        version: 4,
        prev_block_hash: parent.block_hash(),
        merkle_root: Default::default(),
        time: BlockTime(parent.time.0 + params.spacing_secs),
        bits,
        nonce: 0,
    };
    let mut block = Block { header, transactions: std::iter::once(coinbase).chain(transactions).collect() };
    commit_and_solve(&mut block);
    block
}

/// A chain, and the blocks that are made for it, by name.
pub struct Story {
    pub chain: Chain,
    blocks: BTreeMap<String, (u32, Block)>,
    tags: u64,
    /// The latest time of a block.
    newest: u32,
}

impl Default for Story {
    fn default() -> Self {
        Self::new(small_params())
    }
}

impl Story {
    pub fn new(params: Params) -> Self {
        let newest = params.genesis.header.time.0;
        let blocks = BTreeMap::from([("genesis".to_owned(), (0, params.genesis.clone()))]);
        Self { chain: Chain::new(Arc::new(params)), blocks, tags: 0, newest }
    }

    /// A moment at which no block of these stories is too new.
    pub fn now(&self) -> Time {
        Time::from_millis(u64::from(self.newest) * 1000)
    }

    /// A number not used before.
    pub fn tag(&mut self) -> u64 {
        self.tags += 1;
        self.tags
    }

    pub fn get(&self, name: &str) -> &Block {
        &self.blocks.get(name).unwrap_or_else(|| panic!("no block {name}")).1
    }

    pub fn hash(&self, name: &str) -> BlockHash {
        self.get(name).block_hash()
    }

    /// A good block on the named parent, its coinbase paying the subsidy alone.
    pub fn draft(&mut self, parent: &str, transactions: Vec<Transaction>) -> Block {
        let (height, header) = {
            let (height, block) = &self.blocks[parent];
            (height + 1, block.header)
        };
        let tag = self.tag();
        let params = Arc::clone(self.chain.params());
        let time = BlockTime(header.time.0 + params.spacing_secs);
        let bits = self.chain.next_bits(&header.block_hash(), time);
        let reward = params.subsidy(height).to_sat();
        block_on(&params, &header, height, bits, tag, reward, transactions)
    }

    /// Names a block without giving it to the chain.
    pub fn name(&mut self, name: &str, parent: &str, block: Block) {
        let height = self.blocks[parent].0 + 1;
        self.name_at(name, height, block);
    }

    /// Names a block of known height.
    pub fn name_at(&mut self, name: &str, height: u32, block: Block) {
        self.newest = self.newest.max(block.header.time.0);
        self.blocks.insert(name.to_owned(), (height, block));
    }

    /// Gives a named block to the chain.
    pub fn give(&mut self, name: &str) -> Result<ChainUpdate, BlockError> {
        let (block, now) = (self.get(name).clone(), self.now());
        self.chain.accept_block(block, now).map(|accepted| accepted.update)
    }

    /// A good block on `parent` with these transactions, which becomes the tip.
    pub fn extend(&mut self, name: &str, parent: &str, transactions: Vec<Transaction>) -> ChainUpdate {
        let block = self.draft(parent, transactions);
        self.extend_with(name, parent, block)
    }

    /// A block on `parent` that becomes the tip.
    pub fn extend_with(&mut self, name: &str, parent: &str, block: Block) -> ChainUpdate {
        self.name(name, parent, block);
        let update = self.give(name).unwrap_or_else(|error| panic!("{name} was refused: {error}"));
        self.tip_is(name);
        update
    }

    /// A good block on `parent` that is kept beside the active chain.
    pub fn aside(&mut self, name: &str, parent: &str, transactions: Vec<Transaction>) {
        let block = self.draft(parent, transactions);
        self.aside_with(name, parent, block);
    }

    /// A block on `parent` that is kept beside the active chain.
    pub fn aside_with(&mut self, name: &str, parent: &str, block: Block) {
        let before = self.chain.tip().hash;
        self.name(name, parent, block);
        let update = self.give(name).unwrap_or_else(|error| panic!("{name} was refused: {error}"));
        assert!(update.is_empty(), "{name} should stay beside the active chain");
        assert_eq!(self.chain.tip().hash, before);
    }

    /// A block that is refused by this rule, the chain staying as it was.
    pub fn refuse(&mut self, name: &str, parent: &str, block: Block, rule: &str) -> BlockError {
        let before = (self.chain.tip().hash, self.chain.utxo().clone());
        self.name(name, parent, block);
        let error = self.give(name).expect_err(&format!("{name} should be refused by {rule}"));
        assert_eq!(error.rule(), rule, "{name}: {error}");
        assert_eq!(self.chain.tip().hash, before.0, "{name} changed the tip");
        assert_eq!(*self.chain.utxo(), before.1, "{name} changed the coins");
        error
    }

    pub fn tip_is(&self, name: &str) {
        if self.chain.tip().hash == self.hash(name) {
            return;
        }
        let named = self.blocks.iter().find(|(_, (_, block))| block.block_hash() == self.chain.tip().hash);
        let found = named.map_or("an unnamed block", |(name, _)| name);
        assert_eq!(found, name, "the tip");
    }

    /// Mines `count` blocks `prefix1..` on `parent`; tells the last one's name.
    pub fn run(&mut self, prefix: &str, parent: &str, count: usize) -> String {
        let mut last = parent.to_owned();
        for number in 1..=count {
            let name = format!("{prefix}{number}");
            self.extend(&name, &last, Vec::new());
            last = name;
        }
        last
    }

    /// The coinbase's coin of a named block.
    pub fn reward(&self, name: &str) -> OutPoint {
        coin(&self.get(name).transactions[0], 0)
    }
}

/// The coins of the active chain, computed anew from its blocks, the simplest way there is.
pub fn refold(chain: &Chain) -> BTreeMap<OutPoint, (TxOut, u32, bool)> {
    let mut coins = BTreeMap::new();
    for height in 1..=chain.height() {
        let block = chain.checked(height).expect("an active block").block();
        for transaction in &block.transactions {
            for input in &transaction.inputs {
                coins.remove(&input.prevout);
            }
            for (output, vout) in transaction.outputs.iter().zip(0..) {
                if output.script_pubkey.as_bytes().first() != Some(&0x6a) {
                    let outpoint = OutPoint { txid: transaction.txid(), vout };
                    coins.insert(outpoint, (output.clone(), height, transaction.is_coinbase()));
                }
            }
        }
    }
    coins
}

/// Holds a chain's coins to what its blocks say, and their sum to the subsidies.
pub fn assert_coins_are_right(chain: &Chain) {
    let refolded = refold(chain);
    let kept: BTreeMap<_, _> = chain
        .utxo()
        .iter()
        .map(|(outpoint, coin)| (*outpoint, (coin.output.clone(), coin.height, coin.coinbase)))
        .collect();
    assert_eq!(kept, refolded, "the coins are a refold of the active chain");
    let total: u64 = refolded.values().map(|(output, _, _)| output.value.to_sat()).sum();
    assert_eq!(chain.utxo().total().to_sat(), total, "the running total is the sum");
    assert!(total <= chain.params().subsidies_until(chain.height()).to_sat(), "no more money than was issued");
}
