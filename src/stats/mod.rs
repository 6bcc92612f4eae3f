//! What checks add up to: counts, incidents, intervals, percentiles. It is pure, so that every rule
//! can be tested on plain values: no request, no file, no language.

mod block;
mod calm;
pub mod codes;
pub mod course;
pub mod dated;
pub mod day;
mod decided;
pub mod events;
pub mod figures;
mod gaps;
pub mod group;
pub mod hours;
pub mod incident;
mod interval;
mod join;
pub mod latency;
pub mod needs;
pub mod planned;
mod quick;
pub mod report;
pub mod rules;
pub mod run;
mod runs;
pub mod series;
pub mod state;
pub mod stretch;
pub mod summary;
mod tail;
pub mod tally;
mod totals;
pub mod verdict;
