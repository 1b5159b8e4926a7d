//! Who searches what: from mode, power, threads and a template to slices for workers.
//!
//! Sans-IO. Its driver
//! - puts in what happens, and carries out every [`MiningOutput`], in order;
//! - answers [`MiningOutput::NeedTemplate`] by putting in [`MiningInput::Template`] at once;
//! - on [`MiningOutput::Solved`] gives the block to its node, and puts in
//!   [`MiningInput::TipChanged`] whenever the active tip changes, whoever found the block;
//! - puts in [`MiningInput::Tick`] at [`MiningControl::wake_at`] or a little later.
//!
//! A slice is sized by the worker's measured rate to take at most [`SLICE_MS`], so whatever
//! changes, no worker hashes on for longer than that. The nonces of a header are handed out from
//! one cursor, so no two workers try the same; when all are tried the extra nonce is raised.

use std::collections::VecDeque;
use std::sync::Arc;

use std::collections::BTreeMap;

use super::BlockTemplate;
use super::job::{FromMiner, Job, MINER_PROTOCOL_VERSION, Report};
use super::messages::{GenerateRequest, MiningInput, MiningOutput, MiningStats, Mode};
use super::rate::{AttemptTally, RateMeter};
use crate::ledger::{Amount, BlockHash, Duration, Header, Time};

/// Most miner workers.
pub const MAX_THREADS: u8 = 8;
/// How long a slice takes, in milliseconds: stopping takes no longer.
const SLICE_MS: f64 = 60.0;
/// The rate of a worker that has not reported yet, in hashes a millisecond: a slow phone's.
const FIRST_RATE: f64 = 50.0;
/// Bounds of a slice, in hashes.
const SLICE_COUNT: (f64, f64) = (64.0, 16_777_216.0);
/// A template is made anew after so long: new payments come in, and the header's time moves on.
const TEMPLATE_AGE: Duration = Duration::from_secs(2);
/// A found block should have changed the tip after so long; else it was refused.
const SOLVED_WAIT: Duration = Duration::from_secs(2);
/// Most `generate` requests waiting; more are answered with no block at once.
const MAX_GENERATE_QUEUE: usize = 64;

/// The miner of one node, without its I/O.
#[derive(Clone, Debug)]
pub struct MiningControl {
    mode: Mode,
    power: u8,
    threads: u8,
    tip: BlockHash,
    workers: BTreeMap<u8, Worker>,
    next_job: u64,
    /// How many workers were last asked for.
    staffed: u8,
    work: Option<Work>,
    /// A template was asked for and has not come.
    template_asked: bool,
    /// A block was found on this tip then; the tip should change any moment.
    solved_at: Option<Time>,
    queue: VecDeque<Generating>,
    tally: AttemptTally,
    last_header: Option<Header>,
    rate: RateMeter,
    kernel: String,
}

#[derive(Clone, Debug)]
struct Worker {
    state: WorkerState,
    hashes_per_ms: f64,
}

#[derive(Clone, Debug)]
enum WorkerState {
    Starting,
    Idle,
    Busy(Box<Task>),
    /// It is not tried again until the user asks anew.
    Failed,
}

/// A slice that is out.
#[derive(Clone, Debug)]
struct Task {
    job: u64,
    first_nonce: u32,
    template: Arc<BlockTemplate>,
    purpose: Purpose,
}

/// A template and how far it is tried.
#[derive(Clone, Debug)]
struct Work {
    template: Arc<BlockTemplate>,
    purpose: Purpose,
    /// With the first extra nonce: a template with the same is no news.
    first_header: Header,
    extra_nonce: u64,
    /// Up to 2³², where all nonces are handed out.
    next_nonce: u64,
    made: Time,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Mine,
    Generate(u64),
}

#[derive(Clone, Debug)]
struct Generating {
    request: GenerateRequest,
    hashes: Vec<BlockHash>,
    tries: u64,
}

impl MiningControl {
    /// Off, at full power, with one thread, on this tip.
    pub fn new(tip: BlockHash) -> Self {
        Self {
            mode: Mode::Off,
            power: 100,
            threads: 1,
            tip,
            workers: BTreeMap::new(),
            next_job: 1,
            staffed: 0,
            work: None,
            template_asked: false,
            solved_at: None,
            queue: VecDeque::new(),
            tally: AttemptTally::default(),
            last_header: None,
            rate: RateMeter::default(),
            kernel: String::new(),
        }
    }

