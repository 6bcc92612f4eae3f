//! Confirmed runs: how they began and ended, and how long they were.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::planned::Planned;
use super::run::{Began, Names, Run};
use crate::calendar::Calendar;
use crate::check::Moment;

/// How an incident ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// With a check that was up.
    Up,
    /// Nobody looked for too long.
    Unknown,
    /// With a maintenance row, or a note.
    Maintenance,
    /// It goes on.
    Open,
}

/// An incident as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub(super) run: Run,
    pub(super) end: End,
}

/// An incident as it is shown.
#[derive(Clone, Debug)]
pub struct Incident<'a> {
    /// Its first failed check.
    pub from: Moment,
    /// The end of what its last check speaks for, or the start of a note that covers that; `None`
    /// while it is open. Off time may be between the last of its down time and this.
    pub to: Option<Moment>,
    /// How it ended.
    pub end: End,
    /// What came before it.
    pub began: Began,
    /// Its down time in seconds: the time its checks speak for, without planned time.
    pub seconds: i64,
    /// Those of them inside the range that was asked for.
    pub seconds_in_range: i64,
    /// Its failed checks.
    pub failed_checks: u64,
    run: &'a Run,
    names: &'a Names,
}

impl<'a> Incident<'a> {
    /// The status codes of its failed checks, the first to appear first, with
    /// [`super::codes::REST`] for those that are not counted separately.
    pub fn codes(&self) -> impl Iterator<Item = (&'a str, u64)> {
        let (run, names) = (self.run, self.names);
        let name = |code| names.name(code).unwrap_or(super::codes::REST);
        run.codes().map(move |(code, checks)| (name(code), checks))
    }
}

/// Codes are compared by their names: stretches number them in order of appearance.
impl PartialEq for Incident<'_> {
    fn eq(&self, other: &Self) -> bool {
        let numbers = |one: &Self| (one.from, one.to, one.end, one.began, one.failed_checks);
        let seconds = |one: &Self| (one.seconds, one.seconds_in_range);
        numbers(self) == numbers(other)
            && seconds(self) == seconds(other)
            && self.codes().eq(other.codes())
    }
}

impl Record {
    /// Whether it was over before a moment.
    pub fn ended_before(&self, at: Moment) -> bool {
        self.run.to < at
    }

    /// The end of what its last check speaks for, or the start of a note that covers that.
    fn to(&self, planned: &Planned) -> Moment {
        planned.note_over_end(self.run.to).unwrap_or(self.run.to)
    }

    /// Whether any of it is in some time. One that is open lasts until now, even if its last check
    /// is a little ahead of the clock.
    pub(super) fn touches(&self, span: &Range<Moment>, now: Moment, planned: &Planned) -> bool {
        let from = self.run.from;
        let to = match self.end {
            End::Open => self.run.to.min(now),
            End::Up | End::Unknown | End::Maintenance => self.to(planned),
        };
        from < span.end && (from >= span.start || to > span.start)
    }

    /// Down time of it that is in some time, in seconds.
    fn seconds(&self, span: &Range<Moment>, planned: &Planned, calendar: &Calendar) -> i64 {
        let within = self.run.from.max(span.start)..self.run.to.min(span.end);
        if within.is_empty() {
            return 0;
        }
        planned.unplanned_seconds(&within, calendar)
    }

    /// The incident, with its time in a range that ends at `now` at the latest.
    pub(super) fn shown<'a>(
        &'a self,
        span: &Range<Moment>,
        now: Moment,
        names: &'a Names,
        planned: &Planned,
        calendar: &Calendar,
    ) -> Incident<'a> {
        let run = &self.run;
        Incident {
            from: run.from,
            to: (self.end != End::Open).then(|| self.to(planned)),
            end: self.end,
            began: run.began.unwrap_or(Began::First),
            seconds: self.seconds(&(run.from..now), planned, calendar),
            seconds_in_range: self.seconds(span, planned, calendar),
            failed_checks: run.checks,
            run,
            names,
        }
    }
}
