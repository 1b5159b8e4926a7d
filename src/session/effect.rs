//! What goes into a session and what comes out: the border to the browser.

use crate::api::{Feature, NodeName, Request, StorageState, StoredNode, ToPage, UserError};
use crate::ledger::{BlockHash, Time};
use crate::miner::{FromMiner, ToMiner};

/// What happened around this tab.
#[derive(Clone, Debug)]
pub enum SessionInput {
    /// Another node of the same network and room is there.
    PeerUp(NodeName),
    /// It is gone, or the link to it is.
    PeerDown(NodeName),
    /// It sent a frame.
    Frame {
        /// The sender.
        from: NodeName,
        /// Bitcoin's frame: magic, command, length, checksum, payload.
        bytes: Vec<u8>,
    },
    /// The page asks.
    Page(Request),
    /// A miner worker reports.
    Miner {
        /// Which.
        worker: u8,
        /// What.
        message: FromMiner,
    },
    /// A miner worker could not be started or died.
    MinerFailed {
        /// Which.
        worker: u8,
        /// What the browser said.
        reason: String,
    },
    /// The moment asked for by [`Effect::WakeAt`] has come.
    Tick,
    /// What the browser does not have of what this node uses; replaces what was said before.
    Missing(Vec<Feature>),
    /// What of this node is saved is another now.
    Storage(StorageState),
    /// The answer to [`Effect::ListStoredNodes`] or [`Effect::DeleteStoredNode`].
    StoredNodes {
        /// The request's number.
        id: u64,
        /// The list, or why there is none; after a deletion, empty.
        result: Result<Vec<StoredNode>, UserError>,
    },
}

/// What is to be done, in this order. A frame after a block to store is sent when it is stored, or when that was
/// given up; so is a reply after what its request changed. Nothing else waits.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a frame.
    Send {
        /// The receiver.
        to: NodeName,
        /// The frame.
        bytes: Vec<u8>,
    },
    /// Drop the link to a node; do not link again before this moment.
    Disconnect {
        /// Which.
        peer: NodeName,
        /// Until when it stays out.
        until: Option<Time>,
    },
    /// Keep a block, behind those kept before it.
    StoreBlock {
        /// Its name.
        hash: BlockHash,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Keep what is not in blocks, as JSON of [`StoredState`](super::StoredState).
    StoreState {
        /// The JSON.
        json: String,
        /// The tip's height, for lists of stored nodes.
        height: u32,
    },
    /// Try now to save what is not saved.
    SaveNow,
    /// Tell the page.
    ToPage(ToPage),
    /// Have this many miner workers, numbered from 0.
    MinerWorkers(u8),
    /// Tell a miner worker.
    Miner {
        /// Which.
        worker: u8,
        /// What.
        message: ToMiner,
    },
    /// Join or leave the other nodes.
    SetNetworkActive(bool),
    /// List stored nodes that no tab holds.
    ListStoredNodes {
        /// The request's number.
        id: u64,
    },
    /// Delete a stored node that no tab holds.
    DeleteStoredNode {
        /// The request's number.
        id: u64,
        /// Its name.
        name: String,
    },
    /// Call back with [`SessionInput::Tick`] at this moment; replaces the last one.
    WakeAt(Time),
}
