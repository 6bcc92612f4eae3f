//! The overview of everything or one company: what is wrong now, then every site under its company.

use std::ops::Range;

use serde::Serialize;

use super::company::{Company, Opening, Together};
use super::counts::CountRow;
use super::ended::EndedRow;
use super::now::{Fact, Now, Shown, WINDOWS, Windows, facts};
use super::parts::{deciding, heading, names, url_name};
use super::render;
use super::search::{Form, is_found};
use super::site_row::{Detail, Row, first_day};
use crate::answer::{BAR_DAYS, UrlReport};
use crate::calendar;
use crate::check::Day;
use crate::period::{Days, Months};
use crate::query::{Filter, Selection};
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::stats::tally::Tally;
use crate::store::folder::Listing;
use crate::view::context::PageContext;
use crate::view::words::OverviewWords;
use crate::view::{RenderError, phrase};

/// With more companies, each has one line.
const MOST_COMPANIES: usize = 40;

/// With more sites, rows have no bars.
const MOST_BARS: usize = 100;

/// With more sites, a company whose sites are all up is closed.
const MOST_OPEN: usize = 12;

#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a branch of the template"
)]
struct View {
    o: &'static OverviewWords,
    heading: String,
    empty: bool,
    /// The link to the installation check, if there is no log at all.
    first_run: Option<String>,
    banner: Option<Now>,
    sample: bool,
    notices: Vec<String>,
    facts: Vec<Fact>,
    site_count: String,
    uptime: Together,
    form: Form,
    uptime_head: String,
    first_day: String,
    has_bars: bool,
    companies: Vec<Company>,
    none: bool,
    ended: Vec<EndedRow>,
    ended_name: String,
    is_ended_open: bool,
    is_ended_hidden: bool,
    counts: Vec<CountRow>,
    are_counts_open: bool,
    uptime_of_counts: &'static str,
    rule: String,
    json_href: String,
}

/// A site, and all that is known of it before it is a row.
struct Site<'a> {
    url: &'a UrlReport<'a>,
    number: usize,
    shown: String,
    href: String,
    hidden: bool,
    windows: Windows<'a>,
}

pub(super) fn content(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let words = context.words();
    let selection = context.selection();
    let names = names(context, reports);
    // Files of no known days have counts, but are of no time.
    let is_now = selection.months == Months::All;
    let mut total = Tally::default();
    let mut sites: Vec<Site> = Vec::new();
    for (at, url) in reports.iter().enumerate() {
        let tally = &url.report.tally;
        // What has no checks in the chosen files is no part of this page.
        if !is_now && tally.total() == 0 {
            continue;
        }
        // What is not watched any more is in no current total.
        if url.report.state != State::Ended {
            total.merge(tally);
        }
        let shown = url_name(url.url, &names, words).to_owned();
        sites.push(Site {
            hidden: !is_found(context, url, &shown),
            href: href(context, reports, at),
            shown,
            windows: WINDOWS.map(|days| url.report.window(days, context.calendar())),
            url,
            number: sites.len(),
        });
    }
    let is_ended = |site: &&Site| site.url.report.state == State::Ended;
    let (ended, current): (Vec<&Site>, Vec<&Site>) = sites.iter().partition(is_ended);
    let counts = sites.iter().map(|site| CountRow::of(site.url, &site.shown));
    let current = if is_now { current } else { Vec::new() };
    let ended = if is_now { ended } else { Vec::new() };
    let days = context.calendar().last_days(context.now, BAR_DAYS);
    let detail = Detail::of(&current);
    let companies = companies(context, &current, detail, &days);
    let all: Vec<Shown> = current.iter().map(|site| shown(context, site)).collect();
    let current_reports: Vec<&Report> = current.iter().map(|site| &site.url.report).collect();
    let is_silent = !ended.is_empty()
        || current_reports
            .iter()
            .any(|report| matches!(report.state, State::Stale | State::StaleDown));
    let search = &context.answer.search;
    let view = View {
        o: words.overview,
        heading: heading(context),
        empty: sites.is_empty(),
        first_run: listing.months.is_empty().then(|| context.links.check()),
        banner: banner(context, &current, &ended),
        sample: is_silent && reports.iter().all(|url| is_example(url.url)),
        notices: notices(context, &total),
        facts: facts(context, &current_reports),
        site_count: (words.overview.sites)(current.len()),
        uptime: Together::of(context, &all),
        form: Form::of(context, search),
        uptime_head: uptime_head(context, &current_reports),
        first_day: first_day(context, &days),
        has_bars: detail == Detail::Full,
        none: !search.is_empty() && sites.iter().all(|site| site.hidden),
        ended_name: (words.overview.ended_count)(ended.len()),
        is_ended_open: companies.is_empty() || ended.len() <= MOST_OPEN,
        is_ended_hidden: ended.iter().all(|site| site.hidden),
        companies,
        ended: ended.iter().map(|site| ended_row(context, site)).collect(),
        counts: counts.collect(),
        are_counts_open: !is_now,
        uptime_of_counts: if is_now {
            words.overview.uptime_by_checks_90
        } else {
            words.uptime_by_checks
        },
        rule: rule(context, days.start),
        json_href: context.links.api(selection),
    };
    render(include_str!("overview.html"), &view, words)
}

