//! What holds of every chain and every transaction, whatever happens to them.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::BTreeSet;

use bitcoin::consensus::encode::{deserialize, serialize};
use bitcoin::hashes::Hash;
use common::{Key, Story, anyone, assert_coins_are_right, coin, spend};
use proptest::prelude::*;
use tabchain::ledger::{
    Amount, Block, Encodable, Header, OutPoint, Script, Transaction, TxIn, TxOut, Txid, decode_exact,
};
use tabchain::mempool::{Mempool, MempoolLimits};

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..=most)
}

fn our_transaction() -> impl Strategy<Value = Transaction> {
    let input = (any::<[u8; 32]>(), any::<u32>(), bytes(120), any::<u32>(), prop::collection::vec(bytes(80), 0..3))
        .prop_map(|(txid, vout, script, sequence, witness)| TxIn {
            prevout: OutPoint { txid: Txid::from_bytes(txid), vout },
            script_sig: Script::from_bytes(script),
            sequence,
            witness,
        });
    let output = (any::<u64>(), bytes(60))
        .prop_map(|(sat, script)| TxOut { value: Amount::from_sat(sat), script_pubkey: Script::from_bytes(script) });
    let inputs = prop::collection::vec(input, 1..4);
    let outputs = prop::collection::vec(output, 0..4);
    (any::<i32>(), inputs, outputs, any::<u32>()).prop_map(|(version, inputs, outputs, lock_time)| Transaction {
        version,
        inputs,
        outputs,
        lock_time,
    })
}

fn their_transaction() -> impl Strategy<Value = bitcoin::Transaction> {
    let input = (any::<[u8; 32]>(), any::<u32>(), bytes(300), any::<u32>(), prop::collection::vec(bytes(300), 0..4))
        .prop_map(|(txid, vout, script, sequence, witness)| bitcoin::TxIn {
            previous_output: bitcoin::OutPoint { txid: bitcoin::Txid::from_byte_array(txid), vout },
            script_sig: bitcoin::ScriptBuf::from_bytes(script),
            sequence: bitcoin::Sequence(sequence),
            witness: bitcoin::Witness::from_slice(&witness),
        });
    let output = (any::<u64>(), bytes(300)).prop_map(|(sat, script)| bitcoin::TxOut {
        value: bitcoin::Amount::from_sat(sat),
        script_pubkey: bitcoin::ScriptBuf::from_bytes(script),
    });
    let inputs = prop::collection::vec(input, 1..4);
    let outputs = prop::collection::vec(output, 0..4);
    (any::<i32>(), inputs, outputs, any::<u32>()).prop_map(|(version, input, output, lock_time)| bitcoin::Transaction {
        version: bitcoin::transaction::Version(version),
        lock_time: bitcoin::absolute::LockTime::from_consensus(lock_time),
        input,
        output,
    })
}

