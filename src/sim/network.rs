//! The simulated network.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::link::{End, Link};
use super::{LinkConditions, NodeNumber, Stranger};
use crate::ledger::{
    Amount, Block, BlockHash, Duration, OutPoint, Params, Script, Time, Transaction, TxIn, TxOut, Txid, sha256,
};
use crate::mempool::MempoolLimits;
use crate::miner::{BlockTemplate, TemplateParts, mine_block_now};
use crate::node::{Config, DisconnectReason, Input, Node, Output, PeerId, SplitMix64};

/// A fee with which the small payments made here are passed on.
pub const MIN_PAYMENT_FEE: Amount = Amount::from_sat(1_000);
/// Time after which two nodes whose link was dropped link up again, unless one keeps the other out.
const RELINK_AFTER: Duration = Duration::from_secs(5);
/// Nonces tried for a block: the networks simulated have targets that every few nonces meet.
const MAX_NONCES: u32 = 1_000_000;
/// Most happenings kept; later ones are only counted in [`Simulation::digest`].
const MAX_HAPPENINGS: usize = 100_000;

/// What a node said that is no frame and no alarm.
#[derive(Clone, PartialEq, Debug)]
pub struct Happening {
    /// When.
    pub time: Time,
    /// Which node.
    pub node: NodeNumber,
    /// What.
    pub output: Output,
}

#[derive(Clone, Debug)]
enum Event {
    Deliver { node: NodeNumber, peer: PeerId, frame: Vec<u8> },
    Wake { node: NodeNumber },
    Relink { one: NodeNumber, other: NodeNumber },
}

#[derive(Debug)]
struct Simulated {
    node: Node,
    name: String,
    links: BTreeMap<PeerId, Link>,
    next_peer: u64,
    wake: Option<Time>,
    stored: Vec<Arc<Block>>,
    mined: u64,
}

/// A network in virtual time.
#[derive(Debug)]
pub struct Simulation {
    params: Arc<Params>,
    now: Time,
    random: SplitMix64,
    nodes: Vec<Simulated>,
    conditions: LinkConditions,
    /// The part of the network that a node is in; frames between parts are lost.
    parts: BTreeMap<NodeNumber, usize>,
    /// By moment, then in the order they were made.
    events: BTreeMap<(Time, u64), Event>,
    events_made: u64,
    happenings: Vec<Happening>,
    /// What was said to strangers and not listened to yet.
    to_strangers: BTreeMap<(NodeNumber, PeerId), Vec<Vec<u8>>>,
    digest: [u8; 32],
}

impl Simulation {
    /// A network without nodes. It begins a while after its genesis block was made.
    pub fn new(params: Params, seed: u64) -> Self {
        let genesis_time = Time::from_millis(u64::from(params.genesis.header.time.0) * 1000);
        Self {
            params: Arc::new(params),
            now: genesis_time + Duration::from_secs(24 * 60 * 60),
            random: SplitMix64::new(seed),
            nodes: Vec::new(),
            conditions: LinkConditions::default(),
            parts: BTreeMap::new(),
            events: BTreeMap::new(),
            events_made: 0,
            happenings: Vec::new(),
            to_strangers: BTreeMap::new(),
            digest: [0; 32],
        }
    }

    /// Adds a node that has only the genesis block and no links.
    pub fn add_node(&mut self, name: &str) -> NodeNumber {
        let number = NodeNumber(self.nodes.len());
        let params = Arc::clone(&self.params);
        let seed = self.random.next_u64();
        let config =
            Config { params, user_agent: crate::wire::user_agent(name, ""), seed, mempool: MempoolLimits::default() };
        self.nodes.push(Simulated {
            node: Node::new(config),
            name: name.to_owned(),
            links: BTreeMap::new(),
            next_peer: 0,
            wake: None,
            stored: Vec::new(),
            mined: 0,
        });
        number
    }

