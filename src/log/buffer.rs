//! A window over the file being read, no longer than the longest row, so that a line that never
//! ends cannot exhaust memory. It finds line ends and counts lines; `rows` decides what is a row.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::{memchr, memchr_iter, memchr2, memrchr, memrchr2};
use serde::{Deserialize, Serialize};

/// The longest row, in bytes, with its line end. A log row has about a hundred; without a limit, an
/// unclosed quote would turn the rest of the file into one row.
pub const LONGEST: usize = 1 << 16;

/// After this many bytes of one line, the end of the file is checked for a line end. If there is
/// none, reading stops: a full disk can leave gigabytes of zeros.
const PATIENCE: u64 = 1 << 24;

/// How many bytes at the end of a file are searched first for its last line end.
const SHORT_TAIL: usize = 1 << 9;

/// Written by editors on Windows.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A position between two rows of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// How many bytes come before it.
    pub byte: u64,
    /// Its line, from 1: the number of line feeds before it, plus one.
    pub line: u64,
}

/// What happens to a last line without a line end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnendedLine {
    /// It is read: the file is finished.
    #[default]
    Read,
    /// It is skipped: it may still be being written.
    Skip,
}

/// A file that is being read.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate fact about where the file ends"
)]
pub struct Buffer<R> {
    input: R,
    bytes: Vec<u8>,
    /// How many of `bytes` were consumed.
    consumed: usize,
    /// How many of `bytes` were read from the file.
    filled: usize,
    /// The position of the first byte that is not consumed.
    position: Position,
    /// At most this many bytes are still to be read from the file.
    remaining: u64,
    /// Whether nothing more is to be read.
    at_end: bool,
    /// Whether the consumed bytes end with a line end, or with a line that is too long to be a row.
    ended: bool,
    /// Whether the file ended inside a row.
    torn: bool,
    unended: UnendedLine,
    /// Whether a last line without a line end was skipped.
    skipped: bool,
    /// Whether reading stopped inside a line that never ends.
    abandoned: bool,
}

/// Whole lines.
#[derive(Debug)]
pub struct Lines<'a> {
    pub text: &'a [u8],
    /// The number of the first line. Whoever reads the lines advances it to the line after them.
    pub line: &'a mut u64,
}

impl<R: Read + Seek> Buffer<R> {
    /// Reads the start of a file, without its byte order mark. With [`UnendedLine::Skip`] the file
    /// ends after its last line end, unless what follows is too long to be a row.
    pub fn new(input: R, unended: UnendedLine) -> io::Result<Self> {
        let mut buffer = Self {
            input,
            bytes: vec![0; LONGEST],
            consumed: 0,
            filled: 0,
            position: Position { byte: 0, line: 1 },
            remaining: u64::MAX,
            at_end: false,
            ended: true,
            torn: false,
            unended,
            skipped: false,
            abandoned: false,
        };
        if unended == UnendedLine::Skip {
            let length = buffer.input.seek(SeekFrom::End(0))?;
            let end = buffer.find_last_end()?;
            buffer.remaining = end.unwrap_or(length);
            if end.is_none() {
                buffer.unended = UnendedLine::Read;
            }
            buffer.skipped = buffer.remaining < length;
        }
        buffer.input.rewind()?;
        buffer.fill()?;
        if buffer.buffered().starts_with(BYTE_ORDER_MARK) {
            buffer.consume(BYTE_ORDER_MARK.len());
        }
        Ok(buffer)
    }

    /// The bytes that were read but not consumed.
    pub fn buffered(&self) -> &[u8] {
        &self.bytes[self.consumed..self.filled]
    }

    /// The position of the first of them.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Whether the buffered bytes reach the end of the file.
    pub fn is_all(&self) -> bool {
        self.at_end
    }

    /// Whether appending rows to the file cannot change the rows consumed so far.
    pub fn is_settled(&self) -> bool {
        self.ended && !self.torn
    }

    /// Whether nothing can be appended to the last line consumed.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Whether the file's last line was skipped.
    pub fn has_skipped(&self) -> bool {
        self.skipped
    }

    /// The byte at which reading stopped, if that was inside a line that never ends.
    pub fn abandoned_at(&self) -> Option<u64> {
        self.abandoned.then_some(self.position.byte)
    }

    /// Goes to the position at which an earlier read of the file ended.
    pub fn resume_at(&mut self, position: Position) -> io::Result<()> {
        self.remaining = self
            .remaining
            .saturating_add(self.position.byte + self.buffered().len() as u64)
            .saturating_sub(position.byte);
        self.input.seek(SeekFrom::Start(position.byte))?;
        (self.consumed, self.filled, self.at_end) = (0, 0, false);
        self.position = position;
        Ok(())
    }

    /// Reads on if no line end is buffered.
    pub fn buffer_line(&mut self) -> io::Result<()> {
        if memrchr2(b'\n', b'\r', self.buffered()).is_none() {
            self.fill()?;
        }
        Ok(())
    }

