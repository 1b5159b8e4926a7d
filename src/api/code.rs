//! Error codes of Bitcoin Core's RPC (`src/rpc/protocol.h`).
#![allow(missing_docs, reason = "the names are Core's, and say it")]

pub const MISC_ERROR: i32 = -1;
pub const TYPE_ERROR: i32 = -3;
pub const WALLET_ERROR: i32 = -4;
pub const INVALID_ADDRESS_OR_KEY: i32 = -5;
pub const WALLET_INSUFFICIENT_FUNDS: i32 = -6;
pub const INVALID_PARAMETER: i32 = -8;
pub const WALLET_INVALID_LABEL_NAME: i32 = -11;
pub const WALLET_NOT_FOUND: i32 = -18;
pub const DESERIALIZATION_ERROR: i32 = -22;
pub const VERIFY_ERROR: i32 = -25;
pub const VERIFY_REJECTED: i32 = -26;
pub const VERIFY_ALREADY_IN_UTXO_SET: i32 = -27;
pub const IN_WARMUP: i32 = -28;
pub const INVALID_REQUEST: i32 = -32600;
pub const METHOD_NOT_FOUND: i32 = -32601;
pub const INTERNAL_ERROR: i32 = -32603;
