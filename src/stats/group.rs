//! The numbers of several sites together. Their time is added up, so that a site that is checked
//! more often weighs no more.

use super::course::Seconds;
use super::figures::{Figures, Uptime};
use super::report::Report;
use super::tally::Ratio;
use super::verdict::Verdict;
use crate::uptime_by::UptimeBy;

/// The numbers of several sites together.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub seconds: Seconds,
    /// The verdict of each site.
    pub verdicts: Vec<Verdict>,
    /// Unknown time of the sites that met their target as far as observed.
    pub unknown_as_observed: i64,
    up_checks: u64,
    failed_checks: u64,
    /// The failed checks that take part in time.
    failed_in_time: u64,
    has_times: bool,
}

impl Group {
    /// Adds a site, judged by the uptime that decides.
    pub fn add(&mut self, report: &Report, figures: &Figures, by: UptimeBy) {
        self.seconds.merge(figures.seconds);
        let checks = figures.uptime_by_checks();
        self.up_checks += checks.ratio.part;
        self.failed_checks += checks.failed_checks;
        self.failed_in_time += figures.checks.down;
        self.has_times |= report.course.is_some();
        let verdict = report.verdict(figures, by);
        if verdict == Verdict::MetAsObserved {
            self.unknown_as_observed += figures.seconds.unknown;
        }
        self.verdicts.push(verdict);
    }

    pub fn uptime_by_time(&self) -> Uptime {
        self.seconds.uptime(self.failed_in_time)
    }

    pub fn uptime_by_checks(&self) -> Uptime {
        Uptime {
            ratio: Ratio {
                part: self.up_checks,
                whole: self.up_checks + self.failed_checks,
            },
            failed_checks: self.failed_checks,
        }
    }

    /// The uptime that decides. If no site has times it is that of checks.
    pub fn uptime(&self, by: UptimeBy) -> Uptime {
        match by {
            UptimeBy::Time if self.has_times => self.uptime_by_time(),
            UptimeBy::Time | UptimeBy::Checks => self.uptime_by_checks(),
        }
    }

    /// The worst verdict, and how many sites have it; sites without anything to judge are left out,
    /// unless all are.
    pub fn verdict(&self) -> (Verdict, usize) {
        let worst = self.verdicts.iter().min().copied();
        let worst = worst.unwrap_or(Verdict::None);
        let count = |verdict: &&Verdict| **verdict == worst;
        (worst, self.verdicts.iter().filter(count).count())
    }
}
