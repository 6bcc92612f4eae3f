//! A series of days as the cache stores it: days in a row with the same numbers once, with how many
//! there are. Most days of a site that is up are the same, and decoding them is most of a report.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::series::Series;
use crate::check::Day;

/// How many days a series has at most: those of 2,800 years. A damaged number must not allocate more.
const MOST: usize = 1 << 20;

/// The first of some days in a row, how many there are, and their value.
type Run<V> = (Day, u32, V);

pub(super) fn serialize<V, S>(series: &Series<Day, V>, serializer: S) -> Result<S::Ok, S::Error>
where
    V: Serialize + PartialEq,
    S: Serializer,
{
    let mut runs: Vec<Run<&V>> = Vec::new();
    for (day, value) in series.iter() {
        match runs.last_mut() {
            Some((first, count, known)) if is_next(*first, *count, day) && *known == value => {
                *count += 1;
            }
            _ => runs.push((day, 1, value)),
        }
    }
    runs.serialize(serializer)
}

fn is_next(first: Day, count: u32, day: Day) -> bool {
    i64::from(first.0) + i64::from(count) == i64::from(day.0)
}

pub(super) fn deserialize<'de, V, D>(deserializer: D) -> Result<Series<Day, V>, D::Error>
where
    V: Deserialize<'de> + Clone + Default,
    D: Deserializer<'de>,
{
    let runs: Vec<Run<V>> = Vec::deserialize(deserializer)?;
    let mut series = Series::default();
    for (first, count, value) in runs {
        let count = i32::try_from(count).map_err(D::Error::custom)?;
        let days = usize::try_from(count).map_err(D::Error::custom)?;
        if series.len() + days > MOST {
            return Err(D::Error::custom("more days than there are"));
        }
        for day in 1..count {
            *series.entry(first.plus(day - 1)) = value.clone();
        }
        if count > 0 {
            *series.entry(first.plus(count - 1)) = value;
        }
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};
    use serde::{Deserialize, Serialize};

    use super::Series;
    use crate::check::Day;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Stored(#[serde(with = "super")] Series<Day, u64>);

    proptest! {
        #[test]
        fn what_is_stored_is_read_back(days in prop::collection::btree_map(-40..40_i32, 0..3_u64, 0..60)) {
            let mut series = Series::default();
            for (day, value) in days {
                *series.entry(Day(day)) = value;
            }
            let stored = Stored(series);
            let bytes = postcard::to_allocvec(&stored).unwrap();
            assert_eq!(postcard::from_bytes::<Stored>(&bytes).unwrap(), stored);
        }
    }

    #[test]
    fn a_damaged_number_of_days_is_no_series() {
        for count in [1 << 21, u32::MAX] {
            let bytes = postcard::to_allocvec(&vec![(Day(0), count, 1_u64)]).unwrap();
            assert!(postcard::from_bytes::<Stored>(&bytes).is_err(), "{count}");
        }
    }
}
