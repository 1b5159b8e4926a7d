//! How fast and how far the search is: hash rate over the last seconds, and the attempt's tally.

use std::collections::VecDeque;

use super::job::{MAX_ZERO_BITS, Report};
use crate::ledger::{BlockHash, Duration, Time};

/// The rate is the mean over so long.
const WINDOW: Duration = Duration::from_millis(3_000);
/// Samples kept of the rate, one a second.
const MAX_HISTORY: usize = 120;
/// Reports kept for the rate; older ones go first.
const MAX_SAMPLES: usize = 4_096;

/// Hashes a second, now and a while back.
#[derive(Clone, Debug, Default)]
pub(super) struct RateMeter {
    /// When a report came, and its tries.
    samples: VecDeque<(Time, u64)>,
    /// When hashing began after a pause.
    since: Option<Time>,
    history: VecDeque<f64>,
    next_sample: Option<Time>,
}

impl RateMeter {
    pub(super) fn start(&mut self, now: Time) {
        self.since.get_or_insert(now);
        self.next_sample.get_or_insert(now + Duration::from_secs(1));
    }

    pub(super) fn stop(&mut self) {
        self.since = None;
        self.samples.clear();
        self.next_sample = None;
    }

    pub(super) fn add(&mut self, now: Time, tries: u64) {
        self.samples.push_back((now, tries));
        while self.samples.len() > MAX_SAMPLES {
            self.samples.pop_front();
        }
    }

    /// Hashes a second over the last seconds; 0 when nothing runs.
    pub(super) fn rate(&self, now: Time) -> f64 {
        let Some(since) = self.since else { return 0.0 };
        let span = (now - since).millis.clamp(100, WINDOW.millis);
        let recent = self.samples.iter().filter(|(time, _)| (now - *time).millis < span.max(1));
        let tries: u64 = recent.map(|(_, tries)| tries).sum();
        tries as f64 * 1000.0 / span as f64
    }

    /// Takes a sample each second.
    pub(super) fn tick(&mut self, now: Time) {
        let Some(next) = self.next_sample else { return };
        if now < next {
            return;
        }
        let second = Duration::from_secs(1);
        self.history.push_back(self.rate(now));
        while self.history.len() > MAX_HISTORY {
            self.history.pop_front();
        }
        // After a long stall no samples are made up.
        self.next_sample = Some(if now < next + second { next + second } else { now + second });
        while self.samples.front().is_some_and(|(time, _)| (now - *time).millis > WINDOW.millis) {
            self.samples.pop_front();
        }
    }

    /// When the next sample is due.
    pub(super) const fn next_sample(&self) -> Option<Time> {
        self.next_sample
    }

    /// The samples, oldest first; at most 120.
    pub(super) fn history(&self) -> Vec<f64> {
        self.history.iter().copied().collect()
    }
}

/// What the search on one parent block has brought so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AttemptTally {
    pub(super) tries: u64,
    pub(super) best: Option<BlockHash>,
    pub(super) histogram: Vec<u64>,
}

impl AttemptTally {
    pub(super) fn add(&mut self, report: &Report) {
        self.tries += report.tries;
        let value = |hash: &BlockHash| {
            let mut number = *hash.as_bytes();
            number.reverse();
            number
        };
        if let Some((hash, _)) = report.best
            && self.best.is_none_or(|best| value(&hash) < value(&best))
        {
            self.best = Some(hash);
        }
        let bars = report.histogram.len().min(MAX_ZERO_BITS + 1);
        if self.histogram.len() < bars {
            self.histogram.resize(bars, 0);
        }
        for (bar, more) in self.histogram.iter_mut().zip(&report.histogram) {
            *bar += u64::from(*more);
        }
    }

    pub(super) fn best_zero_bits(&self) -> u32 {
        let Some(best) = self.best else { return 0 };
        let mut zeros = 0;
        for byte in best.as_bytes().iter().rev() {
            zeros += byte.leading_zeros();
            if *byte != 0 {
                break;
            }
        }
        zeros
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_the_mean_of_the_last_seconds() {
        let mut meter = RateMeter::default();
        let at = Time::from_millis;
        assert_eq!(meter.rate(at(0)), 0.0);
        meter.start(at(0));
        for step in 1..=100 {
            meter.add(at(step * 100), 5_000);
            meter.tick(at(step * 100));
        }
        let rate = meter.rate(at(10_000));
        assert!((45_000.0..=55_000.0).contains(&rate), "{rate}");
        assert_eq!(meter.history().len(), 10);
        meter.stop();
        assert_eq!(meter.rate(at(10_000)), 0.0);
    }

    #[test]
    fn the_best_hash_is_the_lowest_as_a_number() {
        let mut tally = AttemptTally::default();
        let hash = |last: u8, first: u8| {
            let mut bytes = [first; 32];
            bytes[31] = last;
            BlockHash::from_bytes(bytes)
        };
        for (last, first) in [(9, 0), (1, 255), (1, 254), (2, 0)] {
            tally.add(&Report { tries: 1, best: Some((hash(last, first), 0)), ..Report::default() });
        }
        assert_eq!((tally.tries, tally.best), (4, Some(hash(1, 254))));
        assert_eq!(tally.best_zero_bits(), 7);
    }
}
