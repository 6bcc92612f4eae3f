//! How checks failed, by day: the server, its answer to the request, no answer in time, or none.

use serde::Serialize;

use super::axis::{Line, Tick, lines, ticks};
use super::bars::{date, day_href};
use crate::answer::BAR_DAYS;
use crate::check::Day;
use crate::stats::codes::REST;
use crate::stats::day::DayTally;
use crate::stats::report::Report;
use crate::view::chart::{self, Scale};
use crate::view::context::PageContext;
use crate::view::phrase;
use crate::view::words::SiteWords;

/// Height of the plot, in pixels.
const HEIGHT: u32 = 120;

/// How a check failed. The order is that of a column, from its base up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Server,
    Timeout,
    Client,
    Other,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Server, Self::Timeout, Self::Client, Self::Other];

    /// The kind of a code as logged.
    fn of(code: &str) -> Self {
        let is_status = code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
        if is_status && code.starts_with('5') {
            return Self::Server;
        }
        if is_status && code.starts_with('4') {
            return Self::Client;
        }
        let code = code.to_lowercase();
        let timeouts = ["タイムアウト", "timeout", "timed out", "time-out"];
        if timeouts.iter().any(|text| code.contains(text)) {
            Self::Timeout
        } else {
            Self::Other
        }
    }

    /// The CSS class of its marks.
    fn class(self) -> &'static str {
        match self {
            Self::Server => "kind-5xx",
            Self::Timeout => "kind-timeout",
            Self::Client => "kind-4xx",
            Self::Other => "kind-none",
        }
    }

    fn name(self, words: &SiteWords) -> &'static str {
        match self {
            Self::Server => words.server_error,
            Self::Timeout => words.timeout,
            Self::Client => words.client_error,
            Self::Other => words.other,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Kinds {
    lines: Vec<Line>,
    ticks: Vec<Tick>,
    /// The days on which checks failed; without any there is no chart.
    days: Vec<Column>,
    key: Vec<KeyEntry>,
    /// Whether some days also have failures in planned time.
    has_planned: bool,
}

#[derive(Serialize)]
struct Column {
    x: String,
    width: String,
    href: String,
    title: String,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
struct BlockView {
    class: &'static str,
    y: String,
    height: String,
}

#[derive(Serialize)]
struct KeyEntry {
    class: &'static str,
    name: &'static str,
}

/// How often checks of a day failed in each way. Codes do not say which checks were in planned
/// time.
fn counts(tally: &DayTally) -> [u64; 4] {
    let mut counts = [0; 4];
    let Some(codes) = tally.failed_codes() else {
        return counts;
    };
    for (code, count) in codes.of_all(tally.failure()) {
        let kind = if code == REST {
            Kind::Other
        } else {
            Kind::of(code)
        };
        for (known, sum) in Kind::ALL.iter().zip(&mut counts) {
            *sum += if *known == kind { count } else { 0 };
        }
    }
    counts
}

impl Kinds {
    pub(super) fn of(context: &PageContext, report: &Report) -> Self {
        let words = context.words().site_page;
        let days = context.calendar().last_days(context.now, BAR_DAYS);
        let all = (days.start.0..days.end.0).map(Day).enumerate();
        let failed: Vec<(usize, Day, &DayTally)> = all
            .filter_map(|(n, day)| Some((n, day, report.checks_on(day)?)))
            .filter(|(_, _, tally)| tally.down > 0)
            .collect();
        let count = days.start.0.abs_diff(days.end.0) as usize;
        let most = failed.iter().map(|(_, _, tally)| tally.failure()).max();
        let scale = Scale::reaching(most.unwrap_or(1), 1);
        let column = |(n, day, tally): &(usize, Day, &DayTally)| {
            let counts = counts(tally);
            let blocks = chart::stack(counts, scale, HEIGHT);
            let some = Kind::ALL.iter().zip(counts).filter(|(_, count)| *count > 0);
            let parts: Vec<String> = some
                .map(|(kind, n)| (words.kind_count)(kind.name(words), &phrase::count(n)))
                .collect();
            Column {
                x: chart::start(*n, count),
                width: chart::start(1, count + count / 5),
                href: day_href(context, *day),
                title: format!(
                    "{}: {}",
                    date(*day),
                    parts.join(context.words().list_separator)
                ),
                blocks: Kind::ALL
                    .iter()
                    .zip(blocks)
                    .filter_map(|(kind, block)| {
                        let block = block?;
                        Some(BlockView {
                            class: kind.class(),
                            y: block.y,
                            height: block.height,
                        })
                    })
                    .collect(),
            }
        };
        let key = Kind::ALL.map(|kind| KeyEntry {
            class: kind.class(),
            name: kind.name(words),
        });
        Self {
            lines: lines(scale, HEIGHT, |n| (words.times)(&phrase::count(n))),
            ticks: ticks(words, &days, 2, 2),
            days: failed.iter().map(column).collect(),
            key: key.into(),
            has_planned: failed
                .iter()
                .any(|(_, _, tally)| tally.failure() > tally.down),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn codes_are_known_by_their_digits_and_words() {
        for (code, want) in [
            ("503", Kind::Server),
            ("404", Kind::Client),
            ("タイムアウト", Kind::Timeout),
            ("Connection timed out", Kind::Timeout),
            ("ReadTimeout", Kind::Timeout),
            ("N/A", Kind::Other),
            ("200", Kind::Other),
            ("5000", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(Kind::of(code), want, "{code}");
        }
    }
}
