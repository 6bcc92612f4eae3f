//! A year as a grid: sites by months, each cell a link to the report of its month.

use serde::Serialize;

use super::parts::{Dated, Rating};
use super::render;
use super::report::{
    Shown, Subject, VerdictBlock, bar, company_href, day_range, figures_section, is_provisional,
    notices, remarks, rule, site_href, stage, together,
};
use super::verdict::{VerdictView, common_target};
use crate::answer::UrlReport;
use crate::calendar;
use crate::check::Day;
use crate::period::Period;
use crate::query::{Filter, Selection};
use crate::stats::figures::{Figures, Uptime};
use crate::stats::group::Group;
use crate::stats::report::Report;
use crate::store::folder::Listing;
use crate::view::context::PageContext;
use crate::view::{RenderError, phrase};

#[derive(Serialize)]
struct View {
    title: String,
    dates: String,
    stage: Option<&'static str>,
    empty: bool,
    notices: Vec<String>,
    verdict: Option<VerdictBlock>,
    figures: String,
    months: Vec<Month>,
    companies: Vec<Company>,
    /// From which uptime on a target is met, missed, missed by far; if all have the same.
    key: Option<[String; 3]>,
    rule: String,
}

/// The head of a column.
#[derive(Serialize)]
struct Month {
    name: String,
    /// The day up to which it is known, while it is in progress.
    until: Option<String>,
}

#[derive(Serialize)]
struct Company {
    name: String,
    href: String,
    cells: Vec<Cell>,
    year: Cell,
    sites: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    remarks: Vec<Dated>,
    cells: Vec<Cell>,
    year: Cell,
}

#[derive(Serialize)]
struct Cell {
    text: String,
    rating: &'static str,
    /// `None` where there is nothing to open.
    href: Option<String>,
    note: Option<String>,
}

/// The content of a year's report.
pub(super) fn content(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
    year: Period,
) -> Result<String, RenderError> {
    let words = context.words().report;
    let subject = Subject::of(context);
    let shown = subject.shown(context, reports);
    let group = together(context, &shown);
    let all: Vec<&UrlReport> = reports.iter().collect();
    let companies = shown
        .chunk_by(|one, next| one.url.company == next.url.company)
        .map(|sites| company(context, &subject, sites, year))
        .collect();
    let last = subject.last_day(context);
    let target = common_target(shown.iter().map(|site| site.url.report.target.uptime));
    let view = View {
        title: (words.year_title)(&year.to_string()),
        dates: day_range(context, subject.days.start, last),
        stage: stage(context, &subject, &shown),
        empty: shown.is_empty(),
        notices: notices(context, &subject, &all),
        verdict: (!shown.is_empty()).then(|| VerdictBlock::of(context, &subject, &shown, &group)),
        figures: figures_section(context, &subject, &shown, &group)?,
        months: year
            .each_month()
            .map(|month| head(context, month))
            .collect(),
        companies,
        key: target.map(|target| key(context, target)),
        rule: rule(context, shown.len() > 1, is_provisional(&shown)),
    };
    let grid = render(include_str!("year.html"), &view, words)?;
    Ok(bar(context, &subject, listing, reports)? + &grid)
}

fn head(context: &PageContext, month: Period) -> Month {
    let words = context.words().report;
    let days = month.days();
    let today = context.today();
    let is_going = days.contains(&today) && context.calendar().span(&days).end > context.now;
    Month {
        name: (words.month_of_year)(calendar::date(days.start).month()),
        until: is_going.then(|| (words.until_day)(calendar::date(today).day())),
    }
}

fn key(context: &PageContext, target: u64) -> [String; 3] {
    let words = context.words().report;
    let far = 100_000_u64.saturating_sub(10 * (100_000 - target));
    let [target, far] = [target, far].map(phrase::percentage);
    [
        (words.grid_key_met)(&target),
        (words.grid_key_missed)(&far, &target),
        (words.grid_key_far)(&far),
    ]
}

