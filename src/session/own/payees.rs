//! Who can be paid with one tap: each node tells its peers an address.
//!
//! Bitcoin has no such message, for good reasons: whoever learns an address can follow its coins.
//! Among the tabs of a classroom it is what makes paying each other easy: `payto`, with the address as
//! text.

use std::collections::BTreeMap;

use super::PAY_TO;
use crate::ledger::Time;
use crate::session::NodeName;
use crate::session::tab::Session;
use crate::wallet::Address;

/// Addresses told and heard.
#[derive(Clone, Debug, Default)]
pub(super) struct Payees {
    heard: BTreeMap<NodeName, Address>,
    told: BTreeMap<NodeName, Address>,
}

impl Payees {
    pub(super) fn forget(&mut self, name: &NodeName) {
        self.heard.remove(name);
        self.told.remove(name);
    }
}

impl Session {
    /// Takes the payload of a `payto`. Anything but an address of this network is dropped.
    pub(super) fn hear_payee(&mut self, _now: Time, from: &NodeName, payload: &[u8]) {
        if let Ok(text) = std::str::from_utf8(payload)
            && let Ok(address) = Address::parse(text, &self.params)
        {
            self.own.payees.heard.insert(from.clone(), address);
        }
    }

    /// Tells these peers where to pay, once for each address.
    pub(super) fn tell_payees(&mut self, now: Time, peers: &[NodeName]) {
        let Some(address) = self.wallet.as_ref().map(|wallet| wallet.current_address()) else { return };
        for to in peers {
            if self.own.payees.told.get(to) == Some(&address) {
                continue;
            }
            self.own.payees.told.insert(to.clone(), address);
            self.tell(now, to, PAY_TO, address.to_string().into_bytes());
        }
    }

    /// The peers that told an address, for the send form.
    pub(in crate::session) fn payees(&self) -> Vec<(NodeName, String)> {
        self.own.payees.heard.iter().map(|(name, address)| (name.clone(), address.to_string())).collect()
    }
}