    /// The mode.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Percent of the time at work, 1..=100.
    pub const fn power(&self) -> u8 {
        self.power
    }

    /// Workers wanted, 1..=[`MAX_THREADS`].
    pub const fn threads(&self) -> u8 {
        self.threads
    }

    /// When [`MiningInput::Tick`] is due; `None` while there is nothing to do.
    pub fn wake_at(&self) -> Option<Time> {
        let refresh = self.work.as_ref().map(|work| work.made + TEMPLATE_AGE);
        let retry = self.solved_at.map(|at| at + SOLVED_WAIT);
        [self.rate.next_sample(), refresh, retry].into_iter().flatten().min()
    }

    /// Where the search is.
    pub fn stats(&self, now: Time) -> MiningStats {
        let template = self.work.as_ref().map(|work| &work.template);
        MiningStats {
            hash_rate: self.rate.rate(now),
            rate_history: self.rate.history(),
            tries: self.tally.tries,
            best_hash: self.tally.best,
            best_zero_bits: self.tally.best_zero_bits(),
            histogram: self.tally.histogram.clone(),
            header: self.last_header.or_else(|| template.map(|template| *template.header())),
            reward: template.map_or(Amount::ZERO, |template| template.reward()),
            payments: template.map_or(0, |template| template.payments().len()),
            kernel: self.kernel.clone(),
        }
    }

    /// Takes in what happened, and says what is to be done.
    pub fn handle(&mut self, now: Time, input: MiningInput) -> Vec<MiningOutput> {
        let mut out = Vec::new();
        match input {
            MiningInput::SetMode(mode) => {
                self.mode = mode;
                self.forgive_failures();
            }
            MiningInput::SetPower(power) => self.power = power.clamp(1, 100),
            MiningInput::SetThreads(threads) => {
                self.threads = threads.clamp(1, MAX_THREADS);
                self.forgive_failures();
            }
            MiningInput::TipChanged(tip) => self.set_tip(tip),
            MiningInput::Template(template) => self.set_work(now, *template),
            MiningInput::Worker { worker, message } => self.worker_spoke(now, worker, message, &mut out),
            MiningInput::WorkerFailed { worker, reason } => self.worker_failed(worker, reason, &mut out),
            MiningInput::Generate(request) => self.enqueue(request, &mut out),
            MiningInput::CancelGenerate(id) => self.queue.retain(|generating| generating.request.id != id),
            MiningInput::Tick => {
                self.rate.tick(now);
                self.template_asked = false;
                if self.solved_at.is_some_and(|at| now >= at + SOLVED_WAIT) {
                    self.solved_at = None;
                }
            }
        }
        self.advance(now, &mut out);
        out
    }

    /// What the workers are for now; a request goes before mining.
    fn purpose(&self) -> Option<Purpose> {
        match (self.queue.front(), self.mode) {
            (Some(generating), _) => Some(Purpose::Generate(generating.request.id)),
            (None, Mode::Off) => None,
            (None, _) => Some(Purpose::Mine),
        }
    }

    fn set_tip(&mut self, tip: BlockHash) {
        self.solved_at = None;
        self.work = None;
        self.template_asked = false;
        if self.tip == tip {
            return;
        }
        self.tip = tip;
        self.tally = AttemptTally::default();
        self.last_header = None;
    }

    fn set_work(&mut self, now: Time, template: BlockTemplate) {
        self.template_asked = false;
        // The driver's chain is the authority.
        if template.parent() != self.tip {
            self.set_tip(template.parent());
        }
        let Some(purpose) = self.purpose() else { return };
        let first_header = *template.header();
        if let Some(work) = &mut self.work
            && (work.purpose, work.first_header) == (purpose, first_header)
        {
            work.made = now;
            return;
        }
        self.work = Some(Work {
            template: Arc::new(template),
            purpose,
            first_header,
            extra_nonce: 0,
            next_nonce: 0,
            made: now,
        });
    }

    fn enqueue(&mut self, request: GenerateRequest, out: &mut Vec<MiningOutput>) {
        if request.count == 0 || self.queue.len() >= MAX_GENERATE_QUEUE {
            out.push(MiningOutput::Generated { id: request.id, hashes: Vec::new() });
            return;
        }
        self.forgive_failures();
        self.queue.push_back(Generating { request, hashes: Vec::new(), tries: 0 });
    }

