//! The last minutes of a stretch to the second.
//!
//! A monitor's clock may be ahead of ours by a few minutes. Its checks take part in time, but time
//! is told up to now only, so what was added after that is taken back.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::day::Share;
use crate::check::{AHEAD, Moment};

/// Time that was added to days, at least that of the last [`AHEAD`] seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tail(Vec<(Range<Moment>, Share)>);

impl Tail {
    /// Takes in some time.
    pub(super) fn add(&mut self, share: Share, span: Range<Moment>) {
        match self.0.last_mut() {
            Some((last, of)) if *of == share && last.end == span.start => last.end = span.end,
            _ => self.0.push((span, share)),
        }
    }

    /// Whether it is worth while to forget what is old.
    pub(super) fn is_long(&self) -> bool {
        self.0.len() > 512
    }

    /// Takes in that of a later stretch.
    pub(super) fn append(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    /// Keeps that of a log that ends at a moment. Tails of equal time are equal then.
    pub(super) fn keep_end(&mut self, last: Moment) {
        let from = Moment(last.0.saturating_sub(AHEAD));
        self.0.retain_mut(|(span, _)| {
            span.start = span.start.max(from);
            !span.is_empty()
        });
        if !self.0.is_sorted_by_key(|(span, _)| span.start) {
            self.0.sort_by_key(|(span, _)| span.start);
        }
        self.0.dedup_by(|(next, share), (span, of)| {
            let meets = share == of && span.end == next.start;
            if meets {
                span.end = next.end;
            }
            meets
        });
    }

    /// The time after a moment.
    pub(super) fn after(&self, now: Moment) -> Vec<(Range<Moment>, Share)> {
        let after =
            |(span, share): &(Range<Moment>, Share)| (now.max(span.start)..span.end, *share);
        let after = self.0.iter().map(after);
        after.filter(|(span, _)| !span.is_empty()).collect()
    }
}
