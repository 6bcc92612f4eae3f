//! The incidents of a letter: those of several sites that overlap in time are one row, with cause
//! and remedy from the notes.

use std::cmp::Reverse;

use serde::Serialize;

use super::dates;
use super::subject::{Shown, Subject};
use crate::calendar;
use crate::check::Moment;
use crate::log::notes::{Note, NoteKind};
use crate::stats::events::{Event, Lasted, events};
use crate::stats::figures::Figures;
use crate::stats::incident::{End, Incident};
use crate::view::context::PageContext;
use crate::view::html::incident::known_incidents;
use crate::view::html::render;
use crate::view::{RenderError, phrase};

/// How many events a letter lists, and how many sites of one. The JSON has all.
const EVENTS: usize = 100;
const SITES: usize = 10;

#[derive(Serialize)]
struct View {
    title: String,
    by_site: Option<String>,
    rows: Vec<Row>,
    shorter: Option<String>,
    undated: bool,
    remarks: Vec<Remark>,
    heading: &'static str,
}

#[derive(Serialize)]
struct Row {
    when: String,
    length: String,
    /// How much of it is in the range, if not all.
    within: Option<String>,
    codes: String,
    sites: String,
    /// Each site with its own time, where they differ.
    each: Vec<String>,
    notes: Vec<String>,
}

/// A remark of the operator about some time without an incident.
#[derive(Serialize)]
struct Remark {
    when: String,
    sites: String,
    text: String,
}

/// The events among the incidents of some sites, numbered site by site.
pub(super) fn events_of(figures: &[&Figures]) -> Vec<Event> {
    let incidents = figures.iter().flat_map(|one| &one.incidents);
    let lasted: Vec<Lasted> = incidents.map(|one| (one.from, one.to)).collect();
    events(&lasted)
}

/// An incident and its site.
type OfSite<'a> = (&'a Shown<'a>, &'a Incident<'a>);

pub(super) fn section(
    context: &PageContext,
    subject: &Subject,
    shown: &[Shown],
    heading: &'static str,
) -> Result<String, RenderError> {
    let words = context.words();
    let year = calendar::date(subject.last_day(context)).year();
    let figures: Vec<&Figures> = shown.iter().map(|site| &site.figures).collect();
    let of_site = |site| incidents_of(site);
    let incidents: Vec<OfSite> = shown.iter().flat_map(of_site).collect();
    let mut all = events_of(&figures);
    let left_out = figures.iter().map(|one| one.incidents_left_out).sum();
    let number = known_incidents(all.len(), left_out, words);
    let by_site = known_incidents(incidents.len(), left_out, words);
    let shorter = all.len().saturating_sub(EVENTS) as u64;
    if shorter > 0 {
        // Stable, so that of equally long ones the same are kept each time.
        let seconds = |event: &Event| {
            event
                .incidents
                .iter()
                .map(|at| incidents[*at].1.seconds)
                .max()
        };
        all.sort_by_key(|event| Reverse(seconds(event)));
        all.truncate(EVENTS);
        all.sort_by_key(|event| event.from);
    }
    let row = |event: &Event| {
        let members: Vec<OfSite> = event.incidents.iter().map(|at| incidents[*at]).collect();
        row(context, event, &members, year)
    };
    let has_time = figures.iter().any(|one| one.has_time());
    let view = View {
        title: (words.report.events_title)(&number),
        by_site: (incidents.len() > all.len() && shorter == 0)
            .then(|| (words.report.by_site)(&by_site)),
        rows: all.iter().map(row).collect(),
        shorter: (shorter > 0).then(|| (words.shorter_incidents)(&phrase::count(shorter))),
        undated: !has_time,
        remarks: remarks(context, subject, shown, year),
        heading,
    };
    render(include_str!("events.html"), &view, words.report)
}

fn incidents_of<'a>(site: &'a Shown<'a>) -> impl Iterator<Item = OfSite<'a>> {
    site.figures.incidents.iter().map(move |one| (site, one))
}

fn row(context: &PageContext, event: &Event, members: &[OfSite], year: i16) -> Row {
    let words = context.words();
    let (first, later) = members
        .split_first()
        .map_or((None, members), |(a, b)| (Some(a.1), b));
    let is_same = |(_, one): &OfSite| {
        first.is_some_and(|first| (first.from, first.to, first.end) == (one.from, one.to, one.end))
    };
    let is_uniform = later.iter().all(is_same);
    let (event_when, event_length) = match first {
        Some(incident) if is_uniform => (when(context, incident, year), length(context, incident)),
        _ => together(context, event, members, year),
    };
    let within: i64 = members.iter().map(|(_, one)| one.seconds_in_range).sum();
    let whole: i64 = members.iter().map(|(_, one)| one.seconds).sum();
    let mut codes: Vec<(&str, u64)> = Vec::new();
    for (code, checks) in members.iter().flat_map(|(_, one)| one.codes()) {
        match codes.iter_mut().find(|(known, _)| *known == code) {
            Some((_, sum)) => *sum += checks,
            None => codes.push((code, checks)),
        }
    }
    let codes: Vec<String> = codes
        .into_iter()
        .map(|(code, checks)| match checks {
            1 => code.to_owned(),
            _ => format!("{code} ×{}", phrase::count(checks)),
        })
        .collect();
    let names: Vec<&str> = members.iter().map(|(site, _)| site.name.as_str()).collect();
    let each = |(site, one): &OfSite| {
        let times = when(context, one, year);
        format!("{}: {times} {}", site.name, length(context, one))
    };
    let more = members.len().saturating_sub(SITES);
    let each: Vec<String> = if is_uniform {
        Vec::new()
    } else {
        let more = (more > 0).then(|| (words.report.more_rows)(&phrase::count(more as u64)));
        members.iter().take(SITES).map(each).chain(more).collect()
    };
    Row {
        when: event_when,
        length: event_length,
        within: (within < whole).then(|| (words.within)(&phrase::duration(within, words))),
        codes: codes.join(words.list_separator),
        sites: names_of(context, &names),
        each,
        notes: notes(context, members),
    }
}

