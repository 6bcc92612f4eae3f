//! Checks between two gaps that are not decided: all time between them is spoken for.

use serde::{Deserialize, Serialize};

use super::day::{Finding, Share};
use super::decided::Decided;
use super::incident::End;
use super::interval::Fate;
use super::rules::Reading;
use super::run::{Began, Code, Renumbering, Run};
use crate::check::Moment;

/// Checks of one URL between which all gaps are decided.
///
/// A run that touches its start may have begun before, so it waits; its other runs are closed
/// once something ends them, but the one that is open at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Block {
    /// Its first check.
    pub(super) first: Moment,
    /// Its last check.
    pub(super) last: Moment,
    /// What that found.
    pub(super) finding: Finding,
    /// What it adds to a run from before.
    lead: Lead,
    /// The run that is open at its end, if what ended the lead is before it.
    open: Option<Run>,
    /// What would be before a run that began now; `None` if that is what is before the block.
    before: Option<Began>,
}

/// What a block adds to a run that was open before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Lead {
    /// The end of the time for which failed checks in off time speak at the block's start: that
    /// run's, or else up time.
    off_until: Moment,
    /// The failed checks after that, with nothing before them in the block that ends a run.
    run: Option<Run>,
    /// What ended it; `None` if nothing in the block does.
    ended: Option<End>,
}

/// When a note begins that ends a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Before the check speaks no more.
    Silence,
    /// Then or before: it is now, and a note that begins now has begun.
    Now,
}

impl Block {
    /// A block of one check.
    pub(super) fn new(at: Moment, finding: Finding, code: Option<Code>) -> Self {
        let (ended, before) = match finding {
            Finding::Up => (Some(End::Up), Some(Began::Up)),
            Finding::Maintenance => (Some(End::Maintenance), Some(Began::Maintenance)),
            Finding::Failed | Finding::FailedOff => (None, None),
        };
        let failed = code.filter(|_| finding == Finding::Failed);
        Self {
            first: at,
            last: at,
            finding,
            lead: Lead {
                off_until: at,
                run: failed.map(|code| Run::new(at, code)),
                ended,
            },
            open: None,
            before,
        }
    }

    /// The run that is open at its end.
    pub(super) fn current(&self) -> Option<&Run> {
        match self.lead.ended {
            None => self.lead.run.as_ref(),
            Some(_) => self.open.as_ref(),
        }
    }

    fn current_mut(&mut self) -> &mut Option<Run> {
        match self.lead.ended {
            None => &mut self.lead.run,
            Some(_) => &mut self.open,
        }
    }

    /// Whether a run that was open before it may go on in it.
    pub(super) fn may_continue_a_run(&self) -> bool {
        self.lead.run.is_some() || self.lead.ended.is_none()
    }

    /// Lets its last check speak until `to`. `place` is where incidents of later blocks begin.
    pub(super) fn speak(
        &mut self,
        to: Moment,
        until: Until,
        decided: &mut Decided,
        place: &mut usize,
        reading: Reading,
    ) {
        let span = self.last..to;
        match self.finding {
            Finding::Up => return decided.totals.add(Share::Up, span, reading),
            Finding::Maintenance => return decided.totals.add(Share::Maintenance, span, reading),
            Finding::Failed | Finding::FailedOff => {}
        }
        let leads = self.lead.ended.is_none();
        match self.current_mut() {
            Some(run) => run.speak(to, &mut decided.totals, reading),
            None if leads => self.lead.off_until = to,
            None => decided.totals.add(Share::Up, span.clone(), reading),
        }
        let notes = match until {
            Until::Silence => span,
            Until::Now => span.start..Moment(to.0 + 1),
        };
        if reading.rules.planned.note_begins_in(&notes) {
            if self.current().is_some() {
                self.before = Some(Began::Maintenance);
            }
            self.end_run(End::Maintenance, decided, place, reading);
        }
    }