    fn worker_spoke(&mut self, now: Time, id: u8, message: FromMiner, out: &mut Vec<MiningOutput>) {
        let Some(worker) = self.workers.get_mut(&id) else { return };
        match message {
            FromMiner::Ready { protocol, kernel } if protocol == MINER_PROTOCOL_VERSION => {
                worker.state = WorkerState::Idle;
                self.kernel = kernel;
            }
            FromMiner::Ready { protocol, .. } => {
                let reason =
                    format!("the miner speaks version {protocol}, not {MINER_PROTOCOL_VERSION}: reload the page");
                self.worker_failed(id, reason, out);
            }
            FromMiner::Report(report) => self.take_report(now, id, &report, out),
            FromMiner::Failed { reason } => self.worker_failed(id, reason, out),
        }
    }

    fn worker_failed(&mut self, id: u8, reason: String, out: &mut Vec<MiningOutput>) {
        if let Some(worker) = self.workers.get_mut(&id) {
            worker.state = WorkerState::Failed;
        }
        let none_left = self.workers.values().all(|worker| matches!(worker.state, WorkerState::Failed));
        if none_left && self.purpose().is_some() {
            self.mode = Mode::Off;
            out.push(MiningOutput::Failed { reason });
            out.push(MiningOutput::ModeChanged(Mode::Off));
            for generating in self.queue.drain(..) {
                out.push(MiningOutput::Generated { id: generating.request.id, hashes: generating.hashes });
            }
        }
    }

    fn take_report(&mut self, now: Time, id: u8, report: &Report, out: &mut Vec<MiningOutput>) {
        self.rate.add(now, report.tries);
        let Some(worker) = self.workers.get_mut(&id) else { return };
        if report.tries > 0 && report.micros > 0 {
            let measured = report.tries as f64 * 1000.0 / report.micros as f64;
            // A browser's clock is too coarse for a tiny slice.
            let weight = if report.micros < 500 { 0.1 } else { 0.5 };
            worker.hashes_per_ms += (measured - worker.hashes_per_ms) * weight;
        }
        let task = match &worker.state {
            WorkerState::Busy(task) if task.job == report.id => task.clone(),
            // A job that was replaced meanwhile.
            _ => return,
        };
        worker.state = WorkerState::Idle;
        if task.template.parent() != self.tip || self.solved_at.is_some() {
            return;
        }
        self.tally.add(report);
        let last_nonce = task.first_nonce.wrapping_add(report.tries.saturating_sub(1) as u32);
        self.last_header = Some(Header { nonce: last_nonce, ..*task.template.header() });
        if Some(task.purpose) != self.purpose() {
            return;
        }
        if let Some(nonce) = report.found {
            self.solved(now, &task, nonce, out);
        }
        if let Purpose::Generate(_) = task.purpose {
            self.count_tries(report.tries, out);
        }
    }

    fn solved(&mut self, now: Time, task: &Task, nonce: u32, out: &mut Vec<MiningOutput>) {
        let block = Box::new(task.template.block(nonce));
        self.solved_at = Some(now);
        self.work = None;
        let hash = block.block_hash();
        match task.purpose {
            Purpose::Mine => {
                out.push(MiningOutput::Solved { block, generate: None });
                if self.mode == Mode::OneBlock {
                    self.mode = Mode::Off;
                    out.push(MiningOutput::ModeChanged(Mode::Off));
                }
            }
            Purpose::Generate(id) => {
                out.push(MiningOutput::Solved { block, generate: Some(id) });
                if let Some(generating) = self.queue.front_mut() {
                    generating.hashes.push(hash);
                }
            }
        }
    }

    /// Counts tries of the first request, and ends it when it has its blocks or no tries are left.
    fn count_tries(&mut self, tries: u64, out: &mut Vec<MiningOutput>) {
        let Some(generating) = self.queue.front_mut() else { return };
        generating.tries = generating.tries.saturating_add(tries);
        let request = &generating.request;
        if (generating.hashes.len() as u64) < u64::from(request.count) && generating.tries < request.max_tries {
            return;
        }
        if let Some(done) = self.queue.pop_front() {
            out.push(MiningOutput::Generated { id: done.request.id, hashes: done.hashes });
        }
    }

