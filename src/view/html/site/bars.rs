//! Ninety days as bars that lead to the days, in three rows.

use serde::Serialize;

use crate::answer::{BAR_DAYS, UrlReport};
use crate::calendar;
use crate::check::Day;
use crate::period::Days;
use crate::query::Selection;
use crate::stats::report::Report;
use crate::view::bars::{DayBars, Geometry};
use crate::view::context::PageContext;
use crate::view::html::days::{Bars, sentence};
use crate::view::phrase;

/// The days of a row.
const ROW: i32 = 30;

/// Some days as bars.
#[derive(Serialize)]
pub(super) struct Row {
    shapes: DayBars,
    label: String,
    days: Vec<DayLink>,
    first: String,
    /// What the last day is called, in the row that ends today.
    last: Option<&'static str>,
}

/// A day that can be looked at.
#[derive(Serialize)]
struct DayLink {
    /// Where its bar begins, and how wide its place is. As text, because a template takes the
    /// number 0 for nothing.
    x: String,
    width: u32,
    href: String,
    title: String,
    /// Whether the tab key stops here: at days on which something was, and today.
    is_stop: bool,
}

/// The page of a day.
pub(super) fn day_href(context: &PageContext, day: Day) -> String {
    context.links.page(&Selection {
        days: Days::One(day),
        ..context.selection().clone()
    })
}

pub(super) fn rows(context: &PageContext, url: &UrlReport) -> Vec<Row> {
    let all = context.calendar().last_days(context.now, BAR_DAYS);
    let starts = (all.start.0..all.end.0).step_by(30).map(Day);
    starts
        .map(|start| row(context, &url.report, start))
        .collect()
}

fn row(context: &PageContext, report: &Report, start: Day) -> Row {
    let words = context.words();
    let days = start..start.plus(ROW);
    let shapes = Bars::of(context, report, &days, Geometry::LARGE).shapes;
    let pitch = shapes.width / ROW.unsigned_abs();
    let begun = report
        .edges()
        .map(|(first, _)| context.calendar().day_of(first));
    let is_begun = |day: Day| begun.is_some_and(|first| first <= day);
    let today = context.today();
    let link = |(n, day): (u32, Day)| {
        let failed = report.checks_on(day).is_some_and(|tally| tally.down > 0);
        DayLink {
            x: (n * pitch).to_string(),
            width: pitch,
            href: day_href(context, day),
            title: sentence(context, report, day),
            is_stop: failed || report.maintenance_on(day) > 0 || day == today,
        }
    };
    let date = calendar::date(start);
    let first = (words.day)(date.month(), date.day());
    let known = (0..).zip((days.start.0..days.end.0).map(Day));
    Row {
        label: (words.site_page.days_from)(&first, shapes.width as usize / pitch as usize),
        days: known
            .filter(|(_, day)| *day <= today && is_begun(*day))
            .map(link)
            .collect(),
        first,
        last: (days.end.0 > today.0).then_some(words.today),
        shapes,
    }
}

/// The day of a chart, for its title.
pub(super) fn date(day: Day) -> String {
    calendar::date(day).to_string()
}

/// A share in percent, to a tenth.
pub(super) fn percent(hundredths: u64) -> String {
    phrase::percentage(hundredths / 10 * 100)
}
