//! The messages themselves.

use std::sync::Arc;

use crate::ledger::{
    Block, BlockHash, Decodable, DecodeError, Encodable, Header, Reader, Transaction, encode_compact_size,
};

use super::frame::{WireError, decode_frame, encode_frame};
use super::{Inventory, MAX_INVENTORY, Reject, Version};

/// Most headers of one headers message (Core `MAX_HEADERS_RESULTS`).
pub const MAX_HEADERS: usize = 2_000;
/// Most hashes of a block locator (Core `MAX_LOCATOR_SZ`).
pub const MAX_LOCATOR: usize = 101;

/// What one node says to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// Who I am; the first message of each side.
    Version(Box<Version>),
    /// I have read your version.
    Verack,
    /// Are you there? With a number to send back.
    Ping(u64),
    /// I am; with the number of the ping (BIP-0031).
    Pong(u64),
    /// Announce blocks to me by their headers (BIP-0130).
    SendHeaders,
    /// Which headers come after those I have?
    GetHeaders(GetHeaders),
    /// Headers, each the child of the one before.
    Headers(Vec<Header>),
    /// I have these.
    Inv(Vec<Inventory>),
    /// Send me these.
    GetData(Vec<Inventory>),
    /// These you asked for I do not have.
    NotFound(Vec<Inventory>),
    /// A transaction.
    Tx(Arc<Transaction>),
    /// A block.
    Block(Arc<Block>),
    /// Which unconfirmed transactions do you have? (BIP-0035)
    Mempool,
    /// I refused what you sent (BIP-0061).
    Reject(Reject),
    /// A message this node does not know; it is ignored.
    Unknown {
        /// Its command.
        command: String,
        /// Its payload.
        payload: Vec<u8>,
    },
}

/// A question for headers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetHeaders {
    /// The protocol the sender speaks.
    pub protocol: u32,
    /// Blocks the sender has: dense near its tip, thinning out, genesis last.
    pub locator: Vec<BlockHash>,
    /// The last header wanted; zero for as many as fit.
    pub stop: BlockHash,
}

impl Message {
    /// The command in the frame.
    pub fn command(&self) -> &str {
        match self {
            Self::Version(_) => "version",
            Self::Verack => "verack",
            Self::Ping(_) => "ping",
            Self::Pong(_) => "pong",
            Self::SendHeaders => "sendheaders",
            Self::GetHeaders(_) => "getheaders",
            Self::Headers(_) => "headers",
            Self::Inv(_) => "inv",
            Self::GetData(_) => "getdata",
            Self::NotFound(_) => "notfound",
            Self::Tx(_) => "tx",
            Self::Block(_) => "block",
            Self::Mempool => "mempool",
            Self::Reject(_) => "reject",
            Self::Unknown { command, .. } => command,
        }
    }

    /// Its frame on the network of `magic`.
    pub fn encode(&self, magic: [u8; 4]) -> Vec<u8> {
        encode_frame(magic, self.command(), &self.payload())
    }

