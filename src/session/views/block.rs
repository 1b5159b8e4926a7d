//! A block in detail.

use super::cards::card_of_index;
use super::checks::check_views;
use super::counts::to_u32;
use super::scripts::{address_of, is_change, is_mine};
use crate::api::{BlockState, BlockView, OwnShare, ProofOfWork, TransactionRow};
use crate::ledger::rules::check_proof_of_work;
use crate::ledger::{
    Amount, BlockHash, BlockIndex, BlockStatus, Coin, Encodable, MerkleNode, Params, Script, Target, Transaction,
    difficulty, merkle_levels, to_hex,
};
use crate::session::state::{State, fee, leading_zero_bits, zero_bits};

/// Transactions listed of a block.
const TRANSACTIONS: usize = 200;
/// Transactions whose Merkle tree is drawn.
const MERKLE_LEAVES: usize = 16;

/// Shows a block, active or not; none that this node has no header of.
pub(in crate::session) fn block(state: &State, hash: &BlockHash) -> Option<BlockView> {
    let chain = state.chain();
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
        proof_of_work: proof_of_work(index, chain.params()),
        work: target.map(|target| format!("{:.0}", target.work().to_f64())).unwrap_or_default(),
        difficulty: difficulty(header.bits),
        reward,
        subsidy: chain.params().subsidy(index.height).min(reward),
        transactions: transactions.iter().take(TRANSACTIONS).map(|tx| row(state, tx, Some(hash))).collect(),
        merkle_levels: if leaves.len() <= MERKLE_LEAVES { merkle_levels(&leaves) } else { Vec::new() },
        median_time_past: chain.median_time_past(&header.prev_block_hash),
        next: if active { chain.active_hash(index.height + 1) } else { None },
        unchecked_witnesses: chain
            .checked(index.height)
            .filter(|_| active)
            .map_or(0, |checked| checked.unchecked_witnesses()),
        unchecked_since: chain.first_unchecked_witnesses_up_to(hash).map(|checked| super::node::unchecked(checked)),
        checks: block.as_deref().map(|block| check_views(chain.block_checks(block, state.now))).unwrap_or_default(),
    })
}

/// Whether a block's hash is below its target; genesis may be given without.
fn proof_of_work(index: &BlockIndex, params: &Params) -> ProofOfWork {
    match check_proof_of_work(&index.header, index.hash, params) {
        Ok(()) => ProofOfWork::Met,
        Err(_) if index.height == 0 => ProofOfWork::Given,
        Err(_) => ProofOfWork::NotMet,
    }
}

/// Zero bits that a hash, shown as a number, starts with.
fn hash_zero_bits(hash: &BlockHash) -> u32 {
    let mut bytes = *hash.as_bytes();
    bytes.reverse();
    leading_zero_bits(&bytes)
}

/// A transaction as a table row.
pub(super) fn row(state: &State, tx: &Transaction, block: Option<&BlockHash>) -> TransactionRow {
    let spent = state.spent_coins(tx, block);
    let coinbase = tx.is_coinbase();
    let from = spent.iter().flatten().filter_map(|coin| address_of(state, &coin.output.script_pubkey));
    let to = tx.outputs.iter().filter_map(|output| address_of(state, &output.script_pubkey));
    TransactionRow {
        txid: tx.txid(),
        from: without_repeats(from),
        to: without_repeats(to),
        amount: tx.output_value().unwrap_or_default(),
        new_coins: tx.outputs.iter().take(TransactionRow::NEW_COINS).map(|output| output.value).collect(),
        new_coin_count: to_u32(tx.outputs.len()),
        own: own_share(state, tx, &spent),
        fee: if coinbase { None } else { fee(tx, &spent) },
        coinbase,
        size: to_u32(tx.total_size()),
    }
}

/// What this wallet pays or gets by a transaction; `None` for a reward, for what strangers do, and
/// where several wallets pay together.
fn own_share(state: &State, tx: &Transaction, spent: &[Option<Coin>]) -> Option<OwnShare> {
    if tx.is_coinbase() {
        return None;
    }
    let is_own = |coin: &Option<Coin>| coin.as_ref().is_some_and(|coin| is_mine(state, &coin.output.script_pubkey));
    let sum_of = |wanted: fn(&State, &Script) -> bool| {
        let outputs = tx.outputs.iter().filter(|output| wanted(state, &output.script_pubkey));
        Amount::sum(outputs.map(|output| output.value))
    };
    if !spent.is_empty() && spent.iter().all(is_own) {
        let back = sum_of(is_change)?;
        return Some(OwnShare::Paid { paid: tx.output_value()?.checked_sub(back)?, back });
    }
    let amount = sum_of(is_mine)?;
    (amount > Amount::ZERO && !spent.iter().any(is_own)).then_some(OwnShare::Received { amount })
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
