//! Networks with liars in them: whatever they say, no good block, header or payment is spoilt by
//! it, and no honest node is left by another for it.
#![cfg(not(target_arch = "wasm32"))]

mod false_twin;
mod sim_support;

use std::sync::Arc;

use sim_support::*;
use tabchain::ledger::{Amount, Block, BlockHash, Duration, Header, OutPoint, Transaction, Txid};
use tabchain::node::{BLOCK_TIMEOUT, Input, MAX_ORPHANS, Output, SplitMix64, TRANSACTION_TIMEOUT};
use tabchain::sim::{NodeNumber, Simulation, Stranger};
use tabchain::wire::{Inventory, Message, Reject, RejectCode, user_agent};

/// No node has left another, or been left by one, for what it said.
fn assert_honest_nodes_stay_linked(sim: &Simulation, nodes: &[NodeNumber]) {
    for node in nodes {
        let names: Vec<String> = sim.node(*node).peers().iter().map(|peer| peer.name.clone()).collect();
        for other in nodes.iter().filter(|other| *other != node) {
            let agent = sim.node(*other).user_agent();
            let is_there = names.iter().any(|name| user_agent(name, "") == agent);
            assert!(is_there, "{node:?} is linked to {names:?} only");
        }
    }
}

#[test]
fn the_false_twin_of_a_good_block_sent_first_does_not_spoil_it() {
    for seed in SEEDS {
        for asked_first in [false, true] {
            let (mut sim, nodes) = network(seed, 3);
            mine(&mut sim, nodes[0], 5);
            let paid = payment(&sim, nodes[0], 1, seed);
            sim.submit(nodes[0], paid);
            let (good, twin) = false_twin::twins(sim.next_block(nodes[0]));
            let hash = good.block_hash();
            let liar = sim.link_stranger(nodes[2], "liar");
            shake_hands(&mut sim, liar, 3);
            if asked_first {
                // Then the liar is asked for the block, and the honest nodes are not.
                say(&mut sim, liar, &Message::Headers(vec![good.header]));
            }
            say(&mut sim, liar, &Message::Block(Arc::new(twin)));
            let refused = |output: &Output| matches!(output, Output::BlockRejected { rule: "bad-cb-missing", .. });
            assert!(sim.happenings().iter().any(|happening| refused(&happening.output)));
            assert!(!say(&mut sim, liar, &Message::Verack), "who made it is left");
            sim.input(nodes[0], Input::SubmitBlock(good));
            sim.run_for(Duration::from_secs(2));
            for node in &nodes {
                assert_eq!(
                    sim.node(*node).chain().tip().hash,
                    hash,
                    "seed {seed}, {node:?}, asked first {asked_first}"
                );
            }
            mine(&mut sim, nodes[2], 1);
            mine(&mut sim, nodes[0], 2);
            let heights: Vec<u32> = nodes.iter().map(|node| sim.node(*node).chain().height()).collect();
            assert_eq!(heights, [9, 9, 9]);
            assert!(sim.agrees());
            assert_honest_nodes_stay_linked(&sim, &nodes);
        }
    }
}

/// A liar with a link to one node, who comes back under another name when he is put out.
struct Liar {
    node: NodeNumber,
    link: Stranger,
    names: u64,
}

impl Liar {
    fn new(sim: &mut Simulation, node: NodeNumber) -> Self {
        let link = sim.link_stranger(node, "liar 0");
        let mut liar = Self { node, link, names: 0 };
        liar.shake_hands(sim);
        liar
    }

    fn shake_hands(&mut self, sim: &mut Simulation) {
        let nonce = 1_000 * (self.node.0 as u64 + 1) + self.names;
        shake_hands(sim, self.link, nonce);
    }

    fn say(&mut self, sim: &mut Simulation, message: &Message) {
        if !say(sim, self.link, message) {
            self.names += 1;
            self.link = sim.link_stranger(self.node, &format!("liar {}", self.names));
            self.shake_hands(sim);
            say(sim, self.link, message);
        }
        sim.hear(self.link);
    }

