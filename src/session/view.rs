//! Snapshots of what is on screen: plain data, cheap to compare and to send.
//!
//! Invariant: a view costs by what is on screen, never by the chain's length; every list names
//! its limit.

use serde::{Deserialize, Serialize};

use crate::ledger::{Amount, BlockHash, BlockTime, MerkleNode, OutPoint, Time, Txid};
use crate::miner::Mode as MiningMode;

/// The version of the messages between page and node worker; both sides compare it first.
pub const PROTOCOL_VERSION: u32 = 1;

/// A slice of the screen's state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum View {
    /// The header bar; always sent.
    Node(NodeView),
    /// The strip, when watched.
    Chain(ChainView),
    /// The watched block; `None` when this node does not have it.
    Block(Option<Box<BlockView>>),
    /// The watched transaction; `None` when this node does not have it.
    Transaction(Option<Box<TransactionView>>),
    /// The wallet, when watched.
    Wallet(WalletView),
    /// Peers and messages, when watched.
    Network(NetworkView),
    /// The miner, when watched.
    Miner(MinerView),
}

/// Who someone is on screen: a node by its name; the avatar is drawn from the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeName(pub String);

/// The header bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeView {
    /// This node's name, unique among open tabs.
    pub name: NodeName,
    /// `classroom`, `regtest` or `mainnet`.
    pub network: String,
    /// The room; empty for the public one.
    pub room: String,
    /// The active tip's height.
    pub height: u32,
    /// The active tip's hash.
    pub tip: BlockHash,
    /// Where the blocks are kept.
    pub storage: StorageState,
    /// Linked peers, by name.
    pub peers: Vec<NodeName>,
    /// Whether this node takes part in the network.
    pub network_active: bool,
    /// Catching up with the others.
    pub sync: Option<SyncProgress>,
    /// Payments waiting.
    pub mempool_count: usize,
    /// Hashes a second, 0 when not mining.
    pub hash_rate: f64,
    /// Whether and how this node mines.
    pub mining: MiningMode,
    /// Whether the words were ever backed up.
    pub words_backed_up: bool,
}

/// Where a node keeps its blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageState {
    /// In the browser's database.
    Stored,
    /// In memory only: everything works until the tab closes.
    Memory {
        /// What the browser said.
        reason: String,
    },
}

/// How far the catching up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncProgress {
    /// Height of the best known header.
    pub headers: u32,
    /// Height of the active tip.
    pub blocks: u32,
}

/// The strip of blocks around the tip, or below [`Watch::strip_top`](super::Watch).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainView {
    /// Active blocks, highest first; at most 24.
    pub active: Vec<BlockCard>,
    /// Whether there are higher active blocks than those shown.
    pub more_above: bool,
    /// Branches that lost or wait, each highest first; at most 4 branches of at most 8 blocks.
    pub branches: Vec<Branch>,
    /// What the next block would hold.
    pub next: NextBlock,
    /// Which peers are on which tip, this node included.
    pub tips: Vec<TipHolders>,
}

/// A branch beside the active chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Its blocks, highest first.
    pub blocks: Vec<BlockCard>,
    /// The active block it grows from.
    pub fork: BlockHash,
    /// Height of that block.
    pub fork_height: u32,
    /// By how many expected hashes its tip trails the active tip, decimal; `"0"` at equal work.
    pub work_behind: String,
    /// The rule that made it invalid, if one did.
    pub invalid: Option<String>,
    /// Only headers are known yet.
    pub headers_only: bool,
}

/// Nodes whose tip is one block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TipHolders {
    /// The block.
    pub tip: BlockHash,
    /// Its height.
    pub height: u32,
    /// The nodes.
    pub nodes: Vec<NodeName>,
}

