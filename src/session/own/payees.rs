//! Who can be paid with one tap: each node tells its peers an address.
//!
//! Bitcoin has no such message, for good reasons: whoever learns an address can follow its coins.
//! Among the tabs of a classroom it is what makes paying each other easy: `payto`, with the address as
//! text.

use super::PAY_TO;
use crate::api::NodeName;
use crate::ledger::Time;
use crate::session::tab::Session;
use crate::wallet::Address;

/// A peer's addresses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Payee {
    /// Where to pay it.
    heard: Option<Address>,
    /// Where it was told to pay.
    told: Option<Address>,
}

impl Session {
    /// Takes the payload of a `payto`. Anything but an address of this network is dropped.
    pub(super) fn hear_payee(&mut self, _now: Time, from: &NodeName, payload: &[u8]) {
        if let Ok(text) = std::str::from_utf8(payload)
            && let Ok(address) = Address::parse(text, &self.params)
        {
            self.own.peer(from).payee.heard = Some(address);
            if let Some(wallet) = &mut self.wallet {
                // Kept with the payments, as the peer will tell another address when this one was paid.
                wallet.name_told(&address, &from.0);
            }
        }
    }

    /// Tells these peers where to pay, once for each address.
    pub(super) fn tell_payees(&mut self, now: Time, peers: &[NodeName]) {
        let Some(address) = self.wallet.as_ref().map(|wallet| wallet.current_address()) else { return };
        for to in peers {
            if self.own.peer(to).payee.told.replace(address) == Some(address) {
                continue;
            }
            self.tell(now, to, PAY_TO, address.to_string().into_bytes());
        }
    }

    /// The peers that told an address, for the send form.
    pub(in crate::session) fn payees(&self) -> Vec<(NodeName, String)> {
        let heard = self.own.peers.iter().filter_map(|peer| Some((peer.name.clone(), peer.payee.heard?.to_string())));
        heard.collect()
    }
}
