//! The newest incidents of a URL with what was noted about them, and its planned maintenance.

use serde::Serialize;

use super::bars::day_href;
use super::head::named;
use crate::answer::UrlReport;
use crate::check::Moment;
use crate::log::notes::{Note, NoteKind};
use crate::stats::incident::{End, Incident};
use crate::stats::run::Began;
use crate::view::context::PageContext;
use crate::view::html::incident::{ended, known_incidents};
use crate::view::phrase;

/// How many are listed. The JSON has all incidents.
const MOST: usize = 20;

#[derive(Serialize)]
pub(super) struct Incidents {
    rows: Vec<Row>,
    /// How many there are, if not all are listed.
    newest: Option<String>,
    maintenance: Vec<Maintenance>,
}

#[derive(Serialize)]
struct Row {
    from: String,
    href: String,
    to: String,
    is_open: bool,
    duration: String,
    codes: String,
    note: String,
}

#[derive(Serialize)]
struct Maintenance {
    from: String,
    to: String,
    is_to_come: bool,
    text: String,
}

impl Incidents {
    pub(super) fn of(context: &PageContext, url: &UrlReport) -> Self {
        let words = context.words();
        let figures = url.report.figures();
        let incidents = &figures.incidents;
        let notes: Vec<&Note> = context.notes.of(url.company, url.site, url.url).collect();
        let all = known_incidents(incidents.len(), figures.incidents_left_out, words);
        let newest = incidents.iter().rev().take(MOST);
        let is_cut = incidents.len() > MOST || figures.incidents_left_out > 0;
        Self {
            rows: newest.map(|one| row(context, &notes, one)).collect(),
            newest: is_cut.then(|| (words.site_page.newest)(MOST.min(incidents.len()), &all)),
            maintenance: maintenance(context, &notes),
        }
    }
}

fn row(context: &PageContext, notes: &[&Note], incident: &Incident) -> Row {
    let words = context.words();
    let calendar = context.calendar();
    let codes: Vec<(&str, u64)> = incident.codes().collect();
    let to = incident.to.map(|to| short(context, to, incident.from));
    let to = to.unwrap_or_default();
    let is_seen = !matches!(incident.began, Began::First | Began::Hole);
    let duration = phrase::duration(incident.seconds, words);
    let is_exact = is_seen && incident.end != End::Unknown;
    let end = incident.to.unwrap_or(context.now);
    let about = notes
        .iter()
        .filter(|note| note.span.start < end.max(Moment(incident.from.0 + 1)))
        .filter(|note| note.span.end > incident.from && !note.text.is_empty());
    let about: Vec<&str> = about.map(|note| note.text.as_str()).collect();
    Row {
        from: phrase::moment(incident.from, calendar),
        href: day_href(context, calendar.day_of(incident.from)),
        to: ended(incident.end, &to, words),
        is_open: incident.end == End::Open,
        duration: if is_exact {
            duration
        } else {
            (words.at_least)(&duration)
        },
        codes: named(words, &codes),
        note: about.join(" / "),
    }
}

/// A moment: its time alone if it is on the day of the other.
fn short(context: &PageContext, at: Moment, other: Moment) -> String {
    let calendar = context.calendar();
    if calendar.day_of(at) == calendar.day_of(other) {
        calendar.civil(at).strftime("%H:%M").to_string()
    } else {
        phrase::moment_in_text(at, calendar)
    }
}

/// The newest planned maintenance, to come or over.
fn maintenance(context: &PageContext, notes: &[&Note]) -> Vec<Maintenance> {
    let mut planned: Vec<&&Note> = notes
        .iter()
        .filter(|note| note.kind == NoteKind::Maintenance)
        .collect();
    planned.sort_by_key(|note| std::cmp::Reverse(note.span.start));
    let view = |note: &&Note| Maintenance {
        from: phrase::moment(note.span.start, context.calendar()),
        to: short(context, note.span.end, note.span.start),
        is_to_come: note.span.start > context.now,
        text: if note.text.is_empty() {
            phrase::NONE.to_owned()
        } else {
            note.text.clone()
        },
    };
    planned.into_iter().take(MOST).map(view).collect()
}
