//! What the checks add up to. Pure: no request, no file, no language.

pub mod codes;
pub mod day;
pub mod figures;
pub mod incident;
pub mod interval;
pub mod latency;
pub mod needs;
pub mod report;
pub mod rules;
pub mod series;
pub mod summary;
pub mod tally;
pub mod timeline;
