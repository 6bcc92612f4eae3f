//! What the checks add up to. Pure: no request, no file, no language.

pub mod series;

pub mod codes;

pub mod tally;

pub mod latency;

pub mod interval;

pub mod incident;

pub mod day;

pub mod timeline;

pub mod summary;

pub mod figures;
