//! The report of a month or a year, for a client. It is printed on A4.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;

use super::parts::{Banner, Bars, IncidentRow, Share, names, url_name};
use super::render;
use crate::answer::UrlReport;
use crate::calendar;
use crate::check::Day;
use crate::period::Period;
use crate::query::Selection;
use crate::stats::incident::Incident;
use crate::stats::tally::{Ratio, Tally};
use crate::view::context::PageContext;
use crate::view::phrase::NONE;
use crate::view::signal::Signal;
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

/// How many incidents a report lists. The JSON has all.
const INCIDENTS: usize = 100;

#[derive(Serialize)]
struct View {
    client: String,
    month: String,
    change_name: &'static str,
    dates: String,
    unfinished: bool,
    empty: bool,
    uptime: String,
    target: String,
    downtime: String,
    incident_count: String,
    site_count: String,
    banner: Banner,
    rows: Vec<Row>,
    undated: bool,
    incidents: Vec<IncidentRow>,
    shorter: Option<String>,
    json_href: String,
}

#[derive(Serialize)]
struct Row {
    url: String,
    place: String,
    uptime: Share,
    change: String,
    verdict: Verdict,
    checks: String,
    down: String,
    downtime: String,
    downtime_seconds: Option<String>,
    change_thousandths: Option<String>,
    incidents: String,
    coverage: String,
    bars: Bars,
}

/// The content of the report of a period.
pub(super) fn content(
    context: &PageContext,
    reports: &[UrlReport],
    period: Period,
) -> Result<String, RenderError> {
    let words = context.words();
    let days = &period.days();
    let names = names(context, reports);
    let mut total = Tally::default();
    let mut downtime = 0;
    let mut rows = Vec::new();
    let mut incidents: Vec<(&str, &Incident)> = Vec::new();
    for url in reports {
        let report = &url.report;
        // A URL that was checked the month before and not in this one is shown: silence is
        // news. One that is only in the month after is not.
        let before = report.before.as_ref().map_or(0, Tally::total);
        if report.tally.total() == 0 && before == 0 {
            continue;
        }
        let figures = report.figures();
        total.merge(&report.tally);
        downtime += figures.downtime;
        let name = url_name(url.url, &names, words);
        incidents.extend(figures.incidents.iter().map(|incident| (name, incident)));
        rows.push(row(context, url, name, days));
    }
    let incident_count = incidents.len();
    keep_longest(&mut incidents, context);
    incidents.sort_by(|(a, x), (b, y)| (x.from, a).cmp(&(y.from, b)));
    let shorter = incident_count - incidents.len();
    let banner = banner(&rows, words);
    let undated = reports.iter().all(|url| url.report.edges.is_none());
    let last = days.end.plus(-1).min(context.today().max(days.start));
    let listed = |(site, incident): &(&str, &Incident)| IncidentRow::of(context, site, incident);
    let view = View {
        client: client(context.selection(), words),
        month: phrase::month(&period.to_string(), words),
        change_name: if period.is_year() {
            words.change_year
        } else {
            words.change_month
        },
        dates: format!("{} – {}", calendar::date(days.start), calendar::date(last)),
        unfinished: context.calendar().span(days).end > context.now,
        empty: rows.is_empty(),
        uptime: total.uptime().to_string(),
        target: percentage(context.config.sla_target),
        downtime: unless(undated, || phrase::duration(downtime, words)),
        incident_count: unless(undated, || phrase::count(incident_count as u64)),
        undated,
        shorter: (shorter > 0).then(|| (words.shorter_incidents)(&phrase::count(shorter as u64))),
        site_count: phrase::count(rows.len() as u64),
        banner,
        rows,
        incidents: incidents.iter().map(listed).collect(),
        json_href: context.links.api(context.selection()),
    };
    render(include_str!("month.html"), &view, words)
}

