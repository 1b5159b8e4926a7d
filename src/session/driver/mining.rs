//! Mining by workers: what the user asks for, and what the mining control says.

use std::collections::VecDeque;

use super::Session;
use crate::api::{Answer, FoundBlock, MiningMode, Notice, Reply, ToPage, UserError, code};
use crate::ledger::{Amount, Block, BlockHash, Script, Time};
use crate::miner::{GenerateRequest, MiningInput, MiningOutput, ToMiner};
use crate::session::Effect;

impl Session {
    /// Starts or stops the miner.
    pub(in crate::session) fn set_mining(&mut self, now: Time, mode: MiningMode) -> Result<(), UserError> {
        if mode != MiningMode::Off {
            self.can_mine()?;
        }
        self.miner(now, MiningInput::SetMode(mode));
        Ok(())
    }

    /// Sets the percent of the time that a worker works, 1..=100.
    pub(super) fn set_power(&mut self, now: Time, power: u8) -> Result<(), UserError> {
        if !(1..=100).contains(&power) {
            return Err(UserError::new(code::INVALID_PARAMETER, "power-out-of-range", "power is 1 to 100 percent"));
        }
        self.state.settings.power = power;
        self.state_changed = true;
        self.miner(now, MiningInput::SetPower(power));
        Ok(())
    }

    /// Sets the number of miner workers, 1..=8.
    pub(in crate::session) fn set_threads(&mut self, now: Time, threads: u8) -> Result<(), UserError> {
        if !(1..=8).contains(&threads) {
            return Err(UserError::new(code::INVALID_PARAMETER, "threads-out-of-range", "threads are 1 to 8"));
        }
        self.state.settings.threads = threads;
        self.state_changed = true;
        self.miner(now, MiningInput::SetThreads(threads));
        Ok(())
    }

    /// Mines so many blocks to a script; the reply to `request` comes when they are found.
    pub(in crate::session) fn generate(
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

    /// Gives the mining control something to react to, and does what it says.
    pub(super) fn miner(&mut self, now: Time, input: MiningInput) {
        if self.opening {
            return;
        }
        let mut outputs = VecDeque::from(self.state.mining.handle(now, input));
        while let Some(output) = outputs.pop_front() {
            match output {
                MiningOutput::Workers(count) => self.effects.push(Effect::MinerWorkers(count)),
                MiningOutput::Assign { worker, job } => {
                    self.effects.push(Effect::Miner { worker, message: ToMiner::Search(job) });
                }
                MiningOutput::Stop { worker } => {
                    self.effects.push(Effect::Miner { worker, message: ToMiner::Stop });
                }
                MiningOutput::NeedTemplate { script_pubkey } => {
                    if let Some(template) = self.template(now, script_pubkey) {
                        outputs.extend(self.state.mining.handle(now, MiningInput::Template(Box::new(template))));
                    }
                }
                MiningOutput::Solved { block, .. } => self.solved(now, *block),
                MiningOutput::Generated { id, hashes } => {
                    self.effects.push(Effect::ToPage(ToPage::Reply(Box::new(Reply {
                        id,
                        result: Ok(Answer::Rpc(serde_json::json!(hashes))),
                    }))));
                }
                MiningOutput::ModeChanged(_) => {}
                MiningOutput::Failed { reason } => self.notice(Notice::MinerFailed { reason }),
            }
        }
    }

    /// Gives the node a block that a worker found.
    fn solved(&mut self, now: Time, block: Block) {
        let reward = block.transactions.first().and_then(|tx| tx.output_value()).unwrap_or_default();
        let hash = block.block_hash();
        match self.submit_block(now, block) {
            Ok(_) => self.found_block(now, hash, reward),
            Err(error) => {
                let error = UserError::new(code::VERIFY_REJECTED, error.rule(), error.to_string()).facts(error.facts());
                self.notice(Notice::BlockRejected { hash, error, by: None });
                let tip = self.chain().tip().hash;
                self.miner(now, MiningInput::TipChanged(tip));
            }
        }
    }

    /// Remembers a block that was found here.
    pub(super) fn found_block(&mut self, now: Time, hash: BlockHash, reward: Amount) {
        let Some(height) = self.chain().index(&hash).map(|index| index.height) else { return };
        self.state.remember_found(FoundBlock { hash, height, time: now, active: true, reward });
        self.state_changed = true;
    }
}
