//! The numbers of a range of days, each rule in one place.

use std::fmt;
use std::ops::Range;

use super::course::{Course, Seconds};
use super::day::{Counts, DayTally};
use super::incident::{End, Incident};
use super::latency::Histogram;
use super::run::Began;
use super::tally::{Ratio, Undated};
use crate::check::{Day, Micros, Moment};

/// What is known of one URL on some days.
#[derive(Clone, Debug, Default)]
pub struct Figures<'a> {
    /// Seconds from the range's start or the first check to its end or now.
    pub seconds: Seconds,
    /// Its checks, by date.
    pub checks: Counts,
    /// Its checks that are ahead of the clock, by date. They take no part in time.
    pub ahead: Counts,
    /// Its checks without a time.
    pub undated: Undated,
    /// The incidents that touch it, in order.
    pub incidents: Vec<Incident<'a>>,
    /// How many earlier incidents are not known any more, only their time.
    pub incidents_left_out: u64,
    /// Whether checks that are still to come may change it.
    pub provisional: bool,
    /// The days and hours with its response times, whose percentiles few formats need.
    pub(crate) days: [&'a [(Day, DayTally)]; 2],
    pub(crate) hours: &'a [(Moment, DayTally)],
}

/// The mean duration of incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mttr {
    /// Down time in seconds.
    pub seconds: i64,
    pub certainty: Certainty,
}

/// Whether durations are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Each incident was seen to begin and to end.
    Exact,
    /// One was not: it may have been longer.
    AtLeast,
}

/// A share of time or checks that were up. Its `Display` floors to three decimals, prints `100%`
/// only if nothing failed, and `—` if nothing was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// What was up of what was observed.
    pub ratio: Ratio,
    /// Failed checks, confirmed or not.
    pub failed_checks: u64,
}

/// Response times.
#[derive(Clone, Copy, Debug)]
pub struct Percentiles {
    pub median: Option<Micros>,
    pub p95: Option<Micros>,
    pub p99: Option<Micros>,
}

impl Uptime {
    /// Thousandths of a percent, as printed; `None` if nothing was observed.
    pub fn thousandths(self) -> Option<u64> {
        let most = if self.failed_checks > 0 {
            99_999
        } else {
            100_000
        };
        self.ratio.thousandths().map(|share| share.min(most))
    }
}

impl fmt::Display for Uptime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.thousandths() {
            Some(100_000) | None => self.ratio.fmt(f),
            Some(share) => write!(f, "{}.{:03}%", share / 1000, share % 1000),
        }
    }
}

impl Seconds {
    /// All seconds of the range.
    pub fn total(&self) -> i64 {
        self.up + self.down + self.planned + self.unknown
    }

    /// The share of time for which checks speak, of all but planned time.
    pub fn coverage(&self) -> Ratio {
        let observed = self.up + self.down;
        Ratio {
            part: observed.unsigned_abs(),
            whole: (observed + self.unknown).unsigned_abs(),
        }
    }

    /// Whether checks speak for enough of the time, in thousandths of a percent.
    pub fn is_covered(&self, min_coverage: u64) -> bool {
        let Ratio { part, whole } = self.coverage();
        u128::from(part) * 100_000 >= u128::from(min_coverage) * u128::from(whole)
    }

    /// The share of observed time that was up.
    pub fn uptime(&self, failed_checks: u64) -> Uptime {
        Uptime {
            ratio: Ratio {
                part: self.up.unsigned_abs(),
                whole: (self.up + self.down).unsigned_abs(),
            },
            failed_checks,
        }
    }

    /// Adds the seconds of another URL.
    pub fn merge(&mut self, other: Self) {
        self.up += other.up;
        self.down += other.down;
        self.planned += other.planned;
        self.unknown += other.unknown;
    }
}

impl Course<'_> {
    /// The numbers of some days.
    pub fn figures(&self, days: &Range<Day>) -> Figures<'_> {
        Figures {
            incidents: self.incidents(days).collect(),
            incidents_left_out: self.left_out_of(days),
            provisional: self.is_provisional(days),
            ..self.sums(days)
        }
    }

    /// Their seconds and checks alone.
    pub fn sums(&self, days: &Range<Day>) -> Figures<'_> {
        let mut figures = Figures {
            seconds: self.seconds(days),
            ..Figures::default()
        };
        figures.days[0] = self.days().range(days.clone());
        for (_, tally) in figures.days[0] {
            figures.checks.add(tally);
        }
        figures
    }

    /// The numbers of some of the last hours.
    pub fn figures_of_hours(&self, hours: &Range<Moment>) -> Figures<'_> {
        let mut figures = Figures {
            seconds: self.seconds_of_hours(hours),
            incidents: self.incidents_within(hours.clone()).collect(),
            provisional: true,
            ..Figures::default()
        };
        figures.hours = self.hours(hours);
        for (_, tally) in figures.hours {
            figures.checks.add(tally);
        }
        figures
    }
}

