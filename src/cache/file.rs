//! A site's cache file: one segment for each of its logs.
//!
//! The details of all segments come first, then the heads of all but the last, then the front, then a
//! trailer of fixed length that says where the front is. The file is replaced in one step. Every block
//! carries a hash; a block that does not match is ignored.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::folder::{CacheFolder, NewFile};
use super::head::url_heads;
use super::segment::{Extent, Head, Past, Segment, Source, hash_of_stamps};
use crate::stats::needs::Needs;
use crate::stats::summary::Summary;
use crate::store::directory::{FileStamp, SettleTime};
use crate::store::folder::{LogFile, SiteFolder};

/// Four numbers: the key, and the extent of the front.
const TRAILER: usize = 32;

/// How much is read at once from the end: most fronts are shorter, and need no second call.
const TAIL: u64 = 1 << 13;

/// More bytes than this are never written, and so never read, at once: a length that no one
/// wrote must not ask for memory.
const LONGEST: u64 = 1 << 26;

/// A site's cache file, opened.
#[derive(Debug)]
pub struct CacheFile {
    file: File,
    /// Where its trailer is.
    end: u64,
    front: Vec<u8>,
    heads: OnceCell<Option<Vec<u8>>>,
}

/// The block that every request reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct Front<'a> {
    /// All files but the last.
    #[serde(borrow)]
    pub past: Past<'a>,
    /// The last.
    pub last: Head<'a>,
    /// Where the heads of all others are.
    heads: Extent,
}

impl CacheFile {
    /// Opens the cache file of a site; `None` if it is missing, damaged or from another build.
    pub fn find(folder: &CacheFolder, site: &SiteFolder) -> Option<Self> {
        let (file, length) = folder.open(site)?;
        let start = length.saturating_sub(TAIL);
        let mut tail = vec![0; usize::try_from(length - start).ok()?];
        file.read_exact_at(&mut tail, start).ok()?;
        let trailer = tail.split_off(tail.len().checked_sub(TRAILER)?);
        let mut numbers = trailer.chunks_exact(8).map(|bytes| {
            let bytes = bytes.try_into().unwrap_or_default();
            u64::from_le_bytes(bytes)
        });
        let key = numbers.next()?;
        let extent = Extent {
            at: numbers.next()?,
            length: numbers.next()?,
            hash: numbers.next()?,
        };
        let end = start + tail.len() as u64;
        if key != folder.key(site) || extent.at.checked_add(extent.length)? != end {
            return None;
        }
        let cached = Self {
            file,
            end,
            front: Vec::new(),
            heads: OnceCell::new(),
        };
        let front = match extent.at.checked_sub(start) {
            Some(at) => extent.check(tail.split_off(usize::try_from(at).ok()?)),
            None => cached.read(&extent),
        };
        Some(Self {
            front: front?,
            ..cached
        })
    }

    /// The bytes of an extent, if they are there and have the right hash.
    fn read(&self, extent: &Extent) -> Option<Vec<u8>> {
        let is_within = extent.at.checked_add(extent.length)? <= self.end;
        if !is_within || extent.length > LONGEST {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(extent.length).ok()?];
        self.file.read_exact_at(&mut bytes, extent.at).ok()?;
        extent.check(bytes)
    }

    /// What is read first.
    pub fn front(&self) -> Option<Front<'_>> {
        postcard::from_bytes(&self.front).ok()
    }

    /// The heads of all files but the last.
    pub fn heads(&self, front: &Front) -> Vec<Head<'_>> {
        let read = || self.read(&front.heads);
        let bytes = self.heads.get_or_init(read).as_deref();
        bytes.and_then(decode).unwrap_or_default()
    }

    /// What a file says.
    pub fn segment(&self, head: &Head, needs: &Needs) -> Option<Segment> {
        head.segment(needs, |extent| self.read(extent))
    }

    /// What all files but the last say.
    pub fn past(&self, front: &Front, needs: &Needs) -> Option<Summary> {
        front.past.summary(needs, |extent| self.read(extent))
    }
}

fn decode(bytes: &[u8]) -> Option<Vec<Head<'_>>> {
    let mut heads = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (head, after) = postcard::take_from_bytes(rest).ok()?;
        heads.push(head);
        rest = after;
    }
    Some(heads)
}

impl Extent {
    /// The bytes that were read there, if they have the right hash.
    fn check(&self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        (xxh3_64(&bytes) == self.hash).then_some(bytes)
    }
}

/// A cache file being written.
#[derive(Debug)]
pub struct Draft {
    file: NewFile,
    key: u64,
    /// The state of its own file when it was made, which tells what time it is there.
    begun: FileStamp,
    settle: SettleTime,
    length: u64,
}

impl Draft {
    /// Begins a new cache file of a site; `None` if nothing can be written.
    pub fn begin(folder: &CacheFolder, site: &SiteFolder) -> Option<Self> {
        let file = folder.create(site)?;
        let begun = FileStamp::of(file.file.metadata());
        Some(Self {
            file,
            key: folder.key(site),
            begun,
            settle: folder.settle,
            length: 0,
        })
    }

    /// Whether a file's state can be trusted to change with the file from now on.
    pub fn is_settled(&self, state: &FileStamp) -> bool {
        state.is_settled_before(&self.begun, self.settle)
    }

    /// Writes a part's body; returns its head.
    pub fn add(&mut self, name: &str, source: Source, part: &Segment) -> Option<Vec<u8>> {
        let body = self.write(&part.body()?).ok()?;
        part.head(name, source, body)
    }

    /// Copies the details of a segment of the former file; returns its head.
    pub fn copy(&mut self, head: &Head, source: Source, from: &CacheFile) -> Option<Vec<u8>> {
        let details = from.read(&head.body.extent)?;
        let details = self.write(&details).ok()?;
        head.moved(source, details)
    }

    /// Replaces the cache file, with the heads of all `files`.
    pub fn publish(mut self, heads: &[Vec<u8>], files: &[LogFile]) -> Option<()> {
        let (last, others) = heads.split_last()?;
        let others = others.concat();
        let decoded = decode(&others)?;
        let all_states = decoded.iter().zip(files);
        let as_listed = all_states
            .take_while(|(head, file)| head.name == file.name() && head.source.stamp == file.stamp);
        let count = as_listed.count();
        let (summary, past) = Past::of(&decoded[..count], hash_of_stamps(&files[..count]))?;
        let front = Front {
            past: Past {
                urls: url_heads(&summary)?,
                ..past
            },
            last: postcard::from_bytes(last).ok()?,
            heads: self.write(&others).ok()?,
        };
        let front = self.write(&postcard::to_allocvec(&front).ok()?).ok()?;
        let trailer = [self.key, front.at, front.length, front.hash].map(u64::to_le_bytes);
        self.file.file.write_all(&trailer.concat()).ok()?;
        self.file.publish().ok()
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<Extent> {
        let length = bytes.len() as u64;
        if length > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.file.file.write_all(bytes)?;
        let extent = Extent {
            at: self.length,
            length,
            hash: xxh3_64(bytes),
        };
        self.length += length;
        Ok(extent)
    }
}
