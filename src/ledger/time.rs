//! Time, in two types that are never mixed: the local clock, passed in by whoever has one, and
//! the seconds that a miner wrote into a header.

use std::ops::{Add, Sub};

/// A moment of the local clock, in milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Time {
    /// Milliseconds since 1970.
    pub millis: u64,
}

/// A span of local time, in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Duration {
    /// Milliseconds.
    pub millis: u64,
}

impl Duration {
    /// A span of seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self { millis: secs * 1000 }
    }

    /// A span of milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self { millis }
    }
}

impl Time {
    /// A moment, in milliseconds since 1970.
    pub const fn from_millis(millis: u64) -> Self {
        Self { millis }
    }

    /// The same moment in the unit of headers.
    pub const fn to_block_time(self) -> BlockTime {
        let secs = self.millis / 1000;
        BlockTime(if secs > u32::MAX as u64 { u32::MAX } else { secs as u32 })
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self { millis: self.millis.saturating_add(span.millis) }
    }
}

impl Sub for Time {
    type Output = Duration;

    /// How long after `earlier` this is; zero if it is before.
    fn sub(self, earlier: Self) -> Duration {
        Duration { millis: self.millis.saturating_sub(earlier.millis) }
    }
}

/// A header's time, in seconds since 1970, as its miner claims.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct BlockTime(pub u32);
