//! One URL's one day, or hour: its checks, and what was spoken for of its time.

use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::latency::Histogram;
use crate::check::{Check, Micros};

/// What a check says about the time for which it speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// The URL was up.
    Up,
    /// The URL was down.
    Failed,
    /// The URL was down while nobody watches it. That is passed over: a run that is open goes on
    /// through it, else its time is up time as far as it is watched.
    FailedOff,
    /// Nothing was expected of it.
    Maintenance,
}

/// As what a check is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Up,
    Down,
    OffUp,
    OffDown,
    MaintenanceUp,
    Maintenance,
}

/// The checks of one URL on one day, or in one hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTally {
    /// Watched checks that found it up.
    pub up: u64,
    /// Watched checks that found it down.
    pub down: u64,
    /// What most days have nothing of.
    more: Option<Box<More>>,
}

/// What is known of the checks of a day beside whether they were up or down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct More {
    planned: PlannedTally,
    /// The checks whose status does not say up, by status code. The others hardly ever differ.
    failed_codes: Codes,
    /// Response times of the checks that were up; those of failed ones are mostly the monitor's
    /// time limit.
    latency: Histogram,
}

/// Counts of checks when nothing is expected of a URL. They are in no ratio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PlannedTally {
    /// In off time, and up. They are in percentiles.
    off_up: u64,
    /// In off time, and down.
    off_down: u64,
    /// Inside a maintenance note, with a status that says up: a success in the API's counts.
    maintenance_up: u64,
    /// The others inside a note, and those with a maintenance status: failures there.
    maintenance: u64,
}

impl PlannedTally {
    fn success(self) -> u64 {
        self.off_up + self.maintenance_up
    }

    fn failure(self) -> u64 {
        self.off_down + self.maintenance
    }

    fn merge(&mut self, other: &Self) {
        self.off_up += other.off_up;
        self.off_down += other.off_down;
        self.maintenance_up += other.maintenance_up;
        self.maintenance += other.maintenance;
    }
}

/// Counts of checks, without codes and response times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub up: u64,
    pub down: u64,
    /// In off time or maintenance, with a status that says up.
    pub planned_up: u64,
    /// In off time or maintenance, with any other status.
    pub planned_down: u64,
}

impl Counts {
    pub fn total(self) -> u64 {
        self.up + self.down + self.planned_up + self.planned_down
    }

    /// Adds the counts of a day or hour.
    pub fn add(&mut self, tally: &DayTally) {
        self.up += tally.up;
        self.down += tally.down;
        if let Some(more) = &tally.more {
            self.planned_up += more.planned.success();
            self.planned_down += more.planned.failure();
        }
    }
}

impl DayTally {
    pub fn total(&self) -> u64 {
        self.success() + self.failure()
    }

    /// All checks whose status says up.
    pub fn success(&self) -> u64 {
        self.up + self.planned().success()
    }

    /// All other checks.
    pub fn failure(&self) -> u64 {
        self.down + self.planned().failure()
    }

    fn planned(&self) -> PlannedTally {
        self.more
            .as_ref()
            .map_or_else(PlannedTally::default, |more| more.planned)
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// The checks whose status does not say up, by status code; `None` if there are none.
    pub fn failed_codes(&self) -> Option<&Codes> {
        Some(&self.more.as_ref()?.failed_codes)
    }

    /// The response times of the checks that were up; `None` if there are none.
    pub fn latency(&self) -> Option<&Histogram> {
        Some(&self.more.as_ref()?.latency)
    }

    /// Counts so many checks with one code.
    pub(super) fn add(&mut self, count: Count, code: &str, checks: u64) {
        let sum = match count {
            Count::Up => &mut self.up,
            Count::Down => &mut self.down,
            Count::OffUp => &mut self.more().planned.off_up,
            Count::OffDown => &mut self.more().planned.off_down,
            Count::MaintenanceUp => &mut self.more().planned.maintenance_up,
            Count::Maintenance => &mut self.more().planned.maintenance,
        };
        *sum += checks;
        if matches!(count, Count::Down | Count::OffDown | Count::Maintenance) {
            self.more().failed_codes.add(code, checks);
        }
    }

    /// Counts a check, and its response time if it was up.
    pub(super) fn add_check(&mut self, count: Count, check: &Check) {
        self.add(count, check.code, 1);
        let is_up = matches!(count, Count::Up | Count::OffUp);
        if let Some(time) = check.response_time.filter(|_| is_up) {
            self.add_response(time);
        }
    }

    /// Takes in the response time of a check that was up.
    pub(super) fn add_response(&mut self, time: Micros) {
        self.more().latency.add(time);
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.up += other.up;
        self.down += other.down;
        if let Some(other) = &other.more {
            let more = self.more();
            more.planned.merge(&other.planned);
            more.failed_codes.merge(&other.failed_codes);
            more.latency.merge(&other.latency);
        }
    }
}

/// Seconds of a day, or an hour, for which checks spoke. Noted and off time is not among them,
/// it is known from the rules; the rest is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// Up time.
    pub up: u32,
    /// Time of incidents.
    pub down: u32,
    /// Time after checks with a maintenance status.
    pub maintenance: u32,
}

/// What some time adds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Share {
    /// Up time.
    Up,
    /// Time of an incident.
    Down,
    /// Time after a check with a maintenance status.
    Maintenance,
}

impl Spoken {
    fn of(&mut self, share: Share) -> &mut u32 {
        match share {
            Share::Up => &mut self.up,
            Share::Down => &mut self.down,
            Share::Maintenance => &mut self.maintenance,
        }
    }

    /// Adds some seconds.
    pub(super) fn add(&mut self, share: Share, seconds: i64) {
        let sum = self.of(share);
        *sum = sum.saturating_add(u32::try_from(seconds).unwrap_or(0));
    }

    /// Takes some seconds back that were added.
    pub(super) fn take_back(&mut self, share: Share, seconds: i64) {
        let sum = self.of(share);
        *sum = sum.saturating_sub(u32::try_from(seconds).unwrap_or(0));
    }

    /// Adds the seconds of `other`.
    pub fn merge(&mut self, other: Self) {
        self.up += other.up;
        self.down += other.down;
        self.maintenance += other.maintenance;
    }
}