/// A block on the strip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockCard {
    /// Its hash.
    pub hash: BlockHash,
    /// Its parent's hash.
    pub prev: BlockHash,
    /// Its height.
    pub height: u32,
    /// Its header's time.
    pub time: BlockTime,
    /// Transactions, the coinbase included; 0 when only the header is known.
    pub tx_count: u32,
    /// Fees of all of them.
    pub fees: Amount,
    /// Who says to have mined it (from the coinbase text); empty if it does not say.
    pub miner: NodeName,
    /// Bytes.
    pub size: u32,
}

/// What the next block would hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextBlock {
    /// Its height.
    pub height: u32,
    /// Payments that fit, best fee rate first; at most 12.
    pub payments: Vec<PendingPayment>,
    /// Payments that fit, in all.
    pub count: usize,
    /// Payments that must wait for a later block.
    pub left_out: usize,
    /// Bytes used, of
    pub size: u32,
    /// bytes allowed.
    pub size_limit: u32,
    /// Reward of the block: subsidy and fees.
    pub reward: Amount,
    /// Zero bits the hash must start with.
    pub zero_bits: u32,
    /// The attempt going on here, if mining.
    pub attempt: Option<Attempt>,
}

/// The miner's attempt at the next block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Hashes tried for this block.
    pub tries: u64,
    /// Most zero bits of a hash so far.
    pub best_zero_bits: u32,
    /// The best hash so far.
    pub best_hash: Option<BlockHash>,
}

/// A payment in the mempool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingPayment {
    /// Its name.
    pub txid: Txid,
    /// Satoshis a virtual byte.
    pub fee_rate: f64,
    /// The first output's amount: the payment, as a rule; change comes last.
    pub amount: Amount,
    /// First input's address, if it has one.
    pub from: Option<String>,
    /// The first output's address, if it has one.
    pub to: Option<String>,
    /// Whether it pays or is paid by this wallet.
    pub mine: bool,
    /// Virtual bytes.
    pub size: u32,
}

/// A check and how it went, for "why valid" and "why rejected".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    /// The rule, Core's reject reason; its texts are `rule.` and `check.` and this.
    pub rule: String,
    /// `None`: not run, because an earlier one failed.
    pub passed: Option<bool>,
    /// What was found and what was needed.
    pub facts: Vec<(String, String)>,
}

/// A block in detail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockView {
    /// The card.
    pub card: BlockCard,
    /// Confirmations; 0 when not on the active chain.
    pub confirmations: u32,
    /// On the active chain, on another branch, or refused.
    pub state: BlockState,
    /// The 80 bytes, hexadecimal.
    pub header_hex: String,
    /// Version.
    pub version: i32,
    /// Merkle root.
    pub merkle_root: MerkleNode,
    /// Compact target.
    pub bits: u32,
    /// Nonce.
    pub nonce: u32,
    /// The target, 64 hexadecimal digits, big-endian.
    pub target: String,
    /// Zero bits the hash starts with.
    pub zero_bits: u32,
    /// Zero bits it must start with.
    pub needed_zero_bits: u32,
    /// Expected hashes to find it.
    pub work: String,
    /// Difficulty, 1 at the mainnet's easiest.
    pub difficulty: f64,
    /// New coins and fees.
    pub reward: Amount,
    /// Of that, the new coins.
    pub subsidy: Amount,
    /// Transactions; at most 200, the coinbase first.
    pub transactions: Vec<TransactionRow>,
    /// The Merkle tree, leaves first, each level's nodes; only for at most 16 transactions.
    pub merkle_levels: Vec<Vec<MerkleNode>>,
    /// Median time past of its parent.
    pub median_time_past: BlockTime,
    /// The block after it on the active chain.
    pub next: Option<BlockHash>,
    /// The checks it passed or failed.
    pub checks: Vec<CheckView>,
}

/// Where a block stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockState {
    /// On the active chain.
    Active,
    /// Valid as far as checked, on a branch with less work or known later.
    Stale,
    /// Only its header is known.
    HeaderOnly,
    /// Refused, with the rule.
    Invalid(String),
}

