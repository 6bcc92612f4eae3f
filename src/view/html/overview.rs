//! The overview of everything or one company: states, worst first.

use std::ops::Range;

use serde::Serialize;

use super::parts::{Aged, Badge, Banner, Bars, Code, Share, codes, heading, names, url_name};
use super::render;
use crate::answer::{BAR_DAYS, UrlReport};
use crate::check::Day;
use crate::period::Months;
use crate::query::{Filter, Selection};
use crate::stats::figures::State;
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
    uptime: String,
    site_count: String,
    checks: String,
    up: String,
    down: String,
    any_down: bool,
    rows: Vec<Row>,
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
    let mut rows = Vec::new();
    for url in reports {
        let tally = &url.report.tally;
        // What has no checks in the chosen files is no part of this page.
        if selection.months != Months::All && tally.total() == 0 {
            continue;
        }
        total.merge(tally);
        let name = url_name(url.url, &names, words);
        rows.push(row(context, url, name, rows.len(), &days));
    }
    // What needs a person comes first; the rest stays in the order of names.
    rows.sort_by_key(|row| row.state);
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let states = [State::Down, State::Stale, State::Undated];
    let [down, stale, undated] = states.map(count);
    let view = View {
        heading: heading(selection, words),
        empty: rows.is_empty(),
        first_run: listing.months.is_empty().then(|| context.links.check()),
        banner: banner(words, rows.len(), down, stale, undated),
        sample: stale > 0 && reports.iter().all(|url| is_example(url.url)),
        uptime: total.uptime().to_string(),
        site_count: phrase::count(rows.len() as u64),
        checks: phrase::count(total.total()),
        up: phrase::count(total.up),
        down: phrase::count(total.down),
        any_down: total.down > 0,
        rows,
        json_href: context.links.api(selection),
    };
    render(include_str!("overview.html"), &view, words)
}

/// The summary line; `None` if no log has times.
fn banner(words: &Words, rows: usize, down: usize, stale: usize, undated: usize) -> Option<Banner> {
    if rows == undated {
        return None;
    }
    let mut parts = Vec::new();
    if down > 0 {
        parts.push((words.banner_down)(down));
    }
    if stale > 0 {
        parts.push((words.banner_stale)(stale));
    }
    let signal = match (down, stale) {
        (0, 0) => {
            parts.push(match undated {
                0 => words.banner_up.to_owned(),
                undated => (words.banner_some_up)(rows - undated),
            });
            Signal::Up
        }
        (0, _) => Signal::Stale,
        _ => Signal::Down,
    };
    if undated > 0 {
        parts.push((words.banner_undated)(undated));
    }
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

fn row(
    context: &PageContext,
    url: &UrlReport,
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
    Row {
        state: report.state,
        number,
        badge: Badge::of(report.state, words),
        url: name.to_owned(),
        company: url.company.to_owned(),
        company_href: context.links.page(&company),
        site: url.site.to_owned(),
        site_href: context.links.page(&site),
        checks: phrase::count(tally.total()),
        up: phrase::count(tally.up),
        down: phrase::count(tally.down),
        any_down: tally.down > 0,
        uptime: Share::of(tally.uptime()),
        bars: Bars::of(report.timeline, days, words),
        codes: codes(tally),
        last: report.edges.map(|(_, last)| Aged::of(context, last)),
    }
}
