//! A site in a row of an overview.

use std::ops::Range;

use serde::Serialize;

use super::days::Bars;
use super::now::Shown;
use super::parts::{Aged, Rating};
use super::state::StateView;
use crate::calendar;
use crate::check::Day;
use crate::stats::report::{Report, Window};
use crate::stats::state::State;
use crate::view::bars::Geometry;
use crate::view::context::PageContext;
use crate::view::phrase;
use crate::view::sparkline::sparkline;

/// How many daily medians a sparkline has.
const SPARKLINE_DAYS: i32 = 30;

/// After so many days without a check, it is said when watching began.
const BLANK_DAYS: usize = 40;

/// From this length on a name may be cut, so that it has a title.
const LONG_NAME: usize = 14;

/// How much of a row is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// With bars and a sparkline.
    Full,
    /// Numbers only: there are many rows.
    Numbers,
}

#[derive(Serialize)]
pub(super) struct Row {
    #[serde(skip)]
    pub state: State,
    /// In the order of names, so that ids stay the same whatever is first.
    number: usize,
    hidden: bool,
    badge: StateView,
    since: Option<String>,
    name: String,
    /// The name, where it may be cut.
    title: Option<String>,
    href: String,
    url: String,
    uptimes: Vec<Cell>,
    /// What stands in place of bars before the first check.
    begun: Option<String>,
    bars: Option<Bars>,
    median: String,
    sparkline: Option<String>,
    last: Option<Aged>,
}

/// The uptime of a window.
#[derive(Serialize)]
pub(super) struct Cell {
    label: &'static str,
    text: String,
    rating: &'static str,
    notes: Vec<String>,
}

impl Row {
    pub(super) fn of(
        context: &PageContext,
        site: &Shown,
        number: usize,
        url: &str,
        hidden: bool,
        detail: Detail,
        days: &Range<Day>,
    ) -> Self {
        let report = &site.url.report;
        let badge = StateView::of(context, report);
        let month = site.windows[1].as_ref();
        let median = month.and_then(|month| month.figures.percentiles().median);
        let bars = (detail == Detail::Full && report.course.is_some())
            .then(|| Bars::of(context, report, days, Geometry::ROW));
        let is_blank = |bars: &Bars| bars.days_before() > BLANK_DAYS;
        Self {
            state: report.state,
            number,
            hidden,
            since: since(context, report, &badge),
            badge,
            name: site.name.to_owned(),
            title: (site.name.chars().count() > LONG_NAME).then(|| site.name.to_owned()),
            href: site.href.to_owned(),
            url: url.strip_prefix("https://").unwrap_or(url).to_owned(),
            uptimes: uptimes(context, site),
            begun: bars
                .as_ref()
                .filter(|bars| is_blank(bars))
                .and_then(|_| begun(context, report)),
            bars,
            median: median.map_or(phrase::NONE.to_owned(), phrase::response_time),
            sparkline: (detail == Detail::Full)
                .then(|| sparkline(&medians(report, days.end)))
                .flatten(),
            last: report.edges().map(|(_, last)| Aged::of(context, last)),
        }
    }
}

/// Since when it is as it is.
fn since(context: &PageContext, report: &Report, badge: &StateView) -> Option<String> {
    if report.state != State::Stale {
        return badge.since.clone();
    }
    let (_, last) = report.edges()?;
    let last = phrase::short(last, context.now, context.calendar(), context.words());
    Some((context.words().overview.unknown_since)(&last))
}

/// When watching began.
fn begun(context: &PageContext, report: &Report) -> Option<String> {
    let (first, _) = report.edges()?;
    let words = context.words();
    let date = phrase::short(first, context.now, context.calendar(), words);
    Some((words.overview.begun)(&date))
}

fn medians(report: &Report, end: Day) -> Vec<Option<crate::check::Micros>> {
    let days = (end.0 - SPARKLINE_DAYS..end.0).map(Day);
    days.map(|day| report.checks_on(day)?.latency()?.percentile(50))
        .collect()
}

/// The uptimes of 24 hours, 30 and 90 days. A log without times has that of all its checks.
fn uptimes(context: &PageContext, site: &Shown) -> Vec<Cell> {
    let words = context.words().overview;
    let labels = [words.hours_24, words.days_30, words.days_90];
    let report = &site.url.report;
    let by = context.config.uptime_by;
    let cell = |(window, label): (&Option<Window>, &'static str)| {
        let (uptime, notes) = match window {
            Some(window) => (
                Some(report.uptime(&window.figures, by)),
                notes(context, window),
            ),
            None if label == words.days_90 => (
                Some(report.uptime(&report.figures(), by)),
                vec![words.by_all_checks.to_owned()],
            ),
            None => (None, Vec::new()),
        };
        let rating = uptime.map_or(Rating::Unknown, |uptime| {
            Rating::of(uptime, report.target.uptime)
        });
        Cell {
            label,
            text: uptime.map_or(phrase::NONE.to_owned(), |uptime| uptime.to_string()),
            rating: rating.name(),
            notes,
        }
    };
    site.windows.iter().zip(labels).map(cell).collect()
}

/// What must stand under an uptime: how much of its window the log has, if not all of it, and its
/// coverage, if that is low.
fn notes(context: &PageContext, window: &Window) -> Vec<String> {
    let words = context.words().overview;
    let length = context.now.since(window.from).max(0);
    let length = || match length {
        length @ ..3600 => (words.log_of)(length / 60, 0),
        length @ ..86_400 => (words.log_of)(length / 3600, 1),
        length => (words.log_of)(length / 86_400, 2),
    };
    let seconds = &window.figures.seconds;
    let coverage = seconds.coverage().thousandths();
    let is_low = !seconds.is_covered(context.config.min_coverage);
    let coverage = coverage
        .filter(|_| is_low)
        .map(|thousandths| (words.coverage)(thousandths / 1000));
    let short = window.is_short.then(length);
    short.into_iter().chain(coverage).collect()
}

/// The day that bars begin with, in few words.
pub(super) fn first_day(context: &PageContext, days: &Range<Day>) -> String {
    let date = calendar::date(days.start);
    (context.words().day)(date.month(), date.day())
}
