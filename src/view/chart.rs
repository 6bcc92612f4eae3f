//! Numbers to the shapes of charts: scales, lines, steps and stacks. The plots are as wide as the
//! page, so that across they are in percent or in a box that is stretched, and down in pixels. What
//! the shapes are of is not known here.

use std::fmt::Write;

use crate::check::Micros;

/// An axis from zero up, with a line at each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    pub top: u64,
    pub step: u64,
}

impl Scale {
    /// The axis that reaches `most` in at most five steps of 1, 2 or 5 times a power of ten, and
    /// none below `finest`.
    pub(crate) fn reaching(most: u64, finest: u64) -> Self {
        let mut unit = 1_u64;
        loop {
            for times in [1, 2, 5] {
                let step = unit.saturating_mul(times);
                let steps = most.div_ceil(step).max(1);
                if step >= finest && steps <= 5 || unit > u64::MAX / 100 {
                    let top = step.saturating_mul(steps);
                    return Self { top, step };
                }
            }
            unit *= 10;
        }
    }

    /// Its lines, from zero up to the top.
    pub(crate) fn lines(self) -> impl Iterator<Item = u64> {
        (0..=self.top / self.step).map(move |n| n * self.step)
    }

    /// The height of a value in tenths of a pixel; of one that is too large, the plot's.
    fn tenths(self, value: u64, height: u32) -> u64 {
        let all = u128::from(height) * 10;
        let part = u128::from(value.min(self.top)) * all / u128::from(self.top.max(1));
        u64::try_from(part).unwrap_or_default()
    }

    /// How far down a value is in a plot of so many pixels.
    pub(crate) fn y(self, value: u64, height: u32) -> String {
        decimal(u64::from(height) * 10 - self.tenths(value, height))
    }
}

/// A number of tenths.
fn decimal(tenths: u64) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// How far across the middle of the place `n` of `count` is, or with `half` 0 its start.
fn across(n: usize, half: usize, count: usize) -> String {
    let hundredths = (2 * n + half) * 10_000 / (2 * count.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The middle of the place `n` of `count`.
pub(crate) fn middle(n: usize, count: usize) -> String {
    across(n, 1, count)
}

/// The start of the place `n` of `count`.
pub(crate) fn start(n: usize, count: usize) -> String {
    across(n, 0, count)
}

/// Response times by day, as two lines that days without any interrupt, in a box as wide as there
/// are days.
#[derive(Debug)]
pub(crate) struct LatencyLines {
    pub median: String,
    pub p95: String,
    /// In microseconds.
    pub scale: Scale,
    /// The days that are above it.
    pub beyond: Vec<Beyond>,
}

/// A day whose value is above the scale.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Beyond {
    pub day: usize,
    pub time: Micros,
    /// Whether there is room for its value.
    pub is_labelled: bool,
}

/// How many days a label takes.
const LABEL_DAYS: usize = 14;

/// The lines of the median and the 95th percentile of each day, in a plot of so many pixels; `None`
/// without any. A few days that are far above the rest are clipped, or nothing else would be seen.
pub(crate) fn latency_lines(
    days: &[Option<(Micros, Micros)>],
    height: u32,
) -> Option<LatencyLines> {
    let mut highs: Vec<u64> = days.iter().flatten().map(|(_, p95)| p95.0).collect();
    highs.sort_unstable();
    let rank = (highs.len() * 95).div_ceil(100);
    let usual = *highs.get(rank.checked_sub(1)?)?;
    let scale = Scale::reaching(usual.saturating_mul(6) / 5, 1000);
    let line = |of: fn(&(Micros, Micros)) -> Micros| {
        let times = days.iter().map(|day| day.as_ref().map(of));
        path(times.map(|time| time.map(|time| time.0)), scale, height)
    };
    Some(LatencyLines {
        median: line(|(median, _)| *median),
        p95: line(|(_, p95)| *p95),
        scale,
        beyond: beyond(days, scale),
    })
}

/// A line through the middles of the places that have a value.
fn path(values: impl Iterator<Item = Option<u64>>, scale: Scale, height: u32) -> String {
    let values: Vec<(usize, Option<u64>)> = values.enumerate().collect();
    let mut path = String::new();
    for run in values.chunk_by(|(_, a), (_, b)| a.is_some() == b.is_some()) {
        let known: Vec<(usize, String)> = run
            .iter()
            .filter_map(|(n, value)| Some((*n, scale.y((*value)?, height))))
            .collect();
        match known.as_slice() {
            // A point would have no length, and is not drawn.
            [(n, y)] => {
                let _ = write!(path, "M{n}.2 {y}h.6");
            }
            run => {
                for (at, (n, y)) in run.iter().enumerate() {
                    let pen = if at == 0 { 'M' } else { 'L' };
                    let _ = write!(path, "{pen}{n}.5 {y}");
                }
            }
        }
    }
    path
}

fn beyond(days: &[Option<(Micros, Micros)>], scale: Scale) -> Vec<Beyond> {
    let of = |(day, times): (usize, &Option<(Micros, Micros)>)| {
        let time = times.map(|(_, p95)| p95).filter(|p95| p95.0 > scale.top)?;
        Some(Beyond {
            day,
            time,
            is_labelled: false,
        })
    };
    let mut all: Vec<Beyond> = days.iter().enumerate().filter_map(of).collect();
    let mut by_time: Vec<(Micros, usize)> = all.iter().map(|one| (one.time, one.day)).collect();
    by_time.sort_by_key(|(time, day)| (std::cmp::Reverse(*time), *day));
    let mut labelled: Vec<usize> = Vec::new();
    for (_, day) in by_time {
        if labelled
            .iter()
            .all(|other| other.abs_diff(day) >= LABEL_DAYS)
        {
            labelled.push(day);
        }
    }
    for one in &mut all {
        one.is_labelled = labelled.contains(&one.day);
    }
    all
}

/// Values as steps from the base line and back to it, in a box as wide as there are values.
pub(crate) fn steps(values: &[u64], scale: Scale, height: u32) -> String {
    let mut path = format!("M0 {height}");
    for (n, value) in values.iter().enumerate() {
        let _ = write!(path, "V{}H{}", scale.y(*value, height), n + 1);
    }
    let _ = write!(path, "V{height}");
    path
}

/// A block of a column: where it begins and how tall it is, in pixels.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub y: String,
    pub height: String,
}

