//! Parses the text of a time column to a moment and a day. Hand-written, because every dated row
//! passes here; a row of the same day as the row before is parsed without the calendar.

use std::collections::HashMap;

use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;

use crate::calendar::{self, Calendar};
use crate::check::{AHEAD, Day, Moment, Timestamp, When};

/// For how many URLs the last time of a day with a clock change is remembered.
const MOST_URLS: usize = 10_000;

/// Reads the times of one file, row by row.
#[derive(Debug)]
pub struct Clock<'a> {
    calendar: &'a Calendar,
    latest: Moment,
    /// The midnight and number of the day read last, and its offset if that is constant all day.
    day: Option<(DateTime, Day, Option<Offset>)>,
    /// The first bytes of that day's times, its number and its midnight, if its offset is constant.
    same_day: Option<([u8; 11], Day, Moment)>,
    /// The time before of each URL, on a day without a constant offset.
    previous: HashMap<String, Moment>,
    /// The latest time that is not ahead of the clock.
    pub newest: Option<Moment>,
    /// The earliest time that is.
    pub first_ahead: Option<Moment>,
}

impl<'a> Clock<'a> {
    /// Reads times that are local to `calendar`.
    pub fn new(calendar: &'a Calendar, now: Moment) -> Self {
        Self {
            calendar,
            latest: Moment(now.0.saturating_add(AHEAD)),
            day: None,
            same_day: None,
            previous: HashMap::new(),
            newest: None,
            first_ahead: None,
        }
    }

    /// Whether a later time may depend on those before it: on a day without a constant offset.
    pub fn depends_on_previous(&self) -> bool {
        matches!(self.day, Some((_, _, None)))
    }

    /// Parses `2024-11-01 00:05:00` and its variants: `/` for `-`, `T` for the blank, one digit for
    /// two, no seconds, fractions of a second, an offset (`Z`, `+09:00`, `+0900`, `+09`). A time
    /// ahead of the clock is none yet: it would make a dead monitor look alive.
    pub fn read(&mut self, text: &[u8], url: &str) -> Option<Timestamp> {
        let when = match self.read_same_day(text) {
            Some(when) => when,
            None => self.read_any(text, url)?,
        };
        if self.depends_on_previous() {
            self.remember(url, when.at);
        }
        if when.at > self.latest {
            let first = self.first_ahead.unwrap_or(when.at);
            self.first_ahead = Some(first.min(when.at));
            return Some(Timestamp::Ahead(when));
        }
        self.newest = self.newest.max(Some(when.at));
        Some(Timestamp::At(when))
    }

    fn remember(&mut self, url: &str, at: Moment) {
        if let Some(previous) = self.previous.get_mut(url) {
            *previous = at;
        } else if self.previous.len() < MOST_URLS {
            self.previous.insert(url.to_owned(), at);
        }
    }

    /// Parses `2024-11-01 00:05:00`, if the time before was of the same day and in the same format.
    /// A copy of `same_day` would cost 15 ns a row: the processor waits until it is written.
    fn read_same_day(&self, text: &[u8]) -> Option<When> {
        let (start, day, midnight) = self.same_day.as_ref()?;
        let [h1, h2, b':', m1, m2, b':', s1, s2] = text.strip_prefix(start)? else {
            return None;
        };
        let number = |tens: &u8, ones: &u8, end: i64| {
            let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
            let number = i64::from(*tens) * 10 + i64::from(*ones) - i64::from(b'0') * 11;
            (digits && number < end).then_some(number)
        };
        let seconds = number(h1, h2, 24)? * 3600 + number(m1, m2, 60)? * 60 + number(s1, s2, 60)?;
        Some(When {
            at: Moment(midnight.0 + seconds),
            day: *day,
        })
    }

    fn read_any(&mut self, text: &[u8], url: &str) -> Option<When> {
        let (local, offset) = parse(std::str::from_utf8(text).ok()?.trim())?;
        self.same_day = None;
        if let Some(offset) = offset {
            let at = Moment(offset.to_timestamp(local).ok()?.as_second());
            let day = self.calendar.day_of(at);
            return Some(When { at, day });
        }
        let when = self.local(local, url);
        let is_constant = matches!(self.day, Some((_, _, Some(_))));
        if let Some((start, _)) = text.split_first_chunk()
            && is_constant
            && text.len() == start.len() + 8
            && start.ends_with(b" ")
        {
            let midnight = Moment(when.at.0 - seconds_of(local));
            self.same_day = Some((*start, when.day, midnight));
        }
        Some(when)
    }

    fn local(&mut self, local: DateTime, url: &str) -> When {
        let midnight = local.date().to_datetime(Time::midnight());
        let (day, offset) = match self.day {
            Some((known, day, offset)) if known == midnight => (day, offset),
            _ => {
                let day = calendar::day(local.date());
                let offset = self.calendar.constant_offset(day);
                self.day = Some((midnight, day, offset));
                self.previous.clear();
                (day, offset)
            }
        };
        let at = match offset {
            Some(offset) => {
                let midnight = i64::from(day.0) * 86_400 - i64::from(offset.seconds());
                Moment(midnight + seconds_of(local))
            }
            None => self.calendar.moment(local, self.previous.get(url).copied()),
        };
        When { at, day }
    }
}

