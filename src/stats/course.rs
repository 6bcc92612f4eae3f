//! What a log says of one URL up to now: every gap judged by what is known today.

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

use super::block::{Block, Until};
use super::day::{DayTally, Finding, Spoken};
use super::decided::MOST;
use super::gaps::Start;
use super::incident::{End, Incident, Record};
use super::interval::{LastWord, Rounds, last_word};
use super::rules::{Reading, Rules};
use super::run::Names;
use super::series::Series;
use super::stretch::Stretch;
use crate::check::{Day, Moment};

/// Everything that is known of one URL at a moment.
#[derive(Clone, Debug)]
pub struct Course<'a> {
    /// The first check.
    pub first_check: Moment,
    /// The last check.
    pub last_check: Moment,
    /// How often it is checked of late, in seconds; `None` of a single round.
    pub interval_seconds: Option<i64>,
    /// To where the last check speaks, if now is too long after it.
    pub stale_since: Option<Moment>,
    /// How many incidents there were before those that are kept.
    pub incidents_left_out: u64,
    pub(super) reading: Reading<'a>,
    pub(super) now: Moment,
    /// To where time is told.
    end: Moment,
    /// What the last check found, and whether its run is confirmed.
    pub(super) last: LastFinding,
    incidents: VecDeque<Record>,
    names: Names,
    days: Series<Day, DayTally>,
    spoken: Series<Day, Spoken>,
    hours: Series<Moment, DayTally>,
    hours_spoken: Series<Moment, Spoken>,
    open_ends: Vec<OpenEnd>,
    /// What the last check speaks for whatever follows.
    sure_until: Moment,
}

/// How the last check leaves a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastFinding {
    Up,
    Unconfirmed,
    Confirmed,
    Maintenance,
}

/// A place where checks that are still to come decide something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct OpenEnd {
    /// The check before it.
    last: Moment,
    /// The start of an unconfirmed run that is open there.
    unconfirmed: Option<Moment>,
}

/// Seconds of a range: of its part from the first check to now, that is all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seconds {
    /// Up time.
    pub up: i64,
    /// Time of incidents.
    pub down: i64,
    /// Maintenance and off time.
    pub planned: i64,
    /// Time for which no check speaks.
    pub unknown: i64,
}

/// The numbers of one day.
#[derive(Debug)]
pub struct DayFigures {
    pub date: Day,
    /// Its checks, those ahead of the clock among them.
    pub checks: DayTally,
    /// Its time from the first check to now.
    pub seconds: Seconds,
}