/// A transaction as a table row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransactionRow {
    /// Its name.
    pub txid: Txid,
    /// Addresses that pay, without repeats; empty for a coinbase.
    pub from: Vec<String>,
    /// Addresses that are paid (change is not told apart), without repeats.
    pub to: Vec<String>,
    /// Sum of its outputs.
    pub amount: Amount,
    /// Its fee; `None` for a coinbase or where inputs are unknown.
    pub fee: Option<Amount>,
    /// Whether it makes new coins.
    pub coinbase: bool,
    /// Bytes.
    pub size: u32,
}

/// A transaction in detail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransactionView {
    /// The row.
    pub row: TransactionRow,
    /// The block it is in, with its height; `None` while waiting.
    pub block: Option<(BlockHash, u32)>,
    /// Confirmations.
    pub confirmations: u32,
    /// Its bytes, hexadecimal.
    pub hex: String,
    /// Inputs; at most 100.
    pub inputs: Vec<InputView>,
    /// Outputs; at most 100.
    pub outputs: Vec<OutputView>,
    /// Format version.
    pub version: i32,
    /// Lock time.
    pub lock_time: u32,
    /// The checks it passes or fails here and now.
    pub checks: Vec<CheckView>,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputView {
    /// The coin it spends; null for a coinbase.
    pub prevout: OutPoint,
    /// The coin's amount, where known.
    pub value: Option<Amount>,
    /// The coin's address, where it has one.
    pub address: Option<String>,
    /// Unlocking script as text.
    pub script_sig_asm: String,
    /// Unlocking script, hexadecimal.
    pub script_sig_hex: String,
    /// Sequence number.
    pub sequence: u32,
    /// Whether this wallet holds the key.
    pub mine: bool,
}

/// An output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutputView {
    /// Amount.
    pub value: Amount,
    /// Its address, where it has one.
    pub address: Option<String>,
    /// Locking script as text.
    pub script_pubkey_asm: String,
    /// Locking script, hexadecimal.
    pub script_pubkey_hex: String,
    /// The transaction that spends it, where one is known.
    pub spent_by: Option<Txid>,
    /// Whether this wallet holds the key.
    pub mine: bool,
}

/// The wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WalletView {
    /// Height it speaks of.
    pub height: u32,
    /// Sum of all coins: spendable, immature and unconfirmed.
    pub total: Amount,
    /// In blocks and spendable now.
    pub spendable: Amount,
    /// Block rewards that must mature.
    pub immature: Amount,
    /// Not in a block yet, own change included.
    pub pending: Amount,
    /// Coins, largest first in each state; at most 200.
    pub coins: Vec<CoinView>,
    /// Coins in all.
    pub coin_count: usize,
    /// Addresses handed out, newest first; at most 100.
    pub addresses: Vec<AddressView>,
    /// The address to hand out next.
    pub receive_address: String,
    /// Newest first; at most 100.
    pub history: Vec<HistoryView>,
    /// Entries in all.
    pub history_count: usize,
    /// Whether the words were backed up.
    pub words_backed_up: bool,
    /// Fee rate that would be in the next block, satoshis a virtual byte.
    pub next_block_fee_rate: u64,
    /// Open peers that told an address to be paid at, for the send form.
    pub payees: Vec<(NodeName, String)>,
}

/// A coin: an unspent output this wallet can unlock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoinView {
    /// Where it is.
    pub outpoint: OutPoint,
    /// How much.
    pub value: Amount,
    /// Its address.
    pub address: String,
    /// The key's path, like `m/44'/1'/0'/0/3`.
    pub path: String,
    /// Its block's height; `None` while waiting.
    pub height: Option<u32>,
    /// What can be done with it.
    pub state: CoinState,
    /// Where it came from.
    pub origin: CoinOrigin,
}

