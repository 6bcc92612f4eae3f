//! Planned maintenance, apart from incidents: that of the notes, and that of rows of the log.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::dates;
use super::subject::{Shown, Subject};
use crate::calendar;
use crate::check::{Day, Moment};
use crate::log::notes::NoteKind;
use crate::view::context::PageContext;
use crate::view::html::render;
use crate::view::{RenderError, phrase};

/// How many rows a letter has.
const ROWS: usize = 100;

#[derive(Serialize)]
struct View {
    rows: Vec<Row>,
    more: Option<String>,
    heading: &'static str,
}

#[derive(Serialize)]
struct Row {
    #[serde(skip)]
    from: Moment,
    when: String,
    length: String,
    sites: String,
    text: String,
}

/// The sites of a row, or that it is all of them.
pub(super) fn sites_of(context: &PageContext, sites: &[&str], all: usize) -> String {
    let words = context.words().report;
    if sites.len() == all && all > 1 {
        words.all_sites.to_owned()
    } else {
        sites.join(words.list_separator)
    }
}

/// The maintenance of some sites; empty without any.
pub(super) fn section(
    context: &PageContext,
    subject: &Subject,
    shown: &[Shown],
    heading: &'static str,
) -> Result<String, RenderError> {
    let words = context.words().report;
    let year = calendar::date(subject.last_day(context)).year();
    let mut rows = noted(context, subject, shown, year);
    rows.extend(logged(context, subject, shown, year));
    rows.sort_by_key(|row| row.from);
    if rows.is_empty() {
        return Ok(String::new());
    }
    let more = rows.len().saturating_sub(ROWS) as u64;
    rows.truncate(ROWS);
    let view = View {
        rows,
        more: (more > 0).then(|| (words.more_rows)(&phrase::count(more))),
        heading,
    };
    render(include_str!("maintenance.html"), &view, words)
}

/// What was noted: one row for the sites with the same time and text.
fn noted(context: &PageContext, subject: &Subject, shown: &[Shown], year: i16) -> Vec<Row> {
    let mut notes: BTreeMap<(Moment, Moment, &str), Vec<&str>> = BTreeMap::new();
    for site in shown {
        let url = site.url;
        for note in context.notes.of(url.company, url.site, url.url) {
            let Range { start, end } = note.span;
            let is_here = start < subject.span.end && subject.span.start < end;
            if is_here && note.kind == NoteKind::Maintenance {
                let sites = notes.entry((start, end, &note.text)).or_default();
                if !sites.contains(&site.name.as_str()) {
                    sites.push(&site.name);
                }
            }
        }
    }
    let row = |((from, to, text), sites): ((Moment, Moment, &str), Vec<&str>)| Row {
        from,
        when: dates::span(context, &(from..to), year),
        length: phrase::duration(to.since(from), context.words()),
        sites: sites_of(context, &sites, shown.len()),
        text: text.to_owned(),
    };
    notes.into_iter().map(row).collect()
}

/// What rows of the log call maintenance: one row for days that follow each other.
fn logged(context: &PageContext, subject: &Subject, shown: &[Shown], year: i16) -> Vec<Row> {
    let words = context.words();
    let mut rows = Vec::new();
    for site in shown {
        let days = site.url.report.maintenance_rows(&subject.days);
        let follows = |(one, _): &(Day, i64), (next, _): &(Day, i64)| one.plus(1) == *next;
        for run in days.chunk_by(follows) {
            let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else {
                continue;
            };
            let seconds: i64 = run.iter().map(|(_, seconds)| seconds).sum();
            let from = dates::day(context, *first, year);
            let when = if first == last {
                from
            } else {
                (words.report.days)(&from, &dates::day(context, *last, year))
            };
            rows.push(Row {
                from: context.calendar().start_of(*first),
                when,
                length: phrase::duration(seconds, words),
                sites: site.name.clone(),
                text: words.report.maintenance_rows.to_owned(),
            });
        }
    }
    rows
}
