//! Incidents in a table, and how many there are.

use serde::Serialize;

use crate::stats::figures::Figures;
use crate::stats::incident::{End, Incident};
use crate::view::context::PageContext;
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

/// An incident in a table.
#[derive(Serialize)]
pub(super) struct IncidentRow {
    site: String,
    from: String,
    to: String,
    duration: String,
    /// How much of it is in the range, if not all.
    within: Option<String>,
    checks: String,
    codes: String,
}

impl IncidentRow {
    /// `site` is empty where a table has only one.
    pub(super) fn of(context: &PageContext, site: &str, incident: &Incident) -> Self {
        let words = context.words();
        let moment = |at| phrase::moment(at, context.calendar());
        let duration = phrase::duration(incident.seconds, words);
        let to = incident.to.map(moment).unwrap_or_default();
        let (to, duration) = match incident.end {
            End::Up => (to, duration),
            End::Maintenance => (format!("{to} {}", words.into_maintenance), duration),
            End::Unknown => (
                format!("{to} {}", words.or_later),
                (words.at_least)(&duration),
            ),
            End::Open => (words.ongoing.to_owned(), (words.so_far)(&duration)),
        };
        let codes = incident.codes();
        let codes: Vec<String> = codes
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
            within: (incident.seconds_in_range < incident.seconds)
                .then(|| (words.within)(&phrase::duration(incident.seconds_in_range, words))),
            checks: phrase::count(incident.failed_checks),
            codes: codes.join(", "),
        }
    }
}
