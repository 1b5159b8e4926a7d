//! Peers and the message log.

use serde::{Deserialize, Serialize};

use super::NodeName;
use crate::ledger::{BlockHash, Time};

/// Some bytes with a name, for byte strips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByteRun {
    /// The field's name: its text is `field.` and this.
    pub field: String,
    /// The bytes, hexadecimal.
    pub hex: String,
    /// The value they mean, where that says more.
    pub value: String,
}

/// The network page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkView {
    /// This node.
    pub me: PeerView,
    /// The others, by name; at most 64.
    pub peers: Vec<PeerView>,
    /// Whether this node takes part.
    pub active: bool,
    /// Messages, newest first; at most 200.
    pub log: Vec<LogEntry>,
    /// Messages ever logged.
    pub log_total: u64,
}

/// A node on the network page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeerView {
    /// Its name.
    pub name: NodeName,
    /// How far the link is.
    pub link: LinkState,
    /// Its tip as far as known.
    pub tip: Option<(BlockHash, u32)>,
    /// Last measured round trip, in milliseconds.
    pub ping_ms: Option<f64>,
    /// Bytes it sent us.
    pub bytes_received: u64,
    /// Bytes we sent it.
    pub bytes_sent: u64,
    /// Misbehaviour score, 0..=100.
    pub misbehaviour: u32,
    /// Blocks asked of it and not here yet.
    pub blocks_in_flight: u32,
}

/// How far a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkState {
    /// This tab itself.
    Me,
    /// Version messages are being exchanged.
    Handshake,
    /// In use.
    Linked,
    /// In use, and we are fetching blocks from it.
    CatchingUp,
    /// Cut off or disconnected.
    Lost,
}

/// A message in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Number, rising.
    pub number: u64,
    /// When.
    pub time: Time,
    /// Sender.
    pub from: NodeName,
    /// Receiver.
    pub to: NodeName,
    /// Bitcoin's command name.
    pub command: String,
    /// In a few words: `block 000002ab…`, `3 headers`.
    pub summary: String,
    /// Bytes of the frame.
    pub size: u32,
    /// The frame's first bytes, 1,024 at most. What they mean is told by [`wire::annotate`](crate::wire::annotate).
    pub bytes: Vec<u8>,
}
