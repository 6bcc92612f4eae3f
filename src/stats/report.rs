//! One URL in one period, as plain numbers. They are computed here, once, and every format prints them,
//! so that no two of them can disagree. Words, links and the form of numbers are the formats' part.

use std::cell::OnceCell;
use std::ops::Range;

use super::day::DayTally;
use super::figures::{Figures, State};
use super::latency::Histogram;
use super::rules::Rules;
use super::summary::UrlSummary;
use super::tally::{Ratio, Tally};
use super::timeline::Timeline;
use crate::calendar::Calendar;
use crate::check::{Day, Hour, Micros, Moment};
use crate::period::Months;

/// What a report is about.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The files whose checks are counted.
    pub months: Months,
    /// Those of the period before, where there is one to compare with.
    pub before: Option<Months>,
    /// The days that are reported one by one.
    pub days: Range<Day>,
    /// The time that incidents and coverage are of.
    pub extent: Extent,
    /// The operator's rules, and the present.
    pub rules: Rules,
}

/// A time that figures are of.
#[derive(Clone, Debug)]
pub enum Extent {
    /// From the first check on.
    WholeLog,
    /// The days of the scope, from the start of the first to the end of the last.
    Days(Range<Moment>),
}

/// The numbers of one URL.
#[derive(Debug)]
pub struct Report<'a> {
    /// The checks that are counted.
    pub tally: Tally,
    /// Those of the period before.
    pub before: Option<Tally>,
    /// How the URL is now.
    pub state: State,
    /// Its first and its last check; `None` if its log has no times.
    pub edges: Option<(Moment, Moment)>,
    /// Its checks over time.
    pub timeline: &'a Timeline,
    scope: &'a Scope,
    figures: OnceCell<Figures>,
}

/// Response times.
#[derive(Clone, Copy, Debug)]
pub struct Percentiles {
    pub median: Option<Micros>,
    pub p95: Option<Micros>,
    pub p99: Option<Micros>,
}

/// The numbers of the last so many days.
#[derive(Debug)]
pub struct Window {
    /// How many days, today included; 1 is the last 24 hours.
    pub days: i32,
    pub checks: Ratio,
    pub figures: Figures,
    pub latency: Percentiles,
}

/// The windows that a site is shown in, in days.
const WINDOWS: [i32; 5] = [1, 7, 30, 90, 365];

impl<'a> Report<'a> {
    /// The report of a URL.
    pub fn of(url: &'a UrlSummary, scope: &'a Scope) -> Self {
        Self {
            tally: url.tally(&scope.months),
            before: scope.before.as_ref().map(|months| url.tally(months)),
            state: url.timeline.state(scope.rules),
            edges: url.timeline.edges.map(|(first, last)| (first.at, last.at)),
            timeline: &url.timeline,
            scope,
            figures: OnceCell::new(),
        }
    }

    /// Incidents, downtime and coverage. Computed when first asked for: an overview has none.
    pub fn figures(&self) -> &Figures {
        self.figures.get_or_init(|| {
            let (range, checks) = match &self.scope.extent {
                Extent::WholeLog => (&Moment::ALL, self.timeline.checks),
                Extent::Days(range) => {
                    let checks = self.timeline.checks_on(self.scope.days.clone());
                    (range, checks.whole)
                }
            };
            self.timeline.figures(range, checks, self.scope.rules)
        })
    }

    /// Response times on the days of the scope.
    pub fn latency(&self) -> Percentiles {
        Percentiles::of(&self.timeline.latency_on(self.scope.days.clone()))
    }

    /// The days of the scope that have checks.
    pub fn days(&self) -> impl Iterator<Item = &(Day, DayTally)> {
        self.timeline.days.range(self.scope.days.clone()).iter()
    }

    /// The last 24 hours, 7, 30, 90 and 365 days; none of a log without times.
    pub fn windows(&self, calendar: &Calendar) -> Vec<Window> {
        let windows = WINDOWS.into_iter().filter(|_| self.edges.is_some());
        windows.map(|days| self.window(days, calendar)).collect()
    }

    fn window(&self, count: i32, calendar: &Calendar) -> Window {
        let (rules, timeline) = (self.scope.rules, self.timeline);
        let days = calendar.last_days(rules.now, count);
        let (checks, latency, from) = if count == 1 {
            // To the hour, as checks are counted.
            let tally = timeline.last_day(rules.now);
            let checks = Ratio {
                part: tally.up,
                whole: tally.total(),
            };
            (
                checks,
                tally.latency,
                Hour::last_day(rules.now).start.start(),
            )
        } else {
            let from = calendar.start_of(days.start);
            let checks = timeline.checks_on(days.clone());
            (checks, timeline.latency_on(days), from)
        };
        Window {
            days: count,
            checks,
            figures: timeline.figures(&(from..rules.now), checks.whole, rules),
            latency: Percentiles::of(&latency),
        }
    }
}

impl Percentiles {
    fn of(histogram: &Histogram) -> Self {
        Self {
            median: histogram.percentile(50),
            p95: histogram.percentile(95),
            p99: histogram.percentile(99),
        }
    }
}