    /// Adds so many nodes, each linked to all others.
    pub fn add_linked_nodes(&mut self, count: usize) -> Vec<NodeNumber> {
        let nodes: Vec<NodeNumber> = (0..count).map(|_| self.add_node(&format!("node {}", self.nodes.len()))).collect();
        for (index, one) in nodes.iter().enumerate() {
            for other in &nodes[index + 1..] {
                self.link(*one, *other);
            }
        }
        nodes
    }

    /// Links two nodes; the first speaks first.
    pub fn link(&mut self, one: NodeNumber, other: NodeNumber) {
        let (one_peer, other_peer) = (self.new_peer(one), self.new_peer(other));
        self.insert_link(one, one_peer, End::Node(other, other_peer));
        self.insert_link(other, other_peer, End::Node(one, one_peer));
        let (one_name, other_name) = (self.nodes[one.0].name.clone(), self.nodes[other.0].name.clone());
        self.input(other, Input::PeerConnected { peer: other_peer, name: one_name, inbound: true });
        self.input(one, Input::PeerConnected { peer: one_peer, name: other_name, inbound: false });
    }

    /// Links someone who is no node to a node.
    pub fn link_stranger(&mut self, node: NodeNumber, name: &str) -> Stranger {
        let peer = self.new_peer(node);
        self.insert_link(node, peer, End::Stranger);
        self.input(node, Input::PeerConnected { peer, name: name.to_owned(), inbound: true });
        Stranger { node, peer }
    }

    /// Has a stranger say something, at once. Whether the link is still there.
    pub fn say(&mut self, stranger: Stranger, frame: Vec<u8>) -> bool {
        let is_linked = self.nodes[stranger.node.0].links.contains_key(&stranger.peer);
        if is_linked {
            self.input(stranger.node, Input::Received { peer: stranger.peer, frame });
        }
        is_linked
    }

    /// What was said to a stranger since this was last asked: frames.
    pub fn hear(&mut self, stranger: Stranger) -> Vec<Vec<u8>> {
        self.to_strangers.remove(&(stranger.node, stranger.peer)).unwrap_or_default()
    }

    /// Takes a node's links down, as when its tab is closed. The node itself stays as it is.
    pub fn unlink(&mut self, node: NodeNumber) {
        let peers: Vec<PeerId> = self.nodes[node.0].links.keys().copied().collect();
        for peer in peers {
            self.drop_link(node, peer);
            self.input(node, Input::PeerDisconnected(peer));
        }
    }

    /// Sets how good all links are.
    pub fn set_conditions(&mut self, conditions: LinkConditions) {
        self.conditions = conditions;
    }

    /// Cuts the network into parts; a node that is in none is in one with the others that are not.
    pub fn partition(&mut self, parts: &[&[NodeNumber]]) {
        self.parts =
            parts.iter().zip(1..).flat_map(|(part, number)| part.iter().map(move |node| (*node, number))).collect();
    }

    /// Undoes every [`Simulation::partition`].
    pub fn heal(&mut self) {
        self.parts.clear();
    }

    /// The moment it is.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// The nodes, by number.
    pub fn numbers(&self) -> impl Iterator<Item = NodeNumber> + use<> {
        (0..self.nodes.len()).map(NodeNumber)
    }

    /// A node.
    pub fn node(&self, number: NodeNumber) -> &Node {
        &self.nodes[number.0].node
    }

    /// Blocks that a node was to store, in that order.
    pub fn stored(&self, number: NodeNumber) -> &[Arc<Block>] {
        &self.nodes[number.0].stored
    }

    /// What the nodes said, in order.
    pub fn happenings(&self) -> &[Happening] {
        &self.happenings
    }

