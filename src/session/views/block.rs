//! A block in detail.

use super::chain::{card_of_index, leading_zero_bits, zero_bits};
use super::{address_of, check_views};
use crate::ledger::{
    Amount, BlockHash, BlockStatus, Coin, Encodable, MerkleNode, Target, Transaction, difficulty, merkle_levels, to_hex,
};
use crate::session::tab::Session;
use crate::session::{BlockState, BlockView, TransactionRow};

/// Transactions listed of a block.
const TRANSACTIONS: usize = 200;
/// Transactions whose Merkle tree is drawn.
const MERKLE_LEAVES: usize = 16;

pub(in crate::session) fn block(session: &Session, hash: &BlockHash) -> Option<BlockView> {
    let chain = session.chain();
    let index = chain.index(hash)?;
    let block = chain.block(hash);
    let active = chain.is_active(hash);
    let header = &index.header;
    let target = Target::from_bits(header.bits);
    let transactions = block.as_deref().map(|block| block.transactions.as_slice()).unwrap_or_default();
    let leaves: Vec<MerkleNode> = transactions.iter().map(|tx| tx.txid().into()).collect();
    let reward = transactions.first().and_then(Transaction::output_value).unwrap_or_default();
    Some(BlockView {
        card: card_of_index(chain, index),
        confirmations: if active { chain.height() - index.height + 1 } else { 0 },
        state: match &index.status {
            _ if active => BlockState::Active,
            BlockStatus::Invalid(reason) => BlockState::Invalid(reason.rule.to_owned()),
            BlockStatus::HeaderOnly => BlockState::HeaderOnly,
            _ => BlockState::Stale,
        },
        header_hex: to_hex(&header.to_bytes()),
        version: header.version,
        merkle_root: header.merkle_root,
        bits: header.bits,
        nonce: header.nonce,
        target: target.map(|target| to_hex(&target.as_be_bytes())).unwrap_or_default(),
        zero_bits: hash_zero_bits(hash),
        needed_zero_bits: zero_bits(header.bits),
        work: target.map(|target| format!("{:.0}", target.work().to_f64())).unwrap_or_default(),
        difficulty: difficulty(header.bits),
        reward,
        subsidy: chain.params().subsidy(index.height).min(reward),
        transactions: transactions.iter().take(TRANSACTIONS).map(|tx| row(session, tx, Some(hash))).collect(),
        merkle_levels: if leaves.len() <= MERKLE_LEAVES { merkle_levels(&leaves) } else { Vec::new() },
        median_time_past: chain.median_time_past(&header.prev_block_hash),
        next: if active { chain.active_hash(index.height + 1) } else { None },
        unchecked_witnesses: chain
            .checked(index.height)
            .filter(|_| active)
            .map_or(0, |checked| checked.unchecked_witnesses()),
        unchecked_since: chain.first_unchecked_witnesses_up_to(hash).map(|checked| super::node::unchecked(checked)),
        checks: block.as_deref().map(|block| check_views(chain.block_checks(block, session.now))).unwrap_or_default(),
    })
}

/// Zero bits that a hash, shown as a number, starts with.
fn hash_zero_bits(hash: &BlockHash) -> u32 {
    let mut bytes = *hash.as_bytes();
    bytes.reverse();
    leading_zero_bits(&bytes)
}

/// A transaction as a table row.
pub(super) fn row(session: &Session, tx: &Transaction, block: Option<&BlockHash>) -> TransactionRow {
    let spent = super::spent_coins(session, tx, block);
    let coinbase = tx.is_coinbase();
    let from = spent.iter().flatten().filter_map(|coin| address_of(session, &coin.output.script_pubkey));
    let to = tx.outputs.iter().filter_map(|output| address_of(session, &output.script_pubkey));
    TransactionRow {
        txid: tx.txid(),
        from: without_repeats(from),
        to: without_repeats(to),
        amount: tx.output_value().unwrap_or_default(),
        fee: if coinbase { None } else { fee(tx, &spent) },
        coinbase,
        size: super::to_u32(tx.total_size()),
    }
}

/// What is left for the miner, if all coins are known.
pub(in crate::session) fn fee(tx: &Transaction, spent: &[Option<Coin>]) -> Option<Amount> {
    let values = spent.iter().map(|coin| coin.as_ref().map(|coin| coin.output.value)).collect::<Option<Vec<_>>>()?;
    Amount::sum(values)?.checked_sub(tx.output_value()?)
}

fn without_repeats(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}
