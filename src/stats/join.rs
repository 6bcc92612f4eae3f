//! How two stretches of checks join, so that they say what reading both at once would have said.

use super::gaps::Start;
use super::rules::Reading;
use super::stretch::{OutOfOrder, Stretch, is_one_round};
use crate::check::Moment;

impl Stretch {
    /// Joins a later stretch to this one, read by the same rules.
    pub fn append(&mut self, mut later: Self, reading: Reading) -> Result<(), OutOfOrder> {
        self.rest(reading);
        later.rest(reading);
        if self.edges.blocks.is_empty() {
            *self = later;
            return Ok(());
        }
        let Some(first) = later.edges.blocks.first().map(|block| block.first) else {
            return Ok(());
        };
        let last = self.last().unwrap_or(first);
        if first < last {
            return Err(OutOfOrder);
        }
        if let Some(numbers) = self.edges.names.append(&later.edges.names) {
            let blocks = later.edges.blocks.iter_mut();
            blocks.for_each(|block| block.renumber(&numbers));
            let incidents = later.decided.incidents.iter_mut();
            incidents.for_each(|incident| incident.run.renumber(&numbers));
        }
        let place = self.decided.incidents.len();
        self.decided.append(later.decided);
        let mut blocks = later.edges.blocks.into_iter();
        let Some(block) = blocks.next() else {
            return Ok(());
        };
        if is_one_round(last, first) {
            let earlier = Moment(self.edges.round)..first;
            let seconds = (reading.rules.planned).on_seconds(&earlier, reading.calendar);
            later.edges.gaps.lengthen_first(seconds);
            self.append_block(block, place, reading);
            if later.edges.gaps.start() != Start::Alone {
                self.edges.round = later.edges.round;
            }
        } else {
            let number = self.edges.end_round(first, reading);
            self.append_after(number, block, place, reading);
            self.edges.round = later.edges.round;
        }
        self.edges.checks += later.edges.checks;
        let before = self.edges.gaps.append(&later.edges.gaps);
        let waits = later.edges.waits.iter().map(|number| number + before);
        self.edges.waits.extend(waits);
        self.edges.blocks.extend(blocks);
        self.days.merge(later.days, |sum, more| sum.merge(&more));
        self.hours.merge(later.hours, |sum, more| sum.merge(&more));
        self.decide_all(reading);
        self.edges.gaps.forget_border();
        self.decided.leave_out();
        self.forget_before_end(reading);
        Ok(())
    }

    fn decide_all(&mut self, reading: Reading) {
        let mut wait = 0;
        while let Some(&number) = self.edges.waits.get(wait) {
            match self.edges.gaps.certain_fate(number) {
                Some(fate) => self.decide(wait, fate, reading),
                None => wait += 1,
            }
        }
    }
}
