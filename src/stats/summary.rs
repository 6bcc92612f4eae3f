//! What the checks of a stretch of log add up to, by URL. Summaries merge, so that files can be
//! read one by one, and in any grouping.

use std::collections::BTreeMap;
use std::ops::Range;

use super::codes::REST;
use super::dated::Dated;
use super::day::DayTally;
use super::needs::Needs;
use super::rules::{Reading, SiteReading};
use super::series::Series;
use super::tally::Tally;
use crate::check::{Check, Day, Outcome, Timestamp};
use crate::period::{FileMonth, Months};

/// The counts of one URL, and its checks over time.
#[derive(Clone, Debug, Default)]
pub struct UrlSummary {
    /// All checks, dated or not, by the month of their file.
    pub months: BTreeMap<String, Tally>,
    pub dated: Dated,
    /// The checks that are ahead of the clock.
    pub ahead: Series<Day, DayTally>,
    /// Checks that are not in `months` yet.
    repeats: Repeats,
}

/// Checks in a row with the same status code, counted at once: finding month and code for each would
/// be a tenth of the time of reading a log.
#[derive(Clone, Debug, Default)]
struct Repeats {
    times: u64,
    is_up: bool,
    month: String,
    code: String,
}

/// The month of a file, which its checks are counted in.
#[derive(Clone, Debug)]
pub struct SourceMonth<'name> {
    month: FileMonth<'name>,
    days: Option<Range<Day>>,
}

/// How many URLs of a site folder are listed. A hundred would be many. A log in which each check
/// has its own URL must not exhaust memory.
const MOST: usize = 1000;

/// The checks of a stretch of log, by URL.
///
/// Merging is associative, and merging two stretches equals reading both at once.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The first 1,000 URLs as logged, sorted as text.
    pub urls: BTreeMap<String, UrlSummary>,
    /// The counts of all other URLs together, by month, without their status codes.
    pub rest: BTreeMap<String, Tally>,
}

impl<'name> SourceMonth<'name> {
    pub fn of(month: FileMonth<'name>) -> Self {
        let days = month.days();
        Self { month, days }
    }

    fn is_elsewhere(&self, day: Day) -> bool {
        self.days.as_ref().is_some_and(|days| !days.contains(&day))
    }
}

impl UrlSummary {
    /// The counts of these months together.
    pub fn tally(&self, months: &Months) -> Tally {
        let is_selected = |month: &str| months.contains(FileMonth::of_text(month));
        let mut selected = self.months.iter().filter(|(month, _)| is_selected(month));
        // A copy of the first is cheaper than adding its codes one by one.
        let mut total = selected
            .next()
            .map_or_else(Tally::default, |(_, first)| first.clone());
        selected.for_each(|(_, tally)| total.merge(tally));
        total
    }

    fn count(&mut self, source: &SourceMonth, check: &Check, times: u64) {
        with_month(&mut self.months, source.month.as_str(), |tally| {
            tally.add(check, times);
            if let Timestamp::At(when) | Timestamp::Ahead(when) = check.time
                && source.is_elsewhere(when.day)
            {
                tally.elsewhere += times;
            }
        });
    }

    /// Counts a check; if it repeats the one before, later.
    fn count_one(&mut self, source: &SourceMonth, check: &Check) {
        let is_plain = matches!(check.time, Timestamp::At(when) if !source.is_elsewhere(when.day));
        if !is_plain {
            return self.count(source, check, 1);
        }
        let is_up = check.outcome == Outcome::Up;
        let repeats = &mut self.repeats;
        let is_repeat = repeats.times > 0
            && repeats.is_up == is_up
            && repeats.code == check.code
            && repeats.month == source.month.as_str();
        if is_repeat {
            repeats.times += 1;
            return;
        }
        self.count_repeats();
        let repeats = &mut self.repeats;
        (repeats.times, repeats.is_up) = (1, is_up);
        check.code.clone_into(&mut repeats.code);
        source.month.as_str().clone_into(&mut repeats.month);
    }

    fn count_repeats(&mut self) {
        let repeats = &mut self.repeats;
        let times = std::mem::take(&mut repeats.times);
        if times > 0 {
            with_month(&mut self.months, &repeats.month, |tally| {
                let count = if repeats.is_up {
                    &mut tally.up
                } else {
                    &mut tally.down
                };
                *count += times;
                tally.codes.add(&repeats.code, times);
            });
        }
    }

    fn add(&mut self, source: &SourceMonth, check: &Check, reading: Reading) {
        self.count_one(source, check);
        match check.time {
            Timestamp::Missing => {}
            Timestamp::At(when) => self
                .dated
                .change(1, |stretch| stretch.add(when, check, reading)),
            Timestamp::Ahead(when) => {
                let (_, count) = reading
                    .rules
                    .classify(when.at, check.outcome, reading.calendar);
                self.ahead.entry(when.day).add_check(count, check);
            }
        }
    }

