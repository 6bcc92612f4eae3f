//! The chart of a day, with the words around its shapes.

use serde::Serialize;

use super::clock::Clock;
use super::incidents;
use crate::calendar::ClockHour;
use crate::check::{Micros, Moment};
use crate::load::day::UrlDay;
use crate::stats::figures::Figures;
use crate::view::context::PageContext;
use crate::view::day_chart::{DayShapes, day_shapes};
use crate::view::phrase;

/// How many incidents the label of the chart names.
const MOST_NAMED: usize = 5;

#[derive(Serialize)]
pub(super) struct DayChart {
    heading: String,
    label: String,
    shapes: DayShapes,
    has_planned: bool,
    /// Height of all, and where the marks, the ticks and the labels of the hours are.
    height: u32,
    marks_at: u32,
    marks_label_at: u32,
    tick_at: u32,
    tick_to: u32,
    labels_at: u32,
    grid: Vec<GridLine>,
    clipped: Vec<Value>,
    ticks: Vec<Tick>,
}

/// A line of the scale. Numbers are texts, because a template takes 0 for nothing.
#[derive(Serialize)]
struct GridLine {
    y: String,
    text_at: u32,
    text: String,
    class: &'static str,
}

/// A value off the scale.
#[derive(Serialize)]
struct Value {
    x: String,
    anchor: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Tick {
    x: String,
    /// Empty where there is no room for one.
    text: String,
    anchor: &'static str,
    class: &'static str,
}

impl DayChart {
    pub(super) fn of(
        context: &PageContext,
        day: &UrlDay,
        figures: &Figures,
        clock: &Clock,
    ) -> Self {
        let words = context.words().day_page;
        let bands: Vec<_> = figures
            .incidents
            .iter()
            .map(|incident| incidents::span(incident, context.now))
            .collect();
        let shapes = day_shapes(&clock.day, &day.checks, &bands, &day.planned);
        let height = shapes.height;
        let named: Vec<String> = figures
            .incidents
            .iter()
            .take(MOST_NAMED)
            .map(|incident| incidents::when(context, incident, clock))
            .collect();
        let label = (words.chart_label)(
            &phrase::count(figures.total_checks()),
            &phrase::count(figures.failed_checks()),
            &named.join(context.words().list_separator),
        );
        Self {
            heading: match clock.hours.len() {
                24 => words.whole_day.to_owned(),
                hours => (words.hours_of_day)(hours),
            },
            label,
            has_planned: !(shapes.planned.is_empty() && shapes.planned_marks.is_empty()),
            height: height + 68,
            marks_at: height + 15,
            marks_label_at: height + 40,
            tick_at: height + 47,
            tick_to: height + 51,
            labels_at: height + 64,
            grid: grid(&shapes),
            clipped: clipped(&shapes, clock),
            ticks: ticks(clock),
            shapes,
        }
    }
}

fn grid(shapes: &DayShapes) -> Vec<GridLine> {
    let top = shapes.scale.last().map_or(Micros(0), |line| line.time);
    let mut lines: Vec<GridLine> = shapes
        .scale
        .iter()
        .map(|line| GridLine {
            y: line.y.to_string(),
            text_at: line.y + 4,
            text: scale_text(line.time, top),
            class: if line.time.0 == 0 { "base" } else { "grid" },
        })
        .collect();
    if lines.is_empty() {
        lines.push(GridLine {
            y: shapes.height.to_string(),
            text_at: 0,
            text: String::new(),
            class: "base",
        });
    }
    lines
}

/// A round response time: `500 ms`, `1.5 s`, `20 s`.
fn scale_text(Micros(time): Micros, top: Micros) -> String {
    let tenths = time / 100_000;
    match (time, top.0) {
        (0, _) => "0".to_owned(),
        (..1_000_000, _) => format!("{} ms", time / 1000),
        (_, 10_000_000..) => format!("{} s", time / 1_000_000),
        _ => format!("{}.{} s", tenths / 10, tenths % 10),
    }
}

fn clipped(shapes: &DayShapes, clock: &Clock) -> Vec<Value> {
    let value = |at: Moment, time: Micros| {
        let share = clock.share(at);
        Value {
            x: percent(share),
            anchor: match share {
                ..400 => "start",
                9600.. => "end",
                _ => "middle",
            },
            text: phrase::response_time(time),
        }
    };
    let values = shapes.clipped.iter();
    values.map(|one| value(one.at, one.time)).collect()
}

/// A tick for every second hour, a label for each of them that is shown once.
fn ticks(clock: &Clock) -> Vec<Tick> {
    let is_even = |hour: &&ClockHour| hour.is_full && hour.hour % 2 == 0;
    let hours = clock.hours.iter().filter(is_even).map(|hour| {
        let share = clock.share(hour.span.start);
        Tick {
            x: percent(share),
            text: if hour.is_repeated {
                String::new()
            } else {
                format!("{}:00", hour.hour)
            },
            anchor: if share == 0 { "start" } else { "middle" },
            class: if hour.hour % 6 == 0 { "" } else { " hide" },
        }
    });
    let end = Tick {
        x: percent(10_000),
        text: "24:00".to_owned(),
        anchor: "end",
        class: "",
    };
    hours.chain([end]).collect()
}

/// A share of ten thousand as a length.
fn percent(share: i64) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}
