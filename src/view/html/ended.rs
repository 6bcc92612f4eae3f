//! Sites that are watched no more, at the end of an overview.

use serde::Serialize;

use super::now::Shown;
use super::parts::until;
use super::state::StateView;
use crate::view::context::PageContext;
use crate::view::phrase;

#[derive(Serialize)]
pub(super) struct EndedRow {
    number: usize,
    hidden: bool,
    badge: StateView,
    name: String,
    company: String,
    url: String,
    href: String,
    last: Option<String>,
    until: Option<String>,
}

impl EndedRow {
    pub(super) fn of(
        context: &PageContext,
        site: &Shown,
        number: usize,
        url: &str,
        hidden: bool,
    ) -> Self {
        let report = &site.url.report;
        let words = context.words();
        let last = report.edges().map(|(_, last)| {
            let day = phrase::day(last, context.calendar());
            (words.overview.last_check_at)(&day, &phrase::age(context.now.since(last), words))
        });
        Self {
            number,
            hidden,
            badge: StateView::of(context, report),
            name: site.name.to_owned(),
            company: site.company.to_owned(),
            url: url.to_owned(),
            href: site.href.to_owned(),
            last,
            until: until(context, report),
        }
    }
}