/// What can be done with a coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoinState {
    /// It can be spent.
    Spendable,
    /// A block reward, spendable in the block of this height.
    Immature {
        /// The first height at which it may be spent.
        matures_at: u32,
    },
    /// Not in a block yet.
    Unconfirmed,
}

/// Where a coin came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoinOrigin {
    /// Mined here.
    Mined,
    /// Change of an own payment.
    Change,
    /// Paid by someone.
    Received,
}

/// An address of the wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddressView {
    /// The address.
    pub address: String,
    /// Its key's path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// Whether it was ever paid.
    pub used: bool,
    /// Whether it is for change.
    pub change: bool,
    /// Unspent on it.
    pub balance: Amount,
}

/// A line of the wallet's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryView {
    /// The transaction.
    pub txid: Txid,
    /// What it was.
    pub kind: HistoryKind,
    /// Change of the balance in satoshis, fee included, negative when money left.
    pub amount_sat: i64,
    /// The fee, where this wallet paid it.
    pub fee: Option<Amount>,
    /// Addresses on the other side; at most 8.
    pub addresses: Vec<String>,
    /// Its block's height.
    pub height: Option<u32>,
    /// Confirmations.
    pub confirmations: u32,
    /// How sure it is.
    pub state: HistoryState,
    /// When it was seen or its block made.
    pub time: Time,
}

/// What a wallet transaction was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HistoryKind {
    /// A block reward.
    Mined,
    /// Money came in.
    Received,
    /// Money went out.
    Sent,
    /// From this wallet to itself.
    ToSelf,
}

/// How sure a wallet transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HistoryState {
    /// Waiting in the mempool.
    Pending,
    /// In a block.
    Confirmed,
    /// A reward that must mature, spendable in the block of this height.
    Immature {
        /// The first height at which it may be spent.
        matures_at: u32,
    },
    /// Its coin was spent otherwise, or its block lost and it did not come back.
    Conflicted,
}

/// What a payment form would make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentPreview {
    /// Coins that go in whole.
    pub inputs: Vec<CoinView>,
    /// What comes out.
    pub outputs: Vec<PreviewOutput>,
    /// What is left for the miner.
    pub fee: Amount,
    /// Virtual bytes, signatures included (an upper bound, each signature at its longest).
    pub size: u32,
    /// Satoshis a virtual byte.
    pub fee_rate: f64,
    /// For each input, the bytes its key will sign, as named runs.
    pub preimages: Vec<Vec<ByteRun>>,
}

/// An output of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreviewOutput {
    /// Amount.
    pub value: Amount,
    /// Address.
    pub address: String,
    /// Whether it comes back to this wallet.
    pub change: bool,
}

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

/// The wallet's words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsView {
    /// The words in order.
    pub words: Vec<String>,
}

/// A private key the user asked to see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyReveal {
    /// Its address.
    pub address: String,
    /// Wallet import format.
    pub wif: String,
    /// 64 hexadecimal digits.
    pub hex: String,
    /// Its path.
    pub path: String,
}

impl std::fmt::Debug for WordsView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WordsView(secret)")
    }
}

impl std::fmt::Debug for KeyReveal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyReveal({}, secret)", self.address)
    }
}

/// What the check of a message signature found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageVerdict {
    /// Whether the address's key signed exactly this message.
    pub valid: bool,
    /// The address whose key made the signature over this message, if any key did.
    pub signer: Option<String>,
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
    /// The frame as named runs; long ones are cut at 1,024 bytes.
    pub fields: Vec<ByteRun>,
}