/// The names of the sites of an event, each once.
fn names_of(context: &PageContext, names: &[&str]) -> String {
    let words = context.words().report;
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(name) {
            once.push(name);
        }
    }
    if let [name] = once[..] {
        return name.to_owned();
    }
    let listed = once[..once.len().min(SITES)].join(words.list_separator);
    let text = match once.len().saturating_sub(SITES) {
        0 => listed,
        more => (words.and_more)(&listed, more),
    };
    (words.several_sites)(once.len(), &text)
}

/// From when to when several incidents were, and how long that is.
fn together(
    context: &PageContext,
    event: &Event,
    members: &[OfSite],
    year: i16,
) -> (String, String) {
    let words = context.words();
    let from = event.from;
    let to = event.to.unwrap_or(context.now);
    let seconds = phrase::duration(to.since(from).max(0), words);
    let is_last = |(_, one): &&OfSite| one.to == event.to;
    let ends_unknown = members
        .iter()
        .filter(is_last)
        .any(|(_, one)| one.end == End::Unknown);
    match event.to {
        None => (
            (words.report.days)(&dates::start(context, from, year), words.ongoing),
            (words.so_far)(&seconds),
        ),
        Some(to) if ends_unknown => (
            format!(
                "{} {}",
                dates::span(context, &(from..to), year),
                words.or_later
            ),
            (words.at_least)(&seconds),
        ),
        Some(to) => (dates::span(context, &(from..to), year), seconds),
    }
}

fn when(context: &PageContext, incident: &Incident, year: i16) -> String {
    let words = context.words();
    let span = || {
        let to = incident.to.unwrap_or(context.now);
        dates::span(context, &(incident.from..to), year)
    };
    match incident.end {
        End::Up => span(),
        End::Maintenance => format!("{} {}", span(), words.into_maintenance),
        End::Unknown => format!("{} {}", span(), words.or_later),
        End::Open => {
            (words.report.days)(&dates::start(context, incident.from, year), words.ongoing)
        }
    }
}

fn length(context: &PageContext, incident: &Incident) -> String {
    let words = context.words();
    let duration = phrase::duration(incident.seconds, words);
    match incident.end {
        End::Up | End::Maintenance => duration,
        End::Unknown => (words.at_least)(&duration),
        End::Open => (words.so_far)(&duration),
    }
}

/// Whether a note is about some of the time of an incident.
fn touches(context: &PageContext, note: &Note, incident: &Incident) -> bool {
    let to = incident.to.unwrap_or(context.now);
    let to = to.max(Moment(incident.from.0 + 1));
    note.span.start < to && incident.from < note.span.end
}

fn remarks_of<'a>(
    context: &'a PageContext,
    site: &'a Shown,
) -> impl Iterator<Item = &'a Note> + use<'a> {
    let url = site.url;
    let notes = context.notes.of(url.company, url.site, url.url);
    notes.filter(|note| note.kind == NoteKind::Remark && !note.text.is_empty())
}

/// What the operator noted about the time of some incidents, each text once.
fn notes(context: &PageContext, members: &[OfSite]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (site, incident) in members {
        for note in remarks_of(context, site) {
            if touches(context, note, incident) && !texts.contains(&note.text) {
                texts.push(note.text.clone());
            }
        }
    }
    texts
}

/// Remarks about some of the time of the letter that stand beside no incident.
fn remarks(context: &PageContext, subject: &Subject, shown: &[Shown], year: i16) -> Vec<Remark> {
    let mut rows: Vec<(&Note, Vec<&str>)> = Vec::new();
    let mut beside: Vec<&Note> = Vec::new();
    let span = &subject.span;
    for site in shown {
        for note in remarks_of(context, site) {
            let incidents = &site.figures.incidents;
            if incidents.iter().any(|one| touches(context, note, one)) {
                beside.push(note);
            } else if note.span.start < span.end && span.start < note.span.end {
                match rows
                    .iter_mut()
                    .find(|(known, _)| std::ptr::eq(*known, note))
                {
                    Some((_, sites)) => sites.push(&site.name),
                    None => rows.push((note, vec![&site.name])),
                }
            }
        }
    }
    rows.retain(|(note, _)| !beside.iter().any(|known| std::ptr::eq(*known, *note)));
    rows.sort_by_key(|(note, _)| note.span.start);
    let row = |(note, sites): (&Note, Vec<&str>)| Remark {
        when: dates::span(context, &note.span, year),
        sites: super::maintenance::sites_of(context, &sites, shown.len()),
        text: note.text.clone(),
    };
    rows.into_iter().take(EVENTS).map(row).collect()
}