/// The page of a site, and there the URL, if its folder has several.
fn href(context: &PageContext, reports: &[UrlReport], at: usize) -> String {
    let url = &reports[at];
    let is_beside = |other: &&UrlReport| (other.company, other.site) == (url.company, url.site);
    let before = reports[..at].iter().rev().take_while(is_beside).count();
    let after = reports[at + 1..].iter().take_while(is_beside).count();
    let selection = Selection {
        company: Filter::Only(url.company.to_owned()),
        site: Filter::Only(url.site.to_owned()),
        months: Months::All,
        days: Days::OfMonths,
    };
    let page = context.links.page(&selection);
    match before + after {
        0 => page,
        _ => format!("{page}#url-{}", before + 1),
    }
}

impl Detail {
    fn of(sites: &[&Site]) -> Self {
        let companies = sites.chunk_by(|a, b| a.url.company == b.url.company);
        if companies.count() > MOST_COMPANIES || sites.len() > MOST_BARS {
            Self::Numbers
        } else {
            Self::Full
        }
    }
}

fn shown<'a>(context: &PageContext<'a>, site: &'a Site) -> Shown<'a> {
    let (company, folder) = (site.url.company, site.url.site);
    Shown {
        url: site.url,
        name: context.config.site_name(company, folder),
        company: context.config.company_name(company),
        href: &site.href,
        windows: &site.windows,
    }
}

/// The companies, those with the worst state first; the rest stays in the order of names.
fn companies(
    context: &PageContext,
    sites: &[&Site],
    detail: Detail,
    days: &Range<Day>,
) -> Vec<Company> {
    let by_company = || sites.chunk_by(|a, b| a.url.company == b.url.company);
    let count = by_company().count();
    let is_search = !context.answer.search.is_empty();
    let opening = Opening {
        calm: is_search || count == 1 || sites.len() <= MOST_OPEN,
        alarmed: is_search || count <= MOST_COMPANIES,
    };
    let company = |(number, sites): (usize, &[&Site])| {
        let shown: Vec<Shown> = sites.iter().map(|site| shown(context, site)).collect();
        let row = |(site, shown): (&&Site, &Shown)| {
            let (number, hidden) = (site.number, site.hidden);
            Row::of(context, shown, number, &site.shown, hidden, detail, days)
        };
        let mut rows: Vec<Row> = sites.iter().zip(&shown).map(row).collect();
        rows.sort_by_key(|row| row.state);
        let worst = rows.first().map_or(State::Up, |row| row.state);
        let hidden = sites.iter().all(|site| site.hidden);
        let mut company = Company::of(context, number, &shown, rows, detail, opening, days);
        company.hidden = hidden;
        (worst.min(State::Off), company)
    };
    let mut companies: Vec<(State, Company)> = by_company().enumerate().map(company).collect();
    companies.sort_by_key(|(worst, _)| *worst);
    companies.into_iter().map(|(_, company)| company).collect()
}

fn ended_row(context: &PageContext, site: &Site) -> EndedRow {
    EndedRow::of(
        context,
        &shown(context, site),
        site.number,
        &site.shown,
        site.hidden,
    )
}

/// What is wrong now; `None` if no log has times.
fn banner(context: &PageContext, current: &[&Site], ended: &[&Site]) -> Option<Now> {
    let is_watched = |site: &&Site| site.url.report.state != State::Undated;
    let edges = ended.iter().filter_map(|site| site.url.report.edges());
    match edges.map(|(_, last)| last).max() {
        Some(last) if !current.iter().any(is_watched) => {
            let last = phrase::moment_in_text(last, context.calendar());
            Some(Now::ended((context.words().all_ended)(&last)))
        }
        _ => {
            let shown: Vec<Shown> = current.iter().map(|site| shown(context, site)).collect();
            Now::of(context, &shown)
        }
    }
}

/// The head of the uptimes, with the target if all sites have the same.
fn uptime_head(context: &PageContext, reports: &[&Report]) -> String {
    let words = context.words().overview;
    let mut targets: Vec<u64> = reports.iter().map(|report| report.target.uptime).collect();
    targets.dedup();
    match targets[..] {
        [target] => (words.with_target)(&phrase::percentage(target)),
        [] => words.uptime.to_owned(),
        _ => words.targets_differ.to_owned(),
    }
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
