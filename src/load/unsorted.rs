//! Reads URLs again whose checks are not in order of time, and sorts those checks. All others are
//! added up while they are read, so that memory stays small.

use std::collections::{BTreeSet, HashMap};

use super::read::Loader;
use crate::check::{Check, Micros, Outcome, Timestamp, When};
use crate::log::fault::{FaultReason, Faults};
use crate::log::reader::{self, Row, Stretch};
use crate::period::FileMonth;
use crate::stats::codes::REST;
use crate::stats::dated::Dated;
use crate::stats::rules::SiteReading;
use crate::stats::summary::{SourceMonth, Summary};
use crate::store::folder::LogFile;

/// About how many checks are in memory at once, of at most 36 bytes while they are sorted. If there
/// are more, the files are read several times; the checks of one URL are always sorted together.
const MOST_SORTED: u64 = 1_000_000;

/// After this many distinct texts, all new status codes count as one.
const MOST_NAMES: usize = 10_000;

/// Collects the dated checks of files, then sorts them.
#[derive(Debug, Default)]
pub(super) struct Sorter {
    checks: Vec<OwnedCheck>,
    numbers: HashMap<String, u16>,
    names: Vec<String>,
}

/// A dated check that outlives its row. Its texts are indices into `names`, so each is stored once.
#[derive(Clone, Copy, Debug)]
struct OwnedCheck {
    when: When,
    /// In microseconds; [`u32::MAX`] if there is none. Longer ones are cut at an hour.
    response_time: u32,
    url: u16,
    code: u16,
    month: u16,
    outcome: Outcome,
}

impl Sorter {
    /// Adds a check from a file of `month`. Returns it if it has no time to be sorted by.
    pub(super) fn add<'row>(
        &mut self,
        month: FileMonth,
        check: &'row Check<'row>,
    ) -> Option<&'row Check<'row>> {
        let Timestamp::At(when) = check.time else {
            return Some(check);
        };
        let response_time = check.response_time.map_or(u32::MAX, |Micros(time)| {
            u32::try_from(time).map_or(u32::MAX - 1, |time| time.min(u32::MAX - 1))
        });
        let check = OwnedCheck {
            when,
            response_time,
            url: self.number(check.url),
            code: self.number_of_code(check.code),
            month: self.number(month.as_str()),
            outcome: check.outcome,
        };
        self.checks.push(check);
        None
    }

    /// Passes all checks to `sink` in order of time; those of one second stay in reading order.
    pub(super) fn sort(mut self, mut sink: impl FnMut(&SourceMonth, &Check)) {
        self.checks.sort_by_key(|check| check.when.at);
        let months: Vec<_> = self
            .names
            .iter()
            .map(|name| SourceMonth::of(FileMonth::of_text(name)))
            .collect();
        for owned in &self.checks {
            let response_time = Micros(owned.response_time.into());
            let check = Check {
                url: &self.names[usize::from(owned.url)],
                outcome: owned.outcome,
                code: &self.names[usize::from(owned.code)],
                time: Timestamp::At(owned.when),
                response_time: (owned.response_time != u32::MAX).then_some(response_time),
            };
            sink(&months[usize::from(owned.month)], &check);
        }
    }

    fn number_of_code(&mut self, code: &str) -> u16 {
        let known = self.names.len() < MOST_NAMES || self.numbers.contains_key(code);
        self.number(if known { code } else { REST })
    }

    fn number(&mut self, name: &str) -> u16 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        // There are at most 1,000 URLs of a site, and fewer months than would fill this.
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

impl Loader<'_> {
    /// Replaces the summaries of URLs whose checks are not in order of time: reads all checks of
    /// these URLs again, and sorts them. Checks of the same moment stay in file order.
    pub(super) fn sort_unsorted(
        &self,
        summary: &mut Summary,
        files: &[LogFile],
        reading: SiteReading,
        faults: &mut [Faults],
    ) {
        let unsorted = summary
            .urls
            .iter()
            .filter_map(|(name, url)| match url.dated {
                Dated::Unsorted { checks } => Some((name.clone(), checks)),
                Dated::None | Dated::Sorted(_) => None,
            });
        let mut unsorted = unsorted.collect::<Vec<_>>().into_iter().peekable();
        while unsorted.peek().is_some() {
            let mut urls = BTreeSet::new();
            let mut checks = 0;
            while let Some((url, more)) = unsorted.next_if(|_| checks < MOST_SORTED) {
                urls.insert(url);
                checks += more.max(MOST_SORTED / 1000);
            }
            let sorted = self.read_sorted(files, &urls, reading, faults);
            summary.urls.extend(sorted.urls);
        }
    }

    /// Reads the checks of some URLs, and adds them up in order of time. The first read has already
    /// counted the faults, but a file may have become unreadable since.
    fn read_sorted(
        &self,
        files: &[LogFile],
        urls: &BTreeSet<String>,
        reading: SiteReading,
        faults: &mut [Faults],
    ) -> Summary {
        let mut sorter = Sorter::default();
        let mut summary = Summary::default();
        for (file, faults) in files.iter().zip(faults) {
            let mut fail = |line, failure| faults.add_failure(&file.place(), line, failure);
            let opened = file.open().map_err(|failure| fail(None, failure));
            let Ok(mut input) = opened else { continue };
            let month = file.month();
            let source = SourceMonth::of(month);
            let mut clock = self.clock();
            let stretch = Stretch {
                from: None,
                unended: input.unended_line(self.now),
            };
            reader::read(
                &mut input.input,
                self.schema(),
                clock.as_mut(),
                stretch,
                |row| match row {
                    Row::Check(check) if urls.contains(check.url) => {
                        if let Some(check) = sorter.add(month, check) {
                            summary.add(&source, check, &reading);
                        }
                    }
                    Row::Fault {
                        line,
                        reason: FaultReason::Unreadable(failure),
                    } => fail(line, failure),
                    _ => {}
                },
            );
        }
        sorter.sort(|source, check| summary.add(source, check, &reading));
        summary.rest(reading);
        summary
    }
}
