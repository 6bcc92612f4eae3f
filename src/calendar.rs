//! The operator's calendar: moments to days and back, months and years as periods.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::check::{Day, Moment};

/// Days and months as they are cut in one time zone, the same for every reader.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The day number of a date.
pub fn day(date: Date) -> Day {
    let days = date.since(EPOCH).map_or(0, |span| span.get_days());
    Day(days)
}

/// The date of a day number; days out of the calendar's range are its ends.
pub fn date(day: Day) -> Date {
    EPOCH.saturating_add(day.0.days())
}

impl Calendar {
    /// The calendar of a zone.
    pub fn new(zone: TimeZone) -> Self {
        Self { zone }
    }

    /// The local date and time of a moment.
    pub fn civil(&self, moment: Moment) -> DateTime {
        let timestamp = Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(timestamp)
    }

    /// A moment as RFC 3339 has it, with the zone's offset.
    pub fn rfc3339(&self, moment: Moment) -> String {
        let timestamp = Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp
            .to_zoned(self.zone.clone())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    }

    /// The day of a moment.
    pub fn day_of(&self, moment: Moment) -> Day {
        day(self.civil(moment).date())
    }

    /// The last days up to the one of a moment.
    pub fn last_days(&self, now: Moment, count: i32) -> Range<Day> {
        let tomorrow = self.day_of(now).plus(1);
        tomorrow.plus(-count)..tomorrow
    }

    /// The moment a day begins; where a clock change skips midnight, the first one there is.
    pub fn start_of(&self, day: Day) -> Moment {
        self.moment(date(day).at(0, 0, 0, 0), None)
    }

    /// The moments a period of days begins and ends.
    pub fn span(&self, days: &Range<Day>) -> Range<Moment> {
        self.start_of(days.start)..self.start_of(days.end)
    }

    /// The offset of a day's local time, if it is the same all day.
    pub fn constant_offset(&self, day: Day) -> Option<Offset> {
        let offset = |day| match self
            .zone
            .to_ambiguous_timestamp(date(day).at(0, 0, 0, 0))
            .offset()
        {
            AmbiguousOffset::Unambiguous { offset } => Some(offset),
            _ => None,
        };
        let start = offset(day)?;
        (offset(day.plus(1))? == start).then_some(start)
    }

    /// The moment of a local time.
    ///
    /// A time that a clock change skips is read as if the clock had not changed. One that
    /// comes twice is the first, unless that would be more than half an hour before
    /// `previous`, the row before: logs go forward.
    pub fn moment(&self, local: DateTime, previous: Option<Moment>) -> Moment {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let at = |offset: Offset| {
            offset
                .to_timestamp(local)
                .map_or(Moment(0), |timestamp| Moment(timestamp.as_second()))
        };
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset }
            | AmbiguousOffset::Gap { before: offset, .. } => at(offset),
            AmbiguousOffset::Fold { before, after } => {
                let first = at(before);
                match previous {
                    Some(previous) if previous.since(first) > 1800 => at(after),
                    _ => first,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use crate::check::Moment;
    use jiff::tz::TimeZone;

    #[test]
    fn a_time_that_comes_twice_is_the_one_that_does_not_go_back() {
        let calendar = Calendar::new(TimeZone::get("Europe/Berlin").unwrap());
        let at = |text: &str, previous| calendar.moment(text.parse().unwrap(), previous);
        let first = at("2024-10-27T02:30:00", None);
        assert_eq!(first, Moment(1_729_989_000));
        assert_eq!(at("2024-10-27T02:30:00", Some(Moment(first.0 + 5))), first);
        assert_eq!(
            at("2024-10-27T02:00:00", Some(Moment(first.0 + 1500))),
            Moment(first.0 + 1800)
        );
        assert_eq!(
            at("2024-03-31T02:30:00", None),
            at("2024-03-31T03:30:00", None)
        );
        assert_eq!(calendar.constant_offset(calendar.day_of(first)), None);
        let day = calendar.day_of(first);
        assert_eq!(
            calendar.start_of(day.plus(1)).since(calendar.start_of(day)),
            25 * 3600
        );
    }
}
