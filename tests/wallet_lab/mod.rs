//! A chain to try wallets on: regtest's rules with a short maturity, blocks found in a few tries,
//! and a mempool that is a list.

mod random;

use std::sync::Arc;

use tabchain::keys::Address;
use tabchain::ledger::rules::block::{coinbase_height_script, txids_of};
use tabchain::ledger::{
    Amount, Block, BlockHash, BlockTime, Chain, ChainUpdate, FeeRate, Header, OutPoint, Params, Script, Time,
    Transaction, TxIn, TxOut, Txid, merkle_root_of_txids,
};
use tabchain::wallet::{PaymentPlan, PaymentRequest, Wallet};

/// Blocks until a reward can be spent.
pub const MATURITY: u32 = 3;

/// A chain, a mempool, and the wallets that follow both.
pub struct Lab {
    pub chain: Chain,
    pub wallets: Vec<Wallet>,
    pub pool: Vec<Arc<Transaction>>,
    pub params: Arc<Params>,
    clock: u64,
    blocks_made: u64,
}

impl Lab {
    /// With so many wallets.
    pub fn new(wallets: u8) -> Self {
        let params = Arc::new(Params { coinbase_maturity: MATURITY, ..Params::regtest() });
        let wallets = (0..wallets).map(|seed| Wallet::create([seed; 16], params.clone())).collect();
        let chain = Chain::new(params.clone());
        Self { chain, wallets, pool: Vec::new(), params, clock: 1_700_000_000_000, blocks_made: 0 }
    }

    /// The chain's height.
    pub fn height(&self) -> u32 {
        self.chain.height()
    }

    /// A block on any parent; `transactions` beside the coinbase, which pays to `script`.
    pub fn block_on(&mut self, parent: BlockHash, script: Script, transactions: Vec<Arc<Transaction>>) -> Block {
        let index = self.chain.index(&parent).expect("a known parent");
        let (height, time) = (index.height + 1, BlockTime(index.header.time.0 + 60));
        self.blocks_made += 1;
        let mut script_sig = coinbase_height_script(height);
        script_sig.push(8);
        script_sig.extend_from_slice(&self.blocks_made.to_le_bytes());
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
        let mut all = vec![coinbase];
        all.extend(transactions.iter().map(|tx| Transaction::clone(tx)));
        let header = Header {
            version: 0x2000_0000,
            prev_block_hash: parent,
            merkle_root: Default::default(),
            time,
            bits: self.chain.next_bits(&parent, time),
            nonce: 0,
        };
        let mut block = Block { header, transactions: all };
        block.header.merkle_root = merkle_root_of_txids(&txids_of(&block)).root;
        let target = tabchain::ledger::Target::from_bits(block.header.bits).expect("a valid target");
        while !target.is_met_by(&block.block_hash()) {
            block.header.nonce += 1;
        }
        block
    }

    /// Gives a block to the chain, and what changes to the wallets and the mempool.
    pub fn accept(&mut self, block: Block) -> ChainUpdate {
        self.clock += 1_000;
        let now = Time::from_millis(self.clock);
        let accepted = self.chain.accept_block(block, now).expect("a valid block");
        let update = accepted.update;
        for wallet in &mut self.wallets {
            wallet.apply(&update);
        }
        let mut candidates: Vec<Arc<Transaction>> = update
            .disconnected
            .iter()
            .rev()
            .flat_map(|block| block.block().transactions.iter().skip(1).cloned().map(Arc::new))
            .collect();
        candidates.append(&mut self.pool);
        for tx in candidates {
            let is_confirmed = self.chain.find_transaction(&tx.txid()).is_some();
            if !is_confirmed && !self.add_to_pool(tx.clone()) {
                self.wallets.iter_mut().for_each(|wallet| wallet.mempool_removed(&tx.txid()));
            }
        }
        update
    }

