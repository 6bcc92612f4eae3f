//! Days to bars: one bar a day, as SVG paths. What a day looks like does not depend on colour: one
//! that failed sticks out above the others, one without checks is a stub.

use std::fmt::Write;

use serde::Serialize;

/// The measures of bars, in units of the view box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Geometry {
    /// Height of the view box.
    height: u32,
    /// Where the band of good days begins. A failed day begins at 0.
    band_at: u32,
    /// Width that a day takes, of which `gap` is left free.
    pitch: u32,
    gap: u32,
    /// The least and the most that is red of a day with failures, so that one failed check is seen,
    /// and one check that was up.
    least: u32,
    most: u32,
}

impl Geometry {
    /// A row of an overview.
    pub(crate) const ROW: Self = Self {
        height: 28,
        band_at: 6,
        pitch: 5,
        gap: 1,
        least: 10,
        most: 23,
    };
    /// The page of a site.
    pub(crate) const LARGE: Self = Self {
        height: 44,
        band_at: 9,
        pitch: 13,
        gap: 2,
        least: 16,
        most: 38,
    };
    /// A row of a report, on paper.
    pub(crate) const SMALL: Self = Self {
        height: 20,
        band_at: 5,
        pitch: 4,
        gap: 1,
        least: 8,
        most: 16,
    };

    /// The same of some months: without gaps.
    pub(crate) const THIN: Self = Self {
        pitch: 2,
        gap: 0,
        ..Self::SMALL
    };

    /// Width of a day's bar.
    fn bar(self) -> u32 {
        self.pitch - self.gap
    }

    /// Height of the band.
    fn band(self) -> u32 {
        self.height - self.band_at
    }
}

/// What a day was, and of how many thousandths of it that is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It has not begun.
    Future,
    /// It is before the first check.
    Before,
    /// It has no checks that count.
    Empty,
    /// No check failed.
    Good,
    /// Some or all failed.
    Failed(u32),
    /// None failed, and some of it was maintenance.
    Maintenance(u32),
}

impl Mark {
    /// The worse of two sites on one day: a failure, then maintenance, then what was watched.
    pub(crate) fn or_worse(self, other: Self) -> Self {
        let rank = |mark| match mark {
            Self::Future => (0, 0),
            Self::Before => (1, 0),
            Self::Empty => (2, 0),
            Self::Good => (3, 0),
            Self::Maintenance(share) => (4, share),
            Self::Failed(share) => (5, share),
        };
        if rank(other) > rank(self) {
            other
        } else {
            self
        }
    }
}

/// Bars as paths in a view box of `width` x `height`.
#[derive(Debug, Default, Serialize)]
pub(crate) struct DayBars {
    pub width: u32,
    pub height: u32,
    /// Good days: horizontal strokes as wide as the band, dashed into days.
    good: String,
    band: u32,
    dash: String,
    /// What is green of other days.
    up: String,
    down: String,
    planned: String,
    /// Lines over maintenance, where bars are wide enough for them.
    hatch: String,
    /// Stubs of days without checks: horizontal strokes, dashed into days.
    none: String,
    /// The base line before the first check.
    before: String,
    #[serde(skip)]
    pub days_before: usize,
    #[serde(skip)]
    pub failed_days: usize,
    #[serde(skip)]
    pub maintenance_days: usize,
}

/// Height of a stub.
const STUB: u32 = 4;

/// Bars of at least this width are hatched.
const HATCHED: u32 = 8;

/// The bars of some days.
pub(crate) fn day_bars(days: &[Mark], geometry: Geometry) -> DayBars {
    let Geometry {
        height,
        band_at,
        pitch,
        gap,
        ..
    } = geometry;
    let (bar, band) = (geometry.bar(), geometry.band());
    let mut bars = DayBars {
        width: pitch * u32::try_from(days.len()).unwrap_or(0),
        height,
        band,
        dash: format!("{bar} {gap}"),
        ..DayBars::default()
    };
    let mut x = 0;
    for run in days.chunk_by(|a, b| a == b) {
        let length = pitch * u32::try_from(run.len()).unwrap_or(0);
        // One stroke for all of a run, without the gap after it.
        let stroke = |path: &mut String, y: u32| {
            let _ = write!(path, "M{x} {y}h{}", length - gap);
        };
        match run[0] {
            Mark::Future => {}
            Mark::Before => {
                bars.days_before += run.len();
                stroke(&mut bars.before, height - 1);
            }
            Mark::Empty => stroke(&mut bars.none, height - STUB / 2),
            Mark::Good => stroke(&mut bars.good, band_at + band / 2),
            Mark::Failed(share) => {
                bars.failed_days += run.len();
                for x in (x..x + length).step_by(pitch as usize) {
                    let failed = if share >= 1000 {
                        height
                    } else {
                        (band_at + share * band / 1000).clamp(geometry.least, geometry.most)
                    };
                    block(&mut bars.down, x, 0, bar, failed);
                    if failed < height {
                        block(&mut bars.up, x, failed + 1, bar, height - failed - 1);
                    }
                }
            }
            Mark::Maintenance(share) => {
                bars.maintenance_days += run.len();
                for x in (x..x + length).step_by(pitch as usize) {
                    let planned = (share.min(1000) * band / 1000).max(band / 2);
                    block(&mut bars.planned, x, height - planned, bar, planned);
                    if planned + 1 < band {
                        block(&mut bars.up, x, band_at, bar, band - planned - 1);
                    }
                    if bar >= HATCHED {
                        for y in (height - planned + 3..height).step_by(4) {
                            let _ = write!(bars.hatch, "M{x} {y}h{bar}");
                        }
                    }
                }
            }
        }
        x += length;
    }
    bars
}

fn block(path: &mut String, x: u32, y: u32, width: u32, height: u32) {
    // What is filled need not be closed.
    let _ = write!(path, "M{x} {y}v{height}h{width}V{y}");
}

#[cfg(test)]
mod tests {
    use super::{Geometry, Mark, day_bars};

    #[test]
    fn a_failed_day_sticks_out_and_shows_one_check_of_many() {
        let days = [
            Mark::Before,
            Mark::Good,
            Mark::Good,
            Mark::Failed(0),
            Mark::Failed(1000),
            Mark::Empty,
            Mark::Future,
        ];
        let bars = day_bars(&days, Geometry::ROW);
        assert_eq!((bars.width, bars.height), (35, 28));
        assert_eq!(bars.before, "M0 27h4");
        assert_eq!(bars.good, "M5 17h9");
        assert_eq!(bars.down, "M15 0v10h4V0M20 0v28h4V0");
        assert_eq!(bars.up, "M15 11v17h4V11");
        assert_eq!(bars.none, "M25 26h4");
        assert_eq!((bars.failed_days, bars.maintenance_days), (2, 0));
    }

    #[test]
    fn maintenance_stands_on_the_base_and_is_hatched_where_bars_are_wide() {
        let bars = day_bars(&[Mark::Maintenance(100)], Geometry::SMALL);
        assert_eq!(bars.planned, "M0 13v7h3V13");
        assert_eq!(bars.up, "M0 5v7h3V5");
        assert_eq!(bars.hatch, "");
        let bars = day_bars(&[Mark::Maintenance(1000)], Geometry::LARGE);
        assert_eq!(bars.planned, "M0 9v35h11V9");
        assert_eq!(bars.up, "");
        assert_ne!(bars.hatch, "");
    }
}
