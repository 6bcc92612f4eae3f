//! The seconds of days and hours for which checks speak, as far as they are certain.

use std::ops::Range;

use super::day::{Share, Spoken};
use super::rules::Reading;
use super::series::Series;
use super::tail::Tail;
use crate::calendar::Calendar;
use crate::check::{Day, Moment};

/// Seconds up to the last check of which hours are kept: for "the last 24 hours" from now, though
/// the newest check may be up to a day ahead.
const HOURS: i64 = 50 * 3600;

/// Time of more seconds that was not certain at once is added all together: its days one by one
/// would each move all that are after them.
const LONG: i64 = 30 * 24 * 3600;

/// Seconds that no other check can change.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals {
    /// Seconds by day.
    pub(super) days: Series<Day, Spoken>,
    /// Seconds by hour, which is known by its start, up to the last check.
    pub(super) hours: Series<Moment, Spoken>,
    /// The last minutes to the second.
    pub(super) tail: Tail,
    pub(super) clock: Clock,
}

/// A change of the seconds of a day or an hour.
type Change = fn(&mut Spoken, Share, i64);

/// The day and the offset that were looked for last: most are followed by themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    day: Option<(Day, Range<Moment>)>,
    offset: Option<(i64, Range<Moment>)>,
}

impl Clock {
    /// The day of a moment, and when it begins and ends.
    pub(super) fn day(&mut self, at: Moment, calendar: &Calendar) -> (Day, Range<Moment>) {
        if let Some((day, whole)) = &self.day
            && whole.contains(&at)
        {
            return (*day, whole.clone());
        }
        let mut day = calendar.day_of(at);
        let mut whole = calendar.span(&(day..day.plus(1)));
        // A clock that goes back over midnight shows the day before again.
        while at >= whole.end && day < Day(i32::MAX) {
            day = day.plus(1);
            whole = whole.end..calendar.start_of(day.plus(1)).max(whole.end);
        }
        self.day = Some((day, whole.clone()));
        (day, whole)
    }

    /// The hour of the wall clock around a moment.
    pub(super) fn hour(&mut self, at: Moment, calendar: &Calendar) -> Range<Moment> {
        let offset = self.offset(at, calendar).0;
        let start = at.0 - (at.0 + offset).rem_euclid(3600);
        Moment(start)..Moment(start + 3600)
    }

    /// The offset of local time at a moment, and until when it holds.
    pub(super) fn offset(&mut self, at: Moment, calendar: &Calendar) -> (i64, Moment) {
        if let Some((offset, holds)) = &self.offset
            && holds.contains(&at)
        {
            return (*offset, holds.end);
        }
        let (offset, until) = calendar.offset_at(at);
        self.offset = Some((offset, at..until));
        (offset, until)
    }

    /// The start of the first of the hours that are kept of a log that ends at a moment.
    pub(super) fn first_hour(&mut self, last: Moment, calendar: &Calendar) -> Moment {
        Moment(self.hour(last, calendar).end.0 - HOURS)
    }
}

impl Totals {
    /// Adds the part of some time that is not planned by the rules.
    pub(super) fn add(&mut self, share: Share, span: Range<Moment>, reading: Reading) {
        if span.is_empty() {
            return;
        }
        self.change(Spoken::add, share, &span, reading);
        self.tail.add(share, span);
    }

    /// Takes back what is after a moment, at most [`crate::check::AHEAD`] seconds before the last check.
    pub(super) fn take_back(&mut self, now: Moment, reading: Reading) {
        for (span, share) in self.tail.after(now) {
            self.change(Spoken::take_back, share, &span, reading);
        }
    }

    fn change(&mut self, change: Change, share: Share, span: &Range<Moment>, reading: Reading) {
        let (planned, calendar) = (&reading.rules.planned, reading.calendar);
        for piece in planned.unplanned(reading.needs.within(span), calendar) {
            let mut at = piece.start;
            let mut inserted = Series::default();
            let days = if piece.end.since(at) > LONG
                && self.days.last() > Some(self.clock.day(at, calendar).0)
            {
                &mut inserted
            } else {
                &mut self.days
            };
            while at < piece.end {
                let (day, whole) = self.clock.day(at, calendar);
                let end = whole.end.min(piece.end);
                change(days.entry(day), share, end.since(at));
                at = end;
            }
            self.days.merge(inserted, Spoken::merge);
        }
        if !reading.needs.hours() {
            return;
        }
        let first = self.clock.first_hour(span.end, calendar);
        for piece in planned.unplanned(span.start.max(first)..span.end, calendar) {
            let mut at = piece.start;
            while at < piece.end {
                let hour = self.clock.hour(at, calendar);
                let end = hour.end.min(piece.end);
                change(self.hours.entry(hour.start), share, end.since(at));
                at = end;
            }
        }
    }

    /// Adds those of a later stretch.
    pub(super) fn append(&mut self, later: Self) {
        self.days.merge(later.days, Spoken::merge);
        self.hours.merge(later.hours, Spoken::merge);
        self.tail.append(later.tail);
    }

    /// Forgets what only matters near the end of a log that ends at a moment.
    pub(super) fn forget_before_end(&mut self, last: Moment, calendar: &Calendar) {
        let first = self.clock.first_hour(last, calendar);
        self.hours.remove_before(first);
        self.tail.keep_end(last);
    }
}
