//! Links of the page of a day: to what it is part of, and to the days beside it.

use serde::Serialize;

use super::clock::short_date;
use crate::answer::UrlReport;
use crate::calendar;
use crate::check::Day;
use crate::period::{Days, Months};
use crate::query::Selection;
use crate::view::context::PageContext;

#[derive(Serialize)]
pub(super) struct Link {
    href: String,
    text: String,
}

/// A link to a neighbouring day.
#[derive(Serialize)]
pub(super) struct Step {
    rel: &'static str,
    href: String,
    text: String,
}

/// Everything, the company and the site.
pub(super) fn crumbs(context: &PageContext) -> Vec<Link> {
    let words = context.words();
    let selection = context.selection();
    let company = selection.company.name().unwrap_or_default();
    let site = selection.site.name().unwrap_or_default();
    let of_company = Selection {
        company: selection.company.clone(),
        ..Selection::default()
    };
    let of_site = Selection {
        site: selection.site.clone(),
        ..of_company.clone()
    };
    let crumb = |selection: &Selection, text: &str| Link {
        href: context.links.page(selection),
        text: text.to_owned(),
    };
    vec![
        crumb(&Selection::default(), words.show_all),
        crumb(&of_company, context.config.company_name(company)),
        crumb(&of_site, context.config.site_name(company, site)),
    ]
}

/// Links to the day before and the one after.
pub(super) fn steps(context: &PageContext, reports: &[UrlReport], day: Day) -> Vec<Step> {
    let (earlier, later) = neighbours(context, reports, day);
    let step = |rel, day: Day, before: &str, after: &str| {
        let selection = Selection {
            days: Days::One(day),
            months: Months::All,
            ..context.selection().clone()
        };
        let date = short_date(calendar::date(day), context.words());
        Step {
            rel,
            href: context.links.page(&selection),
            text: format!("{before}{date}{after}"),
        }
    };
    let earlier = earlier.map(|day| step("prev", day, "‹ ", ""));
    let later = later.map(|day| step("next", day, "", " ›"));
    earlier.into_iter().chain(later).collect()
}

/// The day before and the one after, as far as the log has days; from outside of them, its last or
/// first one.
fn neighbours(
    context: &PageContext,
    reports: &[UrlReport],
    day: Day,
) -> (Option<Day>, Option<Day>) {
    let calendar = context.calendar();
    let edges = || reports.iter().filter_map(|url| url.report.edges());
    let first = edges().map(|(first, _)| calendar.day_of(first)).min();
    let last = edges().map(|(_, last)| calendar.day_of(last)).max();
    let (Some(first), Some(last)) = (first, last.map(|last| last.min(context.today()))) else {
        return (None, None);
    };
    let earlier = day.plus(-1).min(last);
    let later = day.plus(1).max(first);
    (
        (earlier >= first).then_some(earlier),
        (later <= last).then_some(later),
    )
}
