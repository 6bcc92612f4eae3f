//! What reading took on trust of the present, so that what was read at another is only believed
//! if it would be read so now.

use serde::{Deserialize, Serialize};

use crate::check::Moment;
use crate::store::directory::FRESH;

/// What reading took on trust of the present: another moment of asking may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The last moment that was believed.
    newest: Option<Moment>,
    /// The first that was refused, as still to come.
    refused: Option<Moment>,
    /// The first and the last change of files whose last line was counted though it has no end:
    /// within a minute of the change it would be left.
    unended: Option<(Moment, Moment)>,
}

impl Validity {
    /// A moment was believed.
    pub fn believe(&mut self, at: Moment) {
        self.newest = self.newest.max(Some(at));
    }

    /// A moment was refused, as still to come.
    pub fn refuse(&mut self, at: Moment) {
        self.refused = Some(self.refused.map_or(at, |refused| refused.min(at)));
    }

    /// Whether the same would be believed if `latest` were the last moment that is.
    pub fn holds(self, latest: Moment) -> bool {
        self.newest.is_none_or(|newest| newest <= latest)
            && self.refused.is_none_or(|refused| refused > latest)
    }

    /// The same, and that a line without an end is whole in a file that was changed then.
    #[must_use]
    pub fn in_unended(self, changed: Moment) -> Self {
        self.and(Self {
            unended: Some((changed, changed)),
            ..Self::default()
        })
    }

    /// Whether a line without an end was counted.
    pub fn is_in_unended(self) -> bool {
        self.unended.is_some()
    }

    /// Whether such lines would be counted at this moment, too.
    pub fn is_quiet(self, now: Moment) -> bool {
        self.unended
            .is_none_or(|(first, last)| now.0 < first.0 - FRESH || now.0 > last.0 + FRESH)
    }

    /// What both took on trust.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let refused = [self.refused, other.refused];
        let unended = [self.unended, other.unended].into_iter().flatten();
        Self {
            newest: self.newest.max(other.newest),
            refused: refused.into_iter().flatten().min(),
            unended: unended.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))),
        }
    }
}
