//! The message log: every frame sent and received, as much of it as a person can read.

use std::collections::VecDeque;

use crate::api::{LogEntry, NodeName};
use crate::ledger::Time;
use crate::wire::{self, Message};

/// Messages kept; the oldest go first.
const LOG_LIMIT: usize = 200;
/// Bytes of a frame that are kept.
const FRAME_BYTES_KEPT: usize = 1024;

/// The last messages, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct MessageLog {
    entries: VecDeque<LogEntry>,
    total: u64,
}

impl MessageLog {
    /// Notes a frame that goes out or came in.
    pub(super) fn note(&mut self, time: Time, from: &NodeName, to: &NodeName, frame: &[u8], magic: [u8; 4]) {
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
            command: wire::peek_command(frame).unwrap_or("?").to_owned(),
            summary: match Message::decode(frame, magic) {
                Ok(message) => message.summary(),
                Err(error) => error.to_string(),
            },
            bytes: frame[..frame.len().min(FRAME_BYTES_KEPT)].to_vec(),
        });
    }

    /// Messages ever noted.
    pub(super) const fn total(&self) -> u64 {
        self.total
    }

    /// The entries, newest first.
    pub(super) fn entries(&self) -> Vec<LogEntry> {
        self.entries.iter().rev().cloned().collect()
    }
}
