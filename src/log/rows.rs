//! The rows of a CSV file. Lines without quotes are handed out as they stand, whole blocks of
//! them; all others are cut by csv-core, out of the same buffer.
//!
//! A row is of a bounded length, in bytes and in lines, and a stray quote costs its own line:
//! what follows is read as if that line were not there. However many such lines there are, each
//! byte is looked at a few times: how far no quote is closed is the same for all of them.

use std::io::{self, Read, Seek};

use memchr::memchr;

use super::buffer::{Buffer, LONGEST, Lines, Place, plain_length};
use super::record::{Parser, Record};

/// Most line feeds in a row, which are in quotes.
const MOST_LINES: u64 = 50;

/// The rows of a file.
#[derive(Debug)]
pub struct Rows<R> {
    buffer: Buffer<R>,
    record: Record,
    /// Made for the first row with quotes: it takes as long as reading a hundred rows.
    quoted: Option<Box<Quoted>>,
}

/// What cuts rows with quotes.
#[derive(Debug, Default)]
struct Quoted {
    parser: Parser,
    /// Looks for the end of a row, without keeping it.
    ahead: Parser,
    /// Where it is, if the row it looked for did not end: then a quote that is open at the end
    /// of any line that it has passed is not closed before that.
    reached: Option<Place>,
    unused: Record,
}

/// Where reading ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// The place from which reading can go on when rows have been appended, if all that was read
    /// stays as it is then.
    pub place: Option<Place>,
    /// Whether the last line is sure to be ended.
    pub ended: bool,
    /// Whether a last line was left.
    pub left: bool,
    /// How many bytes were read, if the rest is a line that never ends.
    pub abandoned_at: Option<u64>,
}

/// What comes next in a file.
#[derive(Debug)]
pub enum Next<'a> {
    /// Whole lines without quotes, each of which is a row or empty.
    Lines(Lines<'a>),
    /// A row, which starts on this line.
    Row(&'a Record, u64),
    /// A row on this line that does not end where it should; reading goes on with the next
    /// line.
    Endless(u64),
    /// Nothing.
    End,
}

impl<R: Read + Seek> Rows<R> {
    /// The rows of `input`, from its start. A last line without an end may be left.
    pub fn new(input: R, leave_unended: bool) -> io::Result<Self> {
        Ok(Self {
            buffer: Buffer::new(input, leave_unended)?,
            record: Record::default(),
            quoted: None,
        })
    }

    /// Goes to a place that a former reading ended at.
    pub fn move_to(&mut self, place: Place) -> io::Result<()> {
        self.buffer.move_to(place)
    }

    /// Reads on. A row of several lines that has fewer than `wanted` fields, or is very long, or
    /// ends only with the file, has a quote that was not meant.
    pub fn next(&mut self, wanted: usize) -> io::Result<Next<'_>> {
        self.buffer.hold_line()?;
        match plain_length(self.buffer.held(), self.buffer.is_all()) {
            0 => self.next_row(wanted),
            length => Ok(Next::Lines(self.buffer.pass_lines(length))),
        }
    }

    /// Reads one row, of whatever shape.
    pub fn next_row(&mut self, wanted: usize) -> io::Result<Next<'_>> {
        if !self.buffer.pass_blank_lines()? {
            return Ok(Next::End);
        }
        let line = self.buffer.place().line;
        if let Some(length) = self.cut(wanted)? {
            self.buffer.pass(length);
            return Ok(Next::Row(&self.record, line));
        }
        self.buffer.pass_line()?;
        Ok(Next::Endless(line))
    }

    /// The end that has been reached.
    pub fn end(&self) -> End {
        End {
            place: self.buffer.is_settled().then_some(self.buffer.place()),
            ended: self.buffer.is_ended(),
            left: self.buffer.has_left(),
            abandoned_at: self.buffer.abandoned_at(),
        }
    }

    /// Cuts the row in front; returns how many bytes it has. `None` if it does not end where it
    /// should.
    fn cut(&mut self, wanted: usize) -> io::Result<Option<usize>> {
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
        let rest = &self.buffer.held()[length..end];
        if !quoted.parser.feed(rest, &mut self.record) {
            quoted.parser.feed(b"", &mut self.record);
        }
        Ok((self.record.fields() >= wanted).then_some(end))
    }
}

impl Quoted {
    /// Looks for the end of the row in front, whose first line is so long and leaves a quote open.
    fn find_end(
        &mut self,
        buffer: &mut Buffer<impl Read + Seek>,
        first: usize,
    ) -> io::Result<Option<usize>> {
        let start = buffer.place();
        let (byte, line) = (start.byte + first as u64, start.line + 1);
        let mut place = match self.reached.take() {
            Some(reached) if reached.byte >= byte => reached,
            _ => {
                self.ahead.restart_in_quotes();
                Place { byte, line }
            }
        };
        loop {
            let length = usize::try_from(place.byte - start.byte).unwrap_or(LONGEST);
            if place.line - start.line > MOST_LINES || length >= LONGEST {
                break;
            }
            let text = buffer.line_after(length)?;
            // A file ends as if it did so with a line.
            let fed: &[u8] = if text.is_empty() { b"\n" } else { text };
            self.unused.clear();
            if self.ahead.feed(fed, &mut self.unused) {
                return Ok(Some(length + text.len()));
            }
            if text.is_empty() {
                break;
            }
            place.byte += text.len() as u64;
            place.line += u64::from(text.ends_with(b"\n"));
        }
        self.reached = Some(place);
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
