//! The blocks that chains begin with.

use super::merkle::merkle_root_of_txids;
use super::network::Network;
use super::{
    Amount, Block, BlockHash, BlockTime, Header, OutPoint, Script, Transaction, TxIn, TxOut, from_hex, sha256, to_hex,
};

/// What Satoshi Nakamoto wrote into the first coinbase.
const HEADLINE: &str = "The Times 03/Jan/2009 Chancellor on brink of second bailout for banks";
/// The public key that the first coinbase pays to.
const FIRST_KEY: &str = "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f";
/// When the chains of rooms begin: 1 January 2025.
const ROOM_TIME: u32 = 1_735_689_600;
/// Most bytes of a room's name that are written out in its genesis; the hash behind them holds it all.
const NAME_BYTES: usize = 30;

/// The genesis block of Bitcoin's networks: one coinbase, differing in time, bits and nonce.
pub(super) fn satoshi(time: u32, bits: u32, nonce: u32) -> Block {
    let mut script_sig = vec![0x04, 0xff, 0xff, 0x00, 0x1d, 0x01, 0x04];
    push(HEADLINE.as_bytes(), &mut script_sig);
    let mut script_pubkey = Vec::new();
    push(&from_hex(FIRST_KEY).expect("the constant is hexadecimal"), &mut script_pubkey);
    script_pubkey.push(0xac);
    block(script_sig, script_pubkey, time, bits, nonce)
}

/// What tells a room from all others: a hash of its network, its name, and its rules where those
/// are our own.
pub(super) fn room_id(network: Network, room: &str, rules: Option<&str>) -> [u8; 32] {
    match rules {
        // A name is shorter than a hash, so no name of a room without rules reads like this.
        Some(rules) => sha256(format!("tabchain/{network}/{}/{room}", to_hex(&sha256(rules.as_bytes()))).as_bytes()),
        None => sha256(format!("tabchain/{network}/{room}").as_bytes()),
    }
}

/// The genesis block of a room: its coinbase holds the network's name, the start of the room's
/// name, and the room's id. Its proof of work is not asked for: it has none.
pub(super) fn of_room(network: Network, room: &str, id: &[u8; 32], bits: u32) -> Block {
    let mut script_sig = Vec::new();
    push(format!("Tabchain {network}").as_bytes(), &mut script_sig);
    let mut end = room.len().min(NAME_BYTES);
    while !room.is_char_boundary(end) {
        end -= 1;
    }
    push(&room.as_bytes()[..end], &mut script_sig);
    push(id, &mut script_sig);
    // An output that no one can spend, as of every genesis: OP_RETURN.
    block(script_sig, vec![0x6a], ROOM_TIME, bits, 0)
}

/// The first bytes of messages in a room of this id.
pub(super) fn room_magic(id: &[u8; 32]) -> [u8; 4] {
    // High bits set, as in Bitcoin's own: bytes that are rare in text.
    [id[0] | 0x80, id[1] | 0x80, id[2] | 0x80, id[3]]
}

/// The two blocks whose coinbases repeat earlier ones (BIP-0030, Core `IsBIP30Repeat`).
pub(super) fn bip30_exceptions() -> Vec<(u32, BlockHash)> {
    [
        (91_842, "00000000000a4d0a398161ffc163c503763b1f4360639393e0e4c8e300e0caec"),
        (91_880, "00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721"),
    ]
    .into_iter()
    .map(|(height, hash)| (height, hash.parse().expect("the constant is a hash")))
    .collect()
}

/// Appends a push of at most 75 bytes.
fn push(data: &[u8], script: &mut Vec<u8>) {
    debug_assert!(data.len() <= 75);
    script.push(data.len() as u8);
    script.extend_from_slice(data);
}

fn block(script_sig: Vec<u8>, script_pubkey: Vec<u8>, time: u32, bits: u32, nonce: u32) -> Block {
    let coinbase = Transaction {
        version: 1,
        inputs: vec![TxIn {
            prevout: OutPoint::NULL,
            script_sig: Script::from_bytes(script_sig),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        }],
        outputs: vec![TxOut { value: Amount::from_coins(50), script_pubkey: Script::from_bytes(script_pubkey) }],
        lock_time: 0,
    };
    let merkle_root = merkle_root_of_txids(&[coinbase.txid()]).root;
    let header =
        Header { version: 1, prev_block_hash: BlockHash::ZERO, merkle_root, time: BlockTime(time), bits, nonce };
    Block { header, transactions: vec![coinbase] }
}
