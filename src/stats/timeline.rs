//! The dated checks of one URL over time: days, runs of failures, gaps. Stretches join.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::day::DayTally;
use super::incident::Run;
use super::interval::Gaps;
use crate::sample::{Day, Moment, Outcome, Sample, When};

/// How many hours before the newest check are kept, for "the last 24 hours" from now, though
/// the newest check may be up to a day ahead.
const HOURS: i64 = 50;

/// Days of which the checks are kept; of others only what goes on between days is.
pub type Window = RangeInclusive<Day>;

/// A check at one end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// When it was made.
    pub at: Moment,
    /// What it found.
    pub outcome: Outcome,
}

/// The dated checks of one URL in a stretch of log.
///
/// Joining two stretches, the second not before the first, gives the same as reading
/// both at once, and is associative. A stretch whose rows are not in order of time says so in
/// `ordered`; then its runs and gaps mean nothing, and it must be read again sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The first and the last check.
    pub edges: Option<(Edge, Edge)>,
    /// All of them.
    pub checks: u64,
    /// Whether every check was at or after the one before it.
    pub ordered: bool,
    /// Gaps between consecutive checks.
    pub gaps: Gaps,
    /// Runs of failed checks, in order.
    pub runs: Vec<Run>,
    /// The checks of each day of the window.
    pub days: BTreeMap<Day, DayTally>,
    /// The checks of each hour (of Unix time), for the hours before the last check.
    pub hours: BTreeMap<i64, DayTally>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            edges: None,
            checks: 0,
            ordered: true,
            gaps: Gaps::default(),
            runs: Vec::new(),
            days: BTreeMap::new(),
            hours: BTreeMap::new(),
        }
    }
}

impl Timeline {
    /// Takes one check in.
    pub fn add(&mut self, when: When, sample: &Sample, window: &Window) {
        self.checks += sample.checks;
        if window.contains(&when.day) {
            self.days.entry(when.day).or_default().add(sample);
        }
        let edge = Edge {
            at: when.at,
            outcome: sample.outcome,
        };
        let last = self.edges.map(|(_, last)| last);
        if last.is_some_and(|last| edge.at < last.at) {
            self.ordered = false;
            return;
        }
        let first = self.edges.map_or(edge, |(first, _)| first);
        self.edges = Some((first, edge));
        let hour = edge.at.0.div_euclid(3600);
        self.hours.entry(hour).or_default().add(sample);
        self.forget_old_hours();
        let gap = last.map_or(0, |last| edge.at.since(last.at));
        self.gaps.add(gap, edge.at);
        let before = last.map_or(Outcome::Up, |last| last.outcome);
        match (before, edge.outcome) {
            (Outcome::Up, Outcome::Up) => {}
            (Outcome::Up, Outcome::Down) => self.runs.push(Run::new(edge.at, sample.code)),
            (Outcome::Down, outcome) => {
                if let Some(run) = self.runs.last_mut() {
                    match outcome {
                        Outcome::Down => run.add(gap, sample.code),
                        Outcome::Up => run.until = Some(edge.at),
                    }
                }
            }
        }
    }

    /// Joins a later stretch to this one.
    pub fn append(&mut self, later: &Self) {
        self.checks += later.checks;
        for (day, tally) in &later.days {
            self.days.entry(*day).or_default().merge(tally);
        }
        let Some((first, last)) = later.edges else {
            return;
        };
        let Some((start, border)) = self.edges else {
            let (checks, days) = (self.checks, std::mem::take(&mut self.days));
            *self = Self {
                checks,
                days,
                ..later.clone()
            };
            return;
        };
        self.ordered &= later.ordered && border.at <= first.at;
        if !self.ordered {
            return;
        }
        self.edges = Some((start, last));
        for (hour, tally) in &later.hours {
            self.hours.entry(*hour).or_default().merge(tally);
        }
        self.forget_old_hours();
        let gap = first.at.since(border.at);
        self.gaps.add(gap, first.at);
        self.gaps.merge(&later.gaps);
        let mut runs = later.runs.iter();
        if let (Outcome::Down, Some(run)) = (border.outcome, self.runs.last_mut()) {
            match (first.outcome, later.runs.first()) {
                (Outcome::Down, Some(next)) => {
                    run.join(gap, next);
                    runs.next();
                }
                _ => run.until = Some(first.at),
            }
        }
        self.runs.extend(runs.cloned());
    }

    fn forget_old_hours(&mut self) {
        if let Some((newest, _)) = self.hours.last_key_value() {
            let oldest = newest - HOURS;
            while self
                .hours
                .first_key_value()
                .is_some_and(|(hour, _)| *hour <= oldest)
            {
                self.hours.pop_first();
            }
        }
    }
}
