//! Random logs of one URL, as hostile as logs get.

use std::num::NonZeroU32;

use jiff::tz::TimeZone;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use site_monitor::calendar::Calendar;
use site_monitor::check::{Check, Micros, Moment, Outcome, Timestamp, When};
use site_monitor::stats::needs::Needs;
use site_monitor::stats::planned::Planned;
use site_monitor::stats::rules::{Reading, Rules};
use site_monitor::stats::stretch::Stretch;

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) at: i64,
    pub(crate) outcome: Outcome,
    pub(crate) code: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) checks: Vec<Row>,
    pub(crate) notes: Vec<(i64, i64)>,
    pub(crate) hours: Option<&'static str>,
    pub(crate) zone: &'static str,
    pub(crate) threshold: u32,
    pub(crate) now: i64,
}

const ZONES: [&str; 7] = [
    "Asia/Tokyo",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
];

const HOURS: [&str; 6] = [
    "Mon-Fri 09:00-18:00",
    "Mon-Sun 01:00-03:00",
    "Mon-Sun 00:00-24:00",
    "Sat 22:15-24:00, Sun 00:00-02:30",
    "Mon-Fri 00:15-23:45, Sun 12:00-12:15",
    "Mon-Sun 06:00-22:00",
];

/// Before clock changes of several zones, and in summer.
const STARTS: [i64; 6] = [
    1_729_900_000,
    1_730_500_000,
    1_711_800_000,
    1_709_990_000,
    1_728_130_000,
    1_720_000_000,
];

fn gap(base: i64) -> impl Strategy<Value = i64> {
    prop_oneof![
        12 => Just(base),
        8 => (base - base / 20)..=(base + base / 20),
        2 => 0..70_i64,
        1 => 0..2_i64,
        2 => (1..8_i64).prop_map(move |n| n * base),
        2 => (-2..=2_i64).prop_map(move |n| (3 * base + n).max(0)),
        1 => 60..20_000_i64,
        1 => 3600..400_000_i64,
        1 => (2..8_i64).prop_map(|hours| hours * 3600),
    ]
}

/// Checks of one cadence: seconds since the one before, outcome, code.
fn piece() -> impl Strategy<Value = Vec<(i64, Outcome, u8)>> {
    let outcomes = prop_oneof![
        4 => Just([95, 4]),
        3 => Just([50, 47]),
        2 => Just([5, 95]),
        1 => Just([30, 30]),
    ];
    let base = select(vec![20_i64, 60, 300, 300, 900, 3600, 10_800, 86_400]);
    (base, outcomes).prop_flat_map(|(base, [up, down])| {
        let outcome = (0..100).prop_map(move |n| match n {
            n if n < up => Outcome::Up,
            n if n < up + down => Outcome::Down,
            _ => Outcome::Maintenance,
        });
        vec((gap(base), outcome, 0..4_u8), 0..45)
    })
}

pub(crate) fn scenarios() -> impl Strategy<Value = Scenario> {
    let pieces = vec(piece(), 1..4);
    let start = (select(&STARTS[..]), 0..200_000_i64);
    let long = prop_oneof![5 => 0..100_i64, 5 => 0..5000_i64, 2 => 0..300_000_i64];
    let notes = vec(
        (any::<proptest::sample::Index>(), -500..4000_i64, long),
        0..4,
    );
    let hours = prop_oneof![3 => Just(None), 2 => select(&HOURS[..]).prop_map(Some)];
    let now = prop_oneof![
        2 => -250..=0_i64,
        4 => 0..1000_i64,
        3 => 0..12_000_i64,
        2 => 0..500_000_i64,
        1 => 0..5_000_000_i64,
    ];
    (
        pieces,
        start,
        notes,
        hours,
        select(&ZONES[..]),
        1..=3_u32,
        now,
    )
        .prop_map(
            |(pieces, (start, offset), notes, hours, zone, threshold, ahead)| {
                let mut at = start + offset;
                let checks = pieces.concat().into_iter().map(|(gap, outcome, code)| {
                    at += gap;
                    Row { at, outcome, code }
                });
                let checks: Vec<Row> = checks.collect();
                let notes = notes.into_iter().map(|(index, offset, seconds)| {
                    let near = checks.get(index.index(checks.len().max(1)));
                    let from = near.map_or(start, |check| check.at) + offset;
                    (from, from + seconds)
                });
                Scenario {
                    notes: notes.collect(),
                    now: at + ahead,
                    checks,
                    hours,
                    zone,
                    threshold,
                }
            },
        )
}

impl Scenario {
    pub(crate) fn calendar(&self) -> Calendar {
        Calendar::new(TimeZone::get(self.zone).unwrap())
    }

    pub(crate) fn rules(&self) -> Rules {
        let notes = self
            .notes
            .iter()
            .map(|(from, to)| Moment(*from)..Moment(*to));
        let hours = self.hours.map(|text| text.parse().unwrap());
        Rules {
            threshold: NonZeroU32::new(self.threshold).unwrap(),
            planned: Planned::new(notes.collect(), hours),
        }
    }

    /// Calls `f` with the reading of everything.
    pub(crate) fn read<T>(&self, f: impl FnOnce(Reading) -> T) -> T {
        let (rules, calendar) = (self.rules(), self.calendar());
        f(Reading {
            rules: &rules,
            calendar: &calendar,
            needs: &Needs::ALL,
        })
    }
}

pub(crate) fn add(stretch: &mut Stretch, rows: &[Row], reading: Reading) {
    for row in rows {
        let at = Moment(row.at);
        let when = When {
            at,
            day: reading.calendar.day_of(at),
        };
        let code = row.code.to_string();
        let check = Check {
            url: "https://example.jp/",
            outcome: row.outcome,
            code: &code,
            time: Timestamp::At(when),
            response_time: Some(Micros(row.at.unsigned_abs() % 1000)),
        };
        stretch.add(when, &check, reading).unwrap();
    }
}

pub(crate) fn stretch(rows: &[Row], reading: Reading) -> Stretch {
    let mut stretch = Stretch::default();
    add(&mut stretch, rows, reading);
    stretch
}
