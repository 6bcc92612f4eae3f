//! The links above a report: to its neighbours in time, its year, its company, and other days.

use serde::Serialize;

use super::dates;
use super::subject::Subject;
use crate::answer::UrlReport;
use crate::period::{Days, Period};
use crate::query::{Filter, Selection};
use crate::store::folder::Listing;
use crate::view::RenderError;
use crate::view::context::PageContext;
use crate::view::html::render;

#[derive(Serialize)]
struct View {
    previous: Option<Link>,
    next: Option<Link>,
    year: Option<Link>,
    present: Link,
    ranges: Vec<Link>,
    json: Option<String>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    text: String,
}

/// The lengths of the ranges that end today.
const LENGTHS: [i32; 3] = [7, 30, 90];

/// The links above a report, and above the year's grid.
pub(in crate::view::html) fn bar(
    context: &PageContext,
    subject: &Subject,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let words = context.words().report;
    let link = |period: Period, text: String| Link {
        href: period_href(context, period),
        text,
    };
    let period = subject.period;
    let previous = period
        .and_then(Period::previous)
        .filter(|period| has_something_up_to(context, *period, listing, reports));
    let next = period
        .and_then(Period::next)
        .filter(|period| has_something_from(context, *period, listing));
    let name = |period: Period| {
        let name = dates::period_name(context, period);
        let days = period.days();
        if days.contains(&context.today()) {
            (words.unfinished_name)(&name)
        } else {
            name
        }
    };
    let in_year = period.filter(|period| !period.is_year()).map(Period::year);
    let year_name = |year: Period| (words.year_name)(&year.to_string());
    let names = [words.last_7_days, words.last_30_days, words.last_90_days];
    let range = |(length, name): (i32, &str)| Link {
        href: range_href(context, length),
        text: name.to_owned(),
    };
    let month = Period::of_day(context.today()).and_then(Period::previous);
    let last_month = month.map(|month| link(month, words.last_month.to_owned()));
    let view = View {
        previous: previous.map(|period| link(period, name(period))),
        next: next.map(|period| link(period, name(period))),
        year: in_year.map(|year| link(year, year_name(year))),
        present: Link {
            href: context.links.page(&Selection {
                company: context.selection().company.clone(),
                site: context.selection().site.clone(),
                ..Selection::default()
            }),
            text: words.present.to_owned(),
        },
        ranges: LENGTHS
            .into_iter()
            .zip(names)
            .map(range)
            .chain(last_month)
            .collect(),
        json: period.map(|_| {
            let api = context.links.api(context.selection());
            format!("{api}?include=days,incidents,latency,coverage")
        }),
    };
    render(include_str!("bar.html"), &view, words)
}

fn period_href(context: &PageContext, period: Period) -> String {
    context.links.page(&Selection {
        months: period.months(),
        days: Days::OfMonths,
        ..context.selection().clone()
    })
}

fn range_href(context: &PageContext, length: i32) -> String {
    let days = context.calendar().last_days(context.now, length);
    let Selection { company, site, .. } = context.selection().clone();
    context.links.page(&Selection {
        company,
        site,
        days: Days::Range(days),
        ..Selection::default()
    })
}

/// Whether the logs have anything in a period or before it.
fn has_something_up_to(
    context: &PageContext,
    period: Period,
    listing: &Listing,
    reports: &[UrlReport],
) -> bool {
    let end = context.calendar().start_of(period.days().end);
    let edges = reports.iter().filter_map(|url| url.report.edges());
    let name = period.to_string();
    let is_before = |month: &String| {
        let is_month = Period::parse(month).is_some_and(Period::is_month);
        is_month
            && month
                .get(..name.len())
                .is_some_and(|start| start <= name.as_str())
    };
    edges.into_iter().any(|(first, _)| first < end) || listing.months.iter().any(is_before)
}

/// Whether a period has begun, or the logs have something in it.
fn has_something_from(context: &PageContext, period: Period, listing: &Listing) -> bool {
    let name = period.to_string();
    let has_begun = period.days().start <= context.today();
    has_begun || listing.months.iter().any(|month| month.starts_with(&name))
}

/// The page of one company, or of all that is selected.
pub(in crate::view::html) fn company_href(context: &PageContext, company: &str) -> String {
    context.links.page(&Selection {
        company: Filter::Only(company.to_owned()),
        ..Selection::default()
    })
}
