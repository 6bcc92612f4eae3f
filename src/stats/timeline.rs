//! The dated checks of one URL over time: gaps, runs of failed checks, days and hours. Consecutive
//! stretches of a log join; what the numbers mean is `figures`' business.

use super::day::DayTally;
use super::incident::Run;
use super::interval::Gaps;
use super::needs::Needs;
use super::series::Series;
use crate::check::{Check, Day, Hour, Moment, Outcome, When};
use serde::{Deserialize, Serialize};

/// How many hours before the last check are counted. "The last 24 hours" end now, and the last
/// check may be up to a day ahead of now.
const HOURS: i64 = 50;

/// The first or last check of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    pub at: Moment,
    pub outcome: Outcome,
}

/// The dated checks of one URL in a stretch of log.
///
/// Joining two stretches, the second not before the first, gives the same as reading both at once,
/// and is associative. If a stretch is not `sorted`, its gaps, runs, days and hours mean nothing,
/// and its checks must be read again and sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The first and the last check.
    pub edges: Option<(Edge, Edge)>,
    /// The number of checks.
    pub checks: u64,
    /// Whether no check was before the one in the row above it.
    pub sorted: bool,
    /// Gaps between consecutive checks.
    pub gaps: Gaps,
    /// Runs of failed checks, in order.
    pub runs: Vec<Run>,
    /// The checks of each day that is needed.
    pub days: Series<Day, DayTally>,
    /// The checks of each hour of Unix time, for the last hours before the last check.
    pub hours: Series<Hour, DayTally>,
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
    /// Adds a check. `needs` says which details to keep: counts, gaps and open runs are always
    /// kept.
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
        if needs.days().contains(&when.day) {
            self.days.entry(when.day).add(check);
        }
        let first = self.edges.map_or(edge, |(first, _)| first);
        self.edges = Some((first, edge));
        if needs.hours() {
            self.hours.entry(Hour::of(edge.at)).add(check);
            self.remove_hours_before(edge);
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

    /// Appends a later stretch.
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
        self.remove_hours_before(last);
        let gap = first.at.since(border.at);
        self.gaps.add(gap, first.at);
        self.gaps.merge(later.gaps);
        let mut runs = later.runs.into_iter().peekable();
        if let (Outcome::Down, Some(run)) = (border.outcome, self.runs.last_mut()) {
            // If the continuation was dropped as not needed, this run is not needed either.
            match runs.next_if(|next| next.from == first.at) {
                Some(next) => run.join(gap, next),
                None => run.until = Some(first.at),
            }
        }
        self.runs.extend(runs);
    }

    /// Adds the days and hours of checks that are already counted otherwise.
    pub fn add_details(&mut self, days: Series<Day, DayTally>, hours: Series<Hour, DayTally>) {
        self.days.merge(days, |day, more| day.merge(&more));
        self.hours.merge(hours, |hour, more| hour.merge(&more));
        if let Some((_, last)) = self.edges {
            self.remove_hours_before(last);
        }
    }

    fn remove_hours_before(&mut self, last: Edge) {
        self.hours.remove_before(Hour::of(last.at).plus(1 - HOURS));
    }

    /// Removes the days and hours that are not needed.
    pub fn retain_details(&mut self, needs: &Needs) {
        self.days.retain(&needs.days());
        if !needs.hours() {
            self.hours = Series::default();
        }
    }

    /// Removes the runs that are not needed. If the last run of an earlier stretch continues in a
    /// removed one, it is not needed either.
    pub fn retain_runs(&mut self, needs: &Needs) {
        self.runs.retain(|run| run.reaches(needs.runs_since()));
    }
}
