//! A day as its clock shows it: times, and where they are on the chart.

use std::ops::Range;

use jiff::civil::Date;

use crate::calendar::{self, Calendar, ClockHour};
use crate::check::{Day, Moment};
use crate::load::day::DayCheck;
use crate::view::words::Words;

/// A day of one URL.
pub(super) struct Clock<'a> {
    pub day: Range<Moment>,
    pub hours: Vec<ClockHour>,
    calendar: &'a Calendar,
    words: &'a Words,
    /// How times are written: with seconds if any check has some.
    format: &'static str,
}

impl<'a> Clock<'a> {
    pub(super) fn new(
        day: Day,
        checks: &[DayCheck],
        calendar: &'a Calendar,
        words: &'a Words,
    ) -> Self {
        let has_seconds = checks.iter().any(|check| check.at.0.rem_euclid(60) != 0);
        Self {
            day: calendar.span(&(day..day.plus(1))),
            hours: calendar.hours_of(day),
            calendar,
            words,
            format: if has_seconds { "%H:%M:%S" } else { "%H:%M" },
        }
    }

    /// The time of a moment of this day. One in an hour that the clock shows twice says so.
    pub(super) fn time(&self, at: Moment) -> String {
        self.written(at, self.format)
    }

    /// A moment, with its seconds if it has some, and its date if that is another day.
    pub(super) fn moment(&self, at: Moment) -> String {
        let has_seconds = at.0.rem_euclid(60) != 0;
        let format = if has_seconds { "%H:%M:%S" } else { "%H:%M" };
        if self.day.contains(&at) {
            return self.written(at, format);
        }
        let civil = self.calendar.civil(at);
        let date = short_date(civil.date(), self.words);
        format!("{date} {}", civil.strftime(format))
    }

    /// The same of an end: the midnight after this day is its `24:00`.
    pub(super) fn end(&self, at: Moment) -> String {
        if at == self.day.end {
            "24:00".to_owned()
        } else {
            self.moment(at)
        }
    }

    fn written(&self, at: Moment, format: &str) -> String {
        let time = self.calendar.civil(at).strftime(format).to_string();
        let hour = self.hours.iter().find(|hour| hour.span.contains(&at));
        if hour.is_some_and(|hour| hour.is_repeated) {
            (self.words.day_page.again_at)(&time)
        } else {
            time
        }
    }

    /// How much of the day is before a moment, of ten thousand.
    pub(super) fn share(&self, at: Moment) -> i64 {
        let length = self.day.end.since(self.day.start).max(1);
        (at.since(self.day.start) * 10_000 / length).clamp(0, 10_000)
    }
}

/// A date with its weekday, for a heading.
pub(super) fn long_date(day: Day, words: &Words) -> String {
    let date = calendar::date(day);
    (words.day_page.date)(date.year(), date.month(), date.day(), weekday(date))
}

/// A date with its weekday, without its year.
pub(super) fn short_date(date: Date, words: &Words) -> String {
    (words.day_page.short_date)(date.month(), date.day(), weekday(date))
}

/// From Monday, 0.
fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}
