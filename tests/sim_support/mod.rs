//! What the stories of simulated networks share.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use tabchain::ledger::{Amount, Duration, OutPoint, Params, Transaction};
use tabchain::node::Load;
use tabchain::sim::{LinkConditions, MIN_PAYMENT_FEE, NodeNumber, Simulation, Stranger};
use tabchain::wire::{Message, NetAddress, PROTOCOL_VERSION, Version};

/// Seeds that every run of these tests uses; one that found a fault stays here for ever.
pub const SEEDS: [u64; 6] = [1, 2, 3, 20_090_103, 0xdead_beef, u64::MAX];

/// Regtest, but for a maturity that a short story can wait for.
pub fn params() -> Params {
    Params { coinbase_maturity: 3, ..Params::regtest() }
}

pub fn network(seed: u64, count: usize) -> (Simulation, Vec<NodeNumber>) {
    let mut sim = Simulation::new(params(), seed);
    let nodes = sim.add_linked_nodes(count);
    sim.run_for(Duration::from_secs(1));
    (sim, nodes)
}

pub fn mine(sim: &mut Simulation, node: NodeNumber, blocks: u32) {
    for _ in 0..blocks {
        sim.mine(node);
        sim.run_for(Duration::from_secs(1));
    }
}

pub fn poor_links(loss_percent: u64) -> LinkConditions {
    let (latency_min, latency_max) = (Duration::from_millis(5), Duration::from_millis(800));
    LinkConditions { latency_min, latency_max, loss_percent }
}

pub fn assert_within_limits(sim: &Simulation) {
    for number in sim.numbers() {
        let load = sim.node(number).load();
        assert!(load.is_within_limits(), "{number:?}: {load:?} of {:?}", Load::limits());
    }
}

pub fn assert_equal_work(sim: &Simulation) {
    let works: Vec<_> = sim.numbers().map(|number| sim.node(number).chain().tip().chain_work).collect();
    assert!(works.iter().all(|work| *work == works[0]), "{works:?}");
}

/// A payment of the coinbase at `height`, to two outputs.
pub fn payment(sim: &Simulation, node: NodeNumber, height: u32, tag: u64) -> Transaction {
    let (coin, value) = sim.coinbase_coin(node, height).expect("the block is there");
    let half = Amount::from_sat(value.to_sat() / 2);
    let rest = half.checked_sub(MIN_PAYMENT_FEE).expect("a coinbase is worth more than a fee");
    Simulation::payment(&[coin], &[half, rest], tag)
}

/// A payment of the first output of `parent`.
pub fn child(parent: &Transaction, tag: u64) -> Transaction {
    let coin = OutPoint { txid: parent.txid(), vout: 0 };
    let value = parent.outputs[0].value.checked_sub(MIN_PAYMENT_FEE).expect("worth more than a fee");
    Simulation::payment(&[coin], &[value], tag)
}

/// A version message of someone who is no node.
pub fn version_of(nonce: u64) -> Message {
    Message::Version(Box::new(Version {
        protocol: PROTOCOL_VERSION,
        services: 1,
        time: 0,
        receiver: NetAddress::default(),
        sender: NetAddress::default(),
        nonce,
        user_agent: "/stranger:1/".into(),
        start_height: 0,
        relay: true,
    }))
}

/// What one side of a handshake says.
pub fn handshake(nonce: u64) -> [Message; 3] {
    [version_of(nonce), Message::Verack, Message::SendHeaders]
}

pub fn say(sim: &mut Simulation, stranger: Stranger, message: &Message) -> bool {
    sim.say(stranger, message.encode(params().magic))
}

pub fn shake_hands(sim: &mut Simulation, stranger: Stranger, nonce: u64) {
    for message in handshake(nonce) {
        assert!(say(sim, stranger, &message));
    }
}

pub fn heard(sim: &mut Simulation, stranger: Stranger) -> Vec<Message> {
    let frames = sim.hear(stranger);
    frames.iter().filter_map(|frame| Message::decode(frame, params().magic).ok()).collect()
}
