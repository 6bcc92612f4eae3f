//! Everything that is known of a stretch of log. Summaries merge, so files can be read
//! one by one, and in any grouping.

use std::collections::BTreeMap;

use super::codes::REST;
use super::tally::Tally;
use super::timeline::{Timeline, Window};
use crate::check::Check;

/// What is known of one URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlSummary {
    /// Its checks by the month of the file they stand in, dated or not.
    pub months: BTreeMap<String, Tally>,
    /// Its dated checks.
    pub timeline: Timeline,
}

/// How many URLs of a site folder are told apart. A hundred would be many; a log in which each
/// check has its own must not fill the memory.
const MOST: usize = 1000;

/// The checks of a stretch of log, by URL.
///
/// Merging is associative: reading two stretches and merging equals reading both at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What is known of each URL, as logged: of the first thousand in their order as text.
    pub urls: BTreeMap<String, UrlSummary>,
    /// The checks of all others together, by month. Their codes are not told apart.
    pub rest: BTreeMap<String, Tally>,
}

impl UrlSummary {
    /// The checks in files whose month starts with `year_month`, or in all.
    pub fn tally(&self, year_month: Option<&str>) -> Tally {
        let mut total = Tally::default();
        for (month, tally) in &self.months {
            if year_month.is_none_or(|wanted| month.starts_with(wanted)) {
                total.merge(tally);
            }
        }
        total
    }

    fn add(&mut self, month: &str, check: &Check, window: &Window) {
        match self.months.get_mut(month) {
            Some(tally) => tally.add(check),
            None => self.months.entry(month.to_owned()).or_default().add(check),
        }
        if let Some(when) = check.when {
            self.timeline.add(when, check, window);
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
    /// Takes one check in, from a file of `month`; its day is kept if it is in `window`.
    pub fn add(&mut self, month: &str, check: &Check, window: &Window) {
        if let Some(url) = self.urls.get_mut(check.url) {
            url.add(month, check, window);
            return;
        }
        let mut url = UrlSummary::default();
        url.add(month, check, window);
        self.insert(check.url.to_owned(), url);
    }

    /// Takes in what is known of a later stretch of the same site folder.
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

    /// Takes in what is known of another site folder.
    pub fn merge_site(&mut self, other: Self) {
        for (name, url) in other.urls {
            match self.urls.get_mut(&name) {
                Some(known) => known.merge(url),
                None => drop(self.urls.insert(name, url)),
            }
        }
    }

    /// Shows the checks of all URLs that are not told apart as those of one, which is [`REST`].
    pub fn show_rest(&mut self) {
        if !self.rest.is_empty() {
            let rest = UrlSummary {
                months: std::mem::take(&mut self.rest),
                ..UrlSummary::default()
            };
            self.urls.entry(REST.to_owned()).or_default().merge(rest);
        }
    }

    /// Inserts a URL that is not known, if it is among the first; as with codes, one that is so
    /// in the end was so all the time.
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

    /// Forgets the days and hours that are not in a window.
    pub fn keep_details(&mut self, window: &Window) {
        for url in self.urls.values_mut() {
            url.timeline.keep_details(window);
        }
    }

    /// Forgets the runs that a window does not need, once nothing more is merged.
    pub fn keep_runs(&mut self, window: &Window) {
        for url in self.urls.values_mut() {
            url.timeline.keep_runs(window);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Summary, Timeline, Window};
    use crate::check::{Check, Day, Micros, Moment, Outcome, When};
    use proptest::prelude::{Strategy, any, prop, proptest};

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

    /// The summary of checks from a given moment on, and the moment after them.
    fn summary_from(start: i64, checks: &[Drawn]) -> (Summary, i64) {
        let window = Window {
            days: Day(20_028)..=Day(20_030),
            ..Window::ALL
        };
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
                checks: 1,
            };
            summary.add("202411", &check, &window);
        }
        (summary, at)
    }

    fn merged(a: &Summary, b: &Summary) -> Summary {
        let mut sum = a.clone();
        sum.merge(b.clone());
        sum
    }

    #[test]
    fn what_must_be_sorted_first_is_not_added_up_before() {
        // Rows of random days, each before the one before it.
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
                checks: 1,
            };
            timeline.add(When { at, day }, &check, &Window::ALL);
        }
        assert_eq!((timeline.checks, timeline.ordered), (1000, false));
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
        fn what_a_window_does_not_need_can_be_forgotten_before_merging(
            a in checks(), b in checks(), c in checks(), since in 0..6_000_000_i64,
        ) {
            let window = Window { runs_since: Moment(START + since), ..Window::ALL };
            let (a, end) = summary_from(START, &a);
            let (b, end) = summary_from(end, &b);
            let (c, _) = summary_from(end, &c);
            let kept = |summary: &Summary| {
                let mut kept = summary.clone();
                kept.keep_runs(&window);
                kept
            };
            let late = kept(&merged(&merged(&a, &b), &c));
            assert_eq!(kept(&merged(&merged(&kept(&a), &kept(&b)), &kept(&c))), late);
        }

        #[test]
        fn every_check_is_counted_once(checks in checks()) {
            let (summary, _) = summary_from(START, &checks);
            let tallies: Vec<_> = summary.urls.values().map(|url| url.tally(None)).collect();
            let up = checks.iter().filter(|check| check.2).count() as u64;
            assert_eq!(tallies.iter().map(super::Tally::total).sum::<u64>(), checks.len() as u64);
            assert_eq!(tallies.iter().map(|tally| tally.up).sum::<u64>(), up);
            assert_eq!(tallies.iter().flat_map(|tally| tally.codes.iter()).map(|(_, count)| count).sum::<u64>(), checks.len() as u64);
        }
    }
}
