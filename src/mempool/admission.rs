//! Whether a transaction is taken in (Core `MemPoolAccept`).

use std::collections::BinaryHeap;
use std::sync::Arc;

use super::limits::{DUST_LIMIT, MAX_STANDARD_SIGOPS, MAX_STANDARD_WEIGHT, MIN_STANDARD_SIZE};
use super::{Mempool, MempoolEntry, MempoolError, Package};
use crate::ledger::rules::block::legacy_sigops;
use crate::ledger::rules::inputs::{check_money, check_scripts, money_checks};
use crate::ledger::rules::{
    Check, InputContext, Notes, Rule, check_transaction, is_final, list, script_flags, transaction_checks, verdict,
};
use crate::ledger::script::interpreter::Flags;
use crate::ledger::{Amount, BlockTime, Chain, Coin, InputError, OutPoint, SortedSet, Time, Transaction, Txid};

/// A transaction before the gate.
struct Candidate<'a> {
    pool: &'a Mempool,
    chain: &'a Chain,
    transaction: &'a Transaction,
    txid: Txid,
    coins: Vec<Option<Coin>>,
    /// Height of the block that it could be in next.
    height: u32,
    median_time_past: BlockTime,
}

/// What is asked before the coins are looked at.
fn rules_before_coins<'a>() -> [Rule<Candidate<'a>, MempoolError>; 11] {
    [
        Rule { name: "coinbase", ends: true, check: is_no_coinbase },
        Rule { name: "tx-size", ends: false, check: has_a_common_size },
        Rule { name: "scriptsig-not-pushonly", ends: false, check: unlocks_by_pushes },
        Rule { name: "no-witness-yet", ends: false, check: has_no_witness },
        Rule { name: "dust", ends: false, check: pays_no_dust },
        Rule { name: "non-final", ends: false, check: is_final_in_the_next_block },
        Rule { name: "txn-already-in-mempool", ends: true, check: is_not_waiting },
        Rule { name: "txn-already-known", ends: true, check: is_not_confirmed },
        Rule { name: "txn-mempool-conflict", ends: false, check: conflicts_with_none },
        Rule { name: "bad-txns-inputs-missingorspent", ends: true, check: coins_are_known },
        Rule { name: "bad-txns-too-many-sigops", ends: false, check: has_few_sigops },
    ]
}

/// What is asked once the fee is known.
fn rules_after_coins<'a>() -> [Rule<Candidate<'a>, MempoolError>; 3] {
    [
        Rule { name: "min relay fee not met", ends: false, check: pays_its_way },
        Rule { name: "too-long-mempool-chain", ends: false, check: chain_is_short },
        // Signatures last: they cost the most.
        Rule { name: "mandatory-script-verify-flag-failed", ends: false, check: scripts_agree },
    ]
}

impl Mempool {
    /// Every rule and policy that a transaction is held to, and how it went. Where its coins are
    /// not known, the list ends there.
    pub fn checks(&self, transaction: &Transaction, chain: &Chain) -> Vec<Check> {
        let mut checks = transaction_checks(transaction);
        let candidate = Candidate::new(self, transaction, chain);
        checks.extend(list(&rules_before_coins(), &candidate));
        if !transaction.is_coinbase() && candidate.coins.iter().all(Option::is_some) {
            checks.extend(candidate.with_inputs(Flags::STANDARD, money_checks));
            checks.extend(list(&rules_after_coins(), &candidate));
        }
        checks
    }

    /// The entry that a transaction would be.
    pub(super) fn admit(
        &self,
        transaction: Arc<Transaction>,
        chain: &Chain,
        now: Time,
    ) -> Result<MempoolEntry, MempoolError> {
        check_transaction(&transaction)?;
        let candidate = Candidate::new(self, &transaction, chain);
        verdict(&rules_before_coins(), &candidate)?;
        let fee = candidate.fee()?;
        verdict(&rules_after_coins(), &candidate)?;
        let txid = candidate.txid;
        Ok(self.entry(transaction, txid, fee, chain.height(), now))
    }

    /// The entry of a transaction that was here before, or in a block: policy and scripts were
    /// checked, but the coins may have changed.
    pub(super) fn admit_again(
        &self,
        transaction: Arc<Transaction>,
        chain: &Chain,
        time: Time,
    ) -> Result<MempoolEntry, MempoolError> {
        let candidate = Candidate::new(self, &transaction, chain);
        for rule in [is_not_waiting, is_not_confirmed, conflicts_with_none, coins_are_known, is_final_in_the_next_block]
        {
            rule(&candidate, &mut Notes::default())?;
        }
        let fee = candidate.fee()?;
        chain_is_short(&candidate, &mut Notes::default())?;
        let txid = candidate.txid;
        Ok(self.entry(transaction, txid, fee, chain.height(), time))
    }

