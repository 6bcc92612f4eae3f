//! The pages: a flat view struct beside its template, one of each a page or section.

mod frame;

mod parts;

mod selection;

pub mod overview;

pub mod site;

pub mod month;

pub mod check;

pub mod problem;

use serde::Serialize;
use tinytemplate::TinyTemplate;

use super::RenderError;
use crate::view::words::Words;

pub use frame::Frame;
pub use parts::BAR_DAYS;

/// A view with the words its template uses.
#[derive(Serialize)]
struct Worded<'a, V> {
    v: &'a V,
    w: &'a Words,
}

/// Renders a template with `{v.…}` for the view and `{w.…}` for the words.
fn render<V: Serialize>(template: &str, view: &V, words: &Words) -> Result<String, RenderError> {
    let failed = |error: tinytemplate::error::Error| RenderError(error.to_string());
    let mut engine = TinyTemplate::new();
    engine.add_template("page", template).map_err(failed)?;
    engine
        .render("page", &Worded { v: view, w: words })
        .map_err(failed)
}
