//! Time as lists of spans, and the few rules that need nothing else.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// From a second up to another.
pub(super) type Span = (i64, i64);

/// The seconds of some spans that are within another.
pub(super) fn length(spans: &[Span], within: Span) -> i64 {
    let part = |span: &Span| (span.1.min(within.1) - span.0.max(within.0)).max(0);
    spans.iter().map(part).sum()
}

/// The parts of a span that are in none of some others, which are in order.
pub(super) fn without(span: Span, others: &[Span]) -> Vec<Span> {
    let mut rest = Vec::new();
    let mut from = span.0;
    for other in others {
        if other.0 < span.1 && other.1 > from {
            if other.0 > from {
                rest.push((from, other.0));
            }
            from = from.max(other.1);
        }
    }
    if from < span.1 {
        rest.push((from, span.1));
    }
    rest
}

/// The same time, in order and without overlap.
pub(super) fn union(spans: &[Span]) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans
        .iter()
        .copied()
        .filter(|span| span.0 < span.1)
        .collect();
    sorted.sort_unstable();
    let mut all: Vec<Span> = Vec::new();
    for span in sorted {
        match all.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => all.push(span),
        }
    }
    all
}

/// All time outside the hours, found by asking each quarter of an hour for its local time.
pub(super) fn off(hours: &str, zone: &str, from: i64, to: i64) -> Vec<Span> {
    let zone = TimeZone::get(zone).unwrap();
    let day = |name: &str| {
        let days = [
            ("Mon", Weekday::Monday),
            ("Tue", Weekday::Tuesday),
            ("Wed", Weekday::Wednesday),
            ("Thu", Weekday::Thursday),
            ("Fri", Weekday::Friday),
            ("Sat", Weekday::Saturday),
            ("Sun", Weekday::Sunday),
        ];
        let found = days.iter().find(|(known, _)| *known == name).unwrap();
        found.1.to_monday_zero_offset()
    };
    let minute = |text: &str| {
        let (h, m) = text.split_once(':').unwrap();
        h.parse::<i32>().unwrap() * 60 + m.parse::<i32>().unwrap()
    };
    let parts: Vec<_> = hours
        .split(", ")
        .map(|part| {
            let (days, times) = part.split_once(' ').unwrap();
            let (a, b) = days.split_once('-').unwrap_or((days, days));
            let (c, d) = times.split_once('-').unwrap();
            (day(a)..=day(b), minute(c)..minute(d))
        })
        .collect();
    let mut off = Vec::new();
    let mut at = from - from.rem_euclid(900);
    while at < to {
        let local = zone.to_datetime(Timestamp::from_second(at).unwrap());
        let day = local.date().weekday().to_monday_zero_offset();
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        if !parts
            .iter()
            .any(|(days, times)| days.contains(&day) && times.contains(&minute))
        {
            off.push((at, at + 900));
        }
        at += 900;
    }
    union(&off)
}

/// The third longest, of fewer than three the shortest.
pub(super) fn usual(gaps: &[i64]) -> Option<i64> {
    let mut sorted = gaps.to_vec();
    sorted.sort_unstable();
    match sorted.len() {
        0 => None,
        1 | 2 => Some(sorted[0]),
        n => Some(sorted[n - 3]),
    }
}

/// The first moment at which so many seconds without off time have passed.
pub(super) fn after(from: i64, seconds: i64, off: &[Span]) -> i64 {
    let mut left = seconds;
    for (a, b) in without((from, i64::MAX), off) {
        if b - a >= left {
            return a + left;
        }
        left -= b - a;
    }
    unreachable!("time does not end")
}
