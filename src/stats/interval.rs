//! How often a URL is checked: its typical interval.

use std::collections::BTreeMap;

/// The interval that is assumed while there are not two dated checks to tell it, in seconds:
/// a day, so that a monitor that has only begun is not called dead.
const UNKNOWN: i64 = 86_400;

/// Gaps between consecutive checks of one URL, rounded and counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps(BTreeMap<i64, u64>);

/// Rounds a gap in seconds, so that the seconds by which a cron job is late do not matter and
/// a histogram of gaps stays small: to 1 s below two minutes, to 15 s below an hour, to
/// a minute above.
pub fn rounded(gap: i64) -> i64 {
    let to = match gap {
        ..120 => 1,
        120..3600 => 15,
        _ => 60,
    };
    (gap + to / 2) / to * to
}

impl Gaps {
    /// Counts a gap of so many seconds. Checks at the same moment are no gap.
    pub fn add(&mut self, gap: i64) {
        if gap > 0 {
            *self.0.entry(rounded(gap)).or_default() += 1;
        }
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (gap, count) in &other.0 {
            *self.0.entry(*gap).or_default() += count;
        }
    }

    /// The typical interval in seconds: the median of the rounded gaps (of two middle ones
    /// the shorter).
    pub fn typical(&self) -> i64 {
        let total: u64 = self.0.values().sum();
        let mut seen = 0;
        for (gap, count) in &self.0 {
            seen += count;
            if seen * 2 >= total {
                return *gap;
            }
        }
        UNKNOWN
    }
}

#[cfg(test)]
mod tests {
    use super::{Gaps, rounded};

    #[test]
    fn lateness_is_rounded_away() {
        for (gap, want) in [
            (1, 1),
            (119, 119),
            (299, 300),
            (307, 300),
            (308, 315),
            (3600, 3600),
            (3629, 3600),
            (3631, 3660),
        ] {
            assert_eq!(rounded(gap), want, "{gap}");
        }
    }

    #[test]
    fn the_typical_interval_is_the_median() {
        let typical = |gaps: &[i64]| {
            let mut all = Gaps::default();
            for &gap in gaps {
                all.add(gap);
            }
            all.typical()
        };
        assert_eq!(typical(&[]), 86_400);
        assert_eq!(typical(&[0, 0]), 86_400);
        assert_eq!(typical(&[300, 301, 299, 100_000]), 300);
        assert_eq!(typical(&[60, 300]), 60);
    }
}
