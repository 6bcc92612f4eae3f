//! The incidents that touch a day, with the remarks about their time, and the day's notes.

use std::ops::Range;

use serde::Serialize;

use super::clock::Clock;
use crate::answer::UrlReport;
use crate::check::Moment;
use crate::log::notes::{Note, NoteKind};
use crate::stats::figures::Figures;
use crate::stats::incident::{End, Incident};
use crate::view::context::PageContext;
use crate::view::html::incident::ended;
use crate::view::phrase;

/// How many incidents and notes are listed.
const MOST: usize = 50;

#[derive(Serialize)]
pub(super) struct IncidentRow {
    when: String,
    duration: String,
    within: Option<String>,
    codes: String,
    note: String,
}

#[derive(Serialize)]
pub(super) struct NoteRow {
    when: String,
    kind: &'static str,
    text: String,
}

/// The time of an incident, up to now if it goes on.
pub(super) fn span(incident: &Incident, now: Moment) -> Range<Moment> {
    incident.from..incident.to.unwrap_or(now)
}

/// When an incident was, as the clock showed it.
pub(super) fn when(context: &PageContext, incident: &Incident, clock: &Clock) -> String {
    let words = context.words();
    let from = clock.moment(incident.from);
    let to = incident.to.map(|to| clock.end(to)).unwrap_or_default();
    let to = ended(incident.end, &to, words);
    (words.day_page.range)(&from, &to)
}

/// A row for each incident, and how many are left out.
pub(super) fn incidents(
    context: &PageContext,
    url: &UrlReport,
    figures: &Figures,
    clock: &Clock,
) -> (Vec<IncidentRow>, Option<String>) {
    let row = |incident: &Incident| row(context, url, incident, clock);
    let rows = figures.incidents.iter().take(MOST).map(row).collect();
    let more = figures.incidents.len().saturating_sub(MOST) as u64 + figures.incidents_left_out;
    let more = (more > 0).then(|| (context.words().faults_more)(&phrase::count(more)));
    (rows, more)
}

fn row(context: &PageContext, url: &UrlReport, incident: &Incident, clock: &Clock) -> IncidentRow {
    let words = context.words();
    let duration = phrase::duration(incident.seconds, words);
    let codes = incident.codes().map(|(code, count)| match count {
        1 => code.to_owned(),
        count => format!("{code} ×{count}"),
    });
    let span = span(incident, context.now);
    let notes: Vec<&str> = notes_of(context, url)
        .filter(|note| note.kind == NoteKind::Remark && overlap(&note.span, &span))
        .map(|note| note.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    IncidentRow {
        when: when(context, incident, clock),
        duration: match incident.end {
            End::Up | End::Maintenance => duration,
            End::Unknown => (words.at_least)(&duration),
            End::Open => (words.so_far)(&duration),
        },
        within: (incident.seconds_in_range < incident.seconds)
            .then(|| (words.within)(&phrase::duration(incident.seconds_in_range, words))),
        codes: codes.collect::<Vec<_>>().join(", "),
        note: notes.join(" / "),
    }
}

/// The notes whose time touches the day, in order of time, but for remarks that stand beside an
/// incident.
pub(super) fn notes(
    context: &PageContext,
    url: &UrlReport,
    figures: &Figures,
    clock: &Clock,
) -> Vec<NoteRow> {
    let words = context.words().day_page;
    let shown = || figures.incidents.iter().take(MOST);
    let is_shown = |note: &Note| {
        let touches = |one: &Incident| overlap(&note.span, &span(one, context.now));
        note.kind == NoteKind::Remark && shown().any(touches)
    };
    let mut notes: Vec<&Note> = notes_of(context, url)
        .filter(|note| overlap(&note.span, &clock.day) && !is_shown(note))
        .collect();
    notes.sort_by_key(|note| note.span.start);
    notes.truncate(MOST);
    let row = |note: &Note| NoteRow {
        when: (words.range)(&clock.moment(note.span.start), &clock.end(note.span.end)),
        kind: match note.kind {
            NoteKind::Maintenance => words.maintenance,
            NoteKind::Remark => words.remark,
        },
        text: note.text.clone(),
    };
    notes.into_iter().map(row).collect()
}

fn notes_of<'a>(
    context: &'a PageContext,
    url: &'a UrlReport,
) -> impl Iterator<Item = &'a Note> + use<'a> {
    context.notes.of(url.company, url.site, url.url)
}

fn overlap(a: &Range<Moment>, b: &Range<Moment>) -> bool {
    a.start < b.end && b.start < a.end
}
