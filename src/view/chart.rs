//! Numbers to shapes: day bars and response-time lines as SVG paths.

use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;

use crate::check::{Day, Micros};
use crate::stats::day::DayTally;

/// Height of a day's bar.
const HEIGHT: u64 = 28;

/// Width that a day takes, of which all but one is its bar.
pub(crate) const STEP: i32 = 4;

/// The minimum height of the failed part of a bar: a single failure in a day of 288 checks must be
/// visible. The part grows with the share of failed checks from there to the whole bar.
const LEAST_FAILED: u64 = 9;

/// One bar a day, as paths in a view box of `width` x 28.
///
/// A day without a failure is a full bar; one with failures is cut in two, the failed part
/// hanging from the top; one without checks outside planned time is a low stub. So the shape tells without colour.
#[derive(Debug, Default, Serialize)]
pub(crate) struct DayBars {
    pub width: i32,
    /// Bars, or lower parts, of checks that were up: vertical strokes 3 wide.
    pub up: String,
    /// Full bars of days without failures: horizontal strokes 28 high, dashed 3 to 1.
    pub flawless: String,
    /// Upper parts of failed checks: vertical strokes 3 wide.
    pub down: String,
    /// Stubs of days without checks outside planned time: horizontal strokes 4 high, dashed 3 to 1.
    pub none: String,
    /// The same as text, a word a day: `-` no checks, `p` only in planned time, `288` all up,
    /// `288/3` three failed.
    pub days: String,
    /// Days with at least one failed check.
    pub failed_days: u64,
}

/// The bars of some days.
pub(crate) fn day_bars<'a>(
    checks_on: impl Fn(Day) -> Option<&'a DayTally>,
    days: &Range<Day>,
) -> DayBars {
    let count = (days.end.0 - days.start.0).max(0);
    let mut bars = DayBars {
        width: count * STEP - 1,
        ..DayBars::default()
    };
    // Where the present run of flawless or empty days began; a run is one stroke.
    let mut flawless = None;
    let mut none = None;
    for n in 0..count {
        let tally = checks_on(days.start.plus(n));
        let (total, down) = tally.map_or((0, 0), |tally| (tally.up + tally.down, tally.down));
        let is_flawless = total > 0 && down == 0;
        extend(&mut bars.flawless, &mut flawless, n, is_flawless, 14);
        extend(&mut bars.none, &mut none, n, total == 0, 26);
        if n > 0 {
            bars.days.push(' ');
        }
        let _ = match (total, down) {
            (0, _) if tally.is_some_and(|tally| tally.total() > 0) => bars.days.write_char('p'),
            (0, _) => bars.days.write_char('-'),
            (total, 0) => write!(bars.days, "{total}"),
            (total, down) => write!(bars.days, "{total}/{down}"),
        };
        if down > 0 {
            bars.failed_days += 1;
            let x = n * STEP + 1;
            let failed = (LEAST_FAILED + (HEIGHT - LEAST_FAILED) * down / total).min(HEIGHT);
            let _ = write!(bars.down, "M{x}.5 0v{failed}");
            if failed + 1 < HEIGHT {
                let _ = write!(bars.up, "M{x}.5 {HEIGHT}V{}", failed + 2);
            }
        }
    }
    extend(&mut bars.flawless, &mut flawless, count, false, 14);
    extend(&mut bars.none, &mut none, count, false, 26);
    bars
}

/// Extends a run by day `n`, or draws the run that ended before it.
fn extend(path: &mut String, run: &mut Option<i32>, n: i32, belongs: bool, y: i32) {
    match (*run, belongs) {
        (None, true) => *run = Some(n),
        (Some(start), false) => {
            let _ = write!(path, "M{} {y}h{}", start * STEP, (n - start) * STEP - 1);
            *run = None;
        }
        _ => {}
    }
}

/// Response times by day, as two lines that days without any interrupt, in a view box of 360 x 100, from zero up.
#[derive(Debug)]
pub(crate) struct LatencyLines {
    pub median: String,
    pub p95: String,
    /// The response time at the top of the box.
    pub top: Micros,
}

/// The response times of some days; `None` if there are none.
pub(crate) fn latency_lines<'a>(
    checks_on: impl Fn(Day) -> Option<&'a DayTally>,
    days: &Range<Day>,
) -> Option<LatencyLines> {
    let count = (days.end.0 - days.start.0).max(1);
    let percentile = |n: i32, percent| {
        let tally = checks_on(days.start.plus(n))?;
        tally.latency()?.percentile(percent)
    };
    let highest = (0..count).filter_map(|n| percentile(n, 95)).max()?;
    let top = round_up(highest);
    let line = |percent| {
        let mut path = String::new();
        let mut pen = 'M';
        for n in 0..count {
            let Some(Micros(time)) = percentile(n, percent) else {
                pen = 'M';
                continue;
            };
            // A day alone would be a point without length, which is not drawn.
            let x = n * 360 / count + 180 / count;
            let y = 100 - time.saturating_mul(100) / top.0.max(1);
            let _ = write!(path, "{pen}{x} {y}");
            if pen == 'M' {
                path.push_str("h1");
            }
            pen = 'L';
        }
        path
    };
    Some(LatencyLines {
        median: line(50),
        p95: line(95),
        top,
    })
}

/// The next of 1, 2, 3, 5, 10, 20... milliseconds.
fn round_up(Micros(time): Micros) -> Micros {
    let mut unit = 1000_u64;
    loop {
        for times in [1, 2, 3, 5] {
            if time <= unit.saturating_mul(times) || unit > u64::MAX / 10 {
                return Micros(unit.saturating_mul(times));
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::{day_bars, latency_lines, round_up};
    use crate::check::{Day, Micros};
    use crate::stats::day::DayTally;
    use crate::stats::series::Series;

    fn series(days: &[(i32, u64, u64)]) -> Series<Day, DayTally> {
        let mut series = Series::default();
        for &(day, up, down) in days {
            let tally: &mut DayTally = series.entry(Day(day));
            (tally.up, tally.down) = (up, down);
        }
        series
    }

    #[test]
    fn one_failure_of_288_is_a_third_of_the_bar() {
        let checks = series(&[(0, 288, 0), (1, 287, 1), (2, 288, 0), (3, 0, 288)]);
        let bars = day_bars(|day| checks.get(day), &(Day(0)..Day(6)));
        assert_eq!(bars.days, "288 288/1 288 288/288 - -");
        assert_eq!(bars.width, 23);
        assert_eq!(bars.flawless, "M0 14h3M8 14h3");
        assert_eq!(bars.none, "M16 26h7");
        assert_eq!(bars.down, "M5.5 0v9M13.5 0v28");
        assert_eq!(bars.up, "M5.5 28V11");
        assert_eq!(bars.failed_days, 2);
    }

    #[test]
    fn a_chart_needs_response_times() {
        let checks = series(&[(0, 1, 0)]);
        assert!(latency_lines(|day| checks.get(day), &(Day(0)..Day(2))).is_none());
        assert_eq!(round_up(Micros(231_000)), Micros(300_000));
        assert_eq!(round_up(Micros(0)), Micros(1000));
    }
}