    /// Its bytes without the frame.
    pub fn payload(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Verack | Self::SendHeaders | Self::Mempool => {}
            Self::Version(version) => version.encode_payload(&mut out),
            Self::Ping(nonce) | Self::Pong(nonce) => out.extend_from_slice(&nonce.to_le_bytes()),
            Self::GetHeaders(question) => question.encode(&mut out),
            Self::Headers(headers) => {
                encode_compact_size(headers.len() as u64, &mut out);
                for header in headers {
                    header.encode(&mut out);
                    // A headers message gives each header's number of transactions as zero.
                    out.push(0);
                }
            }
            Self::Inv(items) | Self::GetData(items) | Self::NotFound(items) => {
                encode_compact_size(items.len() as u64, &mut out);
                for item in items {
                    item.encode(&mut out);
                }
            }
            Self::Tx(transaction) => transaction.encode(&mut out),
            Self::Block(block) => block.encode(&mut out),
            Self::Reject(reject) => reject.encode_payload(&mut out),
            Self::Unknown { payload, .. } => out.extend_from_slice(payload),
        }
        out
    }

    /// Reads a frame of the network of `magic`.
    ///
    /// # Errors
    /// What is wrong with the frame or its payload.
    pub fn decode(frame: &[u8], magic: [u8; 4]) -> Result<Self, WireError> {
        let (command, payload) = decode_frame(frame, magic)?;
        Self::decode_payload(command, payload)
            .map_err(|error| WireError::Payload { command: command.to_owned(), error })
    }

    fn decode_payload(command: &str, payload: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(payload);
        let message = match command {
            "version" => Self::Version(Box::new(Version::decode_payload(&mut reader)?)),
            "verack" => Self::Verack,
            "ping" => Self::Ping(reader.u64()?),
            "pong" => Self::Pong(reader.u64()?),
            "sendheaders" => Self::SendHeaders,
            "getheaders" => Self::GetHeaders(GetHeaders::decode(&mut reader)?),
            "headers" => Self::Headers(
                reader.list::<HeaderEntry>(MAX_HEADERS as u64)?.into_iter().map(|entry| entry.0).collect(),
            ),
            "inv" => Self::Inv(reader.list(MAX_INVENTORY as u64)?),
            "getdata" => Self::GetData(reader.list(MAX_INVENTORY as u64)?),
            "notfound" => Self::NotFound(reader.list(MAX_INVENTORY as u64)?),
            "tx" => Self::Tx(Arc::new(Transaction::decode(&mut reader)?)),
            "block" => Self::Block(Arc::new(Block::decode(&mut reader)?)),
            "mempool" => Self::Mempool,
            "reject" => Self::Reject(Reject::decode_payload(&mut reader)?),
            _ => {
                return Ok(Self::Unknown { command: command.to_owned(), payload: payload.to_vec() });
            }
        };
        match reader.remaining() {
            0 => Ok(message),
            extra => Err(DecodeError::Trailing { extra }),
        }
    }

    /// Its content in a few words for a log: numbers and hashes only, nothing to translate.
    pub fn summary(&self) -> String {
        match self {
            Self::Version(version) => format!("{} {} #{}", version.protocol, version.user_agent, version.start_height),
            Self::Ping(nonce) | Self::Pong(nonce) => format!("{nonce:016x}"),
            Self::GetHeaders(question) => match question.locator.first() {
                Some(first) => format!("> {first}"),
                None => question.stop.to_string(),
            },
            Self::Headers(headers) => {
                headers.last().map_or_else(|| "0".into(), |last| format!("{} × … {}", headers.len(), last.block_hash()))
            }
            Self::Inv(items) | Self::GetData(items) | Self::NotFound(items) => match items.as_slice() {
                [item] => item.to_string(),
                [first, ..] => format!("{} × {first} …", items.len()),
                [] => "0".into(),
            },
            Self::Tx(transaction) => transaction.txid().to_string(),
            Self::Block(block) => block.block_hash().to_string(),
            Self::Reject(reject) => format!("{} {} {}", reject.message, reject.code.name(), reject.reason),
            Self::Unknown { payload, .. } => format!("{} B", payload.len()),
            Self::Verack | Self::SendHeaders | Self::Mempool => String::new(),
        }
    }
}

impl Encodable for GetHeaders {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.protocol.to_le_bytes());
        encode_compact_size(self.locator.len() as u64, out);
        for hash in &self.locator {
            out.extend_from_slice(hash.as_bytes());
        }
        out.extend_from_slice(self.stop.as_bytes());
    }
}

impl Decodable for GetHeaders {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let protocol = reader.u32()?;
        let count = reader.compact_size(MAX_LOCATOR as u64)? as usize;
        let mut locator = Vec::with_capacity(count);
        for _ in 0..count {
            locator.push(BlockHash::from_bytes(reader.array()?));
        }
        Ok(Self { protocol, locator, stop: BlockHash::from_bytes(reader.array()?) })
    }
}

/// A header as a headers message has it: with a number of transactions, which is always zero.
struct HeaderEntry(Header);

impl Decodable for HeaderEntry {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let header = Header::decode(reader)?;
        reader.compact_size(0)?;
        Ok(Self(header))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{NetAddress, RejectCode};
    use super::*;
    use crate::ledger::{Amount, BlockTime, MerkleNode, OutPoint, Script, TxIn, TxOut, Txid, from_hex};

    pub(in super::super) const MAGIC: [u8; 4] = [0xfa, 0xbf, 0xb5, 0xda];

    fn a_transaction() -> Transaction {
        Transaction {
            version: 1,
            inputs: vec![TxIn {
                prevout: OutPoint { txid: Txid::hash(b"parent"), vout: 1 },
                script_sig: Script::from_bytes(vec![1, 2, 3]),
                sequence: TxIn::SEQUENCE_FINAL,
                witness: vec![vec![9; 3], vec![]],
            }],
            outputs: vec![TxOut { value: Amount::from_coins(2), script_pubkey: Script::from_bytes(vec![0x51]) }],
            lock_time: 7,
        }
    }

    fn a_header() -> Header {
        Header {
            version: 4,
            prev_block_hash: BlockHash::hash(b"prev"),
            merkle_root: MerkleNode::hash(b"root"),
            time: BlockTime(1_700_000_000),
            bits: 0x207f_ffff,
            nonce: 42,
        }
    }

