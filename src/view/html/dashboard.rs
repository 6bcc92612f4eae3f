//! The dashboard: the choice, the figures, the table, the faults.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Frame, render};
use crate::log::fault::Faults;
use crate::log::folder::{Listing, SiteLog};
use crate::query::{ALL, Selection};
use crate::stats::tally::{Ratio, Tally};
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

/// Width of an uptime bar in its own units.
const BAR: u64 = 1000;

#[derive(Serialize)]
struct View {
    action: String,
    lang: Option<&'static str>,
    companies: Vec<Choice>,
    sites: Vec<Choice>,
    months: Vec<Choice>,
    heading: String,
    notice: Option<String>,
    empty: bool,
    uptime: String,
    site_count: String,
    checks: String,
    up: String,
    down: String,
    any_down: bool,
    rows: Vec<Row>,
    json_href: String,
    faults: Option<FaultList>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
    selected: bool,
}

#[derive(Serialize)]
struct Row {
    url: String,
    company: String,
    company_href: String,
    site: String,
    site_href: String,
    checks: String,
    up: String,
    down: String,
    any_down: bool,
    uptime: String,
    bar: u64,
    codes: Vec<Code>,
}

#[derive(Serialize)]
struct Code {
    code: String,
    count: String,
}

#[derive(Serialize)]
struct FaultList {
    heading: String,
    rows: Vec<FaultRow>,
    more: Option<String>,
}

#[derive(Serialize)]
struct FaultRow {
    place: String,
    reason: String,
}

/// The page for what `frame.selection` selects. `missing_site` is a site that was asked for
/// but is not there: then all sites are shown, and the page says so.
pub fn render_page(
    frame: &Frame,
    listing: &Listing,
    logs: &[SiteLog],
    missing_site: Option<&str>,
) -> Result<String, RenderError> {
    let words = frame.words();
    let selection = frame.selection;
    let mut total = Tally::default();
    for log in logs {
        total.merge(&log.summary.total());
    }
    let rows: Vec<Row> = logs
        .iter()
        .flat_map(|log| {
            log.summary
                .urls
                .iter()
                .map(|(url, tally)| row(frame, log, url, tally))
        })
        .collect();
    let view = View {
        action: frame.links.page_in(&Selection::default(), None),
        lang: frame.links.lang().map(crate::lang::Lang::tag),
        companies: choices(
            &listing.companies,
            selection.company.as_deref(),
            words,
            str::to_owned,
        ),
        sites: choices(
            &listing.sites,
            selection.site.as_deref(),
            words,
            str::to_owned,
        ),
        months: choices(
            &months(listing),
            selection.year_month.as_deref(),
            words,
            |month| phrase::month(month, words),
        ),
        heading: heading(selection, words),
        notice: missing_site.map(words.site_not_found),
        empty: rows.is_empty(),
        uptime: total.uptime().to_string(),
        site_count: phrase::count(rows.len() as u64),
        checks: phrase::count(total.total()),
        up: phrase::count(total.up),
        down: phrase::count(total.down),
        any_down: total.down > 0,
        rows,
        json_href: frame.links.api(selection),
        faults: fault_list(&listing.faults, words),
    };
    let body = render(include_str!("dashboard.html"), &view, words)?;
    frame.around(
        if *selection == Selection::default() {
            ""
        } else {
            &view.heading
        },
        &body,
    )
}

/// What the page is about: company, site and month, or everything.
fn heading(selection: &Selection, words: &Words) -> String {
    let month = selection
        .year_month
        .as_deref()
        .map(|month| phrase::month(month, words));
    let parts: Vec<String> = [selection.company.clone(), selection.site.clone(), month]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() {
        words.everything.to_owned()
    } else {
        parts.join(" / ")
    }
}

/// The months there are, newest first, each year before its months.
fn months(listing: &Listing) -> Vec<String> {
    let months = listing.months.iter().filter(|month| !month.is_empty());
    let mut all: BTreeSet<&str> = months.clone().map(String::as_str).collect();
    all.extend(
        months
            .filter(|m| m.len() == 6 && m.bytes().all(|b| b.is_ascii_digit()))
            .map(|m| &m[..4]),
    );
    let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    // `2024` stands before `202411` and after `202312`, as a heading would.
    all.sort_by(|a, b| {
        b.get(..4)
            .cmp(&a.get(..4))
            .then(a.len().cmp(&b.len()))
            .then(b.cmp(a))
    });
    all
}

/// The options of a select: "all" first. A value that is chosen but not there (a month
/// without logs) is offered too, so that the form shows what the page shows.
fn choices<'a>(
    values: impl IntoIterator<Item = &'a String>,
    chosen: Option<&str>,
    words: &Words,
    text: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        text: text(value),
        selected: chosen == Some(value),
    };
    let mut choices = vec![Choice {
        value: ALL.to_owned(),
        text: words.show_all.to_owned(),
        selected: chosen.is_none(),
    }];
    choices.extend(values.into_iter().map(|value| choice(value)));
    if let (Some(value), false) = (chosen, choices.iter().any(|choice| choice.selected)) {
        choices.push(choice(value));
    }
    choices
}

fn row(frame: &Frame, log: &SiteLog, url: &str, tally: &Tally) -> Row {
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
    let name = if url.is_empty() {
        frame.words().no_name
    } else {
        url
    };
    Row {
        url: name.to_owned(),
        company: log.company.clone(),
        company_href: frame.links.page(&company),
        site: log.site.clone(),
        site_href: frame.links.page(&site),
        checks: phrase::count(tally.total()),
        up: phrase::count(tally.up),
        down: phrase::count(tally.down),
        any_down: tally.down > 0,
        uptime: tally.uptime().to_string(),
        bar: bar(tally.uptime()),
        codes: tally
            .codes
            .iter()
            .map(|(code, count)| Code {
                code: code.clone(),
                count: phrase::count(*count),
            })
            .collect(),
    }
}

/// The up part of a bar. A single failure takes at least a fiftieth of it: one that can't
/// be seen would read as none.
fn bar(uptime: Ratio) -> u64 {
    if uptime.part == uptime.whole {
        return BAR;
    }
    let part = u128::from(uptime.part) * u128::from(BAR) / u128::from(uptime.whole);
    u64::try_from(part).map_or(0, |part| part.min(BAR - BAR / 50))
}

fn fault_list(faults: &Faults, words: &Words) -> Option<FaultList> {
    let rows: Vec<FaultRow> = faults
        .first
        .iter()
        .map(|fault| FaultRow {
            place: phrase::place(fault, words),
            reason: phrase::fault(&fault.reason, words),
        })
        .collect();
    let more = faults.count - rows.len() as u64;
    (faults.count > 0).then(|| FaultList {
        heading: (words.faults_count)(&phrase::count(faults.count)),
        rows,
        more: (more > 0).then(|| (words.faults_more)(&phrase::count(more))),
    })
}
