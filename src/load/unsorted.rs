//! Checks that did not come in order of time, held until they are sorted.

use std::collections::HashMap;

use crate::check::{Check, Micros, Outcome, When};
use crate::period::FileMonth;
use crate::stats::codes::REST;
use crate::stats::needs::Needs;
use crate::stats::summary::Summary;

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
