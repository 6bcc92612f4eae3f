//! One site folder: how each of its URLs is, was, and how fast it answered.

mod axis;
mod bars;
mod head;
mod heat;
mod incidents;
mod kinds;
mod months;
mod response;
mod windows;

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use self::head::Head;
use self::heat::Heat;
use self::incidents::Incidents;
use self::kinds::Kinds;
use self::months::Grid;
use self::response::{Response, Spread};
use self::windows::Whole;
use super::parts::{Share, checked_rarely, deciding, names, url_name};
use super::render;
use crate::answer::{BAR_DAYS, UrlReport};
use crate::check::Day;
use crate::query::{Filter, Selection};
use crate::stats::figures::Figures;
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::uptime_by::UptimeBy;
use crate::view::context::PageContext;
use crate::view::words::{MOST_URLS, SiteWords};
use crate::view::{RenderError, phrase};

/// Of how many URLs all is shown at once. Of more, the charts of those that are well can be opened.
const OPEN: usize = 3;

#[derive(Serialize)]
struct View {
    words: &'static SiteWords,
    home: String,
    company: Link,
    name: String,
    /// The URL, if there is only one.
    only: Option<UrlName>,
    /// Links to the URLs, if there are several.
    urls_list: Vec<Target>,
    /// How many of them have no more than that.
    more_urls: Option<String>,
    urls: Vec<UrlView>,
    /// The name of the uptime that decides.
    deciding: &'static str,
    rule: String,
    json_href: String,
}

#[derive(Serialize)]
struct Link {
    text: String,
    href: String,
}

/// A URL, as text and perhaps as a link to it.
#[derive(Clone, Serialize)]
struct UrlName {
    text: String,
    href: Option<String>,
}

/// A link to a part of the page, with the state of what is there.
#[derive(Serialize)]
struct Target {
    number: usize,
    text: String,
    state: super::state::StateView,
    has_details: bool,
}

#[derive(Serialize)]
struct UrlView {
    /// From 1, in the order of URLs.
    number: usize,
    /// Its name and the levels of headings, where the page has several.
    name: Option<UrlName>,
    level: u8,
    is_folded: bool,
    is_timed: bool,
    /// Whether it is said what the bars mean: where the first of them are.
    has_key: bool,
    head: Head,
    /// What a reader must know about the rows.
    remarks: Vec<String>,
    planned_checks: Option<String>,
    uptime_90: Share,
    bars: Vec<bars::Row>,
    windows: Vec<windows::Row>,
    whole: Whole,
    response: Option<Response>,
    spread: Option<Spread>,
    kinds: Kinds,
    months: Grid,
    heat: Option<Heat>,
    incidents: Incidents,
}

pub(super) fn content(context: &PageContext, reports: &[UrlReport]) -> Result<String, RenderError> {
    let words = context.words();
    let selection = context.selection();
    let names = names(context, reports);
    let name = |url: &UrlReport| {
        let text = url_name(url.url, &names, words).to_owned();
        // Only of a whole URL, and only what a browser opens.
        let is_link = ["http://", "https://"].map(|scheme| text.starts_with(scheme));
        let href = (is_link != [false; 2] && text == url.url).then(|| text.clone());
        UrlName { text, href }
    };
    let is_one = reports.len() <= 1;
    let detailed = detailed(reports);
    let mut urls: Vec<UrlView> = detailed
        .iter()
        .filter_map(|at| Some((at + 1, reports.get(*at)?)))
        .map(|(number, url)| {
            let shown = (!is_one).then(|| name(url));
            let is_folded = reports.len() > OPEN && is_well(url.report.state);
            url_view(context, number, shown, is_folded, url)
        })
        .collect();
    if let Some(first) = urls.first_mut() {
        first.has_key = true;
    }
    let target = |(number, url): (usize, &UrlReport)| Target {
        number,
        text: name(url).text,
        state: super::state::StateView::of(context, &url.report),
        has_details: detailed.contains(&(number - 1)),
    };
    let more = reports.len().saturating_sub(detailed.len()) as u64;
    let company = selection.company.name().unwrap_or_default();
    let site = selection.site.name().unwrap_or_default();
    let view = View {
        words: words.site_page,
        home: context.links.page(&Selection::default()),
        company: Link {
            text: context.config.company_name(company).to_owned(),
            href: context.links.page(&Selection {
                company: Filter::Only(company.to_owned()),
                ..Selection::default()
            }),
        },
        name: context.config.site_name(company, site).to_owned(),
        only: reports.first().filter(|_| is_one).map(name),
        urls_list: if is_one {
            Vec::new()
        } else {
            (1..).zip(reports).map(target).collect()
        },
        more_urls: (more > 0).then(|| (words.site_page.more_urls)(&phrase::count(more))),
        urls,
        deciding: match context.config.uptime_by {
            UptimeBy::Time => words.uptime_by_time,
            UptimeBy::Checks => words.uptime_by_checks,
        },
        rule: rule(context),
        json_href: context.links.api(selection),
    };
    render(include_str!("site.html"), &view, words)
}