/// Whom the report is for.
fn client(selection: &Selection, words: &Words) -> String {
    match (selection.company.name(), selection.site.name()) {
        (Some(company), Some(site)) => format!("{company} / {site}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.everything.to_owned(),
    }
}

fn row(context: &PageContext, url: &UrlReport, name: &str, days: &Range<Day>) -> Row {
    let words = context.words();
    let report = &url.report;
    let (tally, figures) = (&report.tally, report.figures());
    let undated = report.edges.is_none();
    let before = report.before.as_ref().map(Tally::uptime);
    Row {
        url: name.to_owned(),
        place: format!("{} / {}", url.company, url.site),
        uptime: Share::of(tally.uptime()),
        change: change(before, tally.uptime(), words),
        verdict: Verdict::of(context, tally),
        checks: phrase::count(tally.total()),
        down: phrase::count(tally.down),
        downtime: unless(undated, || phrase::duration(figures.downtime, words)),
        downtime_seconds: report.edges.map(|_| figures.downtime.to_string()),
        change_thousandths: difference(before, tally.uptime()).map(|by| by.to_string()),
        incidents: unless(undated, || phrase::count(figures.incidents.len() as u64)),
        coverage: unless(undated, || figures.coverage.to_string()),
        bars: Bars::of(report.timeline, days, words),
    }
}

/// Whether every site met its target; a site without checks did not.
fn banner(rows: &[Row], words: &Words) -> Banner {
    let count = |class| rows.iter().filter(|row| row.verdict.class == class).count();
    match (count(MISSED), count(NO_DATA)) {
        (0, 0) => Banner::new(Signal::Up, words.all_met.to_owned()),
        (0, silent) => Banner::new(Signal::Stale, (words.sites_silent)(silent)),
        (missed, 0) => Banner::new(Signal::Down, (words.sites_missed)(missed)),
        (missed, silent) => {
            let text = [(words.sites_missed)(missed), (words.sites_silent)(silent)];
            Banner::new(Signal::Down, text.join(words.sentence_separator))
        }
    }
}

/// Keeps the longest incidents, if there are more than a report lists.
fn keep_longest(incidents: &mut Vec<(&str, &Incident)>, context: &PageContext) {
    if incidents.len() > INCIDENTS {
        // Stable, so that of equally long ones the same are kept each time.
        incidents
            .sort_by_key(|(_, incident)| Reverse(incident.until(context.now).since(incident.from)));
        incidents.truncate(INCIDENTS);
    }
}

/// A number that needs times; `—` for a log without any.
fn unless(undated: bool, text: impl FnOnce() -> String) -> String {
    if undated { NONE.to_owned() } else { text() }
}

#[derive(Serialize)]
struct Verdict {
    class: &'static str,
    word: &'static str,
}

impl Verdict {
    fn of(context: &PageContext, tally: &Tally) -> Self {
        let words = context.words();
        let (class, word) = match tally.total() {
            0 => (NO_DATA, words.no_data),
            _ if tally.meets(context.config.sla_target) => ("met", words.met),
            _ => (MISSED, words.missed),
        };
        Self { class, word }
    }
}

const MISSED: &str = "missed";

const NO_DATA: &str = "no-data";

/// The difference to the period before, in percentage points. Both are first rounded down as printed,
/// so that a reader who subtracts gets the same.
fn change(before: Option<Ratio>, now: Ratio, words: &Words) -> String {
    let Some(by) = difference(before, now) else {
        return NONE.to_owned();
    };
    let sign = match by {
        0 => return format!("±0{}", words.points),
        1.. => "+",
        _ => "−",
    };
    let by = by.unsigned_abs();
    format!("{sign}{}.{:03}{}", by / 1000, by % 1000, words.points)
}

/// The difference in thousandths of a point.
fn difference(before: Option<Ratio>, now: Ratio) -> Option<i64> {
    let thousandths = |ratio: Ratio| i64::try_from(ratio.thousandths()?).ok();
    Some(thousandths(now)? - thousandths(before?)?)
}

/// A percentage from its thousandths, without trailing zeros.
fn percentage(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::{change, percentage};
    use crate::lang::Lang;
    use crate::stats::tally::Ratio;
    use crate::view::words::Words;

    #[test]
    fn targets_and_changes_read_as_people_write_them() {
        assert_eq!(percentage(99_900), "99.9%");
        assert_eq!(percentage(99_995), "99.995%");
        assert_eq!(percentage(100_000), "100%");
        let ratio = |part| Ratio { part, whole: 1000 };
        let check =
            |before, now, want: &str| assert_eq!(change(before, now, Words::of(Lang::En)), want);
        check(Some(ratio(990)), ratio(999), "+0.900 pt");
        check(Some(ratio(1000)), ratio(999), "−0.100 pt");
        check(Some(ratio(999)), ratio(999), "±0 pt");
        check(Some(Ratio { part: 0, whole: 0 }), ratio(999), "—");
        check(None, ratio(999), "—");
    }
}
