//! Checks that were only counted so far: they find what the one before did, on the same day, at most
//! three intervals after it, and nothing planned begins between them.

use super::day::{Count, DayTally};
use super::run::Code;
use super::series::Series;
use crate::check::{Day, Moment, Outcome};

/// Checks that are not added yet, and for how long others may follow them.
#[derive(Clone, Debug)]
pub(super) struct Calm {
    /// From when on a check is looked at closely. In the past if the next one is.
    pub(super) until: Moment,
    /// When the minute of the last round ends.
    pub(super) minute_end: Moment,
    /// A gap longer than this is looked at closely.
    pub(super) limit: i64,
    /// For how many more gaps the limit is known to hold.
    pub(super) gaps: usize,
    pub(super) outcome: Outcome,
    pub(super) code: Code,
    /// The name of the code.
    pub(super) name: String,
    pub(super) day: Day,
    /// The start of the hour.
    pub(super) hour: Moment,
    /// How many checks are not added yet.
    pub(super) checks: u64,
    /// How many of them are not counted in their hour yet.
    pub(super) in_hour: u64,
    pub(super) last: Moment,
    pub(super) counted_day: bool,
    pub(super) counted_hour: bool,
}

impl Default for Calm {
    fn default() -> Self {
        Self {
            until: Moment(i64::MIN),
            minute_end: Moment(i64::MIN),
            limit: 0,
            gaps: 0,
            outcome: Outcome::Up,
            code: Code::REST,
            name: String::new(),
            day: Day(0),
            hour: Moment(i64::MIN),
            checks: 0,
            in_hour: 0,
            last: Moment(i64::MIN),
            counted_day: false,
            counted_hour: false,
        }
    }
}

impl Calm {
    /// The last check that is not added yet, or one that is.
    pub(super) fn last(&self) -> Moment {
        self.last
    }

    /// How many checks are not added yet.
    pub(super) fn checks(&self) -> u64 {
        self.checks
    }

    pub(super) fn count(&self) -> Count {
        match self.outcome {
            Outcome::Down => Count::Down,
            Outcome::Up | Outcome::Maintenance => Count::Up,
        }
    }

    pub(super) fn count_hour(&mut self, hours: &mut Series<Moment, DayTally>) {
        let checks = std::mem::take(&mut self.in_hour);
        if self.counted_hour && checks > 0 {
            let hour = hours.entry(self.hour);
            hour.add(self.count(), &self.name, checks);
        }
    }
}
