//! A CSV file to checks and faults. Reading never fails as a whole.

use std::io::{self, Read, Seek};

use csv::ByteRecord;
use memchr::memchr;

use super::buffer::{Lines, Place};
use super::cells::{Cells, micros};
use super::columns::{Columns, Split};
use super::encoding::Encoding;
use super::fault::FaultReason;
use super::plain::Line;
use super::rows::{End, Next, Rows};
use super::time::Clock;
use super::userinfo::{Userinfo, without_userinfo};
use crate::check::Check;
use crate::log::schema::Schema;

/// What reading yields, in the order of the file.
#[derive(Debug, PartialEq, Eq)]
pub enum Row<'row> {
    /// A check.
    Check(Check<'row>),
    /// A check that rows in a row repeat, where times are not read.
    Repeat {
        /// The check.
        check: Check<'row>,
        /// How many rows say so.
        times: u64,
    },
    /// A row, or (without a line) a file that can't be used.
    Fault {
        /// The line the row starts on, from 1.
        line: Option<u64>,
        /// What is wrong.
        reason: FaultReason,
    },
}

/// What of a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stretch {
    /// Only what is after a place that a former reading ended at.
    pub from: Option<Place>,
    /// Whether a last line without an end may still be being written, and is to be left.
    pub leave_unended: bool,
}

