//! A block alone, and a block in its place, without the coins (Core `CheckBlock`,
//! `ContextualCheckBlock`).

use super::header::check_proof_of_work;
use super::{BlockError, Check, Notes, Rule, check_transaction, is_final, list, verdict};
use crate::ledger::merkle::{MerkleRoot, merkle_root, merkle_root_of_txids};
use crate::ledger::params::Activations;
use crate::ledger::script::Builder;
use crate::ledger::{Block, BlockTime, Encodable, MerkleNode, Params, Transaction, Txid, sha256d};

/// Most signature operations of a block, counted the old way (Core `MAX_BLOCK_SIGOPS_COST` / 4).
pub const MAX_BLOCK_SIGOPS: usize = 20_000;
/// How a coinbase's output begins that commits to the witnesses (BIP-0141).
const WITNESS_COMMITMENT: [u8; 6] = [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

/// A block alone.
struct Alone<'a> {
    block: &'a Block,
    params: &'a Params,
    txids: &'a [Txid],
    merkle: MerkleRoot,
}

fn rules_alone<'a>() -> [Rule<Alone<'a>, BlockError>; 8] {
    [
        Rule { name: "high-hash", ends: false, check: has_proof_of_work },
        Rule { name: "bad-txnmrklroot", ends: false, check: has_its_merkle_root },
        Rule { name: "bad-txns-duplicate", ends: false, check: repeats_no_transactions },
        Rule { name: "bad-blk-length", ends: false, check: is_not_too_long },
        Rule { name: "bad-cb-missing", ends: false, check: begins_with_a_coinbase },
        Rule { name: "bad-cb-multiple", ends: false, check: has_no_second_coinbase },
        Rule { name: "bad-txns", ends: false, check: has_transactions_of_good_form },
        Rule { name: "bad-blk-sigops", ends: false, check: has_not_too_many_sigops },
    ]
}

/// A block in its place, without the coins.
#[derive(Clone, Copy, Debug)]
pub struct BlockContext<'a> {
    /// The block.
    pub block: &'a Block,
    /// The names of its transactions.
    pub txids: &'a [Txid],
    /// The network's numbers.
    pub params: &'a Params,
    /// Its height.
    pub height: u32,
    /// The median time of its parent and the ten before.
    pub median_time_past: BlockTime,
}

fn rules_in_context<'a>() -> [Rule<BlockContext<'a>, BlockError>; 4] {
    [
        Rule { name: "bad-txns-nonfinal", ends: false, check: has_only_final_transactions },
        Rule { name: "bad-cb-height", ends: false, check: begins_with_its_height },
        Rule { name: "unexpected-witness", ends: false, check: commits_to_its_witnesses },
        Rule { name: "bad-blk-weight", ends: false, check: is_not_too_heavy },
    ]
}

/// Checks a block alone.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_block(block: &Block, params: &Params) -> Result<(), BlockError> {
    check_block_of(block, params, &txids_of(block))
}

/// As [`check_block`], with the names of its transactions computed before.
///
/// # Errors
/// The first rule that it breaks.
pub(crate) fn check_block_of(block: &Block, params: &Params, txids: &[Txid]) -> Result<(), BlockError> {
    verdict(&rules_alone(), &Alone { block, params, txids, merkle: merkle_root_of_txids(txids) })
}

/// The rules of [`check_block`] as a list.
pub fn block_checks(block: &Block, params: &Params) -> Vec<Check> {
    let txids = txids_of(block);
    list(&rules_alone(), &Alone { block, params, txids: &txids, merkle: merkle_root_of_txids(&txids) })
}

/// Checks a block in its place, without the coins.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_block_in_context(context: &BlockContext<'_>) -> Result<(), BlockError> {
    verdict(&rules_in_context(), context)
}

/// The rules of [`check_block_in_context`] as a list.
pub fn block_in_context_checks(context: &BlockContext<'_>) -> Vec<Check> {
    list(&rules_in_context(), context)
}

/// The names of a block's transactions.
pub fn txids_of(block: &Block) -> Vec<Txid> {
    block.transactions.iter().map(Transaction::txid).collect()
}