    pub(in super::super) fn one_of_each() -> Vec<Message> {
        let version = Version {
            protocol: 70_015,
            services: 1,
            time: 1_700_000_000,
            receiver: NetAddress::default(),
            sender: NetAddress { services: 5, ip: [7; 16], port: 8333 },
            nonce: 0x0102_0304_0506_0708,
            user_agent: "/Tabchain:0.1.0(Alice)/".into(),
            start_height: 7,
            relay: true,
        };
        let items = vec![
            Inventory::Transaction(Txid::hash(b"t")),
            Inventory::Block(BlockHash::hash(b"b")),
            Inventory::Other { kind: 3, hash: [3; 32] },
        ];
        let plain = Transaction {
            inputs: a_transaction().inputs.into_iter().map(|i| TxIn { witness: vec![], ..i }).collect(),
            ..a_transaction()
        };
        vec![
            Message::Version(Box::new(version)),
            Message::Verack,
            Message::Ping(1),
            Message::Pong(u64::MAX),
            Message::SendHeaders,
            Message::GetHeaders(GetHeaders {
                protocol: 70_015,
                locator: vec![BlockHash::hash(b"1"), BlockHash::hash(b"0")],
                stop: BlockHash::ZERO,
            }),
            Message::Headers(vec![a_header(), a_header()]),
            Message::Headers(vec![]),
            Message::Inv(items.clone()),
            Message::GetData(items.clone()),
            Message::NotFound(items),
            Message::Tx(Arc::new(a_transaction())),
            Message::Tx(Arc::new(plain.clone())),
            Message::Block(Arc::new(Block { header: a_header(), transactions: vec![plain, a_transaction()] })),
            Message::Mempool,
            Message::Reject(Reject {
                message: "tx".into(),
                code: RejectCode::Duplicate,
                reason: "txn-mempool-conflict".into(),
                hash: Some([9; 32]),
            }),
            Message::Reject(Reject {
                message: "ping".into(),
                code: RejectCode::Malformed,
                reason: "error parsing message".into(),
                hash: None,
            }),
            Message::Unknown { command: "feefilter".into(), payload: vec![1, 2, 3] },
        ]
    }

    #[test]
    fn every_message_comes_back_from_its_frame() {
        for message in one_of_each() {
            let frame = message.encode(MAGIC);
            assert_eq!(Message::decode(&frame, MAGIC), Ok(message));
        }
    }

    #[test]
    fn a_message_cut_short_or_grown_is_malformed() {
        for message in one_of_each() {
            if matches!(message, Message::Unknown { .. }) {
                continue;
            }
            let payload = message.payload();
            for length in 0..payload.len() {
                // A version may lack its last field, a reject its hash.
                let optional = matches!(message, Message::Version(_)) && length + 1 == payload.len()
                    || matches!(message, Message::Reject(_)) && length + 32 == payload.len();
                let frame = encode_frame(MAGIC, message.command(), &payload[..length]);
                assert_eq!(Message::decode(&frame, MAGIC).is_ok(), optional, "{message:?} cut to {length}");
            }
            let mut longer = payload;
            longer.push(0);
            let frame = encode_frame(MAGIC, message.command(), &longer);
            assert_eq!(Message::decode(&frame, MAGIC).is_ok(), matches!(message, Message::Version(_)), "{message:?}");
        }
    }

    #[test]
    fn lists_over_the_limit_are_refused_before_they_are_read() {
        let cases = [("headers", MAX_HEADERS), ("inv", MAX_INVENTORY), ("getdata", MAX_INVENTORY)];
        for (command, limit) in cases {
            let mut payload = Vec::new();
            encode_compact_size(limit as u64 + 1, &mut payload);
            let error = Message::decode(&encode_frame(MAGIC, command, &payload), MAGIC).expect_err("too long");
            assert!(matches!(error, WireError::Payload { error: DecodeError::TooLong { .. }, .. }), "{error}");
        }
    }

    #[test]
    fn a_version_message_of_the_documentation_is_read() {
        // The example of the Bitcoin wiki's "Protocol documentation", of Satoshi:0.7.2.
        let frame = from_hex(
            "f9beb4d976657273696f6e0000000000640000003b648d5a62ea0000010000000000000011b2d05000000000\
             010000000000000000000000000000000000ffff000000000000010000000000000000000000000000000000\
             ffff0000000000003b2eb35d8ce617650f2f5361746f7368693a302e372e322fc03e0300",
        )
        .expect("hex");
        let Ok(Message::Version(version)) = Message::decode(&frame, [0xf9, 0xbe, 0xb4, 0xd9]) else {
            panic!("a version message");
        };
        assert_eq!(version.protocol, 60_002);
        assert_eq!(version.user_agent, "/Satoshi:0.7.2/");
        assert_eq!(version.start_height, 212_672);
        assert!(version.relay);
    }
}
