//! The shells around [`crate::app`]: one file for each way to start the program. Only they read the
//! clock and the environment, and write to stdout.

pub mod gateway;
