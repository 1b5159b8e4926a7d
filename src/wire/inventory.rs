//! Inventory: the names of things one has or wants (Core `CInv`).

use crate::ledger::{BlockHash, Decodable, DecodeError, Encodable, Reader, Txid};

/// Most entries of one inv, getdata or notfound message (Core `MAX_INV_SZ`).
pub const MAX_INVENTORY: usize = 50_000;

/// The name of one thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Inventory {
    /// A transaction, by its txid (type 1).
    Transaction(Txid),
    /// A block (type 2).
    Block(BlockHash),
    /// A type that this node does not serve.
    Other {
        /// The type's number.
        kind: u32,
        /// The name's bytes.
        hash: [u8; 32],
    },
}

/// The number that stands for a transaction.
const KIND_TRANSACTION: u32 = 1;
/// The number that stands for a block.
const KIND_BLOCK: u32 = 2;
/// The bit that asks for a thing with its witnesses (BIP-0144); what is served has them anyway.
const WITNESS_FLAG: u32 = 1 << 30;

impl Inventory {
    /// The type as a word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Transaction(_) => "tx",
            Self::Block(_) => "block",
            Self::Other { .. } => "unknown",
        }
    }

    pub(super) const fn parts(&self) -> (u32, &[u8; 32]) {
        match self {
            Self::Transaction(txid) => (KIND_TRANSACTION, txid.as_bytes()),
            Self::Block(hash) => (KIND_BLOCK, hash.as_bytes()),
            Self::Other { kind, hash } => (*kind, hash),
        }
    }
}

impl std::fmt::Display for Inventory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Transaction(txid) => write!(f, "tx {txid}"),
            Self::Block(hash) => write!(f, "block {hash}"),
            Self::Other { kind, hash } => write!(f, "type {kind} {}", crate::ledger::to_hex(hash)),
        }
    }
}

impl Encodable for Inventory {
    fn encode(&self, out: &mut Vec<u8>) {
        let (kind, hash) = self.parts();
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(hash);
    }
}

impl Decodable for Inventory {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let kind = reader.u32()?;
        let hash = reader.array()?;
        Ok(match kind & !WITNESS_FLAG {
            KIND_TRANSACTION => Self::Transaction(Txid::from_bytes(hash)),
            KIND_BLOCK => Self::Block(BlockHash::from_bytes(hash)),
            _ => Self::Other { kind, hash },
        })
    }
}
