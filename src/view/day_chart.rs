//! The checks of a day to SVG shapes: dots for response times, bands for incidents and planned time,
//! and a mark for each check. All shapes are stretched to the width of the page, except for text.

use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;

use crate::check::{Micros, Moment};
use crate::load::day::{Counted, DayCheck};

/// Seconds that a unit across is worth.
const UNIT: i64 = 10;

/// More checks than these are drawn by the minute.
const MOST_MARKS: usize = 1500;

/// Height of the plot of response times, where there are any.
pub(crate) const PLOT: u32 = 180;

/// Height of the bands where there is no plot.
pub(crate) const LOW: u32 = 24;

/// Height of the marks.
const MARKS: u32 = 32;

/// The longest time, in seconds, in whose middle a mark is.
const LONGEST: i64 = 300;

/// Into how many parts the day is divided to say what is off the scale: one value for each.
const PARTS: i64 = 12;

/// What is drawn of a day.
#[derive(Debug, Default, Serialize)]
pub(crate) struct DayShapes {
    /// Units across the day.
    pub width: i64,
    /// Height of the plot.
    pub height: u32,
    pub incidents: String,
    pub planned: String,
    /// A line under planned time, so that it differs from incidents by more than its colour.
    pub planned_base: String,
    pub dots: String,
    /// Marks: lines of a fixed width, so that each is seen however narrow the page is.
    pub up: String,
    pub planned_marks: String,
    pub failed: String,
    /// Whether a mark is a minute.
    pub by_minute: bool,
    #[serde(skip)]
    pub clipped: Vec<Clipped>,
    /// The lines of the scale, from zero up.
    #[serde(skip)]
    pub scale: Vec<ScaleLine>,
}

/// The slowest check of a part of the day, if it is off the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clipped {
    pub at: Moment,
    pub time: Micros,
}

/// A line of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScaleLine {
    pub y: u32,
    pub time: Micros,
}

/// One mark: a check, or a minute of checks.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Moment,
    counted: Counted,
    slowest: Option<Micros>,
}

/// The shapes of a day, of its checks in order of time.
pub(crate) fn day_shapes(
    day: &Range<Moment>,
    checks: &[DayCheck],
    incidents: &[Range<Moment>],
    planned: &[Range<Moment>],
) -> DayShapes {
    let by_minute = checks.len() > MOST_MARKS;
    let marks = marks(checks, by_minute);
    let step = if by_minute { 60 } else { usual_gap(checks) };
    let times: Vec<Micros> = marks.iter().filter_map(|mark| mark.slowest).collect();
    let scale = scale(times);
    let mut shapes = DayShapes {
        width: units(day.end.since(day.start)),
        height: if scale.is_some() { PLOT } else { LOW },
        by_minute,
        ..DayShapes::default()
    };
    for span in incidents {
        band(&mut shapes.incidents, day, span, shapes.height);
    }
    for span in planned.iter().chain(&by_rows(checks, step)) {
        band(&mut shapes.planned, day, span, shapes.height);
        let (from, to) = within(day, span);
        let _ = write!(
            shapes.planned_base,
            "M{from} {}h{}",
            shapes.height - 2,
            to - from
        );
    }
    // A check speaks for the time until the next one: its mark is in the middle of that.
    let x = |at: Moment| units(at.since(day.start) + step / 2);
    for mark in &marks {
        let (path, y) = match mark.counted {
            Counted::Up => (&mut shapes.up, 12),
            Counted::Planned => (&mut shapes.planned_marks, 20),
            Counted::Failed => (&mut shapes.failed, 0),
        };
        let _ = write!(path, "M{} {y}v{}", x(mark.at), MARKS - y);
    }
    if let Some((step, top)) = scale {
        // The next one may be more than a number can be.
        let lines = (0..=top / step).map(|n| n * step);
        shapes.scale = lines
            .map(|time| ScaleLine {
                y: height_of(time, top),
                time: Micros(time),
            })
            .collect();
        for mark in &marks {
            let Some(Micros(time)) = mark.slowest.filter(|time| time.0 <= top) else {
                continue;
            };
            let _ = write!(shapes.dots, "M{} {}h0", x(mark.at), height_of(time, top));
        }
        shapes.clipped = clipped(day, &marks, top);
    }
    shapes
}