    /// Fills the buffer; returns whether it holds more bytes than before.
    fn fill(&mut self) -> io::Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        self.bytes.copy_within(self.consumed..self.filled, 0);
        self.filled -= self.consumed;
        self.consumed = 0;
        let before = self.filled;
        while self.filled < LONGEST && !self.at_end {
            let room = &mut self.bytes[self.filled..];
            let most =
                usize::try_from(self.remaining).map_or(room.len(), |most| most.min(room.len()));
            match self.input.read(&mut room[..most]) {
                Ok(0) => self.at_end = true,
                Ok(count) => {
                    self.filled += count;
                    self.remaining -= count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.drop_unended_line();
        Ok(self.filled > before)
    }

    /// At the end of the file, drops what follows the last line end, where that is to be skipped.
    /// `new` has already looked for it, but a file that is rewritten meanwhile has another.
    fn drop_unended_line(&mut self) {
        let buffered = &self.bytes[self.consumed..self.filled];
        if self.at_end && self.unended == UnendedLine::Skip {
            let whole = memrchr2(b'\n', b'\r', buffered).map_or(0, |end| end + 1);
            self.skipped |= whole < buffered.len();
            self.filled = self.consumed + whole;
        }
    }

    /// The buffered bytes from `start` to the next line end, inclusive. The line end is missing
    /// only if the file ends or the buffer is full.
    pub fn line_after(&mut self, start: usize) -> io::Result<&[u8]> {
        loop {
            let end = memchr2(b'\n', b'\r', &self.buffered()[start..]);
            if end.is_some() || !self.fill()? {
                self.torn |= end.is_none() && self.at_end;
                let line = &self.buffered()[start..];
                return Ok(end.map_or(line, |end| &line[..=end]));
            }
        }
    }

    /// Consumes buffered bytes.
    pub fn consume(&mut self, length: usize) {
        let consumed = &self.buffered()[..length];
        let lines = memchr_iter(b'\n', consumed).count() as u64;
        self.position.line += lines;
        self.advance(length);
    }

    /// Consumes whole lines without counting them; whoever reads them does.
    pub fn consume_lines(&mut self, length: usize) -> Lines<'_> {
        let start = self.consumed;
        self.advance(length);
        Lines {
            text: &self.bytes[start..self.consumed],
            line: &mut self.position.line,
        }
    }

    /// Consumes line ends; returns whether anything follows.
    pub fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            let is_text = |byte: &u8| !matches!(byte, b'\n' | b'\r');
            let text = self.buffered().iter().position(is_text);
            self.consume(text.unwrap_or(self.buffered().len()));
            if text.is_some() || !self.fill()? {
                return Ok(text.is_some());
            }
        }
    }

    /// Consumes a line. If it is far too long and the file does not end with a readable line
    /// either, the rest of the file is abandoned.
    pub fn skip_line(&mut self) -> io::Result<()> {
        let limit = self.position.byte + PATIENCE;
        let mut is_known_to_end = false;
        loop {
            let end = memchr(b'\n', self.buffered());
            self.consume(end.map_or(self.buffered().len(), |end| end + 1));
            if end.is_some() {
                return Ok(());
            }
            if self.position.byte > limit && !is_known_to_end {
                is_known_to_end = self.find_last_end()?.is_some();
                self.abandoned = !is_known_to_end;
            }
            if self.abandoned || !self.fill()? {
                (self.at_end, self.ended, self.torn) = (true, true, true);
                return Ok(());
            }
        }
    }

    fn advance(&mut self, length: usize) {
        if length > 0 {
            self.consumed += length;
            self.position.byte += length as u64;
            self.ended = matches!(self.bytes[self.consumed - 1], b'\n' | b'\r');
        }
    }

    /// The offset after the last line end, or 0 if there is none; `None` if what follows the last
    /// line end is too long to be a row. A file may have been truncated since its length was asked:
    /// then it ends before this offset.
    fn find_last_end(&mut self) -> io::Result<Option<u64>> {
        let length = self.input.seek(SeekFrom::End(0))?;
        let mut found = None;
        for most in [SHORT_TAIL, LONGEST] {
            let start = length.saturating_sub(most as u64);
            self.input.seek(SeekFrom::Start(start))?;
            let mut tail = Vec::with_capacity(most);
            self.input
                .by_ref()
                .take(most as u64)
                .read_to_end(&mut tail)?;
            found = match memrchr2(b'\n', b'\r', &tail) {
                Some(at) => Some(start + at as u64 + 1),
                None if start == 0 => Some(0),
                None => (start + (tail.len() as u64) < length).then_some(start),
            };
            if found.is_some() {
                break;
            }
        }
        let here = self.position.byte + self.buffered().len() as u64;
        self.input.seek(SeekFrom::Start(here))?;
        Ok(found)
    }
}

/// How many bytes of `buffered` come before the first line that is not plain. A plain line has no
/// quote, and no carriage return without a line feed. Text without a line end counts
/// as a line only at the end of the file (`is_all`).
pub fn plain_length(buffered: &[u8], is_all: bool) -> usize {
    let whole = if is_all {
        buffered.len()
    } else {
        memrchr2(b'\n', b'\r', buffered).map_or(0, |end| end + 1)
    };
    let is_odd = |&at: &usize| buffered[at] == b'"' || buffered.get(at + 1) != Some(&b'\n');
    let odd = memchr::memchr2_iter(b'"', b'\r', &buffered[..whole]).find(is_odd);
    odd.map_or(whole, |odd| {
        memrchr(b'\n', &buffered[..odd]).map_or(0, |end| end + 1)
    })
}
