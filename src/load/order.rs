//! Which files of a site are mixed in time, and must be sorted together.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::Moment;
use crate::stats::summary::{Summary, UrlSummary};

/// The last check of each URL so far.
#[derive(Debug, Default)]
pub(super) struct Ends(HashMap<String, Moment>);

impl Ends {
    pub(super) fn of(&self, url: &str) -> Option<Moment> {
        self.0.get(url).copied()
    }

    /// Whether any of them is after the first check of its URL in a later summary.
    pub(super) fn are_after(&self, later: &Summary) -> bool {
        let is_after = |(name, url): (&String, &UrlSummary)| {
            let end = self.of(name);
            end.zip(url.dated.edges())
                .is_some_and(|(end, (first, _))| first < end)
        };
        later.urls.iter().any(is_after)
    }

    pub(super) fn extend(&mut self, summary: &Summary) {
        for (name, url) in &summary.urls {
            let Some((_, last)) = url.dated.edges() else {
                continue;
            };
            match self.0.get_mut(name) {
                Some(end) => *end = last.max(*end),
                None => drop(self.0.insert(name.clone(), last)),
            }
        }
    }
}

/// Groups of consecutive files, in order and apart from each other.
#[derive(Debug, Default)]
pub(super) struct Groups(pub Vec<Range<usize>>);

impl Groups {
    /// Makes one group of some files, the last ones so far, and of all groups that touch them.
    pub(super) fn join(&mut self, files: Range<usize>) {
        let kept = self.0.partition_point(|group| group.end <= files.start);
        let first = self.0.get(kept);
        let start = first.map_or(files.start, |group| group.start.min(files.start));
        self.0.truncate(kept);
        self.0.push(start..files.end);
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn groups_that_meet_are_one() {
        let mut groups = Groups::default();
        for files in [0..2, 3..5, 5..7] {
            groups.join(files);
        }
        assert_eq!(groups.0, [0..2, 3..5, 5..7]);
        groups.join(6..8);
        assert_eq!(groups.0, [0..2, 3..5, 5..8]);
        groups.join(4..9);
        assert_eq!(groups.0, [0..2, 3..9]);
        groups.join(1..10);
        assert_eq!(groups.0.last(), Some(&(0..10)));
        assert_eq!(groups.0.len(), 1);
    }
}