    /// A number that stands for every byte that any node has put out so far.
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Lets time pass.
    pub fn run_for(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(entry) = self.events.first_entry().filter(|entry| entry.key().0 <= end) {
            let ((time, _), event) = entry.remove_entry();
            self.now = time;
            match event {
                Event::Deliver { node, peer, frame } => {
                    if self.nodes[node.0].links.contains_key(&peer) {
                        self.input(node, Input::Received { peer, frame });
                    }
                }
                Event::Wake { node } => {
                    if self.nodes[node.0].wake.is_some_and(|at| at <= time) {
                        self.nodes[node.0].wake = None;
                        self.input(node, Input::Tick);
                    }
                }
                Event::Relink { one, other } => self.link(one, other),
            }
        }
        self.now = end;
    }

    /// Whether all nodes have the same active tip.
    pub fn agrees(&self) -> bool {
        let mut tips = self.nodes.iter().map(|simulated| simulated.node.chain().tip().hash);
        let first = tips.next();
        tips.all(|tip| Some(tip) == first)
    }

    /// Has a node mine a block on its tip with what is in its mempool.
    pub fn mine(&mut self, number: NodeNumber) -> BlockHash {
        let block = self.next_block(number);
        let hash = block.block_hash();
        self.input(number, Input::SubmitBlock(block));
        hash
    }

    /// The block that a node would mine next.
    pub fn next_block(&mut self, number: NodeNumber) -> Block {
        let now = self.now;
        let simulated = &mut self.nodes[number.0];
        simulated.mined += 1;
        let chain = simulated.node.chain();
        let tip = chain.tip();
        let height = tip.height + 1;
        let after_median = chain.median_time_past(&tip.hash).0 + 1;
        let mut time = now.to_block_time();
        time.0 = time.0.max(after_median);
        let entries = simulated.node.mempool().select(self.params.max_block_weight - 4_000);
        let template = BlockTemplate::new(TemplateParts {
            parent: tip.hash,
            height,
            time,
            bits: chain.next_bits(&tip.hash, time),
            subsidy: self.params.subsidy(height),
            payments: entries.iter().map(|entry| (Arc::clone(&entry.tx), entry.fee)).collect(),
            script_pubkey: free_script(number.0 as u64),
            tag: simulated.name.clone(),
            extra_nonce: simulated.mined,
        });
        mine_block_now(&template, MAX_NONCES).expect("the simulated networks have easy targets")
    }

    /// Has a node submit a transaction of its own.
    pub fn submit(&mut self, number: NodeNumber, transaction: Transaction) {
        self.input(number, Input::SubmitTransaction(transaction));
    }

    /// Tells a node anything.
    pub fn input(&mut self, number: NodeNumber, input: Input) {
        let outputs = self.nodes[number.0].node.handle(self.now, input);
        for output in outputs {
            self.carry_out(number, output);
        }
    }

    fn carry_out(&mut self, number: NodeNumber, output: Output) {
        let record = match &output {
            // The frame itself, not its text form: that would be long.
            Output::Send { peer, frame } => format!("{} {} {peer} ", self.now.millis, number.0)
                .into_bytes()
                .into_iter()
                .chain(frame.iter().copied())
                .collect(),
            other => format!("{} {} {other:?}", self.now.millis, number.0).into_bytes(),
        };
        self.note(&record);
        match output {
            Output::Send { peer, frame } => self.transmit(number, peer, frame),
            Output::Wake { at } => {
                self.nodes[number.0].wake = Some(at);
                self.schedule(at, Event::Wake { node: number });
            }
            Output::StoreBlock(block) => self.nodes[number.0].stored.push(block),
            Output::Disconnect { peer, reason } => {
                let other = self.drop_link(number, peer);
                if let Some(other) = other
                    && may_relink(&reason)
                {
                    self.schedule(self.now + RELINK_AFTER, Event::Relink { one: number, other });
                }
                self.happened(number, Output::Disconnect { peer, reason });
            }
            other => self.happened(number, other),
        }
    }

