//! What the page asks, done.

use super::Session;
use crate::api::{Answer, Command, Reply, Request, ToPage, UserError, WordsView, code};
use crate::keys::Mnemonic;
use crate::ledger::Time;
use crate::miner::MiningInput;
use crate::session::own::OwnInput;
use crate::session::refusal::wallet_missing;
use crate::session::rpc::{self, Outcome};
use crate::session::{Effect, views};
use crate::wallet::{GAP_LIMIT, MAX_GAP};

impl Session {
    /// Does what a request asks; its reply is among the effects, or comes later.
    pub(super) fn command(&mut self, now: Time, request: Request) {
        let id = request.id;
        let result = match self.answer(now, request) {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => return,
            Err(error) => Err(error),
        };
        self.effects.push(Effect::ToPage(ToPage::Reply(Box::new(Reply { id, result }))));
    }

    /// Returns the answer; `None` when it comes later.
    fn answer(&mut self, now: Time, request: Request) -> Result<Option<Answer>, UserError> {
        let id = request.id;
        let answer = match request.command {
            Command::Watch(watch) => {
                self.state.watch = watch;
                self.publisher.forget();
                Answer::Done
            }
            Command::Mine(mode) => {
                self.set_mining(now, mode)?;
                Answer::Done
            }
            Command::SetPower(power) => {
                self.set_power(now, power)?;
                Answer::Done
            }
            Command::SetThreads(threads) => {
                self.set_threads(now, threads)?;
                Answer::Done
            }
            Command::NewHandHeader => {
                self.can_mine()?;
                self.new_hand_header(now);
                Answer::Done
            }
            Command::MinedByHand { header } => {
                let (hash, height) = self.mined_by_hand(now, &header)?;
                Answer::Mined { hash, height }
            }
            Command::PreviewPayment(form) => self.preview_payment(&form)?,
            Command::PaymentPreimage { plan, input } => Answer::Preimage(self.preimage_of_shown(&plan, input)?),
            Command::SendPayment { plan } => Answer::Sent { txid: self.send_shown(now, &plan)? },
            Command::PreviewSweep { key, fee_rate } => self.preview_sweep(&key, &fee_rate)?,
            Command::SendSweep { key, plan } => Answer::Sent { txid: self.send_sweep(now, &key, &plan)? },
            Command::NewAddress { label } => Answer::Address(self.new_address(&label)?),
            Command::RevealWords => {
                let words = self.wallet.as_ref().ok_or_else(wallet_missing)?.mnemonic_words();
                Answer::Words(WordsView { words: words.into_iter().map(str::to_owned).collect() })
            }
            Command::WordsBackedUp => {
                self.state.wallet.as_mut().ok_or_else(wallet_missing)?.mark_words_backed_up();
                self.state_changed = true;
                Answer::Done
            }
            Command::RestoreWords { words, gap } => {
                self.wallet.as_ref().ok_or_else(wallet_missing)?;
                check_gap(gap)?;
                let mnemonic = Mnemonic::parse(&words).map_err(|error| {
                    UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), error.to_string())
                        .facts(error.facts())
                        .at("words")
                })?;
                let found = self.restore_wallet(mnemonic, gap);
                let tip = self.chain().tip().hash;
                self.miner(now, MiningInput::TipChanged(tip));
                Answer::Restored(found)
            }
            Command::RevealKey { address } => {
                let address = self.pasted_address_at(&address, "address")?;
                Answer::Key(self.reveal_key(&address.to_string())?)
            }
            Command::SignMessage { address, message } => {
                let address = self.pasted_address_at(&address, "address")?;
                Answer::Signature(self.sign_message(&address.to_string(), &message)?)
            }
            Command::VerifyMessage { address, signature, message } => {
                let address = self.pasted_address_at(&address, "address")?;
                Answer::Verdict(self.verify_typed_message(&address.to_string(), &signature, &message)?)
            }
            Command::EarlierChainRead => {
                self.earlier_read();
                Answer::Done
            }
            Command::SetNetworkActive(active) => {
                self.set_network_active(now, active);
                Answer::Done
            }
            Command::SendNote(note) => {
                let outputs = self.state.own.send_note(now, note)?;
                self.own_says(now, outputs);
                Answer::Done
            }
            Command::TrustKey { note } => {
                self.give_own(now, OwnInput::TrustKey(note));
                Answer::Done
            }
            Command::SetAltering(how) => {
                self.give_own(now, OwnInput::SetAltering(how));
                Answer::Done
            }
            Command::AskPeers { hex } => {
                self.ask_peers(now, &hex)?;
                Answer::Done
            }
            Command::Search(text) => Answer::Found(views::search(&self.state, &text)?),
            Command::ListStoredNodes => {
                self.effects.push(Effect::ListStoredNodes { id });
                return Ok(None);
            }
            Command::DeleteStoredNode(name) => {
                self.effects.push(Effect::DeleteStoredNode { id, name });
                return Ok(None);
            }
            Command::Rpc { method, params } => match rpc::call(self, now, id, &method, &params)? {
                Outcome::Now(value) => Answer::Rpc(value),
                Outcome::WhenMined => return Ok(None),
            },
            Command::RpcLine { line } => match rpc::call_line(self, now, id, &line)? {
                Outcome::Now(value) => Answer::Rpc(value),
                Outcome::WhenMined => return Ok(None),
            },
            Command::SaveNow => {
                self.effects.push(Effect::SaveNow);
                Answer::Done
            }
            Command::Close => {
                self.state_changed = true;
                Answer::Done
            }
        };
        Ok(Some(answer))
    }
}

fn check_gap(gap: u32) -> Result<(), UserError> {
    if (GAP_LIMIT..=MAX_GAP).contains(&gap) {
        return Ok(());
    }
    let text = format!("a search passes over {GAP_LIMIT} to {MAX_GAP} unused addresses");
    Err(UserError::new(code::INVALID_PARAMETER, "gap-out-of-range", text)
        .fact("least", GAP_LIMIT)
        .fact("most", MAX_GAP)
        .at("gap"))
}
