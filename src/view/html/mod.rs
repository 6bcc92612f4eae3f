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
use serde_json::Value;
use tinytemplate::{TinyTemplate, escape, format};

use super::RenderError;
use super::controls::{has_control, is_control};
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
    engine.set_default_formatter(&write_value);
    engine.add_template("page", template).map_err(failed)?;
    engine
        .render("page", &Worded { v: view, w: words })
        .map_err(failed)
}

/// Writes a value into a page as text. Here, so that no view can forget it: HTML is escaped, and
/// each control character is U+FFFD.
fn write_value(value: &Value, page: &mut String) -> tinytemplate::error::Result<()> {
    match value.as_str() {
        Some(text) if has_control(text) => {
            escape(&text.replace(is_control, "\u{fffd}"), page);
            Ok(())
        }
        _ => format(value, page),
    }
}
