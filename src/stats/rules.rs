//! The present, and what the operator decides about figures.

use crate::check::Moment;

/// What figures depend on, apart from the checks.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub now: Moment,
    /// How many failed checks in a row make an incident.
    pub confirm_failures: i64,
}
