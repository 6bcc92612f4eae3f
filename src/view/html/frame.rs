//! The page around its sections: head, heading, language switch, footer.

use serde::Serialize;

use super::render;
use super::tab::Tab;
use crate::assets::MODULES;
use crate::check::Moment;
use crate::lang::Lang;
use crate::query::Selection;
use crate::view::context::PageContext;
use crate::view::{RenderError, phrase};

#[derive(Serialize)]
struct View<'a> {
    lang: &'a str,
    title: &'a str,
    page_title: String,
    home: String,
    other_lang: &'a str,
    other_href: String,
    style: String,
    agency_style: Option<String>,
    icon: String,
    modules: Vec<String>,
    version: &'a str,
    /// The selection form, as markup; empty on a page without one.
    form: &'a str,
    /// Of what moment the page is.
    moment: Instant,
    now: i64,
    sections: &'a [String],
}

#[derive(Serialize)]
struct Instant {
    machine: String,
    text: String,
}

/// Wraps a rendered form and sections into a page; the window's title begins with `about`.
pub(super) fn around(
    context: &PageContext,
    about: &str,
    form: &str,
    sections: &[String],
) -> Result<String, RenderError> {
    with_tab(context, about, &Tab::default(), form, sections)
}

/// The same, of a page that says how things are now.
pub(super) fn with_tab(
    context: &PageContext,
    about: &str,
    tab: &Tab,
    form: &str,
    sections: &[String],
) -> Result<String, RenderError> {
    let words = context.words();
    let links = context.links;
    let title = context.config.title.as_deref().unwrap_or(words.dashboard);
    let other = match context.lang {
        Lang::Ja => Lang::En,
        Lang::En => Lang::Ja,
    };
    let agency = context.config.agency.as_ref();
    let colour = agency.and_then(|agency| agency.colour.as_ref());
    let view = View {
        lang: context.lang.tag(),
        title,
        page_title: if about.is_empty() {
            format!("{}{title}", tab.mark)
        } else {
            format!("{}{about} | {title}", tab.mark)
        },
        home: links.page(&Selection::default()),
        other_lang: other.tag(),
        other_href: links.search_in(context.selection(), &context.answer.search, Some(other)),
        style: links.file("style.css"),
        agency_style: colour.map(|colour| links.agency_style(colour.as_str())),
        icon: links.file(tab.icon),
        modules: MODULES.iter().map(|name| links.file(name)).collect(),
        version: env!("CARGO_PKG_VERSION"),
        form,
        moment: Instant {
            // To the minute, as the tag of a page is.
            machine: context
                .calendar()
                .rfc3339(Moment(context.now.0 - context.now.0.rem_euclid(60))),
            text: (words.as_of)(&phrase::moment(context.now, context.calendar())),
        },
        now: context.now.0,
        sections,
    };
    render(include_str!("frame.html"), &view, words)
}
