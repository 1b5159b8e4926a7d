//! What only lessons use: keys made by coins and scribbles, the walk along a toy curve, keys searched for, reused
//! nonces, weak words, and what a chain tells about who owns which addresses.
//!
//! Nothing here belongs to a wallet or a node; all of it is pure, and takes entropy from its caller.

pub mod address_steps;
pub mod brain_wallet;
pub mod double_and_add;
pub mod entropy_pool;
pub mod flips;
pub mod key_number;
pub mod key_search;
pub mod key_tree;
pub mod linkage;
pub mod nonce_reuse;
pub mod schnorr;