/// Which URLs have details: those that somebody needs to look at, then the first ones. All details
/// of a thousand would be 30 MB.
fn detailed(reports: &[UrlReport]) -> BTreeSet<usize> {
    let is_well = |at: &usize| {
        reports
            .get(*at)
            .is_some_and(|url| is_well(url.report.state))
    };
    let (well, others): (Vec<usize>, Vec<usize>) = (0..reports.len()).partition(is_well);
    others.into_iter().chain(well).take(MOST_URLS).collect()
}

/// Whether nobody needs to look at it.
fn is_well(state: State) -> bool {
    matches!(
        state,
        State::Up | State::Off | State::Undated | State::Ended
    )
}

fn url_view(
    context: &PageContext,
    number: usize,
    name: Option<UrlName>,
    is_folded: bool,
    url: &UrlReport,
) -> UrlView {
    let report = &url.report;
    let days = context.calendar().last_days(context.now, BAR_DAYS);
    UrlView {
        number,
        level: if name.is_some() { 3 } else { 2 },
        name,
        is_folded,
        is_timed: report.edges().is_some(),
        has_key: false,
        head: Head::of(context, url),
        remarks: remarks(context, report),
        planned_checks: planned_checks(context, &report.figures()),
        uptime_90: Share::of(context, report, &report.figures_of(&days))
            .with_note(since(context, report, &days)),
        bars: bars::rows(context, url),
        windows: windows::rows(context, report),
        whole: Whole::of(context, url),
        response: Response::of(context, report),
        spread: Spread::of(context, report),
        kinds: Kinds::of(context, report),
        months: Grid::of(context, number, url),
        heat: Heat::of(context, report),
        incidents: Incidents::of(context, url),
    }
}

/// What a reader must know about the rows of a log.
fn remarks(context: &PageContext, report: &Report) -> Vec<String> {
    let words = context.words().report;
    let some = |number: u64, sentence: fn(&str) -> String| {
        (number > 0).then(|| sentence(&phrase::count(number)))
    };
    let remarks = [
        checked_rarely(context, report),
        some(report.tally.elsewhere, words.rows_elsewhere),
        some(report.tally.ahead, words.rows_ahead),
    ];
    remarks.into_iter().flatten().collect()
}

/// Since when, if a URL is watched for less than some days.
fn since(context: &PageContext, report: &Report, days: &Range<Day>) -> Option<String> {
    let (first, _) = report.edges()?;
    let is_short = first > context.calendar().start_of(days.start);
    is_short.then(|| (context.words().window_since)(&phrase::day(first, context.calendar())))
}

/// How many checks are in no ratio, if any.
fn planned_checks(context: &PageContext, figures: &Figures) -> Option<String> {
    let checks = figures.planned_checks();
    let sentence = context.words().report.checks_planned;
    (checks > 0).then(|| sentence(&phrase::count(checks)))
}

/// The rules by which the page is made.
fn rule(context: &PageContext) -> String {
    let words = context.words().rules;
    let sentences = [
        (words.uptime)(&phrase::percentage(context.config.min_coverage)),
        deciding(context).to_owned(),
        (words.downtime)(context.config.failure_threshold.get()),
        words.coverage.to_owned(),
        words.repair.to_owned(),
        words.latency.to_owned(),
        words.stale.to_owned(),
        words.bars.to_owned(),
    ];
    sentences.join(" ")
}
