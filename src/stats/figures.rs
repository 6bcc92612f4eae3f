//! The figures of one URL in a range of time: state, incidents, downtime, coverage, MTTR, MTBF.
//! Each rule is here once, for all formats.

use std::ops::Range;

use super::day::DayTally;
use super::incident::{End, Incident, LONG};
use super::latency::Histogram;
use super::rules::Rules;
use super::tally::Ratio;
use super::timeline::{Edge, Timeline};
use crate::check::{Day, Hour, Moment, Outcome};

/// The present state of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The last check failed, and so did enough checks before it to make an incident.
    Down,
    /// The last check is older than three typical intervals. This outranks up and down, because a
    /// dead monitor must not look like a healthy site.
    Stale,
    /// The last check was up, or too few checks have failed to make an incident.
    Up,
    /// No check has a time.
    Undated,
}

/// The figures of one URL in one range of time.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The incidents that overlap the range, in order, each with its whole duration.
    pub incidents: Vec<Incident>,
    /// Seconds of incidents within the range.
    pub downtime: i64,
    /// The dated checks, of those expected; at most 100 %.
    pub coverage: Ratio,
    /// Mean time to repair, in seconds: from an incident's first failed check to the check that was
    /// up again. Incidents that ended otherwise do not count.
    pub mttr: Option<i64>,
    /// Mean time between failures, in seconds: the observed time that was not downtime, divided by
    /// the number of incidents. `None` if either is zero.
    pub mtbf: Option<i64>,
}

impl Timeline {
    /// The typical interval at the last check, in seconds; 0 without dated checks.
    pub fn typical_interval(&self) -> i64 {
        self.edges
            .map_or(0, |(_, last)| self.gaps.typical_at(last.at))
    }

    /// Whether the last check is too old to tell the present state.
    pub fn is_stale(&self, now: Moment) -> bool {
        self.edges
            .is_some_and(|(_, last)| now.since(last.at) > self.typical_interval() * LONG)
    }

    pub fn state(&self, rules: Rules) -> State {
        let Some((_, last)) = self.edges else {
            return State::Undated;
        };
        if self.is_stale(rules.now) {
            return State::Stale;
        }
        let confirmed = last.outcome == Outcome::Down
            && self
                .incidents(rules)
                .last()
                .is_some_and(|incident| incident.end == End::Open);
        if confirmed { State::Down } else { State::Up }
    }

    /// All incidents, in order. One whose URL is stale is not open, but ended at an unknown time.
    pub fn incidents(&self, rules: Rules) -> Vec<Incident> {
        let typical = self.gaps.typical();
        let open = !self.is_stale(rules.now);
        self.runs
            .iter()
            .flat_map(|run| run.incidents(|at| typical.at(at) * LONG, open, rules.confirm_failures))
            .collect()
    }

    /// The figures of a range with `seen` dated checks. Only what is between the first check and
    /// the present counts.
    pub fn figures(&self, range: &Range<Moment>, seen: u64, rules: Rules) -> Figures {
        let to = range.end.min(rules.now.max(range.start));
        let mut incidents = self.incidents(rules);
        incidents.retain(|incident| {
            incident.from < range.end
                && incident.from <= rules.now
                && (incident.until(rules.now) > range.start || incident.from >= range.start)
        });
        let downtime: i64 = incidents
            .iter()
            .map(|incident| incident.seconds_within(range.start, to, rules.now))
            .sum();
        let repairs: Vec<i64> = incidents
            .iter()
            .filter_map(|incident| match incident.end {
                End::Up(at) => Some(at.since(incident.from)),
                End::Unknown(_) | End::Open => None,
            })
            .collect();
        let count = |list: usize| i64::try_from(list).unwrap_or(i64::MAX);
        let mean = |sum: i64, n: usize| (n > 0).then(|| sum / count(n));
        let observed = self.edges.map_or(0, |(first, last)| {
            let end = if self.is_stale(rules.now) {
                to.min(last.at)
            } else {
                to
            };
            end.since(range.start.max(first.at)).max(0)
        });
        Figures {
            coverage: self.coverage(range.start..to, seen),
            mttr: mean(repairs.iter().sum(), repairs.len()),
            mtbf: Some(observed - downtime)
                .filter(|up| *up > 0)
                .and_then(|up| mean(up, incidents.len())),
            downtime,
            incidents,
        }
    }

    /// The checks seen, of those expected: one per typical interval since the start of the range,
    /// or since the first check of all if that is later.
    fn coverage(&self, range: Range<Moment>, seen: u64) -> Ratio {
        let Some((Edge { at: first, .. }, _)) = self.edges else {
            return Ratio { part: 0, whole: 0 };
        };
        // The first check has no interval before it, so it counts in addition to the intervals.
        let begins = i64::from(first >= range.start && first <= range.end);
        let span = first.max(range.start)..Moment(range.end.0 - begins);
        let expected = self.gaps.typical().checks_in(span) + begins.unsigned_abs();
        Ratio {
            part: seen.min(expected),
            whole: expected,
        }
    }

    /// The share of checks that were up on these days.
    pub fn checks_on(&self, days: Range<Day>) -> Ratio {
        let mut ratio = Ratio { part: 0, whole: 0 };
        for (_, tally) in self.days.range(days) {
            ratio.part += tally.up;
            ratio.whole += tally.total();
        }
        ratio
    }

    /// The checks of the last 24 hours, in whole hours.
    pub fn last_day(&self, now: Moment) -> DayTally {
        let mut sum = DayTally::default();
        for (_, tally) in self.hours.range(Hour::last_day(now)) {
            sum.merge(tally);
        }
        sum
    }

    /// The response times on these days.
    pub fn latency_on(&self, days: Range<Day>) -> Histogram {
        let mut sum = Histogram::default();
        for (_, tally) in self.days.range(days) {
            sum.merge(&tally.latency);
        }
        sum
    }
}