    /// Brings workers and work to where they should be.
    fn advance(&mut self, now: Time, out: &mut Vec<MiningOutput>) {
        let Some(purpose) = self.purpose() else { return self.rest(out) };
        self.rate.start(now);
        self.staff(out);
        if self.solved_at.is_some() {
            return;
        }
        let fit = self.work.as_ref().is_some_and(|work| work.purpose == purpose);
        let old = self.work.as_ref().is_some_and(|work| now >= work.made + TEMPLATE_AGE);
        if (!fit || old) && !self.template_asked {
            self.template_asked = true;
            let script_pubkey = match purpose {
                Purpose::Mine => None,
                Purpose::Generate(_) => self.queue.front().map(|first| first.request.script_pubkey.clone()),
            };
            out.push(MiningOutput::NeedTemplate { script_pubkey });
        }
        if fit {
            self.assign(purpose, out);
        }
    }

    /// Nothing to do: workers stay, idle.
    fn rest(&mut self, out: &mut Vec<MiningOutput>) {
        self.work = None;
        self.template_asked = false;
        self.rate.stop();
        for (id, worker) in &mut self.workers {
            if let WorkerState::Busy(_) = worker.state {
                worker.state = WorkerState::Idle;
                out.push(MiningOutput::Stop { worker: *id });
            }
        }
    }

    /// As many workers as threads are wanted.
    fn staff(&mut self, out: &mut Vec<MiningOutput>) {
        let threads = self.threads;
        self.workers.retain(|worker, _| *worker < threads);
        for worker in 0..self.threads {
            let starting = Worker { state: WorkerState::Starting, hashes_per_ms: FIRST_RATE };
            self.workers.entry(worker).or_insert(starting);
        }
        if self.staffed != self.threads {
            self.staffed = self.threads;
            out.push(MiningOutput::Workers(self.threads));
        }
    }

    /// Lets failed workers be started again.
    fn forgive_failures(&mut self) {
        let before = self.workers.len();
        self.workers.retain(|_, worker| !matches!(worker.state, WorkerState::Failed));
        if self.workers.len() != before {
            self.staffed = 0;
        }
    }

    /// A slice for everyone who has none, or one that no longer matters.
    fn assign(&mut self, purpose: Purpose, out: &mut Vec<MiningOutput>) {
        let power = if purpose == Purpose::Mine { self.power } else { 100 };
        let share = f64::from(power) / 100.0;
        // At low power short slices, so that a rest is about a second at most.
        let work_ms = SLICE_MS.min(f64::from(power) * 10.0);
        let rest_ms = (work_ms / share - work_ms).round() as u32;
        let left = self.queue.front().map_or(u64::MAX, |first| first.request.max_tries.saturating_sub(first.tries));
        for (id, worker) in &mut self.workers {
            let waits = match &worker.state {
                WorkerState::Starting | WorkerState::Failed => false,
                WorkerState::Idle => true,
                WorkerState::Busy(task) => task.template.parent() != self.tip || task.purpose != purpose,
            };
            let Some(work) = self.work.as_mut().filter(|_| waits) else { continue };
            let count = (worker.hashes_per_ms * work_ms).clamp(SLICE_COUNT.0, SLICE_COUNT.1) as u64;
            let (first_nonce, count) = work.take(count.min(left.max(1)));
            let job = Job {
                id: self.next_job,
                header: work.template.header_bytes(),
                target: work.template.target(),
                first_nonce,
                count,
                rest_ms,
            };
            self.next_job += 1;
            let template = Arc::clone(&work.template);
            worker.state = WorkerState::Busy(Box::new(Task { job: job.id, first_nonce, template, purpose }));
            out.push(MiningOutput::Assign { worker: *id, job });
        }
    }
}

impl Work {
    /// The next nonces: first and count.
    fn take(&mut self, count: u64) -> (u32, u32) {
        const NONCES: u64 = 1 << 32;
        if self.next_nonce >= NONCES {
            self.extra_nonce += 1;
            self.next_nonce = 0;
            self.template = Arc::new(self.template.with_extra_nonce(self.extra_nonce));
        }
        let first = self.next_nonce;
        let count = count.min(NONCES - first);
        self.next_nonce += count;
        (first as u32, count as u32)
    }
}

#[cfg(test)]
mod tests;
