//! The message log: every frame sent and received, as much of it as a person can read.

use std::collections::VecDeque;

use crate::api::{LogEntry, NodeName};
use crate::ledger::Time;
use crate::wire::{Message, WireError, peek_command};

/// Messages kept; the oldest go first.
const LOG_LIMIT: usize = 200;
/// Bytes of a frame that are kept.
const FRAME_BYTES_KEPT: usize = 1024;

/// The last messages, oldest first.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct MessageLog {
    entries: VecDeque<LogEntry>,
    total: u64,
}

impl MessageLog {
    /// Notes a frame that goes out or came in, and what it was read as.
    pub(in crate::session) fn note(
        &mut self,
        time: Time,
        (from, to): (&NodeName, &NodeName),
        frame: &[u8],
        message: &Result<Message, WireError>,
    ) {
        if self.entries.len() == LOG_LIMIT {
            self.entries.pop_front();
        }
        self.total += 1;
        self.entries.push_back(LogEntry {
            number: self.total,
            time,
            from: from.clone(),
            to: to.clone(),
            size: u32::try_from(frame.len()).unwrap_or(u32::MAX),
            command: peek_command(frame).unwrap_or("?").to_owned(),
            summary: match message {
                Ok(message) => message.summary(),
                Err(error) => error.to_string(),
            },
            bytes: frame[..frame.len().min(FRAME_BYTES_KEPT)].to_vec(),
        });
    }

    /// Counts the messages ever noted.
    pub(in crate::session) const fn total(&self) -> u64 {
        self.total
    }

    /// Returns the entries, newest first.
    pub(in crate::session) fn entries(&self) -> Vec<LogEntry> {
        self.entries.iter().rev().cloned().collect()
    }
}