fn units(seconds: i64) -> i64 {
    seconds / UNIT
}

/// Where some time begins and ends, in units, as far as it is in the day.
fn within(day: &Range<Moment>, span: &Range<Moment>) -> (i64, i64) {
    let from = span.start.max(day.start).since(day.start);
    let to = span.end.min(day.end).since(day.start).max(from);
    (units(from), units(to).max(units(from) + 1))
}

fn band(path: &mut String, day: &Range<Moment>, span: &Range<Moment>, height: u32) {
    let (from, to) = within(day, span);
    let width = to - from;
    let _ = write!(path, "M{from} 0h{width}v{height}h-{width}z");
}

fn height_of(time: u64, top: u64) -> u32 {
    let up = time.saturating_mul(u64::from(PLOT)) / top.max(1);
    PLOT - u32::try_from(up).unwrap_or(PLOT).min(PLOT)
}

/// A mark for each check, or for each minute: failed if any of its checks is.
fn marks(checks: &[DayCheck], by_minute: bool) -> Vec<Mark> {
    let minute = |check: &DayCheck| check.at.0.div_euclid(60);
    let is_same = |a: &DayCheck, b: &DayCheck| by_minute && minute(a) == minute(b);
    let of_chunk = |chunk: &[DayCheck]| {
        let has = |counted| chunk.iter().any(|check| check.counted == counted);
        let counted = [Counted::Failed, Counted::Up]
            .into_iter()
            .find(|counted| has(*counted));
        Mark {
            at: if by_minute {
                Moment(minute(&chunk[0]) * 60)
            } else {
                chunk[0].at
            },
            counted: counted.unwrap_or(Counted::Planned),
            slowest: chunk.iter().filter_map(|check| check.response_time).max(),
        }
    };
    checks.chunk_by(is_same).map(of_chunk).collect()
}

/// How far checks are usually apart, in seconds, for where their marks are.
fn usual_gap(checks: &[DayCheck]) -> i64 {
    let pairs = checks.windows(2);
    let mut gaps: Vec<i64> = pairs
        .map(|pair| pair[1].at.since(pair[0].at))
        .filter(|gap| *gap > 0)
        .collect();
    let middle = gaps.len() / 2;
    if gaps.is_empty() {
        return LONGEST;
    }
    let (_, usual, _) = gaps.select_nth_unstable(middle);
    (*usual).clamp(UNIT, LONGEST)
}

/// The time that rows of maintenance speak for: until the next check, if that is near.
fn by_rows(checks: &[DayCheck], step: i64) -> Vec<Range<Moment>> {
    let mut spans: Vec<Range<Moment>> = Vec::new();
    for (at, check) in checks.iter().enumerate().filter(|(_, c)| c.is_maintenance) {
        let next = checks.get(at + 1).map(|next| next.at);
        let near = next.filter(|next| next.since(check.at) <= 3 * step);
        let end = near.unwrap_or(Moment(check.at.0 + step));
        match spans.last_mut() {
            Some(last) if last.end >= check.at => last.end = last.end.max(end),
            _ => spans.push(check.at..end),
        }
    }
    spans
}

/// The step and the top of a scale that has most response times: at most two and a half times what
/// 95 % of them do not exceed. `None` without any.
fn scale(mut times: Vec<Micros>) -> Option<(u64, u64)> {
    let slowest = times.iter().max()?.0;
    let rank = (times.len() * 95).div_ceil(100).max(1);
    let (_, most, _) = times.select_nth_unstable(rank - 1);
    let most = most.0.saturating_mul(2).saturating_add(most.0 / 2);
    let wanted = slowest.min(most).max(1000);
    let mut unit = 1000_u64;
    loop {
        for step in [unit, unit.saturating_mul(2), unit.saturating_mul(5)] {
            let lines = wanted.div_ceil(step);
            if lines <= 4 {
                return Some((step, lines.saturating_mul(step)));
            }
        }
        unit *= 10;
    }
}

