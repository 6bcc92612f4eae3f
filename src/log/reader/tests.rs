//! What reading yields, and the law that it equals reading with the csv crate.

mod laws;

use super::{Interpreter, Row, Stretch, read};
use crate::calendar::Calendar;
use crate::check::Outcome;
use crate::check::{Check, Moment};
use crate::config::Config;
use crate::log::buffer::UnendedLine;
use crate::log::fault::FaultReason;
use crate::log::schema::Schema;
use crate::log::time::Clock;
use csv::ByteRecord;
use encoding_rs::SHIFT_JIS;
use jiff::tz::TimeZone;
use laws::both_ways;
use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};
use std::fmt::Write as _;
use std::io::{Chain, Cursor, Read};

/// The rows of `log`, each as `url outcome code` or `line: reason`.
fn rows_with(log: &[u8], schema: &Schema) -> Vec<String> {
    let mut rows = Vec::new();
    read(
        Cursor::new(log),
        schema,
        None,
        Stretch::default(),
        |row| match row {
            Row::Check(check) => rows.push(brief(check)),
            Row::Repeat { check, times } => rows.extend((0..times).map(|_| brief(&check))),
            Row::Fault { line, reason } => rows.push(format!("{line:?} {reason:?}")),
        },
    );
    rows
}

#[track_caller]
fn check(log: impl AsRef<[u8]>, want: &[&str]) {
    assert_eq!(rows_with(log.as_ref(), &Schema::default()), want);
}

#[test]
fn columns_stand_in_any_order() {
    check(
        "サイト,状態,ステータスコード\na,正常に稼働中,200\nb,異常,500\n",
        &["a+200", "b-500"],
    );
    check(
        "x,ステータスコード, 状態 ,y,サイト\n1,200,正常に稼働中,2,a,more\n",
        &["a+200"],
    );
    check(
        "サイト,サイト,状態,ステータスコード\na,b,正常に稼働中,200\n",
        &["b+200"],
    );
}

#[test]
fn spreadsheets_and_other_systems_are_read() {
    check(
        "\u{feff}サイト,状態,ステータスコード\r\na,正常に稼働中,200\r\n\r\n",
        &["a+200"],
    );
    check(
        "\"サイト\",状態,ステータスコード\n\"a,\nb\",正常に稼働中,\"2\"\"0\"",
        &["a,\nb+2\"0"],
    );
    let cp932 = encoding_rs::SHIFT_JIS
        .encode("サイト,状態,ステータスコード\n表,正常に稼働中,200\n")
        .0;
    check(cp932, &["表+200"]);
    let mut mixed = "サイト,状態,ステータスコード\n".as_bytes().to_vec();
    mixed.extend_from_slice(&encoding_rs::SHIFT_JIS.encode("ソ,正常に稼働中,200\n").0);
    mixed.extend_from_slice("ソ,正常に稼働中,200\n".as_bytes());
    check(mixed, &["ソ+200", "ソ+200"]);
    let mut mixed = encoding_rs::SHIFT_JIS
        .encode("サイト,状態,ステータスコード\nﾃｽ,正常に稼働中,200\n")
        .0
        .into_owned();
    mixed.extend_from_slice("ソ,正常に稼働中,200\n".as_bytes());
    check(mixed, &["ﾃｽ+200", "ソ+200"]);
    let mut log = "サイト,状態,ステータスコード,備考\na,正常に稼働中,200,"
        .as_bytes()
        .to_vec();
    log.extend_from_slice(b"caf\xe9\n");
    check(log, &["a+200"]);
}

#[test]
fn columns_of_other_programs_can_be_named() {
    let config = r#"{"up_statuses": ["true"], "columns": {"site": "url", "status": "is_up", "status_code": "status_code"}}"#;
    let schema = Config::from_json(config.as_bytes()).unwrap().schema;
    let log = b"timestamp,url,status_code,response_time_ms,is_up\n2024-11-01T00:00:00,a,200,31,true\n,b,0,,false\n";
    assert_eq!(rows_with(log, &schema), ["a+200", "b-0"]);
}

#[test]
fn nothing_is_wrong_with_an_empty_file() {
    check("", &[]);
    check("\n\n", &[]);
    check("サイト,状態,ステータスコード", &[]);
}

