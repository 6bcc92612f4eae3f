//! When a cached result is still valid: the clock times at which a fresh read would agree.
//!
//! A read depends on the clock in two ways: it leaves checks ahead of the clock out of time, and it skips a last
//! line without a line end while the file may still be being written.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::check::{AHEAD, Moment};
use crate::log::time::Clock;
use crate::store::directory::FRESH;

/// The clock times at which a fresh read would agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Validity {
    start: Moment,
    end: Moment,
}

impl Default for Validity {
    fn default() -> Self {
        Self::from(Moment::ALL)
    }
}

impl Validity {
    /// The clock times at which a read finds the same timestamps ahead of the clock.
    pub(crate) fn of_times(clock: &Clock) -> Self {
        let earlier = |at: Moment| Moment(at.0.saturating_sub(AHEAD));
        let start = clock.newest.map_or(Moment::ALL.start, earlier);
        Self::from(start..clock.first_ahead.map_or(Moment::ALL.end, earlier))
    }

    /// The clock times around `now` at which a last line without a line end is read, given a file
    /// that was modified more than a minute before or after `now`.
    pub(crate) fn of_unended(modified: Moment, now: Moment) -> Self {
        Self::from(if modified < now {
            Moment(modified.0.saturating_add(FRESH + 1))..Moment::ALL.end
        } else {
            Moment::ALL.start..Moment(modified.0.saturating_sub(FRESH))
        })
    }

    /// The clock times at which both results are valid.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        }
    }

    /// Whether a fresh read at `now` would agree.
    pub(crate) fn contains(self, now: Moment) -> bool {
        (self.start..self.end).contains(&now)
    }
}

impl From<Range<Moment>> for Validity {
    fn from(times: Range<Moment>) -> Self {
        Self {
            start: times.start,
            end: times.end,
        }
    }
}
