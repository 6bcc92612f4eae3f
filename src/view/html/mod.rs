//! The pages. Each page or section has a flat view struct and a template of the same name.

mod company;
mod counts;
mod day;
mod days;
mod ended;
mod faults;
mod frame;
mod incident;
pub(crate) mod installation;
mod now;
mod overview;
mod parts;
pub(crate) mod problem;
mod report;
mod search;
mod selection;
mod site;
mod site_row;
mod state;
mod tab;
mod verdict;
mod year;

use serde::Serialize;
use serde_json::Value;
use tinytemplate::{TinyTemplate, format};

use tab::Tab;

use super::context::PageContext;
use super::{RenderError, controls};
use crate::answer::{Kind, UrlReport};
use crate::store::folder::Listing;

/// Prints a page: the form in its head, then the content, then what could not be read.
pub(crate) fn print(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let body = match context.answer.kind {
        Kind::Report(_) | Kind::Range(..) => report::content(context, listing, reports)?,
        Kind::Year(year) => year::content(context, listing, reports, year)?,
        Kind::Site => site::content(context, reports)?,
        Kind::Day(day) => day::content(context, reports, day)?,
        Kind::Overview | Kind::Counts(_) => overview::content(context, listing, reports)?,
    };
    let about = match context.answer.kind {
        Kind::Day(day) => day::about(context, day),
        kind => match kind.days() {
            Some(days) => report::title(context, &days),
            None => parts::about(context),
        },
    };
    let form = selection::form(context, listing)?;
    let words = context.words();
    let sections = [
        parts::missing_site(context),
        body,
        faults::section(&listing.faults, words)?,
    ];
    let tab = match context.answer.kind {
        Kind::Overview | Kind::Site => Tab::of(reports.iter().map(|url| url.report.state)),
        _ => Tab::default(),
    };
    frame::with_tab(context, &about, &tab, &form, &sections)
}

/// A view with the words its template uses.
#[derive(Serialize)]
struct Worded<'a, V, W> {
    v: &'a V,
    w: &'a W,
}

/// Templates that others call.
const PARTS: [(&str, &str); 3] = [
    ("bars", include_str!("bars.html")),
    ("shapes", include_str!("shapes.html")),
    ("state", include_str!("state.html")),
];

/// Renders a template with `{v.…}` for the view and `{w.…}` for the words.
fn render<V: Serialize, W: Serialize>(
    template: &str,
    view: &V,
    words: &W,
) -> Result<String, RenderError> {
    let failed = |_| RenderError;
    let mut engine = TinyTemplate::new();
    engine.set_default_formatter(&write_value);
    engine.add_template("page", template).map_err(failed)?;
    // A page has dozens of sections; most call no part.
    if template.contains("{ call ") {
        for (name, part) in PARTS {
            engine.add_template(name, part).map_err(failed)?;
        }
    }
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
