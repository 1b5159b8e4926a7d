//! A block against the coins there are: the last stage, after which it may join the active chain
//! (Core `ConnectBlock`). Nothing is changed here; the coins are only read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::block::{MAX_BLOCK_SIGOPS, legacy_sigops};
use super::inputs::{self, InputRule, fee_of};
use super::{BlockError, Check, InputContext, InputError, Notes, Rule, ScriptChecks, list, script_flags, verdict};
use crate::ledger::checked::Spends;
use crate::ledger::script::WitnessProgram;
use crate::ledger::script::interpreter::Flags;
use crate::ledger::utxo::coins_of;
use crate::ledger::{
    Amount, Block, BlockHash, BlockTime, CheckedBlock, Coin, OutPoint, Params, SpentCoin, Transaction, Txid, UtxoSet,
};

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

/// A block with the coins that its transactions spend.
struct Spending<'a> {
    block: &'a Block,
    txids: &'a [Txid],
    /// Of every transaction the coins of its inputs; of the coinbase none.
    coins: Vec<Vec<Option<Coin>>>,
    /// The first transaction that has the name of an earlier block's with unspent coins.
    repeats: Option<usize>,
    context: SpendContext<'a>,
}

fn rules<'a>() -> [Rule<Spending<'a>, BlockError>; 10] {
    [
        Rule { name: "bad-txns-BIP30", ends: false, check: repeats_no_unspent_transaction },
        Rule {
            name: "bad-txns-inputs-missingorspent",
            ends: true,
            check: |block, notes| every(block, notes, inputs::coins_exist),
        },
        Rule {
            name: "bad-txns-premature-spend-of-coinbase",
            ends: false,
            check: |block, notes| every(block, notes, inputs::coins_are_mature),
        },
        Rule {
            name: "bad-txns-inputvalues-outofrange",
            ends: true,
            check: |block, notes| every(block, notes, inputs::values_in_range),
        },
        Rule {
            name: "bad-txns-in-belowout",
            ends: true,
            check: |block, notes| every(block, notes, inputs::pays_no_more_than_it_spends),
        },
        Rule {
            name: "bad-txns-nonfinal",
            ends: false,
            check: |block, notes| every(block, notes, inputs::relative_locks_are_over),
        },
        Rule { name: "bad-txns-accumulated-fee-outofrange", ends: true, check: |block, _| block.fees().map(|_| ()) },
        Rule { name: "bad-blk-sigops", ends: false, check: has_not_too_many_sigops },
        Rule { name: "bad-cb-amount", ends: false, check: coinbase_takes_no_more_than_it_may },
        // Signatures last: they cost the most.
        Rule { name: "mandatory-script-verify-flag-failed", ends: false, check: scripts_agree },
    ]
}

/// Checks a block that passed the earlier stages against the coins, and says what it spends.
///
/// # Errors
/// The first rule that it breaks.
pub fn connect_block(
    block: &Arc<Block>,
    hash: BlockHash,
    txids: Vec<Txid>,
    context: SpendContext<'_>,
) -> Result<CheckedBlock, BlockError> {
    let height = context.height;
    let excepted = context.params.bip30_exceptions.contains(&(height, hash));
    let mut spending = Spending::gather(block, &txids, context);
    let mut overwritten = Vec::new();
    if excepted {
        spending.repeats = None;
        let lost = txids.iter().flat_map(|txid| context.utxo.of_transaction(txid));
        overwritten.extend(lost.map(|(outpoint, coin)| SpentCoin { outpoint: *outpoint, coin: coin.clone() }));
    }
    verdict(&rules(), &spending)?;
    let fees = spending.fees()?;
    let unchecked_witnesses = spending.unchecked_witnesses();
    let inputs = block.transactions.iter().skip(1).flat_map(|transaction| &transaction.inputs);
    let coins = spending.coins.into_iter().flatten().flatten();
    let undo = inputs.zip(coins).map(|(input, coin)| SpentCoin { outpoint: input.prevout, coin }).collect();
    let spends = Spends { undo, overwritten, fees, unchecked_witnesses };
    Ok(CheckedBlock::from_rules(Arc::clone(block), hash, height, txids, spends))
}

/// The rules of [`connect_block`] as a list, for a block on top of these coins.
pub fn connect_checks(block: &Block, txids: &[Txid], context: SpendContext<'_>) -> Vec<Check> {
    list(&rules(), &Spending::gather(block, txids, context))
}

/// The same list for a block of the active chain, from the coins that it spent.
pub fn connected_checks(checked: &CheckedBlock, context: SpendContext<'_>) -> Vec<Check> {
    let spent = |index| checked.spent_by(index).iter().map(|spent| Some(spent.coin.clone())).collect();
    let coins = (0..checked.txids().len()).map(spent).collect();
    list(&rules(), &Spending { block: checked.block(), txids: checked.txids(), coins, repeats: None, context })
}

