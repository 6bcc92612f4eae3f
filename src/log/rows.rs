//! The rows of a CSV file, each of a bounded length: a stray quote costs its own line.

use std::io::{self, Read, Seek, SeekFrom};

use csv::{ByteRecord, Position};
use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

use super::fault::ReadFailure;

/// Longest row in bytes, give or take a read buffer. A log row has a hundred; a quote that is
/// never closed would make the rest of the file one row, and fill the memory.
const LONGEST: usize = 1 << 16;

/// Most lines of a row, by line breaks inside quotes.
const MOST_LINES: usize = 50;

/// The rows of a file.
#[derive(Debug)]
pub struct Rows<R> {
    csv: csv::Reader<Bounded<R>>,
    length: u64,
    /// Whether rows end in CRLF, once the first has been read. The csv crate takes such a row
    /// to end with the CR, so that its positions are a line behind.
    crlf: Option<bool>,
    /// Lines that the present position is behind.
    behind: u64,
    /// Whether the last row is ended as the others are.
    ended: bool,
    /// Whether it is to be left if it is not, and has been.
    leave_unended: bool,
    left: bool,
}

/// A place between two lines of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// How many bytes are before it.
    pub byte: u64,
    /// The line that follows, from 1.
    pub line: u64,
}

/// Where reading ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// The place from which reading can go on when rows have been appended, if all rows were
    /// plain and the last is ended.
    pub place: Option<Place>,
    /// Whether the last line is sure to be ended.
    pub ended: bool,
    /// Whether a last line was left.
    pub left: bool,
}

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A row, which starts on this line.
    Row(u64),
    /// A row on this line that does not end where it should; reading goes on with the next
    /// line.
    Endless(u64),
    /// The system would not let us read on, from this line.
    Unreadable(u64, ReadFailure),
    /// Nothing.
    End,
}

impl<R: Read + Seek> Rows<R> {
    /// The rows of `input`, from its start. The last may be left, if it is not ended.
    pub fn new(mut input: R, leave_unended: bool) -> io::Result<Self> {
        let (length, ended) = measure(&mut input)?;
        input.rewind()?;
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(Bounded {
                input,
                left: LONGEST,
            });
        Ok(Self {
            csv,
            length,
            crlf: None,
            behind: 0,
            ended,
            leave_unended,
            left: false,
        })
    }

    /// Reads the next row into `row`. One of several lines that has fewer than `wanted` fields,
    /// or is very long, or ends only with the file, has a quote that was not meant.
    pub fn next(&mut self, row: &mut ByteRecord, wanted: usize) -> Next {
        let start = self.csv.position().clone();
        self.csv.get_mut().left = LONGEST;
        match self.csv.read_byte_record(row) {
            Ok(false) => Next::End,
            Ok(true) => match self.is_to_be_left() {
                Ok(false) => self.judge(&start, row, wanted),
                Ok(true) => {
                    self.left = true;
                    Next::End
                }
                Err(error) => Next::Unreadable(start.line(), error.into()),
            },
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(_) if self.csv.get_ref().left == 0 => self.skip_line(&start),
                csv::ErrorKind::Io(error) => Next::Unreadable(start.line(), error.into()),
                _ => Next::Endless(start.line()),
            },
        }
    }

    /// The end that has been reached.
    pub fn end(&self) -> End {
        End {
            place: None,
            ended: self.ended,
            left: self.left,
        }
    }

    /// Whether the row just read is the last of a file that may still be written to, and has no
    /// end. A file that has grown since is measured again.
    fn is_to_be_left(&mut self) -> io::Result<bool> {
        let end = self.csv.position().byte();
        if self.leave_unended && end > self.length {
            let back = self.csv.position().clone();
            (self.length, self.ended) = measure(&mut self.csv.get_mut().input)?;
            let behind = self.behind;
            self.seek(back)?;
            self.behind = behind;
        }
        Ok(self.leave_unended && !self.ended && end >= self.length)
    }

    /// Gives up the present position, from which the rest of the file can be read otherwise.
    pub fn leave(self) -> Left<R> {
        Left {
            byte: self.csv.position().byte(),
            line: self.csv.position().line(),
            leave_unended: self.leave_unended,
            crlf: self.crlf,
            behind: self.behind,
            input: self.csv.into_inner().input,
        }
    }

    fn judge(&mut self, start: &Position, row: &ByteRecord, wanted: usize) -> Next {
        let end = self.csv.position();
        let lines = end.line().saturating_sub(start.line());
        let crlf = *self.crlf.get_or_insert(lines == 0);
        let line = start.line() + self.behind;
        // Line breaks that a row of one line takes: its own or, in CRLF, the one before.
        let one = if crlf { self.behind } else { 1 };
        self.behind = u64::from(crlf);
        let last = end.byte() == self.length;
        let breaks = count(row.as_slice(), b'\n');
        if breaks == 0 {
            return Next::Row(match lines {
                _ if last && !self.ended => end.line(),
                lines if lines <= one => line,
                // Blank lines before the row.
                _ => end.line() - 1 + self.behind,
            });
        }
        let odd = last && self.is_unclosed(start.byte()).unwrap_or(true);
        if odd || breaks > MOST_LINES || row.len() < wanted {
            self.skip_line(start)
        } else {
            Next::Row(line)
        }
    }

    /// Whether the rest of the file from `byte` on has an odd number of quotes; puts the reader
    /// back where it was.
    fn is_unclosed(&mut self, byte: u64) -> io::Result<bool> {
        let back = self.csv.position().clone();
        let input = &mut self.csv.get_mut().input;
        input.seek(SeekFrom::Start(byte))?;
        let mut rest = Vec::new();
        input
            .by_ref()
            .take(2 * LONGEST as u64)
            .read_to_end(&mut rest)?;
        self.seek(back).map(|()| count(&rest, b'"') % 2 == 1)
    }

    /// Goes on with the line after the one that the row at `start` begins on.
    fn skip_line(&mut self, start: &Position) -> Next {
        match self.find_next_line(start) {
            Ok((line, next)) => match self.seek(next) {
                Ok(()) => Next::Endless(line),
                Err(error) => Next::Unreadable(line, error.into()),
            },
            Err(error) => Next::Unreadable(start.line(), error.into()),
        }
    }

    /// The line of the first text from `start` on, and where the line after it begins.
    fn find_next_line(&mut self, start: &Position) -> io::Result<(u64, Position)> {
        let input = &mut self.csv.get_mut().input;
        input.seek(SeekFrom::Start(start.byte()))?;
        let mut next = start.clone();
        let mut line = None;
        let mut buffer = [0; 8192];
        loop {
            let count = input.read(&mut buffer)?;
            if count == 0 {
                return Ok((line.unwrap_or(start.line()), next));
            }
            for byte in &buffer[..count] {
                next.set_byte(next.byte() + 1);
                match byte {
                    b'\n' => {
                        next.set_line(next.line() + 1);
                        if let Some(line) = line {
                            return Ok((line, next));
                        }
                    }
                    b'\r' => {}
                    _ => line = line.or(Some(next.line())),
                }
            }
        }
    }

    fn seek(&mut self, to: Position) -> io::Result<()> {
        self.csv.get_mut().left = LONGEST;
        self.behind = 0;
        let byte = SeekFrom::Start(to.byte());
        self.csv.seek_raw(byte, to).map_err(io::Error::from)
    }
}