    fn happened(&mut self, node: NodeNumber, output: Output) {
        if self.happenings.len() < MAX_HAPPENINGS {
            self.happenings.push(Happening { time: self.now, node, output });
        }
    }

    fn note(&mut self, record: &[u8]) {
        let mut bytes = self.digest.to_vec();
        bytes.extend_from_slice(record);
        self.digest = sha256(&bytes);
    }

    fn transmit(&mut self, from: NodeNumber, peer: PeerId, frame: Vec<u8>) {
        let Some(link) = self.nodes[from.0].links.get(&peer).copied() else { return };
        let End::Node(node, peer_there) = link.other else {
            return self.to_strangers.entry((from, peer)).or_default().push(frame);
        };
        if self.parts.get(&from) != self.parts.get(&node) {
            return;
        }
        let Some(latency) = self.conditions.next_latency(&mut self.random) else { return };
        let arrival = (self.now + latency).max(link.last_arrival);
        if let Some(link) = self.nodes[from.0].links.get_mut(&peer) {
            link.last_arrival = arrival;
        }
        self.schedule(arrival, Event::Deliver { node, peer: peer_there, frame });
    }

    fn schedule(&mut self, at: Time, event: Event) {
        // Never in the past: time does not run backwards.
        self.events.insert((at.max(self.now), self.events_made), event);
        self.events_made += 1;
    }

    fn new_peer(&mut self, node: NodeNumber) -> PeerId {
        let simulated = &mut self.nodes[node.0];
        simulated.next_peer += 1;
        PeerId(simulated.next_peer)
    }

    fn insert_link(&mut self, node: NodeNumber, peer: PeerId, other: End) {
        self.nodes[node.0].links.insert(peer, Link { other, last_arrival: self.now });
    }

    /// Takes a link away at both ends, and tells the other one.
    fn drop_link(&mut self, node: NodeNumber, peer: PeerId) -> Option<NodeNumber> {
        let link = self.nodes[node.0].links.remove(&peer)?;
        let End::Node(other, other_peer) = link.other else { return None };
        self.nodes[other.0].links.remove(&other_peer);
        self.input(other, Input::PeerDisconnected(other_peer));
        Some(other)
    }
}

impl Simulation {
    /// A payment of coins that simulated nodes mined, to `outputs` amounts; anyone may spend these
    /// again. The `tag` makes it differ from another that spends the same.
    pub fn payment(coins: &[OutPoint], outputs: &[Amount], tag: u64) -> Transaction {
        let input = |prevout: &OutPoint| TxIn {
            prevout: *prevout,
            script_sig: Script::default(),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        };
        let output = |value: &Amount| TxOut { value: *value, script_pubkey: free_script(tag) };
        Transaction {
            version: 1,
            inputs: coins.iter().map(input).collect(),
            outputs: outputs.iter().map(output).collect(),
            lock_time: 0,
        }
    }

    /// The coin that the block at a height of a node's chain made for its miner.
    pub fn coinbase_coin(&self, number: NodeNumber, height: u32) -> Option<(OutPoint, Amount)> {
        let checked = self.node(number).chain().checked(height)?;
        let txid: Txid = *checked.txids().first()?;
        let value = checked.block().transactions.first()?.outputs.first()?.value;
        Some((OutPoint { txid, vout: 0 }, value))
    }
}

/// A locking script that any unlocking script opens, with a number in it: `<8 bytes> OP_DROP OP_1`.
fn free_script(tag: u64) -> Script {
    let mut bytes = vec![8];
    bytes.extend_from_slice(&tag.to_le_bytes());
    bytes.extend_from_slice(&[0x75, 0x51]);
    Script::from_bytes(bytes)
}

/// Whether a driver would link up again after this.
const fn may_relink(reason: &DisconnectReason) -> bool {
    matches!(
        reason,
        DisconnectReason::HandshakeTimeout { .. } | DisconnectReason::PingTimeout { .. } | DisconnectReason::Replaced
    )
}
