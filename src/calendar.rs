//! The operator's calendar: moments to days and back, in one time zone. Clock changes are handled
//! here and nowhere else.

use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::check::{Day, Moment};

/// The calendar of one time zone, which is the same for every reader.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    offsets: OnceLock<Offsets>,
}

/// From when on local time is by how many seconds ahead of UTC, in order, from 1970 up to a
/// moment. Asking the zone takes ten times as long.
#[derive(Clone, Debug)]
struct Offsets {
    from: Vec<(Moment, i64)>,
    until: Moment,
}

impl Offsets {
    /// Those of 90 years; at most a few hundred.
    fn of(zone: &TimeZone) -> Self {
        let until = Timestamp::UNIX_EPOCH.as_second() + 90 * 365 * 86_400;
        let first = zone.to_offset(Timestamp::UNIX_EPOCH).seconds();
        let later = zone
            .following(Timestamp::UNIX_EPOCH)
            .map(|change| {
                (
                    Moment(change.timestamp().as_second()),
                    change.offset().seconds(),
                )
            })
            .take_while(|(at, _)| at.0 < until);
        let from = std::iter::once((Moment(0), first)).chain(later);
        Self {
            from: from.map(|(at, offset)| (at, offset.into())).collect(),
            until: Moment(until),
        }
    }

    fn at(&self, moment: Moment) -> Option<(i64, Moment)> {
        let next = self.from.partition_point(|(from, _)| *from <= moment);
        let (_, offset) = self.from.get(next.checked_sub(1)?)?;
        let until = self.from.get(next).map_or(self.until, |(from, _)| *from);
        (moment < until).then_some((*offset, until))
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The first and the last day whose midnights are moments in every zone.
const FIRST: i32 = -4_371_000;
const LAST: i32 = 2_932_800;

/// An hour of a day, as the clock shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockHour {
    pub span: Range<Moment>,
    /// From 0 to 23.
    pub hour: i64,
    /// Whether it begins with the full hour.
    pub is_full: bool,
    /// Whether the clock has shown it before on this day.
    pub is_repeated: bool,
}

/// The day number of a date.
pub fn day(date: Date) -> Day {
    let days = date.since(EPOCH).map_or(0, |span| span.get_days());
    Day(days)
}

/// The date of a day number; one out of range becomes the first or last of a known date.
pub fn date(day: Day) -> Date {
    EPOCH.saturating_add(day.0.clamp(FIRST, LAST).days())
}

impl Calendar {
    pub fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            offsets: OnceLock::new(),
        }
    }

    /// The local date and time of a moment.
    pub fn civil(&self, moment: Moment) -> DateTime {
        let timestamp = Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(timestamp)
    }

    /// A moment in the format of RFC 3339, with the zone's offset.
    pub fn rfc3339(&self, moment: Moment) -> String {
        let timestamp = Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp
            .to_zoned(self.zone.clone())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    }

    pub fn day_of(&self, moment: Moment) -> Day {
        day(self.civil(moment).date())
    }

    /// The last `count` days, including that of `now`.
    pub fn last_days(&self, now: Moment, count: i32) -> Range<Day> {
        let tomorrow = self.day_of(now).plus(1);
        tomorrow.plus(-count)..tomorrow
    }

    /// The first moment of a day, even where a clock change skips midnight.
    pub fn start_of(&self, day: Day) -> Moment {
        self.moment(date(day).at(0, 0, 0, 0), None)
    }

    /// The moments from the start of the first day to the end of the last.
    pub fn span(&self, days: &Range<Day>) -> Range<Moment> {
        self.start_of(days.start)..self.start_of(days.end)
    }

    /// The hours of a day as its clock shows them, in order. A day on which the clock changes has 23
    /// or 25 of them; where it changes by less than an hour, one is shorter.
    pub fn hours_of(&self, day: Day) -> Vec<ClockHour> {
        let Range { start, end } = self.span(&(day..day.plus(1)));
        let mut hours: Vec<ClockHour> = Vec::new();
        let mut at = start;
        while at < end {
            let (offset, until) = self.offset_at(at);
            let local = at.0 + offset;
            let next = Moment(at.0 + 3600 - local.rem_euclid(3600));
            let hour = local.rem_euclid(86_400) / 3600;
            hours.push(ClockHour {
                span: at..next.min(until).min(end),
                hour,
                is_full: local.rem_euclid(3600) == 0,
                is_repeated: hours.iter().any(|before| before.hour == hour),
            });
            at = next.min(until).min(end);
        }
        hours
    }

    /// The offset of a day's local time, if it is constant all day.
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

    /// By how many seconds local time is ahead of UTC at a moment, and until when that holds.
    pub fn offset_at(&self, moment: Moment) -> (i64, Moment) {
        let offsets = self.offsets.get_or_init(|| Offsets::of(&self.zone));
        if let Some(known) = offsets.at(moment) {
            return known;
        }
        let Ok(timestamp) = Timestamp::from_second(moment.0) else {
            return (0, Moment(i64::MAX));
        };
        let offset = self.zone.to_offset(timestamp);
        let next = self.zone.following(timestamp).next();
        let until = next.map_or(i64::MAX, |transition| transition.timestamp().as_second());
        (offset.seconds().into(), Moment(until))
    }

    /// The moment of a local time.
    ///
    /// A time that a clock change skips is read as if the clock had not changed. A time that occurs
    /// twice is the first of the two, unless that is not after `previous`, the time of the same URL
    /// in the row before, because logs go forward.
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
                    Some(previous) if first <= previous => at(after),
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
    fn a_time_that_occurs_twice_does_not_go_back() {
        let calendar = Calendar::new(TimeZone::get("Europe/Berlin").unwrap());
        let at = |text: &str, previous| calendar.moment(text.parse().unwrap(), previous);
        let first = at("2024-10-27T02:30:00", None);
        assert_eq!(first, Moment(1_729_989_000));
        let before = Some(Moment(first.0 - 1));
        assert_eq!(at("2024-10-27T02:30:00", before), first);
        assert_eq!(
            at("2024-10-27T02:30:00", Some(first)),
            Moment(first.0 + 3600)
        );
        assert_eq!(
            at("2024-03-31T02:30:00", None),
            at("2024-03-31T03:30:00", None)
        );
        assert_eq!(calendar.constant_offset(calendar.day_of(first)), None);
        let day = calendar.day_of(first);
        let hours = calendar.hours_of(day);
        let shown: Vec<_> = hours.iter().map(|hour| hour.hour).collect();
        let want: Vec<_> = (0..3).chain(2..24).collect();
        assert_eq!(shown, want);
        let repeated = hours.iter().position(|hour| hour.is_repeated);
        assert_eq!(repeated, Some(3));
        let spring = calendar.day_of(at("2024-03-31T12:00:00", None));
        let shown: Vec<_> = calendar.hours_of(spring).iter().map(|h| h.hour).collect();
        let want: Vec<_> = (0..2).chain(3..24).collect();
        assert_eq!(shown, want);
        assert_eq!(
            calendar.start_of(day.plus(1)).since(calendar.start_of(day)),
            25 * 3600
        );
    }
}