    /// Blocks under the header of a good one, each spoilt in another way.
    fn spoil(&mut self, sim: &mut Simulation, good: &Block, random: &mut SplitMix64) {
        if random.percent(30) {
            // Then he is asked for it, and sends another.
            self.say(sim, &Message::Headers(vec![good.header]));
        }
        let mut spoilt = good.clone();
        match random.below(4) {
            0 => spoilt.transactions.extend(good.transactions.last().cloned()),
            1 => spoilt.transactions[0].inputs[0].witness = vec![vec![7; 32]],
            2 => spoilt.transactions.truncate(good.transactions.len() - 1),
            _ => spoilt.transactions[0].outputs[0].value = Amount::from_sat(1),
        }
        self.say(sim, &Message::Block(Arc::new(spoilt)));
    }

    /// One of the lies that need no good block.
    fn lie(&mut self, sim: &mut Simulation, random: &mut SplitMix64) {
        let number = random.next_u64();
        match random.below(6) {
            0 => {
                let headers = withheld_headers(sim, self.node, 1 + random.below(4), number as u32);
                self.say(sim, &Message::Headers(headers));
            }
            1 => {
                for vout in 0..30 {
                    let coin = OutPoint { txid: Txid::hash(&number.to_le_bytes()), vout };
                    let orphan = Simulation::payment(&[coin], &[Amount::from_coins(1); 2], number);
                    self.say(sim, &Message::Tx(Arc::new(orphan)));
                }
            }
            2 => {
                let waiting: Vec<Txid> = sim.node(self.node).mempool().iter().map(|entry| entry.txid).collect();
                let hash = waiting.first().map(|txid| *txid.as_bytes());
                let reason = "bad-txns-in-belowout".to_owned();
                self.say(
                    sim,
                    &Message::Reject(Reject { message: "tx".into(), code: RejectCode::Invalid, reason, hash }),
                );
            }
            3 => {
                let tip = sim.node(self.node).chain().tip().hash;
                self.say(
                    sim,
                    &Message::NotFound(vec![Inventory::Block(tip), Inventory::Transaction(Txid::hash(b"x"))]),
                );
            }
            4 => {
                let unknown = (0..200_u64).map(|at| Txid::hash(&(number ^ at).to_le_bytes()));
                self.say(sim, &Message::Inv(unknown.map(Inventory::Transaction).collect()));
            }
            _ => self.say(sim, &Message::Inv(vec![Inventory::Block(BlockHash::hash(&number.to_le_bytes()))])),
        }
    }
}

/// Good headers on a node's tip whose blocks nobody has.
fn withheld_headers(sim: &Simulation, node: NodeNumber, count: u64, salt: u32) -> Vec<Header> {
    let chain = sim.node(node).chain();
    let mut parent = chain.tip().header;
    let mut headers = Vec::new();
    for _ in 0..count {
        let mut header = Header { prev_block_hash: parent.block_hash(), ..parent };
        header.time.0 += 600;
        header.nonce = salt;
        while header.block_hash().as_bytes()[31] >= 0x7f {
            header.nonce = header.nonce.wrapping_add(1);
        }
        headers.push(header);
        parent = header;
    }
    headers
}

fn with_witness(transaction: &Transaction) -> Transaction {
    let mut changed = transaction.clone();
    changed.inputs[0].witness = vec![vec![1; 32]];
    assert_eq!(changed.txid(), transaction.txid());
    changed
}

#[test]
fn with_a_liar_at_every_node_the_network_agrees_and_no_honest_link_is_lost() {
    for seed in SEEDS {
        let (mut sim, nodes) = network(seed, 4);
        let mut random = SplitMix64::new(seed ^ 0x11a7);
        mine(&mut sim, nodes[0], 20);
        let mut liars: Vec<Liar> = nodes.iter().map(|node| Liar::new(&mut sim, *node)).collect();
        let mut paid = Vec::new();
        for step in 1..=15_u32 {
            let node = nodes[random.below(4) as usize];
            let payment = payment(&sim, nodes[0], step, step.into());
            for liar in &mut liars {
                liar.say(&mut sim, &Message::Inv(vec![Inventory::Transaction(payment.txid())]));
                liar.say(&mut sim, &Message::Tx(Arc::new(with_witness(&payment))));
                liar.lie(&mut sim, &mut random);
            }
            paid.push(payment.txid());
            sim.submit(node, payment);
            sim.run_for(Duration::from_millis(random.below(3_000)));
            let miner = nodes[random.below(4) as usize];
            let mut good = sim.next_block(miner);
            let mut twin = None;
            if step % 5 == 0 && good.transactions.len() == 2 {
                let (changed, made) = false_twin::twins(good);
                paid.retain(|txid| *txid != payment_of(&sim, miner));
                (good, twin) = (changed, Some(made));
            }
            for liar in liars.iter_mut().filter(|liar| liar.node != miner) {
                match &twin {
                    Some(twin) => liar.say(&mut sim, &Message::Block(Arc::new(twin.clone()))),
                    None => liar.spoil(&mut sim, &good, &mut random),
                }
            }
            sim.input(miner, Input::SubmitBlock(good));
            sim.run_for(Duration::from_millis(random.below(20_000)));
            assert_within_limits(&sim);
        }
        sim.run_for(Duration::from_secs(180));
        mine(&mut sim, nodes[0], 1);
        sim.run_for(Duration::from_secs(120));
        assert!(sim.agrees(), "seed {seed}");
        assert_honest_nodes_stay_linked(&sim, &nodes);
        for node in &nodes {
            let (chain, mempool) = (sim.node(*node).chain(), sim.node(*node).mempool());
            for txid in &paid {
                let is_here = chain.find_transaction(txid).is_some() || mempool.contains(txid);
                assert!(is_here, "seed {seed}: {node:?} does not know {txid}");
            }
        }
    }
}

