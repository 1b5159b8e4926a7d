//! A block against the coins there are: the last stage, after which it may join the active chain
//! (Core `ConnectBlock`). Nothing is changed here; the coins are read only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::inputs::{check_money, check_scripts};
use super::{BlockError, InputContext, ScriptChecks, script_flags};
use crate::ledger::checked::Spends;
use crate::ledger::utxo::{SpentCoin, coins_of};
use crate::ledger::{Amount, Block, BlockHash, BlockTime, CheckedBlock, Coin, OutPoint, Params, Txid, UtxoSet};

/// Where a block would join the active chain.
#[derive(Clone, Copy)]
pub struct SpendContext<'a> {
    /// The network's numbers.
    pub params: &'a Params,
    /// The coins after its parent.
    pub utxo: &'a UtxoSet,
    /// Its height.
    pub height: u32,
    /// The median time of its parent and the ten before.
    pub median_time_past: BlockTime,
    /// The median time past of the block at a height, on this branch.
    pub median_time_at: &'a dyn Fn(u32) -> BlockTime,
    /// Whether scripts are run.
    pub scripts: ScriptChecks,
}

/// Checks a block that passed the earlier stages against the coins, and says what it spends.
///
/// # Errors
/// The first rule that it breaks.
pub fn connect_block(
    block: &Arc<Block>,
    hash: BlockHash,
    txids: Vec<Txid>,
    context: &SpendContext<'_>,
) -> Result<CheckedBlock, BlockError> {
    let spends = check_spends(block, hash, &txids, context)?;
    Ok(CheckedBlock::from_rules(Arc::clone(block), hash, context.height, txids, spends))
}

fn check_spends(
    block: &Block,
    hash: BlockHash,
    txids: &[Txid],
    context: &SpendContext<'_>,
) -> Result<Spends, BlockError> {
    let overwritten = check_bip30(hash, txids, context)?;
    let mut view = View { utxo: context.utxo, made: BTreeMap::new(), spent: BTreeSet::new() };
    let mut undo = Vec::new();
    let mut coins_by_transaction = Vec::with_capacity(block.transactions.len());
    let mut fees = Amount::ZERO;
    for (index, (transaction, &txid)) in block.transactions.iter().zip(txids).enumerate() {
        let mut coins = Vec::new();
        if index > 0 {
            coins = transaction.inputs.iter().map(|input| view.get(&input.prevout).cloned()).collect();
            let inputs = input_context(transaction, &coins, context);
            let fee = check_money(&inputs).map_err(|error| BlockError::Inputs { index, txid, error })?;
            fees = fees.checked_add(fee).ok_or(BlockError::FeesOutOfRange)?;
            for (input, coin) in transaction.inputs.iter().zip(coins.iter().flatten()) {
                view.spent.insert(input.prevout);
                undo.push(SpentCoin { outpoint: input.prevout, coin: coin.clone() });
            }
        }
        view.made.extend(coins_of(transaction, txid, context.height).map(|made| (made.outpoint, made.coin)));
        coins_by_transaction.push(coins);
    }
    check_coinbase_amount(block, fees, context)?;
    // Signatures last: they cost the most.
    if context.scripts == ScriptChecks::Run {
        for (index, (transaction, coins)) in block.transactions.iter().zip(&coins_by_transaction).enumerate().skip(1) {
            let txid = txids.get(index).copied().unwrap_or_default();
            check_scripts(&input_context(transaction, coins, context))
                .map_err(|error| BlockError::Inputs { index, txid, error })?;
        }
    }
    Ok(Spends { undo, overwritten, fees })
}

fn input_context<'a>(
    transaction: &'a crate::ledger::Transaction,
    coins: &'a [Option<Coin>],
    context: &SpendContext<'a>,
) -> InputContext<'a> {
    InputContext {
        transaction,
        coins,
        params: context.params,
        height: context.height,
        median_time_past: context.median_time_past,
        median_time_at: context.median_time_at,
        flags: script_flags(context.params, context.height),
    }
}

/// No transaction may repeat the name of one with unspent coins. Of the two blocks that did before
/// the rule, tells the coins that were lost.
fn check_bip30(hash: BlockHash, txids: &[Txid], context: &SpendContext<'_>) -> Result<Vec<SpentCoin>, BlockError> {
    let excepted = context.params.bip30_exceptions.contains(&(context.height, hash));
    let mut overwritten = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, txid) in txids.iter().enumerate() {
        let repeats = !seen.insert(txid) || context.utxo.has_any_of(txid);
        if repeats && !excepted {
            return Err(BlockError::Bip30 { index, txid: *txid });
        }
        let lost = context.utxo.of_transaction(txid);
        overwritten.extend(lost.map(|(outpoint, coin)| SpentCoin { outpoint: *outpoint, coin: coin.clone() }));
    }
    Ok(overwritten)
}

fn check_coinbase_amount(block: &Block, fees: Amount, context: &SpendContext<'_>) -> Result<(), BlockError> {
    let subsidy = context.params.subsidy(context.height);
    let coinbase = block.transactions.first().ok_or(BlockError::CoinbaseMissing)?;
    let found = coinbase.output_value().ok_or(BlockError::FeesOutOfRange)?;
    let allowed = subsidy.to_sat().saturating_add(fees.to_sat());
    if found.to_sat() > allowed {
        return Err(BlockError::CoinbaseAmount { found, subsidy, fees });
    }
    Ok(())
}

/// The coins as they are in the middle of a block.
struct View<'a> {
    utxo: &'a UtxoSet,
    made: BTreeMap<OutPoint, Coin>,
    spent: BTreeSet<OutPoint>,
}

impl View<'_> {
    fn get(&self, outpoint: &OutPoint) -> Option<&Coin> {
        if self.spent.contains(outpoint) {
            return None;
        }
        self.made.get(outpoint).or_else(|| self.utxo.get(outpoint))
    }
}
