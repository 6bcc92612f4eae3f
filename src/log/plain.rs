//! The common shape of a log: no quotes, a row a line. Blocks of whole lines, to be cut by hand.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memrchr};

use super::rows::{End, Left, Place};

/// Bytes read at once, and the longest line that is plain. The csv reader takes such a line too.
const BLOCK: usize = 1 << 16;

/// The byte order mark that editors on Windows write.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads the plain part of a file, block by block.
#[derive(Debug)]
pub struct Plain<R> {
    file: Left<R>,
    buffer: Vec<u8>,
    /// Bytes of the buffer that have been given out.
    used: usize,
    /// Bytes of the buffer that hold something.
    filled: usize,
    /// Where in the file the buffer's first unused byte is.
    byte: u64,
    /// Whether the line before that byte is ended.
    ended: bool,
    /// Whether there is nothing more to read.
    at_end: bool,
}

/// What comes next in the plain part of a file.
#[derive(Debug)]
pub enum Block<'a> {
    /// Whole lines.
    Lines(&'a [u8]),
    /// Something that is not plain: quotes, a carriage return alone, a very long line.
    Other,
    /// Nothing.
    End,
}

impl<R: Read + Seek> Plain<R> {
    /// The rest of a file.
    pub fn new(mut file: Left<R>) -> io::Result<Self> {
        let byte = file.byte;
        file.input.seek(SeekFrom::Start(byte))?;
        Ok(Self {
            file,
            buffer: vec![0; BLOCK],
            used: 0,
            filled: 0,
            byte,
            // What was read before is only known to be ended if it was not the last.
            ended: false,
            at_end: false,
        })
    }

    /// Reads the first line of a file, if it is plain.
    pub fn read_header(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.fill()?;
        let held = &self.buffer[..self.filled];
        let Some(end) = memchr(b'\n', held) else {
            return Ok(None);
        };
        let line = held[..end].strip_suffix(b"\r");
        let crlf = line.is_some();
        let line = line.unwrap_or(&held[..end]);
        if line.is_empty() || memchr2(b'"', b'\r', line).is_some() {
            return Ok(None);
        }
        self.used = end + 1;
        self.byte += self.used as u64;
        self.ended = true;
        self.file.crlf = Some(crlf);
        Ok(Some(line.strip_prefix(MARK).unwrap_or(line).to_owned()))
    }

    /// The next block. After [`Block::Other`], the rest is for [`Plain::leave`].
    pub fn read_block(&mut self) -> io::Result<Block<'_>> {
        self.fill()?;
        let end = self.at_end;
        let held = &self.buffer[..self.filled];
        let whole = end && !self.file.leave_unended;
        let length = if whole {
            held.len()
        } else {
            memrchr(b'\n', held).map_or(0, |at| at + 1)
        };
        let block = &held[..length];
        if length == 0 {
            return Ok(if end { Block::End } else { Block::Other });
        }
        if !is_plain(block, end) {
            return Ok(Block::Other);
        }
        self.used = length;
        self.byte += length as u64;
        self.ended = block.ends_with(b"\n");
        Ok(Block::Lines(block))
    }

    /// Fills the buffer behind what has not been given out.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.used..self.filled, 0);
        self.filled -= self.used;
        self.used = 0;
        while self.filled < BLOCK && !self.at_end {
            match self.file.input.read(&mut self.buffer[self.filled..]) {
                Ok(0) => self.at_end = true,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The end that has been reached, before this line.
    pub fn end(&self, line: u64) -> End {
        let place = Place {
            byte: self.byte,
            line,
        };
        End {
            place: self.ended.then_some(place),
            ended: self.ended,
            left: self.used < self.filled,
        }
    }

    /// Gives the file up, at the first line that has not been given out, which is this one.
    pub fn leave(mut self, line: u64) -> Left<R> {
        if self.byte != self.file.byte {
            self.file.move_to(self.byte, line);
        }
        self.file
    }
}

/// Whether a block has no quotes, and no carriage return that ends a row without a line feed. At
/// the end of a file it does.
fn is_plain(block: &[u8], end: bool) -> bool {
    memchr2_iter(b'"', b'\r', block).all(|at| {
        block[at] == b'\r'
            && match block.get(at + 1) {
                Some(next) => *next == b'\n',
                None => !end,
            }
    })
}

/// A plain line, and where its commas are.
#[derive(Debug)]
pub struct Line<'text, 'commas> {
    text: &'text [u8],
    commas: &'commas [usize],
}

impl<'text, 'commas> Line<'text, 'commas> {
    /// Cuts a line at its commas, of which the places are noted in `commas`.
    pub fn cut(text: &'text [u8], commas: &'commas mut Vec<usize>) -> Self {
        commas.clear();
        commas.extend(memchr_iter(b',', text));
        Self { text, commas }
    }

    /// How many fields it has.
    pub fn fields(&self) -> usize {
        self.commas.len() + 1
    }

    /// A field.
    pub fn get(&self, field: usize) -> Option<&'text [u8]> {
        let start = match field.checked_sub(1) {
            None => 0,
            Some(before) => self.commas.get(before)? + 1,
        };
        let end = self.commas.get(field).copied().unwrap_or(self.text.len());
        Some(&self.text[start..end])
    }
}