/// The moment of a text in any format of [`Clock::read`], also in the future. A local time that occurs
/// twice is the first of the two that is after `earlier`.
pub fn moment_after(earlier: Moment, text: &[u8], calendar: &Calendar) -> Option<Moment> {
    let (local, offset) = parse(std::str::from_utf8(text).ok()?.trim())?;
    if let Some(offset) = offset {
        return Some(Moment(offset.to_timestamp(local).ok()?.as_second()));
    }
    let first = calendar.moment(local, None);
    if first > earlier {
        return Some(first);
    }
    // The second, if there are two: nothing is later than the end of all time.
    Some(calendar.moment(local, Some(Moment::ALL.end)))
}

/// Seconds since midnight, on a day without a clock change.
fn seconds_of(local: DateTime) -> i64 {
    i64::from(local.hour()) * 3600 + i64::from(local.minute()) * 60 + i64::from(local.second())
}

/// The local time in a text, and its offset if it has one.
fn parse(text: &str) -> Option<(DateTime, Option<Offset>)> {
    let mut rest = text.as_bytes();
    let year = number(&mut rest, 4, 4)?;
    let separator = *rest.first().filter(|b| matches!(b, b'-' | b'/'))?;
    rest = &rest[1..];
    let month = number(&mut rest, 1, 2)?;
    rest = rest.strip_prefix(&[separator])?;
    let day = number(&mut rest, 1, 2)?;
    let blank = *rest.first().filter(|b| matches!(b, b' ' | b'T' | b't'))?;
    while let Some(after) = rest.strip_prefix(&[blank]) {
        rest = after;
    }
    let hour = number(&mut rest, 1, 2)?;
    rest = rest.strip_prefix(b":")?;
    let minute = number(&mut rest, 2, 2)?;
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(b":") {
        rest = after;
        second = number(&mut rest, 2, 2)?;
        if let Some(after) = rest.strip_prefix(b".") {
            let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
            rest = (digits > 0).then(|| &after[digits..])?;
        }
    }
    let small = |number: i16| i8::try_from(number).ok();
    // Clocks without leap seconds show 59 for one.
    let second = small(if second == 60 { 59 } else { second })?;
    let local = DateTime::new(
        year,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        second,
        0,
    )
    .ok()?;
    match rest.trim_ascii_start() {
        [] => Some((local, None)),
        rest => Some((local, Some(offset(rest)?))),
    }
}

/// `Z`, `+09:00`, `+0900` or `+09`.
fn offset(rest: &[u8]) -> Option<Offset> {
    let sign = match rest {
        b"Z" | b"z" => return Some(Offset::UTC),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let mut rest = &rest[1..];
    let hours = number(&mut rest, 2, 2)?;
    rest = rest.strip_prefix(b":").unwrap_or(rest);
    let minutes = if rest.is_empty() {
        0
    } else {
        number(&mut rest, 2, 2)?
    };
    if !rest.is_empty() || hours > 24 || minutes > 59 {
        return None;
    }
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    Offset::from_seconds(sign * seconds).ok()
}

/// Parses between `least` and `most` digits at the start of `rest`, and removes them.
fn number(rest: &mut &[u8], least: usize, most: usize) -> Option<i16> {
    let digits = rest
        .iter()
        .take(most)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if digits < least {
        return None;
    }
    let (number, after) = rest.split_at(digits);
    *rest = after;
    Some(
        number
            .iter()
            .fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')),
    )
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::calendar::Calendar;
    use crate::check::{Moment, Timestamp};
    use jiff::tz::TimeZone;

    #[track_caller]
    fn check(text: &str, want: Option<&str>) {
        let calendar = Calendar::new(TimeZone::get("Asia/Tokyo").unwrap());
        let got = Clock::new(&calendar, Moment(1_800_000_000)).read(text.as_bytes(), "u");
        let got = got.map(|time| {
            let Timestamp::At(when) = time else {
                panic!("{text}: {time:?}")
            };
            let civil = calendar.civil(when.at);
            assert_eq!(calendar.day_of(when.at), when.day, "{text}");
            civil.to_string()
        });
        assert_eq!(got.as_deref(), want, "{text}");
    }

    #[test]
    fn times_as_people_and_programs_write_them() {
        let five_past = Some("2024-11-01T00:05:00");
        for text in [
            "2024-11-01 00:05:00",
            "2024/11/01 00:05:00",
            "2024/11/1 0:05",
            "2024-11-01T00:05",
            " 2024-11-01  00:05:00 ",
            "2024-11-01T00:05:00.250",
            "2024-10-31T15:05:00Z",
            "2024-11-01T00:05:00+09:00",
            "2024-10-31 10:05:00 -0500",
            "2024-10-31T16:05:00+01",
        ] {
            check(text, five_past);
        }
        check("2024-02-29 23:59:60", Some("2024-02-29T23:59:59"));
    }

    #[test]
    fn other_text_is_not_a_time() {
        for text in [
            "",
            "2024-11-01",
            "2023-02-29 00:00:00",
            "2024-13-01 00:00",
            "2024-11-01 24:00:00",
            "2024-11/01 00:00",
            "24-11-01 00:00",
            "2024-11-01 00:05:",
            "2024-11-01 00:05:00.",
            "2024-11-01 00:05:00 JST",
            "1730000000",
            "2024-11-01 00:05:00+9",
            "2024-11-01 00:05:61",
        ] {
            check(text, None);
        }
    }
}
