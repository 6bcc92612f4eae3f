//! How many incidents there were, and how one ended.

use crate::stats::figures::Figures;
use crate::stats::incident::End;
use crate::view::phrase;
use crate::view::words::Words;

/// How many incidents there were, and whether they may be one.
pub(super) fn incident_count(figures: &Figures, words: &Words) -> String {
    let count = known_incidents(figures.incidents.len(), figures.incidents_left_out, words);
    if figures.may_be_one_outage() {
        format!("{count}{}", words.one_outage)
    } else {
        count
    }
}

/// A number of incidents; how many more touch a range is not known.
pub(super) fn known_incidents(known: usize, left_out: u64, words: &Words) -> String {
    let count = phrase::count(known as u64);
    match left_out {
        0 => count,
        _ => (words.at_least)(&count),
    }
}

/// How an incident ended that lasted `to` a moment, which is empty while it is open.
pub(super) fn ended(end: End, to: &str, words: &Words) -> String {
    match end {
        End::Up => to.to_owned(),
        End::Maintenance => format!("{to} {}", words.into_maintenance),
        End::Unknown => format!("{to} {}", words.or_later),
        End::Open => words.ongoing.to_owned(),
    }
}
