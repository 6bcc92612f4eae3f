//! The search of an overview: its form, and which sites it shows.

use serde::Serialize;

use crate::answer::UrlReport;
use crate::lang::Lang;
use crate::query::{Search, Selection};
use crate::stats::state::State;
use crate::view::context::PageContext;

/// The form that leaves some sites out.
#[derive(Serialize)]
pub(super) struct Form {
    action: String,
    /// What the form keeps.
    kept: Vec<(&'static str, String)>,
    text: String,
    attention: bool,
}

impl Form {
    pub(super) fn of(context: &PageContext, search: &Search) -> Self {
        let selection = context.selection();
        let kept = [
            ("company", selection.company.name()),
            ("site", selection.site.name()),
            ("lang", context.links.lang().map(Lang::tag)),
        ];
        let kept = kept
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?.to_owned())));
        Self {
            action: context.links.page_in(&Selection::default(), None),
            kept: kept.collect(),
            text: search.text.clone(),
            attention: search.attention,
        }
    }
}

/// Whether the search of a request allows a site.
pub(super) fn is_found(context: &PageContext, url: &UrlReport, shown: &str) -> bool {
    let search = &context.answer.search;
    if search.is_empty() {
        return true;
    }
    let config = context.config;
    let names = [
        config.company_name(url.company),
        config.site_name(url.company, url.site),
        url.company,
        url.site,
        shown,
    ];
    let is_urgent = url.report.state <= State::Unconfirmed;
    let is_named = search.allows(&names.join(" ").to_lowercase());
    is_named && (is_urgent || !search.attention)
}
