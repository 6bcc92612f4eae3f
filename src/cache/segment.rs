//! One file's numbers, and how the cache stores them.
//!
//! Each segment has a head and a body. The head is what every request needs; the body has the details
//! of days, and is only read if a request asks for one of them. Merged into one, the heads of all
//! files but the last are the past: however many months there are, they cost a request hardly more
//! than one does.

use std::hash::{Hash, Hasher};
use std::io::{self, Read};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::head::{UrlHead, url_heads};
use super::validity::Validity;
use crate::check::{Day, Moment};
use crate::log::buffer::Place;
use crate::log::fault::Faults;
use crate::stats::day::DayTally;
use crate::stats::needs::Needs;
use crate::stats::series::Series;
use crate::stats::summary::Summary;
use crate::store::directory::FileStamp;
use crate::store::folder::LogFile;

/// What the first bytes of a file say.
#[derive(Debug, Default)]
pub struct Segment {
    /// The checks.
    pub summary: Summary,
    /// What could not be used.
    pub faults: Faults,
}

/// What a part was read from, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The state of the file.
    pub stamp: FileStamp,
    /// How many of its bytes were read.
    pub length: u64,
    /// The hash of those bytes.
    pub hash: u64,
    /// Where reading can go on.
    pub end: Option<Place>,
    /// Whether times were read.
    pub timed: bool,
    /// The moment read last.
    pub previous: Option<Moment>,
    /// The clock times at which a fresh read would agree.
    pub validity: Validity,
}

/// A block of a cache file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Their offset.
    pub at: u64,
    /// Their number.
    pub length: u64,
    /// Their hash.
    pub hash: u64,
}

/// The head of what is kept of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head<'a> {
    /// The file's name.
    pub name: &'a str,
    /// What was read of it.
    pub source: Source,
    /// Where the details are.
    pub body: Body,
    /// What could not be used.
    pub faults: Faults,
    /// What is known of each URL.
    #[serde(borrow)]
    pub urls: Vec<UrlHead<'a>>,
}

/// The heads of a site's first files as one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Past<'a> {
    /// How many files.
    pub count: usize,
    /// The hash of their names and states.
    pub hash: u64,
    /// Whether times were read of all of them.
    pub timed: bool,
    /// The clock times at which a fresh read would agree.
    pub validity: Validity,
    /// Where the details are.
    pub bodies: Vec<Body>,
    /// What could not be used, by the number of its file.
    pub faults: Vec<(usize, Faults)>,
    /// What is known of each URL.
    #[serde(borrow)]
    pub urls: Vec<UrlHead<'a>>,
}

/// Where the details of a file's days are.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// The bytes.
    pub extent: Extent,
    /// The first and the last day.
    days: Option<(Day, Day)>,
}

/// The details of a URL's days.
#[derive(Debug, Serialize, Deserialize)]
struct UrlBody<'a> {
    name: &'a str,
    days: Series<Day, DayTally>,
    /// The hours, which fewer requests need, still encoded.
    hours: &'a [u8],
}

impl Segment {
    /// The details of its days, to be kept.
    pub fn body(&self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        for (name, url) in &self.summary.urls {
            let hours = postcard::to_allocvec(&url.timeline.hours).ok()?;
            let url = (name, &url.timeline.days, hours.as_slice());
            body = postcard::to_extend(&url, body).ok()?;
        }
        Some(body)
    }

    /// Its head, to be kept with the details that have been put there.
    pub fn head(&self, name: &str, source: Source, details: Extent) -> Option<Vec<u8>> {
        let days = || {
            let timelines = self.summary.urls.values().map(|url| &url.timeline);
            timelines.flat_map(|timeline| timeline.days.iter().map(|(day, _)| day))
        };
        let body = Body {
            extent: details,
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
    /// The same, with the details at another place.
    pub fn moved(&self, source: Source, details: Extent) -> Option<Vec<u8>> {
        let mut moved = self.clone();
        (moved.source, moved.body.extent) = (source, details);
        postcard::to_allocvec(&moved).ok()
    }

    /// What the file says.
    pub fn segment(
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

impl Past<'_> {
    /// What heads say together, of files of this hash; to be kept.
    pub fn of(heads: &[Head], hash: u64) -> Option<(Summary, Past<'static>)> {
        let mut past = Past {
            count: heads.len(),
            hash,
            timed: true,
            ..Past::default()
        };
        let mut sum = Summary::default();
        for (number, head) in heads.iter().enumerate() {
            past.timed &= head.source.timed;
            past.validity = past.validity.and(head.source.validity);
            past.bodies.push(head.body);
            if head.faults.count > 0 {
                past.faults.push((number, head.faults.clone()));
            }
            sum.merge(summary(&head.urls, &[], &Needs::ALL, |_| None)?);
            if !sum.rest.is_empty() {
                return None;
            }
        }
        Some((sum, past))
    }

    /// What the files say.
    pub fn summary(
        &self,
        needs: &Needs,
        read: impl Fn(&Extent) -> Option<Vec<u8>>,
    ) -> Option<Summary> {
        summary(&self.urls, &self.bodies, needs, read)
    }
}

/// The cached summary of some files, with the details that are needed.
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

/// The hash of the names and states of files.
pub fn hash_of_stamps(files: &[LogFile]) -> u64 {
    let mut hasher = Xxh3::new();
    files.hash(&mut hasher);
    hasher.finish()
}

/// The hash of the next `length` bytes; `None` if there are fewer.
pub fn hash_of(input: &mut impl Read, length: u64) -> io::Result<Option<u64>> {
    let mut hasher = Xxh3::new();
    let mut left = length;
    let mut buffer = vec![0; 1 << 16];
    while left > 0 {
        let wanted = buffer
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        match input.read(&mut buffer[..wanted]) {
            Ok(0) => return Ok(None),
            Ok(count) => {
                hasher.update(&buffer[..count]);
                left -= count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Some(hasher.digest()))
}