    fn merge(&mut self, mut later: Self, reading: Reading) {
        self.count_repeats();
        later.count_repeats();
        for (month, tally) in later.months {
            match self.months.get_mut(&month) {
                Some(known) => known.merge(&tally),
                None => drop(self.months.insert(month, tally)),
            }
        }
        match later.dated {
            Dated::None => {}
            Dated::Sorted(later) if matches!(self.dated, Dated::None) => {
                self.dated = Dated::Sorted(later);
            }
            Dated::Sorted(later) => {
                let checks = later.checks();
                self.dated
                    .change(checks, |stretch| stretch.append(*later, reading));
            }
            Dated::Unsorted { checks } => {
                let checks = checks + self.dated.checks();
                self.dated = Dated::Unsorted { checks };
            }
        }
        self.ahead.merge(later.ahead, |sum, more| sum.merge(&more));
    }
}

/// Only the first check of a month allocates.
fn with_month(months: &mut BTreeMap<String, Tally>, month: &str, change: impl FnOnce(&mut Tally)) {
    match months.get_mut(month) {
        Some(tally) => change(tally),
        None => change(months.entry(month.to_owned()).or_default()),
    }
}

impl Summary {
    /// Adds a check, with the details that are needed.
    pub fn add(&mut self, source: &SourceMonth, check: &Check, reading: &SiteReading) {
        let reading = reading.of(check.url);
        self.with_url(check.url, |url| url.add(source, check, reading));
    }

    /// Counts a check `times` times, without details.
    pub fn count(&mut self, source: &SourceMonth, check: &Check, times: u64) {
        self.with_url(check.url, |url| url.count(source, check, times));
    }

    fn with_url(&mut self, name: &str, change: impl FnOnce(&mut UrlSummary)) {
        if let Some(url) = self.urls.get_mut(name) {
            return change(url);
        }
        let mut url = UrlSummary::default();
        change(&mut url);
        self.insert(name.to_owned(), url);
    }

    /// Adds a later stretch of the same site folder.
    pub fn merge(&mut self, later: Self, reading: SiteReading) {
        for (name, url) in later.urls {
            match self.urls.get_mut(&name) {
                Some(known) => known.merge(url, reading.of(&name)),
                None => self.insert(name, url),
            }
        }
        for (month, tally) in later.rest {
            self.add_to_rest(month, &tally);
        }
    }

    /// Whether the checks of all URLs are in order of time.
    pub fn is_sorted(&self) -> bool {
        let is_unsorted = |url: &UrlSummary| matches!(url.dated, Dated::Unsorted { .. });
        !self.urls.values().any(is_unsorted)
    }

    /// Adds what reading has put off. Call before anything is cached or shown.
    pub fn rest(&mut self, reading: SiteReading) {
        for (name, url) in &mut self.urls {
            url.count_repeats();
            if let Dated::Sorted(stretch) = &mut url.dated {
                stretch.rest(reading.of(name));
            }
        }
    }

    /// Whether a later stretch has a check that is before one of this.
    pub fn overlaps(&self, later: &Self) -> bool {
        later.urls.iter().any(|(name, later)| {
            let edges = |url: &UrlSummary| url.dated.edges();
            let known = self.urls.get(name).and_then(edges);
            known
                .zip(edges(later))
                .is_some_and(|((_, last), (first, _))| first < last)
        })
    }

    /// Lists the counts of all URLs beyond the first 1,000 as those of one URL, [`REST`].
    pub fn list_rest(&mut self) {
        if !self.rest.is_empty() {
            let url = self.urls.entry(REST.to_owned()).or_default();
            for (month, tally) in std::mem::take(&mut self.rest) {
                url.months.entry(month).or_default().merge(&tally);
            }
        }
    }

    /// Inserts a URL if it sorts among the first 1,000. One still there at the end was never
    /// evicted, so its counts are complete.
    fn insert(&mut self, name: String, url: UrlSummary) {
        self.urls.insert(name, url);
        if self.urls.len() > MOST
            && let Some((_, mut last)) = self.urls.pop_last()
        {
            last.count_repeats();
            for (month, tally) in last.months {
                self.add_to_rest(month, &tally);
            }
        }
    }

    fn add_to_rest(&mut self, month: String, tally: &Tally) {
        let rest = self.rest.entry(month).or_default();
        rest.up += tally.up;
        rest.down += tally.down;
        rest.undated.merge(tally.undated);
    }

    /// Removes the details that are not needed.
    pub fn retain_details(&mut self, needs: &Needs) {
        for url in self.urls.values_mut() {
            if let Dated::Sorted(stretch) = &mut url.dated {
                stretch.retain(needs);
            }
            url.ahead.retain(&needs.days());
        }
    }
}

#[cfg(test)]
mod tests;
