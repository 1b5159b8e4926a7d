//! What goes into [`MiningControl`](super::MiningControl) and what comes out.

use serde::{Deserialize, Serialize};

use super::BlockTemplate;
use super::job::{FromMiner, Job};
use crate::ledger::{Amount, Block, BlockHash, Header, Script};

/// Whether and how long to mine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Not at all.
    #[default]
    Off,
    /// One block after the other.
    On,
    /// Until one block is found here.
    OneBlock,
}

/// Mine so many blocks paying this script, at full power, whatever the mode (Core `generatetoaddress`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenerateRequest {
    /// Chosen by the asker, unique among those waiting.
    pub id: u64,
    /// Blocks wanted.
    pub count: u32,
    /// Who is paid.
    pub script_pubkey: Script,
    /// Give up after so many hashes in all.
    pub max_tries: u64,
}

/// What happens to the miner.
#[derive(Clone, Debug)]
pub enum MiningInput {
    /// Mine or stop.
    SetMode(Mode),
    /// Share of the time a worker hashes, in percent; clamped to 1..=100.
    SetPower(u8),
    /// Number of workers; clamped to 1..=[`MAX_THREADS`](super::MAX_THREADS).
    SetThreads(u8),
    /// The active tip is another block now, or a new template is to be made for another reason.
    TipChanged(BlockHash),
    /// The answer to [`MiningOutput::NeedTemplate`].
    Template(Box<BlockTemplate>),
    /// A worker spoke.
    Worker {
        /// Which.
        worker: u8,
        /// What.
        message: FromMiner,
    },
    /// A worker could not start, or died.
    WorkerFailed {
        /// Which.
        worker: u8,
        /// What the browser said.
        reason: String,
    },
    /// Mine blocks for an RPC.
    Generate(GenerateRequest),
    /// Forget such a request; it is not answered any more.
    CancelGenerate(u64),
    /// Time passes.
    Tick,
}

/// What is to be done for the miner.
#[derive(Clone, Debug, PartialEq)]
pub enum MiningOutput {
    /// Have this many workers, numbered from 0: start those missing, end those beyond.
    Workers(u8),
    /// Give a worker a slice; a job it has not begun is replaced.
    Assign {
        /// Which.
        worker: u8,
        /// The slice.
        job: Job,
    },
    /// Let a worker forget the job it has not begun.
    Stop {
        /// Which.
        worker: u8,
    },
    /// Make a template on the active tip and put it in.
    NeedTemplate {
        /// Who is paid; `None`: this node's wallet.
        script_pubkey: Option<Script>,
    },
    /// A block was found: give it to the node.
    Solved {
        /// The block.
        block: Box<Block>,
        /// The request it was mined for, if one.
        generate: Option<u64>,
    },
    /// A request is done: all blocks found, or its tries used up.
    Generated {
        /// The request.
        id: u64,
        /// The blocks, lowest first.
        hashes: Vec<BlockHash>,
    },
    /// The mode is another now, by itself.
    ModeChanged(Mode),
    /// No worker can be had; mining is off.
    Failed {
        /// What the browser said.
        reason: String,
    },
}

/// Where the search is, for the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct MiningStats {
    /// Hashes a second over the last seconds.
    pub hash_rate: f64,
    /// One sample a second while mining, oldest first; at most 120.
    pub rate_history: Vec<f64>,
    /// Hashes tried on this tip.
    pub tries: u64,
    /// The lowest hash of them.
    pub best_hash: Option<BlockHash>,
    /// Its leading zero bits.
    pub best_zero_bits: u32,
    /// How many hashes had exactly so many leading zero bits; at most 65 bars.
    pub histogram: Vec<u64>,
    /// The header being tried, with the last nonce that was reported.
    pub header: Option<Header>,
    /// What the block would bring.
    pub reward: Amount,
    /// Payments in it.
    pub payments: usize,
    /// The kernel of the workers, `simd128` or `portable`; empty before one is ready.
    pub kernel: String,
}
