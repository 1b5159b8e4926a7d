//! Blocks: a header of 80 bytes that names its parent, and the transactions it puts in order.

use super::encoding::{Decodable, DecodeError, Encodable, MAX_ELEMENTS, Reader, encode_list};
use super::{BlockHash, BlockTime, MerkleNode, Transaction};

/// A block's header: what is hashed to find a block (whitepaper section 4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Format version and signalling bits.
    pub version: i32,
    /// The parent's hash: this is the chain.
    pub prev_block_hash: BlockHash,
    /// The root of the Merkle tree of the block's transactions.
    pub merkle_root: MerkleNode,
    /// When its miner says it was made, in seconds.
    pub time: BlockTime,
    /// The target in compact form: the hash must not be above it.
    pub bits: u32,
    /// The number that miners vary.
    pub nonce: u32,
}

impl Header {
    /// Bytes of a header.
    pub const SIZE: usize = 80;

    /// The block's name: the double SHA-256 of these 80 bytes.
    pub fn block_hash(&self) -> BlockHash {
        BlockHash::hash(&self.to_bytes())
    }
}

/// A block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Its header.
    pub header: Header,
    /// Its transactions, the coinbase first.
    pub transactions: Vec<Transaction>,
}

impl Block {
    /// The block's name.
    pub fn block_hash(&self) -> BlockHash {
        self.header.block_hash()
    }

    /// Bytes in all.
    pub fn total_size(&self) -> usize {
        Header::SIZE
            + super::compact_size_len(self.transactions.len() as u64)
            + self.transactions.iter().map(Transaction::total_size).sum::<usize>()
    }

    /// Weight units (BIP-0141).
    pub fn weight(&self) -> usize {
        (Header::SIZE + super::compact_size_len(self.transactions.len() as u64)) * 4
            + self.transactions.iter().map(Transaction::weight).sum::<usize>()
    }
}

impl Encodable for Header {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.version.to_le_bytes());
        out.extend_from_slice(self.prev_block_hash.as_bytes());
        out.extend_from_slice(self.merkle_root.as_bytes());
        out.extend_from_slice(&self.time.0.to_le_bytes());
        out.extend_from_slice(&self.bits.to_le_bytes());
        out.extend_from_slice(&self.nonce.to_le_bytes());
    }
}

impl Decodable for Header {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            version: reader.i32()?,
            prev_block_hash: BlockHash::from_bytes(reader.array()?),
            merkle_root: MerkleNode::from_bytes(reader.array()?),
            time: BlockTime(reader.u32()?),
            bits: reader.u32()?,
            nonce: reader.u32()?,
        })
    }
}

impl Encodable for Block {
    fn encode(&self, out: &mut Vec<u8>) {
        self.header.encode(out);
        encode_list(&self.transactions, out);
    }
}

impl Decodable for Block {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { header: Header::decode(reader)?, transactions: reader.list(MAX_ELEMENTS)? })
    }
}
