//! The page around its sections: head, heading, language switch, footer.

use serde::Serialize;

use super::render;
use crate::assets::MODULES;
use crate::lang::Lang;
use crate::query::Selection;
use crate::view::RenderError;
use crate::view::context::PageContext;

#[derive(Serialize)]
struct View<'a> {
    lang: &'a str,
    title: &'a str,
    page_title: String,
    home: String,
    other_lang: &'a str,
    other_href: String,
    style: String,
    icon: String,
    modules: Vec<String>,
    version: &'a str,
    now: i64,
    sections: &'a [String],
}

/// Wraps rendered sections into a page; the window's title begins with `about`.
pub(super) fn around(
    context: &PageContext,
    about: &str,
    sections: &[String],
) -> Result<String, RenderError> {
    let words = context.words();
    let links = context.links;
    let title = context.config.title.as_deref().unwrap_or(words.dashboard);
    let other = match context.lang {
        Lang::Ja => Lang::En,
        Lang::En => Lang::Ja,
    };
    let view = View {
        lang: context.lang.tag(),
        title,
        page_title: if about.is_empty() {
            title.to_owned()
        } else {
            format!("{about} | {title}")
        },
        home: links.page(&Selection::default()),
        other_lang: other.tag(),
        other_href: links.page_in(context.selection(), Some(other)),
        style: links.file("style.css"),
        icon: links.file("favicon.svg"),
        modules: MODULES.iter().map(|name| links.file(name)).collect(),
        version: env!("CARGO_PKG_VERSION"),
        now: context.now.0,
        sections,
    };
    render(include_str!("frame.html"), &view, words)
}