proptest! {
    #[test]
    fn our_transactions_are_theirs(ours in our_transaction()) {
        let bytes = ours.to_bytes();
        let theirs: bitcoin::Transaction = deserialize(&bytes).expect("they read what we write");
        prop_assert_eq!(serialize(&theirs), bytes.clone());
        prop_assert_eq!(theirs.compute_txid().to_string(), ours.txid().to_string());
        prop_assert_eq!(theirs.total_size(), ours.total_size());
        prop_assert_eq!(theirs.weight().to_wu(), ours.weight() as u64);
        prop_assert_eq!(theirs.vsize(), ours.vsize());
        prop_assert_eq!(theirs.is_coinbase(), ours.is_coinbase());
        prop_assert_eq!(decode_exact::<Transaction>(&bytes), Ok(ours));
    }

    #[test]
    fn their_transactions_are_ours(theirs in their_transaction()) {
        let bytes = serialize(&theirs);
        let ours: Transaction = decode_exact(&bytes).expect("we read what they write");
        prop_assert_eq!(ours.to_bytes(), bytes);
        prop_assert_eq!(ours.txid().to_string(), theirs.compute_txid().to_string());
        prop_assert_eq!(ours.total_size(), theirs.total_size());
        prop_assert_eq!(ours.weight() as u64, theirs.weight().to_wu());
    }

    #[test]
    fn blocks_are_read_alike(
        transactions in prop::collection::vec(our_transaction(), 1..4),
        time in any::<u32>(),
        bits in any::<u32>(),
        version in any::<i32>(),
    ) {
        let genesis = tabchain::ledger::Params::regtest().genesis;
        let header = Header { time: tabchain::ledger::BlockTime(time), bits, version, ..genesis.header };
        let mut block = Block { header, transactions };
        block.header.merkle_root = {
            let txids: Vec<_> = block.transactions.iter().map(Transaction::txid).collect();
            tabchain::ledger::merkle_root_of_txids(&txids).root
        };
        let theirs: bitcoin::Block = deserialize(&block.to_bytes()).expect("they read what we write");
        prop_assert_eq!(theirs.block_hash().to_string(), block.block_hash().to_string());
        prop_assert!(theirs.check_merkle_root());
        prop_assert_eq!(theirs.weight().to_wu(), block.weight() as u64);
        prop_assert_eq!(theirs.total_size(), block.total_size());
        prop_assert_eq!(serialize(&theirs), block.to_bytes());
        prop_assert_eq!(decode_exact::<Block>(&block.to_bytes()), Ok(block));
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in bytes(600)) {
        // What is read at all is read as they read it.
        if let Ok(transaction) = decode_exact::<Transaction>(&bytes) {
            prop_assert_eq!(transaction.to_bytes(), bytes.clone());
        }
        if let Ok(header) = decode_exact::<Header>(&bytes) {
            prop_assert_eq!(header.to_bytes(), bytes.clone());
        }
        let _ = decode_exact::<Block>(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let _ = text.parse::<Txid>();
        let _ = text.parse::<Amount>();
        let _ = tabchain::ledger::from_hex(&text);
    }

    #[test]
    fn a_cut_or_changed_transaction_is_read_as_they_read_it(
        ours in our_transaction(),
        at in any::<prop::sample::Index>(),
        change in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = ours.to_bytes();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] ^= change }
        let theirs = deserialize::<bitcoin::Transaction>(&bytes).ok().map(|it| it.compute_txid().to_string());
        let read = decode_exact::<Transaction>(&bytes).ok();
        prop_assert_eq!(read.map(|it| it.txid().to_string()), theirs);
    }

    #[test]
    fn the_compact_form_of_any_target_is_stable(bits in any::<u32>()) {
        use tabchain::ledger::{Target, difficulty};
        let theirs = bitcoin::CompactTarget::from_consensus(bits);
        prop_assert!(difficulty(bits) >= 0.0);
        if let Some(target) = Target::from_bits(bits) {
            prop_assert_eq!(target.as_be_bytes(), bitcoin::Target::from_compact(theirs).to_be_bytes());
            prop_assert_eq!(Target::from_bits(target.to_bits()), Some(target));
            prop_assert_eq!(target.work().as_be_bytes(), bitcoin::Target::from_compact(theirs).to_work().to_be_bytes());
        }
    }
}

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    /// A block on some known block, with some of the transactions waiting.
    Mine { parent: prop::sample::Index, most: usize },
    /// A payment of some coin of the active chain or the pool to so many outputs.
    Pay { coin: prop::sample::Index, outputs: u64, fee: u64 },
    /// A block that takes too much, on some known block.
    Cheat { parent: prop::sample::Index },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        // Mostly near the tip, so that chains grow and compete.
        6 => (any::<prop::sample::Index>(), 0..6_usize).prop_map(|(parent, most)| Step::Mine { parent, most }),
        6 => (any::<prop::sample::Index>(), 1..4_u64, 0..50_000_u64)
            .prop_map(|(coin, outputs, fee)| Step::Pay { coin, outputs, fee }),
        1 => any::<prop::sample::Index>().prop_map(|parent| Step::Cheat { parent }),
    ];
    prop::collection::vec(step, 1..60)
}

/// A story with a pool that follows it.
struct World {
    story: Story,
    pool: Mempool,
    names: Vec<String>,
    tag: u64,
}