impl<'a> Figures<'a> {
    /// Adds the days of checks that are ahead of the clock.
    pub(super) fn with_ahead(mut self, days: &'a [(Day, DayTally)]) -> Self {
        for (_, tally) in days {
            self.ahead.add(tally);
        }
        self.days[1] = days;
        self
    }
}

impl Figures<'_> {
    /// All its checks.
    pub fn total_checks(&self) -> u64 {
        self.checks.total() + self.ahead.total() + self.undated.total()
    }

    /// The checks in planned time, which are in no ratio.
    pub fn planned_checks(&self) -> u64 {
        let watched = self.uptime_by_checks().ratio.whole;
        self.total_checks() - watched
    }

    /// Whether any of its time is known or unknown, so that there is a number of seconds to print.
    pub fn has_time(&self) -> bool {
        self.seconds.total() > 0
    }

    /// The failed checks that are in a ratio.
    pub fn failed_checks(&self) -> u64 {
        self.checks.down + self.ahead.down + self.undated.down
    }

    /// The share of time that was up.
    pub fn uptime_by_time(&self) -> Uptime {
        self.seconds.uptime(self.checks.down)
    }

    /// The share of checks that were up, of those without maintenance.
    pub fn uptime_by_checks(&self) -> Uptime {
        let up = self.checks.up + self.ahead.up + self.undated.up;
        let failed_checks = self.failed_checks();
        Uptime {
            ratio: Ratio {
                part: up,
                whole: up + failed_checks,
            },
            failed_checks,
        }
    }

    /// Whether only holes separate the incidents, so that they may be one outage.
    pub fn may_be_one_outage(&self) -> bool {
        let later = self.incidents.get(1..).unwrap_or(&[]);
        !later.is_empty() && later.iter().all(|incident| incident.began == Began::Hole)
    }

    /// The mean duration of the incidents, each with all of its time; `None` without any.
    pub fn mttr(&self) -> Option<Mttr> {
        let is_seen = |incident: &Incident| {
            incident.end == End::Up && !matches!(incident.began, Began::Hole | Began::First)
        };
        let sum: i64 = self.incidents.iter().map(|incident| incident.seconds).sum();
        Some(Mttr {
            seconds: sum.checked_div(i64::try_from(self.incidents.len()).ok()?)?,
            certainty: if self.incidents.iter().all(is_seen) {
                Certainty::Exact
            } else {
                Certainty::AtLeast
            },
        })
    }

    /// Up time by incident that began after an up check; `None` without such, or up time.
    pub fn mtbf(&self) -> Option<i64> {
        let is_after_up = |incident: &&Incident| incident.began == Began::Up;
        let incidents = self.incidents.iter().filter(is_after_up).count();
        let mean = self
            .seconds
            .up
            .checked_div(i64::try_from(incidents).ok()?)?;
        (self.seconds.up > 0).then_some(mean)
    }

    /// Response times, each only if there are enough for it to mean something.
    pub fn percentiles(&self) -> Percentiles {
        Percentiles::of_all([self])
    }

    /// The response times of its checks that were up.
    pub fn latency(&self) -> Histogram {
        let mut latency = Histogram::default();
        self.latencies().for_each(|one| latency.merge(one));
        latency
    }

    fn latencies(&self) -> impl Iterator<Item = &Histogram> {
        let days = self.days.into_iter().flatten();
        let by_day = days.filter_map(|(_, tally)| tally.latency());
        let by_hour = self.hours.iter().filter_map(|(_, tally)| tally.latency());
        by_day.chain(by_hour)
    }
}

impl Percentiles {
    /// Those of the response times of several sites together.
    pub fn of_all<'f, 'a: 'f>(all: impl IntoIterator<Item = &'f Figures<'a>>) -> Self {
        let mut latency = Histogram::default();
        let histograms = all.into_iter().flat_map(Figures::latencies);
        histograms.for_each(|one| latency.merge(one));
        Self::of(&latency)
    }

    fn of(latency: &Histogram) -> Self {
        let from = |least, percent| {
            let is_enough = latency.count() >= least;
            is_enough.then(|| latency.percentile(percent)).flatten()
        };
        Self {
            median: from(1, 50),
            p95: from(20, 95),
            p99: from(100, 99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ratio, Uptime};

    #[test]
    fn a_failed_check_keeps_a_hundred_percent_away() {
        let text = |part, whole, failed_checks| {
            let ratio = Ratio { part, whole };
            Uptime {
                ratio,
                failed_checks,
            }
            .to_string()
        };
        assert_eq!(text(9, 9, 0), "100%");
        assert_eq!(text(9, 9, 1), "99.999%");
        assert_eq!(text(1, 3, 1), "33.333%");
        assert_eq!(text(0, 0, 1), "—");
    }
}
