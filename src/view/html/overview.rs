//! The overview, of everything or of one company: how things are now, worst first.

use serde::Serialize;

use super::parts::{
    Aged, BAR_DAYS, Badge, Banner, Bars, Code, Share, about, codes, heading, last_days, names,
    url_name,
};
use super::{Frame, render, selection};
use crate::load::loader::SiteLog;
use crate::query::Selection;
use crate::stats::figures::State;
use crate::stats::summary::UrlSummary;
use crate::stats::tally::Tally;
use crate::store::folder::Listing;
use crate::view::{RenderError, phrase};

#[derive(Serialize)]
struct View {
    heading: String,
    empty: bool,
    /// Where to check the installation, if there is no log at all.
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
    /// In the order of names, for ids that stay the same whatever comes first.
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

/// The page for what `frame.selection` selects.
pub fn page(
    frame: &Frame,
    listing: &Listing,
    logs: &[SiteLog],
    missing_site: Option<&str>,
) -> Result<String, RenderError> {
    let words = frame.words();
    let year_month = frame.selection.year_month.as_deref();
    let names = names(frame, logs);
    let mut total = Tally::default();
    let mut rows = Vec::new();
    for log in logs {
        for (url, summary) in &log.summary.urls {
            let tally = summary.tally(year_month);
            // What has no checks in the chosen files is no part of this page.
            if year_month.is_some() && tally.total() == 0 {
                continue;
            }
            total.merge(&tally);
            let name = url_name(url, &names, words);
            rows.push(row(frame, log, name, summary, &tally, rows.len()));
        }
    }
    // What needs a person comes first; the rest stays in the order of names.
    rows.sort_by_key(|row| row.state);
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let stale = count(State::Stale);
    let view = View {
        heading: heading(frame.selection, words),
        empty: rows.is_empty(),
        first_run: listing.months.is_empty().then(|| frame.links.check()),
        banner: banner(
            frame,
            rows.len(),
            count(State::Down),
            stale,
            count(State::Undated),
        ),
        sample: stale > 0
            && logs
                .iter()
                .flat_map(|log| log.summary.urls.keys())
                .all(|url| is_example(url)),
        uptime: total.uptime().to_string(),
        site_count: phrase::count(rows.len() as u64),
        checks: phrase::count(total.total()),
        up: phrase::count(total.up),
        down: phrase::count(total.down),
        any_down: total.down > 0,
        rows,
        json_href: frame.links.api(frame.selection),
    };
    let sections = [
        selection::section(frame, listing, missing_site)?,
        render(include_str!("overview.html"), &view, words)?,
    ];
    frame.around(&about(frame.selection, words), &sections)
}

/// The one line that says how things are. Logs without times say nothing of now.
fn banner(frame: &Frame, rows: usize, down: usize, stale: usize, undated: usize) -> Option<Banner> {
    let words = frame.words();
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
    let (class, sign) = match (down, stale) {
        (0, 0) => {
            parts.push(match undated {
                0 => words.banner_up.to_owned(),
                undated => (words.banner_some_up)(rows - undated),
            });
            ("banner-up", "●")
        }
        (0, _) => ("banner-stale", "■"),
        _ => ("banner-down", "▼"),
    };
    if undated > 0 {
        parts.push((words.banner_undated)(undated));
    }
    Some(Banner {
        class,
        sign,
        text: parts.join(words.sentence_separator),
    })
}

/// Whether a URL is of a domain that is reserved for examples (RFC 2606), as in the sample
/// logs: nobody monitors one.
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
    frame: &Frame,
    log: &SiteLog,
    name: &str,
    summary: &UrlSummary,
    tally: &Tally,
    number: usize,
) -> Row {
    let words = frame.words();
    let year_month = frame.selection.year_month.clone();
    let company = Selection {
        company: Some(log.company.clone()),
        site: None,
        year_month,
    };
    let site = Selection {
        site: Some(log.site.clone()),
        ..company.clone()
    };
    let state = summary.timeline.state(frame.rules());
    Row {
        state,
        number,
        badge: Badge::of(state, words),
        url: name.to_owned(),
        company: log.company.clone(),
        company_href: frame.links.page(&company),
        site: log.site.clone(),
        site_href: frame.links.page(&site),
        checks: phrase::count(tally.total()),
        up: phrase::count(tally.up),
        down: phrase::count(tally.down),
        any_down: tally.down > 0,
        uptime: Share::of(tally.uptime()),
        bars: Bars::of(&summary.timeline, &last_days(frame, BAR_DAYS), words),
        codes: codes(tally),
        last: summary
            .timeline
            .edges
            .map(|(_, last)| Aged::of(frame, last.at)),
    }
}
