//! What a request needs to know about each URL, so that nothing else is read, decoded or added up.
//! An answer decides it; log, cache and statistics follow it.

use std::ops::Range;

use crate::check::{Day, Moment};

/// What a request needs to know about each URL.
#[derive(Clone, Debug)]
pub struct Needs {
    pub counts: Counts,
    pub details: Details,
}

/// Which counts are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Those of all months together.
    Total,
    /// Those of each month, by the names of the files.
    ByMonth,
}

/// Which details are needed.
#[derive(Clone, Debug)]
pub enum Details {
    /// None, so that times need not be read.
    None,
    /// Gaps, open runs and the first and last check, which are always counted, and those below.
    Of {
        /// The days whose checks are needed.
        days: Range<Day>,
        /// The runs of failed checks are needed if they had not ended before this.
        runs_since: Moment,
        hours: Hours,
    },
}

/// Whether the hours before the last check are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    Needed,
    Unneeded,
}

impl Needs {
    /// Everything, as the cache needs it.
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

    /// The days that are needed; an empty range if none are.
    pub fn days(&self) -> Range<Day> {
        match &self.details {
            Details::None => Day(0)..Day(0),
            Details::Of { days, .. } => days.clone(),
        }
    }

    pub fn hours(&self) -> bool {
        matches!(
            self.details,
            Details::Of {
                hours: Hours::Needed,
                ..
            }
        )
    }

    /// Since when runs of failed checks are needed.
    pub fn runs_since(&self) -> Moment {
        match self.details {
            Details::None => Moment(i64::MAX),
            Details::Of { runs_since, .. } => runs_since,
        }
    }
}
