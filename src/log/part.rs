//! What one file says, and the form in which that is kept.
//!
//! A kept part has a head, which every request needs, and a body with the details of days and
//! failures, which is only read if a request's window touches it.

use std::io::{self, Read};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::clock::Belief;
use super::directory::State;
use super::fault::Faults;
use super::plain::Place;
use crate::sample::{Day, Moment, Outcome};
use crate::stats::incident::Run;
use crate::stats::interval::Gaps;
use crate::stats::series::Series;
use crate::stats::summary::{Summary, UrlSummary};
use crate::stats::tally::Tally;
use crate::stats::timeline::{Edge, Timeline, Window};

/// What the first bytes of a file say.
#[derive(Debug, Default)]
pub struct Part {
    /// The checks.
    pub summary: Summary,
    /// What could not be used.
    pub faults: Faults,
}

/// What a part was read from, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The state of the file.
    pub state: State,
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
    /// What was taken on trust of the present.
    pub belief: Belief,
}

/// The head of a kept part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head<'a> {
    /// The file's name.
    pub name: &'a str,
    /// What the part was read from.
    pub source: Source,
    /// Where its body is.
    pub body: Extent,
    faults: Faults,
    /// The days of its checks.
    days: Option<(Day, Day)>,
    /// Whether a run of failures reaches over one of its ends.
    failing: bool,
    #[serde(borrow)]
    urls: Vec<UrlHead<'a>>,
}

/// Where some bytes of a rollup are, and their hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Their offset.
    pub at: u64,
    /// Their number.
    pub length: u64,
    /// Their hash.
    pub hash: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct UrlHead<'a> {
    name: &'a str,
    #[serde(borrow)]
    tallies: Vec<MonthTally<'a>>,
    course: Option<Course>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct MonthTally<'a> {
    month: &'a str,
    up: u64,
    down: u64,
    #[serde(borrow)]
    codes: Vec<(&'a str, u64)>,
}

/// A timeline without its details.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Course {
    edges: (Edge, Edge),
    checks: u64,
    gaps: Gaps,
}

/// The details of a URL's timeline.
#[derive(Debug, Serialize, Deserialize)]
struct UrlBody<'a> {
    runs: Vec<Run>,
    days: Series<Day, crate::stats::day::DayTally>,
    /// The hours, which few requests need, still encoded.
    hours: &'a [u8],
}

impl Part {
    /// Its body, to be kept.
    pub fn body(&self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        for url in self.summary.urls.values() {
            let timeline = &url.timeline;
            let hours = postcard::to_allocvec(&timeline.hours).ok()?;
            let url = (&timeline.runs, &timeline.days, hours.as_slice());
            body = postcard::to_extend(&url, body).ok()?;
        }
        Some(body)
    }

    /// Its head, to be kept with the body.
    pub fn head(&self, name: &str, source: Source, body: Extent) -> Option<Vec<u8>> {
        let edges = || {
            let timelines = self.summary.urls.values().map(|url| &url.timeline);
            timelines.filter_map(|timeline| timeline.edges)
        };
        let all_days = || {
            let timelines = self.summary.urls.values().map(|url| &url.timeline);
            timelines.flat_map(|timeline| timeline.days.iter().map(|(day, _)| day))
        };
        let head = Head {
            name,
            source,
            body,
            faults: self.faults.clone(),
            days: all_days().min().zip(all_days().max()),
            failing: edges().any(|(first, last)| {
                first.outcome == Outcome::Down || last.outcome == Outcome::Down
            }),
            urls: self
                .summary
                .urls
                .iter()
                .map(|(name, url)| UrlHead::of(name, url))
                .collect(),
        };
        postcard::to_allocvec(&head).ok()
    }
}

impl<'a> UrlHead<'a> {
    fn of(name: &'a str, url: &'a UrlSummary) -> Self {
        let tally = |(month, tally): (&'a String, &'a Tally)| MonthTally {
            month,
            up: tally.up,
            down: tally.down,
            codes: tally
                .codes
                .iter()
                .map(|(code, count)| (code.as_str(), *count))
                .collect(),
        };
        Self {
            name,
            tallies: url.months.iter().map(tally).collect(),
            course: url.timeline.edges.map(|edges| Course {
                edges,
                checks: url.timeline.checks,
                gaps: url.timeline.gaps.clone(),
            }),
        }
    }

    fn summary(&self, timed: bool) -> UrlSummary {
        let tally = |tally: &MonthTally| {
            let codes = tally.codes.iter().map(|(code, n)| ((*code).to_owned(), *n));
            let counts = Tally {
                up: tally.up,
                down: tally.down,
                codes: codes.collect(),
            };
            (tally.month.to_owned(), counts)
        };
        let course = self.course.as_ref().filter(|_| timed);
        let timeline = course.map_or_else(Timeline::default, |course| Timeline {
            edges: Some(course.edges),
            checks: course.checks,
            gaps: course.gaps.clone(),
            ..Timeline::default()
        });
        UrlSummary {
            months: self.tallies.iter().map(tally).collect(),
            timeline,
        }
    }
}

impl Head<'_> {
    /// Whether a window needs the body.
    pub fn is_body_needed(&self, window: &Window) -> bool {
        let touches = |days: &RangeInclusive<Day>| {
            self.days
                .is_some_and(|(first, last)| first <= *days.end() && last >= *days.start())
        };
        let wanted =
            self.failing || touches(&window.days) || window.runs_since == Window::ALL.runs_since;
        wanted && !window.is_nothing()
    }

    /// The same, with another body.
    pub fn moved(&self, source: Source, body: Extent) -> Option<Vec<u8>> {
        let mut moved = self.clone();
        (moved.source, moved.body) = (source, body);
        postcard::to_allocvec(&moved).ok()
    }

    /// The part, from its head and body, with what a window needs of it at the least; `None` if
    /// the body makes no sense.
    pub fn part(&self, body: Option<&[u8]>, window: &Window) -> Option<Part> {
        let mut part = Part {
            summary: Summary::default(),
            faults: self.faults.clone(),
        };
        let mut rest = body;
        for url in &self.urls {
            let name = url.name.to_owned();
            let mut summary = url.summary(!window.is_nothing());
            if let Some(bytes) = rest {
                let (body, after): (UrlBody, _) = postcard::take_from_bytes(bytes).ok()?;
                summary.timeline.runs = body.runs;
                summary.timeline.days = body.days;
                if window.hours {
                    summary.timeline.hours = postcard::from_bytes(body.hours).ok()?;
                }
                rest = Some(after);
            }
            part.summary.urls.insert(name, summary);
        }
        Some(part)
    }
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
