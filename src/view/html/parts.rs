//! Parts that several pages share.

use std::ops::Range;

use serde::Serialize;

use crate::answer::UrlReport;
use crate::calendar;
use crate::check::{Day, Moment};
use crate::query::Selection;
use crate::stats::course::Seconds;
use crate::stats::figures::Figures;
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::stats::tally::Tally;
use crate::uptime_by::UptimeBy;
use crate::view::chart::DayBars;
use crate::view::context::PageContext;
use crate::view::names::Names;
use crate::view::signal::Signal;
use crate::view::words::Words;
use crate::view::{chart, phrase};

/// Width of an uptime bar in its own units.
const BAR: u64 = 1000;

/// Of a URL that is checked less often this is said, in seconds.
const QUARTER_OF_AN_HOUR: i64 = 900;

/// An uptime as a number and a bar.
#[derive(Serialize)]
pub(super) struct Share {
    text: String,
    /// Of 1000; `None` where there is nothing to show. As text, because a template takes the
    /// number 0 for nothing.
    bar: Option<String>,
    /// What must stand beside the number: a coverage that is low, a range that is short.
    notes: Vec<String>,
}

impl Share {
    /// The uptime that decides, of some figures, with their coverage if that is low. At least a
    /// fiftieth of the bar shows a failure: one that can't be seen would read as none.
    pub(super) fn of(context: &PageContext, report: &Report, figures: &Figures) -> Self {
        let uptime = report.uptime(figures, context.config.uptime_by);
        let ratio = uptime.ratio;
        let part = || {
            if ratio.part == ratio.whole {
                return BAR;
            }
            let part = u128::from(ratio.part) * u128::from(BAR) / u128::from(ratio.whole);
            u64::try_from(part).map_or(0, |part| part.min(BAR - BAR / 50))
        };
        Self {
            text: uptime.to_string(),
            bar: (ratio.whole > 0).then(|| part().to_string()),
            notes: low_coverage(context, &figures.seconds)
                .into_iter()
                .collect(),
        }
    }

    /// The same with one more note.
    pub(super) fn with_note(self, note: Option<String>) -> Self {
        let notes = note.into_iter().chain(self.notes).collect();
        Self { notes, ..self }
    }
}

/// The coverage of some time, if it is too low for an uptime to stand alone.
pub(super) fn low_coverage(context: &PageContext, seconds: &Seconds) -> Option<String> {
    let coverage = seconds.coverage();
    let is_low = coverage.whole > 0 && !seconds.is_covered(context.config.min_coverage);
    is_low.then(|| (context.words().low_coverage)(&coverage.to_string()))
}

/// Which of the two uptimes tables show.
pub(super) fn deciding(context: &PageContext) -> &'static str {
    let words = context.words().rules;
    match context.config.uptime_by {
        UptimeBy::Time => words.by_time,
        UptimeBy::Checks => words.by_checks,
    }
}

/// A number that needs some time; `—` without any.
pub(super) fn if_timed(figures: &Figures, text: impl FnOnce() -> String) -> String {
    if figures.has_time() {
        text()
    } else {
        phrase::NONE.to_owned()
    }
}

/// What a reader must know of how rarely a URL is checked, if it is.
pub(super) fn checked_rarely(context: &PageContext, report: &Report) -> Option<String> {
    let words = context.words();
    let interval = report.course.as_ref()?.interval_seconds?;
    let threshold = context.config.failure_threshold.get();
    let interval = (interval > QUARTER_OF_AN_HOUR).then(|| phrase::hours(interval, words))?;
    Some((words.report.checked_every)(&interval, threshold))
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

pub(super) fn bar_titles(report: &Report, days: &Range<Day>, words: &Words) -> Vec<BarTitle> {
    let title = |n: i32| {
        let day = days.start.plus(n);
        let tally = report.checks_on(day);
        let (total, down) = tally.map_or((0, 0), |tally| (tally.up + tally.down, tally.down));
        let sentence = match (total, down) {
            (0, _) if tally.is_some_and(|tally| tally.total() > 0) => words.bar_planned,
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
    /// The bars of some days, with their uptime as text.
    pub(super) fn of(report: &Report, days: &Range<Day>, uptime: &Share, words: &Words) -> Self {
        let bars = chart::day_bars(|day| report.checks_on(day), days);
        let (first, last) = (
            calendar::date(days.start),
            calendar::date(days.end.plus(-1)),
        );
        let uptime = if report.course.is_some() {
            let parts: Vec<&str> = [&uptime.text]
                .into_iter()
                .chain(&uptime.notes)
                .map(String::as_str)
                .collect();
            parts.join(words.list_separator)
        } else {
            // Its uptime is of checks that may have been on any day.
            phrase::NONE.to_owned()
        };
        Self {
            label: (words.bars_label)(
                &first.to_string(),
                &last.to_string(),
                &uptime,
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
    /// What is known beside it.
    detail: Option<String>,
    /// Its position when a table is sorted: worst first.
    rank: u8,
}

impl Badge {
    pub(super) fn of(context: &PageContext, report: &Report) -> Self {
        let words = context.words();
        let state = report.state;
        let (signal, word) = match state {
            State::Down => (Signal::Down, words.state_down),
            State::StaleDown | State::Stale => (Signal::Stale, words.state_stale),
            State::Unconfirmed => (Signal::Unconfirmed, words.state_unconfirmed),
            State::Maintenance => (Signal::Maintenance, words.state_maintenance),
            State::Off => (Signal::Off, words.state_off),
            State::Up => (Signal::Up, words.state_up),
            State::Undated => (Signal::Undated, words.state_undated),
            State::Ended => (Signal::Ended, words.state_ended),
        };
        let was_down = || match report.was_down() {
            Some(seconds) => (words.was_down_for)(&phrase::duration(seconds, words)),
            None => words.was_down.to_owned(),
        };
        let detail = match state {
            State::StaleDown => Some(was_down()),
            State::Ended => until(context, report),
            _ => None,
        };
        Self {
            signal: signal.name(),
            sign: signal.sign(),
            word,
            detail,
            rank: state as u8,
        }
    }
}

/// Where the figures of a URL end that was taken off the schedule.
pub(super) fn until(context: &PageContext, report: &Report) -> Option<String> {
    let until = report.until()?;
    let until = phrase::moment_in_text(until, context.calendar());
    Some((context.words().until)(&until))
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
