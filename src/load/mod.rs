//! Loads the listed files into one summary for each site folder, from the cache as far as it is
//! valid. It has a room of its own because only here the log folder, the text of logs and the cache
//! meet. What was asked and how it is shown are decided elsewhere.

pub mod day;
pub mod loader;
pub mod notes;
mod order;
pub mod read;
mod rules;
mod site;
mod unsorted;