/// The slowest of those off the scale, in each part of the day.
fn clipped(day: &Range<Moment>, marks: &[Mark], top: u64) -> Vec<Clipped> {
    let length = day.end.since(day.start).max(1);
    let part = |mark: &Mark| mark.at.since(day.start) * PARTS / length;
    let of_part = |marks: &[Mark]| {
        let timed = marks.iter().filter_map(|mark| Some((mark.slowest?, mark)));
        let (time, mark) = timed.max_by_key(|(time, _)| *time)?;
        (time.0 > top).then_some(Clipped { at: mark.at, time })
    };
    marks
        .chunk_by(|a, b| part(a) == part(b))
        .filter_map(of_part)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::{Clipped, ScaleLine, day_shapes, scale};
    use crate::check::{Micros, Moment};
    use crate::load::day::{Counted, DayCheck};

    const DAY: std::ops::Range<Moment> = Moment(0)..Moment(86_400);

    fn check(at: i64, counted: Counted, millis: Option<u64>) -> DayCheck {
        let time = millis.map(|millis| Micros(millis * 1000));
        DayCheck::new(Moment(at), counted, time)
    }

    #[test]
    fn each_check_has_a_mark_and_those_with_a_response_time_a_dot() {
        let checks = [
            check(0, Counted::Up, Some(400)),
            check(300, Counted::Failed, None),
            check(600, Counted::Planned, None),
            check(900, Counted::Up, Some(300)),
        ];
        let incidents = [Moment(300)..Moment(600)];
        let shapes = day_shapes(&DAY, &checks, &incidents, &[Moment(600)..Moment(900)]);
        assert_eq!((shapes.width, shapes.height), (8640, 180));
        assert_eq!(shapes.up, "M15 12v20M105 12v20");
        assert_eq!(shapes.failed, "M45 0v32");
        assert_eq!(shapes.planned_marks, "M75 20v12");
        assert_eq!(shapes.incidents, "M30 0h30v180h-30z");
        assert_eq!(shapes.planned, "M60 0h30v180h-30z");
        assert_eq!(shapes.dots, "M15 0h0M105 45h0");
        let top = ScaleLine {
            y: 0,
            time: Micros(400_000),
        };
        assert_eq!(shapes.scale.last(), Some(&top));
    }

    #[test]
    fn the_scale_leaves_out_a_few_that_are_far_off() {
        let mut checks: Vec<_> = (0..100)
            .map(|n| check(n * 300, Counted::Up, Some(400)))
            .collect();
        checks[50].response_time = Some(Micros(9_000_000));
        checks[51].response_time = Some(Micros(2_000_000));
        let shapes = day_shapes(&DAY, &checks, &[], &[]);
        let clipped = Clipped {
            at: Moment(15_000),
            time: Micros(9_000_000),
        };
        assert_eq!(shapes.clipped, [clipped]);
        assert_eq!(shapes.dots.matches('M').count(), 98);
        assert_eq!(scale(vec![Micros(557_000); 9]), Some((200_000, 600_000)));
        assert_eq!(scale(vec![Micros(0)]), Some((1000, 1000)));
        assert_eq!(scale(vec![]), None);
    }

    #[test]
    fn a_check_each_second_is_drawn_by_the_minute() {
        let checks: Vec<_> = (0..86_400)
            .map(|at| {
                let failed = at == 30_000;
                let counted = if failed { Counted::Failed } else { Counted::Up };
                check(at, counted, (!failed).then_some(100))
            })
            .collect();
        let shapes = day_shapes(&DAY, &checks, &[], &[]);
        assert!(shapes.by_minute);
        assert_eq!(shapes.up.matches('M').count(), 1439);
        assert_eq!(shapes.failed, "M3003 0v32");
        assert_eq!(shapes.dots.matches('M').count(), 1440);
    }

    proptest! {
        #[test]
        fn a_scale_has_few_lines_and_nearly_all_times(times in prop::collection::vec(0..u64::MAX, 1..100)) {
            let micros = times.iter().map(|time| Micros(*time)).collect();
            let (step, top) = scale(micros).unwrap();
            assert!((1..=4).contains(&top.div_ceil(step)));
            let off = times.iter().filter(|time| **time > top).count();
            assert!(off * 20 <= times.len());
        }
    }
}