/// How the coinbase's script of a block of this height begins (BIP-0034). Up to height 16 it is
/// one byte, so that a miner must add another: the script has at least two.
pub fn coinbase_height_script(height: u32) -> Vec<u8> {
    Builder::new().number(height.into()).into_script().as_bytes().to_vec()
}

fn has_proof_of_work(alone: &Alone<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let hash = alone.block.block_hash();
    notes.fact("hash", || hash.to_string());
    Ok(check_proof_of_work(&alone.block.header, hash, alone.params)?)
}

fn has_its_merkle_root(alone: &Alone<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let (found, computed) = (alone.block.header.merkle_root, alone.merkle.root);
    notes.fact("found", || found.to_string());
    notes.fact("computed", || computed.to_string());
    if found == computed { Ok(()) } else { Err(BlockError::MerkleRoot { found, computed }) }
}

fn repeats_no_transactions(alone: &Alone<'_>, _: &mut Notes) -> Result<(), BlockError> {
    if alone.merkle.mutated { Err(BlockError::MerkleMutated) } else { Ok(()) }
}

fn is_not_too_long(alone: &Alone<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let transactions = alone.block.transactions.len();
    let limit = alone.params.max_block_weight / 4;
    let weights: usize = alone.block.transactions.iter().map(Transaction::weight).sum();
    let totals: usize = alone.block.transactions.iter().map(Transaction::total_size).sum();
    // Of weight = 3 * stripped + total follows the size without witnesses.
    let size = (weights - totals) / 3 + (alone.block.total_size() - totals);
    notes.fact("size", || size.to_string());
    notes.fact("limit", || limit.to_string());
    if transactions == 0 || transactions > limit || size > limit {
        return Err(BlockError::Length { transactions, size, limit });
    }
    Ok(())
}

fn begins_with_a_coinbase(alone: &Alone<'_>, _: &mut Notes) -> Result<(), BlockError> {
    match alone.block.transactions.first() {
        Some(first) if first.is_coinbase() => Ok(()),
        _ => Err(BlockError::CoinbaseMissing),
    }
}

fn has_no_second_coinbase(alone: &Alone<'_>, _: &mut Notes) -> Result<(), BlockError> {
    let second = alone.block.transactions.iter().skip(1).position(Transaction::is_coinbase);
    second.map_or(Ok(()), |at| Err(BlockError::CoinbaseMultiple { index: at + 1 }))
}

fn has_transactions_of_good_form(alone: &Alone<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    notes.fact("transactions", || alone.block.transactions.len().to_string());
    alone.block.transactions.iter().zip(alone.txids).enumerate().try_for_each(|(index, (transaction, txid))| {
        check_transaction(transaction).map_err(|error| BlockError::Transaction { index, txid: *txid, error })
    })
}

fn has_not_too_many_sigops(alone: &Alone<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let found: usize = alone.block.transactions.iter().map(legacy_sigops).sum();
    notes.fact("found", || found.to_string());
    notes.fact("limit", || MAX_BLOCK_SIGOPS.to_string());
    if found > MAX_BLOCK_SIGOPS {
        return Err(BlockError::SigOps { found, limit: MAX_BLOCK_SIGOPS });
    }
    Ok(())
}

/// Signature operations written in a transaction's scripts (Core `GetLegacySigOpCount`).
pub(crate) fn legacy_sigops(transaction: &Transaction) -> usize {
    let unlocking = transaction.inputs.iter().map(|input| input.script_sig.sigop_count(false));
    let locking = transaction.outputs.iter().map(|output| output.script_pubkey.sigop_count(false));
    unlocking.chain(locking).sum()
}

fn has_only_final_transactions(context: &BlockContext<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    // Since BIP-0113 the median time past is the clock, before it was the block's own time.
    let uses_median = Activations::holds(context.params.activations.csv, context.height);
    let time = if uses_median { context.median_time_past } else { context.block.header.time };
    notes.fact("height", || context.height.to_string());
    notes.fact("time", || time.0.to_string());
    let locked = context.block.transactions.iter().position(|transaction| !is_final(transaction, context.height, time));
    locked.map_or(Ok(()), |index| {
        let txid = context.txids.get(index).copied().unwrap_or_default();
        let lock_time = context.block.transactions.get(index).map_or(0, |transaction| transaction.lock_time);
        Err(BlockError::NonFinal { index, txid, lock_time })
    })
}

