//! How often a URL is checked, near a gap and now; and which gaps are holes.

/// A gap, or the time since the last check, of more than so many intervals is not spoken for.
pub(super) const LONG: i64 = 3;

/// How many gaps before a gap say how often its URL was checked.
pub(super) const BEFORE: usize = 15;

/// How many gaps after it do.
pub(super) const AFTER: usize = 10;

/// The longest interval that a single gap, or a single check, says, in seconds.
const DAY: i64 = 86_400;

/// The interval of checks that all were in one minute of the clock, in seconds.
const ONE_ROUND: i64 = 180;

/// What the check before a gap speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// All the gap.
    Whole,
    /// So many seconds of it; it is a hole.
    Hole(i64),
}

/// The usual of some gaps: the third longest, so that two that were missed or that span an outage
/// of the monitor do not count; of fewer than three the shortest. `None` of none.
pub(super) fn usual(gaps: impl IntoIterator<Item = i64>) -> Option<i64> {
    let mut longest = [i64::MIN; 3];
    let (mut shortest, mut count) = (i64::MAX, 0);
    for gap in gaps {
        count += 1;
        shortest = shortest.min(gap);
        if gap > longest[2] {
            longest[2] = gap;
            if gap > longest[1] {
                longest.swap(1, 2);
            }
            if gap > longest[0] {
                longest.swap(0, 1);
            }
        }
    }
    match count {
        0 => None,
        1 | 2 => Some(shortest),
        _ => Some(longest[2]),
    }
}

/// Whether a gap is at most three of such intervals long.
pub(super) fn is_within(gap: i64, interval: i64) -> bool {
    gap <= interval.saturating_mul(LONG)
}

/// What becomes of a gap by the usual of the gaps before and after it.
pub(super) fn fate(gap: i64, before: Option<i64>, after: Option<i64>) -> Fate {
    let interval = before.max(after).unwrap_or(gap.min(DAY));
    if is_within(gap, interval) {
        Fate::Whole
    } else {
        Fate::Hole(interval)
    }
}

/// How long the last check speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LastWord {
    /// Seconds for which it speaks if nothing follows for longer than `limit`.
    pub(super) seconds: i64,
    /// Seconds up to which it speaks until now.
    pub(super) limit: i64,
}

/// How many rounds there were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounds {
    /// One check, or several between which there was only off time.
    Single,
    /// Several checks in one minute.
    Repeated,
}

/// How long the last check speaks, by the usual of the gaps before it and of those that began
/// with an up check; without any, by what there was.
pub(super) fn last_word(before: Option<i64>, up: Option<i64>, otherwise: Rounds) -> LastWord {
    match (before.max(up), otherwise) {
        (Some(interval), _) => LastWord {
            seconds: interval,
            limit: interval.saturating_mul(LONG),
        },
        (None, Rounds::Single) => LastWord {
            seconds: DAY,
            limit: DAY,
        },
        (None, Rounds::Repeated) => LastWord {
            seconds: ONE_ROUND,
            limit: ONE_ROUND,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, fate, usual};
    use proptest::prelude::{prop, proptest};

    #[test]
    fn without_gaps_beside_it_a_gap_of_three_days_is_no_hole() {
        assert_eq!(fate(3 * 86_400, None, None), Fate::Whole);
        assert_eq!(fate(3 * 86_400 + 1, None, None), Fate::Hole(86_400));
        assert_eq!(fate(901, Some(300), Some(60)), Fate::Hole(300));
        assert_eq!(fate(901, Some(60), Some(301)), Fate::Whole);
    }

    proptest! {
        #[test]
        fn the_usual_is_the_third_longest(mut gaps in prop::collection::vec(0..9_i64, 0..20)) {
            let got = usual(gaps.clone());
            gaps.sort_unstable();
            let want = if gaps.len() < 3 { gaps.first() } else { gaps.get(gaps.len() - 3) };
            assert_eq!(got, want.copied());
        }
    }
}
