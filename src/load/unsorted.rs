//! Checks that did not come in order of time, held until they are sorted.

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

/// About how many checks are held at once to be sorted; where there are more, files are read
/// more than once. Those of one URL are held together.
const MOST_SORTED: u64 = 200_000;

/// After how many names further status codes are not told apart.
const MOST_NAMES: usize = 10_000;

/// Checks in the order in which they were read.
#[derive(Debug, Default)]
pub struct Unsorted {
    checks: Vec<HeldCheck>,
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

/// A check that outlives its row; its texts are numbers of names, each of which is kept once.
#[derive(Debug)]
struct HeldCheck {
    when: Option<When>,
    outcome: Outcome,
    response_time: Option<Micros>,
    url: usize,
    code: usize,
    month: usize,
}

impl Unsorted {
    /// Takes in a check, from a file of `month`.
    pub fn add(&mut self, month: FileMonth, check: &Check) {
        let check = HeldCheck {
            when: check.when,
            outcome: check.outcome,
            response_time: check.response_time,
            url: self.number(check.url),
            code: self.number_of_code(check.code),
            month: self.number(month.as_str()),
        };
        self.checks.push(check);
    }

    /// The summary of all checks in order of time; those of the same moment as they were read.
    pub fn sort(mut self, needs: &Needs) -> Summary {
        self.checks
            .sort_by_key(|check| check.when.map(|when| when.at));
        let mut summary = Summary::default();
        for held in &self.checks {
            let check = Check {
                url: &self.names[held.url],
                outcome: held.outcome,
                code: &self.names[held.code],
                when: held.when,
                response_time: held.response_time,
            };
            let month = FileMonth::of_text(&self.names[held.month]);
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
    /// Reads the URLs again whose checks did not come in order of time: all of their checks are
    /// held and sorted. Those of the same moment stay in the order of the files.
    pub(super) fn read_again_what_is_mixed(
        &self,
        summary: &mut Summary,
        files: &[LogFile],
        needs: &Needs,
        faults: &mut Faults,
    ) {
        let mixed = summary.urls.iter().filter(|(_, url)| !url.timeline.ordered);
        let mixed = mixed.map(|(name, url)| (name.clone(), url.timeline.checks));
        let mut mixed = mixed.collect::<Vec<_>>().into_iter().peekable();
        while mixed.peek().is_some() {
            let mut urls = BTreeSet::new();
            let mut checks = 0;
            while let Some((url, more)) = mixed.next_if(|_| checks < MOST_SORTED) {
                urls.insert(url);
                checks += more.max(MOST_SORTED / 1000);
            }
            let mut sorted = self.read_sorted(files, &urls, needs, faults);
            sorted.keep_runs(needs);
            summary.urls.extend(sorted.urls);
        }
    }

    /// Reads the checks of some URLs in order of time. Faults have been counted by the first
    /// reading, but a file may since have become unreadable.
    fn read_sorted(
        &self,
        files: &[LogFile],
        urls: &BTreeSet<String>,
        needs: &Needs,
        faults: &mut Faults,
    ) -> Summary {
        let mut unsorted = Unsorted::default();
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
                leave_unended: input.is_fresh(self.now),
            };
            reader::read(
                &mut input.input,
                self.schema,
                clock.as_mut(),
                stretch,
                |row| match row {
                    Row::Check(check) if urls.contains(check.url) => {
                        unsorted.add(month, &check);
                    }
                    Row::Fault {
                        line,
                        reason: FaultReason::Unreadable(failure),
                    } => fail(line, failure),
                    _ => {}
                },
            );
        }
        unsorted.sort(needs)
    }
}
