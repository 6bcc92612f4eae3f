//! The pages. Each page or section has a flat view struct and a template of the same name.

mod frame;
mod incident;
pub(crate) mod installation;
mod month;
mod overview;
mod parts;
pub(crate) mod problem;
mod selection;
mod site;
mod verdict;

use serde::Serialize;
use serde_json::Value;
use tinytemplate::{TinyTemplate, format};

use super::context::PageContext;
use super::{RenderError, controls};
use crate::answer::{Kind, UrlReport};
use crate::store::folder::Listing;
use crate::view::words::Words;

/// Prints a page: the selection form, then the content.
pub(crate) fn print(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let body = match context.answer.kind {
        Kind::Report(period) => month::content(context, reports, period)?,
        Kind::Site => site::content(context, reports)?,
        Kind::Overview | Kind::Counts(_) => overview::content(context, listing, reports)?,
    };
    let about = parts::about(context.selection(), context.words());
    let sections = [selection::section(context, listing)?, body];
    frame::around(context, &about, &sections)
}

/// A view with the words its template uses.
#[derive(Serialize)]
struct Worded<'a, V> {
    v: &'a V,
    w: &'a Words,
}

const BARS: &str = include_str!("bars.html");

/// Renders a template with `{v.…}` for the view and `{w.…}` for the words.
fn render<V: Serialize>(template: &str, view: &V, words: &Words) -> Result<String, RenderError> {
    let failed = |_| RenderError;
    let mut engine = TinyTemplate::new();
    engine.set_default_formatter(&write_value);
    engine.add_template("page", template).map_err(failed)?;
    engine.add_template("bars", BARS).map_err(failed)?;
    engine
        .render("page", &Worded { v: view, w: words })
        .map_err(failed)
}

/// Writes a value into a page. Here, so that no view can forget to escape.
fn write_value(value: &Value, page: &mut String) -> tinytemplate::error::Result<()> {
    match value.as_str() {
        Some(text) => {
            write_text(text, page);
            Ok(())
        }
        None => format(value, page),
    }
}

/// The bytes that must be escaped, and the first bytes of control characters. A table, because every
/// byte of every value is looked up: 0.14 M instructions less than comparing, of 9 M for a page.
const NEEDS_LOOK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] =
            matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'') || controls::may_begin_control(byte);
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// Escapes a text for HTML, and replaces each control character by U+FFFD.
fn write_text(text: &str, page: &mut String) {
    let needs_look = |byte| NEEDS_LOOK[usize::from(byte)];
    let mut rest = text;
    while let Some(at) = rest.bytes().position(needs_look) {
        let (plain, looked_at) = rest.split_at(at);
        page.push_str(plain);
        let mut characters = looked_at.chars();
        match characters.next() {
            Some('<') => page.push_str("&lt;"),
            Some('>') => page.push_str("&gt;"),
            Some('&') => page.push_str("&amp;"),
            Some('"') => page.push_str("&quot;"),
            Some('\'') => page.push_str("&#39;"),
            Some(character) if controls::is_control(character) => page.push('\u{fffd}'),
            Some(character) => page.push(character),
            None => {}
        }
        rest = characters.as_str();
    }
    page.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{controls::is_control, write_text};

    proptest! {
        #[test]
        fn a_text_is_written_as_by_the_template_engine_but_for_control_characters(
            text in "[ -~\u{0}-\u{9f}é—●\u{2028}-\u{202e}\u{2066}-\u{2069}日<>&\"']{0,40}",
        ) {
            let mut shown = String::new();
            write_text(&text, &mut shown);
            let mut escaped = String::new();
            tinytemplate::escape(&text.replace(is_control, "\u{fffd}"), &mut escaped);
            assert_eq!(shown, escaped);
        }
    }
}