impl<'a> Spending<'a> {
    /// Finds the coins, also those made earlier in the same block; each can be spent once.
    fn gather(block: &'a Block, txids: &'a [Txid], context: SpendContext<'a>) -> Self {
        let mut made: BTreeMap<OutPoint, Coin> = BTreeMap::new();
        let mut spent: BTreeSet<OutPoint> = BTreeSet::new();
        let mut repeats = None;
        let mut coins = Vec::with_capacity(block.transactions.len());
        for (index, (transaction, txid)) in block.transactions.iter().zip(txids).enumerate() {
            // One repeated in the block itself finds its coins spent, which says more.
            if context.utxo.has_any_of(txid) {
                repeats = repeats.or(Some(index));
            }
            let mut take = |outpoint: &OutPoint| {
                let first = spent.insert(*outpoint);
                made.get(outpoint).or_else(|| context.utxo.get(outpoint)).filter(|_| first).cloned()
            };
            let inputs = if index == 0 { &[][..] } else { &transaction.inputs };
            coins.push(inputs.iter().map(|input| take(&input.prevout)).collect());
            made.extend(coins_of(transaction, *txid, context.height).map(|coin| (coin.outpoint, coin.coin)));
        }
        Self { block, txids, coins, repeats, context }
    }

    /// Every transaction but the coinbase, with its coins.
    fn inputs(&self) -> impl Iterator<Item = (usize, Txid, InputContext<'_>)> {
        let flags = script_flags(self.context.params, self.context.height);
        let transactions = self.block.transactions.iter().zip(self.txids).zip(&self.coins).enumerate().skip(1);
        transactions.map(move |(index, ((transaction, txid), coins))| {
            let context = InputContext {
                transaction,
                coins,
                params: self.context.params,
                height: self.context.height,
                median_time_past: self.context.median_time_past,
                median_time_at: self.context.median_time_at,
                flags,
            };
            (index, *txid, context)
        })
    }

    /// Inputs that only a run of their witnesses could judge.
    fn unchecked_witnesses(&self) -> usize {
        self.inputs().map(|(_, _, inputs)| inputs::unchecked_witnesses(&inputs)).sum()
    }

    fn fees(&self) -> Result<Amount, BlockError> {
        let mut fees = Amount::ZERO;
        for (index, txid, inputs) in self.inputs() {
            let fee = fee_of(&inputs).map_err(|error| BlockError::Inputs { index, txid, error })?;
            fees = fees.checked_add(fee).ok_or(BlockError::FeesOutOfRange)?;
        }
        Ok(fees)
    }
}

/// Holds every transaction to one rule of the inputs. A block without payments has none to hold to it.
fn every(spending: &Spending<'_>, notes: &mut Notes, rule: InputRule) -> Result<(), BlockError> {
    let mut is_idle = true;
    for (index, txid, inputs) in spending.inputs() {
        let mut of_one = Notes::default();
        rule(&inputs, &mut of_one).map_err(|error: InputError| BlockError::Inputs { index, txid, error })?;
        is_idle &= of_one.is_idle();
    }
    if is_idle {
        notes.nothing_to_check();
    }
    Ok(())
}

fn repeats_no_unspent_transaction(spending: &Spending<'_>, _: &mut Notes) -> Result<(), BlockError> {
    let Some(index) = spending.repeats else { return Ok(()) };
    Err(BlockError::Bip30 { index, txid: spending.txids.get(index).copied().unwrap_or_default() })
}

/// Counts again, now with the scripts behind script hashes (BIP-0016) and those of witnesses, which
/// count a quarter (BIP-0141).
fn has_not_too_many_sigops(spending: &Spending<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let mut found: usize = spending.block.transactions.iter().map(legacy_sigops).sum();
    let flags = script_flags(spending.context.params, spending.context.height);
    let mut in_witnesses = 0;
    for (transaction, coins) in spending.block.transactions.iter().zip(&spending.coins) {
        for (input, coin) in transaction.inputs.iter().zip(coins.iter().flatten()) {
            let script_pubkey = &coin.output.script_pubkey;
            if flags.contains(Flags::P2SH) {
                found += script_pubkey.p2sh_sigop_count(&input.script_sig);
            }
            if flags.contains(Flags::WITNESS) {
                let program = WitnessProgram::spent(&input.script_sig, script_pubkey);
                in_witnesses += program.map_or(0, |program| program.sigop_count(&input.witness));
            }
        }
    }
    found += in_witnesses.div_ceil(4);
    notes.fact("found", || found.to_string());
    notes.fact("limit", || MAX_BLOCK_SIGOPS.to_string());
    if found > MAX_BLOCK_SIGOPS {
        return Err(BlockError::SigOps { found, limit: MAX_BLOCK_SIGOPS });
    }
    Ok(())
}

fn coinbase_takes_no_more_than_it_may(spending: &Spending<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    let subsidy = spending.context.params.subsidy(spending.context.height);
    let fees = spending.fees()?;
    let coinbase = spending.block.transactions.first();
    let found = coinbase.and_then(Transaction::output_value).ok_or(BlockError::CoinbaseMissing)?;
    notes.fact("found", || found.to_string());
    notes.fact("subsidy", || subsidy.to_string());
    notes.fact("fees", || fees.to_string());
    if found.to_sat() > subsidy.to_sat().saturating_add(fees.to_sat()) {
        return Err(BlockError::CoinbaseAmount { found, subsidy, fees });
    }
    Ok(())
}

fn scripts_agree(spending: &Spending<'_>, notes: &mut Notes) -> Result<(), BlockError> {
    notes.fact("inputs", || spending.coins.iter().map(Vec::len).sum::<usize>().to_string());
    inputs::note_unchecked(notes, || spending.unchecked_witnesses());
    match spending.context.scripts {
        ScriptChecks::Run => every(spending, notes, inputs::scripts_agree),
        ScriptChecks::Trusted => {
            notes.nothing_to_check();
            Ok(())
        }
    }
}
