//! Whether a target was met, with what is not known.

use std::ops::Range;

use super::course::Seconds;
use super::figures::Uptime;
use super::tally::Ratio;
use crate::check::Moment;

/// What can be said of a target. Worst first but for the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It was missed, even if all unknown time were up; or by what was observed, which is
    /// most of the time.
    Missed,
    /// Too much is unknown.
    NotProven,
    /// It was met by what was observed, which is most of the time.
    MetAsObserved,
    /// It was met, even if all unknown time were down.
    Met,
    /// There is nothing to judge.
    None,
}

/// What was promised, and how much must be observed to judge by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The uptime, in thousandths of a percent.
    pub uptime: u64,
    /// The coverage, in thousandths of a percent.
    pub min_coverage: u64,
}

/// Whether enough of a range was observed to compare it with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Its coverage reaches the least that is asked for, and it was watched for three quarters of
    /// its time.
    Enough,
    TooLittle,
}

impl Target {
    /// Whether enough of some time was observed to compare it with another.
    pub fn watched(self, seconds: &Seconds, span: &Range<Moment>) -> Watched {
        let length = span.end.since(span.start);
        let is_watched = seconds.total() * 4 >= length * 3;
        if is_watched && seconds.is_covered(self.min_coverage) {
            Watched::Enough
        } else {
            Watched::TooLittle
        }
    }

    /// Whether an uptime met it, if checks spoke for such seconds of its range. An uptime by
    /// checks is taken as that of the time they speak for.
    pub fn verdict(self, uptime: Uptime, seconds: &Seconds) -> Verdict {
        let Ratio { part, whole } = uptime.ratio;
        let coverage = seconds.coverage();
        if whole == 0 {
            let is_complete = coverage.part == coverage.whole;
            return if is_complete {
                Verdict::None
            } else {
                Verdict::NotProven
            };
        }
        // An undated log covers no time; then nothing is known to be unknown.
        let (observed, all) = match coverage.whole {
            0 => (1, 1),
            all => (coverage.part, all),
        };
        let wide = |n: u64| u128::from(n);
        // In units of 1 / (whole * all): what was up, what is unknown, and everything.
        let up = wide(part) * wide(observed);
        let unknown = wide(whole) * wide(all - observed);
        let everything = wide(whole) * wide(all);
        let reaches = |part: u128, whole: u128| part * 100_000 >= wide(self.uptime) * whole;
        let is_covered = wide(observed) * 100_000 >= wide(self.min_coverage) * wide(all);
        if reaches(up, everything) {
            Verdict::Met
        } else if !reaches(up + unknown, everything) {
            Verdict::Missed
        } else if !is_covered {
            Verdict::NotProven
        } else if reaches(wide(part), wide(whole)) {
            Verdict::MetAsObserved
        } else {
            Verdict::Missed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, Verdict};
    use crate::stats::course::Seconds;
    use crate::stats::figures::Uptime;
    use crate::stats::tally::Ratio;

    #[test]
    fn what_is_unknown_may_be_up_or_down() {
        let target = Target {
            uptime: 99_900,
            min_coverage: 99_000,
        };
        let verdict = |up: i64, down: i64, unknown: i64| {
            let seconds = Seconds {
                up,
                down,
                planned: 0,
                unknown,
            };
            let ratio = Ratio {
                part: up.unsigned_abs(),
                whole: (up + down).unsigned_abs(),
            };
            target.verdict(
                Uptime {
                    ratio,
                    failed_checks: 0,
                },
                &seconds,
            )
        };
        assert_eq!(verdict(999, 1, 0), Verdict::Met);
        assert_eq!(verdict(9990, 0, 10), Verdict::Met);
        assert_eq!(verdict(9980, 5, 15), Verdict::MetAsObserved);
        assert_eq!(verdict(9980, 15, 5), Verdict::Missed);
        assert_eq!(verdict(9970, 10, 20), Verdict::Missed);
        assert_eq!(verdict(98, 0, 2), Verdict::NotProven);
        assert_eq!(verdict(90, 1, 9), Verdict::Missed);
        assert_eq!(verdict(0, 0, 9), Verdict::NotProven);
        assert_eq!(verdict(0, 0, 0), Verdict::None);
        assert_eq!(verdict(5, 0, 0), Verdict::Met);
    }
}
