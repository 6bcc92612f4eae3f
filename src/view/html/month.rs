//! The report of a month or a year, for a client. It is printed on A4.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;

use super::incident::{IncidentRow, incident_count, known_incidents};
use super::parts::{
    Banner, Bars, Share, checked_rarely, deciding, if_timed, names, until, url_name,
};
use super::render;
use super::verdict::{Progress, VerdictView, banner, hours, is_mixed, targets};
use crate::answer::UrlReport;
use crate::calendar;
use crate::check::{Day, Moment};
use crate::period::Period;
use crate::query::Selection;
use crate::stats::figures::Figures;
use crate::stats::group::Group;
use crate::stats::incident::Incident;
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::stats::verdict::Watched;
use crate::view::context::PageContext;
use crate::view::phrase::NONE;
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
    /// That it is in progress, or provisional.
    stage: Option<&'static str>,
    empty: bool,
    notices: Vec<String>,
    by_time: String,
    by_checks: String,
    coverage: String,
    unknown: String,
    unknown_name: &'static str,
    target: String,
    downtime: String,
    downtime_name: &'static str,
    incident_count: String,
    site_count: String,
    banner: Banner,
    rows: Vec<Row>,
    undated: bool,
    incidents: Vec<IncidentRow>,
    shorter: Option<String>,
    rule: String,
    json_href: String,
}

#[derive(Serialize)]
struct Row {
    url: String,
    place: String,
    uptime: Share,
    change: String,
    verdict: VerdictView,
    remarks: Vec<String>,
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
    let by = context.config.uptime_by;
    let span = context.calendar().span(days);
    let progress = if span.end > context.now {
        Progress::Going
    } else {
        Progress::Over
    };
    let shown: Vec<(&UrlReport, Figures)> = reports
        .iter()
        .map(|url| (url, url.report.figures()))
        .filter(|(url, figures)| is_shown(&url.report, figures, span.start))
        .collect();
    let is_mixed = is_mixed(&shown);
    let mut group = Group::default();
    let mut rows = Vec::new();
    let mut incidents: Vec<(&str, &Incident)> = Vec::new();
    let mut provisional = false;
    let mut left_out = 0;
    for (url, figures) in &shown {
        group.add(&url.report, figures, by);
        provisional |= figures.provisional;
        left_out += figures.incidents_left_out;
        let name = url_name(url.url, &names, words);
        incidents.extend(figures.incidents.iter().map(|incident| (name, incident)));
        let target = is_mixed.then_some(url.report.target.uptime);
        let verdict = url.report.verdict(figures, by);
        let verdict = VerdictView::of(verdict, figures, target, progress, words);
        rows.push(row(context, url, figures, name, period, verdict));
    }
    let incident_count = known_incidents(incidents.len(), left_out, words);
    let shorter = incidents.len().saturating_sub(INCIDENTS) as u64;
    keep_longest(&mut incidents);
    incidents.sort_by(|(a, x), (b, y)| (x.from, a).cmp(&(y.from, b)));
    let undated = group.seconds.total() == 0;
    let last = days.end.plus(-1).min(context.today().max(days.start));
    let listed = |(site, incident): &(&str, &Incident)| IncidentRow::of(context, site, incident);
    let is_sum = rows.len() > 1;
    let sum = |one, several| if is_sum { several } else { one };
    let view = View {
        client: client(context.selection(), words),
        month: phrase::month(&period.to_string(), words),
        change_name: if period.is_year() {
            words.report.change_year
        } else {
            words.report.change_month
        },
        dates: format!("{} – {}", calendar::date(days.start), calendar::date(last)),
        stage: match (progress, provisional) {
            (Progress::Going, true) => Some(words.report.unfinished_provisional),
            (Progress::Going, false) => Some(words.report.unfinished),
            (Progress::Over, true) => Some(words.report.provisional),
            (Progress::Over, false) => None,
        },
        empty: rows.is_empty(),
        notices: notices(context, reports),
        by_time: group.uptime_by_time().to_string(),
        by_checks: group.uptime_by_checks().to_string(),
        coverage: group.seconds.coverage().to_string(),
        unknown: unless(undated, || hours(&group, group.seconds.unknown, words)),
        unknown_name: sum(words.unknown_time, words.report.unknown_sum),
        target: targets(&shown),
        downtime: unless(undated, || hours(&group, group.seconds.down, words)),
        downtime_name: sum(words.downtime, words.report.downtime_sum),
        incident_count: unless(undated, || incident_count),
        undated,
        shorter: (shorter > 0).then(|| (words.shorter_incidents)(&phrase::count(shorter))),
        site_count: phrase::count(rows.len() as u64),
        banner: banner(&group, progress, words),
        rows,
        incidents: incidents.iter().map(listed).collect(),
        rule: rule(context, is_sum, provisional),
        json_href: context.links.api(context.selection()),
    };
    render(include_str!("month.html"), &view, words)
}

/// Whether a site is in the report: if it has checks or time in it, or had checks the period
/// before, as silence is news. What had ended before it is not.
fn is_shown(report: &Report, figures: &Figures, start: Moment) -> bool {
    let before = report.figures_before();
    let had_checks = before.is_some_and(|before| before.total_checks() > 0);
    let had_ended =
        report.state == State::Ended && report.edges().is_some_and(|(_, last)| last < start);
    figures.total_checks() > 0 || had_checks || figures.has_time() && !had_ended
}

