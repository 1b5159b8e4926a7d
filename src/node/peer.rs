//! What a node knows of each of its peers.

use super::bounded::BoundedSet;
use super::handshake::Handshake;
use super::headers::HeaderSync;
use super::ping::Pings;
use super::relay::{MAX_ANNOUNCED, MAX_KNOWN_TRANSACTIONS};
use super::{DisconnectReason, Node, Output, PeerId, PeerState};
use crate::ledger::{BlockHash, Duration, Time, Txid};
use crate::wire::Version;

/// Most links at a time.
pub const MAX_PEERS: usize = 64;
/// Most characters of a peer's name.
const MAX_NAME_CHARS: usize = 64;

/// A peer, for the node.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    pub(super) name: String,
    pub(super) inbound: bool,
    pub(super) connected_at: Time,
    pub(super) state: PeerState,
    pub(super) handshake: Handshake,
    pub(super) version: Option<Version>,
    pub(super) pings: Pings,
    pub(super) sync: HeaderSync,
    /// The header with the most work that the peer is known to have.
    pub(super) best_known: Option<BlockHash>,
    /// How often of late it did not send blocks that it was asked for.
    pub(super) unsent: u32,
    /// No blocks are asked of it before this moment.
    pub(super) paused_until: Time,
    /// Transactions that we need not tell it about.
    pub(super) known: BoundedSet<Txid>,
    /// Transactions it told us about that we have yet to ask for.
    pub(super) announced: BoundedSet<Txid>,
    /// Transactions that it was asked for and did not send.
    pub(super) unanswered: BoundedSet<Txid>,
    pub(super) bytes_received: u64,
    pub(super) bytes_sent: u64,
    pub(super) misbehaviour: u32,
}

impl Peer {
    fn new(name: &str, inbound: bool, now: Time) -> Self {
        Self {
            name: name.chars().take(MAX_NAME_CHARS).collect(),
            inbound,
            connected_at: now,
            state: PeerState::Handshake,
            handshake: Handshake::default(),
            version: None,
            pings: Pings::default(),
            sync: HeaderSync::default(),
            best_known: None,
            unsent: 0,
            paused_until: Time::default(),
            known: BoundedSet::new(MAX_KNOWN_TRANSACTIONS),
            announced: BoundedSet::new(MAX_ANNOUNCED),
            unanswered: BoundedSet::new(MAX_ANNOUNCED),
            bytes_received: 0,
            bytes_sent: 0,
            misbehaviour: 0,
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        self.state == PeerState::Ready
    }
}

/// A peer, for those who look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeerInfo {
    /// The link's number.
    pub id: PeerId,
    /// The name by which the driver knows it.
    pub name: String,
    /// Whether the other side made the link.
    pub inbound: bool,
    /// How far the link is.
    pub state: PeerState,
    /// The protocol it speaks, once it said so.
    pub version: Option<u32>,
    /// Its service bits.
    pub services: Option<u64>,
    /// Its program and name: its own text, not to be trusted.
    pub user_agent: Option<String>,
    /// Its height when it linked up, as it says.
    pub start_height: Option<i32>,
    /// The best block it is known to have: hash and height.
    pub best_known: Option<(BlockHash, u32)>,
    /// Last measured round trip.
    pub ping: Option<Duration>,
    /// Bytes it sent us.
    pub bytes_received: u64,
    /// Bytes we sent it.
    pub bytes_sent: u64,
    /// Its score, 0..=[`MISBEHAVIOUR_LIMIT`](super::MISBEHAVIOUR_LIMIT).
    pub misbehaviour: u32,
    /// Since when it is linked.
    pub connected_at: Time,
    /// Blocks asked of it and not here yet.
    pub blocks_in_flight: usize,
}

impl Node {
    /// Its peers, by number.
    pub fn peers(&self) -> Vec<PeerInfo> {
        self.peers.iter().map(|(id, peer)| self.info(*id, peer)).collect()
    }

    /// What is known of one peer.
    pub fn peer(&self, id: PeerId) -> Option<PeerInfo> {
        self.peers.get(&id).map(|peer| self.info(id, peer))
    }

    fn info(&self, id: PeerId, peer: &Peer) -> PeerInfo {
        let version = peer.version.as_ref();
        PeerInfo {
            id,
            name: peer.name.clone(),
            inbound: peer.inbound,
            state: peer.state,
            version: version.map(|version| version.protocol),
            services: version.map(|version| version.services),
            user_agent: version.map(|version| version.user_agent.clone()),
            start_height: version.map(|version| version.start_height),
            best_known: peer.best_known.and_then(|hash| Some((hash, self.chain.index(&hash)?.height))),
            ping: peer.pings.latency,
            bytes_received: peer.bytes_received,
            bytes_sent: peer.bytes_sent,
            misbehaviour: peer.misbehaviour,
            connected_at: peer.connected_at,
            blocks_in_flight: self.downloads.in_flight_of(id),
        }
    }

    pub(super) fn ready_peers(&self) -> Vec<PeerId> {
        self.peers.iter().filter(|(_, peer)| peer.is_ready()).map(|(id, _)| *id).collect()
    }

    pub(super) fn connected(&mut self, now: Time, id: PeerId, name: String, inbound: bool) {
        if self.peers.contains_key(&id) {
            return;
        }
        let peer = Peer::new(&name, inbound, now);
        let refusal = if let Some(until) = self.bans.until(&peer.name, now) {
            Some(DisconnectReason::Banned { until })
        } else {
            self.make_room_for_peer(now);
            (self.peers.len() >= MAX_PEERS).then_some(DisconnectReason::TooManyPeers { limit: MAX_PEERS })
        };
        if let Some(reason) = refusal {
            self.outputs.push(Output::Disconnect { peer: id, reason });
            return;
        }
        self.peers.insert(id, peer);
        self.peer_changed(id);
        if !inbound {
            self.send_version(now, id);
        }
    }

    /// Where all links are taken, the one that has been at its handshake the longest makes room:
    /// who says nothing keeps nobody out.
    fn make_room_for_peer(&mut self, now: Time) {
        if self.peers.len() < MAX_PEERS {
            return;
        }
        let unready = self.peers.iter().filter(|(_, peer)| !peer.is_ready());
        let longest = unready.min_by_key(|(id, peer)| (peer.connected_at, **id)).map(|(id, _)| *id);
        if let Some(id) = longest {
            self.disconnect(now, id, DisconnectReason::TooManyPeers { limit: MAX_PEERS });
        }
    }

    /// Drops a link of our own accord.
    pub(super) fn disconnect(&mut self, now: Time, id: PeerId, reason: DisconnectReason) {
        if self.peers.contains_key(&id) {
            self.outputs.push(Output::Disconnect { peer: id, reason });
            self.forget_peer(now, id);
        }
    }

    /// Forgets a peer, and asks others for what it was to send.
    pub(super) fn forget_peer(&mut self, now: Time, id: PeerId) {
        if self.peers.remove(&id).is_none() {
            return;
        }
        self.downloads.forget_peer(id);
        self.requests.forget_peer(id);
        self.own.forget_peer(id);
        self.orphans.remove_of_peer(id);
        self.peer_changed(id);
        self.download_blocks(now);
        self.request_transactions(now);
    }

    pub(super) fn peer_changed(&mut self, peer: PeerId) {
        self.outputs.push(Output::PeerStateChanged { peer });
    }
}
