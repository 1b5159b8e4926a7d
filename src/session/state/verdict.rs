//! What this node says of a transaction that a peer asks about.

use super::State;
use crate::api::{TransactionAnswer, UserError, code};
use crate::ledger::{Time, Transaction};
use crate::session::refusal::mempool_refusal;

/// The rule of the scripts.
const SCRIPTS: &str = "mandatory-script-verify-flag-failed";

impl State {
    /// Judges a transaction twice: its scripts for their own sake, and its place in the mempool.
    pub(in crate::session) fn answer_about(&self, now: Time, tx: &Transaction) -> TransactionAnswer {
        let entry = self.test_transaction(now, tx).err().map(|error| mempool_refusal(&error));
        TransactionAnswer { scripts: self.scripts_fail(tx), entry }
    }

    /// Names the rule that a transaction's scripts fail; where they can't be run, the rule that kept them from it.
    fn scripts_fail(&self, tx: &Transaction) -> Option<UserError> {
        let coins = self.spent_coins(tx, None);
        let checks = self.chain().transaction_checks(tx, &coins, self.chain().height() + 1);
        let scripts = checks.iter().find(|check| check.rule == SCRIPTS);
        let decides = scripts.or_else(|| checks.iter().rev().find(|check| !check.passed))?;
        (!decides.passed)
            .then(|| UserError::new(code::VERIFY_REJECTED, decides.rule, decides.rule).facts(decides.facts.clone()))
    }
}
