//! Response times: how they went in ninety days, and how they were spread this month.

use std::ops::Range;

use serde::Serialize;

use super::axis::{Line, Tick, lines, ticks};
use super::bars::{date, percent};
use crate::answer::BAR_DAYS;
use crate::calendar;
use crate::check::{Day, Micros};
use crate::period::Period;
use crate::stats::latency::Histogram;
use crate::stats::report::Report;
use crate::view::chart::{self, Scale, latency_lines};
use crate::view::context::PageContext;
use crate::view::phrase;

/// Heights of the plots, in pixels.
const TALL: u32 = 160;
const LOW: u32 = 120;

/// The width of a bin in microseconds, and how many there are below the last.
const BIN: u64 = 50_000;
const BINS: u64 = 20;

#[derive(Serialize)]
pub(super) struct Response {
    label: String,
    lines: Vec<Line>,
    ticks: Vec<Tick>,
    /// As wide as there are days.
    width: i32,
    median: String,
    p95: String,
    beyond: Vec<Beyond>,
}

/// A day above the scale.
#[derive(Serialize)]
struct Beyond {
    x: String,
    title: String,
    /// Its value, if there is room for it.
    text: Option<String>,
    text_x: i32,
    anchor: &'static str,
}

impl Response {
    /// `None` without response times.
    pub(super) fn of(context: &PageContext, report: &Report) -> Option<Self> {
        let words = context.words().site_page;
        let days = context.calendar().last_days(context.now, BAR_DAYS);
        let of_day = |day| {
            let latency = report.checks_on(day)?.latency()?;
            Some((latency.percentile(50)?, latency.percentile(95)?))
        };
        let times: Vec<_> = (days.start.0..days.end.0)
            .map(|day| of_day(Day(day)))
            .collect();
        let drawn = latency_lines(&times, TALL)?;
        let median = report.figures_of(&days).percentiles().median?;
        let beyond = drawn.beyond.iter().map(|one| {
            let time = phrase::response_time(one.time);
            let is_left = one.day * 2 < times.len();
            let day = Day(days.start.0 + i32::try_from(one.day).unwrap_or(0));
            Beyond {
                x: chart::middle(one.day, times.len()),
                title: (words.beyond)(&date(day), &time),
                text: one.is_labelled.then_some(time),
                text_x: if is_left { 8 } else { -8 },
                anchor: if is_left { "start" } else { "end" },
            }
        });
        let time = |value| phrase::response_time(Micros(value));
        Some(Self {
            label: (words.response_label)(&phrase::response_time(median), &time(drawn.scale.top)),
            lines: lines(drawn.scale, TALL, |value| match value {
                0 => "0".to_owned(),
                value => time(value),
            }),
            ticks: ticks(words, &days, 1, 3),
            width: BAR_DAYS,
            beyond: beyond.collect(),
            median: drawn.median,
            p95: drawn.p95,
        })
    }
}

/// The spread of response times in a month, beside that of the month before.
#[derive(Serialize)]
pub(super) struct Spread {
    label: String,
    lines: Vec<Line>,
    marks: Vec<BinMark>,
    bins: Vec<Bin>,
    count: u64,
    now: String,
    before: Option<Before>,
}

#[derive(Serialize)]
struct Bin {
    x: String,
    y: String,
    height: String,
    title: String,
}

/// A value below the bins.
#[derive(Serialize)]
struct BinMark {
    x: String,
    text: String,
    /// Left out where a chart is narrow.
    class: &'static str,
}

#[derive(Serialize)]
struct Before {
    name: String,
    outline: String,
}

/// How many of ten thousand response times are in each bin, the last of which has no end.
pub(super) fn shares(latency: &Histogram) -> Vec<u64> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is between 0 and 1"
    )]
    let share = |times: f64| (times * 10_000.0 / (latency.count().max(1)) as f64).round() as u64;
    let below = |bin: u64| match bin {
        0 => 0.0,
        1..=BINS => latency.below(Micros(bin * BIN)),
        _ => latency.below(Micros(u64::MAX)),
    };
    (0..=BINS)
        .map(|bin| share(below(bin + 1) - below(bin)))
        .collect()
}

impl Spread {
    /// That of the month of the last check; `None` without response times.
    pub(super) fn of(context: &PageContext, report: &Report) -> Option<Self> {
        let words = context.words().site_page;
        let (_, last) = report.edges()?;
        let day = calendar::date(context.calendar().day_of(last));
        let month = Period::parse(&day.strftime("%Y%m").to_string())?;
        let (now, median) = of_days(report, &month.days())?;
        let before = month
            .previous()
            .and_then(|before| Some((before, of_days(report, &before.days())?)));
        let former = before.as_ref().map(|(_, (shares, _))| shares);
        let most = now.iter().chain(former.into_iter().flatten()).max()?;
        let scale = Scale::reaching(*most, 100);
        let name = |month: Period| phrase::month(&month.to_string(), context.words());
        let named =
            |month, median| (words.month_with_median)(&name(month), &phrase::response_time(median));
        let bin = |(n, share): (usize, &u64)| {
            let from = n as u64 * BIN / 1000;
            let of_bin = if (n as u64) < BINS {
                (words.bin)(from, from + BIN / 1000)
            } else {
                words.last_bin.to_owned()
            };
            let former = former.map_or(String::new(), |shares| percent(shares[n]));
            let [block] = chart::stack([*share], scale, LOW);
            block.map(|block| Bin {
                x: chart::start(n, now.len()),
                y: block.y,
                height: block.height,
                title: (words.bin_shares)(&of_bin, &percent(*share), &former),
            })
        };
        let mark = |n: usize| BinMark {
            x: chart::start(n, now.len()),
            text: (n as u64 * BIN / 1000).to_string(),
            class: if n == 16 { " hide" } else { "" },
        };
        Some(Self {
            label: (words.bins_label)(&name(month), &phrase::response_time(median)),
            lines: lines(scale, LOW, percent),
            marks: (1..=4).map(|n| mark(4 * n)).collect(),
            bins: now.iter().enumerate().filter_map(bin).collect(),
            count: BINS + 1,
            now: named(month, median),
            before: before.map(|(before, (shares, median))| Before {
                name: named(before, median),
                outline: chart::steps(&shares, scale, LOW),
            }),
        })
    }
}

/// The bins of some days and their median; `None` without response times.
fn of_days(report: &Report, days: &Range<Day>) -> Option<(Vec<u64>, Micros)> {
    let latency = report.figures_of(days).latency();
    Some((shares(&latency), latency.percentile(50)?))
}

#[cfg(test)]
mod tests {
    use super::{Histogram, Micros, shares};

    #[test]
    fn bins_have_all_times_and_the_last_has_no_end() {
        let mut latency = Histogram::default();
        for millis in [10, 210, 220, 5000] {
            latency.add(Micros(millis * 1000));
        }
        let shares = shares(&latency);
        assert_eq!(shares.len(), 21);
        assert_eq!((shares[0], shares[20]), (2500, 2500));
        // Within 5 %, times are not told apart.
        assert!(shares[3] + shares[4] >= 4999, "{shares:?}");
        assert!(
            (9998..=10_002).contains(&shares.iter().sum::<u64>()),
            "{shares:?}"
        );
    }
}