impl Stretch {
    /// What the stretch says if nothing stands before it and it is now; `None` without a check.
    /// The reading is as for all its checks.
    pub fn settle(mut self, now: Moment, reading: Reading<'_>) -> Option<Course<'_>> {
        self.rest(reading);
        let mut open_ends = Vec::new();
        self.edges
            .blocks
            .first_mut()?
            .begin(&mut self.decided, reading);
        while let Some(&number) = self.edges.waits.first() {
            if self.edges.gaps.waits(number) {
                open_ends.extend(self.open_end(reading.rules));
            }
            self.decide(0, self.edges.gaps.present_fate(number), reading);
        }
        open_ends.extend(self.open_end(reading.rules));
        let word = self.last_word();
        let usual = self.edges.gaps.usual_of_late().unwrap_or(0);
        let block = self.edges.blocks.last_mut()?;
        let (first_check, last_check) = (block.first, block.last);
        let after = |seconds: i64| {
            let planned = &reading.rules.planned;
            planned.after(last_check, seconds, Moment(i64::MAX), reading.calendar)
        };
        let confirmed = |checks| reading.rules.confirms(checks);
        let last = match (block.finding, block.current()) {
            (Finding::Maintenance, _) => LastFinding::Maintenance,
            (_, Some(run)) if confirmed(run.checks) => LastFinding::Confirmed,
            (_, Some(_)) => LastFinding::Unconfirmed,
            (_, None) => LastFinding::Up,
        };
        let silence = (reading.rules.planned).on_seconds(&(last_check..now), reading.calendar);
        let stale_since = (silence > word.limit).then(|| after(word.seconds));
        let mut place = self.decided.incidents.len();
        let (to, until) = match stale_since {
            Some(since) => (since, Until::Silence),
            None => (now.max(last_check), Until::Now),
        };
        block.speak(to, until, &mut self.decided, &mut place, reading);
        if stale_since.is_some() {
            block.end_run(End::Unknown, &mut self.decided, &mut place, reading);
        }
        if let Some(run) = block.take_open() {
            self.decided.close(run, End::Open, &mut place, reading);
        }
        self.decided.totals.take_back(now, reading);
        let first = self.decided.totals.clock.first_hour(now, reading.calendar);
        self.hours.remove_before(first);
        self.decided.totals.hours.remove_before(first);
        Some(Course {
            first_check,
            last_check,
            interval_seconds: self.edges.gaps.usual_of_late().map(|_| word.seconds),
            stale_since,
            incidents_left_out: self.decided.left_out,
            reading,
            now,
            end: now,
            last,
            incidents: self.decided.incidents,
            names: self.edges.names,
            days: self.days,
            spoken: self.decided.totals.days,
            hours: self.hours,
            hours_spoken: self.decided.totals.hours,
            open_ends,
            sure_until: after(usual),
        })
    }

    /// The end of what is before the first undecided gap, or of all.
    fn open_end(&self, rules: &Rules) -> Option<OpenEnd> {
        let [block, later @ ..] = self.edges.blocks.as_slice() else {
            return None;
        };
        let may_go_on = later.first().is_none_or(Block::may_continue_a_run);
        let run = block
            .current()
            .filter(|run| may_go_on && !rules.confirms(run.checks));
        Some(OpenEnd {
            last: block.last,
            unconfirmed: run.map(|run| run.from),
        })
    }

    fn last_word(&self) -> LastWord {
        let gaps = &self.edges.gaps;
        let rounds = match gaps.start() {
            Start::Alone if self.edges.checks > 1 => Rounds::Repeated,
            Start::Alone | Start::Off | Start::Gap(_) => Rounds::Single,
        };
        last_word(gaps.usual_of_late(), gaps.usual_from_up(), rounds)
    }
}

impl Course<'_> {
    /// The seconds of some days, up to now and from the first check on.
    pub fn seconds(&self, days: &Range<Day>) -> Seconds {
        let spoken = self.spoken.range(days.clone()).iter();
        self.complete(&self.span(days), spoken.map(|(_, spoken)| *spoken))
    }

    /// Seconds of maintenance on some days, by rows and by notes.
    pub fn maintenance(&self, days: &Range<Day>) -> i64 {
        let planned = &self.reading.rules.planned;
        let noted = planned.noted_seconds(&self.span(days), self.reading.calendar);
        let by_rows: i64 = self
            .maintenance_rows(days)
            .map(|(_, seconds)| seconds)
            .sum();
        noted + by_rows
    }

    /// The days of some that rows of the log call maintenance, with the seconds of it.
    pub fn maintenance_rows(&self, days: &Range<Day>) -> impl Iterator<Item = (Day, i64)> {
        let spoken = self.spoken.range(days.clone()).iter();
        spoken
            .map(|(day, spoken)| (*day, i64::from(spoken.maintenance)))
            .filter(|(_, seconds)| *seconds > 0)
    }

    /// The first check of failed ones that are no incident yet, if the last check is among them.
    pub fn failing_since(&self) -> Option<Moment> {
        self.open_ends.last()?.unconfirmed
    }

