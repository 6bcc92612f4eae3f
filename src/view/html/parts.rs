//! Parts that several pages share.

use std::ops::Range;

use serde::Serialize;

use crate::answer::UrlReport;
use crate::calendar;
use crate::check::{Day, Moment};
use crate::query::Selection;
use crate::stats::figures::State;
use crate::stats::incident::{End, Incident};
use crate::stats::tally::{Ratio, Tally};
use crate::stats::timeline::Timeline;
use crate::view::chart::DayBars;
use crate::view::context::PageContext;
use crate::view::names::Names;
use crate::view::signal::Signal;
use crate::view::words::Words;
use crate::view::{chart, phrase};

/// Width of an uptime bar in its own units.
const BAR: u64 = 1000;

/// A share as a number and a bar.
#[derive(Serialize)]
pub(super) struct Share {
    text: String,
    /// Of 1000; `None` where there is nothing to show. As text, because a template takes the
    /// number 0 for nothing.
    bar: Option<String>,
}

impl Share {
    /// At least a fiftieth of the bar shows a failure: one that can't be seen would read as none.
    pub(super) fn of(ratio: Ratio) -> Self {
        let part = || {
            if ratio.part == ratio.whole {
                return BAR;
            }
            let part = u128::from(ratio.part) * u128::from(BAR) / u128::from(ratio.whole);
            u64::try_from(part).map_or(0, |part| part.min(BAR - BAR / 50))
        };
        Self {
            text: ratio.to_string(),
            bar: (ratio.whole > 0).then(|| part().to_string()),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Banner {
    signal: &'static str,
    sign: &'static str,
    text: String,
}

impl Banner {
    pub(super) fn new(signal: Signal, text: String) -> Self {
        Self {
            signal: signal.name(),
            sign: signal.sign(),
            text,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Code {
    code: String,
    count: String,
}

pub(super) fn codes(tally: &Tally) -> Vec<Code> {
    let code = |(code, count): (&str, u64)| Code {
        code: code.to_owned(),
        count: phrase::count(count),
    };
    let codes = tally.codes.of_all(tally.total());
    codes.into_iter().map(code).collect()
}

#[derive(Serialize)]
pub(super) struct Bars {
    shapes: DayBars,
    first: String,
    label: String,
}

/// The tooltip of one bar, for readers without scripts.
#[derive(Serialize)]
pub(super) struct BarTitle {
    x: i32,
    text: String,
}

pub(super) fn bar_titles(timeline: &Timeline, days: &Range<Day>, words: &Words) -> Vec<BarTitle> {
    let title = |n: i32| {
        let day = days.start.plus(n);
        let (total, down) = timeline
            .days
            .get(day)
            .map_or((0, 0), |tally| (tally.total(), tally.down));
        let sentence = match (total, down) {
            (0, _) => words.bar_none,
            (_, 0) => words.bar_up,
            _ => words.bar_down,
        };
        let text = sentence
            .replace("{date}", &calendar::date(day).to_string())
            .replace("{total}", &total.to_string())
            .replace("{down}", &down.to_string());
        BarTitle {
            x: n * chart::STEP,
            text,
        }
    };
    (0..days.end.0 - days.start.0).map(title).collect()
}

impl Bars {
    pub(super) fn of(timeline: &Timeline, days: &Range<Day>, words: &Words) -> Self {
        let bars = chart::day_bars(timeline, days);
        let (first, last) = (
            calendar::date(days.start),
            calendar::date(days.end.plus(-1)),
        );
        Self {
            label: (words.bars_label)(
                &first.to_string(),
                &last.to_string(),
                &timeline.checks_on(days.clone()).to_string(),
                bars.failed_days,
            ),
            shapes: bars,
            first: first.to_string(),
        }
    }
}

/// A moment with its age.
#[derive(Serialize)]
pub(super) struct Aged {
    machine: String,
    moment: String,
    age: String,
}

impl Aged {
    pub(super) fn of(context: &PageContext, at: Moment) -> Self {
        Self {
            machine: context.calendar().rfc3339(at),
            moment: phrase::moment(at, context.calendar()),
            age: phrase::age(context.now.since(at), context.words()),
        }
    }
}

/// The state of a URL.
#[derive(Serialize)]
pub(super) struct Badge {
    signal: &'static str,
    sign: &'static str,
    word: &'static str,
    /// Its position when a table is sorted: worst first.
    rank: u8,
}

impl Badge {
    pub(super) fn of(state: State, words: &Words) -> Self {
        let (signal, word) = match state {
            State::Up => (Signal::Up, words.state_up),
            State::Down => (Signal::Down, words.state_down),
            State::Stale => (Signal::Stale, words.state_stale),
            State::Undated => (Signal::Undated, words.state_undated),
        };
        Self {
            signal: signal.name(),
            sign: signal.sign(),
            word,
            rank: state as u8,
        }
    }
}

/// An incident in a table.
#[derive(Serialize)]
pub(super) struct IncidentRow {
    site: String,
    from: String,
    to: String,
    duration: String,
    checks: String,
    codes: String,
}

impl IncidentRow {
    /// `site` is empty where a table has only one.
    pub(super) fn of(context: &PageContext, site: &str, incident: &Incident) -> Self {
        let words = context.words();
        let moment = |at| phrase::moment(at, context.calendar());
        let duration = phrase::duration(incident.until(context.now).since(incident.from), words);
        let (to, duration) = match incident.end {
            End::Up(at) => (moment(at), duration),
            End::Unknown(at) => (
                format!("{} {}", moment(at), words.or_later),
                (words.at_least)(&duration),
            ),
            End::Open => (words.ongoing.to_owned(), (words.so_far)(&duration)),
        };
        let codes = incident.codes.of_all(incident.checks.unsigned_abs());
        let codes: Vec<String> = codes
            .into_iter()
            .map(|(code, count)| {
                if count == 1 {
                    code.to_owned()
                } else {
                    format!("{code} ×{count}")
                }
            })
            .collect();
        Self {
            site: site.to_owned(),
            from: moment(incident.from),
            to,
            duration,
            checks: phrase::count(incident.checks.unsigned_abs()),
            codes: codes.join(", "),
        }
    }
}

/// The names of all URLs that a page is about, listed or not.
pub(super) fn names<'a>(context: &PageContext, reports: &[UrlReport<'a>]) -> Names<'a> {
    Names::on_page(context.config.hide_query, reports.iter().map(|url| url.url))
}

pub(super) fn url_name<'a>(url: &'a str, names: &'a Names, words: &'a Words) -> &'a str {
    if url.is_empty() {
        words.no_name
    } else {
        names.of(url)
    }
}

/// What a page is about: company, site and month, or everything.
pub(super) fn heading(selection: &Selection, words: &Words) -> String {
    let names = [&selection.company, &selection.site].map(|name| name.name().map(str::to_owned));
    let month = selection
        .months
        .beginning()
        .map(|month| phrase::month(month, words));
    let parts: Vec<String> = names.into_iter().chain([month]).flatten().collect();
    if parts.is_empty() {
        words.everything.to_owned()
    } else {
        parts.join(" / ")
    }
}

/// The beginning of the window's title: empty for the page of everything.
pub(super) fn about(selection: &Selection, words: &Words) -> String {
    if *selection == Selection::default() {
        String::new()
    } else {
        heading(selection, words)
    }
}
