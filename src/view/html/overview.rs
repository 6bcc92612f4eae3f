//! The overview of everything or one company: states, worst first.

use std::ops::Range;

use serde::Serialize;

use super::parts::{
    Aged, Badge, Banner, Bars, Code, Share, codes, deciding, heading, low_coverage, names, until,
    url_name,
};
use super::render;
use crate::answer::{BAR_DAYS, UrlReport};
use crate::calendar;
use crate::check::Day;
use crate::period::Months;
use crate::query::{Filter, Selection};
use crate::stats::figures::Figures;
use crate::stats::group::Group;
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::stats::tally::Tally;
use crate::store::folder::Listing;
use crate::view::context::PageContext;
use crate::view::signal::Signal;
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

#[derive(Serialize)]
struct View {
    heading: String,
    empty: bool,
    /// The link to the installation check, if there is no log at all.
    first_run: Option<String>,
    banner: Option<Banner>,
    sample: bool,
    notices: Vec<String>,
    uptime: String,
    uptime_note: Option<String>,
    uptime_name: &'static str,
    /// Under the name in the table: of which days.
    uptime_days: Option<&'static str>,
    site_count: String,
    checks: String,
    up: String,
    down: String,
    any_down: bool,
    rows: Vec<Row>,
    ended_name: String,
    ended: Vec<Row>,
    rule: String,
    json_href: String,
}

#[derive(Serialize)]
struct Row {
    #[serde(skip)]
    state: State,
    /// In the order of names, so that ids stay the same whatever is first.
    number: usize,
    badge: Badge,
    url: String,
    company: String,
    company_href: String,
    site: String,
    site_href: String,
    checks: String,
    up: String,
    down: String,
    any_down: bool,
    uptime: Share,
    bars: Bars,
    codes: Vec<Code>,
    last: Option<Aged>,
    until: Option<String>,
}

pub(super) fn content(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let words = context.words();
    let selection = context.selection();
    let names = names(context, reports);
    let days = context.calendar().last_days(context.now, BAR_DAYS);
    let mut total = Tally::default();
    let mut group = Group::default();
    let mut rows = Vec::new();
    let mut last = None;
    for url in reports {
        let tally = &url.report.tally;
        // What has no checks in the chosen files is no part of this page.
        if selection.months != Months::All && tally.total() == 0 {
            continue;
        }
        let figures = url.report.figures();
        // What is not watched any more is in no current total.
        if url.report.state != State::Ended {
            total.merge(tally);
            group.add(&url.report, &figures, context.config.uptime_by);
        }
        last = last.max(url.report.edges().map(|(_, last)| last));
        let name = url_name(url.url, &names, words);
        rows.push(row(context, url, &figures, name, rows.len(), &days));
    }
    // What needs a person comes first; the rest stays in the order of names.
    rows.sort_by_key(|row| row.state);
    let ended = rows.split_off(rows.partition_point(|row| row.state < State::Ended));
    let states: Vec<State> = rows.iter().map(|row| row.state).collect();
    let is_any_watched = states.iter().any(|state| *state != State::Undated);
    let banner = match last.filter(|_| !is_any_watched) {
        Some(last) => {
            let last = phrase::moment_in_text(last, context.calendar());
            Some(Banner::new(Signal::Ended, (words.all_ended)(&last)))
        }
        None => banner(words, &states),
    };
    let is_of_90_days = selection.months == Months::All;
    let is_stale = states
        .iter()
        .any(|state| matches!(state, State::Stale | State::StaleDown));
    let is_silent = is_stale || !ended.is_empty();
    let view = View {
        heading: heading(selection, words),
        empty: rows.is_empty() && ended.is_empty(),
        first_run: listing.months.is_empty().then(|| context.links.check()),
        banner,
        sample: is_silent && reports.iter().all(|url| is_example(url.url)),
        notices: notices(context, &total),
        uptime: group.uptime(context.config.uptime_by).to_string(),
        uptime_note: low_coverage(context, &group.seconds),
        uptime_name: match group.seconds.total() {
            // All are without times.
            0 => words.uptime_by_checks,
            _ if is_of_90_days => words.uptime_90_days,
            _ => words.uptime,
        },
        uptime_days: is_of_90_days.then_some(words.last_90_days),
        site_count: phrase::count(rows.len() as u64),
        checks: phrase::count(total.total()),
        up: phrase::count(total.up),
        down: phrase::count(total.down),
        any_down: total.down > 0,
        rows,
        ended_name: (words.ended_sites)(ended.len()),
        ended,
        rule: rule(context, days.start),
        json_href: context.links.api(selection),
    };
    render(include_str!("overview.html"), &view, words)
}