impl World {
    fn new() -> Self {
        let mut story = Story::default();
        let last = story.run("b", "genesis", 6);
        let limits = MempoolLimits { max_bytes: 2_000, max_chain: 6, ..MempoolLimits::default() };
        Self { story, pool: Mempool::new(limits), names: vec!["b4".into(), "b5".into(), last], tag: 1_000 }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Mine { parent, most } => self.mine(parent, *most, 0),
            Step::Cheat { parent } => self.mine(parent, 0, 1),
            Step::Pay { coin, outputs, fee } => self.pay(coin, *outputs, *fee),
        }
        self.check();
    }

    fn mine(&mut self, parent: &prop::sample::Index, most: usize, too_much: u64) {
        let from = self.names.len().saturating_sub(4);
        let parent = parent.get(&self.names[from..]).clone();
        let chosen = self.pool.select(10_000);
        let fees: u64 = chosen.iter().take(most).map(|entry| entry.fee.to_sat()).sum();
        let transactions: Vec<_> = chosen.iter().take(most).map(|entry| Transaction::clone(&entry.tx)).collect();
        let mut block = self.story.draft(&parent, transactions);
        let subsidy = block.transactions[0].outputs[0].value.to_sat();
        block.transactions[0].outputs[0].value = Amount::from_sat(subsidy + fees + too_much);
        common::commit_and_solve(&mut block);
        let name = format!("r{}", self.tag);
        self.tag += 1;
        let before = (self.story.chain.tip().hash, self.story.chain.utxo().clone());
        self.story.name(&name, &parent, block);
        match self.story.give(&name) {
            Ok(update) => {
                let now = self.story.now();
                self.pool.apply(&update, &self.story.chain, now);
                self.names.push(name);
            }
            Err(_) => assert_eq!((self.story.chain.tip().hash, self.story.chain.utxo().clone()), before),
        }
    }

    fn pay(&mut self, which: &prop::sample::Index, outputs: u64, fee: u64) {
        let confirmed = self.story.chain.utxo().iter().map(|(outpoint, coin)| (*outpoint, coin.output.value.to_sat()));
        let waiting = self.pool.iter().flat_map(|entry| {
            let outputs = entry.tx.outputs.iter().zip(0..);
            outputs.map(|(output, vout)| (coin(&entry.tx, vout), output.value.to_sat())).collect::<Vec<_>>()
        });
        let coins: Vec<_> = confirmed.chain(waiting).collect();
        let (outpoint, value) = *which.get(&coins);
        let each = value.saturating_sub(fee) / outputs;
        let outputs: Vec<_> = (0..outputs).map(|number| (each, anyone(self.tag * 10 + number))).collect();
        self.tag += 1;
        let now = self.story.now();
        let before = (self.pool.len(), self.pool.bytes());
        if self.pool.add(spend(&[outpoint], &outputs), &self.story.chain, now).is_err() {
            assert_eq!((self.pool.len(), self.pool.bytes()), before, "a refusal changes nothing");
        }
    }

    fn check(&self) {
        assert_coins_are_right(&self.story.chain);
        assert_pool_is_right(&self.pool, &self.story);
    }
}