    /// The last incident, over or not.
    pub fn last_incident(&self) -> Option<Incident<'_>> {
        self.incidents_within(Moment::ALL).last()
    }

    /// The maintenance that is noted for now.
    pub fn noted_now(&self) -> Option<&Range<Moment>> {
        self.reading.rules.planned.note_at(self.now)
    }

    /// The seconds of some full hours of the wall clock among the last fifty.
    pub fn seconds_of_hours(&self, hours: &Range<Moment>) -> Seconds {
        let spoken = self.hours_spoken.range(hours.clone()).iter();
        self.complete(&self.told(hours), spoken.map(|(_, spoken)| *spoken))
    }

    /// The last so many full hours of the wall clock and the current one, of at most fifty.
    pub fn last_hours(&self, count: i64) -> Range<Moment> {
        let (offset, _) = self.reading.calendar.offset_at(self.now);
        let hour = self.now.0 - (self.now.0 + offset).rem_euclid(3600);
        Moment(hour - count * 3600)..Moment(hour + 3600)
    }

    /// The checks of some full hours among the last fifty, by hour.
    pub fn hours(&self, hours: &Range<Moment>) -> &[(Moment, DayTally)] {
        self.hours.range(hours.clone())
    }

    /// The checks of each day.
    pub fn days(&self) -> &Series<Day, DayTally> {
        &self.days
    }

    /// The days of a range that have checks, or for which checks speak. All others are unknown or
    /// planned: a log may have a row of each century, so they are not listed.
    pub fn day_figures(&self, days: &Range<Day>) -> impl Iterator<Item = DayFigures> + '_ {
        let counted = self.days.range(days.clone()).iter().map(|(day, _)| *day);
        let spoken = self.spoken.range(days.clone()).iter().map(|(day, _)| *day);
        let dates: BTreeSet<Day> = counted.chain(spoken).collect();
        dates.into_iter().filter_map(|date| {
            let checks = self.days.get(date).cloned();
            let seconds = self.seconds(&(date..date.plus(1)));
            let is_spoken_for = seconds.up + seconds.down > 0;
            (is_spoken_for || checks.is_some()).then(|| DayFigures {
                date,
                checks: checks.unwrap_or_default(),
                seconds,
            })
        })
    }

    /// The incidents that touch some days, in order.
    pub fn incidents(&self, days: &Range<Day>) -> impl Iterator<Item = Incident<'_>> {
        self.incidents_within(self.reading.calendar.span(days))
    }

    /// The incidents that touch some time, in order.
    pub fn incidents_within(&self, days: Range<Moment>) -> impl Iterator<Item = Incident<'_>> {
        let (planned, calendar) = (&self.reading.rules.planned, self.reading.calendar);
        let told = self.told(&days);
        self.incidents
            .iter()
            .filter(move |incident| incident.touches(&days, self.end, planned))
            .map(move |incident| incident.shown(&told, self.end, &self.names, planned, calendar))
    }

    /// How many incidents that may touch some days are not known any more.
    pub fn left_out_of(&self, days: &Range<Day>) -> u64 {
        let start = self.reading.calendar.span(days).start;
        // With fewer than are kept, some of those that are known were not asked for either.
        let is_full = self.incidents.len() >= MOST;
        match self.incidents.front() {
            Some(oldest) if is_full && oldest.run.from > start => self.incidents_left_out,
            _ => 0,
        }
    }

    /// Whether checks that are still to come may change the seconds and incidents of some days.
    pub fn is_provisional(&self, days: &Range<Day>) -> bool {
        let end = self.reading.calendar.start_of(days.end);
        let covered =
            self.last_check >= end || self.stale_since.is_some() && self.sure_until >= end;
        let waits = |place: &OpenEnd| {
            let gap = place.last < end && place.last != self.last_check;
            gap || place.unconfirmed.is_some_and(|from| from < end)
        };
        self.now < end || !covered || self.open_ends.iter().any(waits)
    }

    /// The same, of a URL that is watched no more: its time ends with what its last check speaks
    /// for.
    #[must_use]
    pub fn until_last_word(mut self) -> Self {
        self.end = self.stale_since.unwrap_or(self.end);
        self
    }

    fn span(&self, days: &Range<Day>) -> Range<Moment> {
        self.told(&self.reading.calendar.span(days))
    }

    fn told(&self, span: &Range<Moment>) -> Range<Moment> {
        let from = span.start.max(self.first_check);
        from..span.end.min(self.end).max(from)
    }

    /// Adds planned and unknown time to what was spoken for.
    fn complete(&self, span: &Range<Moment>, spoken: impl Iterator<Item = Spoken>) -> Seconds {
        let planned = &self.reading.rules.planned;
        let unplanned = planned.unplanned_seconds(span, self.reading.calendar);
        let length = span.end.since(span.start);
        let mut seconds = Seconds {
            planned: length - unplanned,
            ..Seconds::default()
        };
        for spoken in spoken {
            seconds.up += i64::from(spoken.up);
            seconds.down += i64::from(spoken.down);
            seconds.planned += i64::from(spoken.maintenance);
        }
        seconds.unknown = length - seconds.up - seconds.down - seconds.planned;
        seconds
    }
}
