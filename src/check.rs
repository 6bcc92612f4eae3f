//! What one row of a log means: one check of one URL.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Whether a check found its URL up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The status column holds one of the configured "up" texts.
    Up,
    /// It holds anything else.
    Down,
}

/// A point in time, in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

impl Moment {
    /// All time.
    pub const ALL: Range<Self> = Self(i64::MIN)..Self(i64::MAX);

    /// Seconds from `earlier` to this.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A calendar day in the operator's zone, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// The day `days` later, or earlier if negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// When a check was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The moment.
    pub at: Moment,
    /// The operator's calendar day at that moment.
    pub day: Day,
}

/// A response time in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Micros(pub u64);

/// One check of one URL, borrowed from the row it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check<'row> {
    /// What was checked, as logged; usually a URL, and the key in the JSON.
    pub url: &'row str,
    /// Up or down.
    pub outcome: Outcome,
    /// The status code as logged: `200`, `404`, `N/A`, `タイムアウト`...
    pub code: &'row str,
    /// When, if the log says so in a way that can be read.
    pub when: Option<When>,
    /// How long the answer took, if the log says so.
    pub response_time: Option<Micros>,
}