/// No conflicts, nothing confirmed, every coin there, every sum right, never too large.
fn assert_pool_is_right(pool: &Mempool, story: &Story) {
    let mut spent = BTreeSet::new();
    let (mut bytes, mut fees) = (0, 0);
    let mut last_rate = f64::INFINITY;
    for entry in pool.iter() {
        assert!(story.chain.find_transaction(&entry.txid).is_none(), "nothing confirmed waits");
        for input in &entry.tx.inputs {
            assert!(spent.insert(input.prevout), "no two spend one coin");
            assert_eq!(pool.spender_of(&input.prevout), Some(entry.txid));
            let has_coin = story.chain.utxo().get(&input.prevout).is_some() || pool.contains(&input.prevout.txid);
            assert!(has_coin, "every coin is there");
        }
        assert!(entry.fee_rate() <= last_rate + 1e-9, "the highest fee rate first");
        last_rate = entry.fee_rate();
        (bytes, fees) = (bytes + entry.size, fees + entry.fee.to_sat());
        for (package, relatives) in
            [(entry.ancestors, pool.ancestors_of(&entry.txid)), (entry.descendants, pool.descendants_of(&entry.txid))]
        {
            let members: Vec<_> = relatives.iter().chain([&entry.txid]).filter_map(|txid| pool.get(txid)).collect();
            assert_eq!(package.count, members.len());
            assert_eq!(package.weight, members.iter().map(|member| member.weight).sum::<usize>());
            assert_eq!(package.fee.to_sat(), members.iter().map(|member| member.fee.to_sat()).sum::<u64>());
            assert!(package.count <= pool.limits().max_chain);
        }
    }
    assert_eq!((pool.bytes(), pool.fees().to_sat(), pool.len()), (bytes, fees, pool.iter().count()));
    assert!(bytes <= pool.limits().max_bytes);
    // What is chosen for a block is valid in this order.
    let mut before = BTreeSet::new();
    for entry in pool.select(usize::MAX) {
        for input in &entry.tx.inputs {
            let confirmed = story.chain.utxo().get(&input.prevout).is_some();
            assert!(confirmed || before.contains(&input.prevout.txid), "parents come first");
        }
        before.insert(entry.txid);
    }
    assert_eq!(before.len(), pool.len(), "with room for all, all are chosen");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn coins_and_pool_are_right_whatever_happens(steps in steps()) {
        let mut world = World::new();
        for step in &steps {
            world.run(step);
        }
    }

    #[test]
    fn connecting_and_disconnecting_is_the_identity(steps in steps(), depth in 1..5_usize) {
        let mut world = World::new();
        for step in &steps {
            world.run(step);
        }
        // Any history, then a longer branch from `depth` blocks below the tip, then the old one made
        // longest again: at its old tip the coins are what they were.
        let chain = &world.story.chain;
        let tip = chain.tip().hash;
        let before = chain.utxo().clone();
        let fork = chain.ancestor(&tip, chain.height().saturating_sub(depth as u32)).expect("known").hash;
        let block = chain.block(&fork).expect("active");
        let height = chain.index(&fork).expect("known").height;
        world.story.name_at("fork", height, Block::clone(&block));
        let mut last = "fork".to_owned();
        for number in 0..=depth {
            let name = format!("f{number}");
            let block = world.story.draft(&last, vec![]);
            world.story.name(&name, &last, block);
            world.story.give(&name).expect("a good block");
            last = name;
        }
        prop_assert!(!world.story.chain.is_active(&tip));
        assert_coins_are_right(&world.story.chain);
        let (old, height) = {
            let entry = world.story.chain.index(&tip).expect("known");
            (Block::clone(&world.story.chain.block(&tip).expect("kept")), entry.height)
        };
        world.story.name_at("old", height, old);
        let mut last = "old".to_owned();
        let mut update = None;
        for number in 0..2 {
            let name = format!("o{number}");
            let block = world.story.draft(&last, vec![]);
            world.story.name(&name, &last, block);
            update = Some(world.story.give(&name).expect("a good block"));
            last = name;
        }
        prop_assert!(update.is_some_and(|update| update.is_reorganisation()));
        prop_assert!(world.story.chain.is_active(&tip));
        // Without what the last two blocks made, and with what they spent (nothing), as before.
        let above: BTreeSet<Txid> = ["o0", "o1"].iter().map(|name| world.story.get(name).transactions[0].txid()).collect();
        let now: Vec<_> = world.story.chain.utxo().iter().filter(|(outpoint, _)| !above.contains(&outpoint.txid)).collect();
        prop_assert_eq!(now, before.iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_signed_payment_is_signed_for_them_too() {
    let mut story = Story::default();
    story.run("b", "genesis", 4);
    let key = Key::new(7);
    let locked = spend(&[story.reward("b1")], &[(1_000_000, key.script())]);
    let mut payment = spend(&[coin(&locked, 0)], &[(900_000, anyone(1))]);
    key.sign(&mut payment, 0);
    let theirs: bitcoin::Transaction = deserialize(&payment.to_bytes()).expect("they read what we write");
    let script = bitcoin::ScriptBuf::from_bytes(key.script().as_bytes().to_vec());
    let hash = bitcoin::sighash::SighashCache::new(&theirs)
        .legacy_signature_hash(0, &script, bitcoin::EcdsaSighashType::All.to_u32())
        .expect("an input");
    let pushes: Vec<_> = theirs.input[0].script_sig.instructions().filter_map(Result::ok).collect();
    let signature = bitcoin::ecdsa::Signature::from_slice(pushes[0].push_bytes().expect("a push").as_bytes());
    let signature = signature.expect("a signature of theirs");
    let public = bitcoin::PublicKey::from_slice(pushes[1].push_bytes().expect("a push").as_bytes()).expect("a key");
    let message = bitcoin::secp256k1::Message::from_digest(hash.to_byte_array());
    let secp = bitcoin::secp256k1::Secp256k1::verification_only();
    secp.verify_ecdsa(&message, &signature.signature, &public.inner).expect("they agree that it is signed");
}
