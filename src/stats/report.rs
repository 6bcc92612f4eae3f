//! One URL in one period, as plain numbers. They are computed here, once, and every format prints them,
//! so that no two of them can disagree. Words, links and the form of numbers are the formats' part.

use std::collections::BTreeMap;
use std::ops::Range;

use super::course::{Course, DayFigures};
use super::dated::Dated;
use super::day::DayTally;
use super::figures::{Figures, Uptime};
use super::incident::{End, Incident};
use super::rules::Reading;
use super::state::{Ended, Folder, State};
use super::summary::UrlSummary;
use super::tally::{Ratio, Tally};
use super::verdict::{Target, Verdict, Watched};
use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::period::{FileMonth, Months, Period};
use crate::uptime_by::UptimeBy;

/// What a report is about.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The files whose checks are counted.
    pub months: Months,
    /// Whether checks of those files without a time are in the figures. It is not known on which
    /// days they were.
    pub undated: bool,
    /// The days that figures are of.
    pub days: Range<Day>,
    /// Those that are reported one by one.
    pub listed: Range<Day>,
    /// Those of the period before, where there is one to compare with.
    pub before: Option<Range<Day>>,
    pub now: Moment,
}

/// The numbers of one URL.
#[derive(Debug)]
pub struct Report<'a> {
    /// The checks that are counted, by the month of their file.
    pub tally: Tally,
    /// Its checks over time; `None` if its log has no times.
    pub course: Option<Course<'a>>,
    /// How the URL is now.
    pub state: State,
    /// Why it counts as ended, if it does.
    pub ended: Option<Ended>,
    /// What was promised.
    pub target: Target,
    summary: &'a UrlSummary,
    scope: &'a Scope,
}

/// When a state began, and when it is planned to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    pub from: Moment,
    pub until: Option<Moment>,
}

/// The numbers of the last days.
#[derive(Debug)]
pub struct Window<'a> {
    /// How many days, today included; 1 is the last 24 full hours and the current one.
    pub days: i32,
    /// When it begins: later than its name says if the log does.
    pub from: Moment,
    /// Whether it begins with the first check.
    pub is_short: bool,
    pub figures: Figures<'a>,
}

/// The windows that a site is shown in, in days.
const WINDOWS: [i32; 5] = [1, 7, 30, 90, 365];

impl<'a> Report<'a> {
    /// The report of a URL whose stretch was settled to `course`, in a folder.
    pub fn of(
        summary: &'a UrlSummary,
        course: Option<Course<'a>>,
        folder: Folder,
        target: Target,
        scope: &'a Scope,
    ) -> Self {
        let ended = course.as_ref().and_then(|course| course.ended(folder));
        let state = course
            .as_ref()
            .map_or(State::Undated, |course| course.state(folder));
        let course = match ended {
            Some(Ended::Dropped) => course.map(Course::until_last_word),
            Some(Ended::Silence) | None => course,
        };
        Self {
            tally: summary.tally(&scope.months),
            course,
            state,
            ended,
            target,
            summary,
            scope,
        }
    }

    /// The first and the last check; `None` if the log has no times.
    pub fn edges(&self) -> Option<(Moment, Moment)> {
        let course = self.course.as_ref()?;
        Some((course.first_check, course.last_check))
    }

    /// Whether it is stale, planned time apart.
    pub fn is_stale(&self) -> bool {
        let is_planned = matches!(self.state, State::Maintenance | State::Off);
        let is_silent = |course: &Course| course.stale_since.is_some();
        self.course.as_ref().is_some_and(is_silent) && !is_planned
    }

    /// Where its time ends, if the rest of its folder is watched and it is not.
    pub fn until(&self) -> Option<Moment> {
        let course = self.course.as_ref()?;
        course
            .stale_since
            .filter(|_| self.ended == Some(Ended::Dropped))
    }

    /// Since when it is as it is; `None` where that is not known.
    pub fn since(&self) -> Option<Since> {
        let course = self.course.as_ref()?;
        let since = |from| Some(Since { from, until: None });
        match self.state {
            State::Down => since(course.last_incident()?.from),
            State::StaleDown | State::Stale => since(course.last_check),
            State::Unconfirmed => since(course.failing_since()?),
            State::Maintenance => course.noted_now().map(|note| Since {
                from: note.start,
                until: Some(note.end),
            }),
            State::Up => match course.last_incident() {
                Some(last) if last.end == End::Unknown => None,
                Some(last) => since(last.to?),
                None => since(course.first_check),
            },
            State::Off | State::Undated | State::Ended => None,
        }
    }

    /// For how many seconds it was down when it was last checked, if that is all that is known.
    pub fn was_down(&self) -> Option<i64> {
        let course = self.course.as_ref()?;
        let is_last = |incident: &Incident| incident.to == course.stale_since;
        course
            .last_incident()
            .filter(|last| self.state == State::StaleDown && is_last(last))
            .map(|last| last.seconds)
    }

    /// How many checks of the scope are in a file of another month; 0 if files without a month
    /// have some too, as those can't be told from them.
    pub fn misplaced(&self, figures: &Figures) -> u64 {
        let is_unnamed = |(month, tally): (&String, &Tally)| {
            FileMonth::of_text(month).days().is_none() && tally.total() > tally.undated.total()
        };
        if self.summary.months.iter().any(is_unnamed) {
            return 0;
        }
        let in_place = self.tally.total() - self.tally.elsewhere;
        figures.total_checks().saturating_sub(in_place)
    }

