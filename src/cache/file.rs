//! A site's cache file: the segments of its logs.
//!
//! It has the bodies of all segments, then the heads of all but the last, then the front, then a
//! trailer of fixed length with the extent of the front. The file is replaced atomically. Every
//! block carries a hash; a block that does not match is ignored.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::folder::{CacheFolder, NewFile};
use super::head::{Days, url_heads};
use super::segment::{Extent, Head, Merged, Segment, Source, hash_of_rules};
use crate::stats::needs::Needs;
use crate::stats::rules::SiteReading;
use crate::stats::summary::Summary;
use crate::store::directory::{FileStamp, SettleTime};
use crate::store::folder::{LogFile, SiteFolder};

/// The trailer's length in bytes: the key, and the three numbers of the front's extent.
const TRAILER: usize = 32;

/// How many bytes at the end are read at once. Most fronts are shorter, and need no second call.
pub(crate) const TAIL: usize = 1 << 13;

/// The longest block, in bytes. A damaged length must not allocate more.
const LONGEST: u64 = 1 << 26;

/// A site's cache file, opened.
#[derive(Debug)]
pub(crate) struct CacheFile {
    file: File,
    /// The offset of the trailer.
    end: u64,
    front: Vec<u8>,
    heads: OnceCell<Option<Vec<u8>>>,
}

/// The block that every request reads.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Front<'a> {
    /// The hash of the rules that checks were read by: maintenance notes may have changed.
    pub rules: u64,
    /// All segments but the last, as far as their files had not changed since they were listed.
    #[serde(borrow)]
    pub merged: Merged<'a>,
    /// The last segment.
    pub last: Head<'a>,
    /// The heads of all segments but the last.
    heads: Extent,
}

impl CacheFile {
    /// Opens the cache file of a site; `None` if it is missing, damaged or from another build.
    /// `tail` is a buffer that serves all sites: clearing 8 KiB for each would be a tenth of the
    /// instructions of a cached request.
    pub(crate) fn find(
        folder: &CacheFolder,
        site: &SiteFolder,
        tail: &mut [u8; TAIL],
    ) -> Option<Self> {
        let name = folder.name(site);
        let (file, length) = folder.open(name)?;
        let start = length.saturating_sub(TAIL as u64);
        let tail = tail.get_mut(..usize::try_from(length - start).ok()?)?;
        file.read_exact_at(tail, start).ok()?;
        let (tail, trailer) = tail.split_at(tail.len().checked_sub(TRAILER)?);
        let mut numbers = trailer.chunks_exact(8).map(|bytes| {
            let bytes = bytes.try_into().unwrap_or_default();
            u64::from_le_bytes(bytes)
        });
        let key = numbers.next()?;
        let extent = Extent {
            offset: numbers.next()?,
            length: numbers.next()?,
            hash: numbers.next()?,
        };
        let end = start + tail.len() as u64;
        if key != name.key() || extent.offset.checked_add(extent.length)? != end {
            return None;
        }
        let cached = Self {
            file,
            end,
            front: Vec::new(),
            heads: OnceCell::new(),
        };
        let front = match extent.offset.checked_sub(start) {
            Some(at) => extent.check(tail[usize::try_from(at).ok()?..].to_vec()),
            None => cached.read(&extent),
        };
        Some(Self {
            front: front?,
            ..cached
        })
    }

    /// The bytes of a block; `None` if they are missing or damaged.
    fn read(&self, extent: &Extent) -> Option<Vec<u8>> {
        let is_within = extent.offset.checked_add(extent.length)? <= self.end;
        if !is_within || extent.length > LONGEST {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(extent.length).ok()?];
        self.file.read_exact_at(&mut bytes, extent.offset).ok()?;
        extent.check(bytes)
    }

    /// The front; `None` if it can't be decoded.
    pub(crate) fn front(&self) -> Option<Front<'_>> {
        postcard::from_bytes(&self.front).ok()
    }

    /// The heads of all segments but the last; empty if they are damaged.
    pub(crate) fn heads(&self, front: &Front) -> Vec<Head<'_>> {
        let read = || self.read(&front.heads);
        let bytes = self.heads.get_or_init(read).as_deref();
        bytes.and_then(decode).unwrap_or_default()
    }

    /// A segment, with the details that are needed.
    pub(crate) fn segment(&self, head: &Head, needs: &Needs) -> Option<Segment> {
        head.segment(needs, |extent| self.read(extent))
    }

    /// The summary of the merged files, with the details that are needed.
    pub(crate) fn merged_summary(&self, front: &Front, needs: &Needs) -> Option<Summary> {
        front.merged.summary(needs, |extent| self.read(extent))
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
    /// Returns the bytes if they have the right hash.
    fn check(&self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        (xxh3_64(&bytes) == self.hash).then_some(bytes)
    }
}

/// A cache file being written.
#[derive(Debug)]
pub(crate) struct Draft {
    file: NewFile,
    key: u64,
    /// The stamp of its own file when that was created: the present, by the file system's clock.
    created: FileStamp,
    settle: SettleTime,
    length: u64,
}

impl Draft {
    /// Begins a new cache file of a site; `None` if nothing can be written.
    pub(crate) fn begin(folder: &CacheFolder, site: &SiteFolder) -> Option<Self> {
        let name = folder.name(site);
        let file = folder.create(name)?;
        let created = FileStamp::of(file.file.metadata());
        Some(Self {
            file,
            key: name.key(),
            created,
            settle: folder.settle,
            length: 0,
        })
    }

    /// Whether any further change of a file will change its stamp.
    pub(crate) fn is_settled(&self, stamp: &FileStamp) -> bool {
        stamp.is_settled_before(&self.created, self.settle)
    }

    /// Writes the body of a segment; returns its head, encoded.
    pub(crate) fn add(
        &mut self,
        sources: Vec<(&str, Source)>,
        segment: &Segment,
    ) -> Option<Vec<u8>> {
        let body = self.write(&segment.body()?).ok()?;
        segment.head(sources, body)
    }

    /// Copies the body of a segment from the old cache file; returns its head, encoded.
    pub(crate) fn copy(
        &mut self,
        head: &Head,
        sources: &[Source],
        from: &CacheFile,
    ) -> Option<Vec<u8>> {
        let body = from.read(&head.body.extent)?;
        let body = self.write(&body).ok()?;
        head.with_body(sources, body)
    }

    /// Replaces the cache file. `heads` are those of the segments of all `files`.
    pub(crate) fn publish(
        mut self,
        heads: &[Vec<u8>],
        files: &[LogFile],
        reading: SiteReading,
    ) -> Option<()> {
        let (last, others) = heads.split_last()?;
        let others = others.concat();
        let (summary, merged) = Merged::of(&decode(&others)?, files, reading)?;
        let front = Front {
            rules: hash_of_rules(reading.rules),
            merged: Merged {
                urls: url_heads(&summary, Days::BetweenBodies)?,
                ..merged
            },
            last: postcard::from_bytes(last).ok()?,
            heads: self.write(&others).ok()?,
        };
        let front = self.write(&postcard::to_allocvec(&front).ok()?).ok()?;
        let trailer = [self.key, front.offset, front.length, front.hash].map(u64::to_le_bytes);
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
            offset: self.length,
            length,
            hash: xxh3_64(bytes),
        };
        self.length += length;
        Ok(extent)
    }
}
