//! What checks add up to: counts, incidents, intervals, percentiles. It is pure, so that every rule
//! can be tested on plain values: no request, no file, no language.

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
