//! The common shape of a log: no quotes, a row a line. Blocks of whole lines, to be cut by hand.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::{memchr, memchr_iter, memrchr};

use super::rows::{End, Left, Place};

/// Bytes read at once, and the longest line that is plain. The csv reader takes such a line too.
const BLOCK: usize = 1 << 16;

/// Reads the plain part of a file, block by block.
#[derive(Debug)]
pub struct Plain<R> {
    file: Left<R>,
    buffer: Vec<u8>,
    /// Bytes of the buffer that have been given out.
    used: usize,
    /// Bytes of the buffer that hold something.
    filled: usize,
    /// Where in the file the buffer's first unused byte is, and its line.
    byte: u64,
    line: u64,
    /// Whether the line before that byte is ended.
    ended: bool,
}

/// What comes next in the plain part of a file.
#[derive(Debug)]
pub enum Block<'a> {
    /// Whole lines, the first of which is this one.
    Lines(&'a [u8], u64),
    /// Something that is not plain: quotes, a carriage return alone, a very long line.
    Other,
    /// Nothing.
    End,
}

impl<R: Read + Seek> Plain<R> {
    /// The rest of a file.
    pub fn new(mut file: Left<R>) -> io::Result<Self> {
        let (byte, line) = (file.byte, file.line);
        file.input.seek(SeekFrom::Start(byte))?;
        Ok(Self {
            file,
            buffer: vec![0; BLOCK],
            used: 0,
            filled: 0,
            byte,
            line,
            // What was read before is only known to be ended if it was not the last.
            ended: false,
        })
    }

    /// The next block. After [`Block::Other`], the rest is for [`Plain::leave`].
    pub fn read_block(&mut self) -> io::Result<Block<'_>> {
        self.buffer.copy_within(self.used..self.filled, 0);
        self.filled -= self.used;
        self.used = 0;
        let mut end = false;
        while self.filled < BLOCK && !end {
            match self.file.input.read(&mut self.buffer[self.filled..]) {
                Ok(0) => end = true,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
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
        if memchr(b'"', block).is_some() || has_lone_return(block, end) {
            return Ok(Block::Other);
        }
        let line = self.line;
        self.used = length;
        self.byte += length as u64;
        self.line += memchr_iter(b'\n', block).count() as u64;
        self.ended = block.ends_with(b"\n");
        Ok(Block::Lines(block, line))
    }

    /// The end that has been reached.
    pub fn end(&self) -> End {
        let place = Place {
            byte: self.byte,
            line: self.line,
        };
        End {
            place: self.ended.then_some(place),
            left: self.used < self.filled,
        }
    }

    /// Gives the file up, at the first line that has not been given out.
    pub fn leave(mut self) -> Left<R> {
        if self.byte != self.file.byte {
            self.file.move_to(self.byte, self.line);
        }
        self.file
    }
}

/// Whether a carriage return ends a row without a line feed. At the end of a file it does.
fn has_lone_return(block: &[u8], end: bool) -> bool {
    memchr_iter(b'\r', block).any(|at| match block.get(at + 1) {
        Some(next) => *next != b'\n',
        None => end,
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
