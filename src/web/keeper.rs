//! What of a node is saved, what is not yet, and when a database that failed is opened again. Sans-IO.
//!
//! Blocks and the state are written in the order in which they came, a batch at a time. A database that refuses a
//! write, takes too long over it, or is closed by the browser is let go; what it lacks stays in this tab's memory,
//! where it is anyway, and nobody waits for it any more. After a pause, which doubles up to a minute, it is opened
//! again, asked what it has, and given all that is missing.
//!
//! Everything that is to be kept has a number; who must not go before it waits until [`Keeper::settled`] reaches it.

use std::collections::VecDeque;

use crate::api::{Retry, StorageState, StorageTrouble, Unsaved};
use crate::ledger::{BlockHash, Duration, Time};

/// Most items and bytes of one write.
const MAX_BATCH: usize = 256;
const MAX_BATCH_BYTES: usize = 4_000_000;
/// The first pause before a database is tried again, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long the database may take before this node goes on without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// For a write.
    pub write: Duration,
    /// To be opened, and to say what it has.
    pub open: Duration,
}

/// A block to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockToKeep {
    /// Its hash.
    pub hash: BlockHash,
    /// Its height.
    pub height: u32,
    /// Its size in bytes.
    pub size: usize,
}

/// The session's state to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateToKeep {
    /// As JSON.
    pub json: String,
    /// The tip's height, for the list of nodes.
    pub height: u32,
}

/// What went wrong with the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind.
    pub trouble: StorageTrouble,
    /// What the browser said; may be empty.
    pub reason: String,
}

/// What is to be done now. Its outcome is told with the attempt's number; one that comes too late is not heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Keep these, all or none: [`Keeper::written`] or [`Keeper::failed`].
    Write {
        /// The number of the attempt.
        attempt: u64,
        /// The blocks, in this order.
        blocks: Vec<BlockHash>,
        /// The state behind them.
        state: Option<StateToKeep>,
    },
    /// Let the database go, if there is one: what it does from now on is not heard.
    LetGo,
    /// Open the database and see what it has: [`Keeper::opened`] or [`Keeper::failed`].
    Open {
        /// The number of the attempt.
        attempt: u64,
    },
}

/// What a database has that was opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whether it has blocks or a state.
    pub anything: bool,
}

/// Keeps account of what is saved.
#[derive(Clone, Debug)]
pub struct Keeper {
    limits: TimeLimits,
    /// To be kept and not known to be, in order, each with its number.
    blocks: VecDeque<(u64, BlockToKeep)>,
    state: Option<(u64, StateToKeep)>,
    /// The number of the last thing to be kept, and of the last block.
    wanted: u64,
    wanted_block: u64,
    /// All up to this number is kept or given up.
    settled: u64,
    database: Database,
    /// The database is this node's: it held nothing else when it was opened.
    is_own: bool,
    /// What is not to be kept any more is in the database, as far as is known.
    rest_saved: bool,
    /// To be let go.
    let_go: bool,
    attempts: u64,
    trouble: Option<(Fault, Time)>,
    /// How often it failed in a row.
    failures: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Database {
    /// Open and idle.
    Open,
    /// Writing the first `blocks` blocks, and perhaps a state.
    Writing { attempt: u64, since: Time, blocks: usize, state: Option<(u64, StateToKeep)>, up_to: u64 },
    /// Not open. `None`: not to be tried again.
    Closed { retry: Option<Time> },
    /// Being opened again.
    Opening { attempt: u64, since: Time },
}

impl Keeper {
    /// With an open database that has all there is.
    pub fn with_open_database(limits: TimeLimits) -> Self {
        Self {
            limits,
            blocks: VecDeque::new(),
            state: None,
            wanted: 0,
            wanted_block: 0,
            settled: 0,
            database: Database::Open,
            is_own: true,
            rest_saved: true,
            let_go: false,
            attempts: 0,
            trouble: None,
            failures: 0,
        }
    }

    /// With a database that could not be opened: what it holds, if anything, is not this node's as it is now.
    pub fn without_database(limits: TimeLimits, now: Time, fault: Fault) -> Self {
        let mut keeper = Self { is_own: false, rest_saved: false, ..Self::with_open_database(limits) };
        keeper.fail(now, fault);
        keeper.let_go = false;
        keeper
    }

