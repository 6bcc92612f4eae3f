//! Planned time: maintenance that was noted, and all time outside the hours of a site.

use std::ops::Range;

use super::hours::Hours;
use crate::calendar::Calendar;
use crate::check::Moment;

/// When nothing is expected of a URL: in no ratio, and never stale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Planned {
    /// In order, apart from each other, none empty.
    notes: Vec<Range<Moment>>,
    hours: Option<Hours>,
}

impl Planned {
    /// Maintenance as noted, in any order, and the hours outside of which a site is off.
    pub fn new(mut notes: Vec<Range<Moment>>, hours: Option<Hours>) -> Self {
        notes.retain(|note| !note.is_empty());
        notes.sort_by_key(|note| note.start);
        notes.dedup_by(|next, note| {
            let meets = next.start <= note.end;
            if meets {
                note.end = note.end.max(next.end);
            }
            meets
        });
        Self { notes, hours }
    }

    /// Whether a moment is inside a maintenance note.
    pub fn is_noted(&self, at: Moment) -> bool {
        self.note_at(at).is_some()
    }

    /// Whether a moment is outside the hours.
    pub fn is_off(&self, at: Moment, calendar: &Calendar) -> bool {
        !self.hours_at(at, calendar).0
    }

    /// Whether a maintenance note begins within some time, not at its start.
    pub fn note_begins_in(&self, span: &Range<Moment>) -> bool {
        let next = self.notes.partition_point(|note| note.start <= span.start);
        self.notes
            .get(next)
            .is_some_and(|note| note.start < span.end)
    }

    /// Seconds of some time that are not off: the length by which gaps are measured.
    pub fn on_seconds(&self, span: &Range<Moment>, calendar: &Calendar) -> i64 {
        let Some(hours) = &self.hours else {
            return span.end.since(span.start).max(0);
        };
        let (mut at, mut sum) = (span.start, 0);
        while at < span.end {
            let (offset, until) = calendar.offset_at(at);
            let end = until.min(span.end);
            sum += hours.watched_until(end.0 + offset) - hours.watched_until(at.0 + offset);
            at = end;
        }
        sum
    }

    /// Seconds of some time that are neither off nor noted.
    pub fn unplanned_seconds(&self, span: &Range<Moment>, calendar: &Calendar) -> i64 {
        self.on_seconds(span, calendar) - self.noted_seconds(span, calendar)
    }

    /// Seconds of some time that are noted, and not off.
    pub fn noted_seconds(&self, span: &Range<Moment>, calendar: &Calendar) -> i64 {
        let noted = self.notes[self.first_note_after(span.start)..]
            .iter()
            .take_while(|note| note.start < span.end)
            .map(|note| note.start.max(span.start)..note.end.min(span.end));
        noted.map(|note| self.on_seconds(&note, calendar)).sum()
    }

    /// The note that a moment is inside of.
    pub fn note_at(&self, at: Moment) -> Option<&Range<Moment>> {
        let next = self.notes.get(self.first_note_after(at))?;
        next.contains(&at).then_some(next)
    }

    /// The pieces of some time that are neither off nor noted, in order.
    pub fn unplanned<'a>(
        &'a self,
        span: Range<Moment>,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = Range<Moment>> + 'a {
        let mut at = span.start;
        std::iter::from_fn(move || {
            while at < span.end {
                let (planned, until) = self.at(at, calendar);
                let piece = at..until.min(span.end);
                at = piece.end;
                if !planned {
                    return Some(piece);
                }
            }
            None
        })
    }

    /// The start of the note that covers the time just before a moment, if one does.
    pub fn note_over_end(&self, end: Moment) -> Option<Moment> {
        let next = self.notes.partition_point(|note| note.end < end);
        let note = self.notes.get(next)?;
        (note.start < end).then_some(note.start)
    }

    /// The first moment at which so many seconds that are not off have passed; at most `limit`.
    pub fn after(&self, from: Moment, seconds: i64, limit: Moment, calendar: &Calendar) -> Moment {
        let (mut at, mut left) = (from, seconds);
        while at < limit && left > 0 {
            let (watched, until) = self.hours_at(at, calendar);
            let end = until.min(limit);
            if watched {
                if end.since(at) >= left {
                    return Moment(at.0 + left);
                }
                left -= end.since(at);
            }
            at = end;
        }
        at.min(limit)
    }

    /// Whether a moment is planned, and the next one at which that may change.
    pub fn at(&self, at: Moment, calendar: &Calendar) -> (bool, Moment) {
        let (watched, until) = self.hours_at(at, calendar);
        match self.notes.get(self.first_note_after(at)) {
            Some(note) if note.start <= at => (true, note.end),
            Some(note) => (!watched, until.min(note.start)),
            None => (!watched, until),
        }
    }

    fn hours_at(&self, at: Moment, calendar: &Calendar) -> (bool, Moment) {
        let Some(hours) = &self.hours else {
            return (true, Moment(i64::MAX));
        };
        let (offset, until) = calendar.offset_at(at);
        let (watched, change) = hours.at(at.0 + offset);
        (watched, until.min(Moment(change - offset)))
    }

    /// The place of the first note that ends after a moment.
    fn first_note_after(&self, at: Moment) -> usize {
        self.notes.partition_point(|note| note.end <= at)
    }
}
