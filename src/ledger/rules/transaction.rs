//! A transaction alone: what can be said of it without knowing any other (Core `CheckTransaction`).

use std::collections::BTreeSet;

use super::{Check, Notes, Rule, TransactionError, list, verdict};
use crate::ledger::{BlockTime, OutPoint, Transaction, TxIn};

/// A transaction without its witnesses, four times, may not weigh more than any block could
/// (Core `MAX_BLOCK_WEIGHT`).
pub const MAX_TRANSACTION_WEIGHT: usize = 4_000_000;
/// Bytes of a coinbase's script: from 2 to 100.
pub const COINBASE_SCRIPT_BYTES: std::ops::RangeInclusive<usize> = 2..=100;
/// Lock times below are heights, from here on seconds since 1970 (Core `LOCKTIME_THRESHOLD`).
pub const LOCKTIME_THRESHOLD: u32 = 500_000_000;
/// An amount whose highest bit is set is negative in Core's signed numbers.
const SIGN_BIT: u64 = 1 << 63;

type TransactionRule = Rule<Transaction, TransactionError>;

const RULES: &[TransactionRule] = &[
    Rule { name: "bad-txns-vin-empty", ends: false, check: has_inputs },
    Rule { name: "bad-txns-vout-empty", ends: false, check: has_outputs },
    Rule { name: "bad-txns-oversize", ends: false, check: fits_a_block },
    Rule { name: "bad-txns-vout-negative", ends: false, check: outputs_not_negative },
    Rule { name: "bad-txns-vout-toolarge", ends: false, check: outputs_not_too_large },
    Rule { name: "bad-txns-txouttotal-toolarge", ends: false, check: total_not_too_large },
    Rule { name: "bad-txns-inputs-duplicate", ends: false, check: inputs_differ },
    Rule { name: "bad-cb-length", ends: false, check: coinbase_script_length },
    Rule { name: "bad-txns-prevout-null", ends: false, check: inputs_point_somewhere },
];

/// Checks a transaction alone.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_transaction(transaction: &Transaction) -> Result<(), TransactionError> {
    verdict(RULES, transaction)
}

/// The same rules as a list.
pub fn transaction_checks(transaction: &Transaction) -> Vec<Check> {
    list(RULES, transaction)
}

/// Whether a transaction may be in a block of this height, `time` being what lock times are
/// compared with (Core `IsFinalTx`): its lock time is past, or none of its inputs heeds it.
pub fn is_final(transaction: &Transaction, height: u32, time: BlockTime) -> bool {
    let limit = if transaction.lock_time < LOCKTIME_THRESHOLD { height } else { time.0 };
    transaction.lock_time == 0
        || transaction.lock_time < limit
        || transaction.inputs.iter().all(|input| input.sequence == TxIn::SEQUENCE_FINAL)
}

fn has_inputs(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    notes.fact("inputs", || transaction.inputs.len().to_string());
    if transaction.inputs.is_empty() { Err(TransactionError::NoInputs) } else { Ok(()) }
}

fn has_outputs(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    notes.fact("outputs", || transaction.outputs.len().to_string());
    if transaction.outputs.is_empty() { Err(TransactionError::NoOutputs) } else { Ok(()) }
}

fn fits_a_block(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    let size = transaction.stripped_size();
    notes.fact("size", || size.to_string());
    if size * 4 > MAX_TRANSACTION_WEIGHT {
        return Err(TransactionError::Oversize { size, limit: MAX_TRANSACTION_WEIGHT / 4 });
    }
    Ok(())
}

fn outputs_not_negative(transaction: &Transaction, _: &mut Notes) -> Result<(), TransactionError> {
    let at = transaction.outputs.iter().position(|output| output.value.to_sat() >= SIGN_BIT);
    at.map_or(Ok(()), |output| Err(TransactionError::OutputNegative { output }))
}

fn outputs_not_too_large(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    let largest = transaction.outputs.iter().enumerate().max_by_key(|(_, output)| output.value);
    let Some((output, value)) = largest.map(|(at, output)| (at, output.value)) else { return Ok(()) };
    notes.fact("value", || value.to_string());
    if value.is_in_range() { Ok(()) } else { Err(TransactionError::OutputTooLarge { output, value }) }
}

fn total_not_too_large(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    let total: u128 = transaction.outputs.iter().map(|output| u128::from(output.value.to_sat())).sum();
    match transaction.output_value() {
        Some(total) => {
            notes.fact("total", || total.to_string());
            Ok(())
        }
        None => Err(TransactionError::TotalTooLarge { total_sat: total }),
    }
}

fn inputs_differ(transaction: &Transaction, _: &mut Notes) -> Result<(), TransactionError> {
    let mut seen: BTreeSet<OutPoint> = BTreeSet::new();
    match transaction.inputs.iter().find(|input| !seen.insert(input.prevout)) {
        Some(input) => Err(TransactionError::DuplicateInput { outpoint: input.prevout }),
        None => Ok(()),
    }
}

