//! How things are now, at the top of an overview: a heading in the worst state, a line for each site
//! that is not up, and how many are in which state.

use serde::Serialize;

use super::state::StateView;
use crate::answer::{BAR_DAYS, UrlReport};
use crate::log::notes::{Note, NoteKind};
use crate::stats::course::Course;
use crate::stats::incident::{End, Incident};
use crate::stats::report::{Report, Window};
use crate::stats::run::Began;
use crate::stats::state::State;
use crate::view::context::PageContext;
use crate::view::phrase;
use crate::view::signal::Signal;
use crate::view::words::OverviewWords;

/// How many sites have a line.
const LINES: usize = 10;

#[derive(Serialize)]
pub(super) struct Now {
    signal: &'static str,
    shape: &'static str,
    heading: String,
    lines: Vec<Line>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Line {
    badge: StateView,
    name: String,
    company: String,
    href: String,
    /// Since when, where that is known: what stands before the moment, the moment, and what follows.
    since: Option<(&'static str, String, String)>,
    why: String,
}

/// A site that an overview shows.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub url: &'a UrlReport<'a>,
    pub name: &'a str,
    pub company: &'a str,
    pub href: &'a str,
    pub windows: &'a Windows<'a>,
}

/// Its last 24 hours, 30 and 90 days; `None` of a log without times.
pub(super) type Windows<'a> = [Option<Window<'a>>; 3];

/// The days of [`Windows`].
pub(super) const WINDOWS: [i32; 3] = [1, 30, BAR_DAYS];

/// How many sites are in a state.
#[derive(Serialize)]
pub(super) struct Fact {
    name: &'static str,
    count: String,
}

impl Now {
    /// What is wrong at some sites, of which those that ended are not among; `None` if no log has times.
    pub(super) fn of(context: &PageContext, sites: &[Shown]) -> Option<Self> {
        let states: Vec<State> = sites.iter().map(|site| site.url.report.state).collect();
        let (signal, heading) = heading(&states, context.words().overview)?;
        let mut not_up: Vec<&Shown> = sites
            .iter()
            .filter(|site| site.url.report.state < State::Off)
            .collect();
        not_up.sort_by_key(|site| site.url.report.state);
        let more = not_up.len().saturating_sub(LINES);
        let lines = not_up.into_iter().take(LINES);
        Some(Self {
            signal: signal.name(),
            shape: signal.shape(),
            heading,
            lines: lines.map(|site| line(context, site)).collect(),
            more: (more > 0).then(|| (context.words().overview.more)(more)),
        })
    }

    /// What is wrong at sites that are all watched no more.
    pub(super) fn ended(heading: String) -> Self {
        Self {
            signal: Signal::Ended.name(),
            shape: Signal::Ended.shape(),
            heading,
            lines: Vec::new(),
            more: None,
        }
    }
}

/// The worst state, and how many are in it.
fn heading(states: &[State], words: &OverviewWords) -> Option<(Signal, String)> {
    let count = |wanted: &[State]| states.iter().filter(|state| wanted.contains(state)).count();
    let up = count(&[State::Up]);
    let worst = [
        (&[State::Down][..], Signal::Down, words.down),
        (
            &[State::StaleDown, State::Stale],
            Signal::Stale,
            words.stale,
        ),
        (
            &[State::Unconfirmed],
            Signal::Unconfirmed,
            words.unconfirmed_failures,
        ),
        (
            &[State::Maintenance],
            Signal::Maintenance,
            words.in_maintenance,
        ),
    ];
    let worst = worst
        .into_iter()
        .map(|(states, signal, sentence)| (count(states), signal, sentence))
        .find(|(count, ..)| *count > 0);
    match (worst, up, count(&[State::Off])) {
        (Some((count, signal, sentence)), ..) => Some((signal, sentence(count))),
        (None, 1.., _) => Some((Signal::Up, (words.up)(up, up == states.len()))),
        (None, 0, off @ 1..) => Some((Signal::Off, (words.off)(off))),
        (None, 0, 0) => None,
    }
}