fn begins_with_its_height(context: &BlockContext<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let height = context.height;
    notes.fact("height", || height.to_string());
    if !Activations::holds(context.params.activations.bip34, height) {
        notes.nothing_to_check();
        return Ok(());
    }
    let coinbase = context.block.transactions.first().and_then(|coinbase| coinbase.inputs.first());
    let begins = |input: &crate::ledger::TxIn| input.script_sig.as_bytes().starts_with(&coinbase_height_script(height));
    if coinbase.is_some_and(begins) { Ok(()) } else { Err(BlockError::CoinbaseHeight { height }) }
}

fn commits_to_its_witnesses(context: &BlockContext<'_>, _: &mut Notes) -> Result<(), BlockError> {
    check_witness_commitment(context.block, Activations::holds(context.params.activations.segwit, context.height))
}

/// Checks that a block's coinbase commits to its witnesses, or that it has none; `is_active` is
/// whether segregated witness is (BIP-0141, Core `CheckWitnessMalleation`). The block's hash does
/// not depend on the witnesses: whoever passes a block on can put others in.
///
/// # Errors
/// [`BlockError::WitnessNonce`], [`BlockError::WitnessMerkle`], [`BlockError::UnexpectedWitness`].
pub(crate) fn check_witness_commitment(block: &Block, is_active: bool) -> Result<(), BlockError> {
    if is_active
        && let Some(coinbase) = block.transactions.first()
        && let Some(commitment) = witness_commitment(coinbase)
    {
        let witness = coinbase.inputs.first().map_or(&[][..], |input| &input.witness);
        let [nonce] = witness else { return Err(BlockError::WitnessNonce) };
        if nonce.len() != 32 {
            return Err(BlockError::WitnessNonce);
        }
        let mut committed = witness_merkle_root(block).as_bytes().to_vec();
        committed.extend_from_slice(nonce);
        return if sha256d(&committed) == commitment { Ok(()) } else { Err(BlockError::WitnessMerkle) };
    }
    if block.transactions.iter().any(Transaction::has_witness) {
        return Err(BlockError::UnexpectedWitness);
    }
    Ok(())
}

/// The hash that a coinbase commits to the witnesses with: of its last output of that form.
fn witness_commitment(coinbase: &Transaction) -> Option<[u8; 32]> {
    coinbase.outputs.iter().rev().find_map(|output| {
        let hash = output.script_pubkey.as_bytes().strip_prefix(&WITNESS_COMMITMENT)?;
        hash.get(..32)?.try_into().ok()
    })
}

/// The Merkle root over the transactions with their witnesses, the coinbase as zero (BIP-0141).
fn witness_merkle_root(block: &Block) -> MerkleNode {
    let others = block.transactions.iter().skip(1).map(|transaction| MerkleNode::hash(&transaction.to_bytes()));
    merkle_root(&std::iter::once(MerkleNode::ZERO).chain(others).collect::<Vec<_>>()).root
}

fn is_not_too_heavy(context: &BlockContext<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let (weight, limit) = (context.block.weight(), context.params.max_block_weight);
    notes.fact("weight", || weight.to_string());
    notes.fact("limit", || limit.to_string());
    if weight > limit { Err(BlockError::Weight { weight, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_height_is_written_as_the_shortest_script_number() {
        let cases: [(u32, &[u8]); 8] = [
            (0, &[0x00]),
            (1, &[0x51]),
            (16, &[0x60]),
            (17, &[1, 17]),
            (127, &[1, 127]),
            (128, &[2, 128, 0]),
            (227_931, &[3, 0x5b, 0x7a, 0x03]),
            (8_388_608, &[4, 0, 0, 0x80, 0]),
        ];
        for (height, script) in cases {
            assert_eq!(coinbase_height_script(height), script, "{height}");
        }
    }

    #[test]
    fn genesis_blocks_are_of_good_form() {
        for params in [Params::mainnet(), Params::regtest()] {
            assert_eq!(check_block(&params.genesis, &params), Ok(()));
            assert!(block_checks(&params.genesis, &params).iter().all(|check| check.passed));
        }
    }
}
