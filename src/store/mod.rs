//! The log folder on disk: what is in it, and opening its files.
//! Here, so that one room decides which links are followed and which files are opened, and no other
//! meets a path. Nothing is read from a log here, and nothing is written.

pub mod directory;
pub mod folder;
pub mod survey;