#[test]
fn what_cannot_be_used_is_a_fault_and_the_rest_is_read() {
    check(
        "サイト,ステータスコード\na,200\n",
        &["None MissingColumn(\"状態\")"],
    );
    let log = "サイト,状態,ステータスコード\na,正常\n\nb,正常に稼働中,200\n";
    check(log, &["Some(2) ShortRow { fields: 2, wanted: 3 }", "b+200"]);
    let mut log = "サイト,状態,ステータスコード\n".as_bytes().to_vec();
    log.extend_from_slice(b"\xff\xff,a,b\nc,d,e\n");
    check(log, &["Some(2) NotText", "c-e"]);
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let mut log = "サイト,状態,ステータスコード\na,正常に稼働中,200\n\""
        .as_bytes()
        .to_vec();
    log.resize(3 << 20, b'x');
    let rows = rows_with(&log, &Schema::default());
    assert_eq!(
        rows,
        [
            "a+200".to_owned(),
            format!("Some(3) {:?}", FaultReason::EndlessRow)
        ]
    );
}

fn brief(check: &Check) -> String {
    let sign = if check.outcome == Outcome::Up {
        '+'
    } else {
        '-'
    };
    format!("{}{sign}{}", check.url, check.code)
}

/// Lists a row, once for each check in it.
fn note(list: &mut Vec<String>, row: Row) {
    match row {
        Row::Check(check) => list.push(format!("{check:?}")),
        Row::Repeat { check, times } => list.extend((0..times).map(|_| format!("{check:?}"))),
        Row::Fault { line, reason } => list.push(format!("{line:?} {reason:?}")),
    }
}

#[test]
fn blocks_meet_without_a_seam() {
    for pad in [0, 1, 17, 60] {
        let mut log = format!("日時,サイト,状態,ステータスコード\n{}", "\n".repeat(pad));
        for n in 0..5000 {
            let code = if n % 700 == 0 { "500" } else { "200" };
            writeln!(
                log,
                "2024-11-01 {:02}:{:02}:00,https://a.example/{},正常に稼働中,{code}",
                n / 60 % 24,
                n % 60,
                "x".repeat(n % 3)
            )
            .unwrap();
        }
        for with_times in [false, true] {
            let [by_us, by_crate] = both_ways(log.as_bytes(), with_times);
            assert_eq!(by_us.len(), 5000);
            assert_eq!(by_us, by_crate);
        }
        log += "2024-11-01 00:00:00,\"a\",正常に稼働中,200\n";
        let [by_us, by_crate] = both_ways(log.as_bytes(), true);
        assert_eq!(by_us, by_crate);
    }
}

#[test]
fn a_last_row_that_is_still_being_written_is_skipped() {
    let header = "日時,サイト,状態,ステータスコード\n";
    let row = "2024-11-01 00:00:00,a,正常に稼働中,200\n";
    let quoted = "2024-11-01 00:00:00,\"a,b\",正常に稼働中,\"200\"\n";
    for rows in [
        row.repeat(3),
        quoted.repeat(3),
        format!("{row}{quoted}"),
        format!("{quoted}{row}"),
        row.repeat(3).replace('\n', "\r"),
        quoted.repeat(3).replace('\n', "\r"),
        format!("{row}{quoted}{row}").replace('\n', "\r\n"),
    ] {
        let log = format!("{header}{rows}");
        for torn in 0..=log.len() {
            let read = |text: &[u8], unended| {
                let stretch = Stretch {
                    unended,
                    ..Stretch::default()
                };
                let mut seen = Vec::new();
                let end = read(
                    Cursor::new(text),
                    &Schema::default(),
                    None,
                    stretch,
                    |row| match row {
                        Row::Check(check) => seen.push(format!("{} 1", check.url)),
                        Row::Repeat { check, times } => seen.push(format!("{} {times}", check.url)),
                        Row::Fault { line, reason } => seen.push(format!("{line:?} {reason:?}")),
                    },
                );
                (seen, end.skipped)
            };
            let bytes = &log.as_bytes()[..torn];
            let ended = bytes
                .iter()
                .rposition(|byte| b"\r\n".contains(byte))
                .map_or(0, |at| at + 1);
            let (seen, skipped) = read(bytes, UnendedLine::Skip);
            assert_eq!(skipped, ended < torn);
            assert_eq!(
                seen,
                read(&bytes[..ended], UnendedLine::Read).0,
                "{torn} of {log:?}"
            );
        }
    }
}

/// A file that is cut between being opened, up to the length it had, and being read.
#[test]
fn a_row_at_which_a_file_was_truncated_is_skipped() {
    let log = "サイト,状態,ステータスコード\nA,OK,200\nA,OK,20";
    for missing in [1, 600, 100_000] {
        let length = (log.len() + missing) as u64;
        let stretch = Stretch {
            unended: UnendedLine::Skip,
            ..Stretch::default()
        };
        let mut rows = Vec::new();
        let end = read(
            Cursor::new(log).take(length),
            &Schema::default(),
            None,
            stretch,
            |row| note(&mut rows, row),
        );
        assert_eq!((rows.len(), end.skipped), (1, true), "{missing}: {rows:?}");
    }
}
