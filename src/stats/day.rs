//! One URL's one day, or hour.

use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::latency::Histogram;
use crate::check::{Check, Outcome};

/// The checks of one URL on one day, or in one hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTally {
    /// Checks that found it up.
    pub up: u64,
    /// Checks that found it down.
    pub down: u64,
    /// The failed checks by status code. Those that were up say the same each day.
    pub failed_codes: Codes,
    /// Response times of the checks that were up; those of failed ones are mostly the
    /// monitor's time limit.
    pub latency: Histogram,
}

impl DayTally {
    /// All checks.
    pub fn total(&self) -> u64 {
        self.up + self.down
    }

    /// Counts one check.
    pub fn add(&mut self, check: &Check) {
        match check.outcome {
            Outcome::Up => {
                self.up += 1;
                if let Some(time) = check.response_time {
                    self.latency.add(time);
                }
            }
            Outcome::Down => {
                self.down += 1;
                self.failed_codes.add(check.code, 1);
            }
        }
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.up += other.up;
        self.down += other.down;
        self.failed_codes.merge(&other.failed_codes);
        self.latency.merge(&other.latency);
    }
}