/// The only payment that a node's next block would hold.
fn payment_of(sim: &Simulation, node: NodeNumber) -> Txid {
    sim.node(node).mempool().iter().next().expect("one waits").txid
}

#[test]
fn a_payment_is_not_forgotten_for_another_of_its_name_with_a_witness() {
    let (mut sim, nodes) = network(31, 2);
    mine(&mut sim, nodes[0], 5);
    let paid = payment(&sim, nodes[0], 1, 1);
    let liar = sim.link_stranger(nodes[1], "liar");
    shake_hands(&mut sim, liar, 31);
    // Asked for it, he sends the other; unasked, too.
    say(&mut sim, liar, &Message::Inv(vec![Inventory::Transaction(paid.txid())]));
    say(&mut sim, liar, &Message::Tx(Arc::new(with_witness(&paid))));
    say(&mut sim, liar, &Message::Tx(Arc::new(with_witness(&paid))));
    let txid = paid.txid();
    sim.submit(nodes[0], paid);
    sim.run_for(Duration::from_secs(2));
    assert!(sim.node(nodes[1]).mempool().contains(&txid));
    assert!(say(&mut sim, liar, &Message::Ping(1)), "what this node can't judge is no fault");
}

#[test]
fn who_tells_of_a_payment_again_and_again_and_never_sends_it_delays_it_once() {
    let (mut sim, nodes) = network(32, 2);
    mine(&mut sim, nodes[0], 5);
    let paid = payment(&sim, nodes[0], 1, 1);
    let txid = paid.txid();
    let told = Message::Inv(vec![Inventory::Transaction(txid)]);
    let late = sim.add_node("late");
    let liar = sim.link_stranger(late, "liar");
    sim.link(late, nodes[0]);
    sim.run_for(Duration::from_secs(2));
    shake_hands(&mut sim, liar, 32);
    say(&mut sim, liar, &told);
    sim.submit(nodes[0], paid);
    for _ in 0..TRANSACTION_TIMEOUT.millis / 1_000 + 2 {
        sim.run_for(Duration::from_secs(1));
        say(&mut sim, liar, &told);
    }
    assert!(sim.node(late).mempool().contains(&txid));
}

#[test]
fn who_tells_of_blocks_first_and_never_sends_them_delays_the_first_only() {
    let (mut sim, nodes) = network(33, 2);
    mine(&mut sim, nodes[0], 5);
    let late = sim.add_node("late");
    let liar = sim.link_stranger(late, "liar");
    sim.link(late, nodes[0]);
    sim.run_for(Duration::from_secs(2));
    shake_hands(&mut sim, liar, 33);
    for round in 0..5 {
        let block = sim.next_block(nodes[0]);
        let hash = block.block_hash();
        say(&mut sim, liar, &Message::Headers(vec![block.header]));
        sim.input(nodes[0], Input::SubmitBlock(block));
        sim.run_for(Duration::from_secs(1));
        if round == 0 {
            assert_ne!(sim.node(late).chain().tip().hash, hash, "he was asked, as he told of it first");
            sim.run_for(BLOCK_TIMEOUT);
        }
        assert_eq!(sim.node(late).chain().tip().hash, hash, "round {round}");
    }
}

