//! What was parsed before: one file a site in the folder `.cache`, so that a request reads only what
//! was appended since. Here, because it is only believed while it equals a fresh read, and all that
//! decides so is in this room. It does not read logs, and an answer never depends on it.

pub mod file;
pub mod folder;
pub mod head;
pub mod name;
pub mod segment;
pub mod validity;
pub mod writer;
