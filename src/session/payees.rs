//! Who can be paid with one tap: each node tells its peers an address.
//!
//! Bitcoin has no such message, for good reasons: whoever learns an address can follow its coins.
//! Among the tabs of a classroom it is what makes paying each other easy. It is a message of its
//! own, `payto`, with the address as text, in Bitcoin's frame; nodes that do not know it ignore it.

use std::collections::BTreeMap;

use super::tab::Session;
use super::{Effect, NodeName};
use crate::ledger::Time;
use crate::node::PeerState;
use crate::wallet::Address;
use crate::wire::{Message, peek_command};

/// The command of the message.
const PAY_TO: &str = "payto";

/// Addresses told and heard.
#[derive(Clone, Debug, Default)]
pub(super) struct Payees {
    heard: BTreeMap<NodeName, Address>,
    told: BTreeMap<NodeName, Address>,
}

impl Payees {
    /// Forgets a peer that is gone.
    pub(super) fn forget(&mut self, name: &NodeName) {
        self.heard.remove(name);
        self.told.remove(name);
    }
}

impl Session {
    /// Takes a `payto` frame; gives any other back.
    pub(super) fn hear_payee(&mut self, from: &NodeName, frame: Vec<u8>) -> Option<Vec<u8>> {
        if peek_command(&frame) != Some(PAY_TO) {
            return Some(frame);
        }
        // Anything but an address of this network is of no use and no harm.
        if let Ok(Message::Unknown { payload, .. }) = Message::decode(&frame, self.params.magic)
            && let Ok(text) = std::str::from_utf8(&payload)
            && let Ok(address) = Address::parse(text, &self.params)
        {
            self.payees.heard.insert(from.clone(), address);
        }
        None
    }

    /// Tells every linked peer where to pay, once for each address.
    pub(super) fn tell_payees(&mut self, now: Time) {
        let Some(address) = self.wallet.as_ref().map(|wallet| wallet.current_address()) else { return };
        let ready: Vec<NodeName> = self
            .node
            .peers()
            .into_iter()
            .filter(|peer| peer.state == PeerState::Ready)
            .map(|peer| NodeName(peer.name))
            .collect();
        for to in ready {
            if self.payees.told.get(&to) == Some(&address) || self.peers.id(&to).is_none() {
                continue;
            }
            self.payees.told.insert(to.clone(), address);
            let message = Message::Unknown { command: PAY_TO.to_owned(), payload: address.to_string().into_bytes() };
            let bytes = message.encode(self.params.magic);
            self.log.note(now, &self.name, &to, &bytes, self.params.magic);
            self.effects.push(Effect::Send { to, bytes });
        }
    }

    /// The peers that told an address, for the send form.
    pub(super) fn payees(&self) -> Vec<(NodeName, String)> {
        self.payees.heard.iter().map(|(name, address)| (name.clone(), address.to_string())).collect()
    }
}
