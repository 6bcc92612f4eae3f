//! The rules of time, beside the same rules written plainly, over logs as hostile as logs get.
//! `PROPTEST_CASES=20000 cargo test --test it time::` tries more of them.

mod joins;
mod laws;
mod reference;
mod scenario;
mod spans;

use site_monitor::check::{Day, Moment};
use site_monitor::stats::course::Course;
use site_monitor::stats::incident::Incident;
use site_monitor::stats::rules::Reading;

/// How many logs each law is tried with.
fn cases() -> u32 {
    let cases = std::env::var("PROPTEST_CASES").ok();
    cases.and_then(|cases| cases.parse().ok()).unwrap_or(250)
}

/// All days of a course.
fn days(course: &Course, reading: Reading, now: i64) -> std::ops::Range<i32> {
    let day = |at| reading.calendar.day_of(at).0;
    day(course.first_check)..day(Moment(now).max(course.last_check)) + 1
}

/// Up, down, planned and unknown seconds of some days.
fn seconds(course: &Course, from: i32, to: i32) -> [i64; 4] {
    let seconds = course.seconds(&(Day(from)..Day(to)));
    [seconds.up, seconds.down, seconds.planned, seconds.unknown]
}

/// The incidents that touch some days.
fn incidents<'a>(course: &'a Course, from: i32, to: i32) -> Vec<Incident<'a>> {
    course.incidents(&(Day(from)..Day(to))).collect()
}

/// All that is said of an incident, whatever others there are.
fn told<'a>(incident: &Incident<'a>) -> impl PartialEq + std::fmt::Debug + use<'a> {
    let Incident {
        from,
        to,
        end,
        began,
        seconds,
        seconds_in_range,
        failed_checks,
        ..
    } = *incident;
    let codes: Vec<(&str, u64)> = incident.codes().collect();
    (
        (from, to, end, began),
        (seconds, seconds_in_range, failed_checks),
        codes,
    )
}
