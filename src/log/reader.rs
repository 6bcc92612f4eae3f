//! A CSV file to checks and faults. Reading never fails as a whole. Most rows repeat the row before
//! except for the times; they are recognised without being split, which is most of the speed where
//! nothing is cached.

use std::io::{self, Read, Seek};

use csv::ByteRecord;
use memchr::memchr;

use super::buffer::{Lines, Position, UnendedLine};
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

/// What reading yields, in file order.
#[derive(Debug, PartialEq, Eq)]
pub enum Row<'row> {
    Check(&'row Check<'row>),
    /// A check that consecutive rows repeat, if times are not read.
    Repeat {
        check: Check<'row>,
        /// The number of rows.
        times: u64,
    },
    /// A row that can't be used, or without a line: a file.
    Fault {
        /// The line the row starts on, from 1.
        line: Option<u64>,
        reason: FaultReason,
    },
}

/// Which stretch of a file to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stretch {
    /// Only what follows the position at which an earlier read ended.
    pub from: Option<Position>,
    pub unended: UnendedLine,
}

/// Reads a stretch of `input` and passes every row to `sink`. Without a `clock`, times are not
/// read, and consecutive rows of equal content become one [`Row::Repeat`]. A file without a header
/// row is empty, which is no fault.
pub fn read(
    input: impl Read + Seek,
    schema: &Schema,
    clock: Option<&mut Clock>,
    stretch: Stretch,
    mut sink: impl FnMut(Row<'_>),
) -> End {
    let read = |sink: &mut dyn FnMut(Row<'_>)| -> io::Result<End> {
        let mut rows = Rows::new(input, stretch.unended)?;
        let Some(mut interpreter) = Interpreter::of_first_row(&mut rows, schema, clock, sink)?
        else {
            return Ok(End {
                position: None,
                ..rows.end()
            });
        };
        if let Some(position) = stretch.from {
            rows.resume_at(position)?;
        }
        loop {
            match rows.next(interpreter.columns.fields_needed())? {
                Next::Lines(lines) => interpreter.read_lines(lines, sink),
                Next::Row(row, line) => {
                    interpreter.read_row(|at| row.get(at), row.fields(), line, sink);
                }
                Next::Endless(line) => sink(Row::Fault {
                    line: Some(line),
                    reason: FaultReason::EndlessRow,
                }),
                Next::End => return Ok(rows.end()),
            }
        }
    };
    read(&mut sink).unwrap_or_else(|error| {
        let reason = FaultReason::Unreadable(error.into());
        sink(Row::Fault { line: None, reason });
        End::default()
    })
}

/// Turns the rows of one file into checks.
struct Interpreter<'a, 'zone> {
    schema: &'a Schema,
    encoding: Encoding,
    columns: Columns,
    clock: Option<&'a mut Clock<'zone>>,
}

impl<'a, 'zone> Interpreter<'a, 'zone> {
    /// Reads the header row; `None` if the rows can't be interpreted without one.
    fn of_first_row<R: Read + Seek>(
        rows: &mut Rows<R>,
        schema: &'a Schema,
        clock: Option<&'a mut Clock<'zone>>,
        sink: &mut dyn FnMut(Row<'_>),
    ) -> io::Result<Option<Self>> {
        match rows.next_row(0)? {
            Next::Row(header, _) => {
                let header = header.iter().collect();
                Ok(Self::of_header(&header, schema, clock, sink))
            }
            Next::Endless(_) => {
                let reason = FaultReason::EndlessRow;
                sink(Row::Fault { line: None, reason });
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
        sink: &mut dyn FnMut(Row<'_>),
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
                sink(Row::Fault { line: None, reason });
                None
            }
        }
    }

    /// Reads one row, given by its fields.
    fn read_row<'row>(
        &mut self,
        field: impl Fn(usize) -> Option<&'row [u8]>,
        fields: usize,
        line: u64,
        sink: &mut dyn FnMut(Row<'_>),
    ) {
        match self.cells(&field, fields, Userinfo::Possible) {
            Ok(cells) => self.emit_row(&cells, field, line, sink),
            Err(reason) => sink(Row::Fault {
                line: Some(line),
                reason,
            }),
        }
    }

    /// Reads plain lines. Most repeat the line before, except for the time at the start and the
    /// response time at the end. Such a line is recognised by comparing the text between the two;
    /// it is not split, decoded or looked up again.
    fn read_lines(&mut self, lines: Lines, sink: &mut dyn FnMut(Row<'_>)) {
        let Lines { text, line: number } = lines;
        let userinfo = Userinfo::of(text);
        let mut commas = Vec::new();
        // The last line, split and decoded, and how many repeats of it are not yet emitted.
        let mut before: Option<(Split, Cells)> = None;
        let mut repeats = 0;
        let (mut rest, mut line) = (text, *number);
        while !rest.is_empty() {
            if let Some((known, cells)) = &before
                && let Some((split, after)) = self.columns.split_like(known, rest)
            {
                if self.clock.is_none() {
                    repeats += 1;
                } else {
                    self.emit(cells, split.first, split.last, line, sink);
                }
                line += 1;
                rest = after;
                continue;
            }
            if let Some((_, cells)) = before.take() {
                Self::emit_repeats(&cells, &mut repeats, sink);
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
            let row = Line::split(text, &mut commas);
            match self.cells(|at| row.get(at), row.fields(), userinfo) {
                Ok(cells) => {
                    self.emit_row(&cells, |at| row.get(at), line - 1, sink);
                    if row.fields() == self.columns.fields {
                        before = self.columns.split(text).map(|split| (split, cells));
                    }
                }
                Err(reason) => sink(Row::Fault {
                    line: Some(line - 1),
                    reason,
                }),
            }
        }
        if let Some((_, cells)) = before {
            Self::emit_repeats(&cells, &mut repeats, sink);
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
            Userinfo::Absent => {
                Cells::of_row(field, fields, encoding, columns, schema, |text| text)
            }
            Userinfo::Possible => {
                Cells::of_row(field, fields, encoding, columns, schema, without_userinfo)
            }
        }
    }

    /// Emits the pending repeats of a check.
    fn emit_repeats(cells: &Cells, repeats: &mut u64, sink: &mut dyn FnMut(Row<'_>)) {
        if *repeats > 0 {
            let times = std::mem::take(repeats);
            sink(Row::Repeat {
                check: cells.check(),
                times,
            });
        }
    }

    /// Emits the check of a row.
    fn emit_row<'f>(
        &mut self,
        cells: &Cells,
        field: impl Fn(usize) -> Option<&'f [u8]>,
        line: u64,
        sink: &mut dyn FnMut(Row<'_>),
    ) {
        let time = self.columns.time.and_then(&field);
        let response_time = self.columns.response_time.and_then(|(at, _)| field(at));
        self.emit(cells, time.unwrap_or_default(), response_time, line, sink);
    }

    /// Emits a check, with its times if there is a clock.
    fn emit(
        &mut self,
        cells: &Cells,
        time: &[u8],
        response_time: Option<&[u8]>,
        line: u64,
        sink: &mut dyn FnMut(Row<'_>),
    ) {
        let mut check = cells.check();
        if let Some(clock) = &mut self.clock {
            let unit = self.columns.response_time.map(|(_, unit)| unit);
            check.response_time = response_time
                .zip(unit)
                .and_then(|(text, unit)| micros(text, unit));
            match clock.read(time, check.url) {
                Some(time) => check.time = time,
                None if time.trim_ascii().is_empty() => {}
                None => sink(Row::Fault {
                    line: Some(line),
                    reason: FaultReason::BadTime,
                }),
            }
        }
        sink(Row::Check(&check));
    }
}

#[cfg(test)]
mod tests;