// 5 - N1 - N2      (the honest nodes)
//   \ W1 .. W100   (headers only, from a liar)
#[test]
fn a_long_chain_of_headers_without_blocks_hides_no_honest_block() {
    let (mut sim, nodes) = network(34, 3);
    mine(&mut sim, nodes[0], 5);
    let withheld = withheld_headers(&sim, nodes[0], 10, 1);
    for node in &nodes {
        let liar = sim.link_stranger(*node, "liar");
        shake_hands(&mut sim, liar, 34 + node.0 as u64);
        say(&mut sim, liar, &Message::Headers(withheld.clone()));
    }
    sim.run_for(Duration::from_secs(90));
    for node in &nodes {
        let hash = sim.mine(*node);
        sim.run_for(Duration::from_secs(2));
        assert!(nodes.iter().all(|other| sim.node(*other).chain().tip().hash == hash), "mined by {node:?}");
    }
    // Who joins now gets blocks and payments, though no one sends the blocks of the best header.
    let late = sim.add_node("late");
    let liar = sim.link_stranger(late, "liar");
    shake_hands(&mut sim, liar, 39);
    let chain = sim.node(nodes[0]).chain();
    let below = (1..=5).filter_map(|height| chain.checked(height)).map(|checked| checked.block().header);
    let headers: Vec<Header> = below.chain(withheld.iter().copied()).collect();
    say(&mut sim, liar, &Message::Headers(headers));
    sim.link(late, nodes[0]);
    let paid = payment(&sim, nodes[0], 1, 1);
    let txid = paid.txid();
    sim.submit(nodes[0], paid);
    sim.run_for(Duration::from_secs(60));
    assert!(sim.agrees());
    assert!(sim.node(late).mempool().contains(&txid));
    assert_honest_nodes_stay_linked(&sim, &nodes);
}

#[test]
fn a_flood_of_orphans_pushes_out_the_flooders_own() {
    let (mut sim, nodes) = network(35, 1);
    mine(&mut sim, nodes[0], 5);
    let parent = payment(&sim, nodes[0], 1, 1);
    let honest = sim.link_stranger(nodes[0], "honest");
    shake_hands(&mut sim, honest, 35);
    say(&mut sim, honest, &Message::Tx(Arc::new(child(&parent, 2))));
    let liar = sim.link_stranger(nodes[0], "liar");
    shake_hands(&mut sim, liar, 36);
    for number in 0..3 * MAX_ORPHANS as u32 {
        let coin = OutPoint { txid: Txid::hash(&number.to_le_bytes()), vout: 0 };
        let orphan = Simulation::payment(&[coin], &[Amount::from_coins(1); 2], number.into());
        say(&mut sim, liar, &Message::Tx(Arc::new(orphan)));
    }
    assert_eq!(sim.node(nodes[0]).load().orphans, MAX_ORPHANS);
    say(&mut sim, honest, &Message::Tx(Arc::new(parent.clone())));
    assert!(sim.node(nodes[0]).mempool().contains(&child(&parent, 2).txid()));
}

#[test]
fn blocks_that_nobody_asked_for_take_no_room_from_those_that_were() {
    let (mut sim, nodes) = network(36, 1);
    let liar_node = sim.add_node("miner of the liar");
    for _ in 0..200 {
        sim.mine(liar_node);
    }
    let blocks: Vec<Block> = (1..=200)
        .filter_map(|height| sim.node(liar_node).chain().checked(height))
        .map(|checked| checked.block().clone())
        .collect();
    let liar = sim.link_stranger(nodes[0], "liar");
    shake_hands(&mut sim, liar, 37);
    say(&mut sim, liar, &Message::Headers(blocks.iter().map(|block| block.header).collect()));
    for block in &blocks[1..] {
        say(&mut sim, liar, &Message::Block(Arc::new(block.clone())));
        let load = sim.node(nodes[0]).load();
        assert!(load.blocks_on_their_way <= 32, "{load:?}");
    }
}

#[test]
fn who_says_nothing_keeps_nobody_out() {
    let (mut sim, nodes) = network(37, 2);
    for number in 0..200 {
        sim.link_stranger(nodes[0], &format!("mute {number}"));
    }
    let late = sim.add_node("late");
    sim.link(late, nodes[0]);
    sim.run_for(Duration::from_secs(2));
    mine(&mut sim, nodes[1], 1);
    assert!(sim.agrees());
    assert_honest_nodes_stay_linked(&sim, &nodes);
}
