//! The names that other tabs told with their addresses.
//!
//! A node tells its peers where to pay it, and another address once that one was paid; a payment
//! keeps the name that went with its address. Nothing proves a name: it is what a tab said. If two
//! said the same address to be theirs, both are named.

use super::wallet::Wallet;
use crate::keys::address::Address;

/// Most names remembered; of those that no payment is about the oldest makes room.
pub const MAX_NAMES: usize = 512;
/// Of them most of one name that no payment is about: nobody fills the list alone.
pub const MAX_NAMES_OF_ONE: usize = 16;
/// Longest name remembered, in characters.
pub const MAX_NAME_CHARS: usize = 64;

impl Wallet {
    /// A tab of this name told an address to be paid at. Own addresses are passed over: a wallet
    /// that is open in two tabs is one.
    pub fn name_told(&mut self, address: &Address, name: &str) {
        let name = name.trim();
        let length = name.chars().count();
        let is_known = |(known, of): &(Address, String)| known == address && of == name;
        if length == 0
            || length > MAX_NAME_CHARS
            || self.key_place(address).is_some()
            || self.names.iter().any(is_known)
        {
            return;
        }
        self.names.push((*address, name.to_owned()));
        let is_idle = |(address, _): &(Address, String)| !self.transactions.has_party(&address.hash());
        let idle_of_one = self.names.iter().filter(|entry| entry.1 == name && is_idle(entry)).count();
        let forgotten = if idle_of_one > MAX_NAMES_OF_ONE {
            self.names.iter().position(|entry| entry.1 == name && is_idle(entry))
        } else if self.names.len() > MAX_NAMES {
            Some(self.names.iter().position(is_idle).unwrap_or(0))
        } else {
            None
        };
        forgotten.map(|at| self.names.remove(at));
    }

    /// The names that tabs told with an address, first told first.
    pub fn told_names(&self, address: &Address) -> Vec<&str> {
        self.names.iter().filter(|(known, _)| known == address).map(|(_, name)| name.as_str()).collect()
    }

    /// Takes over the names that were told to another wallet of this tab.
    pub fn take_names_of(&mut self, other: &Self) {
        other.names.iter().for_each(|(address, name)| self.name_told(address, name));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ledger::Params;
    use crate::wallet::Branch;

    #[test]
    fn nobody_fills_the_list_of_names_alone() {
        let params = Arc::new(Params::regtest());
        let mut wallet = Wallet::create([1; 16], params.clone());
        let mut other = Wallet::create([2; 16], params);
        let bob = other.current_address();
        wallet.name_told(&bob, "Bob");
        let eves: Vec<Address> = (0..40).map(|_| other.new_address(Branch::Receive)).collect();
        eves.iter().for_each(|address| wallet.name_told(address, "Eve"));
        wallet.name_told(&bob, "Eve");
        wallet.name_told(&bob, &"x".repeat(65));
        wallet.name_told(&bob, " ");
        assert_eq!(wallet.told_names(&bob), ["Bob", "Eve"]);
        assert_eq!(wallet.told_names(&eves[0]), Vec::<&str>::new(), "the oldest made room");
        assert_eq!(wallet.told_names(&eves[39]), ["Eve"]);
        assert_eq!(wallet.names.len(), 1 + MAX_NAMES_OF_ONE);
        let mine = wallet.current_address();
        wallet.name_told(&mine, "Eve");
        assert!(wallet.told_names(&mine).is_empty());
        let stored = wallet.to_stored();
        let again = Wallet::from_stored(&stored, wallet.params().clone()).expect("own");
        assert_eq!(again.told_names(&bob), ["Bob", "Eve"]);
        assert_eq!(again.to_stored(), stored);
    }
}
