//! What the checks of a stretch of log add up to, by URL. Summaries merge, so that files can be
//! read one by one, and in any grouping.

use std::collections::BTreeMap;

use super::codes::REST;
use super::needs::Needs;
use super::tally::Tally;
use super::timeline::Timeline;
use crate::check::Check;
use crate::period::{FileMonth, Months};

/// The counts and the timeline of one URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlSummary {
    /// All checks, dated or not, by the month of their file.
    pub months: BTreeMap<String, Tally>,
    /// The dated checks.
    pub timeline: Timeline,
}

/// How many URLs of a site folder are listed. A hundred would be many. A log in which each check
/// has its own URL must not exhaust memory.
const MOST: usize = 1000;

/// The checks of a stretch of log, by URL.
///
/// Merging is associative, and merging two stretches equals reading both at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The first 1,000 URLs as logged, sorted as text.
    pub urls: BTreeMap<String, UrlSummary>,
    /// The counts of all other URLs together, by month, without their status codes.
    pub rest: BTreeMap<String, Tally>,
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

    fn count(&mut self, month: FileMonth, check: &Check, times: u64) {
        let month = month.as_str();
        match self.months.get_mut(month) {
            Some(tally) => tally.add(check, times),
            None => self
                .months
                .entry(month.to_owned())
                .or_default()
                .add(check, times),
        }
    }

    fn add(&mut self, month: FileMonth, check: &Check, needs: &Needs) {
        self.count(month, check, 1);
        if let Some(when) = check.when {
            self.timeline.add(when, check, needs);
        }
    }

    fn merge(&mut self, later: Self) {
        for (month, tally) in later.months {
            match self.months.get_mut(&month) {
                Some(known) => known.merge(&tally),
                None => drop(self.months.insert(month, tally)),
            }
        }
        self.timeline.append(later.timeline);
    }
}

impl Summary {
    /// Adds a check from a file of `month`, with the details that are needed.
    pub fn add(&mut self, month: FileMonth, check: &Check, needs: &Needs) {
        self.with_url(check.url, |url| url.add(month, check, needs));
    }

