//! A CSV file to checks and faults. Reading never fails as a whole.

use std::io::{self, Read, Seek};

use csv::ByteRecord;
use memchr::memchr;

use super::cells::{Cells, micros};
use super::clock::Clock;
use super::columns::{Columns, Split};
use super::encoding::Encoding;
use super::fault::FaultReason;
use super::plain::{Block, Line, Plain};
use super::rows::{End, Left, Next, Place, Rows};
use super::userinfo::{Userinfo, without_userinfo};
use crate::format::Format;
use crate::sample::Sample;

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

/// What of a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stretch {
    /// Only what is after a place that a former reading ended at.
    pub from: Option<Place>,
    /// Whether a last line without an end may still be being written, and is to be left.
    pub leave_unended: bool,
}

/// Reads a stretch of `input` and gives every row to `take`. Times are read by `clock`, or not
/// at all without one; then checks in a row that say the same come as one sample. A file
/// without a header row is an empty file: nothing is wrong with it yet.
pub fn read(
    input: impl Read + Seek,
    format: &Format,
    clock: Option<&mut Clock>,
    stretch: Stretch,
    mut take: impl FnMut(Row<'_>),
) -> End {
    let read = |take: &mut dyn FnMut(Row<'_>)| -> io::Result<End> {
        let mut plain = Plain::new(Left::new(input, stretch.leave_unended))?;
        let mut line = 2;
        let mut meaning = if let Some(header) = plain.read_header()? {
            let header: Vec<&[u8]> = header.split(|&byte| byte == b',').collect();
            let header = ByteRecord::from(header);
            let Some(meaning) = Meaning::of_header(&header, format, clock, take) else {
                return Ok(End::default());
            };
            meaning
        } else {
            let mut rows = plain.leave(1).start()?;
            let Some(meaning) = Meaning::of_first_row(&mut rows, format, clock, take) else {
                return Ok(rows.end());
            };
            let left = rows.leave();
            line = left.line;
            plain = Plain::new(left)?;
            meaning
        };
        if let Some(place) = stretch.from {
            let mut left = plain.leave(line);
            left.move_to(place.byte, place.line);
            (plain, line) = (Plain::new(left)?, place.line);
        }
        loop {
            match plain.read_block()? {
                Block::Lines(block) => line = meaning.read_lines(block, line, take),
                Block::Other => break,
                Block::End => return Ok(plain.end(line)),
            }
        }
        let mut rows = plain.leave(line).resume()?;
        meaning.read_rows(&mut rows, take);
        Ok(rows.end())
    };
    read(&mut take).unwrap_or_else(|error| {
        let reason = FaultReason::Unreadable(error.into());
        take(Row::Fault { line: None, reason });
        End::default()
    })
}

/// What rows of one file mean.
struct Meaning<'a, 'zone> {
    format: &'a Format,
    encoding: Encoding,
    columns: Columns,
    clock: Option<&'a mut Clock<'zone>>,
}

impl<'a, 'zone> Meaning<'a, 'zone> {
    /// Reads the header from rows of any shape; `None` if nothing can follow.
    fn of_first_row<R: Read + Seek>(
        rows: &mut Rows<R>,
        format: &'a Format,
        clock: Option<&'a mut Clock<'zone>>,
        take: &mut dyn FnMut(Row<'_>),
    ) -> Option<Self> {
        let mut row = ByteRecord::new();
        let reason = match rows.next(&mut row, 0) {
            Next::Row(_) => return Self::of_header(&row, format, clock, take),
            Next::Endless(_) => FaultReason::EndlessRow,
            Next::Unreadable(_, failure) => FaultReason::Unreadable(failure),
            Next::End => return None,
        };
        take(Row::Fault { line: None, reason });
        None
    }

    /// Finds the columns in a header; `None` if one is missing.
    fn of_header(
        header: &ByteRecord,
        format: &'a Format,
        clock: Option<&'a mut Clock<'zone>>,
        take: &mut dyn FnMut(Row<'_>),
    ) -> Option<Self> {
        let encoding = Encoding::of_header(header);
        match Columns::find(header, encoding, &format.columns) {
            Ok(columns) => Some(Self {
                format,
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

    /// Reads rows of any shape.
    fn read_rows<R: Read + Seek>(&mut self, rows: &mut Rows<R>, take: &mut dyn FnMut(Row<'_>)) {
        let mut row = ByteRecord::new();
        loop {
            let line = match rows.next(&mut row, self.columns.fields_needed()) {
                Next::Row(line) => line,
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
            let field = |at: usize| row.get(at);
            match self.cells(field, row.len(), Userinfo::of(row.as_slice())) {
                Ok(cells) => self.tell_row(&cells, field, line, take),
                Err(reason) => take(Row::Fault {
                    line: Some(line),
                    reason,
                }),
            }
        }
    }

    /// Reads plain lines, the first of which is `line`; returns the line after them. Most say
    /// what the line before said, but for the time in front and the response time at the end:
    /// such a line is known by comparing what is between where it must be, and is not cut,
    /// decoded or looked up again.
    fn read_lines(&mut self, block: &[u8], mut line: u64, take: &mut dyn FnMut(Row<'_>)) -> u64 {
        let userinfo = Userinfo::of(block);
        let mut commas = Vec::new();
        // What the last line said, and its text; and how many lines have said so untold.
        let mut before: Option<(Split, Cells)> = None;
        let mut untold = 0;
        let mut rest = block;
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
        line
    }

    fn cells<'row>(
        &self,
        field: impl Fn(usize) -> Option<&'row [u8]>,
        fields: usize,
        userinfo: Userinfo,
    ) -> Result<Cells<'row>, FaultReason> {
        let (encoding, columns, format) = (self.encoding, self.columns, self.format);
        match userinfo {
            Userinfo::Absent => Cells::cut(field, fields, encoding, columns, format, |text| text),
            Userinfo::Possible => {
                Cells::cut(field, fields, encoding, columns, format, without_userinfo)
            }
        }
    }

    /// Tells of checks that said the same, without times.
    fn tell_again(cells: &Cells, untold: &mut u64, take: &mut dyn FnMut(Row<'_>)) {
        if *untold > 0 {
            let checks = std::mem::take(untold);
            take(Row::Sample(Sample {
                checks,
                ..cells.sample()
            }));
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
        let mut sample = cells.sample();
        if let Some(clock) = &mut self.clock {
            let unit = self.columns.response_time.map(|(_, unit)| unit);
            sample.response_time = response_time
                .zip(unit)
                .and_then(|(text, unit)| micros(text, unit));
            sample.when = clock.read(time);
            if sample.when.is_none() && !time.trim_ascii().is_empty() {
                take(Row::Fault {
                    line: Some(line),
                    reason: FaultReason::BadTime,
                });
            }
        }
        take(Row::Sample(sample));
    }
}

#[cfg(test)]
mod tests;
