//! What a request needs to know about each URL, so that nothing else is read, decoded or added up.
//! An answer decides it; log, cache and statistics follow it.

use std::ops::Range;

use crate::calendar::Calendar;
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

/// Which details are needed beside what always goes on through time: the gaps, open runs and
/// checks at both ends.
#[derive(Clone, Debug)]
pub struct Details {
    days: Range<Day>,
    /// The same days, as time.
    span: Range<Moment>,
    incidents_since: Moment,
    hours: Hourly,
}

/// Whether the hours before the last check are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hourly {
    Needed,
    Unneeded,
}

impl Details {
    /// The details of some days, the hours, and the incidents that had not ended before a moment.
    pub fn new(
        days: Range<Day>,
        hours: Hourly,
        incidents_since: Moment,
        calendar: &Calendar,
    ) -> Self {
        let span = if days == Day::ALL {
            Moment::ALL
        } else {
            calendar.span(&days)
        };
        Self {
            days,
            span,
            incidents_since,
            hours,
        }
    }
}

impl Needs {
    /// All there is.
    pub const ALL: Self = Self {
        counts: Counts::ByMonth,
        details: Some(Details {
            days: Day::ALL,
            span: Moment::ALL,
            incidents_since: Moment::ALL.start,
            hours: Hourly::Needed,
        }),
    };

    /// The days that are needed; none are an empty range.
    pub fn days(&self) -> Range<Day> {
        let details = self.details.as_ref();
        details.map_or(Day(0)..Day(0), |details| details.days.clone())
    }

    /// The part of some time that is in the days that are needed.
    pub fn within(&self, span: &Range<Moment>) -> Range<Moment> {
        let needed = self.details.as_ref().map(|details| &details.span);
        needed.map_or(span.end..span.end, |needed| {
            needed.start.max(span.start)..needed.end.min(span.end)
        })
    }

    pub fn hours(&self) -> bool {
        let details = self.details.as_ref();
        details.is_some_and(|details| details.hours == Hourly::Needed)
    }

    /// The moment since which incidents are needed.
    pub fn incidents_since(&self) -> Moment {
        let details = self.details.as_ref();
        details.map_or(Moment::ALL.end, |details| details.incidents_since)
    }
}
