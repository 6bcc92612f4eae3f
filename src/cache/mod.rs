//! What was parsed before: one file for each site in the folder `.cache`, so that a request only
//! reads what was appended since. It has a room of its own, so that all that decides whether a
//! cached result is valid is in one place. It reads no logs, and never changes an answer.

pub(crate) mod file;
pub(crate) mod folder;
pub(crate) mod head;
pub(crate) mod name;
pub(crate) mod segment;
pub(crate) mod validity;
pub(crate) mod writer;
