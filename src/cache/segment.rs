//! One file's numbers, and how the cache stores them.
//!
//! A segment has a head and a body. Every request needs the head; the body has the details of days,
//! and is only read if a request needs one of those days. The heads of all files but the last are
//! also stored merged into one, so that many months cost a request hardly more than one.

use std::hash::{Hash, Hasher};
use std::io::{self, BufReader, Read};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::head::{UrlHead, url_heads};
use super::validity::Validity;
use crate::check::{Day, Moment};
use crate::log::buffer::Position;
use crate::log::fault::Faults;
use crate::stats::day::DayTally;
use crate::stats::needs::Needs;
use crate::stats::series::Series;
use crate::stats::summary::Summary;
use crate::store::directory::FileStamp;
use crate::store::folder::LogFile;

/// The numbers of one file, or of its first bytes.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    pub summary: Summary,
    pub faults: Faults,
}

/// What a segment was read from, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    pub stamp: FileStamp,
    /// How many bytes of the file were read.
    pub length: u64,
    /// The hash of those bytes.
    pub hash: u64,
    /// Where a read of what was appended can resume.
    pub resume_at: Option<Position>,
    /// Whether times were read.
    pub timed: bool,
    /// The time read last.
    pub previous: Option<Moment>,
    pub validity: Validity,
}

/// Where a block is in a cache file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Extent {
    pub offset: u64,
    pub length: u64,
    /// The hash of the block's bytes.
    pub hash: u64,
}

/// The head of a segment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Head<'a> {
    /// The file's name.
    pub name: &'a str,
    pub source: Source,
    pub body: Body,
    pub faults: Faults,
    #[serde(borrow)]
    pub urls: Vec<UrlHead<'a>>,
}

/// The heads of a site's first files, merged into one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Merged<'a> {
    /// The number of files.
    pub count: usize,
    /// The hash of their names and stamps.
    pub hash: u64,
    /// Whether times were read from all of them.
    pub timed: bool,
    pub validity: Validity,
    pub bodies: Vec<Body>,
    /// The faults of each file that has any, by the number of the file.
    pub faults: Vec<(usize, Faults)>,
    #[serde(borrow)]
    pub urls: Vec<UrlHead<'a>>,
}

/// Where the details of a file's days are.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Body {
    pub extent: Extent,
    /// The first and the last day that has any.
    days: Option<(Day, Day)>,
}

/// The details of a URL's days.
#[derive(Debug, Serialize, Deserialize)]
struct UrlBody<'a> {
    name: &'a str,
    days: Series<Day, DayTally>,
    /// Still encoded, because few requests need the hours.
    hours: &'a [u8],
}

impl Segment {
    /// Encodes the body: the details of its days.
    pub(crate) fn body(&self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        for (name, url) in &self.summary.urls {
            let hours = postcard::to_allocvec(&url.timeline.hours).ok()?;
            let url = (name, &url.timeline.days, hours.as_slice());
            body = postcard::to_extend(&url, body).ok()?;
        }
        Some(body)
    }

    /// Encodes the head, given where the body was written.
    pub(crate) fn head(&self, name: &str, source: Source, body: Extent) -> Option<Vec<u8>> {
        let days = || {
            let timelines = self.summary.urls.values().map(|url| &url.timeline);
            timelines.flat_map(|timeline| timeline.days.iter().map(|(day, _)| day))
        };
        let body = Body {
            extent: body,
            days: days().min().zip(days().max()),
        };
        let head = Head {
            name,
            source,
            body,
            faults: self.faults.clone(),
            urls: url_heads(&self.summary)?,
        };
        postcard::to_allocvec(&head).ok()
    }
}

impl Head<'_> {
    /// Encodes the head with a new source, and with the body at a new offset.
    pub(crate) fn with_body(&self, source: Source, body: Extent) -> Option<Vec<u8>> {
        let mut head = self.clone();
        (head.source, head.body.extent) = (source, body);
        postcard::to_allocvec(&head).ok()
    }

    /// Decodes the segment, with the details that are needed. `read` returns the bytes of a body.
    pub(crate) fn segment(
        &self,
        needs: &Needs,
        read: impl Fn(&Extent) -> Option<Vec<u8>>,
    ) -> Option<Segment> {
        Some(Segment {
            summary: summary(&self.urls, std::slice::from_ref(&self.body), needs, read)?,
            faults: self.faults.clone(),
        })
    }
}

impl Merged<'_> {
    /// Merges heads, of files with this hash. The URLs are left to the caller, because they borrow
    /// from the summary. `None` if there are too many URLs.
    pub(crate) fn of(heads: &[Head], hash: u64) -> Option<(Summary, Merged<'static>)> {
        let mut merged = Merged {
            count: heads.len(),
            hash,
            timed: true,
            ..Merged::default()
        };
        let mut sum = Summary::default();
        for (number, head) in heads.iter().enumerate() {
            merged.timed &= head.source.timed;
            merged.validity = merged.validity.and(head.source.validity);
            merged.bodies.push(head.body);
            if head.faults.count > 0 {
                merged.faults.push((number, head.faults.clone()));
            }
            sum.merge(summary(&head.urls, &[], &Needs::ALL, |_| None)?);
            if !sum.rest.is_empty() {
                return None;
            }
        }
        Some((sum, merged))
    }

    /// Decodes the summary of the files, with the details that are needed.
    pub(crate) fn summary(
        &self,
        needs: &Needs,
        read: impl Fn(&Extent) -> Option<Vec<u8>>,
    ) -> Option<Summary> {
        summary(&self.urls, &self.bodies, needs, read)
    }
}

/// Decodes a summary from its heads, and from those bodies that have details that are needed.
fn summary(
    urls: &[UrlHead],
    bodies: &[Body],
    needs: &Needs,
    read: impl Fn(&Extent) -> Option<Vec<u8>>,
) -> Option<Summary> {
    let mut summary = Summary::default();
    for url in urls {
        summary
            .urls
            .insert(url.name.to_owned(), url.summary(needs)?);
    }
    for body in bodies.iter().filter(|body| body.is_needed(needs)) {
        let bytes = read(&body.extent)?;
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (url, after): (UrlBody, _) = postcard::take_from_bytes(rest).ok()?;
            let timeline = &mut summary.urls.get_mut(url.name)?.timeline;
            let hours = if needs.hours() {
                postcard::from_bytes(url.hours).ok()?
            } else {
                Series::default()
            };
            timeline.add_details(url.days, hours);
            rest = after;
        }
    }
    Some(summary)
}

impl Body {
    fn is_needed(&self, needs: &Needs) -> bool {
        let Range { start, end } = needs.days();
        self.days
            .is_some_and(|(first, last)| first < end && last >= start && start < end)
    }
}

/// The hash of the names and stamps of files.
pub(crate) fn hash_of_files(files: &[LogFile]) -> u64 {
    let mut hasher = Xxh3::new();
    files.hash(&mut hasher);
    hasher.finish()
}

/// The hash of the next `length` bytes; `None` if there are fewer.
pub(crate) fn hash_of(input: &mut impl Read, length: u64) -> io::Result<Option<u64>> {
    let mut hasher = Xxh3::new();
    let mut input = BufReader::with_capacity(1 << 16, input.take(length));
    let count = io::copy(&mut input, &mut hasher)?;
    Ok((count == length).then(|| hasher.digest()))
}
