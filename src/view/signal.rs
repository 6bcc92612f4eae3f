//! How things are, at a glance: a sign and a name for the style sheet. The sign makes it readable
//! without colour.

use crate::stats::figures::State;

/// How things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Up,
    Down,
    Stale,
    Undated,
}

impl Signal {
    /// What precedes the words.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Up => "●",
            Self::Down => "▼",
            Self::Stale => "■",
            Self::Undated => "○",
        }
    }

    /// The end of a class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Stale => "stale",
            Self::Undated => "undated",
        }
    }
}

impl From<State> for Signal {
    fn from(state: State) -> Self {
        match state {
            State::Up => Self::Up,
            State::Down => Self::Down,
            State::Stale => Self::Stale,
            State::Undated => Self::Undated,
        }
    }
}
