//! A node and its peers: those that keep to the protocol, and those that do not. Nothing that a peer
//! says panics a node or makes anything grow past its limit.
#![cfg(not(target_arch = "wasm32"))]

mod sim_support;

use std::sync::Arc;

use sim_support::*;
use tabchain::ledger::{Amount, BlockHash, Duration, OutPoint, Params, Transaction, Txid, merkle_root_of_txids};
use tabchain::mempool::MempoolLimits;
use tabchain::node::{BAN_DURATION, Config, Input, Node, Output, PeerId, SplitMix64};
use tabchain::sim::{LinkConditions, Simulation, Stranger};
use tabchain::wire::{GetHeaders, Inventory, Message, RejectCode};

#[test]
fn a_block_is_stored_before_it_is_announced() {
    let (mut sim, nodes) = network(13, 3);
    let block = sim.next_block(nodes[0]);
    let config =
        Config { params: Arc::new(params()), user_agent: "/a/".into(), seed: 5, mempool: MempoolLimits::default() };
    let mut node = Node::new(config);
    let peer = PeerId(1);
    let magic = params().magic;
    node.handle(sim.now(), Input::PeerConnected { peer, name: "b".into(), inbound: true });
    for message in handshake(2) {
        node.handle(sim.now(), Input::Received { peer, frame: message.encode(magic) });
    }
    let (result, outputs) = node.submit_block(sim.now(), block);
    assert!(result.is_ok_and(|submitted| submitted.is_new && submitted.is_active));
    let place = |wanted: fn(&Output) -> bool| outputs.iter().position(wanted);
    let stored = place(|output| matches!(output, Output::StoreBlock(_))).expect("stored");
    let announced = place(|output| matches!(output, Output::Send { .. })).expect("announced");
    assert!(stored < announced);
}

#[test]
fn a_child_that_comes_before_its_parent_waits_for_it() {
    let (mut sim, nodes) = network(15, 2);
    mine(&mut sim, nodes[0], 5);
    let parent = payment(&sim, nodes[0], 1, 1);
    let late = child(&parent, 2);
    let stranger = sim.link_stranger(nodes[0], "eager");
    shake_hands(&mut sim, stranger, 15);
    sim.hear(stranger);
    say(&mut sim, stranger, &Message::Tx(Arc::new(late.clone())));
    assert_eq!(sim.node(nodes[0]).load().orphans, 1);
    let asks = |message: &Message| matches!(message, Message::GetData(items) if items.contains(&Inventory::Transaction(parent.txid())));
    assert!(heard(&mut sim, stranger).iter().any(asks), "the parent is asked for");
    say(&mut sim, stranger, &Message::Tx(Arc::new(parent.clone())));
    sim.run_for(Duration::from_secs(2));
    for node in &nodes {
        assert!(sim.node(*node).mempool().contains(&late.txid()));
    }
    assert_eq!(sim.node(nodes[0]).load().orphans, 0);
}

#[test]
fn a_payment_told_of_while_a_block_is_on_its_way_is_asked_for() {
    let (mut sim, nodes) = network(24, 2);
    mine(&mut sim, nodes[0], 5);
    let header = sim.next_block(nodes[0]).header;
    let stranger = sim.link_stranger(nodes[0], "slow");
    shake_hands(&mut sim, stranger, 24);
    say(&mut sim, stranger, &Message::Headers(vec![header]));
    sim.hear(stranger);
    let wanted = Inventory::Transaction(Txid::hash(b"payment"));
    say(&mut sim, stranger, &Message::Inv(vec![wanted]));
    let asks = |message: &Message| matches!(message, Message::GetData(items) if items.contains(&wanted));
    assert!(heard(&mut sim, stranger).iter().any(asks));
}

#[test]
fn a_peer_that_sends_no_blocks_does_not_stop_the_others() {
    let (mut sim, nodes) = network(11, 1);
    mine(&mut sim, nodes[0], 40);
    let late = sim.add_node("late");
    let silent = sim.link_stranger(late, "silent");
    shake_hands(&mut sim, silent, 1);
    // It has told of all headers, so it is asked for blocks, and sends none.
    let chain = sim.node(nodes[0]).chain();
    let headers: Vec<_> = (1..=40).filter_map(|height| chain.checked(height)).map(|c| c.block().header).collect();
    say(&mut sim, silent, &Message::Headers(headers));
    sim.link(late, nodes[0]);
    sim.run_for(Duration::from_secs(40));
    assert!(sim.agrees());
}

#[test]
fn garbage_never_panics_a_node_and_ends_the_link() {
    for seed in SEEDS {
        let (mut sim, nodes) = network(seed, 2);
        mine(&mut sim, nodes[0], 5);
        let mut random = SplitMix64::new(seed);
        for attempt in 0..40 {
            let stranger = sim.link_stranger(nodes[0], &format!("garbler {attempt}"));
            if attempt % 2 == 0 {
                shake_hands(&mut sim, stranger, 77);
            }
            let mut frames = 0;
            while say_garbage(&mut sim, stranger, &mut random) {
                frames += 1;
                assert!(frames < 2_000, "someone who talks nonsense is put out");
            }
            assert_within_limits(&sim);
        }
        mine(&mut sim, nodes[1], 1);
        assert!(sim.agrees(), "and the network goes on");
    }
}

