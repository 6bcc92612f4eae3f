//! The typical interval between the checks of a URL, by week. It decides what is a hole, what is
//! stale and how many checks were expected.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::series::Series;
use crate::check::Moment;

/// Assumed until two dated checks give a gap, in seconds. A day, so that a new monitor does not
/// look dead.
const ASSUMED: i64 = 86_400;

/// A week in seconds.
pub const WEEK: i64 = 7 * 86_400;

/// How many gaps are needed for a median.
const ENOUGH: u64 = 10;

/// The gaps between consecutive checks of one URL, rounded, and counted by the week they end in,
/// because an operator may change how often a URL is checked. The keys are week and gap in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps(Series<(i64, i64), u64>);

/// Rounds a gap in seconds: to 1 s below two minutes, to 15 s below an hour, to a minute above. So
/// the delays of a cron job do not matter, and there are few different gaps.
pub fn rounded(gap: i64) -> i64 {
    let to = match gap {
        ..120 => 1,
        120..3600 => 15,
        _ => 60,
    };
    (gap + to / 2) / to * to
}

impl Gaps {
    /// Counts a gap in seconds that ends at `end`. Checks at the same moment have no gap.
    pub fn add(&mut self, gap: i64, end: Moment) {
        if gap > 0 {
            *self.0.entry((end.0.div_euclid(WEEK), rounded(gap))) += 1;
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.0.merge(other.0, |sum, count| *sum += count);
    }

    /// The typical intervals of all weeks.
    pub fn typical(&self) -> Typical {
        let mut weeks = BTreeMap::new();
        let mut start = 0;
        let gaps = self.0.range((i64::MIN, 0)..(i64::MAX, 0));
        while let Some(&((week, _), _)) = gaps.get(start) {
            start += gaps[start..].partition_point(|((other, _), _)| *other == week);
            weeks.extend(recent(&gaps[..start]).map(|gap| (week, gap)));
        }
        Typical {
            weeks,
            otherwise: self.otherwise(),
        }
    }

    /// The typical interval at a moment, in seconds: the same as [`Typical::at`], without the other
    /// weeks.
    pub fn typical_at(&self, moment: Moment) -> i64 {
        let week = moment.0.div_euclid(WEEK);
        recent(self.0.range((i64::MIN, 0)..(week + 1, 0))).unwrap_or_else(|| self.otherwise())
    }

    /// The typical interval of all weeks together.
    fn otherwise(&self) -> i64 {
        median_of_weeks(self.0.range((i64::MIN, 0)..(i64::MAX, 0))).unwrap_or(ASSUMED)
    }
}

/// The typical interval of the last week in `gaps`, which is the median of its gaps and, as long as
/// they are too few, those of the weeks before it.
fn recent(gaps: &[((i64, i64), u64)]) -> Option<i64> {
    let (mut start, mut seen) = (gaps.len(), 0);
    while seen < ENOUGH {
        let ((week, _), _) = gaps[..start].last()?;
        let end = start;
        start = gaps[..end].partition_point(|((other, _), _)| other < week);
        seen += gaps[start..end].iter().map(|(_, count)| count).sum::<u64>();
    }
    median_of_weeks(&gaps[start..])
}

fn median_of_weeks(gaps: &[((i64, i64), u64)]) -> Option<i64> {
    let mut all = Series::default();
    for ((_, gap), count) in gaps {
        *all.entry(*gap) += count;
    }
    median(all.iter().map(|(gap, count)| (gap, *count)))
}

/// The typical interval of each week: the median of its gaps. If these are fewer than ten, the gaps
/// of the weeks before it are added until there are ten; if there never are, all gaps of all weeks
/// count.
#[derive(Clone, Debug)]
pub struct Typical {
    weeks: BTreeMap<i64, i64>,
    otherwise: i64,
}

impl Typical {
    /// The typical interval at a moment, in seconds.
    pub fn at(&self, moment: Moment) -> i64 {
        let week = moment.0.div_euclid(WEEK);
        let last = self.weeks.range(..=week).next_back();
        last.map_or(self.otherwise, |(_, gap)| *gap)
    }

