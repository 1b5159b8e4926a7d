//! The sweep that was shown last. Its key comes with each command and is kept nowhere; what is kept is public.

use crate::keys::Address;
use crate::ledger::Txid;
use crate::wallet::sweep::SweepPlan;

/// The sweep that was shown last, and the address made for it.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Sweeping {
    plan: Option<SweepPlan>,
    /// It was handed out for a sweep and is not paid yet: the next preview takes it again.
    pub(in crate::session) to: Option<Address>,
}

impl Sweeping {
    /// Keeps the plan that is about to be shown, and returns its name.
    pub(in crate::session) fn keep(&mut self, plan: SweepPlan) -> Txid {
        let name = name_of(&plan);
        self.plan = Some(plan);
        name
    }

    /// Returns the plan shown, if this is its name.
    pub(in crate::session) fn find(&self, name: &Txid) -> Option<&SweepPlan> {
        self.plan.as_ref().filter(|shown| name_of(shown) == *name)
    }
}

/// Names a plan by the id that the transaction has before it is signed.
fn name_of(plan: &SweepPlan) -> Txid {
    plan.unsigned_transaction().txid()
}
