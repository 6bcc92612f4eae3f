//! The hours of a week in which a site is watched, as an operator writes them.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

/// Seconds from the Monday of the week of 1970-01-01 to that Thursday.
const MONDAY: i64 = 3 * DAY;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// When a site is watched: `"Mon-Fri 09:00-18:00, Sat 10:00-12:00"`. The rest of the week is off.
///
/// A moment is judged by its local day and time alone. A time that the clock shows twice is
/// watched twice, or not at all; so is one that a clock change skips.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hours {
    /// Seconds since Monday, 00:00; in order, apart from each other, none empty, at least one.
    on: Vec<Range<i64>>,
}

/// The part of a setting that says no hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// The part between commas, as written.
    pub part: String,
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is no \"Mon-Fri 09:00-18:00\"", self.part)
    }
}

impl std::error::Error for HoursError {}

impl FromStr for Hours {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let mut on = Vec::new();
        for part in text.split(',').map(str::trim) {
            let error = || HoursError {
                part: part.to_owned(),
            };
            let (days, times) = days_and_times(part).ok_or_else(error)?;
            on.extend(days.map(|day| day * DAY + times.start..day * DAY + times.end));
        }
        on.sort_by_key(|range| range.start);
        on.dedup_by(|next, range| {
            let meets = next.start <= range.end;
            if meets {
                range.end = range.end.max(next.end);
            }
            meets
        });
        Ok(Self { on })
    }
}

/// The days and times of a part. A range of days may go over Sunday.
fn days_and_times(part: &str) -> Option<(impl Iterator<Item = i64>, Range<i64>)> {
    let (days, times) = part.split_once(' ')?;
    let (first, last) = days.split_once('-').unwrap_or((days, days));
    let number = |name| DAYS.iter().position(|day| *day == name);
    let (first, last) = (number(first)?, number(last)?);
    let count = (last + 7 - first) % 7 + 1;
    let days = (first..first + count).filter_map(|day| i64::try_from(day % 7).ok());
    let (from, to) = times.trim_start().split_once('-')?;
    let times = time(from)?..time(to)?;
    (!times.is_empty()).then_some((days, times))
}

/// Seconds of a day up to `24:00`.
fn time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i64>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some((hours * 60 + minutes) * 60)
}

impl Hours {
    /// Seconds of watched time from a fixed Monday to a local time, which is in seconds of the
    /// local clock since 1970: the difference of two is the watched time between them.
    pub fn watched_until(&self, local: i64) -> i64 {
        let within = |second: i64| -> i64 {
            let part = |on: &Range<i64>| (second.min(on.end) - on.start).max(0);
            self.on.iter().map(part).sum()
        };
        let second = local + MONDAY;
        second.div_euclid(WEEK) * within(WEEK) + within(second.rem_euclid(WEEK))
    }

    /// Whether a local time is watched, and the local time at which that may change.
    pub fn at(&self, local: i64) -> (bool, i64) {
        let second = (local + MONDAY).rem_euclid(WEEK);
        let next = self.on.iter().find(|on| second < on.end);
        let (watched, until) = match next {
            Some(on) if on.contains(&second) => (true, on.end),
            Some(on) => (false, on.start),
            None => (false, WEEK),
        };
        (watched, local + until - second)
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Hours, HoursError};

    #[test]
    fn a_part_is_days_and_times() {
        let hours = |text: &str| text.parse::<Hours>().map(|hours| hours.on);
        let day = |n: i64, from: i64, to: i64| n * DAY + from * 3600..n * DAY + to * 3600;
        assert_eq!(
            hours("Sat 10:00-12:00, Mon-Tue 09:00-18:00,Tue 17:00-24:00"),
            Ok(vec![day(0, 9, 18), day(1, 9, 24), day(5, 10, 12)])
        );
        assert_eq!(
            hours("Sat-Mon 10:00-12:00"),
            Ok(vec![day(0, 10, 12), day(5, 10, 12), day(6, 10, 12)])
        );
        assert_eq!(hours("Mon-Sun 00:00-24:00"), Ok(vec![day(0, 0, 7 * 24)]));
    }

    #[test]
    fn a_mistake_names_its_part() {
        for part in [
            "",
            "Mon",
            "Mon 9:00-18:00",
            "Mon 09:00-24:01",
            "Mon 18:00-09:00",
            "Mon 09:00-09:00",
            "mon 09:00-18:00",
            "Mon-Tue-Wed 09:00-18:00",
            "Mon 09:60-18:00",
            "Mon 09:00",
            "Mon +9:00-18:00",
        ] {
            let error = HoursError {
                part: part.to_owned(),
            };
            assert_eq!(
                format!("Sun 01:00-02:00,{part}").parse::<Hours>(),
                Err(error)
            );
        }
    }

    #[test]
    fn watched_time_adds_up_over_weeks() {
        let hours: Hours = "Thu 00:00-01:00, Sun 23:00-24:00".parse().unwrap();
        let watched = |from, to| hours.watched_until(to) - hours.watched_until(from);
        // 1970 began with a Thursday.
        assert_eq!(watched(0, 1800), 1800);
        assert_eq!(watched(-1, 7 * DAY), 7200);
        assert_eq!(watched(3 * DAY, 4 * DAY), 3600);
        assert_eq!(watched(-70 * DAY, 70 * DAY), 20 * 7200);
        assert_eq!(hours.at(5), (true, 3600));
        assert_eq!(hours.at(3600), (false, 4 * DAY - 3600));
    }
}
