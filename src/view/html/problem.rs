//! The page of a problem, with a way back.

use serde::Serialize;

use super::{frame, render};
use crate::query::Selection;
use crate::view::RenderError;
use crate::view::context::PageContext;

#[derive(Serialize)]
struct View<'a> {
    code: u16,
    heading: &'a str,
    sentence: &'a str,
    home: String,
}

pub(crate) fn page(
    context: &PageContext,
    code: u16,
    heading: &str,
    sentence: &str,
) -> Result<String, RenderError> {
    let home = context.links.page(&Selection::default());
    let view = View {
        code,
        heading,
        sentence,
        home,
    };
    let body = render(include_str!("problem.html"), &view, context.words())?;
    frame::around(context, heading, "", &[body])
}