    fn entry(&self, tx: Arc<Transaction>, txid: Txid, fee: Amount, height: u32, time: Time) -> MempoolEntry {
        let (size, weight) = (tx.vsize(), tx.weight());
        let own = Package { count: 1, weight, fee };
        let mut ancestors = own;
        for ancestor in self.ancestors(&tx).iter().filter_map(|txid| self.get(txid)) {
            ancestors.add(&ancestor.own_package());
        }
        MempoolEntry { tx, txid, fee, size, weight, time, height, arrival: 0, ancestors, descendants: own }
    }

    /// Who must leave so that `entry` fits: those that pay least for their size, never more than
    /// it pays itself.
    pub(super) fn make_room_for(&self, entry: &MempoolEntry) -> Result<Vec<Txid>, MempoolError> {
        let mut too_much = (self.bytes + entry.size).saturating_sub(self.limits.max_bytes);
        if too_much == 0 {
            return Ok(Vec::new());
        }
        let full = MempoolError::Full { max_bytes: self.limits.max_bytes };
        let needed = self.ancestors(&entry.tx);
        // A newcomer stays only as long as all that it builds on, which it helps to pay for.
        let parents = needed.iter().filter_map(|txid| self.get(txid)).map(|parent| parent.keeping_rate_with(entry));
        let own = parents.chain([entry.keeping_rate()]).max().unwrap_or_else(|| entry.keeping_rate());
        let keys = self.entries.values().map(MempoolEntry::keeping_rate);
        let mut by_keeping_rate: BinaryHeap<_> = keys.filter(|key| !needed.contains(&key.txid)).collect();
        let mut leaving: SortedSet<Txid> = SortedSet::new();
        let mut roots = Vec::new();
        while too_much > 0 {
            // The greatest key pays least; who pays no less than the newcomer stays.
            let worst = by_keeping_rate.pop().filter(|worst| worst.pays_less_than(&own));
            let worst = worst.ok_or_else(|| full.clone())?;
            if leaving.contains(&worst.txid) {
                continue;
            }
            roots.push(worst.txid);
            for txid in self.descendants_of(&worst.txid).into_iter().chain([worst.txid]) {
                if leaving.insert(txid) {
                    too_much = too_much.saturating_sub(self.get(&txid).map_or(0, |entry| entry.size));
                }
            }
        }
        Ok(roots)
    }
}

impl<'a> Candidate<'a> {
    fn new(pool: &'a Mempool, transaction: &'a Transaction, chain: &'a Chain) -> Self {
        let height = chain.height() + 1;
        let coin = |outpoint: &OutPoint| {
            let unconfirmed = || {
                let parent = pool.get(&outpoint.txid)?;
                let output = parent.tx.outputs.get(outpoint.vout as usize)?;
                Some(Coin { output: output.clone(), height, coinbase: false })
            };
            chain.utxo().get(outpoint).cloned().or_else(unconfirmed)
        };
        let coins = transaction.inputs.iter().map(|input| coin(&input.prevout)).collect();
        let median_time_past = chain.median_time_past(&chain.tip().hash);
        Self { pool, chain, transaction, txid: transaction.txid(), coins, height, median_time_past }
    }