    /// The figures of the scope.
    pub fn figures(&self) -> Figures<'_> {
        let figures = self.figures_of(&self.scope.days);
        if !self.scope.undated {
            return figures;
        }
        Figures {
            undated: self.tally.undated,
            ..figures
        }
    }

    /// The figures of the period before, if there is one.
    pub fn figures_before(&self) -> Option<Figures<'_>> {
        Some(self.figures_of(self.scope.before.as_ref()?))
    }

    /// The figures of some days; checks without times are not among them.
    pub fn figures_of(&self, days: &Range<Day>) -> Figures<'_> {
        let course = self.course.as_ref();
        let figures = course.map_or_else(Figures::default, |course| course.figures(days));
        figures.with_ahead(self.summary.ahead.range(days.clone()))
    }

    /// The seconds and checks of a month that is not the scope's, as its own report has them; none
    /// of the incidents.
    pub fn figures_in(&self, period: Period) -> Figures<'_> {
        let days = period.days();
        let course = self.course.as_ref();
        let figures = course.map_or_else(Figures::default, |course| course.sums(&days));
        let figures = figures.with_ahead(self.summary.ahead.range(days));
        // Most logs have a time in each row; then there is nothing to add up.
        let mut months = self.summary.months.iter();
        if !months.any(|(_, tally)| tally.undated.total() > 0) {
            return figures;
        }
        Figures {
            undated: self.summary.tally(&period.months()).undated,
            ..figures
        }
    }

    /// The uptime that decides. Without times it is that of checks.
    pub fn uptime(&self, figures: &Figures, by: UptimeBy) -> Uptime {
        match by {
            UptimeBy::Time if self.course.is_some() => figures.uptime_by_time(),
            UptimeBy::Time | UptimeBy::Checks => figures.uptime_by_checks(),
        }
    }

    /// Whether the target was met.
    pub fn verdict(&self, figures: &Figures, by: UptimeBy) -> Verdict {
        self.target
            .verdict(self.uptime(figures, by), &figures.seconds)
    }

    /// The listed days of the scope that have checks or time.
    pub fn days(&self) -> Vec<DayFigures> {
        let days = &self.scope.listed;
        let course = self.course.iter();
        let of_course = course.flat_map(|course| course.day_figures(days));
        let mut all: BTreeMap<Day, DayFigures> = of_course.map(|day| (day.date, day)).collect();
        for (date, checks) in self.summary.ahead.range(days.clone()) {
            let course = self.course.as_ref();
            let seconds = || course.map(|course| course.seconds(&(*date..date.plus(1))));
            let day = all.entry(*date).or_insert_with(|| DayFigures {
                date: *date,
                checks: DayTally::default(),
                seconds: seconds().unwrap_or_default(),
            });
            day.checks.merge(checks);
        }
        all.into_values().collect()
    }

    /// The checks of a day that the clock has reached.
    pub fn checks_on(&self, day: Day) -> Option<&DayTally> {
        self.course.as_ref()?.days().get(day)
    }

    /// The uptime of a day that decides.
    pub fn uptime_on(&self, day: Day, by: UptimeBy) -> Uptime {
        let (up, down) = self
            .checks_on(day)
            .map_or((0, 0), |tally| (tally.up, tally.down));
        match (by, &self.course) {
            (UptimeBy::Time, Some(course)) => course.seconds(&(day..day.plus(1))).uptime(down),
            (UptimeBy::Time | UptimeBy::Checks, _) => Uptime {
                ratio: Ratio {
                    part: up,
                    whole: up + down,
                },
                failed_checks: down,
            },
        }
    }

    /// Seconds of maintenance on a day.
    pub fn maintenance_on(&self, day: Day) -> i64 {
        let course = self.course.as_ref();
        course.map_or(0, |course| course.maintenance(&(day..day.plus(1))))
    }

    /// The days of some that rows of the log call maintenance, with the seconds of it.
    pub fn maintenance_rows(&self, days: &Range<Day>) -> Vec<(Day, i64)> {
        let course = self.course.iter();
        course
            .flat_map(|course| course.maintenance_rows(days))
            .collect()
    }

    /// How much of some days was watched.
    pub fn watched(&self, figures: &Figures, days: &Range<Day>, calendar: &Calendar) -> Watched {
        self.target.watched(&figures.seconds, &calendar.span(days))
    }

    /// The last so many days, of [`Self::windows`]; `None` of a log without times.
    pub fn window(&self, days: i32, calendar: &Calendar) -> Option<Window<'_>> {
        let course = self.course.as_ref()?;
        Some(window(course, days, self.scope.now, calendar))
    }

    /// The last 24 hours, 7, 30, 90 and 365 days; none of a log without times.
    pub fn windows(&self, calendar: &Calendar) -> Vec<Window<'_>> {
        let course = self.course.as_ref();
        let windows = course
            .into_iter()
            .flat_map(|course| WINDOWS.map(|days| window(course, days, self.scope.now, calendar)));
        windows.collect()
    }
}

fn window<'a>(course: &'a Course, count: i32, now: Moment, calendar: &Calendar) -> Window<'a> {
    let (from, figures) = if count == 1 {
        let hours = course.last_hours(24);
        (hours.start, course.figures_of_hours(&hours))
    } else {
        let days = calendar.last_days(now, count);
        (calendar.start_of(days.start), course.figures(&days))
    };
    Window {
        days: count,
        from: from.max(course.first_check),
        is_short: course.first_check > from,
        figures,
    }
}

/// Settles what is known of a URL at a moment; `None` if its log has no times.
pub fn settle<'a>(dated: &mut Dated, now: Moment, reading: Reading<'a>) -> Option<Course<'a>> {
    match std::mem::take(dated) {
        Dated::Sorted(stretch) => stretch.settle(now, reading),
        Dated::None | Dated::Unsorted { .. } => None,
    }
}
