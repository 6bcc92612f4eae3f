//! Counts of checks that merge, and the one rule by which a ratio is printed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::codes::Codes;
use crate::check::{Check, Outcome, Timestamp};

/// Counts of the checks of one URL in files of one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub up: u64,
    /// All others, those with a maintenance status among them.
    pub down: u64,
    pub codes: Codes,
    /// Those of them without a time; all of them where times are not read.
    pub undated: Undated,
    /// How many of the dated ones are of another month.
    pub elsewhere: u64,
    /// How many of the dated ones are ahead of the clock.
    pub ahead: u64,
}

/// Counts of checks without a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undated {
    pub up: u64,
    pub down: u64,
    pub maintenance: u64,
}

impl Undated {
    pub fn total(self) -> u64 {
        self.up + self.down + self.maintenance
    }

    pub fn merge(&mut self, other: Self) {
        self.up += other.up;
        self.down += other.down;
        self.maintenance += other.maintenance;
    }

    fn add(&mut self, outcome: Outcome, times: u64) {
        *match outcome {
            Outcome::Up => &mut self.up,
            Outcome::Down => &mut self.down,
            Outcome::Maintenance => &mut self.maintenance,
        } += times;
    }
}

impl Tally {
    pub fn total(&self) -> u64 {
        self.up + self.down
    }

    /// Counts a check `times` times.
    pub fn add(&mut self, check: &Check, times: u64) {
        match check.outcome {
            Outcome::Up => self.up += times,
            Outcome::Down | Outcome::Maintenance => self.down += times,
        }
        match check.time {
            Timestamp::Missing => self.undated.add(check.outcome, times),
            Timestamp::Ahead(_) => self.ahead += times,
            Timestamp::At(_) => {}
        }
        self.codes.add(check.code, times);
    }

    pub fn merge(&mut self, other: &Self) {
        self.up += other.up;
        self.down += other.down;
        self.codes.merge(&other.codes);
        self.undated.merge(other.undated);
        self.elsewhere += other.elsewhere;
        self.ahead += other.ahead;
    }
}

/// A share of checks. Only its `Display` turns a ratio into text: with three decimals, rounded
/// down, and `100%` only if nothing is missing, so that one failed check in a million does not read
/// as none. Without checks it is `—`, which is neither 0 nor 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// At most `whole`.
    pub part: u64,
    pub whole: u64,
}

impl Ratio {
    /// Thousandths of a percent, rounded down; `None` without checks.
    pub fn thousandths(self) -> Option<u64> {
        let share = u128::from(self.part) * 100_000;
        share
            .checked_div(u128::from(self.whole))
            .and_then(|share| u64::try_from(share).ok())
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.thousandths() {
            None => f.write_str("—"),
            Some(_) if self.part == self.whole => f.write_str("100%"),
            Some(share) => write!(f, "{}.{:03}%", share / 1000, share % 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ratio;
    use proptest::prelude::{any, proptest};

    #[test]
    fn a_ratio_never_rounds_up() {
        let check = |part, whole, want: &str| assert_eq!(Ratio { part, whole }.to_string(), want);
        check(0, 0, "—");
        check(0, 7, "0.000%");
        check(7, 7, "100%");
        check(99_999, 100_000, "99.999%");
        check(999_999, 1_000_000, "99.999%");
        check(1, 3, "33.333%");
        check(u64::MAX - 1, u64::MAX, "99.999%");
    }

    proptest! {
        #[test]
        fn a_hundred_percent_means_that_nothing_is_missing(part in any::<u64>(), more in any::<u64>()) {
            let whole = part.saturating_add(more);
            let text = Ratio { part, whole }.to_string();
            assert_eq!(text == "100%", part == whole && whole > 0, "{part} of {whole}: {text}");
        }
    }
}
