//! The figures of a day in a line, and what a reader must know of them.

use serde::Serialize;

use super::clock::long_date;
use crate::check::Day;
use crate::load::day::UrlDay;
use crate::stats::figures::Figures;
use crate::stats::report::Report;
use crate::view::context::PageContext;
use crate::view::html::incident::incident_count;
use crate::view::html::parts::{Rating, if_timed, low_coverage};
use crate::view::phrase::{self, NONE};

#[derive(Serialize)]
pub(super) struct Figure {
    name: &'static str,
    value: String,
    class: &'static str,
    note: Option<String>,
}

/// The figures that the site's page and the JSON have, too.
pub(super) fn figures_line(
    context: &PageContext,
    report: &Report,
    figures: &Figures,
) -> Vec<Figure> {
    let words = context.words();
    let d = words.day_page;
    let uptime = report.uptime(figures, context.config.uptime_by);
    let percentiles = figures.percentiles();
    let time = |time: Option<_>| time.map_or(NONE.to_owned(), phrase::response_time);
    let figure = |name, value| Figure {
        name,
        value,
        class: "",
        note: None,
    };
    let mut line = vec![
        Figure {
            class: Rating::of(uptime, report.target.uptime).name(),
            note: low_coverage(context, &figures.seconds),
            ..figure(d.uptime, uptime.to_string())
        },
        figure(d.checks, phrase::count(figures.total_checks())),
        figure(d.failed, phrase::count(figures.failed_checks())),
        figure(
            d.downtime,
            if_timed(figures, || phrase::duration(figures.seconds.down, words)),
        ),
        figure(
            d.incident_count,
            if_timed(figures, || incident_count(figures, words)),
        ),
        figure(d.median, time(percentiles.median)),
        figure(d.p95, time(percentiles.p95)),
    ];
    if figures.seconds.unknown > 0 {
        let unknown = phrase::duration(figures.seconds.unknown, words);
        line.insert(4, figure(d.unknown, unknown));
    }
    line
}

/// What a reader must know of the checks.
pub(super) fn remarks(context: &PageContext, figures: &Figures, day: &UrlDay) -> Vec<String> {
    let words = context.words();
    let found = day.checks.len() as u64 + day.left_out;
    let remarks = [
        some(day.left_out, words.day_page.left_out),
        some(
            figures.total_checks().saturating_sub(found),
            words.day_page.elsewhere,
        ),
        some(figures.ahead.total(), words.report.rows_ahead),
    ];
    remarks.into_iter().flatten().collect()
}

/// A sentence with a number, if that is not zero.
pub(super) fn some(number: u64, sentence: fn(&str) -> String) -> Option<String> {
    (number > 0).then(|| sentence(&phrase::count(number)))
}

/// Why a day has no checks, if it has none.
pub(super) fn notice(
    context: &PageContext,
    report: &Report,
    figures: &Figures,
    day: Day,
) -> Option<String> {
    let words = context.words().day_page;
    let calendar = context.calendar();
    if figures.total_checks() > 0 {
        return None;
    }
    let date = |day: Day| long_date(day, context.words());
    if day > context.today() {
        return Some(words.future.to_owned());
    }
    let Some((first, last)) = report.edges() else {
        // What is ahead of the clock has times.
        let ahead = some(report.tally.ahead, context.words().report.rows_ahead);
        return Some(ahead.unwrap_or_else(|| words.no_times.to_owned()));
    };
    let (first, last) = (calendar.day_of(first), calendar.day_of(last));
    Some(if day < first {
        (words.before_first)(&date(first))
    } else if day == context.today() {
        words.none_yet.to_owned()
    } else if day > last {
        (words.after_last)(&date(last))
    } else {
        words.none.to_owned()
    })
}
