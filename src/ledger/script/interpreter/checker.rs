//! What a script can ask about the transaction that runs it: is this signed, is it late enough.

use crate::ledger::script::Script;
use crate::ledger::sighash::legacy_sighash;
use crate::ledger::{Transaction, TxIn};

/// Lock times below are block heights, others seconds since 1970 (Core `LOCKTIME_THRESHOLD`).
pub const LOCKTIME_THRESHOLD: u32 = 500_000_000;
/// A sequence number with this bit asks for no relative lock time (BIP-0068).
pub const SEQUENCE_LOCKTIME_DISABLE_FLAG: u32 = 1 << 31;
/// A sequence number with this bit counts in units of 512 seconds, else in blocks (BIP-0068).
pub const SEQUENCE_LOCKTIME_TYPE_FLAG: u32 = 1 << 22;
/// The bits of a sequence number that are the relative lock time (BIP-0068).
pub const SEQUENCE_LOCKTIME_MASK: u32 = 0xffff;

/// Answers for one input of a transaction.
#[derive(Clone, Copy, Debug)]
pub struct TransactionChecker<'a> {
    tx: &'a Transaction,
    input: usize,
}

impl<'a> TransactionChecker<'a> {
    /// For the input of that index; if there is none, every check fails.
    pub const fn new(tx: &'a Transaction, input: usize) -> Self {
        Self { tx, input }
    }

    fn sequence(&self) -> Option<u32> {
        self.tx.inputs.get(self.input).map(|input| input.sequence)
    }

    /// The input's witness.
    pub(super) fn witness(&self) -> &'a [Vec<u8>] {
        self.tx.inputs.get(self.input).map_or(&[], |input| &input.witness)
    }

    /// What a signature with this hash type has to sign; none if there is no such input.
    pub(super) fn sighash(&self, script_code: &Script, hash_type: u8) -> Option<[u8; 32]> {
        self.sequence().map(|_| legacy_sighash(self.tx, self.input, script_code, hash_type.into()))
    }

    /// Whether the transaction cannot be mined before `lock_time` (BIP-0065).
    pub(super) fn check_lock_time(&self, lock_time: i64) -> bool {
        let own = i64::from(self.tx.lock_time);
        let threshold = i64::from(LOCKTIME_THRESHOLD);
        // A final sequence number would switch the transaction's lock time off.
        (own < threshold) == (lock_time < threshold)
            && lock_time <= own
            && self.sequence().is_some_and(|sequence| sequence != TxIn::SEQUENCE_FINAL)
    }

    /// Whether the input cannot be mined before its coin is as old as `sequence` says (BIP-0112).
    pub(super) fn check_sequence(&self, sequence: i64) -> bool {
        let Some(own) = self.sequence() else { return false };
        // Core reads the version as unsigned: -1 is a late version.
        if self.tx.version.cast_unsigned() < 2 || own & SEQUENCE_LOCKTIME_DISABLE_FLAG != 0 {
            return false;
        }
        let mask = i64::from(SEQUENCE_LOCKTIME_TYPE_FLAG | SEQUENCE_LOCKTIME_MASK);
        let (own, wanted) = (i64::from(own) & mask, sequence & mask);
        let type_flag = i64::from(SEQUENCE_LOCKTIME_TYPE_FLAG);
        (own < type_flag) == (wanted < type_flag) && wanted <= own
    }
}