/// The length of a file, and whether its last row is ended.
fn measure(input: &mut (impl Read + Seek)) -> io::Result<(u64, bool)> {
    let length = input.seek(SeekFrom::End(0))?;
    let mut last = [b'\n'];
    if length > 0 {
        input.seek(SeekFrom::Start(length - 1))?;
        input.read_exact(&mut last)?;
    }
    Ok((length, matches!(last, [b'\n' | b'\r'])))
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    memchr_iter(wanted, bytes).count()
}

/// A file whose reading was left at a row's start, and what is known of it.
#[derive(Debug)]
pub struct Left<R> {
    /// The file, at no position in particular.
    pub input: R,
    /// Where the next row starts, or the line feed of a CRLF before it.
    pub byte: u64,
    /// The line of that byte.
    pub line: u64,
    /// Whether a last line without an end is to be left.
    pub leave_unended: bool,
    /// Whether rows end in CRLF, if that is known.
    pub crlf: Option<bool>,
    behind: u64,
}

impl<R: Read + Seek> Left<R> {
    /// A file of which nothing has been read.
    pub fn new(input: R, leave_unended: bool) -> Self {
        Self {
            input,
            byte: 0,
            line: 1,
            leave_unended,
            crlf: None,
            behind: 0,
        }
    }

    /// Begins to read rows from the file's start.
    pub fn start(self) -> io::Result<Rows<R>> {
        Rows::new(self.input, self.leave_unended)
    }

    /// Goes on reading rows.
    pub fn resume(mut self) -> io::Result<Rows<R>> {
        let (length, ended) = measure(&mut self.input)?;
        // A csv reader reads a first row before it can be moved: let it find none.
        self.input.seek(SeekFrom::End(0))?;
        let bounded = Bounded {
            input: self.input,
            left: LONGEST,
        };
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bounded);
        let mut rows = Rows {
            csv,
            length,
            ended,
            crlf: self.crlf,
            behind: 0,
            leave_unended: self.leave_unended,
            left: false,
        };
        let mut place = Position::new();
        place.set_byte(self.byte).set_line(self.line);
        rows.seek(place)?;
        rows.behind = self.behind;
        Ok(rows)
    }

    /// Moves to the start of a line.
    pub fn move_to(&mut self, byte: u64, line: u64) {
        (self.byte, self.line, self.behind) = (byte, line, 0);
    }
}

/// A reader that refuses to go on once a row has taken its share.
#[derive(Debug)]
struct Bounded<R> {
    input: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let count = self.input.read(buffer)?;
        self.left = self.left.saturating_sub(count);
        Ok(count)
    }
}

impl<R: Seek> Seek for Bounded<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

#[cfg(test)]
mod tests;