    /// How many checks are expected in a span of time. Consecutive weeks with the same interval
    /// take one step, so that a single ancient row does not cost a step for each week since.
    pub fn checks_in(&self, span: Range<Moment>) -> u64 {
        let mut millionths = 0;
        let mut at = span.start.0;
        while at < span.end.0 {
            let week = at.div_euclid(WEEK);
            let change = self.weeks.range(week + 1..).next();
            let change = change.map_or(span.end.0, |(week, _)| week.saturating_mul(WEEK));
            let whole = (change.min(span.end.0) - at).div_euclid(WEEK).max(1);
            let (end, times) = if at == week * WEEK {
                (at.saturating_add(whole * WEEK), whole)
            } else {
                ((week + 1) * WEEK, 1)
            };
            let end = end.min(span.end.0);
            let one = (end - at) / times;
            let room = i128::from(one) * 1_000_000 / i128::from(self.at(Moment(at)));
            millionths += room * i128::from(times);
            at = end;
        }
        u64::try_from(millionths / 1_000_000).unwrap_or(0)
    }
}

/// The median of gaps with their counts, sorted; of two middle gaps, the shorter one.
fn median(mut gaps: impl Iterator<Item = (i64, u64)> + Clone) -> Option<i64> {
    let total: u64 = gaps.clone().map(|(_, count)| count).sum();
    let mut seen = 0;
    gaps.find_map(|(gap, count)| {
        seen += count;
        (seen * 2 >= total).then_some(gap)
    })
}

#[cfg(test)]
mod tests {
    use super::{Gaps, WEEK, rounded};
    use crate::check::Moment;

    #[test]
    fn weeks_of_the_same_interval_expect_as_many_checks_together_as_one_by_one() {
        let mut gaps = Gaps::default();
        for (week, gap) in [(3, 7), (4, 300), (40, 86_400), (41, 11)] {
            for n in 0..10 {
                gaps.add(gap, Moment(week * WEEK + n));
            }
        }
        let typical = gaps.typical();
        for (start, end) in [
            (0, 60 * WEEK),
            (2 * WEEK + 5, 41 * WEEK + 77),
            (9, 10),
            (9, 9),
        ] {
            let mut singly = 0;
            for week in 0..60 {
                let span = start.max(week * WEEK)..end.min((week + 1) * WEEK);
                if span.start < span.end {
                    let length = i128::from(span.end - span.start);
                    singly += length * 1_000_000 / i128::from(typical.at(Moment(span.start)));
                }
            }
            let together = typical.checks_in(Moment(start)..Moment(end));
            assert_eq!(i128::from(together), singly / 1_000_000, "{start}..{end}");
        }
        // Week by week this would take minutes.
        let ages = Moment(-1_000_000_000_000_000)..Moment(1_000_000_000_000_000);
        assert!(typical.checks_in(ages) > 1_000_000_000_000);
    }

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
                all.add(gap, Moment(0));
            }
            all.typical().at(Moment(WEEK * 9))
        };
        assert_eq!(typical(&[]), 86_400);
        assert_eq!(typical(&[0, 0]), 86_400);
        assert_eq!(typical(&[300, 301, 299, 100_000]), 300);
        assert_eq!(typical(&[60, 300]), 60);
    }

    #[test]
    fn a_week_with_few_gaps_also_uses_those_before() {
        let mut gaps = Gaps::default();
        for n in 0..2000 {
            gaps.add(300, Moment(n * 300));
        }
        for n in 1..=12 {
            gaps.add(86_400, Moment(WEEK + n * 86_400));
        }
        let typical = gaps.typical();
        let at = |day: i64| {
            let moment = Moment(WEEK + day * 86_400 + 5);
            assert_eq!(gaps.typical_at(moment), typical.at(moment));
            typical.at(moment)
        };
        // Six gaps of a day in the second week, and six in the third; none in the fourth.
        assert_eq!(
            [at(-1), at(3), at(7), at(15), at(40)],
            [300, 300, 86_400, 86_400, 86_400]
        );
    }

    #[test]
    fn a_week_with_enough_gaps_has_its_own_interval() {
        let mut gaps = Gaps::default();
        for n in 0..100 {
            gaps.add(60, Moment(n * 60));
            gaps.add(if n < 9 { 7200 } else { 300 }, Moment(WEEK * 2 + n));
        }
        gaps.add(9000, Moment(WEEK * 3));
        let typical = gaps.typical();
        let at = |week: i64| {
            let moment = Moment(WEEK * week + 5);
            assert_eq!(gaps.typical_at(moment), typical.at(moment));
            typical.at(moment)
        };
        assert_eq!([at(0), at(2), at(3)], [60, 300, 300]);
        assert_eq!(typical.checks_in(Moment(0)..Moment(600)), 10);
        assert_eq!(
            typical.checks_in(Moment(WEEK * 2 - 120)..Moment(WEEK * 2 + 600)),
            4
        );
    }
}
