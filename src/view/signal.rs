//! How things are, at a glance: a shape for readers who can't tell colours apart, and the class of
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
    /// The shape, as the content of an SVG of 12 x 12: filled for what is known, hollow for what is
    /// not, or not watched. `static/style.css` fills them.
    pub(crate) fn shape(self) -> &'static str {
        match self {
            Self::Up | Self::Ended => r#"<circle cx="6" cy="6" r="4"/>"#,
            Self::Down | Self::Unconfirmed => r#"<path d="M1 2h10L6 11z"/>"#,
            Self::Stale | Self::Undated => r#"<path d="M2 2h8v8h-8z"/>"#,
            Self::Maintenance | Self::Off => r#"<path d="M6 .5 11.5 6 6 11.5 .5 6z"/>"#,
        }
    }

    /// Its CSS class.
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
