//! How things are, at a glance: a sign for readers who can't tell colours apart, and the class of
//! the colour. Here, so that the same state looks the same in every format.

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Up,
    Down,
    Stale,
    Unconfirmed,
    Maintenance,
    Off,
    Undated,
    Ended,
}

impl Signal {
    /// A filled sign for what is known, a hollow one for what is not, or not watched.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Up => "●",
            Self::Down => "▼",
            Self::Stale => "■",
            Self::Unconfirmed => "▽",
            Self::Maintenance => "◆",
            Self::Off => "◇",
            Self::Undated => "○",
            Self::Ended => "□",
        }
    }

    /// The end of its CSS classes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Stale => "stale",
            Self::Unconfirmed => "unconfirmed",
            Self::Maintenance => "maintenance",
            Self::Off => "off",
            Self::Undated => "undated",
            Self::Ended => "ended",
        }
    }
}