fn line(context: &PageContext, site: &Shown) -> Line {
    Line {
        badge: StateView::of(context, &site.url.report),
        name: site.name.to_owned(),
        company: site.company.to_owned(),
        href: site.href.to_owned(),
        since: since(context, &site.url.report),
        why: why(context, site.url),
    }
}

fn since(context: &PageContext, report: &Report) -> Option<(&'static str, String, String)> {
    let words = context.words();
    let since = report.since()?;
    let moment = |at| phrase::short_to_the_minute(at, context.now, context.calendar(), words);
    let after = if let Some(until) = since.until {
        (words.overview.until_after)(&moment(until))
    } else {
        let length = phrase::minutes(context.now.since(since.from), words);
        (words.overview.since_after)(&length)
    };
    Some((words.overview.since_before, moment(since.from), after))
}

/// Why a site is not up, as far as the log and the notes say.
fn why(context: &PageContext, url: &UrlReport) -> String {
    let words = context.words().overview;
    let course = url.report.course.as_ref();
    match url.report.state {
        State::Down => course
            .and_then(Course::last_incident)
            .filter(|incident| incident.end == End::Open)
            .map_or_else(String::new, |incident| failing(context, &incident)),
        State::StaleDown | State::Stale => {
            let interval = course.and_then(|course| course.interval_seconds);
            let interval = interval.map(|seconds| phrase::hours(seconds, context.words()));
            let silent = (words.monitor_may_be_silent)(interval.as_deref());
            match StateView::of(context, &url.report).since {
                Some(was_down) if url.report.state == State::StaleDown => {
                    format!("{was_down}{}{silent}", words.sentence_separator)
                }
                _ => silent,
            }
        }
        State::Unconfirmed => (words.needs_more_failures)(context.config.failure_threshold.get()),
        State::Maintenance => {
            let mut notes = context.notes.of(url.company, url.site, url.url);
            let is_now = |note: &&Note| {
                note.kind == NoteKind::Maintenance && note.span.contains(&context.now)
            };
            let note = notes.find(is_now);
            note.map(|note| note.text.clone()).unwrap_or_default()
        }
        State::Off | State::Up | State::Undated | State::Ended => String::new(),
    }
}

/// The codes of an incident that goes on.
fn failing(context: &PageContext, incident: &Incident) -> String {
    let words = context.words();
    let codes: Vec<(&str, u64)> = incident.codes().collect();
    let has_begun_down = incident.began == Began::First;
    match codes.as_slice() {
        [(code, _)] if has_begun_down => (words.overview.never_up)(code),
        [(code, 1)] => (words.overview.failing_once)(code),
        [(code, checks)] => (words.overview.failing)(code, &phrase::count(*checks)),
        codes => {
            let count = |(code, checks): &(&str, u64)| {
                (words.overview.of_codes)(code, &phrase::count(*checks))
            };
            let codes: Vec<String> = codes.iter().take(4).map(count).collect();
            let codes = codes.join(words.list_separator);
            if has_begun_down {
                (words.overview.never_up)(&codes)
            } else {
                codes
            }
        }
    }
}

/// How many sites are in which state; up and down always.
pub(super) fn facts(context: &PageContext, reports: &[&Report]) -> Vec<Fact> {
    let words = context.words();
    let counts = [
        (words.up, &[State::Up][..], true),
        (words.down, &[State::Down], true),
        (words.state_stale, &[State::StaleDown, State::Stale], false),
        (words.overview.unconfirmed, &[State::Unconfirmed], false),
        (words.state_maintenance, &[State::Maintenance], false),
        (words.state_off, &[State::Off], false),
        (words.state_undated, &[State::Undated], false),
    ];
    let fact = |(name, states, is_always): (_, &[State], bool)| {
        let is_of = |report: &&&Report| states.contains(&report.state);
        let count = reports.iter().filter(is_of).count();
        (is_always || count > 0).then(|| Fact {
            name,
            count: phrase::count(count as u64),
        })
    };
    counts.into_iter().filter_map(fact).collect()
}
