//! Reading addresses of this network: as programs write them, and as people paste them.

use super::State;
use crate::api::{UserError, code};
use crate::keys::typed;
use crate::keys::{Address, AddressError};

impl State {
    /// Reads an address of this network, given in this field.
    pub(in crate::session) fn address_at(&self, text: &str, field: &str) -> Result<Address, UserError> {
        Address::parse(text, &self.params).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), format!("Invalid address: {error}"))
                .facts(error.facts())
                .at(field)
        })
    }

    /// Reads what a person gave as an address of this network, in this field: with what was copied around it, or in a
    /// payment link.
    pub(in crate::session) fn pasted_address_at(&self, text: &str, field: &str) -> Result<Address, UserError> {
        typed::address(text, &self.params).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), error.to_string()).facts(error.facts()).at(field)
        })
    }

    /// Reads an address of this network, or refuses it in Core's words; the reason is among the facts.
    pub(in crate::session) fn address_in_core(
        &self,
        text: &str,
        words: impl FnOnce(&AddressError) -> String,
    ) -> Result<Address, UserError> {
        Address::parse(text, &self.params).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), words(&error)).facts(error.facts()).at("address")
        })
    }
}
