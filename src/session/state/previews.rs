//! Payments that were shown and wait for the press that signs them.
//!
//! What was previewed is what is signed. A plan that was shown is kept, and sending names it; if the chain or the
//! wallet moved on so that it would no longer do what it says, it is refused with what changed, and a new one is shown.

use std::collections::VecDeque;

use crate::ledger::Txid;
use crate::wallet::PaymentPlan;

/// Plans kept: the form asks anew at every rest of the keys, and only the last answers can still be on screen.
const KEPT: usize = 8;

/// The plans that were shown last, newest first.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Previews(VecDeque<PaymentPlan>);

impl Previews {
    /// Keeps a plan that is about to be shown, and returns its name.
    pub(in crate::session) fn keep(&mut self, plan: PaymentPlan) -> Txid {
        let name = name_of(&plan);
        self.0.retain(|kept| name_of(kept) != name);
        self.0.push_front(plan);
        self.0.truncate(KEPT);
        name
    }

    /// Finds the plan of this name.
    pub(in crate::session) fn find(&self, name: &Txid) -> Option<&PaymentPlan> {
        self.0.iter().find(|plan| name_of(plan) == *name)
    }
}

/// Names a plan by the id that the transaction has before it is signed: whatever is shown of it is in that.
fn name_of(plan: &PaymentPlan) -> Txid {
    plan.unsigned_transaction().txid()
}
