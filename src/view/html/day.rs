//! One day of one site folder, check by check. Its figures are those of the reports, as everywhere;
//! marks, hours and the list of failed checks are of the checks themselves.

use serde::Serialize;

use super::parts::{Rating, names, url_name};
use super::render;
use crate::answer::UrlReport;
use crate::calendar;
use crate::check::Day;
use crate::load::day::UrlDay;
use crate::period::{Days, Months};
use crate::query::Selection;
use crate::view::RenderError;
use crate::view::context::PageContext;
use crate::view::phrase;
use crate::view::words::{DayWords, MOST_URLS};
use chart::DayChart;
use clock::{Clock, long_date, short_date};
use failed::Failed;
use hours::HourRow;
use incidents::{IncidentRow, NoteRow};
use links::{Link, Step, crumbs, steps};
use summary::{Figure, figures_line, notice, remarks, some};

mod chart;
mod clock;
mod failed;
mod hours;
mod incidents;
mod links;
mod summary;

#[derive(Serialize)]
struct View {
    d: &'static DayWords,
    crumbs: Vec<Link>,
    short: String,
    date: String,
    machine: String,
    steps: Vec<Step>,
    empty: bool,
    /// Links to the sections, if there are several.
    index: Vec<IndexRow>,
    more_urls: Option<String>,
    urls: Vec<UrlView>,
    has_details: bool,
    report_href: String,
    json_href: String,
}

#[derive(Serialize)]
struct IndexRow {
    href: Option<String>,
    url: String,
    uptime: String,
    rating: &'static str,
    checks: String,
    failed: String,
    has_failed: bool,
}

#[derive(Serialize)]
struct UrlView {
    id: String,
    /// Of its parts' ids.
    number: usize,
    url: String,
    /// Whether it has a heading of its own.
    is_one_of_several: bool,
    /// The id of that heading and a blank, as its parts are labelled by it, too.
    name_id: String,
    /// The level of its parts' headings.
    level: &'static str,
    figures: Vec<Figure>,
    /// How many checks are in no ratio.
    aside: Option<String>,
    remarks: Vec<String>,
    /// Why there is nothing to show, if there is not.
    notice: Option<String>,
    detail: Option<Detail>,
    incidents: Vec<IncidentRow>,
    more_incidents: Option<String>,
    notes: Vec<NoteRow>,
}

/// What the checks themselves show.
#[derive(Serialize)]
struct Detail {
    chart: DayChart,
    failed: Failed,
    hours: Vec<HourRow>,
}

/// What the window's title begins with.
pub(super) fn about(context: &PageContext, day: Day) -> String {
    let selection = context.selection();
    let company = selection.company.name().unwrap_or_default();
    let site = selection.site.name().unwrap_or_default();
    let site = context.config.site_name(company, site);
    format!("{} {site}", long_date(day, context.words()))
}

pub(super) fn content(
    context: &PageContext,
    reports: &[UrlReport],
    day: Day,
) -> Result<String, RenderError> {
    let words = context.words();
    let names = names(context, reports);
    let several = reports.len() > 1;
    let shown = reports.iter().take(MOST_URLS).enumerate();
    let urls = shown.map(|(number, url)| UrlView {
        is_one_of_several: several,
        name_id: if several {
            format!("name-{} ", number + 1)
        } else {
            String::new()
        },
        level: if several { "h3" } else { "h2" },
        ..url_view(
            context,
            number + 1,
            url_name(url.url, &names, words),
            url,
            day,
        )
    });
    let urls: Vec<UrlView> = urls.collect();
    let index_row = |(number, url): (usize, &UrlReport)| {
        let figures = url.report.figures_of(&(day..day.plus(1)));
        let uptime = url.report.uptime(&figures, context.config.uptime_by);
        IndexRow {
            href: (number < MOST_URLS).then(|| format!("#{}", id(number + 1))),
            url: url_name(url.url, &names, words).to_owned(),
            uptime: uptime.to_string(),
            rating: Rating::of(uptime, url.report.target.uptime).name(),
            checks: phrase::count(figures.total_checks()),
            failed: phrase::count(figures.failed_checks()),
            has_failed: figures.failed_checks() > 0,
        }
    };
    let index = reports.iter().enumerate().filter(|_| several);
    let more = reports.len().saturating_sub(MOST_URLS) as u64;
    let month = Selection {
        months: Months::Beginning(calendar::date(day).strftime("%Y%m").to_string()),
        days: Days::OfMonths,
        ..context.selection().clone()
    };
    let view = View {
        d: words.day_page,
        crumbs: crumbs(context),
        short: short_date(calendar::date(day), words),
        date: long_date(day, words),
        machine: calendar::date(day).to_string(),
        steps: steps(context, reports, day),
        empty: reports.is_empty(),
        index: index.map(index_row).collect(),
        more_urls: (more > 0).then(|| (words.day_page.more_urls)(&phrase::count(more))),
        has_details: urls.iter().any(|url| url.detail.is_some()),
        urls,
        report_href: context.links.page(&month),
        json_href: context.links.api(&month),
    };
    render(include_str!("day.html"), &view, words)
}

/// The id of a URL's section, from 1.
fn id(number: usize) -> String {
    format!("url-{number}")
}

fn url_view(
    context: &PageContext,
    number: usize,
    name: &str,
    url: &UrlReport,
    day: Day,
) -> UrlView {
    let nothing = UrlDay::default();
    let log = context.day;
    let of_url = log
        .and_then(|log| log.urls.get(url.url))
        .unwrap_or(&nothing);
    let words = context.words();
    let clock = Clock::new(day, &of_url.checks, context.calendar(), words);
    let figures = url.report.figures_of(&(day..day.plus(1)));
    let (incidents, more_incidents) = incidents::incidents(context, url, &figures, &clock);
    let has_checks = !of_url.checks.is_empty();
    let detail = log.filter(|_| has_checks).map(|log| Detail {
        chart: DayChart::of(context, of_url, &figures, &clock),
        failed: Failed::of(log, &of_url.checks, &figures, &clock, words),
        hours: hours::rows(context, &clock.hours, &of_url.checks),
    });
    UrlView {
        id: id(number),
        number,
        url: name.to_owned(),
        is_one_of_several: false,
        name_id: String::new(),
        level: "",
        figures: if figures.total_checks() > 0 || figures.has_time() {
            figures_line(context, &url.report, &figures)
        } else {
            Vec::new()
        },
        aside: some(figures.planned_checks(), words.report.checks_planned),
        remarks: remarks(context, &figures, of_url),
        notice: notice(context, &url.report, &figures, day),
        detail,
        incidents,
        more_incidents,
        notes: incidents::notes(context, url, &figures, &clock),
    }
}
