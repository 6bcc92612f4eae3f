//! The dated checks of one URL: added up in order of time, or only counted until they are sorted.

use super::stretch::{OutOfOrder, Stretch};
use crate::check::{Day, Moment};

/// The dated checks of one URL that the clock has reached.
#[derive(Clone, Debug, Default)]
pub enum Dated {
    /// There are none.
    #[default]
    None,
    Sorted(Box<Stretch>),
    /// A row is earlier than one before it: they must be read again, and sorted.
    Unsorted {
        checks: u64,
    },
}

impl Dated {
    /// Adds `more` checks. If they are not in order, all that is left is how many there are.
    pub(super) fn change(
        &mut self,
        more: u64,
        add: impl FnOnce(&mut Stretch) -> Result<(), OutOfOrder>,
    ) {
        if matches!(self, Self::None) {
            *self = Self::Sorted(Box::default());
        }
        let unsorted = match self {
            Self::None => 0,
            Self::Sorted(stretch) => match add(stretch) {
                Ok(()) => return,
                Err(OutOfOrder) => stretch.checks(),
            },
            Self::Unsorted { checks } => *checks,
        };
        *self = Self::Unsorted {
            checks: unsorted + more,
        };
    }

    pub(super) fn checks(&self) -> u64 {
        match self {
            Self::None => 0,
            Self::Sorted(stretch) => stretch.checks(),
            Self::Unsorted { checks } => *checks,
        }
    }

    /// The first and the last day with details; `None` if there is none.
    pub fn days(&self) -> Option<[Day; 2]> {
        match self {
            Self::Sorted(stretch) => stretch.days(),
            Self::None | Self::Unsorted { .. } => None,
        }
    }

    /// The first and the last check; `None` if there is none, or if they are not sorted.
    pub fn edges(&self) -> Option<(Moment, Moment)> {
        match self {
            Self::Sorted(stretch) => stretch.first().zip(stretch.last()),
            Self::None | Self::Unsorted { .. } => None,
        }
    }
}