/// Reads a stretch of `input` and gives every row to `take`. Times are read by `clock`, or not
/// at all without one; then rows that say the same come as one [`Row::Repeat`]. A file
/// without a header row is an empty file: nothing is wrong with it yet.
pub fn read(
    input: impl Read + Seek,
    schema: &Schema,
    clock: Option<&mut Clock>,
    stretch: Stretch,
    mut take: impl FnMut(Row<'_>),
) -> End {
    let read = |take: &mut dyn FnMut(Row<'_>)| -> io::Result<End> {
        let mut rows = Rows::new(input, stretch.leave_unended)?;
        let Some(mut meaning) = Meaning::of_first_row(&mut rows, schema, clock, take)? else {
            let place = None;
            return Ok(End {
                place,
                ..rows.end()
            });
        };
        if let Some(place) = stretch.from {
            rows.move_to(place)?;
        }
        loop {
            match rows.next(meaning.columns.fields_needed())? {
                Next::Lines(lines) => meaning.read_lines(lines, take),
                Next::Row(row, line) => {
                    meaning.read_row(|at| row.get(at), row.fields(), line, take);
                }
                Next::Endless(line) => take(Row::Fault {
                    line: Some(line),
                    reason: FaultReason::EndlessRow,
                }),
                Next::End => return Ok(rows.end()),
            }
        }
    };
    read(&mut take).unwrap_or_else(|error| {
        let reason = FaultReason::Unreadable(error.into());
        take(Row::Fault { line: None, reason });
        End::default()
    })
}

/// What rows of one file mean.
struct Meaning<'a, 'zone> {
    schema: &'a Schema,
    encoding: Encoding,
    columns: Columns,
    clock: Option<&'a mut Clock<'zone>>,
}

impl<'a, 'zone> Meaning<'a, 'zone> {
    /// Reads the header; `None` if nothing can follow it.
    fn of_first_row<R: Read + Seek>(
        rows: &mut Rows<R>,
        schema: &'a Schema,
        clock: Option<&'a mut Clock<'zone>>,
        take: &mut dyn FnMut(Row<'_>),
    ) -> io::Result<Option<Self>> {
        match rows.next_row(0)? {
            Next::Row(header, _) => {
                let header = header.iter().collect();
                Ok(Self::of_header(&header, schema, clock, take))
            }
            Next::Endless(_) => {
                let reason = FaultReason::EndlessRow;
                take(Row::Fault { line: None, reason });
                Ok(None)
            }
            Next::Lines(_) | Next::End => Ok(None),
        }
    }

    /// Finds the columns in a header; `None` if one is missing.
    fn of_header(
        header: &ByteRecord,
        schema: &'a Schema,
        clock: Option<&'a mut Clock<'zone>>,
        take: &mut dyn FnMut(Row<'_>),
    ) -> Option<Self> {
        let encoding = Encoding::of_header(header);
        match Columns::find(header, encoding, &schema.columns) {
            Ok(columns) => Some(Self {
                schema,
                encoding,
                columns,
                clock,
            }),
            Err(reason) => {
                take(Row::Fault { line: None, reason });
                None
            }
        }
    }

    /// Reads a row of whatever shape.
    fn read_row<'row>(
        &mut self,
        field: impl Fn(usize) -> Option<&'row [u8]>,
        fields: usize,
        line: u64,
        take: &mut dyn FnMut(Row<'_>),
    ) {
        match self.cells(&field, fields, Userinfo::Possible) {
            Ok(cells) => self.tell_row(&cells, field, line, take),
            Err(reason) => take(Row::Fault {
                line: Some(line),
                reason,
            }),
        }
    }

    /// Reads plain lines. Most say what the line before said, but for the time in front and the
    /// response time at the end: such a line is known by comparing what is between where it must
    /// be, and is not cut, decoded or looked up again.
    fn read_lines(&mut self, lines: Lines, take: &mut dyn FnMut(Row<'_>)) {
        let Lines { text, line: number } = lines;
        let userinfo = Userinfo::of(text);
        let mut commas = Vec::new();
        // What the last line said, and its text; and how many lines have said so untold.
        let mut before: Option<(Split, Cells)> = None;
        let mut untold = 0;
        let (mut rest, mut line) = (text, *number);
        while !rest.is_empty() {
            if let Some((known, cells)) = &before
                && let Some((split, after)) = self.columns.split_like(known, rest)
            {
                if self.clock.is_none() {
                    untold += 1;
                } else {
                    self.tell(cells, split.first, split.last, line, take);
                }
                line += 1;
                rest = after;
                continue;
            }
            if let Some((_, cells)) = before.take() {
                Self::tell_again(&cells, &mut untold, take);
            }
            let (text, after) = match memchr(b'\n', rest) {
                Some(end) => (&rest[..end], &rest[end + 1..]),
                None => (rest, &rest[rest.len()..]),
            };
            rest = after;
            line += 1;
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if text.is_empty() {
                continue;
            }
            let row = Line::cut(text, &mut commas);
            match self.cells(|at| row.get(at), row.fields(), userinfo) {
                Ok(cells) => {
                    self.tell_row(&cells, |at| row.get(at), line - 1, take);
                    if row.fields() == self.columns.fields {
                        before = self.columns.split(text).map(|split| (split, cells));
                    }
                }
                Err(reason) => take(Row::Fault {
                    line: Some(line - 1),
                    reason,
                }),
            }
        }
        if let Some((_, cells)) = before {
            Self::tell_again(&cells, &mut untold, take);
        }
        *number = line;
    }

    fn cells<'row>(
        &self,
        field: impl Fn(usize) -> Option<&'row [u8]>,
        fields: usize,
        userinfo: Userinfo,
    ) -> Result<Cells<'row>, FaultReason> {
        let (encoding, columns, schema) = (self.encoding, self.columns, self.schema);
        match userinfo {
            Userinfo::Absent => Cells::cut(field, fields, encoding, columns, schema, |text| text),
            Userinfo::Possible => {
                Cells::cut(field, fields, encoding, columns, schema, without_userinfo)
            }
        }
    }

    /// Tells of checks that said the same, without times.
    fn tell_again(cells: &Cells, untold: &mut u64, take: &mut dyn FnMut(Row<'_>)) {
        if *untold > 0 {
            let times = std::mem::take(untold);
            take(Row::Repeat {
                check: cells.check(),
                times,
            });
        }
    }

    /// Tells of the check in a row.
    fn tell_row<'f>(
        &mut self,
        cells: &Cells,
        field: impl Fn(usize) -> Option<&'f [u8]>,
        line: u64,
        take: &mut dyn FnMut(Row<'_>),
    ) {
        let time = self.columns.time.and_then(&field);
        let response_time = self.columns.response_time.and_then(|(at, _)| field(at));
        self.tell(cells, time.unwrap_or_default(), response_time, line, take);
    }

    /// Tells of one check, with its times if they are wanted.
    fn tell(
        &mut self,
        cells: &Cells,
        time: &[u8],
        response_time: Option<&[u8]>,
        line: u64,
        take: &mut dyn FnMut(Row<'_>),
    ) {
        let mut check = cells.check();
        if let Some(clock) = &mut self.clock {
            let unit = self.columns.response_time.map(|(_, unit)| unit);
            check.response_time = response_time
                .zip(unit)
                .and_then(|(text, unit)| micros(text, unit));
            check.when = clock.read(time);
            if check.when.is_none() && !time.trim_ascii().is_empty() {
                take(Row::Fault {
                    line: Some(line),
                    reason: FaultReason::BadTime,
                });
            }
        }
        take(Row::Check(check));
    }
}

#[cfg(test)]
mod tests;