    /// Ends the run that is open at its end.
    pub(super) fn end_run(
        &mut self,
        end: End,
        decided: &mut Decided,
        place: &mut usize,
        reading: Reading,
    ) {
        if self.lead.ended.is_none() {
            self.lead.ended = Some(end);
        } else if let Some(run) = self.open.take() {
            decided.close(run, end, place, reading);
        }
    }

    /// Takes in the block after it. `fate` is that of the gap between; of checks in one round
    /// it is [`Fate::Whole`]. `place` is where the incidents of that block begin.
    pub(super) fn append(
        &mut self,
        later: Self,
        fate: Fate,
        decided: &mut Decided,
        place: &mut usize,
        reading: Reading,
    ) {
        match fate {
            Fate::Whole => self.speak(later.first, Until::Silence, decided, place, reading),
            Fate::Hole(interval) => {
                let planned = &reading.rules.planned;
                let until = planned.after(self.last, interval, later.first, reading.calendar);
                self.speak(until, Until::Silence, decided, place, reading);
                self.end_run(End::Unknown, decided, place, reading);
                self.before = Some(Began::Hole);
            }
        }
        let Lead {
            off_until,
            run,
            ended,
        } = later.lead;
        let before = match self.current() {
            // If nothing in the lead is a check, a note ended the run.
            Some(_) => Some(Began::Maintenance),
            None => self.before,
        };
        let leads = self.lead.ended.is_none();
        match self.current_mut() {
            Some(open) => open.speak(off_until, &mut decided.totals, reading),
            None if leads => self.lead.off_until = off_until,
            None => decided
                .totals
                .add(Share::Up, later.first..off_until, reading),
        }
        match (self.current_mut(), run) {
            (Some(open), Some(run)) => open.append(run, &mut decided.totals, reading),
            (none @ None, Some(mut run)) => {
                run.began = run.began.or(before);
                *none = Some(run);
            }
            (_, None) => {}
        }
        if let Some(end) = ended {
            self.end_run(end, decided, place, reading);
            self.open = later.open;
            if let Some(open) = &mut self.open {
                open.began = open.began.or(before);
            }
            self.before = later.before.or(before);
            decided.settle_began(*place, later.last, before);
        }
        self.last = later.last;
        self.finding = later.finding;
    }

    /// Takes in checks of one kind and code that were made up to `last` and whose time is all
    /// theirs.
    pub(super) fn go_on(
        &mut self,
        last: Moment,
        failed: Option<(Code, u64)>,
        decided: &mut Decided,
        reading: Reading,
    ) {
        // Nothing planned begins in it, so no incident is closed.
        let mut place = decided.incidents.len();
        self.speak(last, Until::Silence, decided, &mut place, reading);
        self.last = last;
        if let (Some(run), Some((code, checks))) = (self.current_mut(), failed) {
            run.count(code, checks);
        }
    }

    /// Settles that nothing stands before it.
    pub(super) fn begin(&mut self, decided: &mut Decided, reading: Reading) {
        let first = Some(Began::First);
        decided
            .totals
            .add(Share::Up, self.first..self.lead.off_until, reading);
        self.before = self.before.or(first);
        decided.settle_began(0, self.last, first);
        if let Some(open) = &mut self.open {
            open.began = open.began.or(first);
        }
        let ended = self.lead.ended.replace(End::Unknown);
        if let Some(mut run) = self.lead.run.take() {
            run.began = run.began.or(first);
            match ended {
                Some(end) => decided.close(run, end, &mut 0, reading),
                None => self.open = Some(run),
            }
        }
    }

    /// Takes the run that is open at its end.
    pub(super) fn take_open(&mut self) -> Option<Run> {
        self.open.take()
    }

    /// Gives the codes of its runs new numbers.
    pub(super) fn renumber(&mut self, numbers: &Renumbering) {
        let runs = [&mut self.lead.run, &mut self.open];
        for run in runs.into_iter().flatten() {
            run.renumber(numbers);
        }
    }
}
