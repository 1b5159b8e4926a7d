//! What goes into a node and what comes out. Whoever drives it (a browser tab, a simulation)
//! carries the one to it and carries out the other, in order.

use std::sync::Arc;

use crate::ledger::rules::Facts;
use crate::ledger::{Amount, Block, BlockHash, ChainUpdate, Time, Transaction, Txid};
use crate::mempool::RemovalReason;
use crate::wire::{RejectCode, WireError};

/// A link to another node, numbered by the driver; a number is never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct PeerId(pub u64);

impl std::fmt::Display for PeerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How far a link is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PeerState {
    /// Version and verack are being exchanged.
    Handshake,
    /// In use.
    Ready,
}

/// What a node is told.
#[derive(Clone, Debug)]
pub enum Input {
    /// A link is up.
    PeerConnected {
        /// Its number.
        peer: PeerId,
        /// The name of the node at its other end, as the driver knows it: bans are by name.
        name: String,
        /// Whether the other side made the link; if not, this node speaks first.
        inbound: bool,
    },
    /// A link is down.
    PeerDisconnected(PeerId),
    /// A frame came in.
    Received {
        /// Over which link.
        peer: PeerId,
        /// Its bytes.
        frame: Vec<u8>,
    },
    /// Time passed; asked for by [`Output::Wake`], harmless at any time.
    Tick,
    /// A block of this node's own: mined here, or submitted by its user.
    SubmitBlock(Block),
    /// A transaction of this node's own.
    SubmitTransaction(Transaction),
    /// A stored block at start-up, parents first; it is neither stored nor announced again.
    Replay(Block),
    /// Sends a transaction to every peer without a look at the rules, to see what they say. It does
    /// not enter this node's own mempool.
    SendUnchecked(Transaction),
}

/// What a node wants done, or says has happened. To be carried out in order: a block is stored
/// before it is announced.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send a frame.
    Send {
        /// Over which link.
        peer: PeerId,
        /// Its bytes.
        frame: Vec<u8>,
    },
    /// Drop a link; the node has forgotten it already.
    Disconnect {
        /// Which.
        peer: PeerId,
        /// Why.
        reason: DisconnectReason,
    },
    /// Keep a block; blocks come parents first.
    StoreBlock(Arc<Block>),
    /// The active chain changed. The mempool has followed already.
    ChainUpdated(ChainUpdate),
    /// The best header changed; its block may not be here yet.
    HeaderTipChanged {
        /// The header's hash.
        hash: BlockHash,
        /// Its height.
        height: u32,
    },
    /// A transaction entered the mempool.
    MempoolAdded {
        /// The transaction.
        tx: Arc<Transaction>,
        /// What it leaves to the miner.
        fee: Amount,
        /// The peer it came from; `None`: this node itself, or a block that left the active chain.
        from: Option<PeerId>,
    },
    /// A transaction left the mempool.
    MempoolRemoved {
        /// Its name.
        txid: Txid,
        /// Why.
        reason: RemovalReason,
    },
    /// A block or header was refused.
    BlockRejected {
        /// Its name.
        hash: BlockHash,
        /// The rule it broke, by Core's name.
        rule: &'static str,
        /// What it was judged by.
        facts: Facts,
        /// The same in words.
        text: String,
        /// Who sent it; `None`: this node itself.
        from: Option<PeerId>,
    },
    /// A transaction was refused.
    TransactionRejected {
        /// Its name.
        txid: Txid,
        /// The rule it broke, by Core's name.
        rule: &'static str,
        /// What it was judged by.
        facts: Facts,
        /// The same in words.
        text: String,
        /// Who sent it; `None`: this node itself.
        from: Option<PeerId>,
    },
    /// A peer said that it refused something of ours (BIP-0061).
    PeerRejectedOurs {
        /// Which peer.
        peer: PeerId,
        /// The command of the refused message.
        message: String,
        /// The kind of refusal.
        code: RejectCode,
        /// The rule, as the peer names it: its text, not to be trusted.
        rule: String,
        /// The refused transaction's or block's hash, in the order it is sent.
        hash: Option<[u8; 32]>,
    },
    /// What [`Node::peers`](super::Node::peers) says of this peer changed in more than its counters.
    PeerStateChanged {
        /// Which peer.
        peer: PeerId,
    },
    /// Call [`Input::Tick`] at this moment; replaces the last one.
    Wake {
        /// When.
        at: Time,
    },
}

/// Why a node drops a link.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisconnectReason {
    /// Frames of another network or room.
    #[error("it is on another network or in another room")]
    OtherNetwork,
    /// The same magic, but no block in common.
    #[error("its chain begins with another genesis block")]
    OtherGenesis,
    /// Bytes that are no frame.
    #[error("it sent bytes that are no frame: {0}")]
    BadFrame(WireError),
    /// The link leads back to this node.
    #[error("the link leads back to this node")]
    SelfConnection,
    /// Its protocol is too old.
    #[error("it speaks protocol {found}, at least {least} is needed")]
    Obsolete {
        /// Its protocol.
        found: u32,
        /// The oldest one answered.
        least: u32,
    },
    /// The node behind the link is another than before.
    #[error("another node is at the other end of the link than before")]
    Replaced,
    /// It did not finish the handshake.
    #[error("it did not finish the handshake within {secs} seconds")]
    HandshakeTimeout {
        /// Seconds it had.
        secs: u64,
    },
    /// It answered no pings.
    #[error("it left {pings} pings unanswered")]
    PingTimeout {
        /// How many in a row.
        pings: u32,
    },
    /// It broke the protocol or sent invalid things until its score was full.
    #[error("it broke the rule {rule}")]
    Misbehaved {
        /// The last rule it broke.
        rule: String,
        /// Until when it stays out.
        until: Time,
    },
    /// It misbehaved before.
    #[error("it misbehaved before")]
    Banned {
        /// Until when it stays out.
        until: Time,
    },
    /// There are enough links already.
    #[error("there are {limit} links already")]
    TooManyPeers {
        /// The limit.
        limit: usize,
    },
}

impl DisconnectReason {
    /// The reason as a short stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherNetwork => "other-network",
            Self::OtherGenesis => "other-genesis",
            Self::BadFrame(_) => "bad-frame",
            Self::SelfConnection => "self-connection",
            Self::Obsolete { .. } => "obsolete",
            Self::Replaced => "replaced",
            Self::HandshakeTimeout { .. } => "handshake-timeout",
            Self::PingTimeout { .. } => "ping-timeout",
            Self::Misbehaved { .. } => "misbehaved",
            Self::Banned { .. } => "banned",
            Self::TooManyPeers { .. } => "too-many-peers",
        }
    }

    /// The last rule that the peer broke, where that is why.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Misbehaved { rule, .. } => Some(rule),
            _ => None,
        }
    }

    /// Until when the node does not want to be linked to this peer again.
    pub const fn until(&self) -> Option<Time> {
        match self {
            Self::Misbehaved { until, .. } | Self::Banned { until } => Some(*until),
            _ => None,
        }
    }
}
