//! One site folder: each of its URLs with windows, bars, response times, months, incidents.

use serde::Serialize;

use super::parts::{
    Aged, Badge, BarTitle, Bars, Code, IncidentRow, Share, bar_titles, codes, heading, last_days,
    names, url_name,
};
use super::render;
use crate::answer::BAR_DAYS;
use crate::check::Moment;
use crate::load::loader::SiteLog;
use crate::period::Months;
use crate::query::Selection;
use crate::stats::summary::UrlSummary;
use crate::stats::tally::{Ratio, Tally};
use crate::view::context::PageContext;
use crate::view::{RenderError, chart, phrase};

/// How many incidents a page lists; all are in the JSON.
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
    /// The same for the same month, so that a refresh finds its link again.
    id: String,
    month: String,
    href: String,
    uptime: Share,
    checks: String,
    down: String,
}

/// The content of the page.
pub(super) fn content(context: &PageContext, logs: &[SiteLog]) -> Result<String, RenderError> {
    let words = context.words();
    let names = names(context, logs);
    let urls = logs.iter().flat_map(|log| &log.summary.urls);
    let view = View {
        heading: heading(context.selection(), words),
        empty: logs.iter().all(|log| log.summary.urls.is_empty()),
        urls: urls
            .enumerate()
            .map(|(number, (url, summary))| {
                url_view(context, number, url_name(url, &names, words), summary)
            })
            .collect(),
        json_href: context.links.api(context.selection()),
    };
    render(include_str!("site.html"), &view, words)
}

fn url_view(context: &PageContext, number: usize, name: &str, summary: &UrlSummary) -> UrlView {
    let words = context.words();
    let timeline = &summary.timeline;
    let tally = summary.tally(&Months::All);
    let mut incidents = timeline.incidents(context.rules());
    incidents.reverse();
    let older = incidents.len().saturating_sub(INCIDENTS);
    incidents.truncate(INCIDENTS);
    let days = last_days(context, BAR_DAYS);
    UrlView {
        url: name.to_owned(),
        badge: Badge::of(timeline.state(context.rules()), words),
        last: timeline.edges.map(|(_, last)| Aged::of(context, last.at)),
        uptime: Share::of(tally.uptime()),
        checks: phrase::count(tally.total()),
        down: phrase::count(tally.down),
        codes: codes(&tally),
        windows: windows(context, summary),
        bars: Bars::of(timeline, &days, words),
        titles: bar_titles(timeline, &days, words),
        chart: chart::latency_lines(timeline, &days).map(|lines| Chart {
            label: (words.chart_label)(&phrase::response_time(lines.top)),
            top: phrase::response_time(lines.top),
            median: lines.median,
            p95: lines.p95,
        }),
        months: months(context, number, summary),
        incidents: incidents
            .iter()
            .map(|incident| IncidentRow::of(context, "", incident))
            .collect(),
        older: (older > 0).then(|| (words.older_incidents)(&phrase::count(older as u64))),
    }
}

/// The last 24 hours, 7, 30, 90 and 365 days; nothing for a log without times.
fn windows(context: &PageContext, summary: &UrlSummary) -> Vec<WindowRow> {
    let words = context.words();
    let timeline = &summary.timeline;
    if timeline.edges.is_none() {
        return Vec::new();
    }
    let lengths = [
        (words.last_24_hours, 1),
        (words.last_7_days, 7),
        (words.last_30_days, 30),
        (words.last_90_days, 90),
        (words.last_year, 365),
    ];
    let row = |(name, count): (&'static str, i32)| {
        let days = last_days(context, count);
        let (ratio, latency, from) = if count == 1 {
            // To the hour, as the checks are kept.
            let hour = context.now.0.div_euclid(3600) - 23;
            let tally = timeline.last_day(context.now);
            let ratio = Ratio {
                part: tally.up,
                whole: tally.total(),
            };
            (ratio, tally.latency, Moment(hour * 3600))
        } else {
            let from = context.calendar().start_of(days.start);
            (
                timeline.checks_on(days.clone()),
                timeline.latency_on(days),
                from,
            )
        };
        let figures = timeline.figures(&(from..context.now), ratio.whole, context.rules());
        let time = |percent| {
            latency
                .percentile(percent)
                .map_or("—".to_owned(), phrase::response_time)
        };
        let length =
            |seconds: Option<i64>| seconds.map_or("—".to_owned(), |s| phrase::duration(s, words));
        WindowRow {
            name,
            uptime: Share::of(ratio),
            downtime: length(Some(figures.downtime)),
            incidents: phrase::count(figures.incidents.len() as u64),
            coverage: figures.coverage.to_string(),
            mttr: length(figures.mttr),
            mtbf: length(figures.mtbf),
            median: time(50),
            p95: time(95),
            p99: time(99),
        }
    };
    lengths.into_iter().map(row).collect()
}

/// Every month there are files of, newest first, with a link to its report.
fn months(context: &PageContext, number: usize, summary: &UrlSummary) -> Vec<MonthRow> {
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
    summary.months.iter().enumerate().rev().map(row).collect()
}
