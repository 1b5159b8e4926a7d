//! The rules, in stages: a transaction alone, a header in its place, a block alone, a block in its
//! place, and the inputs against the coins there are.
//!
//! A stage is a table of [`Rule`]s. The verdict runs the table until a rule fails; the list for
//! the views that teach runs the same table to its end. An error's variant is the rule, its fields
//! are the facts, and its `rule()` is Bitcoin Core's reject reason.

pub mod block;
pub mod connect;
pub mod error;
pub mod header;
pub mod inputs;
pub mod transaction;

pub use block::{
    BlockContext, block_checks, block_in_context_checks, check_block, check_block_in_context, coinbase_height_script,
    txids_of,
};
pub use connect::{SpendContext, connect_block, connect_checks, connected_checks};
pub use error::{BlockError, HeaderError, InputError, TransactionError};
pub use header::{HeaderContext, check_header, check_proof_of_work, header_checks};
pub use inputs::{InputContext, ScriptChecks, check_inputs, input_checks, script_flags};
pub use transaction::{check_transaction, is_final, transaction_checks};

/// Facts of a rule: names for the message catalogue, values as text.
pub type Facts = Vec<(&'static str, String)>;

/// One rule and how it went, for the "why valid / why rejected" views.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// Bitcoin Core's reject reason: the name of the rule.
    pub rule: &'static str,
    /// Whether it is kept.
    pub passed: bool,
    /// What it was judged by.
    pub facts: Facts,
}

/// An error that names its rule and its facts.
pub trait RuleError {
    /// Bitcoin Core's reject reason.
    fn rule(&self) -> &'static str;
    /// What it was judged by.
    fn facts(&self) -> Facts;
}

/// Takes the facts of a rule that passed, if anyone wants them.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    facts: Option<Facts>,
    idle: bool,
}

impl Notes {
    /// For the list of checks.
    fn wanted() -> Self {
        Self { facts: Some(Vec::new()), idle: false }
    }

    /// Notes a fact; it is not even computed when only the verdict is asked for.
    pub(crate) fn fact(&mut self, name: &'static str, value: impl FnOnce() -> String) {
        if let Some(facts) = &mut self.facts {
            facts.push((name, value()));
        }
    }

    /// Notes a fact where there is one.
    pub(crate) fn fact_if(&mut self, name: &'static str, value: impl FnOnce() -> Option<String>) {
        if let Some(facts) = &mut self.facts {
            facts.extend(value().map(|value| (name, value)));
        }
    }

    /// Notes that there is nothing here that this rule is about: a payment has no reward's script.
    /// A list that says "passed" of such a rule would claim that something was looked at.
    pub(crate) fn nothing_to_check(&mut self) {
        self.idle = true;
    }

    /// Whether the rule had nothing to check.
    pub(crate) fn is_idle(&self) -> bool {
        self.idle
    }
}

/// One rule of a stage, over a context `C`.
pub(crate) struct Rule<C, E> {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether later rules mean nothing once it failed.
    pub(crate) ends: bool,
    /// The rule itself.
    pub(crate) check: fn(&C, &mut Notes) -> Result<(), E>,
}

/// The verdict: the first rule that fails.
pub(crate) fn verdict<C, E>(rules: &[Rule<C, E>], context: &C) -> Result<(), E> {
    rules.iter().try_for_each(|rule| (rule.check)(context, &mut Notes::default()))
}

/// The list: every rule that had something to check, and how it went.
pub(crate) fn list<C, E: RuleError>(rules: &[Rule<C, E>], context: &C) -> Vec<Check> {
    let mut checks = Vec::with_capacity(rules.len());
    for rule in rules {
        let mut notes = Notes::wanted();
        match (rule.check)(context, &mut notes) {
            Ok(()) if notes.is_idle() => {}
            Ok(()) => checks.push(Check { rule: rule.name, passed: true, facts: notes.facts.unwrap_or_default() }),
            Err(error) => {
                checks.push(Check { rule: error.rule(), passed: false, facts: error.facts() });
                if rule.ends {
                    break;
                }
            }
        }
    }
    checks
}
