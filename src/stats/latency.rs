//! A histogram of response times that merges, and its percentiles. Exact times would need a sort
//! and much more memory; buckets are accurate to 5 %.

use serde::{Deserialize, Serialize};

use super::series::Series;
use crate::check::Micros;

/// The ratio of a bucket's upper limit to the one before. A value is reported as the middle of its
/// bucket, which is at most (1.1 - 1) / (1.1 + 1) = 4.8 % away.
const GROWTH: f64 = 1.1;

/// Counts of response times by bucket. Each bucket is a tenth wider than the one before; empty
/// buckets take no memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    buckets: Series<u16, u64>,
}

impl Histogram {
    pub fn add(&mut self, time: Micros) {
        *self.buckets.entry(bucket(time)) += 1;
    }

    pub fn merge(&mut self, other: &Self) {
        for (bucket, count) in other.buckets.iter() {
            *self.buckets.entry(bucket) += count;
        }
    }

    pub fn count(&self) -> u64 {
        self.buckets.iter().map(|(_, count)| count).sum()
    }

    /// The response time that `percent` of all do not exceed (nearest rank), to 5 %; `None` if
    /// there are no response times.
    pub fn percentile(&self, percent: u64) -> Option<Micros> {
        let total: u64 = self.buckets.iter().map(|(_, count)| count).sum();
        let rank = (total * percent).div_ceil(100).max(1);
        let mut seen = 0;
        for (bucket, count) in self.buckets.iter() {
            seen += count;
            if seen >= rank {
                return Some(middle(bucket));
            }
        }
        None
    }

    /// How many response times are under a limit. Those of the bucket that it is in are taken to be
    /// spread evenly, so that bins narrower than a bucket share its times.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share of the times is drawn, not printed exactly"
    )]
    pub fn below(&self, Micros(limit): Micros) -> f64 {
        let limit = limit as f64;
        let part = |(bucket, count): (u16, &u64)| {
            let upper = GROWTH.powi(i32::from(bucket));
            let lower = if bucket == 0 { 0.0 } else { upper / GROWTH };
            *count as f64 * ((limit - lower) / (upper - lower)).clamp(0.0, 1.0)
        };
        self.buckets.iter().map(part).sum()
    }
}

/// Bucket `n` has the times over `GROWTH^(n-1)` and up to `GROWTH^n` microseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a logarithm of a u64 is at most 466, and a bucket is not exact"
)]
fn bucket(Micros(micros): Micros) -> u16 {
    (micros.max(1) as f64).log(GROWTH).ceil() as u16
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bucket's limit comes from a u64"
)]
fn middle(bucket: u16) -> Micros {
    let upper = GROWTH.powi(i32::from(bucket));
    Micros((upper * 2.0 / (GROWTH + 1.0)).round().max(1.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::Histogram;
    use crate::check::Micros;
    use proptest::prelude::{prop, proptest};

    fn histogram(times: &[u64]) -> Histogram {
        let mut histogram = Histogram::default();
        for &time in times {
            histogram.add(Micros(time));
        }
        histogram
    }

    #[test]
    fn no_times_have_no_percentile() {
        assert_eq!(Histogram::default().percentile(50), None);
    }

    proptest! {
        #[test]
        fn percentiles_are_right_to_five_percent(
            mut times in prop::collection::vec(100..100_000_000_u64, 1..200), percent in 1..=100_u64,
        ) {
            let got = histogram(&times).percentile(percent).unwrap().0;
            times.sort_unstable();
            let rank = (times.len() as u64 * percent).div_ceil(100);
            let want = times[usize::try_from(rank).unwrap() - 1];
            assert!(got.abs_diff(want) * 20 <= want + 20, "{got} for {want}");
        }

        #[test]
        fn bins_have_all_times_and_are_off_by_a_bucket_at_most(
            times in prop::collection::vec(100..10_000_000_u64, 1..200), limit in 1..20_000_000_u64,
        ) {
            let histogram = histogram(&times);
            let all = f64::from(u32::try_from(times.len()).unwrap());
            assert!((histogram.below(Micros(u64::MAX)) - all).abs() < 1e-6);
            let under = |limit: u64| f64::from(u32::try_from(times.iter().filter(|time| **time < limit).count()).unwrap());
            let got = histogram.below(Micros(limit));
            assert!(got >= under(limit * 10 / 11) - 1e-6, "{got}");
            assert!(got <= under(limit * 11 / 10 + 2) + 1e-6, "{got}");
        }

        #[test]
        fn merging_equals_counting_all(a in prop::collection::vec(0..u64::MAX, 0..50), b in prop::collection::vec(0..u64::MAX, 0..50)) {
            let mut merged = histogram(&a);
            merged.merge(&histogram(&b));
            assert_eq!(merged, histogram(&[a, b].concat()));
        }
    }
}
