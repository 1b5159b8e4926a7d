//! Many nodes in virtual time, from pinned seeds: whatever was done to its links, a network agrees
//! again when they heal.
#![cfg(not(target_arch = "wasm32"))]

mod sim_support;

use std::sync::Arc;

use sim_support::*;
use tabchain::ledger::Duration;
use tabchain::mempool::MempoolLimits;
use tabchain::node::{Config, Input, Node, Output, SplitMix64};
use tabchain::sim::{LinkConditions, NodeNumber, Simulation};

/// A story in which links are cut, slow and lossy while random nodes mine and pay.
fn turbulent_story(seed: u64) -> Simulation {
    let (mut sim, nodes) = network(seed, 6);
    let mut random = SplitMix64::new(seed ^ 0x5eed);
    mine(&mut sim, nodes[0], 6);
    for step in 0..60 {
        match random.below(10) {
            0 => sim.partition(&[&nodes[..2], &nodes[2..4]]),
            1 => sim.partition(&[&nodes[..1 + random.below(5) as usize]]),
            2 if random.percent(50) => sim.heal(),
            3 => sim.set_conditions(poor_links(30)),
            4 => sim.set_conditions(LinkConditions::default()),
            5 | 6 => {
                let node = nodes[random.below(6) as usize];
                let height = 1 + random.below(u64::from(sim.node(node).chain().height()) - 3) as u32;
                let transaction = payment(&sim, node, height, step);
                sim.submit(node, transaction);
            }
            _ => drop(sim.mine(nodes[random.below(6) as usize])),
        }
        sim.run_for(Duration::from_millis(random.below(9_000)));
        assert_within_limits(&sim);
    }
    sim
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let digests: Vec<_> = SEEDS[..3].iter().map(|seed| turbulent_story(*seed).digest()).collect();
    let again: Vec<_> = SEEDS[..3].iter().map(|seed| turbulent_story(*seed).digest()).collect();
    assert_eq!(digests, again);
    assert_ne!(digests[0], digests[1]);
}

#[test]
fn when_links_heal_all_tips_have_equal_work_and_one_more_block_makes_them_one() {
    for seed in SEEDS {
        let mut sim = turbulent_story(seed);
        sim.heal();
        sim.set_conditions(LinkConditions::default());
        sim.run_for(Duration::from_secs(180));
        assert_equal_work(&sim);
        sim.mine(NodeNumber(seed as usize % 6));
        sim.run_for(Duration::from_secs(5));
        assert!(sim.agrees(), "seed {seed}");
        assert_within_limits(&sim);
        let is_reorganisation =
            |output: &Output| matches!(output, Output::ChainUpdated(update) if update.is_reorganisation());
        let reorganised = sim.happenings().iter().filter(|happening| is_reorganisation(&happening.output)).count();
        assert!(reorganised > 0, "the story of seed {seed} is a turbulent one");
    }
}

#[test]
fn a_network_that_loses_every_fifth_frame_still_agrees() {
    for seed in &SEEDS[..3] {
        let mut sim = Simulation::new(params(), *seed);
        sim.set_conditions(poor_links(20));
        let nodes = sim.add_linked_nodes(5);
        sim.run_for(Duration::from_secs(60));
        mine(&mut sim, nodes[0], 10);
        mine(&mut sim, nodes[3], 10);
        sim.run_for(Duration::from_secs(180));
        assert_equal_work(&sim);
        assert!(sim.node(nodes[1]).chain().height() >= 10);
    }
}

// main   1 - 2 - 3 - 4 - 5        (nodes 0, 1)
//                  \ 4'- 5'- 6'   (nodes 2, 3)
#[test]
fn after_a_partition_the_side_with_more_work_wins_and_payments_wait_again() {
    let (mut sim, nodes) = network(7, 4);
    mine(&mut sim, nodes[0], 3);
    mine(&mut sim, nodes[0], 3);
    sim.partition(&[&nodes[..2], &nodes[2..]]);
    let paid = payment(&sim, nodes[0], 1, 1);
    let txid = paid.txid();
    sim.submit(nodes[0], paid);
    mine(&mut sim, nodes[0], 2);
    mine(&mut sim, nodes[2], 3);
    assert!(sim.node(nodes[1]).chain().find_transaction(&txid).is_some());
    assert!(!sim.agrees());
    sim.heal();
    sim.run_for(Duration::from_secs(60));
    assert!(sim.agrees());
    assert_eq!(sim.node(nodes[0]).chain().height(), 9);
    assert!(sim.node(nodes[0]).mempool().contains(&txid), "what was in a block waits again");
    let reorganised = sim.happenings().iter().any(|happening| {
        matches!(&happening.output, Output::ChainUpdated(update) if happening.node == nodes[1] && update.disconnected.len() == 2)
    });
    assert!(reorganised);
    mine(&mut sim, nodes[0], 1);
    assert!(sim.node(nodes[3]).chain().find_transaction(&txid).is_some());
}

