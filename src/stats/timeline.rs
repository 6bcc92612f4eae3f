//! The dated checks of one URL over time: days, runs of failures, gaps. Stretches join.

use super::day::DayTally;
use super::incident::Run;
use super::interval::Gaps;
use super::needs::Needs;
use super::series::Series;
use crate::check::{Check, Day, Moment, Outcome, When};
use serde::{Deserialize, Serialize};

/// How many hours before the newest check are kept, for "the last 24 hours" from now, though
/// the newest check may be up to a day ahead.
const HOURS: i64 = 50;

/// A check at one end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
/// `ordered`; then its days, runs and gaps mean nothing, and it must be read again sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The first and the last check.
    pub edges: Option<(Edge, Edge)>,
    /// All of them.
    pub checks: u64,
    /// Whether every check was at or after the one before it.
    pub sorted: bool,
    /// Gaps between consecutive checks.
    pub gaps: Gaps,
    /// Runs of failed checks, in order.
    pub runs: Vec<Run>,
    /// The checks of each day that is needed.
    pub days: Series<Day, DayTally>,
    /// The checks of each hour (of Unix time), for the hours before the last check.
    pub hours: Series<i64, DayTally>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            edges: None,
            checks: 0,
            sorted: true,
            gaps: Gaps::default(),
            runs: Vec::new(),
            days: Series::default(),
            hours: Series::default(),
        }
    }
}

impl Timeline {
    /// Takes one check in.
    pub fn add(&mut self, when: When, check: &Check, needs: &Needs) {
        self.checks += 1;
        let edge = Edge {
            at: when.at,
            outcome: check.outcome,
        };
        let last = self.edges.map(|(_, last)| last);
        self.sorted &= last.is_none_or(|last| edge.at >= last.at);
        if !self.sorted {
            return;
        }
        if needs.has_day(when.day) {
            self.days.entry(when.day).add(check);
        }
        let first = self.edges.map_or(edge, |(first, _)| first);
        self.edges = Some((first, edge));
        if needs.hours() {
            let hour = edge.at.0.div_euclid(3600);
            self.hours.entry(hour).add(check);
            self.hours.forget_before(hour - HOURS + 1);
        }
        let gap = last.map_or(0, |last| edge.at.since(last.at));
        self.gaps.add(gap, edge.at);
        let before = last.map_or(Outcome::Up, |last| last.outcome);
        match (before, edge.outcome) {
            (Outcome::Up, Outcome::Up) => {}
            (Outcome::Up, Outcome::Down) => self.runs.push(Run::new(edge.at, check.code)),
            (Outcome::Down, outcome) => {
                if let Some(run) = self.runs.last_mut() {
                    match outcome {
                        Outcome::Down => run.add(gap, check.code),
                        Outcome::Up => run.until = Some(edge.at),
                    }
                }
            }
        }
    }

    /// Joins a later stretch to this one.
    pub fn append(&mut self, later: Self) {
        self.checks += later.checks;
        let Some((first, last)) = later.edges else {
            return;
        };
        let Some((start, border)) = self.edges else {
            *self = Self {
                checks: self.checks,
                ..later
            };
            return;
        };
        self.sorted &= later.sorted && border.at <= first.at;
        if !self.sorted {
            return;
        }
        self.days.merge(later.days, |day, more| day.merge(&more));
        self.edges = Some((start, last));
        self.hours
            .merge(later.hours, |hour, more| hour.merge(&more));
        self.forget_hours_before(last);
        let gap = first.at.since(border.at);
        self.gaps.add(gap, first.at);
        self.gaps.merge(later.gaps);
        let mut runs = later.runs.into_iter().peekable();
        if let (Outcome::Down, Some(run)) = (border.outcome, self.runs.last_mut()) {
            // A run that is not needed may be missing; then so may this one be.
            match runs.next_if(|next| next.from == first.at) {
                Some(next) => run.join(gap, next),
                None => run.until = Some(first.at),
            }
        }
        self.runs.extend(runs);
    }

    /// Adds days and hours of which the rest is here already.
    pub fn add_details(&mut self, days: Series<Day, DayTally>, hours: Series<i64, DayTally>) {
        self.days.merge(days, |day, more| day.merge(&more));
        self.hours.merge(hours, |hour, more| hour.merge(&more));
        if let Some((_, last)) = self.edges {
            self.forget_hours_before(last);
        }
    }

    fn forget_hours_before(&mut self, last: Edge) {
        let hour = last.at.0.div_euclid(3600);
        self.hours.forget_before(hour - HOURS + 1);
    }

    /// Forgets the days and hours that are not needed.
    pub fn retain_details(&mut self, needs: &Needs) {
        self.days.keep(&needs.days());
        if !needs.hours() {
            self.hours = Series::default();
        }
    }

    /// Forgets the runs that are not needed. No stretch before this one can be joined
    /// then: its last run may go on in the first one here.
    pub fn retain_runs(&mut self, needs: &Needs) {
        self.runs.retain(|run| run.is_in(needs.runs_since()));
    }
}
