//! One site folder: windows, bars, response times, months and incidents of each URL.

use serde::Serialize;

use super::parts::{
    Aged, Badge, BarTitle, Bars, Code, IncidentRow, Share, bar_titles, codes, heading, names,
    url_name,
};
use super::render;
use crate::answer::{BAR_DAYS, UrlReport};
use crate::period::Months;
use crate::query::Selection;
use crate::stats::report::Window;
use crate::stats::tally::Tally;
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
    json_href: String,
}

#[derive(Serialize)]
struct UrlView {
    url: String,
    badge: Badge,
    last: Option<Aged>,
    uptime: Share,
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
}

#[derive(Serialize)]
struct WindowRow {
    name: &'static str,
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
        json_href: context.links.api(context.selection()),
    };
    render(include_str!("site.html"), &view, words)
}

fn url_view(context: &PageContext, number: usize, name: &str, url: &UrlReport) -> UrlView {
    let words = context.words();
    let report = &url.report;
    let (timeline, tally) = (report.timeline, &report.tally);
    let incidents = &report.figures().incidents;
    let older = incidents.len().saturating_sub(INCIDENTS);
    let days = context.calendar().last_days(context.now, BAR_DAYS);
    let windows = report.windows(context.calendar());
    UrlView {
        url: name.to_owned(),
        badge: Badge::of(report.state, words),
        last: report.edges.map(|(_, last)| Aged::of(context, last)),
        uptime: Share::of(tally.uptime()),
        checks: phrase::count(tally.total()),
        down: phrase::count(tally.down),
        codes: codes(tally),
        windows: windows.iter().map(|window| row(window, words)).collect(),
        bars: Bars::of(timeline, &days, words),
        titles: bar_titles(timeline, &days, words),
        chart: chart::latency_lines(timeline, &days).map(|lines| Chart {
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
        older: (older > 0).then(|| (words.older_incidents)(&phrase::count(older as u64))),
    }
}

fn row(window: &Window, words: &Words) -> WindowRow {
    let figures = &window.figures;
    let time = |time: Option<_>| time.map_or(NONE.to_owned(), phrase::response_time);
    let length = |seconds: Option<_>| {
        seconds.map_or(NONE.to_owned(), |seconds| phrase::duration(seconds, words))
    };
    WindowRow {
        name: match window.days {
            1 => words.last_24_hours,
            7 => words.last_7_days,
            30 => words.last_30_days,
            90 => words.last_90_days,
            _ => words.last_year,
        },
        uptime: Share::of(window.checks),
        downtime: length(Some(figures.downtime)),
        incidents: phrase::count(figures.incidents.len() as u64),
        coverage: figures.coverage.to_string(),
        mttr: length(figures.mttr),
        mtbf: length(figures.mtbf),
        median: time(window.latency.median),
        p95: time(window.latency.p95),
        p99: time(window.latency.p99),
    }
}

/// Every month, newest first, with a link to its report.
fn months(context: &PageContext, number: usize, url: &UrlReport) -> Vec<MonthRow> {
    let row = |(at, (month, tally)): (usize, (&String, &Tally))| {
        let selection = Selection {
            months: Months::Beginning(month.clone()),
            ..context.selection().clone()
        };
        MonthRow {
            id: format!("month-{number}-{at}"),
            month: phrase::month(month, context.words()),
            href: context.links.page(&selection),
            uptime: Share::of(tally.uptime()),
            checks: phrase::count(tally.total()),
            down: phrase::count(tally.down),
        }
    };
    url.months.iter().enumerate().rev().map(row).collect()
}
