//! The part of a file that is held while it is read: never more than the longest row, so that a
//! line without an end fills no memory.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::{memchr, memchr_iter, memchr2, memrchr, memrchr2};
use serde::{Deserialize, Serialize};

/// Longest row in bytes, with its line end. A log row has a hundred; a quote that is never closed
/// would make the rest of the file one row.
pub const LONGEST: usize = 1 << 16;

/// After how many bytes of one line the end of the file is looked at, whether it ends a line at
/// all. A disk that was full can leave gigabytes of zeros.
const FAR: u64 = 1 << 24;

/// Where the last line end usually is: so many bytes before the end of a file.
const NEAR: usize = 1 << 9;

/// The byte order mark that editors on Windows write.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A place between two rows of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// How many bytes are before it.
    pub byte: u64,
    /// The line it is on, from 1: one more than there are line feeds before it.
    pub line: u64,
}

/// A file that is being read.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about where the file ends"
)]
pub struct Buffer<R> {
    input: R,
    bytes: Vec<u8>,
    /// Bytes that have been passed.
    used: usize,
    /// Bytes that hold something.
    filled: usize,
    place: Place,
    /// How many bytes of the file are still to be read, at most.
    unread: u64,
    /// Whether there is nothing more to read.
    at_end: bool,
    /// Whether what has been passed ends in a line end, or in a line that is too long to matter.
    ended: bool,
    /// Whether the end of the file was met within a row.
    torn: bool,
    /// Whether a last line without an end is left.
    leave_unended: bool,
    left: bool,
    abandoned: bool,
}

/// Whole lines, and the number of the first, which is to be advanced to that of the line after
/// them.
#[derive(Debug)]
pub struct Lines<'a> {
    /// Their text.
    pub text: &'a [u8],
    /// The number.
    pub line: &'a mut u64,
}

impl<R: Read + Seek> Buffer<R> {
    /// Holds the start of a file, without a byte order mark. With `leave_unended`, the file is
    /// read as if it ended where its last line does that has an end; a line that is too long for
    /// a row is left to the reader.
    pub fn new(input: R, leave_unended: bool) -> io::Result<Self> {
        let mut buffer = Self {
            input,
            bytes: vec![0; LONGEST],
            used: 0,
            filled: 0,
            place: Place { byte: 0, line: 1 },
            unread: u64::MAX,
            at_end: false,
            ended: true,
            torn: false,
            leave_unended,
            left: false,
            abandoned: false,
        };
        if leave_unended {
            let length = buffer.input.seek(SeekFrom::End(0))?;
            let end = buffer.find_last_end()?;
            buffer.unread = end.unwrap_or(length);
            buffer.leave_unended = end.is_some();
            buffer.left = buffer.unread < length;
        }
        buffer.input.rewind()?;
        buffer.fill()?;
        if buffer.held().starts_with(MARK) {
            buffer.pass(MARK.len());
        }
        Ok(buffer)
    }

    /// What has been read and not passed.
    pub fn held(&self) -> &[u8] {
        &self.bytes[self.used..self.filled]
    }

    /// Where that is in the file.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether that goes on to the end of the file.
    pub fn is_all(&self) -> bool {
        self.at_end
    }

    /// Whether rows that are appended leave all that has been passed as it is.
    pub fn is_settled(&self) -> bool {
        self.ended && !self.torn
    }

    /// Whether what has been passed ends as a line does that nothing can be added to.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Whether the file's last line is left.
    pub fn has_left(&self) -> bool {
        self.left
    }

    /// Where reading was given up, in a line that never ends.
    pub fn abandoned_at(&self) -> Option<u64> {
        self.abandoned.then_some(self.place.byte)
    }

    /// Goes to a place that a former reading ended at.
    pub fn move_to(&mut self, place: Place) -> io::Result<()> {
        self.unread = self
            .unread
            .saturating_add(self.place.byte + self.held().len() as u64)
            .saturating_sub(place.byte);
        self.input.seek(SeekFrom::Start(place.byte))?;
        (self.used, self.filled, self.at_end) = (0, 0, false);
        self.place = place;
        Ok(())
    }

    /// Makes sure that the end of a line is held, if there is room for one and one to come.
    pub fn hold_line(&mut self) -> io::Result<()> {
        if memrchr2(b'\n', b'\r', self.held()).is_none() {
            self.fill()?;
        }
        Ok(())
    }

