//! The operator's rules for time, and what checks are read with.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::day::{Count, Finding};
use super::needs::Needs;
use super::planned::Planned;
use crate::calendar::Calendar;
use crate::check::{Moment, Outcome};

/// The operator's rules for one URL. What was read by other rules can't be joined.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    /// How many failed checks in a row make an incident.
    pub threshold: NonZeroU32,
    /// When nothing is expected of the URL.
    pub planned: Planned,
}

/// The rules for all URLs of a site folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SiteRules {
    pub default: Rules,
    /// The rules of URLs that have maintenance of their own.
    pub by_url: BTreeMap<String, Rules>,
}

/// What the checks of one URL are read with; the same for all of them.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    pub rules: &'a Rules,
    pub calendar: &'a Calendar,
    /// Which details are needed. Edges and incidents are right whatever is.
    pub needs: &'a Needs,
}

/// What the checks of a site folder are read with.
#[derive(Clone, Copy, Debug)]
pub struct SiteReading<'a> {
    pub rules: &'a SiteRules,
    pub calendar: &'a Calendar,
    pub needs: &'a Needs,
}

impl Rules {
    /// Whether this number of failed checks makes an incident.
    pub(super) fn confirms(&self, checks: u64) -> bool {
        checks >= self.threshold.get().into()
    }

    /// What a check says of the time after it, and what it is counted as.
    pub(super) fn classify(
        &self,
        at: Moment,
        outcome: Outcome,
        calendar: &Calendar,
    ) -> (Finding, Count) {
        let is_noted = self.planned.is_noted(at);
        let is_off = || self.planned.is_off(at, calendar);
        match outcome {
            Outcome::Maintenance => (Finding::Maintenance, Count::Maintenance),
            Outcome::Down if is_noted => (Finding::Maintenance, Count::Maintenance),
            Outcome::Up if is_noted => (Finding::Maintenance, Count::MaintenanceUp),
            Outcome::Up if is_off() => (Finding::Up, Count::OffUp),
            Outcome::Down if is_off() => (Finding::FailedOff, Count::OffDown),
            Outcome::Up => (Finding::Up, Count::Up),
            Outcome::Down => (Finding::Failed, Count::Down),
        }
    }
}

impl SiteRules {
    /// The rules for a URL.
    pub fn of(&self, url: &str) -> &Rules {
        self.by_url.get(url).unwrap_or(&self.default)
    }
}

impl<'a> SiteReading<'a> {
    /// What the checks of a URL are read with.
    pub fn of(&self, url: &str) -> Reading<'a> {
        Reading {
            rules: self.rules.of(url),
            calendar: self.calendar,
            needs: self.needs,
        }
    }

    /// The same with other needs.
    #[must_use]
    pub fn with(self, needs: &'a Needs) -> Self {
        Self { needs, ..self }
    }
}
