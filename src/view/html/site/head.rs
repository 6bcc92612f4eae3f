//! How a URL is now, in a line: state, reason, last check, interval, and what was promised.

use serde::Serialize;

use crate::answer::UrlReport;
use crate::calendar;
use crate::check::Moment;
use crate::log::notes::NoteKind;
use crate::stats::incident::Incident;
use crate::stats::state::State;
use crate::view::context::PageContext;
use crate::view::html::state::StateView;
use crate::view::phrase;
use crate::view::words::Words;

/// How many codes a line names.
const CODES: usize = 3;

#[derive(Serialize)]
pub(super) struct Head {
    state: StateView,
    /// What is wrong with it, or what is done to it.
    reason: Option<String>,
    last: Option<Last>,
    /// The interval, the target, and since when it is watched.
    facts: Vec<String>,
}

/// The last check.
#[derive(Serialize)]
struct Last {
    machine: String,
    at: String,
    age: String,
}

impl Head {
    pub(super) fn of(context: &PageContext, url: &UrlReport) -> Self {
        let words = context.words();
        let report = &url.report;
        let edges = report.edges();
        let course = report.course.as_ref();
        let interval = course.and_then(|course| course.interval_seconds);
        let target = phrase::percentage(report.target.uptime);
        let facts = [
            interval.map(|seconds| {
                let interval = phrase::hours(seconds, words);
                format!("{} {interval}", words.site_page.interval)
            }),
            Some((words.site_page.target)(&target)),
            edges.map(|(first, _)| watched_since(context, first)),
        ];
        Self {
            state: StateView::of(context, report),
            reason: reason(context, url),
            last: edges.map(|(_, last)| Last::of(context, last)),
            facts: facts.into_iter().flatten().collect(),
        }
    }
}

impl Last {
    fn of(context: &PageContext, at: Moment) -> Self {
        let calendar = context.calendar();
        let is_today = calendar.day_of(at) == context.today();
        Self {
            machine: calendar.rfc3339(at),
            at: if is_today {
                calendar.civil(at).strftime("%H:%M").to_string()
            } else {
                phrase::moment_in_text(at, calendar)
            },
            age: phrase::age(context.now.since(at), context.words()),
        }
    }
}

fn watched_since(context: &PageContext, first: Moment) -> String {
    let date = calendar::date(context.calendar().day_of(first));
    (context.words().site_page.watched_since)(&date.to_string())
}

/// Why it is as it is, where that is known.
fn reason(context: &PageContext, url: &UrlReport) -> Option<String> {
    match url.report.state {
        State::Down => {
            let course = url.report.course.as_ref()?;
            Some(failing(context.words(), &course.last_incident()?))
        }
        State::Maintenance => {
            let notes = context.notes.of(url.company, url.site, url.url);
            let mut now = notes.filter(|note| {
                note.kind == NoteKind::Maintenance && note.span.contains(&context.now)
            });
            now.find(|note| !note.text.is_empty())
                .map(|note| note.text.clone())
        }
        _ => None,
    }
}

/// With which codes it fails, and how often it did.
fn failing(words: &Words, incident: &Incident) -> String {
    let codes: Vec<(&str, u64)> = incident.codes().collect();
    let times = phrase::count(incident.failed_checks);
    match codes[..] {
        [(code, _)] => (words.site_page.failing)(code, &times),
        _ => (words.site_page.failing_variously)(&times, &named(words, &codes)),
    }
}

/// The first of some codes with their counts, and how many more there are.
pub(super) fn named(words: &Words, codes: &[(&str, u64)]) -> String {
    let code = |(code, count): &(&str, u64)| format!("{code} ×{}", phrase::count(*count));
    let more = codes.len().saturating_sub(CODES);
    let more = (more > 0).then(|| (words.site_page.more_codes)(more));
    let first = codes.iter().take(CODES).map(code);
    first
        .chain(more)
        .collect::<Vec<_>>()
        .join(words.list_separator)
}
