//! The message log: every frame sent and received, as much of it as a person can read.

use std::collections::VecDeque;

use super::{ByteRun, LogEntry, NodeName};
use crate::ledger::{Time, to_hex};
use crate::wire;

/// Messages kept; the oldest go first.
const LOG_LIMIT: usize = 200;
/// Bytes of a frame that are kept for its byte view.
const FRAME_BYTES_KEPT: usize = 1024;

/// A logged frame.
#[derive(Clone, Debug)]
struct Record {
    number: u64,
    time: Time,
    from: NodeName,
    to: NodeName,
    size: u32,
    frame: Vec<u8>,
}

/// The last messages, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct MessageLog {
    records: VecDeque<Record>,
    total: u64,
}

impl MessageLog {
    /// Notes a frame that goes out or came in.
    pub(super) fn note(&mut self, time: Time, from: &NodeName, to: &NodeName, frame: &[u8]) {
        if self.records.len() == LOG_LIMIT {
            self.records.pop_front();
        }
        self.total += 1;
        self.records.push_back(Record {
            number: self.total,
            time,
            from: from.clone(),
            to: to.clone(),
            size: u32::try_from(frame.len()).unwrap_or(u32::MAX),
            frame: frame[..frame.len().min(FRAME_BYTES_KEPT)].to_vec(),
        });
    }

    /// Messages ever noted.
    pub(super) const fn total(&self) -> u64 {
        self.total
    }

    /// The entries, newest first.
    pub(super) fn entries(&self) -> Vec<LogEntry> {
        self.records.iter().rev().map(entry).collect()
    }
}

fn entry(record: &Record) -> LogEntry {
    let fields: Vec<ByteRun> = wire::annotate(&record.frame)
        .into_iter()
        .map(|field| ByteRun {
            field: field.name.to_owned(),
            hex: to_hex(record.frame.get(field.range.clone()).unwrap_or_default()),
            value: field.value,
        })
        .collect();
    let value_of = |name: &str| fields.iter().find(|run| run.field == name).map(|run| run.value.clone());
    LogEntry {
        number: record.number,
        time: record.time,
        from: record.from.clone(),
        to: record.to.clone(),
        command: value_of("command").unwrap_or_default(),
        summary: wire::summarize(&record.frame),
        size: record.size,
        fields,
    }
}
