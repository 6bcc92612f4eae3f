//! Listed files to the summary of each site folder, from the cache as far as it holds.
//! Here, because only loading knows the folder, the text of logs and the cache together.
//! What is asked and what is shown are not known here.

pub mod loader;
pub mod unsorted;
