//! A good block, and a false one under the same header: its whole content is one "transaction"
//! whose 64 bytes are the two ids of the good one's side by side, so that the root is the same.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use tabchain::ledger::{Block, Encodable, Target, Transaction, Txid, decode_exact, merkle_root_of_txids, sha256d};

/// Changes a block of two transactions until their ids read as a transaction: the coinbase's
/// script, and the lock time of the payment, which must heed none and be unsigned. Gives the good
/// block, its work done anew, and its false twin.
///
/// Read so, byte 4 of the first id is the number of inputs, one. Of the second, byte 9 is the
/// length of the unlocking script; with 13 bytes of it, byte 27 is the number of outputs, none,
/// and all 64 bytes are used: 256 and 65,536 tries.
pub fn twins(mut block: Block) -> (Block, Block) {
    assert_eq!(block.transactions.len(), 2, "a coinbase and a payment");
    let script_sig = block.transactions[0].inputs[0].script_sig.as_bytes().to_vec();
    let coinbase = (0_u16..).find_map(|number| {
        let mut coinbase = block.transactions[0].clone();
        let longer = [&script_sig[..], &number.to_le_bytes()].concat();
        coinbase.inputs[0].script_sig = tabchain::ledger::Script::from_bytes(longer);
        (coinbase.txid().as_bytes()[4] == 1).then_some(coinbase)
    });
    block.transactions[0] = coinbase.expect("one of some hundred");
    let mut bytes = block.transactions[1].to_bytes();
    let lock_time_at = bytes.len() - 4;
    let lock_time = (0_u32..).find(|lock_time| {
        bytes[lock_time_at..].copy_from_slice(&lock_time.to_le_bytes());
        let id = sha256d(&bytes);
        id[9] == 13 && id[27] == 0
    });
    block.transactions[1].lock_time = lock_time.expect("one of some hundred thousand");
    commit(&mut block);
    let ids: Vec<Txid> = block.transactions.iter().map(Transaction::txid).collect();
    let side_by_side = [&ids[0].as_bytes()[..], &ids[1].as_bytes()[..]].concat();
    let only: Transaction = decode_exact(&side_by_side).expect("it was looked for");
    let twin = Block { header: block.header, transactions: vec![only] };
    assert_eq!(twin.block_hash(), block.block_hash());
    let root = merkle_root_of_txids(&[twin.transactions[0].txid()]).root;
    assert_eq!(root, block.header.merkle_root, "under the same root");
    (block, twin)
}

/// Sets a block's root and does its work.
pub fn commit(block: &mut Block) {
    let ids: Vec<Txid> = block.transactions.iter().map(Transaction::txid).collect();
    block.header.merkle_root = merkle_root_of_txids(&ids).root;
    let target = Target::from_bits(block.header.bits).expect("a target");
    while !target.is_met_by(&block.block_hash()) {
        block.header.nonce = block.header.nonce.wrapping_add(1);
    }
}