    /// A block is to be kept behind those before it.
    pub fn want_block(&mut self, block: BlockToKeep) {
        self.wanted += 1;
        self.wanted_block = self.wanted;
        self.blocks.push_back((self.wanted, block));
        self.waive();
    }

    /// The state is to be kept; replaces the one before.
    pub fn want_state(&mut self, state: StateToKeep) {
        self.wanted += 1;
        self.state = Some((self.wanted, state));
        self.waive();
    }

    /// The number of the last block to be kept: what tells others of it waits for this to be settled.
    pub const fn last_block(&self) -> u64 {
        self.wanted_block
    }

    /// The number of the last thing to be kept.
    pub const fn last(&self) -> u64 {
        self.wanted
    }

    /// All up to this number is kept, or nobody waits for it any more.
    pub const fn settled(&self) -> u64 {
        self.settled
    }

    /// What to do next, if anything; asked again until there is nothing.
    pub fn next_step(&mut self, now: Time) -> Option<Step> {
        self.give_up_what_is_late(now);
        if std::mem::take(&mut self.let_go) {
            return Some(Step::LetGo);
        }
        match &self.database {
            Database::Closed { retry: Some(at) } if now >= *at => {
                let attempt = self.next_attempt();
                self.database = Database::Opening { attempt, since: now };
                Some(Step::Open { attempt })
            }
            Database::Open if !self.blocks.is_empty() || self.state.is_some() => Some(self.begin_write(now)),
            _ => None,
        }
    }

    /// When to be asked for the next step at the latest.
    pub fn wake_at(&self) -> Option<Time> {
        match &self.database {
            Database::Open => None,
            Database::Writing { since, .. } => Some(*since + self.limits.write),
            Database::Opening { since, .. } => Some(*since + self.limits.open),
            Database::Closed { retry } => *retry,
        }
    }

    /// A write is done. `false`: it was given up before, and the database with it.
    pub fn written(&mut self, number: u64) -> bool {
        match &self.database {
            Database::Writing { attempt, blocks, up_to, .. } if *attempt == number => {
                let (blocks, up_to) = (*blocks, *up_to);
                self.blocks.drain(..blocks.min(self.blocks.len()));
                self.settled = self.settled.max(up_to);
                self.database = Database::Open;
                if self.blocks.is_empty() && self.state.is_none() {
                    self.trouble = None;
                    self.failures = 0;
                }
                true
            }
            _ => false,
        }
    }

    /// A write or an opening failed.
    pub fn failed(&mut self, now: Time, number: u64, fault: Fault) {
        match &self.database {
            Database::Writing { attempt, .. } | Database::Opening { attempt, .. } if *attempt == number => {
                self.fail(now, fault);
            }
            _ => {}
        }
    }

    /// The browser closed the open database.
    pub fn lost(&mut self, now: Time, fault: Fault) {
        if matches!(self.database, Database::Open | Database::Writing { .. }) {
            self.fail(now, fault);
        }
    }

    /// The database is open again, and lacks these blocks; `state` is the newest. `false`: it is not to be used, as it
    /// holds what is not this node's, or came too late.
    #[must_use]
    pub fn opened(
        &mut self,
        now: Time,
        number: u64,
        found: Found,
        missing: Vec<BlockToKeep>,
        state: Option<StateToKeep>,
    ) -> bool {
        if !matches!(&self.database, Database::Opening { attempt, .. } if *attempt == number) {
            return false;
        }
        if found.anything && !self.is_own {
            let reason = self.trouble.as_ref().map(|(fault, _)| fault.reason.clone()).unwrap_or_default();
            self.fail(now, Fault { trouble: StorageTrouble::Earlier, reason });
            return false;
        }
        self.is_own = true;
        self.rest_saved = true;
        self.database = Database::Open;
        self.blocks = missing.into_iter().map(|block| (0, block)).collect();
        if let Some(state) = state {
            self.state = Some((0, state));
        }
        if self.blocks.is_empty() && self.state.is_none() {
            self.trouble = None;
            self.failures = 0;
        }
        true
    }

