//! The figures of the last days, in as many windows as the log reaches, and of the whole log.

use serde::Serialize;

use crate::answer::UrlReport;
use crate::stats::figures::{Certainty, Figures};
use crate::stats::report::Report;
use crate::view::context::PageContext;
use crate::view::html::incident::incident_count;
use crate::view::html::parts::{Code, Dated, Share, codes, if_timed, low_coverage};
use crate::view::phrase::{self, NONE};
use crate::view::words::Words;

/// The figures of some time.
#[derive(Serialize)]
pub(super) struct Row {
    name: &'static str,
    since: Dated,
    uptime: Share,
    checks: String,
    down: String,
    downtime: String,
    incidents: String,
    mttr: String,
    mtbf: String,
    coverage: String,
    median: String,
    p95: String,
    p99: String,
}

/// What is known of all of a log.
#[derive(Serialize)]
pub(super) struct Whole {
    by_time: String,
    by_checks: String,
    low_coverage: Option<String>,
    coverage: String,
    downtime: String,
    unknown: String,
    checks: String,
    down: String,
    codes: Vec<Code>,
}

/// The windows that the log reaches, and the first that has all of it.
pub(super) fn rows(context: &PageContext, report: &Report) -> Vec<Row> {
    let words = context.words();
    let Some((first, _)) = report.edges() else {
        return Vec::new();
    };
    let windows = report.windows(context.calendar());
    let has_all = windows.iter().position(|window| window.is_short);
    let shown = has_all.map_or(windows.len(), |last| last + 1);
    let day = |at| phrase::day(at, context.calendar());
    let since_first = || {
        let text = format!("{} {}", words.since_first_check, day(first));
        Dated::of(&text)
    };
    let name = |days| match days {
        1 => words.last_24_hours,
        7 => words.last_7_days,
        30 => words.last_30_days,
        90 => words.last_90_days,
        _ => words.last_year,
    };
    let mut rows: Vec<Row> = windows
        .iter()
        .take(shown)
        .map(|window| {
            let since = if window.is_short {
                since_first()
            } else {
                let from = match window.days {
                    1 => phrase::moment_in_text(window.from, context.calendar()),
                    _ => day(window.from),
                };
                Dated::of(&(words.window_since)(&from))
            };
            row(context, report, &window.figures, name(window.days), since)
        })
        .collect();
    if has_all.is_none() {
        let all = words.site_page.all;
        rows.push(row(context, report, &report.figures(), all, since_first()));
    }
    rows
}

fn row(
    context: &PageContext,
    report: &Report,
    figures: &Figures,
    name: &'static str,
    since: Dated,
) -> Row {
    let words = context.words();
    let percentiles = figures.percentiles();
    let time = |time: Option<_>| time.map_or(NONE.to_owned(), phrase::response_time);
    let length = |seconds: Option<_>| {
        seconds.map_or(NONE.to_owned(), |seconds| phrase::duration(seconds, words))
    };
    Row {
        name,
        since,
        uptime: Share::of(context, report, figures),
        checks: phrase::count(figures.total_checks()),
        down: phrase::count(figures.failed_checks()),
        downtime: if_timed(figures, || phrase::duration(figures.seconds.down, words)),
        incidents: if_timed(figures, || incident_count(figures, words)),
        mttr: mttr(figures, words),
        mtbf: length(figures.mtbf()),
        coverage: figures.seconds.coverage().to_string(),
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

impl Whole {
    pub(super) fn of(context: &PageContext, url: &UrlReport) -> Self {
        let words = context.words();
        let figures = url.report.figures();
        let duration = |seconds| if_timed(&figures, || phrase::duration(seconds, words));
        Self {
            by_time: figures.uptime_by_time().to_string(),
            by_checks: figures.uptime_by_checks().to_string(),
            low_coverage: low_coverage(context, &figures.seconds),
            coverage: figures.seconds.coverage().to_string(),
            downtime: duration(figures.seconds.down),
            unknown: duration(figures.seconds.unknown),
            checks: phrase::count(figures.total_checks()),
            down: phrase::count(figures.failed_checks()),
            codes: codes(&url.report.tally),
        }
    }
}