/// What a reader must know about the rows that are counted.
fn notices(context: &PageContext, reports: &[UrlReport]) -> Vec<String> {
    let words = context.words().report;
    let mut misplaced = 0;
    let mut elsewhere = 0;
    let mut ahead = 0;
    for url in reports {
        let figures = url.report.figures();
        misplaced += url.report.misplaced(&figures);
        elsewhere += url.report.tally.elsewhere;
        ahead += figures.ahead.total();
    }
    let some = |number: u64, sentence: fn(&str) -> String| {
        (number > 0).then(|| sentence(&phrase::count(number)))
    };
    let notices = [
        some(misplaced, words.rows_misplaced),
        some(elsewhere, words.rows_elsewhere),
        some(ahead, words.rows_ahead),
    ];
    notices.into_iter().flatten().collect()
}

/// The rules by which the report is made.
fn rule(context: &PageContext, is_sum: bool, provisional: bool) -> String {
    let words = context.words().rules;
    let min_coverage = phrase::percentage(context.config.min_coverage);
    let sentences = [
        Some((words.uptime)(&min_coverage)),
        Some(deciding(context).to_owned()),
        Some((words.verdict)(&min_coverage)),
        provisional.then(|| words.provisional.to_owned()),
        Some((words.downtime)(context.config.failure_threshold.get())),
        is_sum.then(|| words.site_hours.to_owned()),
        Some(words.coverage.to_owned()),
        Some(words.bars.to_owned()),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}

/// Whom the report is for.
fn client(selection: &Selection, words: &Words) -> String {
    match (selection.company.name(), selection.site.name()) {
        (Some(company), Some(site)) => format!("{company} / {site}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.everything.to_owned(),
    }
}

fn row(
    context: &PageContext,
    url: &UrlReport,
    figures: &Figures,
    name: &str,
    period: Period,
    verdict: VerdictView,
) -> Row {
    let words = context.words();
    let report = &url.report;
    let days = &period.days();
    let down = figures.seconds.down;
    let uptime = Share::of(context, report, figures);
    let change = difference(context, report, figures, period);
    Row {
        url: name.to_owned(),
        place: format!("{} / {}", url.company, url.site),
        bars: Bars::of(report, days, &uptime, words),
        uptime,
        change: change.map_or_else(|| NONE.to_owned(), |by| points(by, words)),
        verdict,
        remarks: remarks(context, report, days),
        checks: phrase::count(figures.total_checks()),
        down: phrase::count(figures.failed_checks()),
        downtime: if_timed(figures, || phrase::duration(down, words)),
        downtime_seconds: figures.has_time().then(|| down.to_string()),
        change_thousandths: change.map(|by| by.to_string()),
        incidents: if_timed(figures, || incident_count(figures, words)),
        coverage: figures.seconds.coverage().to_string(),
    }
}

/// What a verdict rests on, where a reader would take it for more.
fn remarks(context: &PageContext, report: &Report, days: &Range<Day>) -> Vec<String> {
    let words = context.words();
    let calendar = context.calendar();
    let span = calendar.span(days);
    let first = report.edges().map(|(first, _)| first);
    let late = first.filter(|first| span.contains(first) && *first > span.start);
    let is_within = report.until().is_some_and(|until| until < span.end);
    let remarks = [
        late.map(|first| (words.report.first_check_at)(&phrase::moment_in_text(first, calendar))),
        until(context, report).filter(|_| is_within),
        checked_rarely(context, report),
    ];
    remarks.into_iter().flatten().collect()
}

/// Keeps the longest incidents, if there are more than a report lists.
fn keep_longest(incidents: &mut Vec<(&str, &Incident)>) {
    if incidents.len() > INCIDENTS {
        // Stable, so that of equally long ones the same are kept each time.
        incidents.sort_by_key(|(_, incident)| Reverse(incident.seconds));
        incidents.truncate(INCIDENTS);
    }
}

/// A number that needs times; `—` for a log without any.
fn unless(undated: bool, text: impl FnOnce() -> String) -> String {
    if undated { NONE.to_owned() } else { text() }
}

/// A difference in percentage points, from its thousandths.
fn points(by: i64, words: &Words) -> String {
    let sign = match by {
        0 => return format!("±0{}", words.report.points),
        1.. => "+",
        _ => "−",
    };
    let by = by.unsigned_abs();
    format!(
        "{sign}{}.{:03}{}",
        by / 1000,
        by % 1000,
        words.report.points
    )
}

/// The difference to the period before, in thousandths of a point. Both are first rounded down as
/// printed, so that a reader who subtracts gets the same. `None` if either was not watched enough.
fn difference(
    context: &PageContext,
    report: &Report,
    figures: &Figures,
    period: Period,
) -> Option<i64> {
    let printed = |figures: &Figures, period: Period| {
        let days = period.days();
        let is_timed = report.course.is_some();
        let watched = report.watched(figures, &days, context.calendar());
        let uptime = report.uptime(figures, context.config.uptime_by);
        let share = uptime
            .thousandths()
            .filter(|_| is_timed && watched == Watched::Enough);
        share.and_then(|share| i64::try_from(share).ok())
    };
    let before = report.figures_before()?;
    Some(printed(figures, period)? - printed(&before, period.previous()?)?)
}

#[cfg(test)]
mod tests {
    use super::points;
    use crate::lang::Lang;
    use crate::view::words::Words;

    #[test]
    fn changes_read_as_people_write_them() {
        let check = |by, want: &str| assert_eq!(points(by, Words::of(Lang::En)), want);
        check(900, "+0.900 pt");
        check(-100, "−0.100 pt");
        check(0, "±0 pt");
    }
}
