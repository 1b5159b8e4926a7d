//! Networks with liars in them: whatever they say, no good block, header or payment is spoilt by
//! it, and no honest node is left by another for it.
#![cfg(not(target_arch = "wasm32"))]

mod false_twin;
mod sim_support;

use std::sync::Arc;

use sim_support::*;
use tabchain::node::{Input, Output};
use tabchain::sim::{NodeNumber, Simulation};
use tabchain::wire::Message;

/// No node has left another, or been left by one, for what it said.
fn assert_honest_nodes_stay_linked(sim: &Simulation, nodes: &[NodeNumber]) {
    for node in nodes {
        let names: Vec<String> = sim.node(*node).peers().iter().map(|peer| peer.name.clone()).collect();
        for other in nodes.iter().filter(|other| *other != node) {
            assert!(names.contains(&sim.node(*other).name().to_owned()), "{node:?} is linked to {names:?} only");
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
            sim.run_for(tabchain::ledger::Duration::from_secs(2));
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