/// What a reader must know about the rows that are counted.
fn notices(context: &PageContext, total: &Tally) -> Vec<String> {
    let words = context.words().report;
    // Over all months each row is counted once, whichever file it is in.
    let is_by_file = context.selection().months != Months::All;
    let notices = [
        (total.ahead > 0).then(|| (words.rows_ahead)(&phrase::count(total.ahead))),
        (is_by_file && total.elsewhere > 0)
            .then(|| (words.rows_elsewhere)(&phrase::count(total.elsewhere))),
    ];
    notices.into_iter().flatten().collect()
}

/// The rules by which the page is made.
fn rule(context: &PageContext, first: Day) -> String {
    let words = context.words().rules;
    let sentences = [
        (words.uptime)(&phrase::percentage(context.config.min_coverage)),
        deciding(context).to_owned(),
        (words.window)(&calendar::date(first).to_string()),
        words.counts.to_owned(),
        words.stale.to_owned(),
        words.bars.to_owned(),
    ];
    sentences.join(" ")
}

/// The summary line; `None` if no log has times.
fn banner(words: &Words, states: &[State]) -> Option<Banner> {
    let count = |wanted: &[State]| states.iter().filter(|state| wanted.contains(state)).count();
    let down = count(&[State::Down]);
    let stale = count(&[State::StaleDown, State::Stale]);
    let unconfirmed = count(&[State::Unconfirmed]);
    let maintenance = count(&[State::Maintenance]);
    let planned = maintenance + count(&[State::Off]);
    let up = count(&[State::Up]);
    let undated = count(&[State::Undated]);
    if states.len() == undated {
        return None;
    }
    let signal = match (down, stale, unconfirmed, up, maintenance) {
        (1.., ..) => Signal::Down,
        (0, 1.., ..) => Signal::Stale,
        (0, 0, 1.., ..) => Signal::Unconfirmed,
        (0, 0, 0, 1.., _) => Signal::Up,
        (0, 0, 0, 0, 1..) => Signal::Maintenance,
        (0, 0, 0, 0, 0) => Signal::Off,
    };
    let some = |n: usize, sentence: fn(usize) -> String| (n > 0).then(|| sentence(n));
    let all_well = match (signal, planned + undated) {
        (Signal::Up, 0) => Some(words.banner_up.to_owned()),
        (Signal::Up, _) => some(up, words.banner_some_up),
        _ => None,
    };
    let parts = [
        some(down, words.banner_down),
        some(stale, words.banner_stale),
        some(unconfirmed, words.banner_unconfirmed),
        all_well,
        some(planned, words.banner_planned),
        some(undated, words.banner_undated),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Some(Banner::new(signal, parts.join(words.sentence_separator)))
}

/// Whether a URL is of a domain that is reserved for examples (RFC 2606), as in the sample logs.
fn is_example(url: &str) -> bool {
    let host = url
        .split("://")
        .nth(1)
        .unwrap_or(url)
        .split(['/', ':'])
        .next()
        .unwrap_or_default();
    let mut labels = host.rsplit('.');
    matches!(
        (labels.next(), labels.next()),
        (Some("example"), _) | (Some("com" | "net" | "org"), Some("example"))
    )
}

/// Since when, if a URL is checked for less than the days of its uptime.
fn since(context: &PageContext, report: &Report) -> Option<String> {
    let (first, _) = report.edges()?;
    let window = context.calendar().last_days(context.now, BAR_DAYS);
    let is_short = first > context.calendar().start_of(window.start);
    let is_shown = is_short && context.selection().months == Months::All;
    is_shown.then(|| (context.words().window_since)(&phrase::day(first, context.calendar())))
}

fn row(
    context: &PageContext,
    url: &UrlReport,
    figures: &Figures,
    name: &str,
    number: usize,
    days: &Range<Day>,
) -> Row {
    let words = context.words();
    let company = Selection {
        company: Filter::Only(url.company.to_owned()),
        site: Filter::All,
        months: context.selection().months.clone(),
    };
    let site = Selection {
        site: Filter::Only(url.site.to_owned()),
        ..company.clone()
    };
    let report = &url.report;
    let tally = &report.tally;
    let uptime = Share::of(context, report, figures).with_note(since(context, report));
    Row {
        state: report.state,
        number,
        badge: Badge::of(context, report),
        url: name.to_owned(),
        company: url.company.to_owned(),
        company_href: context.links.page(&company),
        site: url.site.to_owned(),
        site_href: context.links.page(&site),
        checks: phrase::count(tally.total()),
        up: phrase::count(tally.up),
        down: phrase::count(tally.down),
        any_down: tally.down > 0,
        bars: Bars::of(report, days, &uptime, words),
        uptime,
        codes: codes(tally),
        last: report.edges().map(|(_, last)| Aged::of(context, last)),
        until: until(context, report),
    }
}