fn company(context: &PageContext, subject: &Subject, sites: &[Shown], year: Period) -> Company {
    let name = sites.first().map_or("", |site| site.url.company);
    let by = context.config.uptime_by;
    let target = common_target(sites.iter().map(|site| site.url.report.target.uptime));
    let mut groups: Vec<Group> = year.each_month().map(|_| Group::default()).collect();
    let mut rows = Vec::new();
    for site in sites {
        let report = &site.url.report;
        let mut cells = Vec::new();
        for (month, group) in year.each_month().zip(&mut groups) {
            let figures = report.figures_in(month);
            group.add(report, &figures, by);
            cells.push(site_cell(context, site, &figures, month));
        }
        rows.push(row(context, subject, site, cells));
    }
    let selection = |month: Period| Selection {
        company: Filter::Only(name.to_owned()),
        site: context.selection().site.clone(),
        months: month.months(),
        ..Selection::default()
    };
    let is_here = context.selection().company.name() == Some(name);
    let year_href = if is_here {
        company_href(context, name)
    } else {
        context.links.page(&selection(year))
    };
    let month_cell = |(month, group): (Period, Group)| {
        let uptime = group.uptime(by);
        cell(context, uptime, target, month, || {
            context.links.page(&selection(month))
        })
    };
    let whole = together(context, sites).uptime(by);
    Company {
        name: context.config.company_name(name).to_owned(),
        href: company_href(context, name),
        cells: year.each_month().zip(groups).map(month_cell).collect(),
        year: cell(context, whole, target, year, || year_href),
        sites: rows,
    }
}

fn row(context: &PageContext, subject: &Subject, site: &Shown, cells: Vec<Cell>) -> Row {
    let report = &site.url.report;
    let by = context.config.uptime_by;
    let uptime = report.uptime(&site.figures, by);
    let verdict = report.verdict(&site.figures, by);
    let verdict = VerdictView::of(
        verdict,
        &site.figures,
        None,
        subject.progress,
        context.words(),
    );
    Row {
        name: site.name.clone(),
        href: site_href(context, site),
        remarks: remarks(context, subject, site),
        cells,
        year: Cell {
            text: text(uptime),
            rating: Rating::of(uptime, report.target.uptime).name(),
            href: Some(site_href(context, site)),
            note: Some(verdict.word.to_owned()),
        },
    }
}

fn site_cell(context: &PageContext, site: &Shown, figures: &Figures, month: Period) -> Cell {
    let report = &site.url.report;
    let uptime = report.uptime(figures, context.config.uptime_by);
    let href = || {
        context.links.page(&Selection {
            company: Filter::Only(site.url.company.to_owned()),
            site: Filter::Only(site.url.site.to_owned()),
            months: month.months(),
            ..Selection::default()
        })
    };
    Cell {
        note: note(context, report, figures, month),
        ..cell(context, uptime, Some(report.target.uptime), month, href)
    }
}

/// An uptime of some months; blank if they have not begun.
fn cell(
    context: &PageContext,
    uptime: Uptime,
    target: Option<u64>,
    months: Period,
    href: impl FnOnce() -> String,
) -> Cell {
    let is_future = months.days().start > context.today();
    let rating = match (uptime.thousandths(), target) {
        (None, _) => Rating::Unknown,
        (Some(_), Some(target)) => Rating::of(uptime, target),
        (Some(_), None) => Rating::Met,
    };
    let is_known = rating != Rating::Unknown;
    Cell {
        text: if is_future && !is_known {
            String::new()
        } else {
            text(uptime)
        },
        rating: rating.name(),
        href: is_known.then(href),
        note: None,
    }
}

/// Grids leave out the percent sign.
fn text(uptime: Uptime) -> String {
    let text = uptime.to_string();
    text.trim_end_matches('%').to_owned()
}

/// That a site is younger than a month, or was not watched enough in it.
fn note(
    context: &PageContext,
    report: &Report,
    figures: &Figures,
    month: Period,
) -> Option<String> {
    let words = context.words().report;
    let days = month.days();
    let first = report
        .edges()
        .map(|(first, _)| context.calendar().day_of(first));
    let is_late = |first: &Day| days.contains(first) && *first > days.start;
    if let Some(first) = first.filter(is_late) {
        let end = days.end.min(context.today().plus(1));
        return Some((words.days_of)(i64::from(end.0) - i64::from(first.0)));
    }
    let coverage = figures.seconds.coverage();
    let is_low = coverage.part > 0 && !figures.seconds.is_covered(context.config.min_coverage);
    let percent = coverage.thousandths().map(|share| share / 1000);
    percent.filter(|_| is_low).map(words.cell_coverage)
}
