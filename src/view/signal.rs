//! A state at a glance: a sign, readable without colour, and a name for the style sheet.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Up,
    Down,
    Stale,
    Undated,
}

impl Signal {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Up => "●",
            Self::Down => "▼",
            Self::Stale => "■",
            Self::Undated => "○",
        }
    }

    /// The end of its CSS classes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Stale => "stale",
            Self::Undated => "undated",
        }
    }
}
