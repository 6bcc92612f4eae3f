//! The hours of a day in a table: a row for each hour that the clock shows, 23 or 25 where it changes.

use serde::Serialize;

use crate::calendar::ClockHour;
use crate::check::Micros;
use crate::load::day::{Counted, DayCheck};
use crate::view::context::PageContext;
use crate::view::phrase::{self, NONE};
use crate::view::words::Words;

/// An hour's row.
#[derive(Serialize)]
pub(super) struct HourRow {
    hour: String,
    checks: String,
    failed: String,
    has_failed: bool,
    median: String,
    most: String,
}

/// The rows of all hours, of checks in order of time. An hour that has not begun has no numbers.
pub(super) fn rows(
    context: &PageContext,
    hours: &[ClockHour],
    checks: &[DayCheck],
) -> Vec<HourRow> {
    let row = |hour: &ClockHour| {
        let start = checks.partition_point(|check| check.at < hour.span.start);
        let end = checks.partition_point(|check| check.at < hour.span.end);
        let checks = checks.get(start..end).unwrap_or_default();
        let failed = checks.iter().filter(|c| c.counted == Counted::Failed);
        let failed = failed.count() as u64;
        let times: Vec<Micros> = checks.iter().filter_map(|c| c.response_time).collect();
        let text = |time: Option<Micros>| time.map_or(NONE.to_owned(), phrase::response_time);
        let has_begun = hour.span.start <= context.now || !checks.is_empty();
        let count = |number| {
            if has_begun {
                phrase::count(number)
            } else {
                NONE.to_owned()
            }
        };
        HourRow {
            hour: name(hour, context.words()),
            checks: count(checks.len() as u64),
            failed: count(failed),
            has_failed: failed > 0,
            most: text(times.iter().max().copied()),
            median: text(median(times)),
        }
    };
    hours.iter().map(row).collect()
}

/// An hour as the clock shows it.
fn name(hour: &ClockHour, words: &Words) -> String {
    let name = (words.day_page.hour_of)(hour.hour);
    if hour.is_repeated {
        (words.day_page.again)(&name)
    } else {
        name
    }
}

/// The response time that half of all do not exceed (nearest rank).
fn median(mut times: Vec<Micros>) -> Option<Micros> {
    let rank = times.len().div_ceil(2).checked_sub(1)?;
    Some(*times.select_nth_unstable(rank).1)
}
