//! What one row of a log means: one check of one URL.

/// Whether a check found its URL up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The status column holds one of the configured "up" texts.
    Up,
    /// It holds anything else.
    Down,
}

/// One check of one URL, borrowed from the row it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample<'row> {
    /// What was checked, as logged; usually a URL, and the key in the JSON.
    pub url: &'row str,
    /// Up or down.
    pub outcome: Outcome,
    /// The status code as logged: `200`, `404`, `N/A`, `タイムアウト`...
    pub code: &'row str,
}
