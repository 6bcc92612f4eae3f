//! The single checks of one day of a site folder. The cache has only their sums, so the files that
//! may hold them are read anew: those of the day's month, and those whose names say no month.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::loader::SiteLog;
use super::read::Loader;
use crate::calendar::Calendar;
use crate::check::{Check, Day, Micros, Moment, Outcome, Timestamp};
use crate::log::fault::Faults;
use crate::log::reader::Row;
use crate::stats::codes::REST;
use crate::stats::planned::Planned;
use crate::stats::rules::Rules;
use crate::store::folder::LogFile;

/// How many checks are kept, of all URLs together: more than one a second for one of them. In
/// memory they take 32 bytes each.
const MOST: usize = 100_000;

/// After this many distinct status codes, all new ones count as one.
const MOST_CODES: usize = 1000;

/// As what a check is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Up,
    Failed,
    /// In maintenance or off time: in no ratio.
    Planned,
}

/// A check of the day.
#[derive(Clone, Copy, Debug)]
pub struct DayCheck {
    pub at: Moment,
    pub counted: Counted,
    /// Whether its status says maintenance.
    pub is_maintenance: bool,
    /// Only of checks whose response times are in percentiles.
    pub response_time: Option<Micros>,
    code: u16,
}

#[cfg(test)]
impl DayCheck {
    /// A check without a status code.
    pub fn new(at: Moment, counted: Counted, response_time: Option<Micros>) -> Self {
        Self {
            at,
            counted,
            is_maintenance: false,
            response_time,
            code: 0,
        }
    }
}

/// The checks of one URL on the day.
#[derive(Debug, Default)]
pub struct UrlDay {
    /// In order of time; those of one second in reading order.
    pub checks: Vec<DayCheck>,
    /// How many more there are that are not kept.
    pub left_out: u64,
    /// Noted maintenance and off time, in order and apart from each other.
    pub planned: Vec<Range<Moment>>,
}

/// The checks of one day by URL, for every URL of the site folder.
#[derive(Debug, Default)]
pub struct DayLog {
    pub urls: BTreeMap<String, UrlDay>,
    /// Texts of the codes of failed checks.
    codes: Vec<String>,
}

impl DayLog {
    /// The status code of a failed check.
    pub fn code(&self, check: &DayCheck) -> &str {
        self.codes
            .get(usize::from(check.code))
            .map_or("", String::as_str)
    }
}

impl Loader<'_> {
    /// Reads the checks of a day. Which rows can't be used is known from counting them; only a file
    /// that could be read then, and not now, is added to `faults`.
    pub fn read_day(
        &self,
        day: Day,
        files: &[LogFile],
        logs: &[SiteLog],
        faults: &mut Faults,
    ) -> DayLog {
        let calendar = &self.config.calendar;
        let span = calendar.span(&(day..day.plus(1)));
        let mut reading = Reading::default();
        for log in logs {
            for url in log.summary.urls.keys() {
                let planned = planned_in(&log.rules.of(url).planned, &span, calendar);
                reading.log.urls.entry(url.clone()).or_default().planned = planned;
            }
            let may_hold = |file: &&LogFile| {
                let is_of_site = file.folder.company == log.company && file.folder.site == log.site;
                is_of_site && file.month().days().is_none_or(|days| days.contains(&day))
            };
            for file in files.iter().filter(may_hold) {
                match file.open() {
                    Ok(mut input) => {
                        let mut again = Faults::default();
                        self.read_file(file, &mut input, None, &mut again, |row| {
                            if let Row::Check(check) = row {
                                reading.add(day, check, log.rules.of(check.url), calendar);
                            }
                        });
                        faults.transient |= again.transient;
                    }
                    Err(failure) => faults.add_failure(&file.place(), None, failure),
                }
            }
        }
        for url in reading.log.urls.values_mut() {
            url.checks.sort_by_key(|check| check.at);
        }
        reading.log
    }
}

/// A day that is being read.
#[derive(Default)]
struct Reading {
    log: DayLog,
    kept: usize,
    numbers: HashMap<String, u16>,
}

impl Reading {
    fn add(&mut self, day: Day, check: &Check, rules: &Rules, calendar: &Calendar) {
        let (Timestamp::At(when) | Timestamp::Ahead(when)) = check.time else {
            return;
        };
        if when.day != day {
            return;
        }
        let Some(url) = self.log.urls.get_mut(check.url) else {
            return;
        };
        if self.kept >= MOST {
            url.left_out += 1;
            return;
        }
        self.kept += 1;
        let is_noted = rules.planned.is_noted(when.at);
        let is_maintenance = check.outcome == Outcome::Maintenance;
        let counted = if is_maintenance || is_noted || rules.planned.is_off(when.at, calendar) {
            Counted::Planned
        } else if check.outcome == Outcome::Up {
            Counted::Up
        } else {
            Counted::Failed
        };
        let is_timed = check.outcome == Outcome::Up && !is_noted;
        let code = match counted {
            Counted::Failed => number(check.code, &mut self.numbers, &mut self.log.codes),
            Counted::Up | Counted::Planned => 0,
        };
        url.checks.push(DayCheck {
            at: when.at,
            counted,
            is_maintenance,
            response_time: check.response_time.filter(|_| is_timed),
            code,
        });
    }
}

/// The number of a status code, so that each text is stored once.
fn number(code: &str, numbers: &mut HashMap<String, u16>, codes: &mut Vec<String>) -> u16 {
    let is_known = codes.len() < MOST_CODES || numbers.contains_key(code);
    let code = if is_known { code } else { REST };
    if let Some(&number) = numbers.get(code) {
        return number;
    }
    let number = u16::try_from(codes.len()).unwrap_or(u16::MAX);
    numbers.insert(code.to_owned(), number);
    codes.push(code.to_owned());
    number
}

/// The parts of some time that are planned.
fn planned_in(planned: &Planned, span: &Range<Moment>, calendar: &Calendar) -> Vec<Range<Moment>> {
    let mut parts = Vec::new();
    let mut at = span.start;
    let end = span.end..span.end;
    for watched in planned.unplanned(span.clone(), calendar).chain([end]) {
        if at < watched.start {
            parts.push(at..watched.start);
        }
        at = watched.end;
    }
    parts
}
