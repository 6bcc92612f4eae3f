//! The uptime of all sites, month by month, as a line. Every value is written beside its point.

use std::fmt::Write;

use serde::Serialize;

use super::dates::period_name;
use crate::answer::UrlReport;
use crate::calendar;
use crate::period::Period;
use crate::stats::figures::Uptime;
use crate::stats::group::Group;
use crate::view::RenderError;
use crate::view::context::PageContext;
use crate::view::html::render;
use crate::view::html::verdict::common_target;
use crate::view::phrase;

/// Where 100% is, and the base line, from the top.
const TOP: f64 = 18.0;
const BASE: f64 = 72.0;

/// What a value below a point takes.
const ROOM_BELOW: f64 = 22.0;

/// How much the axis shows below 100%, in thousandths of a percent: the least that has all values.
const DEPTHS: [u64; 9] = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

#[derive(Serialize)]
struct View {
    hint: String,
    label: String,
    /// The height of the target's line, and of its label.
    target: Option<[String; 2]>,
    /// The label below that line; empty where it would be in the way.
    target_text: String,
    width: usize,
    /// The points of months that follow each other.
    lines: Vec<String>,
    points: Vec<Point>,
    heading: &'static str,
}

#[derive(Serialize)]
struct Point {
    x: String,
    y: String,
    /// Where its value is: above, or below in a dip, where the line would go through it.
    text_y: &'static str,
    text: String,
    month: String,
    /// The year, where one begins.
    year: Option<String>,
    missed: bool,
    known: bool,
    class: &'static str,
    /// The element that is left out on a phone.
    hide: &'static str,
}

/// A month of the trend.
struct Month {
    period: Period,
    uptime: Uptime,
}

/// The trend of some sites; empty with fewer than two months.
pub(super) fn section(
    context: &PageContext,
    reports: &[&UrlReport],
    heading: &'static str,
) -> Result<String, RenderError> {
    let words = context.words();
    let months = months(context, reports);
    if months.len() < 2 {
        return Ok(String::new());
    }
    let target = common_target(reports.iter().map(|url| url.report.target.uptime));
    let shares = || months.iter().filter_map(|month| month.uptime.thousandths());
    let lowest = shares().chain(target).min().unwrap_or(100_000);
    let depth = DEPTHS.into_iter().find(|depth| 100_000 - lowest <= *depth);
    let depth = depth.unwrap_or(100_000);
    let y = |share: u64| height(share, depth);
    let count = months.len();
    let mut lines = vec![String::new()];
    let mut points = Vec::new();
    for (at, month) in months.iter().enumerate() {
        let share = month.uptime.thousandths();
        match (share, lines.last_mut()) {
            (Some(share), Some(line)) => {
                let _ = write!(line, "{at}.5,{:.1} ", y(share));
            }
            _ => lines.push(String::new()),
        }
        points.push(point(
            context,
            month,
            at,
            count,
            y(share.unwrap_or(100_000)),
            target,
        ));
    }
    let value = |month: &Month| format!("{} {}", period_name(context, month.period), month.uptime);
    let values: Vec<String> = months.iter().map(value).collect();
    let hint = if reports.len() > 1 {
        words.report.trend_hint
    } else {
        words.report.trend_hint_one
    };
    let is_below = |target| {
        let mut newest = months.iter().rev().take(2);
        newest.any(|month| month.uptime.thousandths() < Some(target))
    };
    let target_text = target.map_or_else(String::new, phrase::percentage);
    // The label of the line would be in the way of the last values.
    let (hint, target_text) = if target.is_some_and(is_below) {
        (
            format!("{hint}{}", (words.report.trend_target)(&target_text)),
            String::new(),
        )
    } else {
        (hint.to_owned(), (words.report.of_target)(&target_text))
    };
    let view = View {
        hint,
        label: (words.report.trend_label)(&values.join(words.list_separator)),
        target: target.map(|target| [y(target), y(target) + 14.0].map(|y| format!("{y:.1}"))),
        target_text,
        width: count,
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        points,
        heading,
    };
    render(include_str!("trend.html"), &view, words.report)
}

/// The months from the first check on.
fn months(context: &PageContext, reports: &[&UrlReport]) -> Vec<Month> {
    let edges = reports.iter().filter_map(|url| url.report.edges());
    let Some(first) = edges.map(|(first, _)| first).min() else {
        return Vec::new();
    };
    let begun = context.calendar().day_of(first);
    let months = context.answer.kind.trend().into_iter();
    let seen = months.filter(|month| {
        let days = month.days();
        days.end > begun && days.start <= context.today()
    });
    let month = |period: Period| Month {
        period,
        uptime: uptime_of(context, reports, period),
    };
    seen.map(month).collect()
}

/// The uptime that the report of a month has for all its sites.
fn uptime_of(context: &PageContext, reports: &[&UrlReport], period: Period) -> Uptime {
    let by = context.config.uptime_by;
    let mut group = Group::default();
    for url in reports {
        group.add(&url.report, &url.report.figures_in(period), by);
    }
    group.uptime(by)
}

#[expect(clippy::cast_precision_loss, reason = "both are at most 100,000")]
fn height(share: u64, depth: u64) -> f64 {
    TOP + (100_000 - share.min(100_000)) as f64 / depth as f64 * (BASE - TOP)
}

fn point(
    context: &PageContext,
    month: &Month,
    at: usize,
    count: usize,
    y: f64,
    target: Option<u64>,
) -> Point {
    let words = context.words().report;
    let share = month.uptime.thousandths();
    let missed = share.is_some_and(|share| target.is_some_and(|target| share < target));
    let is_last = at + 1 == count;
    let date = calendar::date(month.period.days().start);
    let is_first_of_year = at == 0 || date.month() == 1;
    Point {
        x: format!("{}%", hundredths(at, count)),
        y: format!("{y:.1}"),
        text_y: if missed && y + ROOM_BELOW < BASE {
            "18"
        } else {
            "-8"
        },
        text: month.uptime.to_string().trim_end_matches('%').to_owned(),
        month: (words.month_of_year)(date.month()),
        year: is_first_of_year
            .then(|| phrase::month(&month.period.year().to_string(), context.words())),
        missed,
        known: share.is_some(),
        class: match (missed, is_last) {
            (true, _) => "axis-label w",
            (false, true) => "axis-label b",
            (false, false) => "axis-label",
        },
        hide: if (count - at).is_multiple_of(2) {
            " hide"
        } else {
            ""
        },
    }
}

/// The middle of one of some columns, in percent.
fn hundredths(at: usize, count: usize) -> String {
    let share = (2 * at + 1) * 10_000 / (2 * count);
    format!("{}.{:02}", share / 100, share % 100)
}
