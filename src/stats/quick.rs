//! The quick way to add a check that changes nothing, as most do. Such checks are only counted, and
//! added together when something else comes: about 10 ns a check instead of 100.

use super::day::Count;
use super::gaps::Began;
use super::interval::{AFTER, LONG};
use super::rules::Reading;
use super::run::Code;
use super::stretch::Stretch;
use crate::check::{Check, Moment, Outcome, When};

const HOUR: i64 = 3600;

impl Stretch {
    /// Takes in a check if it changes nothing. Returns whether it did.
    #[inline]
    pub(super) fn add_calmly(&mut self, when: When, check: &Check) -> bool {
        let calm = &mut self.calm;
        let at = when.at;
        if at >= calm.until
            || at < calm.last
            || when.day != calm.day
            || check.outcome != calm.outcome
            || (calm.outcome == Outcome::Down && check.code != calm.name)
        {
            return false;
        }
        if at >= calm.minute_end {
            let gap = at.0 - self.edges.round;
            let gaps = &mut self.edges.gaps;
            let sure = gap <= calm.limit && calm.gaps > 0;
            if !sure && gaps.usual_of_late().is_none_or(|usual| gap > usual * LONG) {
                return false;
            }
            gaps.push(gap, began(calm.outcome));
            if sure {
                calm.gaps -= 1;
            } else {
                let (floor, holds) = gaps.floor();
                (calm.limit, calm.gaps) = (floor * LONG, holds);
            }
            self.edges.round = at.0;
            calm.minute_end = minute_end(at);
        }
        if calm.counted_hour && at.0 >= calm.hour.0 + HOUR {
            calm.count_hour(&mut self.hours);
            calm.hour = Moment(at.0 - (at.0 - calm.hour.0) % HOUR);
        }
        calm.last = at;
        calm.checks += 1;
        calm.in_hour += 1;
        if let Some(time) = check.response_time.filter(|_| calm.outcome == Outcome::Up) {
            if calm.counted_day {
                self.days.entry(calm.day).add_response(time);
            }
            if calm.counted_hour {
                self.hours.entry(calm.hour).add_response(time);
            }
        }
        true
    }

    /// Prepares for checks that find the same as one that was just taken in.
    pub(super) fn begin_calm(
        &mut self,
        when: When,
        count: Count,
        code: Option<Code>,
        reading: Reading,
    ) {
        let (rules, gaps) = (reading.rules, &self.edges.gaps);
        let outcome = match count {
            Count::Up => Outcome::Up,
            Count::Down => Outcome::Down,
            _ => return,
        };
        let run = self.edges.blocks.last().and_then(|block| block.current());
        if run.is_some_and(|run| !rules.confirms(run.checks)) {
            return;
        }
        let undecided = self
            .edges
            .waits
            .last()
            .map_or(0, |wait| wait + AFTER as u64);
        if undecided > gaps.count() || !gaps.has_all_before(gaps.count() + 1) {
            return;
        }
        let (_, change) = rules.planned.at(when.at, reading.calendar);
        let code = code.unwrap_or(Code::REST);
        let name = self.edges.names.name(code).unwrap_or_default();
        if outcome == Outcome::Down && name.is_empty() {
            return;
        }
        let clock = &mut self.decided.totals.clock;
        let (_, day) = clock.day(when.at, reading.calendar);
        let hour = clock.hour(when.at, reading.calendar);
        let (_, steady_until) = clock.offset(when.at, reading.calendar);
        let until = change.min(day.end).min(steady_until);
        let calm = &mut self.calm;
        if calm.name != name {
            calm.name.clear();
            calm.name.push_str(name);
        }
        let (floor, holds) = gaps.floor();
        calm.until = until;
        calm.minute_end = minute_end(Moment(self.edges.round));
        (calm.limit, calm.gaps) = (floor * LONG, holds);
        (calm.outcome, calm.code) = (outcome, code);
        (calm.day, calm.hour) = (when.day, hour.start);
        calm.last = when.at;
        calm.counted_day = reading.needs.days().contains(&when.day);
        calm.counted_hour = reading.needs.hours();
    }

    /// Adds the checks that were not added yet.
    pub(super) fn end_calm(&mut self, reading: Reading) {
        let calm = &mut self.calm;
        calm.until = Moment(i64::MIN);
        let checks = std::mem::take(&mut calm.checks);
        let Some(block) = self.edges.blocks.last_mut().filter(|_| checks > 0) else {
            return;
        };
        self.edges.checks += checks;
        let failed = (calm.outcome == Outcome::Down).then_some((calm.code, checks));
        block.go_on(calm.last, failed, &mut self.decided, reading);
        if calm.counted_day {
            let day = self.days.entry(calm.day);
            day.add(calm.count(), &calm.name, checks);
        }
        calm.count_hour(&mut self.hours);
    }
}

fn began(outcome: Outcome) -> Began {
    match outcome {
        Outcome::Up => Began::Up,
        Outcome::Down | Outcome::Maintenance => Began::Otherwise,
    }
}

fn minute_end(at: Moment) -> Moment {
    Moment((at.0.div_euclid(60) + 1) * 60)
}
