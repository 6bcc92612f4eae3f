//! The rows of a CSV file. Blocks of lines without quotes are passed on unparsed; csv-core parses
//! the other rows, from the same buffer. What a row means is the reader's business.
//!
//! A row is bounded in bytes and in lines, and a stray quote costs only its own line: reading goes
//! on as if that line were not there. However many such lines there are, each byte is parsed only a
//! few times, because they share one search for the closing quote.

use std::io::{self, Read, Seek};

use memchr::memchr;

use super::buffer::{Buffer, LONGEST, Lines, Position, UnendedLine, plain_length};
use super::record::{Parser, Record};

/// A row has at most this many line feeds, all in quotes.
const MOST_LINES: u64 = 50;

/// The rows of a file.
#[derive(Debug)]
pub struct Rows<R> {
    buffer: Buffer<R>,
    record: Record,
    /// Created at the first row with quotes, because that takes as long as reading a hundred rows.
    quoted: Option<Box<Quoted>>,
}

/// Parses rows with quotes.
#[derive(Debug, Default)]
struct Quoted {
    parser: Parser,
    /// Searches ahead for the end of a row.
    ahead: Parser,
    /// Where the last search stopped, if it found no end. A quote that is open at the end of any
    /// line before this position is not closed before it either.
    reached: Option<Position>,
    /// The fields that the search parses, which nobody needs.
    unused: Record,
}

/// Where reading ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// Where a later read can resume, if rows appended until then cannot change what was read.
    pub position: Option<Position>,
    /// Whether nothing can be appended to the last line read.
    pub ended: bool,
    /// Whether a last line without a line end was skipped.
    pub skipped: bool,
    /// The byte at which reading stopped, if that was inside a line that never ends.
    pub abandoned_at: Option<u64>,
}

/// What comes next in a file.
#[derive(Debug)]
pub enum Next<'a> {
    /// Whole lines without quotes. Each is a row or empty.
    Lines(Lines<'a>),
    /// A row, and the line it starts on.
    Row(&'a Record, u64),
    /// A row that does not end where it should, by the line it starts on. Reading goes on with the
    /// line after.
    Endless(u64),
    /// The end of the file.
    End,
}

impl<R: Read + Seek> Rows<R> {
    /// The rows of `input`, from its start.
    pub fn new(input: R, unended: UnendedLine) -> io::Result<Self> {
        Ok(Self {
            buffer: Buffer::new(input, unended)?,
            record: Record::default(),
            quoted: None,
        })
    }

    /// Goes to the position at which an earlier read of the file ended.
    pub fn resume_at(&mut self, position: Position) -> io::Result<()> {
        self.buffer.resume_at(position)
    }

    /// Reads on. A row of several lines that has fewer than `wanted` fields, is too long, or ends
    /// only with the file is taken for one with a stray quote.
    pub fn next(&mut self, wanted: usize) -> io::Result<Next<'_>> {
        self.buffer.buffer_line()?;
        match plain_length(self.buffer.buffered(), self.buffer.is_all()) {
            0 => self.next_row(wanted),
            length => Ok(Next::Lines(self.buffer.consume_lines(length))),
        }
    }

    /// Reads one row, with or without quotes.
    pub fn next_row(&mut self, wanted: usize) -> io::Result<Next<'_>> {
        if !self.buffer.skip_blank_lines()? {
            return Ok(Next::End);
        }
        let line = self.buffer.position().line;
        if let Some(length) = self.parse_row(wanted)? {
            self.buffer.consume(length);
            return Ok(Next::Row(&self.record, line));
        }
        self.buffer.skip_line()?;
        Ok(Next::Endless(line))
    }

    /// Where reading ended.
    pub fn end(&self) -> End {
        End {
            position: self.buffer.is_settled().then_some(self.buffer.position()),
            ended: self.buffer.is_ended(),
            skipped: self.buffer.has_skipped(),
            abandoned_at: self.buffer.abandoned_at(),
        }
    }

    /// Parses the next row without consuming it; returns its length in bytes, or `None` if it does
    /// not end where it should.
    fn parse_row(&mut self, wanted: usize) -> io::Result<Option<usize>> {
        let line = self.buffer.line_after(0)?;
        if memchr(b'"', line).is_none() {
            self.record.set_plain(line);
            let is_ended = matches!(line.last(), Some(b'\n' | b'\r'));
            return Ok((is_ended || line.len() < LONGEST).then_some(line.len()));
        }
        let quoted = self.quoted.get_or_insert_default();
        let mut length = 0;
        self.record.clear();
        quoted.parser.restart();
        while length < LONGEST {
            let text = self.buffer.line_after(length)?;
            length += text.len();
            if quoted.parser.feed(text, &mut self.record) {
                return Ok(Some(length));
            }
            if text.ends_with(b"\n") {
                break;
            }
        }
        let Some(end) = quoted.find_end(&mut self.buffer, length)? else {
            return Ok(None);
        };
        let rest = &self.buffer.buffered()[length..end];
        if !quoted.parser.feed(rest, &mut self.record) {
            quoted.parser.feed(b"", &mut self.record);
        }
        Ok((self.record.fields() >= wanted).then_some(end))
    }
}

impl Quoted {
    /// Returns the length of the next row, whose first line has `first` bytes and leaves a quote
    /// open; `None` if it does not end where it should.
    fn find_end(
        &mut self,
        buffer: &mut Buffer<impl Read + Seek>,
        first: usize,
    ) -> io::Result<Option<usize>> {
        let start = buffer.position();
        let (byte, line) = (start.byte + first as u64, start.line + 1);
        let mut position = match self.reached.take() {
            Some(reached) if reached.byte >= byte => reached,
            _ => {
                self.ahead.restart_in_quotes();
                Position { byte, line }
            }
        };
        loop {
            let length = usize::try_from(position.byte - start.byte).unwrap_or(LONGEST);
            if position.line - start.line > MOST_LINES || length >= LONGEST {
                break;
            }
            let text = buffer.line_after(length)?;
            // A file without a last line end is read as if it had one.
            let fed: &[u8] = if text.is_empty() { b"\n" } else { text };
            self.unused.clear();
            if self.ahead.feed(fed, &mut self.unused) {
                return Ok(Some(length + text.len()));
            }
            if text.is_empty() {
                break;
            }
            position.byte += text.len() as u64;
            position.line += u64::from(text.ends_with(b"\n"));
        }
        self.reached = Some(position);
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
