//! The log folder on disk: listing it and opening its files. One room does so, so that one rule
//! decides which links are followed, and no other room handles paths. Nothing is parsed or written
//! here.

pub mod directory;
pub mod folder;
pub mod notes;
pub mod survey;