/// A frame with some bytes wrong, or with a payload of nonsense. Whether the link is still there.
fn say_garbage(sim: &mut Simulation, stranger: Stranger, random: &mut SplitMix64) -> bool {
    const COMMANDS: [&str; 14] = [
        "version",
        "verack",
        "ping",
        "pong",
        "getheaders",
        "headers",
        "inv",
        "getdata",
        "notfound",
        "tx",
        "block",
        "mempool",
        "reject",
        "whatever",
    ];
    let command = COMMANDS[random.below(COMMANDS.len() as u64) as usize].to_owned();
    let payload: Vec<u8> = (0..random.below(300)).map(|_| random.next_u64() as u8).collect();
    let mut frame = Message::Unknown { command, payload }.encode(params().magic);
    if random.percent(20) {
        let at = random.below(frame.len() as u64) as usize;
        frame[at] ^= 1 << random.below(8);
    }
    sim.say(stranger, frame)
}

#[test]
fn floods_stay_within_every_limit() {
    let (mut sim, nodes) = network(16, 2);
    mine(&mut sim, nodes[0], 5);
    let mut random = SplitMix64::new(16);
    let mut strangers: Vec<_> = (0..80).map(|n| sim.link_stranger(nodes[0], &format!("flooder {n}"))).collect();
    assert_within_limits(&sim);
    // Who was linked first and said nothing has made room.
    strangers.drain(..70);
    for stranger in &strangers {
        shake_hands(&mut sim, *stranger, 99);
    }
    for round in 0..6 {
        for stranger in &strangers {
            let hashes = |random: &mut SplitMix64, count: usize| -> Vec<Txid> {
                (0..count).map(|_| Txid::hash(&random.next_u64().to_le_bytes())).collect()
            };
            let inventory = hashes(&mut random, 8_000).into_iter().map(Inventory::Transaction).collect::<Vec<_>>();
            say(&mut sim, *stranger, &Message::Inv(inventory.clone()));
            say(&mut sim, *stranger, &Message::GetData(inventory.clone()));
            say(&mut sim, *stranger, &Message::NotFound(inventory));
            for parent in hashes(&mut random, 60) {
                let coin = OutPoint { txid: parent, vout: round };
                let orphan = Simulation::payment(&[coin], &[Amount::from_coins(1); 2], round.into());
                say(&mut sim, *stranger, &Message::Tx(Arc::new(orphan)));
            }
            say(&mut sim, *stranger, &Message::Mempool);
            let locator = vec![params().genesis_hash()];
            let stop = BlockHash::ZERO;
            say(&mut sim, *stranger, &Message::GetHeaders(GetHeaders { protocol: 70_015, locator, stop }));
            assert_within_limits(&sim);
        }
        sim.run_for(Duration::from_secs(20));
        assert_within_limits(&sim);
    }
    mine(&mut sim, nodes[1], 1);
    assert!(sim.agrees());
}

#[test]
fn an_invalid_block_is_refused_by_name_and_its_sender_kept_out_for_a_while() {
    let (mut sim, nodes) = network(17, 2);
    mine(&mut sim, nodes[0], 3);
    let mut block = sim.next_block(nodes[0]);
    block.transactions[0].outputs[0].value = Amount::from_coins(51);
    let txids: Vec<Txid> = block.transactions.iter().map(Transaction::txid).collect();
    block.header.merkle_root = merkle_root_of_txids(&txids).root;
    while block.block_hash().as_bytes()[31] >= 0x7f {
        block.header.nonce += 1;
    }
    let hash = block.block_hash();
    let stranger = sim.link_stranger(nodes[0], "forger");
    shake_hands(&mut sim, stranger, 17);
    sim.hear(stranger);
    say(&mut sim, stranger, &Message::Block(Arc::new(block)));
    let answer = heard(&mut sim, stranger);
    let named = answer.iter().any(|message| {
        matches!(message, Message::Reject(reject) if reject.reason == "bad-cb-amount"
            && reject.code == RejectCode::Invalid && reject.hash == Some(*hash.as_bytes()))
    });
    assert!(named, "{answer:?}");
    assert!(!say(&mut sim, stranger, &Message::Ping(1)), "the link is gone");
    let again = sim.link_stranger(nodes[0], "forger");
    assert!(!say(&mut sim, again, &Message::Ping(1)), "and stays away");
    sim.run_for(BAN_DURATION);
    let later = sim.link_stranger(nodes[0], "forger");
    assert!(say(&mut sim, later, &version_of(18)), "for a while");
}

