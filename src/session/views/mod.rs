//! Builds the view slices from the session's state. Each costs by what is on screen.

mod block;
mod chain;
mod miner;
mod network;
mod node;
mod transaction;
mod wallet;

pub(super) use block::{block, fee};
pub(super) use chain::{card_of_checked, chain, next_block_fee_rate, zero_bits};
pub(super) use miner::miner;
pub(super) use network::network;
pub(super) use node::node;
pub(super) use transaction::{spent_coins, transaction};
pub(super) use wallet::{address, coin, wallet};

use crate::api::CheckView;
use crate::ledger::{Check, Facts, Script};
use crate::session::tab::Session;
use crate::wallet::{Address, Branch};

/// The address a script pays, as text.
fn address_of(session: &Session, script: &Script) -> Option<String> {
    Address::from_script(script, session.params()).map(|address| address.to_string())
}

fn is_mine(session: &Session, script: &Script) -> bool {
    session.wallet().is_some_and(|wallet| wallet.is_mine(script))
}

/// The rule that stands for the witnesses a passed check of scripts says nothing of.
const WITNESSES_RULE: &str = "witnesses-not-checked";

/// Whether a script pays one of this wallet's change addresses.
fn is_change(session: &Session, script: &Script) -> bool {
    let address = Address::of_owner(script, session.params());
    let place = session.wallet().zip(address).and_then(|(wallet, address)| wallet.key_place(&address));
    place.is_some_and(|place| place.branch == Branch::Change)
}

fn check_views(checks: Vec<Check>) -> Vec<CheckView> {
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

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
