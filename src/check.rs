//! A check of one URL, which is what a row of a log means, and the times in it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The status column has one of the texts that mean "up".
    Up,
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

/// An hour of Unix time, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hour(i64);

impl Hour {
    pub fn of(at: Moment) -> Self {
        Self(at.0.div_euclid(3600))
    }

    /// The current hour and the 23 before it.
    pub fn last_day(now: Moment) -> Range<Self> {
        let current = Self::of(now).0;
        Self(current - 23)..Self(current + 1)
    }

    /// When it starts.
    pub fn start(self) -> Moment {
        Moment(self.0 * 3600)
    }

    #[must_use]
    pub fn plus(self, hours: i64) -> Self {
        Self(self.0 + hours)
    }
}

/// A calendar day in the operator's zone, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
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
    /// `None` if the log has no time or an invalid one.
    pub when: Option<When>,
    /// `None` if the log has no response time or an invalid one.
    pub response_time: Option<Micros>,
}
