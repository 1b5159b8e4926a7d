//! The ledger: Bitcoin's data structures, their bytes, and the rules that decide what is valid.
//!
//! Nothing here reads a clock, a random source or a network. A block goes in, with the time it is
//! now; a [`ChainUpdate`] or the rule that it broke comes out.

mod amount;
mod block;
pub mod chain;
mod checked;
mod coin;
mod encoding;
mod fee_rate;
mod genesis;
mod hash;
mod index;
pub mod merkle;
pub mod network;
pub mod params;
mod retarget;
pub mod rules;
pub mod script;
pub mod sighash;
mod sorted_set;
pub mod target;
mod time;
mod transaction;
mod u256;
mod utxo;

pub use amount::{Amount, AmountError, COIN, MAX_MONEY};
pub use block::{Block, Header};
pub use chain::{BlockAccepted, Chain};
pub use checked::{ChainUpdate, CheckedBlock};
pub use coin::{Coin, SpentCoin};
pub use encoding::{
    Decodable, DecodeError, Encodable, MAX_ELEMENTS, Reader, compact_size_len, decode_exact, decode_hex,
    encode_compact_size, from_hex, to_hex,
};
pub use fee_rate::{FeeRate, FeeRateError};
pub use hash::{BlockHash, Hash160, HashError, MerkleNode, Txid, hash160, sha256, sha256d};
pub use index::{BlockIndex, BlockStatus, Invalidity};
pub use merkle::{MerkleBranch, MerkleRoot, merkle_levels, merkle_parent, merkle_root, merkle_root_of_txids};
pub use network::Network;
pub use params::Params;
pub use retarget::RetargetForecast;
pub use rules::{BlockError, Check, Facts, HeaderError, InputError, RuleError, TransactionError};
pub use script::Script;
pub use sorted_set::SortedSet;
pub use target::{Target, Work, difficulty};
pub use time::{BlockTime, Duration, Time};
pub use transaction::{OutPoint, Transaction, TxIn, TxOut, decode_hex_transaction};
pub use utxo::UtxoSet;