    fn with_inputs<T>(&self, flags: Flags, ask: impl FnOnce(&InputContext<'_>) -> T) -> T {
        let median_time_at = |height: u32| {
            let hash = self.chain.active_hash(height.min(self.chain.height()));
            hash.map_or(BlockTime(0), |hash| self.chain.median_time_past(&hash))
        };
        ask(&InputContext {
            transaction: self.transaction,
            coins: &self.coins,
            params: self.chain.params(),
            height: self.height,
            median_time_past: self.median_time_past,
            median_time_at: &median_time_at,
            flags,
        })
    }

    fn fee(&self) -> Result<Amount, MempoolError> {
        Ok(self.with_inputs(Flags::STANDARD, check_money)?)
    }
}

fn is_no_coinbase(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    if candidate.transaction.is_coinbase() { Err(MempoolError::Coinbase) } else { Ok(()) }
}

fn has_a_common_size(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    let (weight, least) = (candidate.transaction.weight(), MIN_STANDARD_SIZE * 4);
    // What no block can hold would wait for ever.
    let limit = MAX_STANDARD_WEIGHT.min(candidate.chain.params().max_block_weight.saturating_sub(4_000));
    notes.fact("weight", || weight.to_string());
    notes.fact("limit", || limit.to_string());
    let too_small = candidate.transaction.stripped_size() < MIN_STANDARD_SIZE;
    if too_small || weight > limit { Err(MempoolError::Size { weight, least, limit }) } else { Ok(()) }
}

fn unlocks_by_pushes(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    let at = candidate.transaction.inputs.iter().position(|input| !input.script_sig.is_push_only());
    at.map_or(Ok(()), |input| Err(MempoolError::NotPushOnly { input }))
}

fn has_no_witness(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    let locked_by_witness =
        candidate.coins.iter().flatten().any(|coin| coin.output.script_pubkey.witness_program().is_some());
    if candidate.transaction.has_witness() || locked_by_witness { Err(MempoolError::Witness) } else { Ok(()) }
}

fn pays_no_dust(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    let least = Amount::from_sat(DUST_LIMIT);
    notes.fact("least", || least.to_string());
    let mut outputs = candidate.transaction.outputs.iter().enumerate();
    match outputs.find(|(_, output)| output.value < least && !output.script_pubkey.is_unspendable()) {
        Some((at, output)) => Err(MempoolError::Dust { output: at, value: output.value, least }),
        None => Ok(()),
    }
}

fn is_final_in_the_next_block(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    let lock_time = candidate.transaction.lock_time;
    notes.fact("lock_time", || lock_time.to_string());
    if is_final(candidate.transaction, candidate.height, candidate.median_time_past) {
        Ok(())
    } else {
        Err(MempoolError::NonFinal { lock_time })
    }
}

fn is_not_waiting(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    if candidate.pool.contains(&candidate.txid) { Err(MempoolError::AlreadyWaiting) } else { Ok(()) }
}

fn is_not_confirmed(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    if candidate.chain.find_transaction(&candidate.txid).is_some() {
        return Err(MempoolError::AlreadyConfirmed);
    }
    Ok(())
}

fn conflicts_with_none(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    candidate.transaction.inputs.iter().try_for_each(|input| match candidate.pool.spender_of(&input.prevout) {
        Some(conflicts_with) => Err(MempoolError::Conflict { outpoint: input.prevout, conflicts_with }),
        None => Ok(()),
    })
}

fn coins_are_known(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    notes.fact("inputs", || candidate.transaction.inputs.len().to_string());
    let mut missing = Vec::new();
    for (input, (spent, coin)) in candidate.transaction.inputs.iter().zip(&candidate.coins).enumerate() {
        if coin.is_some() {
            continue;
        }
        let outpoint = spent.prevout;
        // Where its transaction is known, no waiting will bring the coin back.
        if candidate.chain.find_transaction(&outpoint.txid).is_some() || candidate.pool.contains(&outpoint.txid) {
            return Err(InputError::MissingOrSpent { input, outpoint }.into());
        }
        missing.push(outpoint);
    }
    if missing.is_empty() { Ok(()) } else { Err(MempoolError::Orphan { missing }) }
}

fn has_few_sigops(candidate: &Candidate<'_>, _: &mut Notes) -> Result<(), MempoolError> {
    let inputs = candidate.transaction.inputs.iter().zip(&candidate.coins);
    let behind_hashes: usize = inputs
        .filter_map(|(input, coin)| Some(coin.as_ref()?.output.script_pubkey.p2sh_sigop_count(&input.script_sig)))
        .sum();
    let found = legacy_sigops(candidate.transaction) + behind_hashes;
    let limit = MAX_STANDARD_SIGOPS;
    if found > limit { Err(MempoolError::SigOps { found, limit }) } else { Ok(()) }
}

fn pays_its_way(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    let fee = candidate.fee()?;
    let size = candidate.transaction.vsize();
    let least = Amount::from_sat(candidate.pool.limits.min_fee_sat(size));
    notes.fact("fee", || fee.to_string());
    notes.fact("least", || least.to_string());
    if fee < least { Err(MempoolError::FeeTooLow { fee, least, size }) } else { Ok(()) }
}

fn chain_is_short(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    let limit = candidate.pool.limits.max_chain;
    let ancestors = candidate.pool.ancestors(candidate.transaction);
    let descendants = ancestors.iter().filter_map(|txid| candidate.pool.get(txid)).map(|it| it.descendants.count);
    let count = descendants.chain([ancestors.len()]).max().unwrap_or(0) + 1;
    notes.fact("found", || count.to_string());
    notes.fact("limit", || limit.to_string());
    if count > limit { Err(MempoolError::ChainTooLong { count, limit }) } else { Ok(()) }
}

fn scripts_agree(candidate: &Candidate<'_>, notes: &mut Notes) -> Result<(), MempoolError> {
    notes.fact("flags", || Flags::STANDARD.to_string());
    let Err(strict) = candidate.with_inputs(Flags::STANDARD, check_scripts) else { return Ok(()) };
    // What a block may hold but this node does not pass on is no one's misbehaviour.
    let consensus = script_flags(candidate.chain.params(), candidate.height);
    candidate.with_inputs(consensus, check_scripts)?;
    match strict {
        InputError::Script { input, error, .. } => Err(MempoolError::ScriptPolicy { input, error }),
        other => Err(other.into()),
    }
}
