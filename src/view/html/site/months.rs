//! The uptime of every month and year, each with a link to its report.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::UrlReport;
use crate::calendar;
use crate::period::{Months, Period};
use crate::query::Selection;
use crate::stats::figures::Figures;
use crate::stats::tally::Undated;
use crate::view::context::PageContext;
use crate::view::html::parts::{Rating, if_timed, low_coverage};
use crate::view::phrase::{self, NONE};

#[derive(Serialize)]
pub(super) struct Grid {
    names: Vec<String>,
    years: Vec<YearRow>,
    /// Files whose names say no month.
    others: Vec<Link>,
    /// The latest month that is over.
    latest: Option<Link>,
    key: Key,
}

#[derive(Serialize)]
struct YearRow {
    year: String,
    months: Vec<Cell>,
    whole: Cell,
}

#[derive(Serialize)]
struct Cell {
    /// Stable, so that a refresh finds the link again.
    id: String,
    name: String,
    rating: &'static str,
    text: String,
    coverage: Option<String>,
    /// `None` without checks.
    href: Option<String>,
    title: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    text: String,
}

/// What the colours mean.
#[derive(Serialize)]
struct Key {
    met: String,
    missed: String,
    far: String,
    note: String,
}

/// Which months have checks; rows without times are in the month of their file.
fn known(url: &UrlReport) -> BTreeSet<String> {
    let course = url.report.course.iter();
    let days = course.flat_map(|course| course.days().iter());
    let dated = days.map(|(day, _)| calendar::date(day).strftime("%Y%m").to_string());
    let undated = url.summary.months.iter();
    let undated = undated.filter(|(_, tally)| tally.undated.total() > 0);
    dated
        .chain(undated.map(|(month, _)| month.clone()))
        .collect()
}

/// The figures of a month or year, with the rows of its files that have no time.
fn figures<'a>(url: &'a UrlReport, period: Period) -> Figures<'a> {
    let months = period.months();
    let mut undated = Undated::default();
    for (_, tally) in url.summary.months.iter().filter(|(month, _)| {
        months
            .beginning()
            .is_some_and(|text| month.starts_with(text))
    }) {
        undated.merge(tally.undated);
    }
    Figures {
        undated,
        ..url.report.figures_of(&period.days())
    }
}

fn href(context: &PageContext, months: Months) -> String {
    context.links.page(&Selection {
        months,
        ..context.selection().clone()
    })
}

impl Grid {
    /// `number` is that of the URL on its page.
    pub(super) fn of(context: &PageContext, number: usize, url: &UrlReport) -> Self {
        let words = context.words().site_page;
        let mut by_year: BTreeMap<String, BTreeSet<Period>> = BTreeMap::new();
        let mut others = Vec::new();
        for month in known(url) {
            match Period::parse(&month).filter(|_| month.len() == 6) {
                Some(period) => {
                    by_year
                        .entry(month[..4].to_owned())
                        .or_default()
                        .insert(period);
                }
                None => others.push(Link {
                    text: phrase::month(&month, context.words()),
                    href: href(context, Months::Beginning(month)),
                }),
            }
        }
        let today = calendar::date(context.today()).strftime("%Y%m").to_string();
        let all = by_year.values().flatten();
        let is_over = |month: &&Period| month.to_string() < today;
        let latest = all.filter(is_over).max().map(|month| Link {
            href: href(context, month.months()),
            text: (words.report_of)(&phrase::month(&month.to_string(), context.words())),
        });
        let year = |(year, months): (&String, &BTreeSet<Period>)| YearRow {
            year: (context.words().year)(year),
            months: (1..=12)
                .map(|n| {
                    let text = format!("{year}{n:02}");
                    let name = (words.month_name)(n);
                    let period = Period::parse(&text).filter(|one| months.contains(one));
                    match period {
                        Some(period) => cell(context, number, url, period, name),
                        None => Cell::empty(name, text > today),
                    }
                })
                .collect(),
            whole: match Period::parse(year) {
                Some(period) => {
                    let name = words.whole_year.to_owned();
                    cell(context, number, url, period, name)
                }
                None => Cell::empty(String::new(), true),
            },
        };
        Self {
            names: (1..=12).map(words.month_name).collect(),
            years: by_year.iter().rev().map(year).collect(),
            others,
            latest,
            key: key(context, url.report.target.uptime),
        }
    }
}

fn key(context: &PageContext, target: u64) -> Key {
    let words = context.words().site_page;
    let bare = |share| phrase::percentage(share).trim_end_matches('%').to_owned();
    let far = 100_000_u64.saturating_sub(10 * 100_000_u64.saturating_sub(target));
    Key {
        met: (words.at_or_over)(&bare(target)),
        missed: (words.between)(&bare(far), &bare(target)),
        far: (words.under)(&bare(far)),
        note: (words.target_note)(&phrase::percentage(target)),
    }
}

fn cell(
    context: &PageContext,
    number: usize,
    url: &UrlReport,
    period: Period,
    name: String,
) -> Cell {
    let words = context.words();
    let figures = figures(url, period);
    let uptime = url.report.uptime(&figures, context.config.uptime_by);
    let text = uptime.to_string();
    let downtime = if_timed(&figures, || phrase::duration(figures.seconds.down, words));
    let counts = [figures.failed_checks(), figures.total_checks()].map(phrase::count);
    let [down, total] = &counts;
    let month = phrase::month(&period.to_string(), words);
    Cell {
        id: format!("month-{number}-{period}"),
        name,
        rating: Rating::of(uptime, url.report.target.uptime).name(),
        title: (words.site_page.month_title)(&month, &text, &downtime, down, total),
        text: text.trim_end_matches('%').to_owned(),
        coverage: low_coverage(context, &figures.seconds),
        href: Some(href(context, period.months())),
    }
}

impl Cell {
    /// A month without checks, or one that has not begun.
    fn empty(name: String, is_to_come: bool) -> Self {
        Self {
            id: String::new(),
            name,
            rating: Rating::Unknown.name(),
            text: if is_to_come { "" } else { NONE }.to_owned(),
            coverage: None,
            href: None,
            title: String::new(),
        }
    }
}
