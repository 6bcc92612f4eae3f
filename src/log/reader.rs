//! A CSV file to checks and faults. Reading never fails as a whole.

use std::borrow::Cow;
use std::io::{Read, Seek};

use csv::ByteRecord;

use super::clock::Clock;
use super::columns::Columns;
use super::encoding::Encoding;
use super::fault::FaultReason;
use super::rows::{Next, Rows};
use crate::format::Format;
use crate::sample::{Micros, Outcome, Sample};

/// What reading yields, in the order of the file.
#[derive(Debug, PartialEq, Eq)]
pub enum Row<'row> {
    /// A check.
    Sample(Sample<'row>),
    /// A row, or (without a line) a file that can't be used.
    Fault {
        /// The line the row starts on, from 1.
        line: Option<u64>,
        /// What is wrong.
        reason: FaultReason,
    },
}

/// Reads `input` to its end and gives every row to `take`. Times are read by `clock`, or not at
/// all without one. A file without a header row is an empty file: nothing is wrong
/// with it yet.
pub fn read(
    input: impl Read + Seek,
    format: &Format,
    mut clock: Option<Clock>,
    mut take: impl FnMut(Row<'_>),
) {
    let mut rows = match Rows::new(input) {
        Ok(rows) => rows,
        Err(error) => {
            let reason = FaultReason::Unreadable(error.into());
            return take(Row::Fault { line: None, reason });
        }
    };
    let mut row = ByteRecord::new();
    let header = match rows.next(&mut row, 0) {
        Next::Row(_) => {
            let encoding = Encoding::of_header(&row);
            Columns::find(&row, encoding, &format.columns).map(|columns| (encoding, columns))
        }
        Next::Endless(_) => Err(FaultReason::EndlessRow),
        Next::Unreadable(_, failure) => Err(FaultReason::Unreadable(failure)),
        Next::End => return,
    };
    let (encoding, columns) = match header {
        Ok(found) => found,
        Err(reason) => return take(Row::Fault { line: None, reason }),
    };
    loop {
        let line = match rows.next(&mut row, columns.fields_needed()) {
            Next::Row(line) => Some(line),
            Next::Endless(line) => {
                take(Row::Fault {
                    line: Some(line),
                    reason: FaultReason::EndlessRow,
                });
                continue;
            }
            Next::Unreadable(line, failure) => {
                let reason = FaultReason::Unreadable(failure);
                return take(Row::Fault {
                    line: Some(line),
                    reason,
                });
            }
            Next::End => return,
        };
        let cells = match Cells::cut(&row, encoding, columns) {
            Ok(cells) => cells,
            Err(reason) => {
                take(Row::Fault { line, reason });
                continue;
            }
        };
        let mut sample = cells.sample(format);
        if let Some(clock) = &mut clock {
            sample.response_time = columns
                .response_time
                .and_then(|(at, unit)| micros(&row, at, unit));
            let time = columns.time.and_then(|at| row.get(at)).unwrap_or_default();
            sample.when = std::str::from_utf8(time)
                .ok()
                .and_then(|time| clock.read(time));
            if sample.when.is_none() && !time.trim_ascii().is_empty() {
                take(Row::Fault {
                    line,
                    reason: FaultReason::BadTime,
                });
            }
        }
        take(Row::Sample(sample));
    }
}

/// A response time in a unit of so many microseconds; anything but a number is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is finite, not negative, and a cast saturates"
)]
fn micros(row: &ByteRecord, at: usize, unit: f64) -> Option<Micros> {
    let number: f64 = std::str::from_utf8(row.get(at)?)
        .ok()?
        .trim()
        .parse()
        .ok()?;
    (number.is_finite() && number >= 0.0).then(|| Micros((number * unit).round() as u64))
}

/// The cells of a row that matter, as text.
struct Cells<'row> {
    url: Cow<'row, str>,
    status: Cow<'row, str>,
    code: Cow<'row, str>,
}

impl<'row> Cells<'row> {
    fn cut(
        row: &'row ByteRecord,
        encoding: Encoding,
        columns: Columns,
    ) -> Result<Self, FaultReason> {
        let short = FaultReason::ShortRow {
            fields: row.len(),
            wanted: columns.fields_needed(),
        };
        let cells =
            [columns.site, columns.status, columns.status_code].map(|column| row.get(column));
        let [Some(url), Some(status), Some(code)] = cells else {
            return Err(short);
        };
        let encoding = encoding.of_cells([url, status, code]);
        let text = |cell| encoding.decode(cell).ok_or(FaultReason::NotText);
        Ok(Self {
            url: text(url)?,
            status: text(status)?,
            code: text(code)?,
        })
    }

    fn sample(&self, format: &Format) -> Sample<'_> {
        let up = format.up_statuses.iter().any(|text| *text == self.status);
        let outcome = if up { Outcome::Up } else { Outcome::Down };
        Sample {
            url: &self.url,
            outcome,
            code: &self.code,
            when: None,
            response_time: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, read};
    use crate::config::Config;
    use crate::format::Format;
    use crate::log::fault::FaultReason;
    use crate::sample::Outcome;
    use std::io::Cursor;

    /// The rows of `log`, each as `url outcome code` or `line: reason`.
    fn rows_with(log: &[u8], format: &Format) -> Vec<String> {
        let mut rows = Vec::new();
        read(Cursor::new(log), format, None, |row| {
            rows.push(match row {
                Row::Sample(sample) => {
                    let sign = if sample.outcome == Outcome::Up {
                        '+'
                    } else {
                        '-'
                    };
                    format!("{}{sign}{}", sample.url, sample.code)
                }
                Row::Fault { line, reason } => format!("{line:?} {reason:?}"),
            });
        });
        rows
    }

    #[track_caller]
    fn check(log: impl AsRef<[u8]>, want: &[&str]) {
        assert_eq!(rows_with(log.as_ref(), &Format::default()), want);
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
        let format = Config::from_json(config.as_bytes()).unwrap().format;
        let log = b"timestamp,url,status_code,response_time_ms,is_up\n2024-11-01T00:00:00,a,200,31,true\n,b,0,,false\n";
        assert_eq!(rows_with(log, &format), ["a+200", "b-0"]);
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
        let rows = rows_with(&log, &Format::default());
        assert_eq!(
            rows,
            [
                "a+200".to_owned(),
                format!("Some(3) {:?}", FaultReason::EndlessRow)
            ]
        );
    }
}
