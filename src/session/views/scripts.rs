//! Whom a script pays.

use crate::keys::Address;
use crate::ledger::Script;
use crate::session::state::State;
use crate::wallet::Branch;

/// Returns the address that a script pays, as text.
pub(super) fn address_of(state: &State, script: &Script) -> Option<String> {
    Address::from_script(script, state.params()).map(|address| address.to_string())
}

/// Whether a script pays this wallet.
pub(super) fn is_mine(state: &State, script: &Script) -> bool {
    state.wallet().is_some_and(|wallet| wallet.is_mine(script))
}

/// Whether a script pays one of this wallet's change addresses.
pub(super) fn is_change(state: &State, script: &Script) -> bool {
    let address = Address::of_owner(script, state.params());
    let place = state.wallet().zip(address).and_then(|(wallet, address)| wallet.key_place(&address));
    place.is_some_and(|place| place.branch == Branch::Change)
}
