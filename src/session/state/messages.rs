//! What a private key of the wallet is asked for: to be shown, and to sign a message; and what anyone can check of it.

use super::State;
use crate::api::{KeyReveal, MessageVerdict, UserError, code};
use crate::keys::{MessageError, message};
use crate::ledger::to_hex;
use crate::session::refusal::wallet_missing;

/// Longest message to sign or verify, in bytes.
const MESSAGE_MAX: usize = 100_000;

impl State {
    /// Shows the private key of one of the wallet's addresses.
    pub(in crate::session) fn reveal_key(&self, text: &str) -> Result<KeyReveal, UserError> {
        let address = self.address_at(text.trim(), "address")?;
        let wallet = self.wallet.as_ref().ok_or_else(wallet_missing)?;
        let not_mine = || {
            UserError::new(
                code::WALLET_ERROR,
                "wallet-key-not-here",
                "Private key for this address is not known to this wallet",
            )
            .fact("address", text.trim())
            .at("address")
        };
        let key = wallet.private_key_for(&address).ok_or_else(not_mine)?;
        let entry = wallet.addresses().into_iter().find(|entry| entry.address == address).ok_or_else(not_mine)?;
        Ok(KeyReveal {
            address: address.to_string(),
            wif: key.to_wif(&self.params),
            hex: to_hex(&key.to_bytes()),
            path: entry.path.to_string(),
        })
    }

    /// Signs a message with the key of one of the wallet's addresses; base64.
    pub(in crate::session) fn sign_message(&self, text: &str, message: &str) -> Result<String, UserError> {
        let address = self.address_at(text.trim(), "address")?;
        check_message(message)?;
        let wallet = self.wallet.as_ref().ok_or_else(wallet_missing)?;
        let key = wallet.private_key_for(&address).ok_or_else(|| {
            UserError::new(code::WALLET_ERROR, "wallet-key-not-here", "Private key not available")
                .fact("address", text.trim())
                .at("address")
        })?;
        Ok(message::sign_message(&key, message))
    }

    /// Checks a message signature.
    pub(in crate::session) fn verify_message(
        &self,
        address: &str,
        signature: &str,
        message: &str,
    ) -> Result<MessageVerdict, UserError> {
        let address = self.address_at(address.trim(), "address")?;
        check_message(message)?;
        match message::verify_message(&address, message, signature, &self.params) {
            Ok(_) => Ok(MessageVerdict { valid: true, signer: Some(address.to_string()), line_ends: None }),
            Err(MessageError::OtherKey { signer, .. }) => {
                Ok(MessageVerdict { valid: false, signer: Some(signer.to_string()), line_ends: None })
            }
            Err(MessageError::NoKey) => Ok(MessageVerdict { valid: false, signer: None, line_ends: None }),
            Err(error) => Err(UserError::new(code::TYPE_ERROR, error.rule(), error.to_string())
                .facts(error.facts())
                .at("signature")),
        }
    }

    /// As [`State::verify_message`]; where the signature does not hold, the other line ends are tried, as a text
    /// field makes each a line feed.
    pub(in crate::session) fn verify_typed_message(
        &self,
        address: &str,
        signature: &str,
        message: &str,
    ) -> Result<MessageVerdict, UserError> {
        let as_given = self.verify_message(address, signature, message)?;
        if !as_given.valid
            && let Some((other, line_ends)) = message::with_other_line_ends(message)
        {
            let found = self.verify_message(address, signature, &other)?;
            if found.valid {
                return Ok(MessageVerdict { line_ends: Some(line_ends), ..found });
            }
        }
        Ok(as_given)
    }
}

fn check_message(message: &str) -> Result<(), UserError> {
    if message.len() > MESSAGE_MAX {
        return Err(UserError::new(code::INVALID_PARAMETER, "message-too-long", "a message has at most 100,000 bytes")
            .fact("limit", MESSAGE_MAX)
            .at("message"));
    }
    Ok(())
}
