//! Rows and files that could not be used, below the content.

use serde::Serialize;

use super::render;
use crate::log::fault::Faults;
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

#[derive(Serialize)]
struct View {
    heading: String,
    rows: Vec<Row>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Row {
    place: String,
    reason: String,
}

/// Prints the section; empty without faults.
pub(super) fn section(faults: &Faults, words: &Words) -> Result<String, RenderError> {
    if faults.count == 0 {
        return Ok(String::new());
    }
    let row = |fault| Row {
        place: phrase::place(fault, words),
        reason: phrase::fault(&fault.reason, words),
    };
    let rows: Vec<Row> = faults.first.iter().map(row).collect();
    let more = faults.count - rows.len() as u64;
    let view = View {
        heading: (words.faults_count)(&phrase::count(faults.count)),
        rows,
        more: (more > 0).then(|| (words.faults_more)(&phrase::count(more))),
    };
    render(include_str!("faults.html"), &view, words)
}
