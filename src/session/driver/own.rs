//! Messages of our own: what they need of the rest, and what the rest does about them.

use super::Session;
use crate::api::{Notice, UserError, code};
use crate::ledger::{Time, Transaction, decode_hex};
use crate::session::own::{OwnInput, OwnOutput};
use crate::wire::Message;

impl Session {
    /// Gives the machine of our own messages something to react to, and does what it says.
    pub(super) fn give_own(&mut self, now: Time, input: OwnInput) {
        let outputs = self.state.own.handle(now, input);
        self.own_says(now, outputs);
    }

    /// Does what the machine of our own messages says, in its order.
    pub(super) fn own_says(&mut self, now: Time, outputs: Vec<OwnOutput>) {
        for output in outputs {
            match output {
                OwnOutput::Send { to, message } => {
                    let message =
                        Message::Unknown { command: message.command().to_owned(), payload: message.payload() };
                    let frame = message.encode(self.params.magic);
                    self.send(now, to, frame);
                }
                OwnOutput::PayeeTold { from, address } => {
                    if let Some(wallet) = &mut self.state.wallet {
                        // Kept with the payments, as the peer will tell another address when this one was paid.
                        wallet.name_told(&address, &from.0);
                    }
                }
                OwnOutput::Judge { asker, transaction } => {
                    let answer = self.answer_about(now, &transaction);
                    self.give_own(now, OwnInput::Judged { asker, answer });
                }
                OwnOutput::NoteReceived { from, valid, other_key } => {
                    if !self.watch.notes {
                        self.notice(Notice::NoteReceived { from, valid, other_key });
                    }
                }
            }
        }
    }

    /// Tells the peers what they have to know and were not told yet.
    pub(super) fn tell_own(&mut self, now: Time) {
        let pay_to = self.wallet().map(|wallet| wallet.current_address());
        self.give_own(now, OwnInput::Around { reachable: self.ready_peers(), pay_to });
    }

    /// Asks every linked peer about a transaction.
    pub(super) fn ask_peers(&mut self, now: Time, hex: &str) -> Result<(), UserError> {
        let tx: Transaction = decode_hex(hex).map_err(|error| {
            UserError::new(code::DESERIALIZATION_ERROR, "rpc-decode-failed", format!("TX decode failed: {error}"))
                .fact("what", "TX")
                .fact("reason", error)
                .at("hex")
        })?;
        let outputs = self.state.own.ask(now, tx)?;
        self.own_says(now, outputs);
        Ok(())
    }
}
