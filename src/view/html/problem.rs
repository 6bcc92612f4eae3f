//! The page that says what is wrong, and where to go from there.

use serde::Serialize;

use super::{Frame, render};
use crate::query::Selection;
use crate::view::RenderError;

#[derive(Serialize)]
struct View<'a> {
    code: u16,
    heading: &'a str,
    sentence: &'a str,
    home: String,
}

/// The page for a problem: its status, a heading, and a sentence that says what to do.
pub fn render_page(
    frame: &Frame,
    code: u16,
    heading: &str,
    sentence: &str,
) -> Result<String, RenderError> {
    let home = frame.links.page(&Selection::default());
    let view = View {
        code,
        heading,
        sentence,
        home,
    };
    let body = render(include_str!("problem.html"), &view, frame.words())?;
    frame.around(heading, &[body])
}
