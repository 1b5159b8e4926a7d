//! What the page asks, done.

use super::Effect;
use super::payment::{payment_error, wallet_missing};
use super::rpc::{self, Outcome};
use super::tab::Session;
use crate::api::{
    AddressView, Answer, Command, KeyReveal, MessageVerdict, MiningMode, Reply, Request, ToPage, UserError, WordsView,
    code,
};
use crate::ledger::{Network, Script, Time, Txid, to_hex};
use crate::mempool::MempoolError;
use crate::miner::{GenerateRequest, MiningInput};
use crate::wallet::{
    self, Address, AddressError, Branch, GAP_LIMIT, MAX_GAP, MessageError, Mnemonic, PaymentError, PaymentPlan,
    PaymentRequest, typed,
};

/// Longest message to sign or verify, in bytes.
const MESSAGE_MAX: usize = 100_000;

/// Core's RPC error code for a mempool rule.
pub(super) fn code_of_mempool(rule: &str) -> i32 {
    match rule {
        "bad-txns-inputs-missingorspent" | "missing-inputs" => code::VERIFY_ERROR,
        _ => code::VERIFY_REJECTED,
    }
}

/// The mempool's refusal of a transaction, with Core's code.
pub(super) fn mempool_refusal(error: &MempoolError) -> UserError {
    UserError::new(code_of_mempool(error.rule()), error.rule(), error.to_string()).facts(error.facts())
}

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

    /// The answer; `None` when it comes later.
    fn answer(&mut self, now: Time, request: Request) -> Result<Option<Answer>, UserError> {
        let id = request.id;
        let answer = match request.command {
            Command::Watch(watch) => {
                self.watch = watch;
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
                self.wallet.as_mut().ok_or_else(wallet_missing)?.mark_words_backed_up();
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
                self.send_note(now, note)?;
                Answer::Done
            }
            Command::TrustKey { note } => {
                self.trust_key(note);
                Answer::Done
            }
            Command::SetAltering(how) => {
                self.set_altering(now, how);
                Answer::Done
            }
            Command::AskPeers { hex } => {
                self.ask_peers(now, &hex)?;
                Answer::Done
            }
            Command::Search(text) => Answer::Found(self.search(&text)?),
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

    pub(super) fn can_mine(&self) -> Result<(), UserError> {
        if self.params.network == Network::Mainnet {
            return Err(UserError::new(
                code::MISC_ERROR,
                "mining-not-here",
                "mainnet can't be mined in a browser; it is here to check real blocks",
            ));
        }
        Ok(())
    }

    /// Starts or stops the miner.
    pub(super) fn set_mining(&mut self, now: Time, mode: MiningMode) -> Result<(), UserError> {
        if mode != MiningMode::Off {
            self.can_mine()?;
        }
        self.miner(now, MiningInput::SetMode(mode));
        Ok(())
    }

    fn set_power(&mut self, now: Time, power: u8) -> Result<(), UserError> {
        if !(1..=100).contains(&power) {
            return Err(UserError::new(code::INVALID_PARAMETER, "power-out-of-range", "power is 1 to 100 percent"));
        }
        self.settings.power = power;
        self.state_changed = true;
        self.miner(now, MiningInput::SetPower(power));
        Ok(())
    }

    /// Sets the number of miner workers, 1..=8.
    pub(super) fn set_threads(&mut self, now: Time, threads: u8) -> Result<(), UserError> {
        if !(1..=8).contains(&threads) {
            return Err(UserError::new(code::INVALID_PARAMETER, "threads-out-of-range", "threads are 1 to 8"));
        }
        self.settings.threads = threads;
        self.state_changed = true;
        self.miner(now, MiningInput::SetThreads(threads));
        Ok(())
    }

    /// Mines so many blocks to a script; the reply to `request` comes when they are found.
    pub(super) fn generate(
        &mut self,
        now: Time,
        request: u64,
        count: u32,
        script_pubkey: Script,
        max_tries: u64,
    ) -> Result<(), UserError> {
        self.can_mine()?;
        self.miner(now, MiningInput::Generate(GenerateRequest { id: request, count, script_pubkey, max_tries }));
        Ok(())
    }

    /// A payment's plan, unsigned.
    pub(super) fn plan_payment(&self, request: &PaymentRequest) -> Result<PaymentPlan, PaymentError> {
        match &self.wallet {
            Some(wallet) => wallet.preview(request, self.chain().height()),
            None => Err(PaymentError::NoRecipients),
        }
    }

    /// Signs a plan, takes it into the mempool and sends it to the peers.
    pub(super) fn send_plan(&mut self, now: Time, plan: &PaymentPlan) -> Result<Txid, UserError> {
        let wallet = self.wallet.as_ref().ok_or_else(wallet_missing)?;
        let tx = wallet.sign(plan).map_err(|error| payment_error(&error))?;
        self.submit_transaction(now, tx).map_err(|error| mempool_refusal(&error))
    }

    /// The fee rate for the next block, in satoshis a virtual byte: the least, or one more than
    /// the best payment that does not fit any more.
    pub(super) fn next_block_fee_rate(&self) -> u64 {
        super::views::next_block_fee_rate(self)
    }

    /// A new receiving address.
    pub(super) fn new_address(&mut self, label: &str) -> Result<AddressView, UserError> {
        let wallet = self.wallet.as_mut().ok_or_else(wallet_missing)?;
        let address = wallet.new_address(Branch::Receive);
        wallet.set_label(&address, label);
        let entry = wallet.addresses().into_iter().find(|entry| entry.address == address);
        self.state_changed = true;
        entry.map(|entry| super::views::address(&entry)).ok_or_else(wallet_missing)
    }

    /// Reads an address of this network, given in this field.
    pub(super) fn address_at(&self, text: &str, field: &str) -> Result<Address, UserError> {
        Address::parse(text, &self.params).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), format!("Invalid address: {error}"))
                .facts(error.facts())
                .at(field)
        })
    }

    /// Reads what a person gave as an address of this network, in this field: with what was copied around it, or in a
    /// payment link.
    pub(super) fn pasted_address_at(&self, text: &str, field: &str) -> Result<Address, UserError> {
        typed::address(text, &self.params).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), error.to_string()).facts(error.facts()).at(field)
        })
    }

    /// Reads an address of this network, or refuses it in Core's words; the reason is among the facts.
    pub(super) fn address_in_core(
        &self,
        text: &str,
        words: impl FnOnce(&AddressError) -> String,
    ) -> Result<Address, UserError> {
        Address::parse(text, &self.params).map_err(|error| {
            UserError::new(code::INVALID_ADDRESS_OR_KEY, error.rule(), words(&error)).facts(error.facts()).at("address")
        })
    }

    /// The private key of one of the wallet's addresses.
    pub(super) fn reveal_key(&self, text: &str) -> Result<KeyReveal, UserError> {
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
    pub(super) fn sign_message(&self, text: &str, message: &str) -> Result<String, UserError> {
        let address = self.address_at(text.trim(), "address")?;
        check_message(message)?;
        let wallet = self.wallet.as_ref().ok_or_else(wallet_missing)?;
        let key = wallet.private_key_for(&address).ok_or_else(|| {
            UserError::new(code::WALLET_ERROR, "wallet-key-not-here", "Private key not available")
                .fact("address", text.trim())
                .at("address")
        })?;
        Ok(wallet::sign_message(&key, message))
    }

    /// Checks a message signature.
    pub(super) fn verify_message(
        &self,
        address: &str,
        signature: &str,
        message: &str,
    ) -> Result<MessageVerdict, UserError> {
        let address = self.address_at(address.trim(), "address")?;
        check_message(message)?;
        match wallet::verify_message(&address, message, signature, &self.params) {
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

    /// As [`Session::verify_message`]; where the signature does not hold, the other line ends are tried, as a text
    /// field makes each a line feed.
    fn verify_typed_message(&self, address: &str, signature: &str, message: &str) -> Result<MessageVerdict, UserError> {
        let as_given = self.verify_message(address, signature, message)?;
        if !as_given.valid
            && let Some((other, line_ends)) = wallet::with_other_line_ends(message)
        {
            let found = self.verify_message(address, signature, &other)?;
            if found.valid {
                return Ok(MessageVerdict { line_ends: Some(line_ends), ..found });
            }
        }
        Ok(as_given)
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

fn check_message(message: &str) -> Result<(), UserError> {
    if message.len() > MESSAGE_MAX {
        return Err(UserError::new(code::INVALID_PARAMETER, "message-too-long", "a message has at most 100,000 bytes")
            .fact("limit", MESSAGE_MAX)
            .at("message"));
    }
    Ok(())
}
