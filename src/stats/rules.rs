//! What an operator decides about numbers, and the present they are of.

use crate::check::Moment;

/// The rules that figures are made by.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The present.
    pub now: Moment,
    /// How many failed checks in a row make an incident.
    pub confirm_failures: i64,
}
