//! CSV logs to checks and faults, and the only access to the file system.

pub mod encoding;

pub mod fault;

pub mod columns;

pub mod reader;

pub mod folder;
