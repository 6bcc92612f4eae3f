//! Counts by status code, in bounded memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many codes are counted separately. A real log has a dozen. A log in which each check has its
/// own code must not exhaust memory.
const MOST: usize = 200;

/// Stands for all codes beyond the first 200, and for all URLs beyond the first 1,000.
pub const REST: &str = "…";

/// Counts of the first 200 status codes, sorted as text.
///
/// A code that is still there at the end was never evicted, so its count is complete, however the
/// checks were grouped: merging stays associative. The remaining checks have other codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes(BTreeMap<String, u64>);

impl Codes {
    pub fn add(&mut self, code: &str, checks: u64) {
        // Only the first check of a code allocates.
        if let Some(count) = self.0.get_mut(code) {
            *count += checks;
            return;
        }
        let full = self.0.len() >= MOST;
        let is_after = |last: &String| last.as_str() < code;
        if full
            && self
                .0
                .last_key_value()
                .is_some_and(|(last, _)| is_after(last))
        {
            return;
        }
        if full {
            self.0.pop_last();
        }
        self.0.insert(code.to_owned(), checks);
    }

    pub fn merge(&mut self, other: &Self) {
        for (code, count) in &other.0 {
            self.add(code, *count);
        }
    }

    /// The codes that are counted separately, and their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(code, count)| (code.as_str(), *count))
    }

    /// The codes of `checks` checks in all, with [`REST`] for those that are not counted
    /// separately.
    pub fn of_all(&self, checks: u64) -> BTreeMap<&str, u64> {
        let mut codes: BTreeMap<&str, u64> = self.iter().collect();
        let rest = checks.saturating_sub(codes.values().sum());
        if rest > 0 {
            *codes.entry(REST).or_default() += rest;
        }
        codes
    }
}

impl<'a> FromIterator<(&'a str, u64)> for Codes {
    fn from_iter<I: IntoIterator<Item = (&'a str, u64)>>(codes: I) -> Self {
        let mut sum = Self::default();
        for (code, checks) in codes {
            sum.add(code, checks);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::{Codes, MOST, REST};
    use proptest::prelude::{any, prop, proptest};

    fn codes(checks: &[(u16, u64)]) -> Codes {
        let mut codes = Codes::default();
        for (code, count) in checks {
            codes.add(&code.to_string(), *count);
        }
        codes
    }

    proptest! {
        #[test]
        fn many_codes_are_counted_together_however_they_are_grouped(
            checks in prop::collection::vec((0..999_u16, 1..9_u64), 0..2000), at in any::<prop::sample::Index>(),
        ) {
            let (left, right) = checks.split_at(at.index(checks.len() + 1));
            let mut merged = codes(left);
            merged.merge(&codes(right));
            let all = codes(&checks);
            assert_eq!(merged, all);
            let total = checks.iter().map(|(_, count)| count).sum();
            let shown = all.of_all(total);
            assert_eq!(shown.values().sum::<u64>(), total);
            assert!(shown.len() <= MOST + 1);
            for (code, count) in shown {
                let of_code = checks.iter().filter(|(known, _)| known.to_string() == code);
                assert!(code == REST || of_code.map(|(_, count)| count).sum::<u64>() == count);
            }
        }
    }
}
