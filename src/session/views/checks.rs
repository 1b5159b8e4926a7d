//! The list of checks of a block or a transaction.

use crate::api::CheckView;
use crate::ledger::{Check, Facts};

/// The rule that stands for the witnesses a passed check of scripts says nothing of.
const WITNESSES_RULE: &str = "witnesses-not-checked";

/// Shows the checks, and apart from them what they say nothing of.
pub(super) fn check_views(checks: Vec<Check>) -> Vec<CheckView> {
    let mut views = Vec::with_capacity(checks.len() + 1);
    for check in checks {
        let unchecked: Vec<_> =
            check.facts.iter().filter(|(name, _)| *name == "unchecked_witnesses").cloned().collect();
        let scripts = check_view(check.rule, Some(check.passed), check.facts);
        let witnesses = (!unchecked.is_empty()).then(|| check_view(WITNESSES_RULE, None, unchecked));
        views.push(scripts);
        views.extend(witnesses);
    }
    views
}

fn check_view(rule: &str, passed: Option<bool>, facts: Facts) -> CheckView {
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    CheckView { rule: rule.to_owned(), passed, facts }
}
