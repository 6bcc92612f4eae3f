//! What a request needs to know, so that nothing else is added up, decoded or read.

use std::ops::Range;

use crate::check::{Day, Moment};

/// What must be known of each URL.
#[derive(Clone, Debug)]
pub struct Needs {
    /// Its counts.
    pub counts: Counts,
    /// Its checks over time.
    pub details: Details,
}

/// How counts are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Of all months together.
    Total,
    /// By the month of the file.
    ByMonth,
}

/// What is needed of the checks over time.
#[derive(Clone, Debug)]
pub enum Details {
    /// Nothing: times need not even be read.
    None,
    /// Everything that goes on through time (gaps, open runs, the first and last check), and:
    Of {
        /// The checks of each of these days.
        days: Range<Day>,
        /// The failing runs that had not ended before this.
        runs_since: Moment,
        /// The hours before the last check.
        hours: Hours,
    },
}

/// Whether the hours before the last check are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    /// They are.
    Needed,
    /// They are not.
    Unneeded,
}

impl Needs {
    /// All there is.
    pub const ALL: Self = Self {
        counts: Counts::ByMonth,
        details: Details::Of {
            days: Day(i32::MIN)..Day(i32::MAX),
            runs_since: Moment(i64::MIN),
            hours: Hours::Needed,
        },
    };

    /// Whether times must be read.
    pub fn times(&self) -> bool {
        matches!(self.details, Details::Of { .. })
    }

    /// Whether the checks of a day are needed.
    pub fn has_day(&self, day: Day) -> bool {
        matches!(&self.details, Details::Of { days, .. } if days.contains(&day))
    }

    /// The days that are needed; none of them are an empty range.
    pub fn days(&self) -> Range<Day> {
        match &self.details {
            Details::None => Day(0)..Day(0),
            Details::Of { days, .. } => days.clone(),
        }
    }

    /// Whether hours are needed.
    pub fn hours(&self) -> bool {
        matches!(
            self.details,
            Details::Of {
                hours: Hours::Needed,
                ..
            }
        )
    }

    /// The moment since which failing runs are needed.
    pub fn runs_since(&self) -> Moment {
        match self.details {
            Details::None => Moment(i64::MAX),
            Details::Of { runs_since, .. } => runs_since,
        }
    }
}
