//! A sorted map for keys that mostly arrive in order, as days and hours do.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Values by key, in order. Finding or adding the greatest key takes one comparison, and while a
/// log is read from start to end there are hardly any other keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series<K, V>(Vec<(K, V)>);

impl<K, V> Default for Series<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + Ord, V> Series<K, V> {
    /// The value of a key, inserted if it is missing.
    pub fn entry(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = match self.0.last() {
            Some((last, _)) if *last == key => self.0.len() - 1,
            Some((last, _)) if *last > key => match self.search(key) {
                Ok(at) => at,
                Err(at) => {
                    self.0.insert(at, (key, V::default()));
                    at
                }
            },
            _ => {
                self.0.push((key, V::default()));
                self.0.len() - 1
            }
        };
        &mut self.0[at].1
    }

    pub fn get(&self, key: K) -> Option<&V> {
        self.search(key).ok().map(|at| &self.0[at].1)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    /// The values of a range of keys, in order.
    pub fn range(&self, keys: Range<K>) -> &[(K, V)] {
        let start = self.0.partition_point(|(key, _)| *key < keys.start);
        let end = self.0.partition_point(|(key, _)| *key < keys.end);
        self.0.get(start..end).unwrap_or(&[])
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the entries of `later`; `add` combines two values of the same key. Entries after the
    /// first of `later` are moved once.
    pub fn merge(&mut self, later: Self, mut add: impl FnMut(&mut V, V)) {
        let Some((first, _)) = later.0.first() else {
            return;
        };
        if self.0.last().is_none_or(|(last, _)| last < first) {
            if self.0.is_empty() {
                *self = later;
            } else {
                self.0.extend(later.0);
            }
            return;
        }
        let from = self.0.partition_point(|(key, _)| key < first);
        let mut own = self.0.split_off(from).into_iter().peekable();
        for (key, value) in later.0 {
            while let Some(entry) = own.next_if(|(known, _)| *known < key) {
                self.0.push(entry);
            }
            match own.next_if(|(known, _)| *known == key) {
                Some((_, mut sum)) => {
                    add(&mut sum, value);
                    self.0.push((key, sum));
                }
                None => self.0.push((key, value)),
            }
        }
        self.0.extend(own);
    }

    /// The greatest key.
    pub fn last(&self) -> Option<K> {
        self.0.last().map(|(key, _)| *key)
    }

    /// Removes all keys before this one.
    pub fn remove_before(&mut self, key: K) {
        if self.0.first().is_some_and(|(first, _)| *first < key) {
            self.0.retain(|(known, _)| *known >= key);
        }
    }

    /// Removes all keys outside of a range.
    pub fn retain(&mut self, keys: &Range<K>) {
        self.0.retain(|(key, _)| keys.contains(key));
    }

    fn search(&self, key: K) -> Result<usize, usize> {
        self.0.binary_search_by_key(&key, |(known, _)| *known)
    }
}

#[cfg(test)]
mod tests {
    use super::Series;
    use proptest::prelude::{any, prop, proptest};
    use std::collections::BTreeMap;

    type Entries = Vec<(u8, u64)>;

    fn count(entries: &Entries) -> Series<u8, u64> {
        let mut series = Series::default();
        for (key, value) in entries {
            *series.entry(*key) += value >> 32;
        }
        series
    }

    proptest! {
        #[test]
        fn it_is_a_sorted_map(
            a in prop::collection::vec(any::<(u8, u64)>(), 0..50),
            b in prop::collection::vec(any::<(u8, u64)>(), 0..50),
            from in any::<u8>(), to in any::<u8>(),
        ) {
            let mut map = BTreeMap::new();
            for (key, value) in a.iter().chain(&b) {
                *map.entry(*key).or_insert(0) += value >> 32;
            }
            let mut series = count(&a);
            series.merge(count(&b), |sum, more| *sum += more);
            assert!(series.iter().eq(map.iter().map(|(key, value)| (*key, value))));
            assert_eq!(series.get(from), map.get(&from));
            let range = series.range(from..to).iter();
            assert!(range.eq(map.into_iter().filter(|(key, _)| (from..to).contains(key)).collect::<Vec<_>>().iter()));
            series.remove_before(from);
            assert!(series.iter().all(|(key, _)| key >= from));
        }
    }
}
