//! The overview, of everything or of one company: how things are now, worst first.

use serde::Serialize;

use super::parts::{
    Aged, Badge, Banner, Bars, Code, Share, codes, heading, last_days, names, url_name,
};
use super::render;
use crate::answer::BAR_DAYS;
use crate::load::loader::SiteLog;
use crate::period::Months;
use crate::query::{Filter, Selection};
use crate::stats::figures::State;
use crate::stats::summary::UrlSummary;
use crate::stats::tally::Tally;
use crate::store::folder::Listing;
use crate::view::context::PageContext;
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

/// The content of the page.
pub(super) fn content(
    context: &PageContext,
    listing: &Listing,
    logs: &[SiteLog],
) -> Result<String, RenderError> {
    let words = context.words();
    let names = names(context, logs);
    let mut total = Tally::default();
    let mut rows = Vec::new();
    for log in logs {
        for (url, summary) in &log.summary.urls {
            let tally = summary.tally(&context.selection().months);
            // What has no checks in the chosen files is no part of this page.
            if context.selection().months != Months::All && tally.total() == 0 {
                continue;
            }
            total.merge(&tally);
            let name = url_name(url, &names, words);
            rows.push(row(context, log, name, summary, &tally, rows.len()));
        }
    }
    // What needs a person comes first; the rest stays in the order of names.
    rows.sort_by_key(|row| row.state);
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let stale = count(State::Stale);
    let view = View {
        heading: heading(context.selection(), words),
        empty: rows.is_empty(),
        first_run: listing.months.is_empty().then(|| context.links.check()),
        banner: banner(
            context,
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
        json_href: context.links.api(context.selection()),
    };
    render(include_str!("overview.html"), &view, words)
}

/// The one line that says how things are. Logs without times say nothing of now.
fn banner(
    context: &PageContext,
    rows: usize,
    down: usize,
    stale: usize,
    undated: usize,
) -> Option<Banner> {
    let words = context.words();
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
    context: &PageContext,
    log: &SiteLog,
    name: &str,
    summary: &UrlSummary,
    tally: &Tally,
    number: usize,
) -> Row {
    let words = context.words();
    let company = Selection {
        company: Filter::Only(log.company.clone()),
        site: Filter::All,
        months: context.selection().months.clone(),
    };
    let site = Selection {
        site: Filter::Only(log.site.clone()),
        ..company.clone()
    };
    let state = summary.timeline.state(context.rules());
    Row {
        state,
        number,
        badge: Badge::of(state, words),
        url: name.to_owned(),
        company: log.company.clone(),
        company_href: context.links.page(&company),
        site: log.site.clone(),
        site_href: context.links.page(&site),
        checks: phrase::count(tally.total()),
        up: phrase::count(tally.up),
        down: phrase::count(tally.down),
        any_down: tally.down > 0,
        uptime: Share::of(tally.uptime()),
        bars: Bars::of(&summary.timeline, &last_days(context, BAR_DAYS), words),
        codes: codes(tally),
        last: summary
            .timeline
            .edges
            .map(|(_, last)| Aged::of(context, last.at)),
    }
}
