//! Counts by status code, in bounded memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many codes are counted separately. A real log has a dozen. A log in which each check has its
/// own code must not exhaust memory.
const MOST: usize = 200;

/// How many bytes of text they may have together. Two hundred codes of the longest texts for each of a
/// thousand URLs would be hundreds of megabytes.
const MOST_BYTES: usize = 1 << 12;

/// Stands for all codes beyond the first 200, and for all URLs beyond the first 1,000.
pub const REST: &str = "…";

/// Counts of the first status codes, sorted as text: 200 of them, or 4 KiB.
///
/// A code that is still there at the end was never evicted, so its count is complete, however the
/// checks were grouped: merging stays associative. The remaining checks have other codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    counts: BTreeMap<String, u64>,
    /// Of all codes together.
    bytes: usize,
    /// From this code on, none is counted separately.
    cut: Option<String>,
}

impl Codes {
    pub fn add(&mut self, code: &str, checks: u64) {
        // Only the first check of a code allocates.
        if let Some(count) = self.counts.get_mut(code) {
            *count += checks;
            return;
        }
        if self.cut.as_deref().is_some_and(|cut| code >= cut) {
            return;
        }
        self.bytes += code.len();
        self.counts.insert(code.to_owned(), checks);
        while self.counts.len() > MOST || self.bytes > MOST_BYTES {
            let Some((last, _)) = self.counts.pop_last() else {
                break;
            };
            self.bytes -= last.len();
            self.cut = Some(last);
        }
    }

    /// Counts no code separately from this one on.
    pub fn cut(&mut self, first: &str) {
        if self.cut.as_deref().is_none_or(|cut| first < cut) {
            let after = self.counts.split_off(first);
            self.bytes -= after.keys().map(String::len).sum::<usize>();
            self.cut = Some(first.to_owned());
        }
    }

    /// The code from which on none is counted separately; `None` if all are.
    pub fn first_cut(&self) -> Option<&str> {
        self.cut.as_deref()
    }

    pub fn merge(&mut self, other: &Self) {
        if let Some(first) = &other.cut {
            self.cut(first);
        }
        for (code, count) in &other.counts {
            self.add(code, *count);
        }
    }

    /// The codes that are counted separately, and their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.counts
            .iter()
            .map(|(code, count)| (code.as_str(), *count))
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
        let add = |(code, checks)| sum.add(code, checks);
        codes.into_iter().for_each(add);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::{Codes, MOST, MOST_BYTES, REST};
    use proptest::prelude::{any, prop, proptest};

    /// Codes of many lengths.
    fn text(code: u16) -> String {
        format!("{code:0>width$}", width = usize::from(code % 7) * 40)
    }

    fn codes(checks: &[(u16, u64)]) -> Codes {
        let mut codes = Codes::default();
        for (code, count) in checks {
            codes.add(&text(*code), *count);
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
            assert!(shown.keys().map(|code| code.len()).sum::<usize>() <= MOST_BYTES + REST.len());
            for (code, count) in shown {
                let of_code = checks.iter().filter(|(known, _)| text(*known) == code);
                assert!(code == REST || of_code.map(|(_, count)| count).sum::<u64>() == count);
            }
        }
    }
}
