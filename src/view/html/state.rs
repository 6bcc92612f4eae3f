//! How a URL is now: a shape, a word, and since when.

use serde::Serialize;

use crate::stats::report::{Report, Since};
use crate::stats::state::State;
use crate::view::context::PageContext;
use crate::view::phrase;
use crate::view::signal::Signal;
use crate::view::words::Words;

/// The state of a URL. `state.html` prints shape and word.
#[derive(Serialize)]
pub(super) struct StateView {
    pub signal: &'static str,
    pub shape: &'static str,
    pub word: &'static str,
    /// Since when, or until when.
    pub since: Option<String>,
    /// Its position when a table is sorted: worst first.
    pub rank: u8,
}

/// The signal and the word of a state.
pub(super) fn signal(state: State, words: &Words) -> (Signal, &'static str) {
    match state {
        State::Down => (Signal::Down, words.state_down),
        State::StaleDown | State::Stale => (Signal::Stale, words.state_stale),
        State::Unconfirmed => (Signal::Unconfirmed, words.state_unconfirmed),
        State::Maintenance => (Signal::Maintenance, words.state_maintenance),
        State::Off => (Signal::Off, words.state_off),
        State::Up => (Signal::Up, words.state_up),
        State::Undated => (Signal::Undated, words.state_undated),
        State::Ended => (Signal::Ended, words.state_ended),
    }
}

impl StateView {
    pub(super) fn of(context: &PageContext, report: &Report) -> Self {
        let words = context.words();
        let (signal, word) = signal(report.state, words);
        let was_down = match (report.state, report.was_down()) {
            (State::StaleDown, Some(seconds)) => {
                Some((words.was_down_for)(&phrase::duration(seconds, words)))
            }
            (State::StaleDown, None) => Some(words.was_down.to_owned()),
            _ => None,
        };
        Self {
            signal: signal.name(),
            shape: signal.shape(),
            word,
            since: was_down.or_else(|| since(context, report)),
            rank: report.state as u8,
        }
    }
}

/// Since when a URL is as it is; of a planned end, also until when.
fn since(context: &PageContext, report: &Report) -> Option<String> {
    let words = context.words();
    let calendar = context.calendar();
    if report.state == State::Ended {
        let until = report.until()?;
        return Some((words.until)(&phrase::moment_in_text(until, calendar)));
    }
    let Since { from, until } = report.since()?;
    let from_text = phrase::since(from, context.now, calendar, words);
    Some(match until {
        Some(until) => {
            let until = phrase::short(until, context.now, calendar, words);
            (words.from_until)(&phrase::short(from, context.now, calendar, words), &until)
        }
        None => from_text,
    })
}
