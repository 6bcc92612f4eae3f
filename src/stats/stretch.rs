//! The dated checks of one URL in a stretch of log, in memory bounded by days and incidents.
//! Stretches join.
//!
//! A check speaks for the time until the next one, unless the gap between is a hole, which the
//! gaps around it decide: fifteen before, ten after. All time of a stretch is decided but
//! that in the gaps near its ends for which those are not all there. So a stretch is a
//! list of blocks with undecided gaps between them, and what was decided, which only adds up.

use std::collections::VecDeque;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::block::Block;
use super::calm::Calm;
use super::day::{Count, DayTally, Finding, Spoken};
use super::decided::Decided;
use super::gaps::{Began, Gaps};
use super::incident::Record;
use super::interval::{AFTER, Fate};
use super::needs::Needs;
use super::rules::Reading;
use super::run::{Code, Names};
use super::series::Series;
use super::tail::Tail;
use super::totals::Totals;
use crate::check::{Check, Day, Moment, When};

/// A check, or a stretch, that is before the one after which it was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfOrder;

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("checks are not in order of time")
    }
}

impl std::error::Error for OutOfOrder {}

/// The dated checks of one URL in a stretch of log.
///
/// Adding checks one by one, in any number of stretches that are joined in any grouping, gives
/// the same stretch, as long as all is read by the same rules.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    pub(super) edges: Edges,
    pub(super) decided: Decided,
    pub(super) days: Series<Day, DayTally>,
    pub(super) hours: Series<Moment, DayTally>,
    /// The checks since the last one that was looked at closely.
    pub(super) calm: Calm,
}

/// What the checks before and after a stretch can still depend on. Its size is bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edges {
    pub(super) blocks: Vec<Block>,
    /// The number of the undecided gap after each block but the last.
    pub(super) waits: Vec<u64>,
    pub(super) gaps: Gaps,
    /// The first check of the last round; that of an empty stretch means nothing.
    pub(super) round: i64,
    /// How many checks there are.
    pub(super) checks: u64,
    pub(super) names: Names,
    tail: Tail,
    left_out: u64,
}

/// The details of a stretch by day and hour, which few requests need all of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Checks by day.
    #[serde(with = "super::runs")]
    pub days: Series<Day, DayTally>,
    /// Seconds by day.
    #[serde(with = "super::runs")]
    pub seconds: Series<Day, Spoken>,
    /// Checks by hour, which is known by its start, of the last fifty.
    pub hours: Series<Moment, DayTally>,
    /// Seconds by hour.
    pub hour_seconds: Series<Moment, Spoken>,
}

impl Stretch {
    /// How many checks there are.
    pub fn checks(&self) -> u64 {
        self.edges.checks + self.calm.checks()
    }

    /// The first check.
    pub fn first(&self) -> Option<Moment> {
        Some(self.edges.blocks.first()?.first)
    }

    /// The last check.
    pub fn last(&self) -> Option<Moment> {
        let last = self.edges.blocks.last()?.last;
        Some(last.max(self.calm.last()))
    }

    /// Takes in a check. Checks of the future are not for a stretch.
    pub fn add(&mut self, when: When, check: &Check, reading: Reading) -> Result<(), OutOfOrder> {
        if self.add_calmly(when, check) {
            return Ok(());
        }
        if self.last().is_some_and(|last| when.at < last) {
            return Err(OutOfOrder);
        }
        self.end_calm(reading);
        if self.decided.totals.tail.is_long() || self.hours.len() > 128 {
            self.forget_before_end(reading);
        }
        let (finding, count) = reading
            .rules
            .classify(when.at, check.outcome, reading.calendar);
        self.edges.checks += 1;
        let code = (finding == Finding::Failed).then(|| self.edges.names.number(check.code));
        self.count(when, count, check, reading);
        self.add_finding(when.at, finding, code, reading);
        self.begin_calm(when, count, code, reading);
        Ok(())
    }

    fn count(&mut self, when: When, count: Count, check: &Check, reading: Reading) {
        if reading.needs.days().contains(&when.day) {
            self.days.entry(when.day).add_check(count, check);
        }
        if reading.needs.hours() {
            let hour = self.decided.totals.clock.hour(when.at, reading.calendar);
            self.hours.entry(hour.start).add_check(count, check);
        }
    }

    fn add_finding(&mut self, at: Moment, finding: Finding, code: Option<Code>, reading: Reading) {
        let check = Block::new(at, finding, code);
        let Some(last) = self.edges.blocks.last() else {
            self.edges.round = at.0;
            self.edges.blocks.push(check);
            return;
        };
        let place = self.decided.incidents.len();
        if is_one_round(last.last, at) {
            self.append_block(check, place, reading);
            return;
        }
        let number = self.edges.end_round(at, reading);
        self.edges.round = at.0;
        self.append_after(number, check, place, reading);
        self.decide_late(reading);
    }

    /// Takes in the block after the last one, and after a gap of a number or off time. `place` is
    /// where its incidents begin.
    pub(super) fn append_after(
        &mut self,
        number: Option<u64>,
        block: Block,
        place: usize,
        reading: Reading,
    ) {
        let undecided =
            number.filter(|&number| self.edges.gaps.certain_fate(number) != Some(Fate::Whole));
        match undecided {
            None => self.append_block(block, place, reading),
            Some(number) => {
                self.edges.waits.push(number);
                self.edges.blocks.push(block);
            }
        }
    }

