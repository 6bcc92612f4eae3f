//! The numbers of one file, and how the cache stores them; of several files, if their rows are mixed
//! in time.
//!
//! A segment has a head and a body. Every request needs the head; the body has the details of days,
//! and is only read if a request needs one of those days. The heads of all segments but the last are
//! also stored merged into one, so that many months cost a request hardly more than one.

use std::hash::{Hash, Hasher};
use std::io::{self, BufReader, Read};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::head::{Days, UrlHead, url_heads};
use super::validity::Validity;
use crate::check::Day;
use crate::log::buffer::Position;
use crate::log::fault::Faults;
use crate::stats::dated::Dated;
use crate::stats::needs::Needs;
use crate::stats::rules::{SiteReading, SiteRules};
use crate::stats::stretch::Details;
use crate::stats::summary::Summary;
use crate::store::directory::FileStamp;
use crate::store::folder::LogFile;

/// The numbers of consecutive files, or of their first bytes.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    pub summary: Summary,
    /// The faults of each file.
    pub faults: Vec<Faults>,
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
    /// The names of its files, and what was read of each.
    #[serde(borrow)]
    pub sources: Vec<(&'a str, Source)>,
    pub body: Body,
    /// The faults of each file that has any, by the number of the file.
    faults: Vec<(usize, Faults)>,
    #[serde(borrow)]
    pub urls: Vec<UrlHead<'a>>,
}

/// The heads of a site's first segments, merged into one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Merged<'a> {
    /// The number of segments.
    pub segments: usize,
    /// The number of files.
    pub files: usize,
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

/// The details of a URL, still encoded.
#[derive(Debug, Serialize, Deserialize)]
struct UrlBody<'a> {
    name: &'a str,
    /// `Details` without the hours, which few requests need.
    days: &'a [u8],
    /// `Details` without the days.
    hours: &'a [u8],
}

impl Segment {
    /// Encodes the body: the details of its days.
    pub(crate) fn body(&self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        for (name, url) in &self.summary.urls {
            let Dated::Sorted(stretch) = &url.dated else {
                continue;
            };
            let details = stretch.details();
            let hours = Details {
                hours: details.hours,
                hour_seconds: details.hour_seconds,
                ..Details::default()
            };
            let days = Details {
                days: details.days,
                seconds: details.seconds,
                ..Details::default()
            };
            let url = UrlBody {
                name,
                days: &postcard::to_allocvec(&days).ok()?,
                hours: &postcard::to_allocvec(&hours).ok()?,
            };
            body = postcard::to_extend(&url, body).ok()?;
        }
        Some(body)
    }

    /// Encodes the head, given what was read of each file, and where the body was written.
    pub(crate) fn head(&self, sources: Vec<(&str, Source)>, body: Extent) -> Option<Vec<u8>> {
        let days = || {
            let stretches = self
                .summary
                .urls
                .values()
                .filter_map(|url| url.dated.days());
            stretches.flatten()
        };
        let body = Body {
            extent: body,
            days: days().min().zip(days().max()),
        };
        let faults = self.faults.iter().enumerate();
        let head = Head {
            sources,
            body,
            faults: faults
                .filter(|(_, faults)| faults.count > 0)
                .map(|(number, faults)| (number, faults.clone()))
                .collect(),
            urls: url_heads(&self.summary, Days::InBody)?,
        };
        postcard::to_allocvec(&head).ok()
    }
}

impl Head<'_> {
    /// Encodes the head with other sources, and with the body at a new offset.
    pub(crate) fn with_body(&self, sources: &[Source], body: Extent) -> Option<Vec<u8>> {
        let mut head = self.clone();
        for ((_, old), new) in head.sources.iter_mut().zip(sources) {
            *old = *new;
        }
        head.body.extent = body;
        postcard::to_allocvec(&head).ok()
    }

    /// Decodes the segment, with the details that are needed. `read` returns the bytes of a body.
    pub(crate) fn segment(
        &self,
        needs: &Needs,
        read: impl Fn(&Extent) -> Option<Vec<u8>>,
    ) -> Option<Segment> {
        let faults = faults_of_files(&self.faults, self.sources.len())?;
        Some(Segment {
            summary: summary(&self.urls, std::slice::from_ref(&self.body), needs, read)?,
            faults,
        })
    }

    /// Whether these are the stamps of its files.
    pub(crate) fn is_of(&self, files: &[LogFile]) -> bool {
        let is_same = |((name, source), file): (&(&str, Source), &LogFile)| {
            *name == file.name() && source.stamp == file.stamp
        };
        self.sources.len() == files.len() && self.sources.iter().zip(files).all(is_same)
    }
}

impl Merged<'_> {
    /// Merges the first heads, as far as they are of unchanged files. The URLs are left to the
    /// caller, because they borrow from the summary. `None` if there are too many URLs.
    pub(crate) fn of(
        heads: &[Head],
        files: &[LogFile],
        reading: SiteReading,
    ) -> Option<(Summary, Merged<'static>)> {
        let mut merged = Merged {
            timed: true,
            ..Merged::default()
        };
        let mut sum = Summary::default();
        for head in heads {
            let start = merged.files;
            let Some(own) = files.get(start..start + head.sources.len()) else {
                break;
            };
            if !head.is_of(own) {
                break;
            }
            for (_, source) in &head.sources {
                merged.timed &= source.timed;
                merged.validity = merged.validity.and(source.validity);
            }
            merged.bodies.push(head.body);
            for (number, faults) in &head.faults {
                merged.faults.push((start + number, faults.clone()));
            }
            sum.merge(summary(&head.urls, &[], &Needs::ALL, |_| None)?, reading);
            if !sum.rest.is_empty() {
                return None;
            }
            merged.segments += 1;
            merged.files += own.len();
        }
        merged.hash = hash_of_files(&files[..merged.files]);
        sum.rest(reading);
        Some((sum, merged))
    }

    /// The faults of each file.
    pub(crate) fn faults(&self) -> Option<Vec<Faults>> {
        faults_of_files(&self.faults, self.files)
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
            let Dated::Sorted(stretch) = &mut summary.urls.get_mut(url.name)?.dated else {
                return None;
            };
            stretch.add_details(postcard::from_bytes(url.days).ok()?);
            if needs.hours() {
                stretch.add_details(postcard::from_bytes(url.hours).ok()?);
            }
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

/// The faults of each of `count` files, given those of the files that have any.
fn faults_of_files(known: &[(usize, Faults)], count: usize) -> Option<Vec<Faults>> {
    let mut faults = vec![Faults::default(); count];
    for (number, of_file) in known {
        *faults.get_mut(*number)? = of_file.clone();
    }
    Some(faults)
}

/// The hash of the rules for a site.
pub(crate) fn hash_of_rules(rules: &SiteRules) -> u64 {
    let mut hasher = Xxh3::new();
    rules.hash(&mut hasher);
    hasher.finish()
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
