//! Addresses and their labels as calls give them, refused in Core's words.

use super::args::{not_served, shown};
use crate::api::{UserError, code};
use crate::keys::{Address, AddressError, Base58Error};
use crate::session::state::State;
use crate::wallet::wallet::MAX_LABEL_CHARS;

/// Bytes of an address before its checksum.
const ADDRESS_BYTES: usize = 21;

/// Says in Core's words why a text is no address (`DecodeDestination`).
pub(super) fn core_words(error: &AddressError) -> String {
    let words = match error {
        AddressError::Base58(Base58Error::Character { .. }) => {
            "Invalid or unsupported Segwit (Bech32) or Base58 encoding."
        }
        AddressError::Base58(_) => "Invalid checksum or length of Base58 address (P2PKH or P2SH)",
        AddressError::Length { found } if *found > ADDRESS_BYTES => {
            "Invalid checksum or length of Base58 address (P2PKH or P2SH)"
        }
        AddressError::Length { .. } => "Invalid length for Base58 address (P2PKH or P2SH)",
        AddressError::Network { .. } => "Invalid or unsupported Base58-encoded address.",
        // What Core would take: its own words say what is not served.
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// Reads an address of this network.
///
/// # Errors
/// One that is none, in the words of Core's wallet calls.
pub(super) fn invalid_bitcoin_address(state: &State, text: &str) -> Result<Address, UserError> {
    state.address_in_core(text, |_| format!("Invalid Bitcoin address: {}", shown(text)))
}

/// Reads a name for an address (Core `LabelFromValue`).
pub(super) fn label(text: &str) -> Result<String, UserError> {
    if text == "*" {
        return Err(UserError::new(code::WALLET_INVALID_LABEL_NAME, "rpc-label-name", "Invalid label name"));
    }
    let found = text.trim().chars().count();
    if found > MAX_LABEL_CHARS {
        return Err(not_served("label", &format!("at most {MAX_LABEL_CHARS} characters, not {found}")));
    }
    Ok(text.trim().to_owned())
}
