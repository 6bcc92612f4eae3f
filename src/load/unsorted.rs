//! Reads URLs again whose checks are not in order of time, and sorts those checks. All others are
//! added up while they are read, so that memory stays small.

use std::collections::{BTreeSet, HashMap};

use super::loader::Loader;
use crate::check::{Check, Micros, Outcome, When};
use crate::log::fault::{FaultReason, Faults};
use crate::log::reader::{self, Row, Stretch};
use crate::period::FileMonth;
use crate::stats::codes::REST;
use crate::stats::needs::Needs;
use crate::stats::summary::Summary;
use crate::store::folder::LogFile;

/// About how many checks are in memory at once. If there are more to sort, the files are read
/// several times; the checks of one URL are always sorted together.
const MOST_SORTED: u64 = 200_000;

/// After this many distinct texts, all new status codes count as one.
const MOST_NAMES: usize = 10_000;

/// Collects checks in reading order, then sorts them.
#[derive(Debug, Default)]
pub struct Sorter {
    checks: Vec<OwnedCheck>,
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

/// A check that outlives its row. Its texts are indices into `names`, so each is stored once.
#[derive(Debug)]
struct OwnedCheck {
    when: Option<When>,
    outcome: Outcome,
    response_time: Option<Micros>,
    url: usize,
    code: usize,
    month: usize,
}

impl Sorter {
    /// Adds a check from a file of `month`.
    pub fn add(&mut self, month: FileMonth, check: &Check) {
        let check = OwnedCheck {
            when: check.when,
            outcome: check.outcome,
            response_time: check.response_time,
            url: self.number(check.url),
            code: self.number_of_code(check.code),
            month: self.number(month.as_str()),
        };
        self.checks.push(check);
    }

    /// Adds up all checks in order of time; checks of the same moment stay in reading order.
    pub fn sort(mut self, needs: &Needs) -> Summary {
        self.checks
            .sort_by_key(|check| check.when.map(|when| when.at));
        let mut summary = Summary::default();
        for owned in &self.checks {
            let check = Check {
                url: &self.names[owned.url],
                outcome: owned.outcome,
                code: &self.names[owned.code],
                when: owned.when,
                response_time: owned.response_time,
            };
            let month = FileMonth::of_text(&self.names[owned.month]);
            summary.add(month, &check, needs);
        }
        summary
    }

    fn number_of_code(&mut self, code: &str) -> usize {
        let known = self.names.len() < MOST_NAMES || self.numbers.contains_key(code);
        self.number(if known { code } else { REST })
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len();
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
        needs: &Needs,
        faults: &mut Faults,
    ) {
        let unsorted = summary.urls.iter().filter(|(_, url)| !url.timeline.sorted);
        let unsorted = unsorted.map(|(name, url)| (name.clone(), url.timeline.checks));
        let mut unsorted = unsorted.collect::<Vec<_>>().into_iter().peekable();
        while unsorted.peek().is_some() {
            let mut urls = BTreeSet::new();
            let mut checks = 0;
            while let Some((url, more)) = unsorted.next_if(|_| checks < MOST_SORTED) {
                urls.insert(url);
                checks += more.max(MOST_SORTED / 1000);
            }
            let mut sorted = self.read_sorted(files, &urls, needs, faults);
            sorted.retain_runs(needs);
            summary.urls.extend(sorted.urls);
        }
    }

    /// Reads the checks of some URLs, and adds them up in order of time. The first read has already
    /// counted the faults, but a file may have become unreadable since.
    fn read_sorted(
        &self,
        files: &[LogFile],
        urls: &BTreeSet<String>,
        needs: &Needs,
        faults: &mut Faults,
    ) -> Summary {
        let mut sorter = Sorter::default();
        for file in files {
            let mut fail = |line, failure| {
                if file.selected {
                    faults.add_failure(&file.place(), line, failure);
                }
            };
            let opened = file.open().map_err(|failure| fail(None, failure));
            let Ok(mut input) = opened else { continue };
            let month = file.month();
            let mut clock = self.clock();
            let stretch = Stretch {
                from: None,
                unended: input.unended_line(self.now),
            };
            reader::read(
                &mut input.input,
                self.schema,
                clock.as_mut(),
                stretch,
                |row| match row {
                    Row::Check(check) if urls.contains(check.url) => {
                        sorter.add(month, &check);
                    }
                    Row::Fault {
                        line,
                        reason: FaultReason::Unreadable(failure),
                    } => fail(line, failure),
                    _ => {}
                },
            );
        }
        sorter.sort(needs)
    }
}
