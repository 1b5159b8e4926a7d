//! What the page may ask of its node, and what comes back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AddressView, Alteration, ByteRun, KeyReveal, MessageVerdict, NodeName, NodeView, NoteContent, Notice,
    PaymentPreview, RestoredView, StoredNode, SweepPreview, UserError, View, WatchedBlock, WordsView,
};
use crate::ledger::{Amount, BlockHash, OutPoint, Txid};
use crate::miner::Mode as MiningMode;

/// A command with the number that its reply repeats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Chosen by the page, unique in its lifetime.
    pub id: u64,
    /// What is asked.
    pub command: Command,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The request's number.
    pub id: u64,
    /// The answer, or why there is none.
    pub result: Result<Answer, UserError>,
}

/// Everything a node worker says to its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToPage {
    /// The worker's code is loaded; `protocol` must be the page's own, else the page is stale.
    Loaded {
        /// [`PROTOCOL_VERSION`](super::PROTOCOL_VERSION) of the worker.
        protocol: u32,
    },
    /// The node is open: storage read, ledger replayed.
    Ready(Box<NodeView>),
    /// How far opening is: stored blocks replayed, of how many.
    Opening {
        /// Blocks replayed.
        done: u32,
        /// Blocks stored.
        total: u32,
    },
    /// Something happened that the user should see.
    Notice(Notice),
    /// The answer to a request.
    Reply(Box<Reply>),
    /// The node can't run at all.
    Failed(UserError),
    /// A slice of what is on screen changed.
    View(Box<View>),
}

/// What is on screen, so that only that is computed and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The chain strip and the next-block preview.
    pub chain: bool,
    /// Highest height the strip shows; `None` follows the tip.
    pub strip_top: Option<u32>,
    /// A block's detail.
    pub block: Option<WatchedBlock>,
    /// A transaction's detail.
    pub transaction: Option<Txid>,
    /// The wallet.
    pub wallet: bool,
    /// Peers and the message log.
    pub network: bool,
    /// The miner.
    pub miner: bool,
    /// Signed notes.
    pub notes: bool,
    /// What the nodes say of a transaction.
    pub answers: bool,
}

/// A private key as typed: it is not printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// The send form, as typed: text is parsed and refused by the node, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentForm {
    /// The address.
    pub to: String,
    /// Coins, like `1.5`.
    pub amount: String,
    /// Satoshis a virtual byte, like `5`.
    pub fee_rate: String,
    /// Coins to spend, chosen by hand; empty lets the wallet choose.
    pub coins: Vec<OutPoint>,
    /// Pay all that is spendable (of the chosen coins, if any); `amount` is not read.
    pub send_all: bool,
}

/// What a page may ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// This is what I show now: replaces the last `Watch`. Answer: `Done`.
    Watch(Watch),
    /// Mine or stop. Answer: `Done`.
    Mine(MiningMode),
    /// Share of the time a miner works, 1..=100 percent. Answer: `Done`.
    SetPower(u8),
    /// Number of miner workers, 1..=8. Answer: `Done`.
    SetThreads(u8),
    /// Another header to try by hand, with the payments that wait now; it comes with the miner's
    /// view. Answer: `Done`.
    NewHandHeader,
    /// A nonce that was found by hand: make the block and send it. Answer: `Mined`.
    MinedByHand {
        /// The header, [`HandHeader::header_hex`](super::HandHeader) with the nonce; hexadecimal.
        header: String,
    },
    /// The transaction that a form would make, unsigned. Answer: `Preview`.
    PreviewPayment(PaymentForm),
    /// The bytes that the key of one input of a previewed payment will sign. Answer: `Preimage`.
    PaymentPreimage {
        /// [`PaymentPreview::plan`].
        plan: Txid,
        /// Which input, from 0.
        input: u32,
    },
    /// Sign and broadcast a payment exactly as it was previewed; refused where it is out of date. Answer: `Sent`.
    SendPayment {
        /// [`PaymentPreview::plan`].
        plan: Txid,
    },
    /// Find the coins of a private key that is not the wallet's, and show what sweeping them would do. Answer: `Sweep`.
    PreviewSweep {
        /// Wallet import format, as typed.
        key: Secret,
        /// Satoshis a virtual byte, like `5`.
        fee_rate: String,
    },
    /// Sign the sweep exactly as it was previewed, with its key, and broadcast it. Answer: `Sent`.
    SendSweep {
        /// Wallet import format, as typed.
        key: Secret,
        /// [`SweepPreview::plan`].
        plan: Txid,
    },
    /// A new receiving address. Answer: `Address`.
    NewAddress {
        /// A name for it, up to 64 characters, may be empty.
        label: String,
    },
    /// The wallet's words, to write down. Answer: `Words`.
    RevealWords,
    /// The user says the words are written down. Answer: `Done`.
    WordsBackedUp,
    /// Replace this wallet by the one of these words, and scan the chain. Answer: `Restored`.
    RestoreWords {
        /// 12, 15, 18, 21 or 24 words.
        words: String,
        /// How many unused addresses in a row are passed over, 20..=1000.
        gap: u32,
    },
    /// The private key of one of the wallet's addresses. Answer: `Key`.
    RevealKey {
        /// The address.
        address: String,
    },
    /// Sign a message with the key of one of the wallet's addresses. Answer: `Signature`.
    SignMessage {
        /// The address.
        address: String,
        /// The message.
        message: String,
    },
    /// Check a message signature. Answer: `Verdict`.
    VerifyMessage {
        /// The address that should have signed.
        address: String,
        /// The signature, base64.
        signature: String,
        /// The message.
        message: String,
    },
    /// The user has read that the chain began anew with other rules. Answer: `Done`.
    EarlierChainRead,
    /// Link this node to the others, or not (Core `setnetworkactive`). Answer: `Done`.
    SetNetworkActive(bool),
    /// Send a signed note to every linked tab. Answer: `Done`; verdicts come with the notes' view.
    SendNote(NoteContent),
    /// What is done to notes under way, in the whole room; `None` is nothing. Answer: `Done`.
    SetAltering(Option<Alteration>),
    /// The key of this note, valid but not the one known, is its sender's from now on. Answer: `Done`.
    TrustKey {
        /// [`NoteView::number`](super::NoteView::number).
        note: u64,
    },
    /// Ask every linked tab what it says of a transaction. Answer: `Done`; theirs come as a view.
    AskPeers {
        /// The transaction, hexadecimal.
        hex: String,
    },
    /// What a search text is: height, block hash, txid, coin, node's name, address. Answer: `Found`.
    Search(String),
    /// Other stored nodes of this network and room that no tab holds. Answer: `StoredNodes`.
    ListStoredNodes,
    /// Delete a stored node that no tab holds. Answer: `Done`.
    DeleteStoredNode(String),
    /// A JSON-RPC call with Bitcoin Core's methods. Answer: `Rpc`.
    Rpc {
        /// The method.
        method: String,
        /// Its parameters, by position; or one object with them by name.
        #[serde(with = "json_text")]
        params: Vec<Value>,
    },
    /// The same as it was typed: a method and its parameters, as words. Answer: `Rpc`.
    RpcLine {
        /// The line.
        line: String,
    },
    /// Try now to save what could not be saved. Answer: `Done`.
    SaveNow,
    /// The page closes: store what is not stored yet. Answer: `Done`.
    Close,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// A block, active or stale.
    Block(BlockHash),
    /// A transaction, in a block or waiting.
    Transaction(Txid),
    /// A node, this one or one of its peers.
    Node(NodeName),
    /// A valid address of this network.
    Address(Box<AddressFound>),
}

