//! A check of one URL, which is what a row of a log means, and the times in it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The status column has one of the texts that mean "up".
    Up,
    /// The status column has one of the texts that mean "maintenance".
    Maintenance,
    /// The status column has any other text.
    Down,
}

/// A point in time, in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

impl Moment {
    /// All time.
    pub const ALL: Range<Self> = Self(i64::MIN)..Self(i64::MAX);

    /// The seconds since `earlier`; negative if that is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A calendar day in the operator's zone, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// All days.
    pub const ALL: Range<Self> = Self(i32::MIN)..Self(i32::MAX);

    /// The day `days` later, or earlier if that is negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// When a check was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    pub at: Moment,
    /// The calendar day of that moment in the operator's zone.
    pub day: Day,
}

/// How many seconds a time may be ahead of the clock: the monitor may run on another host.
pub const AHEAD: i64 = 300;

/// What a log says about the time of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timestamp {
    /// Nothing, or nothing that can be read.
    Missing,
    At(When),
    /// A time that the clock has not reached yet. Such a check is counted, but takes no part in
    /// time.
    Ahead(When),
}

/// A response time in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Micros(pub u64);

/// One check of one URL, borrowed from the row it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check<'row> {
    /// As logged. Usually a URL, but any text is one; the key in the JSON.
    pub url: &'row str,
    pub outcome: Outcome,
    /// The status code as logged: `200`, `404`, `N/A`, `タイムアウト`...
    pub code: &'row str,
    pub time: Timestamp,
    /// `None` if the log has no response time or an invalid one.
    pub response_time: Option<Micros>,
}
