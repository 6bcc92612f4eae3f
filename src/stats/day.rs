//! The checks of one URL on one day, or in one hour. Unlike a month's tally they have response
//! times.

use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::latency::Histogram;
use crate::check::{Check, Outcome};

/// Counts of checks, and their response times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTally {
    pub up: u64,
    pub down: u64,
    /// The status codes of failed checks. Those of the others hardly ever differ.
    pub failed_codes: Codes,
    /// The response times of checks that were up. Those of failed checks are mostly the monitor's
    /// timeout.
    pub latency: Histogram,
}

impl DayTally {
    pub fn total(&self) -> u64 {
        self.up + self.down
    }

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

    pub fn merge(&mut self, other: &Self) {
        self.up += other.up;
        self.down += other.down;
        self.failed_codes.merge(&other.failed_codes);
        self.latency.merge(&other.latency);
    }
}
