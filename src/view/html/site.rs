//! One site folder: windows, bars, response times, months and incidents of each URL.

use std::collections::BTreeSet;

use serde::Serialize;

use super::incident::{IncidentRow, incident_count};
use super::parts::{
    Aged, Badge, BarTitle, Bars, Code, Share, bar_titles, checked_rarely, codes, deciding, heading,
    if_timed, low_coverage, names, url_name,
};
use super::render;
use crate::answer::{BAR_DAYS, UrlReport};
use crate::calendar;
use crate::check::Day;
use crate::period::{Months, Period};
use crate::query::Selection;
use crate::stats::figures::{Certainty, Figures};
use crate::stats::report::{Report, Window};
use crate::view::context::PageContext;
use crate::view::phrase::NONE;
use crate::view::words::Words;
use crate::view::{RenderError, chart, phrase};

/// How many incidents a page lists. The JSON has all.
const INCIDENTS: usize = 50;

#[derive(Serialize)]
struct View {
    heading: String,
    empty: bool,
    urls: Vec<UrlView>,
    rule: String,
    json_href: String,
}

#[derive(Serialize)]
struct UrlView {
    url: String,
    badge: Badge,
    last: Option<Aged>,
    by_time: String,
    by_checks: String,
    low_coverage: Option<String>,
    coverage: String,
    downtime: String,
    unknown: String,
    checks: String,
    down: String,
    codes: Vec<Code>,
    windows: Vec<WindowRow>,
    bars: Bars,
    titles: Vec<BarTitle>,
    chart: Option<Chart>,
    months: Vec<MonthRow>,
    incidents: Vec<IncidentRow>,
    older: Option<String>,
    /// What a reader must know about the rows.
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct WindowRow {
    name: &'static str,
    /// Where it begins, in lines.
    since: Vec<String>,
    uptime: Share,
    downtime: String,
    incidents: String,
    coverage: String,
    mttr: String,
    mtbf: String,
    median: String,
    p95: String,
    p99: String,
}

#[derive(Serialize)]
struct Chart {
    median: String,
    p95: String,
    top: String,
    label: String,
}

#[derive(Serialize)]
struct MonthRow {
    /// Stable, so that a refresh finds the link again.
    id: String,
    month: String,
    href: String,
    uptime: Share,
    checks: String,
    down: String,
    downtime: String,
}

pub(super) fn content(context: &PageContext, reports: &[UrlReport]) -> Result<String, RenderError> {
    let words = context.words();
    let names = names(context, reports);
    let urls = reports.iter().enumerate().map(|(number, url)| {
        let name = url_name(url.url, &names, words);
        url_view(context, number, name, url)
    });
    let view = View {
        heading: heading(context.selection(), words),
        empty: reports.is_empty(),
        urls: urls.collect(),
        rule: rule(context),
        json_href: context.links.api(context.selection()),
    };
    render(include_str!("site.html"), &view, words)
}

fn url_view(context: &PageContext, number: usize, name: &str, url: &UrlReport) -> UrlView {
    let words = context.words();
    let report = &url.report;
    let figures = report.figures();
    let incidents = &figures.incidents;
    let older = incidents.len().saturating_sub(INCIDENTS) as u64 + figures.incidents_left_out;
    let days = context.calendar().last_days(context.now, BAR_DAYS);
    let uptime_of_days = Share::of(context, report, &report.figures_of(&days));
    let windows = report.windows(context.calendar());
    let chart = chart::latency_lines(|day| report.checks_on(day), &days);
    UrlView {
        url: name.to_owned(),
        badge: Badge::of(context, report),
        last: report.edges().map(|(_, last)| Aged::of(context, last)),
        by_time: figures.uptime_by_time().to_string(),
        by_checks: figures.uptime_by_checks().to_string(),
        low_coverage: low_coverage(context, &figures.seconds),
        coverage: figures.seconds.coverage().to_string(),
        downtime: if_timed(&figures, || phrase::duration(figures.seconds.down, words)),
        unknown: if_timed(&figures, || {
            phrase::duration(figures.seconds.unknown, words)
        }),
        checks: phrase::count(figures.total_checks()),
        down: phrase::count(figures.failed_checks()),
        codes: codes(&report.tally),
        windows: windows
            .iter()
            .map(|window| row(context, report, window))
            .collect(),
        bars: Bars::of(report, &days, &uptime_of_days, words),
        titles: bar_titles(report, &days, words),
        chart: chart.map(|lines| Chart {
            label: (words.chart_label)(&phrase::response_time(lines.top)),
            top: phrase::response_time(lines.top),
            median: lines.median,
            p95: lines.p95,
        }),
        months: months(context, number, url),
        incidents: incidents
            .iter()
            .rev()
            .take(INCIDENTS)
            .map(|incident| IncidentRow::of(context, "", incident))
            .collect(),
        older: (older > 0).then(|| (words.older_incidents)(&phrase::count(older))),
        remarks: remarks(context, report, &figures),
    }
}

/// What a reader must know about the rows of a log.
fn remarks(context: &PageContext, report: &Report, figures: &Figures) -> Vec<String> {
    let words = context.words().report;
    let some = |number: u64, sentence: fn(&str) -> String| {
        (number > 0).then(|| sentence(&phrase::count(number)))
    };
    let remarks = [
        checked_rarely(context, report),
        some(figures.planned_checks(), words.checks_planned),
        some(report.tally.elsewhere, words.rows_elsewhere),
        some(report.tally.ahead, words.rows_ahead),
    ];
    remarks.into_iter().flatten().collect()
}

/// The rules by which the page is made.
fn rule(context: &PageContext) -> String {
    let words = context.words().rules;
    let sentences = [
        (words.uptime)(&phrase::percentage(context.config.min_coverage)),
        deciding(context).to_owned(),
        (words.downtime)(context.config.failure_threshold.get()),
        words.coverage.to_owned(),
        words.repair.to_owned(),
        words.latency.to_owned(),
        words.stale.to_owned(),
        words.bars.to_owned(),
    ];
    sentences.join(" ")
}

fn row(context: &PageContext, report: &Report, window: &Window) -> WindowRow {
    let words = context.words();
    let figures = &window.figures;
    let percentiles = figures.percentiles();
    let time = |time: Option<_>| time.map_or(NONE.to_owned(), phrase::response_time);
    let length = |seconds: Option<_>| {
        seconds.map_or(NONE.to_owned(), |seconds| phrase::duration(seconds, words))
    };
    let from = phrase::moment(window.from, context.calendar());
    let since = if window.is_short {
        vec![words.since_first_check.to_owned(), from]
    } else {
        vec![(words.window_since)(&from)]
    };
    WindowRow {
        name: match window.days {
            1 => words.last_24_hours,
            7 => words.last_7_days,
            30 => words.last_30_days,
            90 => words.last_90_days,
            _ => words.last_year,
        },
        since,
        uptime: Share::of(context, report, figures),
        downtime: if_timed(figures, || phrase::duration(figures.seconds.down, words)),
        incidents: if_timed(figures, || incident_count(figures, words)),
        coverage: figures.seconds.coverage().to_string(),
        mttr: mttr(figures, words),
        mtbf: length(figures.mtbf()),
        median: time(percentiles.median),
        p95: time(percentiles.p95),
        p99: time(percentiles.p99),
    }
}

/// The mean time to repair.
fn mttr(figures: &Figures, words: &Words) -> String {
    let Some(mttr) = figures.mttr() else {
        return NONE.to_owned();
    };
    let mean = phrase::duration(mttr.seconds, words);
    match mttr.certainty {
        Certainty::Exact => mean,
        Certainty::AtLeast => (words.at_least)(&mean),
    }
}

/// Every month with checks, newest first, with a link to its report. Rows without times are in the
/// month of their file.
fn months(context: &PageContext, number: usize, url: &UrlReport) -> Vec<MonthRow> {
    let mut months: BTreeSet<String> = BTreeSet::new();
    let course = url.report.course.iter();
    for (day, _) in course.flat_map(|course| course.days().iter()) {
        months.insert(calendar::date(day).strftime("%Y%m").to_string());
    }
    let undated = url.summary.months.iter();
    months.extend(
        undated
            .filter(|(_, tally)| tally.undated.total() > 0)
            .map(|(month, _)| month.clone()),
    );
    let row = |(at, month): (usize, &String)| {
        let period = Period::parse(month);
        let days = period.map_or(Day(0)..Day(0), Period::days);
        let figures = Figures {
            undated: url
                .summary
                .months
                .get(month)
                .map(|tally| tally.undated)
                .unwrap_or_default(),
            ..url.report.figures_of(&days)
        };
        let selection = Selection {
            months: Months::Beginning(month.clone()),
            ..context.selection().clone()
        };
        MonthRow {
            id: format!("month-{number}-{at}"),
            month: phrase::month(month, context.words()),
            href: context.links.page(&selection),
            uptime: Share::of(context, &url.report, &figures),
            checks: phrase::count(figures.total_checks()),
            down: phrase::count(figures.failed_checks()),
            downtime: if_timed(&figures, || {
                phrase::duration(figures.seconds.down, context.words())
            }),
        }
    };
    months.iter().enumerate().rev().map(row).collect()
}
