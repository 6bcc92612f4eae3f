//! The page around its sections: head, heading, language switch, footer.

use serde::Serialize;

use super::render;
use crate::check::{Day, Moment};
use crate::config::Config;
use crate::lang::Lang;
use crate::query::Selection;
use crate::route::Links;
use crate::stats::rules::Rules;
use crate::view::RenderError;
use crate::view::words::Words;

/// What is the same for every section of one answer.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The operator's settings.
    pub config: &'a Config,
    /// Where links lead.
    pub links: &'a Links,
    /// What the page shows; the same in the other language.
    pub selection: &'a Selection,
    /// The present.
    pub now: Moment,
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
    modules: Vec<String>,
    version: &'a str,
    now: i64,
    sections: &'a [String],
}

/// The behaviours of the pages, one module each; all are whole without them.
const MODULES: [&str; 5] = [
    "selection.js",
    "refresh.js",
    "ages.js",
    "table.js",
    "bars.js",
];

impl Frame<'_> {
    /// The sentences of the page.
    pub fn words(&self) -> &'static Words {
        Words::of(self.lang)
    }

    /// The operator's rules, and the present.
    pub fn rules(&self) -> Rules {
        self.config.rules(self.now)
    }

    /// The operator's day.
    pub fn today(&self) -> Day {
        self.config.calendar.day_of(self.now)
    }

    /// Puts rendered sections into the page; `about` begins the window's title.
    pub fn around(&self, about: &str, sections: &[String]) -> Result<String, RenderError> {
        let words = self.words();
        let title = self.config.title.as_deref().unwrap_or(words.dashboard);
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
            modules: MODULES.iter().map(|name| self.links.file(name)).collect(),
            version: env!("CARGO_PKG_VERSION"),
            now: self.now.0,
            sections,
        };
        render(include_str!("frame.html"), &view, words)
    }
}