/// The least height of a block, in tenths of a pixel, so that one of many is seen.
const LEAST: u64 = 20;

/// Values on top of each other, with a gap of a pixel; `None` where a value is zero.
pub(crate) fn stack<const N: usize>(
    values: [u64; N],
    scale: Scale,
    height: u32,
) -> [Option<Block>; N] {
    let mut base = u64::from(height) * 10;
    values.map(|value| {
        if value == 0 {
            return None;
        }
        let tall = scale.tenths(value, height).max(LEAST).min(base);
        base -= tall;
        Some(Block {
            y: decimal(base),
            height: decimal(tall - 10.min(tall / 2)),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Micros, Scale, latency_lines, middle, stack, start, steps};

    #[test]
    fn a_scale_is_round_and_reaches() {
        let scale = |most, finest| {
            let Scale { top, step } = Scale::reaching(most, finest);
            (top, step)
        };
        assert_eq!(scale(672_000, 1000), (800_000, 200_000));
        assert_eq!(scale(17, 1), (20, 5));
        assert_eq!(scale(1, 1), (1, 1));
        assert_eq!(scale(0, 1000), (1000, 1000));
        assert_eq!(scale(5, 1), (5, 1));
        assert!(scale(u64::MAX, 1).0 > u64::MAX / 2);
        let lines: Vec<u64> = Scale::reaching(17, 1).lines().collect();
        assert_eq!(lines, [0, 5, 10, 15, 20]);
    }

    #[test]
    fn places_are_in_percent_of_the_width() {
        assert_eq!(
            (start(0, 90), middle(0, 90)),
            ("0.00%".into(), "0.55%".into())
        );
        assert_eq!(start(45, 90), "50.00%");
    }

    #[test]
    fn days_without_times_interrupt_the_lines() {
        let day = |median, p95| Some((Micros(median), Micros(p95)));
        let lines = latency_lines(&[day(1000, 2000), None, day(2000, 2000), day(0, 2000)], 100);
        let lines = lines.unwrap();
        assert_eq!(lines.scale, Scale::reaching(2400, 1000));
        assert_eq!(lines.median, "M0.2 66.7h.6M2.5 33.4L3.5 100");
        assert_eq!(lines.beyond, []);
        assert!(latency_lines(&[None, None], 100).is_none());
        assert!(latency_lines(&[], 100).is_none());
    }

    #[test]
    fn days_far_above_the_rest_are_clipped_and_named_where_there_is_room() {
        let mut days = [Some((Micros(200_000), Micros(300_000))); 90];
        for (day, time) in [(10, 2_000_000), (12, 3_000_000), (60, 900_000)] {
            days[day] = Some((Micros(200_000), Micros(time)));
        }
        let lines = latency_lines(&days, 160).unwrap();
        assert_eq!(lines.scale.top, 400_000);
        let found: Vec<_> = lines
            .beyond
            .iter()
            .map(|one| (one.day, one.time.0, one.is_labelled))
            .collect();
        let want = [
            (10, 2_000_000, false),
            (12, 3_000_000, true),
            (60, 900_000, true),
        ];
        assert_eq!(found, want);
        // A clipped day touches the top, the others do not.
        assert!(lines.p95.contains("L12.5 0L13.5 40"), "{}", lines.p95);
    }

    #[test]
    fn one_of_many_is_seen_in_a_stack() {
        let scale = Scale::reaching(1440, 1);
        let [most, one, none] = stack([1439, 1, 0], scale, 120).map(|block| {
            block.map(|block| (block.y.parse().unwrap(), block.height.parse().unwrap()))
        });
        let (y, height): (f64, f64) = most.unwrap();
        assert!(y + height <= 119.0 && y > 2.0, "{y} {height}");
        let (y_of_one, height_of_one): (f64, f64) = one.unwrap();
        assert!(y_of_one + height_of_one < y && height_of_one >= 1.0);
        assert_eq!(none, None);
        // What is not there takes no room.
        let [_, alone] = stack([0, 720], scale, 120);
        assert_eq!(alone.unwrap().y, "62.4");
    }

    #[test]
    fn steps_stand_on_the_base_line() {
        let scale = Scale { top: 4, step: 1 };
        assert_eq!(steps(&[0, 4, 1], scale, 40), "M0 40V40H1V0H2V30H3V40");
    }
}