/// What this node knows of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFound {
    /// The address.
    pub address: String,
    /// Whose it is.
    pub owner: AddressOwner,
    /// The name that this wallet gave it; empty if none.
    pub label: String,
    /// What is unspent on it, in blocks.
    pub value: Amount,
    /// In how many coins.
    pub coin_count: usize,
    /// The largest of them; at most 5.
    pub coins: Vec<(OutPoint, Amount)>,
}

/// Whose an address is, as far as a node knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressOwner {
    /// This wallet's.
    Me {
        /// For change.
        change: bool,
    },
    /// The one at which this peer told it may be paid.
    Peer(NodeName),
    /// Not known.
    Unknown,
}

/// The result of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// It is done; there is nothing to say.
    Done,
    /// A payment's preview.
    Preview(Box<PaymentPreview>),
    /// The bytes of a signature hash, as named runs.
    Preimage(Vec<ByteRun>),
    /// What sweeping a key would do.
    Sweep(Box<SweepPreview>),
    /// The payment is signed, valid and on its way.
    Sent {
        /// Its name.
        txid: Txid,
    },
    /// A new address.
    Address(AddressView),
    /// The wallet's words.
    Words(WordsView),
    /// A revealed key.
    Key(KeyReveal),
    /// A message signature, base64.
    Signature(String),
    /// What the check of a message signature found.
    Verdict(MessageVerdict),
    /// What a search text is.
    Found(Found),
    /// Stored nodes.
    StoredNodes(Vec<StoredNode>),
    /// What a search by a wallet's words found.
    Restored(RestoredView),
    /// The block is found, valid and on its way.
    Mined {
        /// Its hash.
        hash: BlockHash,
        /// Its height.
        height: u32,
    },
    /// An RPC result.
    Rpc(#[serde(with = "json_text")] Value),
}

/// JSON inside other formats, which cannot tell what kind of value comes next: as its text.
mod json_text {
    use serde::de::{DeserializeOwned, Error};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer, T: Serialize>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(value).map_err(serde::ser::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By position, as between the threads of a tab, and without telling what comes next.
    fn there_and_back<T: Serialize + serde::de::DeserializeOwned>(message: &T) -> T {
        postcard::from_bytes(&postcard::to_allocvec(message).expect("plain data")).expect("own bytes")
    }

    #[test]
    fn what_page_and_node_say_survives_being_written_as_bytes() {
        let rpc = Command::Rpc { method: "getblock".into(), params: vec![serde_json::json!({ "a": [1, 2.5, null] })] };
        let request = Request { id: u64::MAX, command: rpc };
        assert_eq!(there_and_back(&request), request);
        let value = serde_json::json!({ "height": 7, "tx": ["ab"], "time": 1.5, "none": null });
        let replies = [
            Ok(Answer::Rpc(value)),
            Ok(Answer::Sent { txid: Txid::hash(b"x") }),
            Err(UserError::new(-8, "rule", "text").fact("count", 3).at("amount")),
        ];
        let mut messages: Vec<ToPage> =
            replies.into_iter().map(|result| ToPage::Reply(Box::new(Reply { id: 1, result }))).collect();
        messages.push(ToPage::Loaded { protocol: 7 });
        messages.push(ToPage::Opening { done: 1, total: 2 });
        messages.push(ToPage::Failed(UserError::new(1, "a", "b")));
        for message in messages {
            assert_eq!(there_and_back(&message), message);
        }
    }
}
