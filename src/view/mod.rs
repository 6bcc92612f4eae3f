//! Summaries to bodies: one file per format. Views are flat and already worded.

pub mod chart;
pub mod controls;
pub mod html;
pub mod json;
pub mod names;
pub mod phrase;
pub mod words;

/// A body could not be made from a view: a defect of this program.
#[derive(Debug)]
pub struct RenderError(pub String);
