//! What the checks add up to. Pure: no request, no file, no language.

pub mod summary;
pub mod tally;