fn coinbase_script_length(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    if !transaction.is_coinbase() {
        notes.nothing_to_check();
        return Ok(());
    }
    let length = transaction.inputs.first().map_or(0, |input| input.script_sig.as_bytes().len());
    notes.fact("length", || length.to_string());
    if COINBASE_SCRIPT_BYTES.contains(&length) { Ok(()) } else { Err(TransactionError::CoinbaseLength { length }) }
}

fn inputs_point_somewhere(transaction: &Transaction, notes: &mut Notes) -> Result<(), TransactionError> {
    if transaction.is_coinbase() {
        notes.nothing_to_check();
        return Ok(());
    }
    let at = transaction.inputs.iter().position(|input| input.prevout.is_null());
    at.map_or(Ok(()), |input| Err(TransactionError::NullPrevout { input }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Amount, MAX_MONEY, Script, TxOut, Txid};

    fn input(number: u8) -> TxIn {
        TxIn {
            prevout: OutPoint { txid: Txid::hash(&[number]), vout: 0 },
            script_sig: Script::default(),
            sequence: TxIn::SEQUENCE_FINAL,
            witness: Vec::new(),
        }
    }

    fn output(sat: u64) -> TxOut {
        TxOut { value: Amount::from_sat(sat), script_pubkey: Script::default() }
    }

    fn good() -> Transaction {
        Transaction { version: 1, inputs: vec![input(1)], outputs: vec![output(1)], lock_time: 0 }
    }

    fn coinbase(script_bytes: usize) -> Transaction {
        let script_sig = Script::from_bytes(vec![0; script_bytes]);
        Transaction { inputs: vec![TxIn { prevout: OutPoint::NULL, script_sig, ..input(0) }], ..good() }
    }

    #[test]
    fn each_broken_form_is_refused_by_the_rule_it_breaks() {
        let null = TxIn { prevout: OutPoint::NULL, ..input(0) };
        let large_script = TxOut { script_pubkey: Script::from_bytes(vec![0; 1_000_000]), ..output(0) };
        let cases = [
            ("bad-txns-vin-empty", Transaction { inputs: vec![], ..good() }),
            ("bad-txns-vout-empty", Transaction { outputs: vec![], ..good() }),
            ("bad-txns-oversize", Transaction { outputs: vec![large_script], ..good() }),
            ("bad-txns-vout-negative", Transaction { outputs: vec![output(u64::MAX)], ..good() }),
            ("bad-txns-vout-toolarge", Transaction { outputs: vec![output(MAX_MONEY + 1)], ..good() }),
            ("bad-txns-txouttotal-toolarge", Transaction { outputs: vec![output(MAX_MONEY), output(1)], ..good() }),
            ("bad-txns-inputs-duplicate", Transaction { inputs: vec![input(1), input(2), input(1)], ..good() }),
            ("bad-cb-length", coinbase(1)),
            ("bad-cb-length", coinbase(101)),
            ("bad-txns-prevout-null", Transaction { inputs: vec![input(1), null], ..good() }),
        ];
        for (rule, transaction) in cases {
            let error = check_transaction(&transaction).expect_err(rule);
            assert_eq!(error.rule(), rule);
            let failed: Vec<_> = transaction_checks(&transaction).into_iter().filter(|check| !check.passed).collect();
            assert_eq!(failed[0].rule, rule, "the list agrees with the verdict");
            assert_eq!(failed[0].facts, error.facts());
        }
    }

    #[test]
    fn a_good_transaction_passes_every_rule_of_the_list() {
        for transaction in [good(), coinbase(2), coinbase(100)] {
            assert_eq!(check_transaction(&transaction), Ok(()));
            let checks = transaction_checks(&transaction);
            assert_eq!(checks.len(), RULES.len() - 1, "the rules of the other kind are not listed");
            assert!(checks.iter().all(|check| check.passed));
        }
    }

    #[test]
    fn the_list_names_only_what_a_transaction_of_its_kind_has() {
        let listed = |transaction: &Transaction, rule| transaction_checks(transaction).iter().any(|c| c.rule == rule);
        assert!(!listed(&good(), "bad-cb-length"), "a payment has no reward's script");
        assert!(listed(&good(), "bad-txns-prevout-null"));
        assert!(listed(&coinbase(2), "bad-cb-length"));
        assert!(!listed(&coinbase(2), "bad-txns-prevout-null"), "a reward names no coin, and may");
    }

    #[test]
    fn a_lock_time_holds_until_its_height_or_time_is_past() {
        let locked =
            |lock_time, sequence| Transaction { inputs: vec![TxIn { sequence, ..input(1) }], lock_time, ..good() };
        let time = BlockTime(600_000_000);
        let cases = [
            (0, 0, true),
            (9, 0, true),
            (10, 0, false),
            (10, TxIn::SEQUENCE_FINAL, true),
            (599_999_999, 0, true),
            (600_000_000, 0, false),
            (600_000_000, TxIn::SEQUENCE_FINAL - 1, false),
        ];
        for (lock_time, sequence, expected) in cases {
            assert_eq!(is_final(&locked(lock_time, sequence), 10, time), expected, "{lock_time} {sequence}");
        }
    }
}
