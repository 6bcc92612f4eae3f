//! A company in an overview: its sites in a table, under a line that says how they are together.

use std::ops::Range;

use serde::Serialize;

use super::days::Bars;
use super::now::Shown;
use super::parts::Rating;
use super::site_row::{Detail, Row};
use super::state::signal;
use crate::calendar;
use crate::check::Day;
use crate::period::Months;
use crate::query::{Filter, Selection};
use crate::stats::group::Group;
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::view::bars::Geometry;
use crate::view::context::PageContext;
use crate::view::signal::Signal;

/// A company with its rows.
#[derive(Serialize)]
pub(super) struct Company {
    /// In the order of names, so that ids stay the same whatever is first.
    number: usize,
    name: String,
    sites: String,
    caption: String,
    pub open: bool,
    pub hidden: bool,
    uptime: Together,
    /// How many are in which state that is not up.
    states: Vec<StateCount>,
    /// Of one that is closed.
    bars: Option<Bars>,
    links: Vec<Link>,
    rows: Vec<Row>,
}

/// The uptime of several sites.
#[derive(Serialize)]
pub(super) struct Together {
    text: String,
    rating: &'static str,
}

/// A state with the number of sites in it, as `state.html` prints it.
#[derive(Serialize)]
struct StateCount {
    signal: &'static str,
    shape: &'static str,
    word: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    text: String,
}

/// When a company is shown open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    /// With all sites up.
    pub calm: bool,
    /// With a site that is not.
    pub alarmed: bool,
}

impl Together {
    /// The uptime of the last 30 days, the time of all sites added up.
    pub(super) fn of(context: &PageContext, sites: &[Shown]) -> Self {
        let by = context.config.uptime_by;
        let mut group = Group::default();
        let any_dated = sites.iter().any(|site| site.windows[1].is_some());
        for site in sites {
            let report = &site.url.report;
            match &site.windows[1] {
                Some(month) => group.add(report, &month.figures, by),
                None if !any_dated => group.add(report, &report.figures(), by),
                None => {}
            }
        }
        let uptime = group.uptime(by);
        let target = sites.iter().map(|site| site.url.report.target.uptime).min();
        Self {
            text: uptime.to_string(),
            rating: Rating::of(uptime, target.unwrap_or(0)).name(),
        }
    }
}

impl Company {
    pub(super) fn of(
        context: &PageContext,
        number: usize,
        sites: &[Shown],
        rows: Vec<Row>,
        detail: Detail,
        opening: Opening,
        days: &Range<Day>,
    ) -> Self {
        let words = context.words().overview;
        let reports: Vec<&Report> = sites.iter().map(|site| &site.url.report).collect();
        let is_calm = reports.iter().all(|report| report.state >= State::Off);
        let open = if is_calm {
            opening.calm
        } else {
            opening.alarmed
        };
        let (folder, name) = sites
            .first()
            .map_or(("", ""), |site| (site.url.company, site.company));
        Self {
            number,
            name: name.to_owned(),
            sites: (words.sites)(sites.len()),
            caption: (words.sites_of)(name),
            open,
            hidden: false,
            uptime: Together::of(context, sites),
            states: states(context, &reports),
            bars: (!open).then(|| Bars::of_all(context, &reports, days, Geometry::ROW)),
            links: links(context, folder, &reports, detail),
            rows,
        }
    }
}

/// How many sites are in each state but up, worst first; or that all are up.
fn states(context: &PageContext, reports: &[&Report]) -> Vec<StateCount> {
    let words = context.words();
    let states = [
        State::Down,
        State::StaleDown,
        State::Unconfirmed,
        State::Maintenance,
        State::Off,
        State::Undated,
    ];
    let mut counts = Vec::new();
    for state in states {
        let is_of = |report: &&&Report| {
            let both_stale = state == State::StaleDown && report.state == State::Stale;
            report.state == state || both_stale
        };
        let count = reports.iter().filter(is_of).count();
        let (signal, word) = signal(state, words);
        if count > 0 {
            counts.push(StateCount {
                signal: signal.name(),
                shape: signal.shape(),
                word: format!("{word} {count}"),
            });
        }
    }
    if counts.is_empty() {
        counts.push(StateCount {
            signal: Signal::Up.name(),
            shape: Signal::Up.shape(),
            word: words.overview.all_up.to_owned(),
        });
    }
    counts
}

/// The report of the latest month that is over; where rows have no bars, also the company's page.
fn links(context: &PageContext, company: &str, reports: &[&Report], detail: Detail) -> Vec<Link> {
    let all = Selection {
        company: Filter::Only(company.to_owned()),
        ..Selection::default()
    };
    let is_shown_alone = context.selection().company != Filter::All;
    let page = Link {
        href: context.links.page(&all),
        text: context.words().overview.company_page.to_owned(),
    };
    let page = (detail == Detail::Numbers && !is_shown_alone).then_some(page);
    let month = finished_month(context, reports).map(|(months, text)| Link {
        href: context.links.page(&Selection { months, ..all }),
        text,
    });
    page.into_iter().chain(month).collect()
}

/// The latest month that is over and that some site was watched in, and what its report is called.
fn finished_month(context: &PageContext, reports: &[&Report]) -> Option<(Months, String)> {
    let calendar = context.calendar();
    let edges = || reports.iter().filter_map(|report| report.edges());
    let first = edges().map(|(first, _)| first).min()?;
    let last = edges().map(|(_, last)| last).max()?;
    let this_month = calendar::date(context.today()).first_of_month();
    let before = this_month.yesterday().ok()?;
    let last = calendar.civil(last).date().min(before);
    if calendar.civil(first).date() > last {
        return None;
    }
    let month = last.strftime("%Y%m").to_string();
    let words = context.words();
    let text = if last.year() == this_month.year() {
        (words.overview.report_of_month)(last.month())
    } else {
        (words.overview.report_of)(&crate::view::phrase::month(&month, words))
    };
    Some((Months::Beginning(month), text))
}
