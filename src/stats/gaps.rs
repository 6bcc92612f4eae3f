//! The lengths of gaps between rounds: those at the ends of a stretch, which is all that can
//! still matter, and what they decide.

use serde::{Deserialize, Serialize};

use super::interval::{AFTER, BEFORE, Fate, fate, is_within, usual};

/// How many gaps at the start are kept: a gap is judged by those before it in the stretch until it
/// has [`BEFORE`] besides the first, whose start may be earlier; and by ten after it.
const FIRST: usize = BEFORE + 1 + AFTER;

/// How many gaps at the end are kept: one that has just got its ten is judged by those before, too.
const LAST: usize = BEFORE + 1 + AFTER;

/// Gaps between rounds, in seconds without off time, numbered from 1. Gaps wholly in off time
/// are not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Gaps {
    /// How many there are.
    count: u64,
    first: Vec<i64>,
    last: Ring<LAST>,
    /// The last of those that began with an up check.
    up: Ring<AFTER>,
    up_count: u64,
    start: Start,
    #[serde(skip)]
    border: Border,
}

/// The gaps around the border of two stretches that were just joined, until what waited for them
/// is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Border {
    /// The number of the first.
    number: u64,
    lengths: Vec<i64>,
}

/// What follows the first round. The stretch before may end in the same minute; then that round,
/// and the gap after it, begin earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Start {
    /// Nothing.
    #[default]
    Alone,
    /// Another round, with nothing but off time between.
    Off,
    /// The first gap.
    Gap(Began),
}

/// What the last check of the round before a gap found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Began {
    /// It was up.
    Up,
    /// It was anything else.
    Otherwise,
}

impl Gaps {
    /// How many gaps there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Takes in the time to the next round. Returns the number of the gap if it is one.
    pub(super) fn add(&mut self, seconds: i64, began: Began) -> Option<u64> {
        if self.start == Start::Alone {
            self.start = if seconds > 0 {
                Start::Gap(began)
            } else {
                Start::Off
            };
        }
        (seconds > 0).then(|| {
            self.push(seconds, began);
            self.count
        })
    }

    /// Takes in a gap that is not the first.
    pub(super) fn push(&mut self, seconds: i64, began: Began) {
        self.count += 1;
        if self.first.len() < FIRST {
            self.first.push(seconds);
        }
        self.last.push(seconds);
        if began == Began::Up {
            self.up.push(seconds);
            self.up_count += 1;
        }
    }

    /// Takes in the gaps of a later stretch. Returns by how much their numbers grow. Until
    /// [`Self::forget_border`] all gaps are known by which one can be decided.
    pub(super) fn append(&mut self, later: &Self) -> u64 {
        let before = self.count;
        let lengths: Vec<i64> = self
            .last
            .iter()
            .chain(later.first.iter().copied())
            .collect();
        let number = before + 1 - self.last.len as u64;
        self.border = Border { number, lengths };
        if self.start == Start::Alone {
            self.start = later.start;
        }
        let room = FIRST - self.first.len().min(FIRST);
        self.first.extend(later.first.iter().take(room));
        self.last.extend(later.last.iter());
        self.up.extend(later.up.iter());
        self.count += later.count;
        self.up_count += later.up_count;
        before
    }

    /// Forgets the gaps that nothing waits for any more.
    pub(super) fn forget_border(&mut self) {
        self.border = Border::default();
    }

    /// Lets the first round begin earlier by some seconds that are not off.
    pub(super) fn lengthen_first(&mut self, seconds: i64) {
        let Start::Gap(began) = self.start else {
            return;
        };
        if let Some(first) = self.first.first_mut() {
            *first += seconds;
        }
        if self.count <= LAST as u64 {
            self.last.lengthen_oldest(seconds);
        }
        if began == Began::Up && self.up_count <= AFTER as u64 {
            self.up.lengthen_oldest(seconds);
        }
    }

    /// What becomes of a gap, if that is certain whatever stands before and after the stretch.
    pub(super) fn certain_fate(&self, number: u64) -> Option<Fate> {
        let unsure = u64::from(matches!(self.start, Start::Gap(_)));
        if number <= unsure {
            return None;
        }
        let gap = self.length(number);
        let before = (number > BEFORE as u64 + unsure).then(|| self.before(number));
        let after = self.has_all_after(number).then(|| self.after(number));
        let (before, after) = (before.flatten(), after.flatten());
        let within = |interval: Option<i64>| interval.is_some_and(|usual| is_within(gap, usual));
        if within(before) || within(after) {
            return Some(Fate::Whole);
        }
        Some(fate(gap, Some(before?), Some(after?)))
    }

