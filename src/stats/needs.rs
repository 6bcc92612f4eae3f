//! What a request needs to know about each URL, so that nothing else is read, decoded or added up.
//! An answer decides it; log, cache and statistics follow it.

use std::ops::Range;

use crate::check::{Day, Moment};

/// What a request needs to know about each URL.
#[derive(Clone, Debug)]
pub struct Needs {
    pub counts: Counts,
    /// Its checks over time; without them, times are not even read.
    pub details: Option<Details>,
}

/// How checks are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// All months together.
    Total,
    /// By the month of the file.
    ByMonth,
}

/// Which details are needed beside what always goes on through time: gaps, open runs, the first
/// and the last check.
#[derive(Clone, Debug)]
pub struct Details {
    /// Each of these days.
    pub days: Range<Day>,
    /// The failing runs that had not ended before this.
    pub runs_since: Moment,
    pub hours: Hours,
}

/// Whether the hours before the last check are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    Needed,
    Unneeded,
}

impl Needs {
    /// All there is.
    pub const ALL: Self = Self {
        counts: Counts::ByMonth,
        details: Some(Details {
            days: Day(i32::MIN)..Day(i32::MAX),
            runs_since: Moment(i64::MIN),
            hours: Hours::Needed,
        }),
    };

    /// The days that are needed; none are an empty range.
    pub fn days(&self) -> Range<Day> {
        let days = self.details.as_ref().map(|details| details.days.clone());
        days.unwrap_or(Day(0)..Day(0))
    }

    pub fn hours(&self) -> bool {
        let details = self.details.as_ref();
        details.is_some_and(|details| details.hours == Hours::Needed)
    }

    /// The moment since which failing runs are needed.
    pub fn runs_since(&self) -> Moment {
        let details = self.details.as_ref();
        details.map_or(Moment::ALL.end, |details| details.runs_since)
    }
}
