//! The shells around [`crate::app`]: the only readers of the environment, writers of stdout.

pub mod gateway;
