//! The axes of charts: lines with their values, and the days below.

use std::ops::Range;

use serde::Serialize;

use crate::calendar;
use crate::check::Day;
use crate::view::chart::{self, Scale};
use crate::view::words::SiteWords;

/// A value of the axis, and its line.
#[derive(Serialize)]
pub(super) struct Line {
    y: String,
    /// Where its value stands, so that the line is in the middle of it.
    text_y: u32,
    text: String,
    class: &'static str,
}

/// A day below a chart.
#[derive(Serialize)]
pub(super) struct Tick {
    x: String,
    text: String,
    anchor: &'static str,
    /// Left out where a chart is narrow.
    class: &'static str,
}

/// The lines of a scale in a plot of so many pixels.
pub(super) fn lines(scale: Scale, height: u32, text: impl Fn(u64) -> String) -> Vec<Line> {
    let line = |value| {
        let y = scale.y(value, height);
        let whole: u32 = y
            .split('.')
            .next()
            .and_then(|y| y.parse().ok())
            .unwrap_or(0);
        Line {
            y,
            text_y: whole + 4,
            text: text(value),
            class: if value == 0 { "base" } else { "grid" },
        }
    };
    scale.lines().map(line).collect()
}

/// Whether a day begins a week.
fn is_monday(day: Day) -> bool {
    (day.0 + 3).rem_euclid(7) == 0
}

/// The Mondays of some days, or some of them.
pub(super) fn ticks(
    words: &SiteWords,
    days: &Range<Day>,
    every: usize,
    on_phone: usize,
) -> Vec<Tick> {
    let count = days.start.0.abs_diff(days.end.0) as usize;
    let all = (days.start.0..days.end.0).map(Day).enumerate();
    let mondays = all.filter(|(_, day)| is_monday(*day)).step_by(every);
    let tick = |(at, (n, day)): (usize, (usize, Day))| {
        let date = calendar::date(day);
        Tick {
            x: chart::middle(n, count),
            text: (words.axis_day)(date.month(), date.day()),
            // At the end a text would stand out of the chart.
            anchor: if n * 100 >= count * 97 {
                "end"
            } else {
                "middle"
            },
            class: if at % on_phone == 0 { "" } else { " hide" },
        }
    };
    mondays.enumerate().map(tick).collect()
}