    /// Takes in a block for whose start the last check speaks.
    pub(super) fn append_block(&mut self, block: Block, mut place: usize, reading: Reading) {
        if let Some(last) = self.edges.blocks.last_mut() {
            last.append(block, Fate::Whole, &mut self.decided, &mut place, reading);
        }
    }

    /// Decides the gap that has ten after it now, if it waited for them.
    fn decide_late(&mut self, reading: Reading) {
        let due = self.edges.gaps.count().wrapping_sub(AFTER as u64);
        if let Ok(wait) = self.edges.waits.binary_search(&due)
            && let Some(fate) = self.edges.gaps.certain_fate(due)
        {
            self.decide(wait, fate, reading);
        }
    }

    /// Makes one of the blocks around an undecided gap.
    pub(super) fn decide(&mut self, wait: usize, fate: Fate, reading: Reading) {
        let later = self.edges.blocks.remove(wait + 1);
        self.edges.waits.remove(wait);
        let incidents = &self.decided.incidents;
        let mut place = incidents.partition_point(|incident| incident.run.from < later.first);
        let block = &mut self.edges.blocks[wait];
        block.append(later, fate, &mut self.decided, &mut place, reading);
    }

    /// Adds what was put off, so that equal checks make equal stretches.
    pub fn rest(&mut self, reading: Reading) {
        self.end_calm(reading);
        self.forget_before_end(reading);
    }

    pub(super) fn forget_before_end(&mut self, reading: Reading) {
        if let Some(last) = self.edges.blocks.last() {
            let decided = &mut self.decided;
            decided
                .totals
                .forget_before_end(last.last, reading.calendar);
            let first = decided.totals.clock.first_hour(last.last, reading.calendar);
            self.hours.remove_before(first);
        }
    }

    /// Removes the details that are not needed.
    pub fn retain(&mut self, needs: &Needs) {
        self.days.retain(&needs.days());
        self.decided.totals.days.retain(&needs.days());
        if !needs.hours() {
            self.hours = Series::default();
            self.decided.totals.hours = Series::default();
        }
        let since = needs.incidents_since();
        let incidents = &mut self.decided.incidents;
        let needless = incidents.partition_point(|incident| incident.run.to < since);
        // The last one says since when a URL is up.
        let needless = needless.min(incidents.len().saturating_sub(1));
        incidents.drain(..needless);
        if needless > 0 {
            incidents.shrink_to_fit();
        }
    }

    /// What the checks before and after it depend on. Nothing may be put off: see [`Self::rest`].
    pub fn edges(&self) -> Edges {
        Edges {
            left_out: self.decided.left_out,
            tail: self.decided.totals.tail.clone(),
            ..self.edges.clone()
        }
    }

    /// Its closed incidents, in order.
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.decided.incidents.iter()
    }

    /// The first and the last day that has details.
    pub fn days(&self) -> Option<[Day; 2]> {
        let days = || self.days.iter().map(|(day, _)| day);
        let seconds = || self.decided.totals.days.iter().map(|(day, _)| day);
        let first = days().next().into_iter().chain(seconds().next()).min()?;
        let last = days()
            .next_back()
            .into_iter()
            .chain(seconds().next_back())
            .max()?;
        Some([first, last])
    }

    /// The details of its days and hours.
    pub fn details(&self) -> Details {
        Details {
            days: self.days.clone(),
            seconds: self.decided.totals.days.clone(),
            hours: self.hours.clone(),
            hour_seconds: self.decided.totals.hours.clone(),
        }
    }

    /// The stretch of some edges and incidents, without details.
    pub fn of(mut edges: Edges, incidents: VecDeque<Record>) -> Self {
        let decided = Decided {
            incidents,
            totals: Totals {
                tail: std::mem::take(&mut edges.tail),
                ..Totals::default()
            },
            left_out: edges.left_out,
        };
        Self {
            edges,
            decided,
            ..Self::default()
        }
    }

    /// Adds details of checks that are already part of it.
    pub fn add_details(&mut self, details: Details) {
        self.days.merge(details.days, |sum, more| sum.merge(&more));
        self.hours
            .merge(details.hours, |sum, more| sum.merge(&more));
        let decided = &mut self.decided;
        decided.totals.days.merge(details.seconds, Spoken::merge);
        decided
            .totals
            .hours
            .merge(details.hour_seconds, Spoken::merge);
    }
}

impl Edges {
    /// Takes in the time to the next round, which begins at a moment. Returns the number of the
    /// gap if it is one.
    pub(super) fn end_round(&mut self, next: Moment, reading: Reading) -> Option<u64> {
        let span = Moment(self.round)..next;
        let seconds = (reading.rules.planned).on_seconds(&span, reading.calendar);
        let last = self.blocks.last().map(|block| block.finding);
        let began = match last {
            Some(Finding::Up) => Began::Up,
            _ => Began::Otherwise,
        };
        self.gaps.add(seconds, began)
    }
}

/// Whether two checks are in one minute of the clock. Every zone of today is whole minutes
/// from UTC.
pub(super) fn is_one_round(one: Moment, other: Moment) -> bool {
    one.0.div_euclid(60) == other.0.div_euclid(60)
}
