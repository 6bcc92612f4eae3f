//! What no check before or after a stretch can change: seconds of days, and closed incidents.

use std::collections::VecDeque;

use super::day::Share;
use super::incident::{End, Record};
use super::rules::Reading;
use super::run::{Began, Run};
use super::totals::Totals;
use crate::check::Moment;

/// How many incidents are kept, the newest.
pub(super) const MOST: usize = 10_000;

/// Seconds and incidents that are certain.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    pub(super) totals: Totals,
    /// Closed incidents, in order.
    pub(super) incidents: VecDeque<Record>,
    /// How many older ones there were.
    pub(super) left_out: u64,
}

impl Decided {
    /// Closes a run; as an incident, if it is one, at a place among the incidents.
    pub(super) fn close(&mut self, run: Run, end: End, place: &mut usize, reading: Reading) {
        if !reading.rules.confirms(run.checks) {
            self.totals.add(Share::Up, run.from..run.to, reading);
            return;
        }
        self.incidents.insert(*place, Record { run, end });
        *place += 1;
        if self.incidents.len() > MOST {
            self.incidents.pop_front();
            self.left_out += 1;
            *place -= 1;
        }
    }

    /// Settles what came before the first incident of a block, if it lacked that.
    pub(super) fn settle_began(&mut self, place: usize, until: Moment, began: Option<Began>) {
        let first = self.incidents.get_mut(place);
        if let Some(record) = first.filter(|record| record.run.from <= until) {
            record.run.began = record.run.began.or(began);
        }
    }

    /// Takes in what is certain of a later stretch.
    pub(super) fn append(&mut self, later: Self) {
        self.totals.append(later.totals);
        self.left_out += later.left_out;
        self.incidents.extend(later.incidents);
    }

    /// Counts the oldest incidents only, if there are too many.
    pub(super) fn leave_out(&mut self) {
        let needless = self.incidents.len().saturating_sub(MOST);
        self.incidents.drain(..needless);
        self.left_out += needless as u64;
    }
}