    /// Counts a check from a file of `month` `times` times, without details.
    pub fn count(&mut self, month: FileMonth, check: &Check, times: u64) {
        self.with_url(check.url, |url| url.count(month, check, times));
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
    pub fn merge(&mut self, later: Self) {
        for (name, url) in later.urls {
            match self.urls.get_mut(&name) {
                Some(known) => known.merge(url),
                None => self.insert(name, url),
            }
        }
        for (month, tally) in later.rest {
            self.add_to_rest(month, &tally);
        }
    }

    /// Adds another site folder. Its URLs are not limited again.
    pub fn merge_site(&mut self, other: Self) {
        for (name, url) in other.urls {
            match self.urls.get_mut(&name) {
                Some(known) => known.merge(url),
                None => drop(self.urls.insert(name, url)),
            }
        }
    }

    /// Lists the counts of all URLs beyond the first 1,000 as those of one URL, [`REST`].
    pub fn list_rest(&mut self) {
        if !self.rest.is_empty() {
            let rest = UrlSummary {
                months: std::mem::take(&mut self.rest),
                ..UrlSummary::default()
            };
            self.urls.entry(REST.to_owned()).or_default().merge(rest);
        }
    }

    /// Inserts a URL if it sorts among the first 1,000. One still there at the end was never
    /// evicted, so its counts are complete.
    fn insert(&mut self, name: String, url: UrlSummary) {
        self.urls.insert(name, url);
        if self.urls.len() > MOST
            && let Some((_, last)) = self.urls.pop_last()
        {
            for (month, tally) in last.months {
                self.add_to_rest(month, &tally);
            }
        }
    }

    fn add_to_rest(&mut self, month: String, tally: &Tally) {
        let rest = self.rest.entry(month).or_default();
        rest.up += tally.up;
        rest.down += tally.down;
    }

    /// Removes the days and hours that are not needed.
    pub fn retain_details(&mut self, needs: &Needs) {
        for url in self.urls.values_mut() {
            url.timeline.retain_details(needs);
        }
    }

    /// Removes the runs that are not needed. Call once nothing more is merged.
    pub fn retain_runs(&mut self, needs: &Needs) {
        for url in self.urls.values_mut() {
            url.timeline.retain_runs(needs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Summary, Timeline};
    use crate::check::{Check, Day, Micros, Moment, Outcome, When};
    use crate::period::{FileMonth, Months};
    use crate::stats::needs::{Counts, Details, Hours, Needs};
    use proptest::prelude::{Strategy, any, prop, proptest};
    use std::ops::Range;

    /// URL, seconds since the check before, up, code.
    type Drawn = (u8, i64, bool, u8);

    const START: i64 = 1_730_386_800;

    fn checks() -> impl Strategy<Value = Vec<Drawn>> {
        let gap = proptest::prop_oneof![
            8 => proptest::strategy::Just(300_i64),
            2 => 295..310_i64,
            1 => 0..100_000_i64,
        ];
        prop::collection::vec((0..3_u8, gap, any::<bool>(), 0..4_u8), 0..60)
    }

    fn needs(days: Range<Day>, runs_since: Moment) -> Needs {
        Needs {
            counts: Counts::ByMonth,
            details: Some(Details {
                days,
                runs_since,
                hours: Hours::Needed,
            }),
        }
    }

    /// The summary of checks from a given moment on, and the moment after them.
    fn summary_from(start: i64, checks: &[Drawn]) -> (Summary, i64) {
        let needs = needs(Day(20_028)..Day(20_031), Moment::ALL.start);
        let month = FileMonth::of_text("202411");
        let mut summary = Summary::default();
        let mut at = start;
        for (url, gap, up, code) in checks {
            at += gap;
            let (url, code) = (format!("https://{url}/"), code.to_string());
            let outcome = if *up { Outcome::Up } else { Outcome::Down };
            let day = Day(i32::try_from(at / 86_400).unwrap());
            let check = Check {
                url: &url,
                outcome,
                code: &code,
                when: Some(When {
                    at: Moment(at),
                    day,
                }),
                response_time: Some(Micros(at.unsigned_abs() % 1000)),
            };
            summary.add(month, &check, &needs);
        }
        (summary, at)
    }

    fn merged(a: &Summary, b: &Summary) -> Summary {
        let mut sum = a.clone();
        sum.merge(b.clone());
        sum
    }

    #[test]
    fn unsorted_checks_are_counted_but_not_added_up() {
        // A row for each of a thousand days, from the last to the first.
        let mut timeline = Timeline::default();
        for n in 0..1000 {
            let (at, day) = (
                Moment(START - n * 86_400),
                Day(20_000 - i32::try_from(n).unwrap()),
            );
            let check = Check {
                url: "u",
                outcome: Outcome::Up,
                code: "200",
                when: None,
                response_time: None,
            };
            timeline.add(When { at, day }, &check, &Needs::ALL);
        }
        assert_eq!((timeline.checks, timeline.sorted), (1000, false));
        assert_eq!(timeline.days.iter().count(), 1);
    }

    proptest! {
        #[test]
        fn splitting_a_log_anywhere_gives_the_same_summary(checks in checks(), at in any::<prop::sample::Index>()) {
            let (left, right) = checks.split_at(at.index(checks.len() + 1));
            let (before, border) = summary_from(START, left);
            let (after, _) = summary_from(border, right);
            assert_eq!(merged(&before, &after), summary_from(START, &checks).0);
        }

        #[test]
        fn merging_is_associative(a in checks(), b in checks(), c in checks()) {
            let (a, end) = summary_from(START, &a);
            let (b, end) = summary_from(end, &b);
            let (c, _) = summary_from(end, &c);
            assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        }

        #[test]
        fn runs_that_are_not_needed_can_be_removed_before_merging(
            a in checks(), b in checks(), c in checks(), since in 0..6_000_000_i64,
        ) {
            let needs = needs(Day(i32::MIN)..Day(i32::MAX), Moment(START + since));
            let (a, end) = summary_from(START, &a);
            let (b, end) = summary_from(end, &b);
            let (c, _) = summary_from(end, &c);
            let kept = |summary: &Summary| {
                let mut kept = summary.clone();
                kept.retain_runs(&needs);
                kept
            };
            let late = kept(&merged(&merged(&a, &b), &c));
            assert_eq!(kept(&merged(&merged(&kept(&a), &kept(&b)), &kept(&c))), late);
        }

        #[test]
        fn every_check_is_counted_once(checks in checks()) {
            let (summary, _) = summary_from(START, &checks);
            let tallies: Vec<_> = summary.urls.values().map(|url| url.tally(&Months::All)).collect();
            let up = checks.iter().filter(|check| check.2).count() as u64;
            assert_eq!(tallies.iter().map(super::Tally::total).sum::<u64>(), checks.len() as u64);
            assert_eq!(tallies.iter().map(|tally| tally.up).sum::<u64>(), up);
            assert_eq!(tallies.iter().flat_map(|tally| tally.codes.iter()).map(|(_, count)| count).sum::<u64>(), checks.len() as u64);
        }
    }
}
