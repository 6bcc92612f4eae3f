//! Everything that is known of a stretch of log. Summaries merge, so files can be read
//! one by one, and in any grouping.

use std::collections::BTreeMap;

use super::tally::Tally;
use crate::sample::Sample;

/// The checks of a stretch of log, by URL.
///
/// Merging is associative: reading two stretches and merging equals reading both at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The counts of each URL, as logged.
    pub urls: BTreeMap<String, Tally>,
}

impl Summary {
    /// Takes one check in.
    pub fn add(&mut self, sample: &Sample) {
        match self.urls.get_mut(sample.url) {
            Some(tally) => tally.add(sample),
            None => self
                .urls
                .entry(sample.url.to_owned())
                .or_default()
                .add(sample),
        }
    }

    /// Takes in what is known of another stretch.
    pub fn merge(&mut self, other: &Self) {
        for (url, tally) in &other.urls {
            match self.urls.get_mut(url) {
                Some(sum) => sum.merge(tally),
                None => drop(self.urls.insert(url.clone(), tally.clone())),
            }
        }
    }

    /// The counts of all URLs together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for tally in self.urls.values() {
            total.merge(tally);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use crate::sample::{Outcome, Sample};
    use proptest::prelude::{Strategy, any, prop, proptest};

    type Check = (u8, bool, u8);

    fn checks() -> impl Strategy<Value = Vec<Check>> {
        prop::collection::vec((0..3_u8, any::<bool>(), 0..4_u8), 0..60)
    }

    fn summary(checks: &[Check]) -> Summary {
        let mut summary = Summary::default();
        for (url, up, code) in checks {
            let (url, code) = (format!("https://{url}/"), code.to_string());
            let outcome = if *up { Outcome::Up } else { Outcome::Down };
            summary.add(&Sample {
                url: &url,
                outcome,
                code: &code,
            });
        }
        summary
    }

    fn merged(a: &Summary, b: &Summary) -> Summary {
        let mut sum = a.clone();
        sum.merge(b);
        sum
    }

    proptest! {
        #[test]
        fn splitting_a_log_anywhere_gives_the_same_summary(checks in checks(), at in any::<prop::sample::Index>()) {
            let (left, right) = checks.split_at(at.index(checks.len() + 1));
            assert_eq!(merged(&summary(left), &summary(right)), summary(&checks));
        }

        #[test]
        fn merging_is_associative(a in checks(), b in checks(), c in checks()) {
            let (a, b, c) = (summary(&a), summary(&b), summary(&c));
            assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        }

        #[test]
        fn every_check_is_counted_once(checks in checks()) {
            let total = summary(&checks).total();
            assert_eq!(total.total(), checks.len() as u64);
            assert_eq!(total.up, checks.iter().filter(|(_, up, _)| *up).count() as u64);
            assert_eq!(total.codes.values().sum::<u64>(), checks.len() as u64);
        }
    }
}