    /// Mines a block with the whole mempool.
    pub fn mine(&mut self, to: &Address) -> BlockHash {
        let pool = self.pool.clone();
        self.mine_with(to, pool)
    }

    /// Mines so many blocks.
    pub fn mine_many(&mut self, count: u32, to: &Address) {
        for _ in 0..count {
            self.mine(to);
        }
    }

    /// Mines a block with these.
    pub fn mine_with(&mut self, to: &Address, transactions: Vec<Arc<Transaction>>) -> BlockHash {
        let block = self.block_on(self.chain.tip().hash, to.script_pubkey(), transactions);
        let hash = block.block_hash();
        self.accept(block);
        hash
    }

    /// Replaces the last `depth` blocks by one more than that, empty ones.
    pub fn reorganise(&mut self, depth: u32, to: &Script) {
        let mut parent = self.chain.active_hash(self.height() - depth).expect("deep enough");
        for _ in 0..=depth {
            let block = self.block_on(parent, to.clone(), Vec::new());
            parent = block.block_hash();
            self.accept(block);
        }
        assert_eq!(self.chain.tip().hash, parent);
    }

    /// Where a coin comes from: the chain or the mempool.
    fn coin(&self, outpoint: &OutPoint) -> Option<Amount> {
        let pooled = self.pool.iter().find(|tx| tx.txid() == outpoint.txid);
        match (self.chain.utxo().get(outpoint), pooled) {
            (Some(coin), _) if coin.spendable_at(MATURITY) <= self.height() + 1 => Some(coin.output.value),
            (Some(_), _) | (None, None) => None,
            (None, Some(tx)) => tx.outputs.get(outpoint.vout as usize).map(|output| output.value),
        }
    }

    /// Adds a transaction to the mempool, if its coins are there and nothing else there spends them.
    pub fn add_to_pool(&mut self, tx: Arc<Transaction>) -> bool {
        let is_taken = |outpoint: &OutPoint| {
            self.pool.iter().any(|other| other.inputs.iter().any(|input| input.prevout == *outpoint))
        };
        let coins: Option<Vec<Amount>> =
            tx.inputs.iter().map(|input| self.coin(&input.prevout).filter(|_| !is_taken(&input.prevout))).collect();
        let Some(fee) =
            coins.and_then(Amount::sum).zip(tx.output_value()).and_then(|(spent, made)| spent.checked_sub(made))
        else {
            return false;
        };
        self.clock += 1;
        let now = Time::from_millis(self.clock);
        self.wallets.iter_mut().for_each(|wallet| wallet.mempool_added(&tx, fee, now));
        self.pool.push(tx);
        true
    }

    /// Signs a wallet's payment and gives it to the mempool.
    pub fn pay(&mut self, from: usize, request: &PaymentRequest) -> Arc<Transaction> {
        let plan = self.wallets[from].preview(request, self.height()).expect("can be paid");
        self.send(from, &plan)
    }

    /// Signs a plan and gives it to the mempool.
    pub fn send(&mut self, from: usize, plan: &PaymentPlan) -> Arc<Transaction> {
        let tx = Arc::new(self.wallets[from].sign(plan).expect("own coins"));
        assert!(self.add_to_pool(tx.clone()), "the mempool takes it");
        tx
    }

    /// An address of someone who has no wallet here.
    pub fn foreign_address(&self) -> Address {
        Wallet::create([0xff; 16], self.params.clone()).current_address()
    }

    /// Whether a transaction is in the mempool.
    pub fn is_pooled(&self, txid: &Txid) -> bool {
        self.pool.iter().any(|tx| tx.txid() == *txid)
    }
}

/// Pays an amount at 2 satoshis a byte.
pub fn request(to: Address, amount: &str) -> PaymentRequest {
    PaymentRequest {
        recipients: vec![(to, amount.parse().expect("an amount"))],
        fee_rate: FeeRate::from_sat_per_vb(2),
        ..PaymentRequest::default()
    }
}
