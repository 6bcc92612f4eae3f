//! The numbers of design section 5, each rule in one place: what a page or answer says about
//! one URL in one range of time.

use std::ops::Range;

use super::day::DayTally;
use super::incident::{End, Incident, LONG};
use super::latency::Histogram;
use super::rules::Rules;
use super::tally::Ratio;
use super::timeline::{Edge, Timeline};
use crate::check::{Day, Moment, Outcome};

/// How a URL is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The last check failed (and as many before it as it takes to confirm).
    Down,
    /// The last check is older than three typical intervals: nobody knows. This outranks
    /// up and down, because a dead monitor must not look like a healthy site.
    Stale,
    /// The last check was up, or failed without being confirmed yet.
    Up,
    /// The log has no times.
    Undated,
}

/// What is known of one URL in one range.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Incidents that touch the range, in order, with their whole duration.
    pub incidents: Vec<Incident>,
    /// Seconds of incidents inside the range.
    pub downtime: i64,
    /// Dated checks seen of those expected; more than expected count as expected.
    pub coverage: Ratio,
    /// Mean seconds from an incident's start to the check that was up again, of those that
    /// ended so.
    pub mttr: Option<i64>,
    /// Mean seconds without an incident between incidents: the observed time that was not
    /// downtime, divided by the number of incidents. `None` if there was none of either.
    pub mtbf: Option<i64>,
}

impl Timeline {
    /// The typical interval between checks of late, in seconds.
    pub fn typical_interval(&self) -> i64 {
        self.edges
            .map_or(0, |(_, last)| self.gaps.typical_at(last.at))
    }

    /// Whether the last check is too old to say anything about now.
    pub fn is_stale(&self, now: Moment) -> bool {
        self.edges
            .is_some_and(|(_, last)| now.since(last.at) > self.typical_interval() * LONG)
    }

    /// How the URL is now.
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

    /// All incidents, in order.
    pub fn incidents(&self, rules: Rules) -> Vec<Incident> {
        let typical = self.gaps.typical();
        let open = !self.is_stale(rules.now);
        self.runs
            .iter()
            .flat_map(|run| run.incidents(|at| typical.at(at) * LONG, open, rules.confirm_failures))
            .collect()
    }

    /// The figures of a range in which `seen` dated checks stand. Of a range that reaches into the
    /// future, or to before the first check, only the part between counts.
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

    /// Checks seen of those expected, one each typical interval from the first check ever or
    /// the range's start on.
    fn coverage(&self, range: Range<Moment>, seen: u64) -> Ratio {
        let Some((Edge { at: first, .. }, _)) = self.edges else {
            return Ratio { part: 0, whole: 0 };
        };
        // The first check stands at the start of its interval, and the next at its end.
        let begins = i64::from(first >= range.start && first <= range.end);
        let span = first.max(range.start)..Moment(range.end.0 - begins);
        let expected = self.gaps.typical().checks_in(span) + begins.unsigned_abs();
        Ratio {
            part: seen.min(expected),
            whole: expected,
        }
    }

    /// Checks up and all checks on some days.
    pub fn checks_on(&self, days: Range<Day>) -> Ratio {
        let mut ratio = Ratio { part: 0, whole: 0 };
        for (_, tally) in self.days.range(days) {
            ratio.part += tally.up;
            ratio.whole += tally.total();
        }
        ratio
    }

    /// The checks of the last 24 hours, to the hour.
    pub fn last_day(&self, now: Moment) -> DayTally {
        let hour = now.0.div_euclid(3600);
        let mut sum = DayTally::default();
        for (_, tally) in self.hours.range(hour - 23..hour + 1) {
            sum.merge(tally);
        }
        sum
    }

    /// Response times on some days.
    pub fn latency_on(&self, days: Range<Day>) -> Histogram {
        let mut sum = Histogram::default();
        for (_, tally) in self.days.range(days) {
            sum.merge(&tally.latency);
        }
        sum
    }
}
