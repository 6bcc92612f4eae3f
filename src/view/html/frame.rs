//! The page around a body: head, heading, language switch, footer.

use serde::Serialize;

use super::render;
use crate::lang::Lang;
use crate::query::Selection;
use crate::route::Links;
use crate::view::RenderError;
use crate::view::words::Words;

/// What is the same around every body of one answer.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The operator's heading, if there is one.
    pub title: Option<&'a str>,
    /// Where links lead.
    pub links: &'a Links,
    /// What the page shows; the same in the other language.
    pub selection: &'a Selection,
}

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
    selection_module: String,
    version: &'a str,
    body: &'a str,
}

impl Frame<'_> {
    /// The sentences of the page.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// Puts a rendered body into the page; `about` begins the window's title.
    pub fn around(&self, about: &str, body: &str) -> Result<String, RenderError> {
        let words = self.words();
        let title = self.title.unwrap_or(words.dashboard);
        let other = match self.lang {
            Lang::Ja => Lang::En,
            Lang::En => Lang::Ja,
        };
        let view = View {
            lang: self.lang.tag(),
            title,
            page_title: if about.is_empty() {
                title.to_owned()
            } else {
                format!("{about} | {title}")
            },
            home: self.links.page(&Selection::default()),
            other_lang: other.tag(),
            other_href: self.links.page_in(self.selection, Some(other)),
            style: self.links.file("style.css"),
            icon: self.links.file("favicon.svg"),
            selection_module: self.links.file("selection.js"),
            version: env!("CARGO_PKG_VERSION"),
            body,
        };
        render(include_str!("frame.html"), &view, words)
    }
}