    /// What becomes of a gap if nothing stands before the stretch, as far as is known today.
    pub(super) fn present_fate(&self, number: u64) -> Fate {
        fate(self.length(number), self.before(number), self.after(number))
    }

    /// Whether a gap's fate may change with the gaps that will follow, if nothing stands before
    /// the stretch.
    pub(super) fn waits(&self, number: u64) -> bool {
        let before = self.before(number);
        let near = before.is_some_and(|usual| is_within(self.length(number), usual));
        !near && !self.has_all_after(number)
    }

    /// The usual of the gaps before a gap, which may be the next one.
    pub(super) fn before(&self, number: u64) -> Option<i64> {
        let first = number.saturating_sub(BEFORE as u64).max(1);
        // Those of the last gaps need no look at where each is kept.
        let later = usize::try_from(self.count + 1 - number).unwrap_or(usize::MAX);
        if later < LAST - BEFORE && first + BEFORE as u64 == number {
            return usual(self.last.iter().rev().skip(later).take(BEFORE));
        }
        usual((first..number).map(|number| self.length(number)))
    }

    /// The usual of the last gaps; the same as [`Self::before`] the next gap, but quicker.
    pub(super) fn usual_of_late(&self) -> Option<i64> {
        usual(self.last.iter().rev().take(BEFORE))
    }

    /// The usual of the last gaps that began with an up check.
    pub(super) fn usual_from_up(&self) -> Option<i64> {
        usual(self.up.iter())
    }

    /// What the usual of the last gaps can't fall below while so many more are added.
    pub(super) fn floor(&self) -> (i64, usize) {
        let least = self.last.iter().rev().take(3).min();
        (least.unwrap_or(0), BEFORE - 3)
    }

    /// What follows the first round.
    pub(super) fn start(&self) -> Start {
        self.start
    }

    /// Whether the gaps before a gap are all known, whatever stands before the stretch.
    pub(super) fn has_all_before(&self, number: u64) -> bool {
        number > BEFORE as u64 + u64::from(matches!(self.start, Start::Gap(_)))
    }

    /// Whether all the gaps after a gap by which it is judged are known.
    pub(super) fn has_all_after(&self, number: u64) -> bool {
        number + AFTER as u64 <= self.count
    }

    fn after(&self, number: u64) -> Option<i64> {
        let last = self.count.min(number + AFTER as u64);
        usual((number + 1..=last).map(|number| self.length(number)))
    }

    /// The length of a gap at one of the ends, or at a border.
    fn length(&self, number: u64) -> i64 {
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let first = self.first.get(place(number.wrapping_sub(1)));
        let last = || self.last.nth_last(place(self.count.wrapping_sub(number)));
        let border = || {
            let border = number.checked_sub(self.border.number)?;
            self.border.lengths.get(place(border)).copied()
        };
        first.copied().or_else(last).or_else(border).unwrap_or(0)
    }
}

/// The last `N` of some lengths.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Vec<i64>", into = "Vec<i64>")]
struct Ring<const N: usize> {
    lengths: [i64; N],
    /// Where the next one goes.
    next: usize,
    len: usize,
}

impl<const N: usize> Ring<N> {
    fn push(&mut self, length: i64) {
        self.lengths[self.next] = length;
        self.next += 1;
        if self.next == N {
            self.next = 0;
        }
        self.len = (self.len + 1).min(N);
    }

    fn extend(&mut self, lengths: impl Iterator<Item = i64>) {
        lengths.for_each(|length| self.push(length));
    }

    /// From the oldest to the newest.
    fn iter(&self) -> impl DoubleEndedIterator<Item = i64> {
        // Not full, it begins at 0; full, at the one that is replaced next.
        let (newer, older) = self.lengths[..self.len].split_at(self.next.min(self.len));
        older.iter().chain(newer).copied()
    }

    fn nth_last(&self, place: usize) -> Option<i64> {
        (place < self.len).then(|| self.lengths[(self.next + N - 1 - place) % N])
    }

    fn lengthen_oldest(&mut self, seconds: i64) {
        let oldest = if self.len == N { self.next } else { 0 };
        self.lengths[oldest] += seconds;
    }
}

impl<const N: usize> Default for Ring<N> {
    fn default() -> Self {
        Self {
            lengths: [0; N],
            next: 0,
            len: 0,
        }
    }
}

impl<const N: usize> PartialEq for Ring<N> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<const N: usize> Eq for Ring<N> {}

impl<const N: usize> From<Vec<i64>> for Ring<N> {
    fn from(lengths: Vec<i64>) -> Self {
        let mut ring = Self::default();
        ring.extend(lengths.into_iter());
        ring
    }
}

impl<const N: usize> From<Ring<N>> for Vec<i64> {
    fn from(ring: Ring<N>) -> Self {
        ring.iter().collect()
    }
}