#[test]
fn who_is_not_of_this_network_is_left() {
    let (mut sim, nodes) = network(18, 1);
    let left = |sim: &mut Simulation, frames: Vec<Vec<u8>>, code: &str| {
        let stranger = sim.link_stranger(nodes[0], "foreigner");
        for frame in frames {
            sim.say(stranger, frame);
        }
        let last = sim.happenings().iter().rev().find_map(|happening| match &happening.output {
            Output::Disconnect { peer, reason } if *peer == stranger.peer => Some(reason.code()),
            _ => None,
        });
        assert_eq!(last, Some(code));
    };
    let magic = params().magic;
    left(&mut sim, vec![version_of(1).encode(Params::mainnet().magic)], "other-network");
    left(&mut sim, vec![vec![0; 10]], "bad-frame");
    let locator = vec![Params::mainnet().genesis_hash()];
    let stop = BlockHash::ZERO;
    let question = Message::GetHeaders(GetHeaders { protocol: 70_015, locator, stop });
    let mut frames: Vec<Vec<u8>> = handshake(1).iter().map(|message| message.encode(magic)).collect();
    frames.push(question.encode(magic));
    left(&mut sim, frames, "other-genesis");
    let Message::Version(mut old) = version_of(1) else { unreachable!("it is a version") };
    old.protocol = 60_000;
    left(&mut sim, vec![Message::Version(old).encode(magic)], "obsolete");
    let own = sim.link_stranger(nodes[0], "mirror");
    say(&mut sim, own, &version_of(1));
    let mirrored = sim.hear(own);
    left(&mut sim, mirrored, "self-connection");
    left(
        &mut sim,
        handshake(1).iter().chain([&version_of(2)]).map(|message| message.encode(magic)).collect(),
        "replaced",
    );
}

#[test]
fn who_says_nothing_is_left() {
    let (mut sim, nodes) = network(19, 1);
    let mute = sim.link_stranger(nodes[0], "mute");
    sim.run_for(Duration::from_secs(70));
    assert!(!say(&mut sim, mute, &Message::Verack));
    let asleep = sim.link_stranger(nodes[0], "asleep");
    shake_hands(&mut sim, asleep, 5);
    sim.run_for(Duration::from_secs(60));
    assert!(say(&mut sim, asleep, &Message::Verack), "one ping without an answer is no reason");
    sim.run_for(Duration::from_secs(300));
    assert!(!say(&mut sim, asleep, &Message::Verack));
}

#[test]
fn the_round_trip_is_measured() {
    let (mut sim, nodes) = network(20, 2);
    let latency = Duration::from_millis(200);
    sim.set_conditions(LinkConditions { latency_min: latency, latency_max: latency, loss_percent: 0 });
    sim.run_for(Duration::from_secs(31));
    let peers = sim.node(nodes[0]).peers();
    assert_eq!(peers[0].ping, Some(Duration::from_millis(400)));
    assert_eq!(peers[0].user_agent.as_deref(), Some("/Tabchain:0.1.0(node 1)/"));
}

#[test]
fn unknown_commands_are_no_fault() {
    let (mut sim, nodes) = network(21, 1);
    let stranger = sim.link_stranger(nodes[0], "modern");
    shake_hands(&mut sim, stranger, 21);
    for command in ["feefilter", "sendcmpct", "addr", "wtxidrelay"] {
        assert!(say(&mut sim, stranger, &Message::Unknown { command: command.into(), payload: vec![1; 100] }));
    }
    assert_eq!(sim.node(nodes[0]).peer(stranger.peer).map(|peer| peer.misbehaviour), Some(0));
}

#[test]
fn an_own_payment_reaches_a_peer_that_lost_its_announcement() {
    let (mut sim, nodes) = network(22, 2);
    mine(&mut sim, nodes[0], 5);
    sim.partition(&[&nodes[..1]]);
    let paid = payment(&sim, nodes[0], 1, 1);
    let txid = paid.txid();
    sim.submit(nodes[0], paid);
    sim.run_for(Duration::from_secs(2));
    assert!(!sim.node(nodes[1]).mempool().contains(&txid));
    sim.heal();
    sim.run_for(Duration::from_secs(35));
    assert!(sim.node(nodes[1]).mempool().contains(&txid));
}

#[test]
fn a_transaction_sent_unchecked_is_refused_by_every_peer_with_the_rule_named() {
    let (mut sim, nodes) = network(23, 3);
    mine(&mut sim, nodes[0], 5);
    let (coin, value) = sim.coinbase_coin(nodes[0], 1).expect("mined");
    let greedy = Simulation::payment(&[coin], &[value, value], 1);
    sim.input(nodes[0], Input::SendUnchecked(greedy));
    sim.run_for(Duration::from_secs(2));
    let refusals = sim.happenings().iter().filter(|happening| {
        matches!(&happening.output, Output::PeerRejectedOurs { rule, .. } if happening.node == nodes[0] && rule == "bad-txns-in-belowout")
    });
    assert_eq!(refusals.count(), 2);
}