    /// The user wants it tried now.
    pub fn try_now(&mut self, now: Time) {
        if let Database::Closed { retry: Some(at) } = &mut self.database {
            *at = now;
        }
    }

    /// What of this node is saved.
    pub fn storage(&self) -> StorageState {
        let Some((fault, since)) = &self.trouble else { return StorageState::Stored };
        let heights = self.blocks.iter().map(|(_, block)| block.height);
        let writes_state = matches!(&self.database, Database::Writing { state: Some(_), .. });
        StorageState::Unsaved(Unsaved {
            trouble: fault.trouble,
            reason: fault.reason.clone(),
            since: *since,
            blocks: u32::try_from(self.blocks.len()).unwrap_or(u32::MAX),
            heights: heights.clone().min().zip(heights.max()),
            wallet: self.state.is_some() || writes_state,
            rest_saved: self.rest_saved,
            retry: match &self.database {
                Database::Closed { retry: Some(at) } => Retry::At(*at),
                Database::Closed { retry: None } => Retry::Never,
                Database::Open | Database::Writing { .. } | Database::Opening { .. } => Retry::Now,
            },
        })
    }

    /// In trouble nobody waits for the database: all is in memory, and the page says so.
    fn waive(&mut self) {
        if self.trouble.is_some() {
            self.settled = self.wanted;
        }
    }

    fn next_attempt(&mut self) -> u64 {
        self.attempts += 1;
        self.attempts
    }

    fn begin_write(&mut self, now: Time) -> Step {
        let mut bytes = 0;
        let mut count = 0;
        for (_, block) in &self.blocks {
            if count >= MAX_BATCH || (count > 0 && bytes + block.size > MAX_BATCH_BYTES) {
                break;
            }
            bytes += block.size;
            count += 1;
        }
        // The state comes after the blocks it was made from.
        let state = if count == self.blocks.len() { self.state.take() } else { None };
        let last_block = count.checked_sub(1).and_then(|last| self.blocks.get(last)).map_or(0, |(number, _)| *number);
        let up_to = match (&state, &self.state) {
            (Some(_), _) => self.wanted,
            (None, Some((waiting, _))) => last_block.min(waiting.saturating_sub(1)),
            (None, None) => last_block,
        };
        let attempt = self.next_attempt();
        let step = Step::Write {
            attempt,
            blocks: self.blocks.iter().take(count).map(|(_, block)| block.hash).collect(),
            state: state.as_ref().map(|(_, state)| state.clone()),
        };
        self.database = Database::Writing { attempt, since: now, blocks: count, state, up_to };
        step
    }

    fn give_up_what_is_late(&mut self, now: Time) {
        let is_late = match &self.database {
            Database::Writing { since, .. } => now >= *since + self.limits.write,
            Database::Opening { since, .. } => now >= *since + self.limits.open,
            Database::Open | Database::Closed { .. } => false,
        };
        if is_late {
            self.fail(now, Fault { trouble: StorageTrouble::Silent, reason: String::new() });
        }
    }

    fn fail(&mut self, now: Time, fault: Fault) {
        let before = std::mem::replace(&mut self.database, Database::Open);
        if let Database::Writing { state: Some(state), .. } = before {
            self.state.get_or_insert(state);
        }
        if fault.trouble == StorageTrouble::Closed {
            self.rest_saved = false;
        }
        let retry = fault.trouble.can_pass().then(|| now + pause(self.failures));
        self.database = Database::Closed { retry };
        self.failures = self.failures.saturating_add(1);
        let since = self.trouble.as_ref().map_or(now, |(_, since)| *since);
        self.trouble = Some((fault, since));
        self.let_go = true;
        self.settled = self.wanted;
    }
}

/// 1, 2, 4 … seconds, a minute at most.
fn pause(failures: u32) -> Duration {
    let doubled = FIRST_PAUSE.millis.saturating_mul(1 << failures.min(16));
    Duration::from_millis(doubled.min(LONGEST_PAUSE.millis))
}

#[cfg(test)]
mod tests;
