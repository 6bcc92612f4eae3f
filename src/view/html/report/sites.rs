//! The table of sites: one line each, with a bar a day.

use serde::Serialize;

use super::subject::{Shown, Subject};
use crate::calendar;
use crate::query::{Filter, Selection};
use crate::stats::verdict::Watched;
use crate::view::bars::Geometry;
use crate::view::context::PageContext;
use crate::view::html::days::Bars;
use crate::view::html::incident::incident_count;
use crate::view::html::parts::{Dated, Rating, checked_rarely, if_timed, low_coverage, until};
use crate::view::html::render;
use crate::view::html::verdict::{VerdictView, common_target};
use crate::view::phrase::NONE;
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

/// Of more days there are no bars: they would be too thin to be seen.
const MOST_BARS: i32 = 92;

#[derive(Serialize)]
struct View {
    id: String,
    /// More days than a month: a wider column.
    long: bool,
    change_name: &'static str,
    with_bars: bool,
    first: String,
    last: String,
    rows: Vec<Row>,
    planned: bool,
    heading: &'static str,
}

#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    url: String,
    remarks: Vec<Dated>,
    uptime: String,
    rating: &'static str,
    coverage: Option<String>,
    verdict: VerdictView,
    change: String,
    downtime: String,
    incidents: String,
    response: String,
    bars: Option<Bars>,
}

pub(super) fn section(
    context: &PageContext,
    subject: &Subject,
    shown: &[Shown],
    id: String,
    heading: &'static str,
) -> Result<String, RenderError> {
    let words = context.words().report;
    let days = subject.days.end.0.saturating_sub(subject.days.start.0);
    let with_bars = days <= MOST_BARS;
    let target = common_target(shown.iter().map(|site| site.url.report.target.uptime));
    let day = |day| {
        let date = calendar::date(day);
        (context.words().day)(date.month(), date.day())
    };
    let rows: Vec<Row> = shown
        .iter()
        .map(|site| row(context, subject, site, target.is_none(), with_bars))
        .collect();
    let planned = |bars: &Bars| bars.shapes.maintenance_days > 0;
    let view = View {
        id,
        long: with_bars && is_long(subject),
        change_name: match subject.period {
            Some(period) if period.is_year() => words.change_year,
            Some(_) => words.change_month,
            None => words.change_range,
        },
        with_bars,
        first: day(subject.days.start),
        last: day(subject.days.end.plus(-1)),
        planned: rows.iter().filter_map(|row| row.bars.as_ref()).any(planned),
        rows,
        heading,
    };
    render(include_str!("sites.html"), &view, words)
}

/// Whether it has more days than a month.
fn is_long(subject: &Subject) -> bool {
    subject.days.end.0.saturating_sub(subject.days.start.0) > 31
}

fn row(
    context: &PageContext,
    subject: &Subject,
    site: &Shown,
    is_mixed: bool,
    with_bars: bool,
) -> Row {
    let words = context.words();
    let Shown { url, figures, .. } = site;
    let report = &url.report;
    let by = context.config.uptime_by;
    let uptime = report.uptime(figures, by);
    let down = figures.seconds.down;
    let change = difference(context, subject, site);
    let target = is_mixed.then_some(report.target.uptime);
    let median = figures.percentiles().median;
    let geometry = if is_long(subject) {
        Geometry::THIN
    } else {
        Geometry::SMALL
    };
    Row {
        name: site.name.clone(),
        href: site_href(context, site),
        url: short(&site.address),
        remarks: remarks(context, subject, site),
        uptime: uptime.to_string(),
        rating: Rating::of(uptime, report.target.uptime).name(),
        coverage: low_coverage(context, &figures.seconds),
        verdict: VerdictView::of(
            report.verdict(figures, by),
            figures,
            target,
            subject.progress,
            words,
        ),
        change: change.map_or_else(|| NONE.to_owned(), |by| points(by, words)),
        downtime: if_timed(figures, || phrase::duration(down, words)),
        incidents: if_timed(figures, || incident_count(figures, words)),
        response: median.map_or_else(|| NONE.to_owned(), phrase::response_time),
        bars: with_bars.then(|| Bars::of(context, report, &subject.days, geometry)),
    }
}

/// An address without the scheme that nearly all have, as a row of an overview has it.
fn short(address: &str) -> String {
    address
        .strip_prefix("https://")
        .unwrap_or(address)
        .to_owned()
}

/// The page of a site folder.
pub(in crate::view::html) fn site_href(context: &PageContext, site: &Shown) -> String {
    context.links.page(&Selection {
        company: Filter::Only(site.url.company.to_owned()),
        site: Filter::Only(site.url.site.to_owned()),
        ..Selection::default()
    })
}

/// What a verdict rests on, where a reader would take it for more.
pub(in crate::view::html) fn remarks(
    context: &PageContext,
    subject: &Subject,
    site: &Shown,
) -> Vec<Dated> {
    let words = context.words();
    let calendar = context.calendar();
    let report = &site.url.report;
    let span = &subject.span;
    let first = report.edges().map(|(first, _)| first);
    let late = first.filter(|first| span.contains(first) && *first > span.start);
    let is_within = report.until().is_some_and(|until| until < span.end);
    let remarks = [
        late.map(|first| (words.report.first_check_at)(&phrase::moment_in_text(first, calendar))),
        until(context, report).filter(|_| is_within),
        checked_rarely(context, report),
    ];
    let remarks = remarks.iter().flatten();
    remarks.map(|text| Dated::of(text)).collect()
}

/// A difference in percentage points, from its thousandths.
fn points(by: i64, words: &Words) -> String {
    let sign = match by {
        0 => return format!("±0{}", words.report.points),
        1.. => "+",
        _ => "−",
    };
    let by = by.unsigned_abs();
    let points = words.report.points;
    format!("{sign}{}.{:03}{points}", by / 1000, by % 1000)
}

/// The difference to the time before, in thousandths of a point. Both are first rounded down as
/// printed, so that a reader who subtracts gets the same. `None` if either was not watched enough.
fn difference(context: &PageContext, subject: &Subject, site: &Shown) -> Option<i64> {
    let report = &site.url.report;
    let printed = |figures, days| {
        let is_timed = report.course.is_some();
        let watched = report.watched(figures, days, context.calendar());
        let uptime = report.uptime(figures, context.config.uptime_by);
        let share = uptime
            .thousandths()
            .filter(|_| is_timed && watched == Watched::Enough);
        share.and_then(|share| i64::try_from(share).ok())
    };
    let (before, days_before) = (site.before.as_ref()?, subject.before.as_ref()?);
    Some(printed(&site.figures, &subject.days)? - printed(before, days_before)?)
}

#[cfg(test)]
mod tests {
    use super::points;
    use crate::lang::Lang;
    use crate::view::words::Words;

    #[test]
    fn changes_read_as_people_write_them() {
        let check = |by, want: &str| assert_eq!(points(by, Words::of(Lang::En)), want);
        check(900, "+0.900 pt");
        check(-100, "−0.100 pt");
        check(0, "±0 pt");
    }
}
