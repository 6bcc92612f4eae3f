//! What holds for summaries, however the files of a site folder are cut and merged.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroU32;

use jiff::tz::TimeZone;
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use proptest::sample::Index;

use super::{Dated, SourceMonth, Summary};
use crate::calendar::Calendar;
use crate::check::{Check, Day, Micros, Moment, Outcome, Timestamp, When};
use crate::period::{FileMonth, Months};
use crate::stats::day::DayTally;
use crate::stats::incident::Record;
use crate::stats::needs::Needs;
use crate::stats::planned::Planned;
use crate::stats::rules::{Rules, SiteReading, SiteRules};
use crate::stats::series::Series;
use crate::stats::stretch::{Details, Edges};
use crate::stats::tally::Tally;

/// A row of a log of several URLs.
#[derive(Clone, Debug)]
struct Row {
    url: u8,
    /// Seconds since the row before.
    gap: i64,
    outcome: Outcome,
    code: u8,
    time: Time,
}

/// What a row has in its column of time.
#[derive(Clone, Copy, Debug)]
enum Time {
    Nothing,
    Past,
    Future,
}

const START: i64 = 1_730_386_800;

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let gap = prop_oneof![8 => Just(300_i64), 2 => 295..310_i64, 1 => 0..100_000_i64];
    let outcome = prop_oneof![
        5 => Just(Outcome::Up),
        4 => Just(Outcome::Down),
        1 => Just(Outcome::Maintenance),
    ];
    let time =
        prop_oneof![8 => Just(Time::Past), 1 => Just(Time::Nothing), 1 => Just(Time::Future)];
    let row = (0..3_u8, gap, outcome, 0..4_u8, time);
    let row = row.prop_map(|(url, gap, outcome, code, time)| Row {
        url,
        gap,
        outcome,
        code,
        time,
    });
    prop::collection::vec(row, 0..60)
}

/// Calls `f` with the reading of everything, by a threshold of two and with a maintenance note.
fn read<T>(f: impl FnOnce(SiteReading) -> T) -> T {
    let note = Moment(START + 20_000)..Moment(START + 30_000);
    let rules = SiteRules {
        default: Rules {
            threshold: NonZeroU32::MIN.saturating_add(1),
            planned: Planned::new(vec![note], None),
        },
        by_url: BTreeMap::new(),
    };
    f(SiteReading {
        rules: &rules,
        calendar: &Calendar::new(TimeZone::get("Asia/Tokyo").unwrap()),
        needs: &Needs::ALL,
    })
}

fn time(time: Time, at: Moment, calendar: &Calendar) -> Timestamp {
    let when = |at| When {
        at,
        day: calendar.day_of(at),
    };
    match time {
        Time::Nothing => Timestamp::Missing,
        Time::Past => Timestamp::At(when(at)),
        Time::Future => Timestamp::Ahead(when(Moment(at.0 + 400_000_000))),
    }
}

/// The summary of a file's rows that begin at a moment, and the moment after them.
fn summary(month: &str, start: i64, rows: &[Row], reading: SiteReading) -> (Summary, i64) {
    let source = SourceMonth::of(FileMonth::of_text(month));
    let mut summary = Summary::default();
    let mut at = start;
    for row in rows {
        at += row.gap;
        let (url, code) = (format!("https://{}/", row.url), row.code.to_string());
        let check = Check {
            url: &url,
            outcome: row.outcome,
            code: &code,
            time: time(row.time, Moment(at), reading.calendar),
            response_time: Some(Micros(at.unsigned_abs() % 1000)),
        };
        summary.add(&source, &check, &reading);
    }
    summary.rest(reading);
    (summary, at)
}

fn merged(a: &Summary, b: &Summary, reading: SiteReading) -> Summary {
    let mut sum = a.clone();
    sum.merge(b.clone(), reading);
    sum
}

/// All that a summary knows of a URL.
type Known = (
    BTreeMap<String, Tally>,
    Option<(Edges, VecDeque<Record>, Details)>,
    Series<Day, DayTally>,
);

fn known(summary: &Summary, reading: SiteReading) -> BTreeMap<String, Known> {
    let mut summary = summary.clone();
    summary.rest(reading);
    let urls = summary.urls.into_iter().map(|(name, url)| {
        let dated = match url.dated {
            Dated::None => None,
            Dated::Sorted(stretch) => {
                let incidents = stretch.incidents().cloned().collect();
                Some((stretch.edges(), incidents, stretch.details()))
            }
            Dated::Unsorted { .. } => panic!("{name} is not sorted"),
        };
        (name, (url.months, dated, url.ahead))
    });
    urls.collect()
}

#[test]
fn unsorted_checks_are_counted_and_left_to_be_sorted() {
    read(|reading| {
        let row = |gap| Row {
            url: 0,
            gap,
            outcome: Outcome::Up,
            code: 0,
            time: Time::Past,
        };
        let rows: Vec<Row> = (0..1000).map(|_| row(-86_400)).collect();
        let (summary, _) = summary("202411", START, &rows, reading);
        let url = &summary.urls["https://0/"];
        assert!(!summary.is_sorted());
        assert!(matches!(url.dated, Dated::Unsorted { checks: 1000 }));
        assert_eq!(url.tally(&Months::All).total(), 1000);
    });
}

proptest! {
    #[test]
    fn splitting_a_log_anywhere_gives_the_same_summary(rows in rows(), at in any::<Index>()) {
        read(|reading| {
            let (left, right) = rows.split_at(at.index(rows.len() + 1));
            let (before, border) = summary("202411", START, left, reading);
            let (after, _) = summary("202411", border, right, reading);
            let all = summary("202411", START, &rows, reading).0;
            assert_eq!(known(&merged(&before, &after, reading), reading), known(&all, reading));
        });
    }

    #[test]
    fn merging_is_associative(a in rows(), b in rows(), c in rows()) {
        read(|reading| {
            let (a, end) = summary("202411", START, &a, reading);
            let (b, end) = summary("202411", end, &b, reading);
            let (c, _) = summary("202412", end, &c, reading);
            let left = merged(&merged(&a, &b, reading), &c, reading);
            let right = merged(&a, &merged(&b, &c, reading), reading);
            assert_eq!(known(&left, reading), known(&right, reading));
        });
    }

    #[test]
    fn every_check_is_counted_once(rows in rows()) {
        read(|reading| {
            let (summary, _) = summary("202411", START, &rows, reading);
            let count = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
            let mut sum = Tally::default();
            let (mut dated, mut ahead) = (0, 0);
            for url in summary.urls.values() {
                sum.merge(&url.tally(&Months::All));
                dated += url.dated.checks();
                ahead += url.ahead.iter().map(|(_, day)| day.total()).sum::<u64>();
            }
            assert_eq!(sum.total(), count(&|_| true));
            assert_eq!(sum.up, count(&|row| row.outcome == Outcome::Up));
            assert_eq!(sum.codes.iter().map(|(_, count)| count).sum::<u64>(), count(&|_| true));
            assert_eq!(sum.undated.total(), count(&|row| matches!(row.time, Time::Nothing)));
            assert_eq!(sum.ahead, count(&|row| matches!(row.time, Time::Future)));
            assert_eq!(ahead, sum.ahead);
            assert_eq!(dated, count(&|row| matches!(row.time, Time::Past)));
        });
    }
}