/// The miner page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MinerView {
    /// Mode.
    pub mode: MiningMode,
    /// Percent of the time at work, 1..=100.
    pub power: u8,
    /// Workers wanted, 1..=8.
    pub threads: u8,
    /// Whether this network can be mined here.
    pub can_mine: bool,
    /// Hashes a second over the last seconds.
    pub hash_rate: f64,
    /// One sample a second, oldest first; at most 120.
    pub rate_history: Vec<f64>,
    /// Height being tried.
    pub height: u32,
    /// The header being tried, hexadecimal, with the last reported nonce.
    pub header_hex: String,
    /// Target, 64 hexadecimal digits, big-endian.
    pub target: String,
    /// Compact target.
    pub bits: u32,
    /// Zero bits it takes.
    pub zero_bits: u32,
    /// Difficulty.
    pub difficulty: f64,
    /// Expected hashes for a block.
    pub expected_hashes: f64,
    /// The attempt.
    pub attempt: Attempt,
    /// How many hashes had exactly so many zero bits, in this attempt; index is the count of zero
    /// bits, at most 64.
    pub histogram: Vec<u64>,
    /// Reward if this try wins.
    pub reward: Amount,
    /// Payments in the template.
    pub template_payments: usize,
    /// Blocks found by this node, newest first; at most 50.
    pub found: Vec<FoundBlock>,
    /// Blocks found in all.
    pub found_count: u64,
    /// Seconds each of the last active blocks took, oldest first; at most 20: height, seconds.
    pub intervals: Vec<(u32, i64)>,
    /// Seconds a block should take.
    pub spacing: u32,
    /// Height of the next retarget, and blocks between retargets; `None`: never.
    pub retarget: Option<(u32, u32)>,
}

/// A block this node found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundBlock {
    /// Its hash.
    pub hash: BlockHash,
    /// Its height.
    pub height: u32,
    /// When.
    pub time: Time,
    /// Whether it is on the active chain now.
    pub active: bool,
    /// What it brought.
    pub reward: Amount,
}

/// A stored node that no tab holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredNode {
    /// Its name: open it with `?node=NAME`.
    pub name: String,
    /// When it was last open.
    pub last_open: Time,
    /// Its height then.
    pub height: u32,
}

/// Something that happened, for a toast and the live region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// A block became the tip.
    BlockFound {
        /// Its hash.
        hash: BlockHash,
        /// Its height.
        height: u32,
        /// Its miner.
        miner: NodeName,
        /// Whether this node mined it.
        here: bool,
        /// Its transactions.
        tx_count: u32,
        /// Its fees.
        fees: Amount,
    },
    /// The wallet was paid, first seen.
    Paid {
        /// The transaction.
        txid: Txid,
        /// How much.
        amount: Amount,
    },
    /// A payment of or to this wallet got its first confirmation.
    Confirmed {
        /// The transaction.
        txid: Txid,
        /// The block's height.
        height: u32,
    },
    /// A transaction was refused here, or a peer refused ours.
    TransactionRejected {
        /// The transaction.
        txid: Txid,
        /// The rule, its facts and text.
        error: UserErrorView,
        /// The peer that refused it; `None`: this node did.
        by: Option<NodeName>,
    },
    /// A block was refused here, or a peer refused ours.
    BlockRejected {
        /// The block.
        hash: BlockHash,
        /// The rule, its facts and text.
        error: UserErrorView,
        /// The peer that refused it; `None`: this node did.
        by: Option<NodeName>,
    },
    /// Another branch has more work now.
    Reorganised {
        /// Blocks that left the active chain.
        disconnected: u32,
        /// Blocks that came in.
        connected: u32,
        /// The new tip.
        tip: BlockHash,
        /// Its height.
        height: u32,
        /// Own payments that are waiting again.
        returned: u32,
    },
    /// A node joined.
    PeerJoined(NodeName),
    /// A node left.
    PeerLeft(NodeName),
    /// A peer was disconnected for breaking the protocol.
    PeerBanned {
        /// Which.
        name: NodeName,
        /// Why.
        reason: String,
    },
    /// No miner worker can be had.
    MinerFailed {
        /// What the browser said.
        reason: String,
    },
    /// The blocks can't be stored (any more).
    StorageFailed {
        /// What the browser said.
        reason: String,
    },
}

/// The error part of a notice.
pub type UserErrorView = super::UserError;