    /// Reads on until as much is held as can be; returns whether that is more than before.
    fn fill(&mut self) -> io::Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        self.bytes.copy_within(self.used..self.filled, 0);
        self.filled -= self.used;
        self.used = 0;
        let before = self.filled;
        while self.filled < LONGEST && !self.at_end {
            let room = &mut self.bytes[self.filled..];
            let most = usize::try_from(self.unread).map_or(room.len(), |most| most.min(room.len()));
            match self.input.read(&mut room[..most]) {
                Ok(0) => self.at_end = true,
                Ok(count) => {
                    self.filled += count;
                    self.unread -= count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.leave_torn_line();
        Ok(self.filled > before)
    }

    /// Leaves what is held behind the last line end, where the file ends. The end was looked for
    /// before, but a file that is written anew meanwhile has others.
    fn leave_torn_line(&mut self) {
        let held = &self.bytes[self.used..self.filled];
        if self.at_end && self.leave_unended {
            let whole = memrchr2(b'\n', b'\r', held).map_or(0, |end| end + 1);
            self.left |= whole < held.len();
            self.filled = self.used + whole;
        }
    }

    /// What follows the first `start` bytes held, up to the end of its line. It lacks that end
    /// only where the file ends, or no more can be held.
    pub fn line_after(&mut self, start: usize) -> io::Result<&[u8]> {
        loop {
            let end = memchr2(b'\n', b'\r', &self.held()[start..]);
            if end.is_some() || !self.fill()? {
                self.torn |= end.is_none() && self.at_end;
                let line = &self.held()[start..];
                return Ok(end.map_or(line, |end| &line[..=end]));
            }
        }
    }

    /// Passes bytes that are held.
    pub fn pass(&mut self, length: usize) {
        let passed = &self.held()[..length];
        let lines = memchr_iter(b'\n', passed).count() as u64;
        self.place.line += lines;
        self.advance(length);
    }

    /// Passes whole lines, which whoever reads them counts.
    pub fn pass_lines(&mut self, length: usize) -> Lines<'_> {
        let start = self.used;
        self.advance(length);
        Lines {
            text: &self.bytes[start..self.used],
            line: &mut self.place.line,
        }
    }

    /// Passes line ends; returns whether anything follows.
    pub fn pass_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            let is_text = |byte: &u8| !matches!(byte, b'\n' | b'\r');
            let text = self.held().iter().position(is_text);
            self.pass(text.unwrap_or(self.held().len()));
            if text.is_some() || !self.fill()? {
                return Ok(text.is_some());
            }
        }
    }

    /// Passes a line. If it is far too long and the file does not end in a line that can be read
    /// either, the rest of the file is not looked at.
    pub fn pass_line(&mut self) -> io::Result<()> {
        let far = self.place.byte + FAR;
        let mut is_known_to_end = false;
        loop {
            let end = memchr(b'\n', self.held());
            self.pass(end.map_or(self.held().len(), |end| end + 1));
            if end.is_some() {
                return Ok(());
            }
            if self.place.byte > far && !is_known_to_end {
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
            self.used += length;
            self.place.byte += length as u64;
            self.ended = matches!(self.bytes[self.used - 1], b'\n' | b'\r');
        }
    }

    /// Where the last line that has an end ends; `None` if what follows is too long for a row.
    /// A file may have been cut since its length was asked: then that is not before this place.
    fn find_last_end(&mut self) -> io::Result<Option<u64>> {
        let length = self.input.seek(SeekFrom::End(0))?;
        let mut found = None;
        for most in [NEAR, LONGEST] {
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
        let here = self.place.byte + self.held().len() as u64;
        self.input.seek(SeekFrom::Start(here))?;
        Ok(found)
    }
}

/// How many bytes of `held` come before the first line that is not plain, which has a quote or
/// a carriage return without a line feed. Without `is_all`, what has no end is not a line yet.
pub fn plain_length(held: &[u8], is_all: bool) -> usize {
    let whole = if is_all {
        held.len()
    } else {
        memrchr2(b'\n', b'\r', held).map_or(0, |end| end + 1)
    };
    let is_odd = |&at: &usize| held[at] == b'"' || held.get(at + 1) != Some(&b'\n');
    let odd = memchr::memchr2_iter(b'"', b'\r', &held[..whole]).find(is_odd);
    odd.map_or(whole, |odd| {
        memrchr(b'\n', &held[..odd]).map_or(0, |end| end + 1)
    })
}
