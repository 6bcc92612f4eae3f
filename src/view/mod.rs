//! Summaries to bodies: one file per format. Views are flat and already worded.

pub mod words;

pub mod phrase;

pub mod controls;

pub mod names;

pub mod chart;

pub mod html;

pub mod json;

/// A body could not be made from a view: a defect of this program.
#[derive(Debug)]
pub struct RenderError(pub String);
