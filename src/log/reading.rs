//! Listed files to the summaries of their site folders.

use std::collections::{BTreeSet, HashMap};

use super::clock::Clock;
use super::fault::{FaultReason, Faults};
use super::folder::LogFile;
use super::reader::{self, Row};
use crate::calendar::Calendar;
use crate::format::Format;
use crate::sample::{Micros, Moment, Outcome, Sample, When};
use crate::stats::summary::Summary;
use crate::stats::timeline::Window;

/// How files are to be read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// How rows are understood.
    pub format: &'a Format,
    /// How times are; `None` where counts are all that is wanted.
    pub times: Option<Times<'a>>,
}

/// How times in files are to be read.
#[derive(Debug)]
pub struct Times<'a> {
    /// The zone of local times.
    pub calendar: &'a Calendar,
    /// The days whose checks are kept.
    pub window: Window,
    /// The last moment that is believed.
    pub latest: Moment,
}

/// The summary of one site folder's listed files.
#[derive(Debug)]
pub struct SiteLog {
    /// The company's folder name.
    pub company: String,
    /// The site's folder name.
    pub site: String,
    /// What its files say.
    pub summary: Summary,
}

impl Reading<'_> {
    /// Reads files, in their order, into a summary for each site folder. What can't be used of
    /// the selected ones is added to `faults`.
    pub fn read(&self, files: &[LogFile], faults: &mut Faults) -> Vec<SiteLog> {
        let mut logs = Vec::new();
        for files in files.chunk_by(|a, b| (&a.company, &a.site) == (&b.company, &b.site)) {
            let (company, site) = (files[0].company.clone(), files[0].site.clone());
            logs.push(SiteLog {
                company,
                site,
                summary: self.read_site(files, faults),
            });
        }
        logs
    }

    /// Reads files, of whatever site folders, into one summary, as if one folder held them all.
    pub fn read_together(&self, files: &[LogFile], faults: &mut Faults) -> Summary {
        let mut summary = Summary::default();
        for log in self.read(files, faults) {
            summary.merge(&log.summary);
        }
        self.read_again_what_is_mixed(&mut summary, files);
        summary
    }

    fn read_site(&self, files: &[LogFile], faults: &mut Faults) -> Summary {
        let mut summary = Summary::default();
        for file in files {
            let mut part = Summary::default();
            self.read_file(file, faults, |sample| {
                part.add(&file.month, sample, self.window());
            });
            summary.merge(&part);
        }
        self.read_again_what_is_mixed(&mut summary, files);
        summary
    }

    /// Reads the URLs again whose checks did not come in order of time: all of their checks are
    /// held and sorted. Those of the same moment stay in the order of the files.
    fn read_again_what_is_mixed(&self, summary: &mut Summary, files: &[LogFile]) {
        let mixed = summary.urls.iter().filter(|(_, url)| !url.timeline.ordered);
        let mixed: BTreeSet<String> = mixed.map(|(name, _)| name.clone()).collect();
        if !mixed.is_empty() {
            summary.urls.extend(self.read_sorted(files, &mixed).urls);
        }
    }

    /// The days whose checks are kept.
    fn window(&self) -> &Window {
        const NONE: &Window = &(crate::sample::Day(1)..=crate::sample::Day(0));
        self.times.as_ref().map_or(NONE, |times| &times.window)
    }

    fn read_file(&self, file: &LogFile, faults: &mut Faults, mut take: impl FnMut(&Sample)) {
        let place = file.place();
        let mut ignored = Faults::default();
        let faults = if file.selected { faults } else { &mut ignored };
        let clock = self
            .times
            .as_ref()
            .map(|times| Clock::new(times.calendar, times.latest));
        match file.open() {
            Ok(input) => reader::read(input, self.format, clock, |row| match row {
                Row::Sample(sample) => take(&sample),
                Row::Fault { line, reason } => faults.add(&place, line, reason),
            }),
            Err(error) => faults.add(&place, None, FaultReason::Unreadable(error.into())),
        }
    }

    fn read_sorted(&self, files: &[LogFile], urls: &BTreeSet<String>) -> Summary {
        let mut names = Names::default();
        let mut checks = Vec::new();
        for file in files {
            let month = names.number(&file.month);
            // The faults have been counted by the first reading.
            self.read_file(file, &mut Faults::default(), |sample| {
                if !urls.contains(sample.url) {
                    return;
                }
                checks.push(Check {
                    when: sample.when,
                    outcome: sample.outcome,
                    response_time: sample.response_time,
                    url: names.number(sample.url),
                    code: names.number(sample.code),
                    month,
                });
            });
        }
        checks.sort_by_key(|check| check.when.map(|when| when.at));
        let mut summary = Summary::default();
        for check in checks {
            let sample = Sample {
                url: names.name(check.url),
                outcome: check.outcome,
                code: names.name(check.code),
                when: check.when,
                response_time: check.response_time,
                checks: 1,
            };
            summary.add(names.name(check.month), &sample, self.window());
        }
        summary
    }
}

/// A check that outlives its row; its texts are numbers of [`Names`].
struct Check {
    when: Option<When>,
    outcome: Outcome,
    response_time: Option<Micros>,
    url: usize,
    code: usize,
    month: usize,
}

/// Texts that many checks share, each kept once.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> usize {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len();
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    fn name(&self, number: usize) -> &str {
        &self.names[number]
    }
}