#[test]
fn of_two_tips_with_equal_work_the_first_seen_stays_and_both_are_kept() {
    let (mut sim, nodes) = network(8, 2);
    mine(&mut sim, nodes[0], 1);
    sim.partition(&[&nodes[..1]]);
    let one = sim.mine(nodes[0]);
    let other = sim.mine(nodes[1]);
    sim.run_for(Duration::from_secs(1));
    sim.heal();
    sim.run_for(Duration::from_secs(90));
    assert_eq!(sim.node(nodes[0]).chain().tip().hash, one);
    assert_eq!(sim.node(nodes[1]).chain().tip().hash, other);
    for node in &nodes {
        assert_eq!(sim.node(*node).chain().tips().len(), 2);
        assert!(sim.node(*node).chain().block(&one).is_some() && sim.node(*node).chain().block(&other).is_some());
    }
}

#[test]
fn a_late_joiner_fetches_the_chain_from_several_peers_and_the_payments_that_wait() {
    let (mut sim, nodes) = network(9, 3);
    for _ in 0..300 {
        sim.mine(nodes[0]);
        sim.run_for(Duration::from_millis(100));
    }
    sim.run_for(Duration::from_secs(2));
    let parent = payment(&sim, nodes[0], 1, 1);
    let txid = parent.txid();
    sim.submit(nodes[1], parent);
    sim.run_for(Duration::from_secs(2));
    assert!(sim.agrees());

    let late = sim.add_node("late");
    for node in &nodes {
        sim.link(late, *node);
    }
    sim.run_for(Duration::from_millis(200));
    let progress = sim.node(late).sync_progress();
    assert_eq!(progress.headers, 300);
    let asked = sim.node(late).peers().iter().filter(|peer| peer.blocks_in_flight > 0).count();
    assert!(asked > 1, "blocks are fetched from several peers: {progress:?}");
    sim.run_for(Duration::from_secs(10));
    assert!(sim.agrees());
    assert!(sim.node(late).mempool().contains(&txid));
    assert_eq!(sim.node(late).sync_progress().downloading, 0);
    assert_eq!(sim.stored(late).len(), 300);
}

#[test]
fn more_than_two_thousand_headers_come_in_batches() {
    let mut sim = Simulation::new(params(), 10);
    let old = sim.add_node("old");
    for _ in 0..2_100 {
        sim.mine(old);
    }
    let young = sim.add_node("young");
    sim.link(young, old);
    sim.run_for(Duration::from_secs(60));
    assert!(sim.agrees());
    assert_eq!(sim.node(young).chain().height(), 2_100);
}

#[test]
fn stored_blocks_replay_into_the_same_chain() {
    let mut sim = turbulent_story(12);
    sim.heal();
    sim.run_for(Duration::from_secs(120));
    for number in sim.numbers() {
        let mempool = MempoolLimits::default();
        let config = Config { params: Arc::new(params()), user_agent: "/reopened/".into(), seed: 1, mempool };
        let mut reopened = Node::new(config);
        for block in sim.stored(number) {
            let outputs = reopened.handle(sim.now(), Input::Replay(block.as_ref().clone()));
            let is_loud = |output: &Output| {
                matches!(output, Output::StoreBlock(_) | Output::Send { .. } | Output::BlockRejected { .. })
            };
            assert!(!outputs.iter().any(is_loud), "nothing is stored, sent or refused");
        }
        assert_eq!(reopened.chain().tip().hash, sim.node(number).chain().tip().hash);
    }
}

// Two payments of one coin, said to different ends of a slow network: each node keeps the one it saw
// first, and the next block decides.
#[test]
fn of_a_double_spend_each_node_keeps_the_first_it_saw_until_a_block_decides() {
    let (mut sim, nodes) = network(14, 6);
    mine(&mut sim, nodes[0], 5);
    sim.set_conditions(LinkConditions {
        latency_min: Duration::from_millis(1_000),
        latency_max: Duration::from_millis(1_500),
        loss_percent: 0,
    });
    let (one, other) = (payment(&sim, nodes[0], 1, 1), payment(&sim, nodes[0], 1, 2));
    let (one_id, other_id) = (one.txid(), other.txid());
    sim.submit(nodes[0], one);
    sim.submit(nodes[5], other);
    sim.run_for(Duration::from_secs(10));
    for node in &nodes {
        let mempool = sim.node(*node).mempool();
        assert!(mempool.contains(&one_id) != mempool.contains(&other_id), "exactly one");
    }
    assert!(sim.node(nodes[0]).mempool().contains(&one_id) && sim.node(nodes[5]).mempool().contains(&other_id));
    let named = sim.happenings().iter().any(|happening| {
        matches!(&happening.output, Output::TransactionRejected { rule, from: Some(_), .. } if *rule == "txn-mempool-conflict")
    });
    assert!(named, "the loser is refused with the rule named");
    sim.set_conditions(LinkConditions::default());
    mine(&mut sim, nodes[5], 1);
    sim.run_for(Duration::from_secs(5));
    assert!(sim.agrees());
    for node in &nodes {
        assert!(sim.node(*node).mempool().is_empty());
        assert!(sim.node(*node).chain().find_transaction(&other_id).is_some());
    }
}
