//! The answers of the API: the JSON of the Flask app that this program replaces, keys sorted. Only
//! `include` adds to it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::context::PageContext;
use super::controls::{has_control, is_control};
use super::names::Names;
use super::{RenderError, phrase};
use crate::answer::{Kind, UrlReport};
use crate::log::fault::Faults;
use crate::query::Include;
use crate::stats::tally::Tally;
use crate::store::folder::Listing;

mod over_time;

use over_time::{Coverage, DayJson, IncidentJson, Latency, OverTime, owned};

struct Printer<'a> {
    context: &'a PageContext<'a>,
    include: Include,
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<FaultsJson<'a>>,
    logs: BTreeMap<&'a str, Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Url {
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<Vec<DayJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    downtime_seconds: Option<i64>,
    failure: u64,
    /// What `include` adds, by `company/site`, if more than one folder logs the URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    folders: Option<BTreeMap<String, OverTime>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents: Option<Vec<IncidentJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents_left_out: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency: Option<Latency>,
    status_codes: BTreeMap<String, u64>,
    success: u64,
    total: u64,
}

#[derive(Serialize)]
struct FaultsJson<'a> {
    count: u64,
    first: Vec<FaultJson<'a>>,
}

#[derive(Serialize)]
struct FaultJson<'a> {
    line: Option<u64>,
    place: &'a str,
    reason: String,
}

#[derive(Serialize)]
struct Problem<'a> {
    error: &'a str,
}

/// The counts of every URL that has checks in the selected months, the site folders of a company
/// if all of it was asked for, and what `include` adds.
pub(crate) fn print(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let selection = context.selection();
    let include = match context.answer.kind {
        Kind::Counts(include) => include,
        _ => Include::default(),
    };
    let printer = Printer { context, include };
    let names = Names::in_json(context.config.hide_query, reports.iter().map(|url| url.url));
    let mut folders: BTreeMap<&str, Vec<&UrlReport>> = BTreeMap::new();
    for url in reports.iter().filter(|url| url.report.tally.total() > 0) {
        folders.entry(names.of(url.url)).or_default().push(url);
    }
    let urls = folders.into_iter();
    line(&Answer {
        faults: include.faults.then(|| printer.faults(&listing.faults)),
        logs: urls
            .map(|(name, folders)| (name, printer.url(&folders)))
            .collect(),
        sites: selection
            .is_whole_company()
            .then(|| listing.sites.iter().map(String::as_str).collect()),
    })
}

pub(crate) fn problem(
    _: &PageContext,
    _: u16,
    _: &str,
    sentence: &str,
) -> Result<String, RenderError> {
    line(&Problem { error: sentence })
}

impl Printer<'_> {
    /// A URL, by the folders that log it.
    fn url(&self, folders: &[&UrlReport]) -> Url {
        let tally = match folders {
            [url] => Cow::Borrowed(&url.report.tally),
            folders => {
                let mut sum = Tally::default();
                let tallies = folders.iter().map(|url| &url.report.tally);
                tallies.for_each(|tally| sum.merge(tally));
                Cow::Owned(sum)
            }
        };
        let over_time = match folders {
            [url] => OverTime::of(self.context, self.include, &url.report),
            _ => OverTime::default(),
        };
        let is_split = folders.len() > 1 && self.include.is_by_folder();
        let by_folder = || {
            let folder = |url: &&UrlReport| {
                let name = format!("{}/{}", url.company, url.site);
                (name, OverTime::of(self.context, self.include, &url.report))
            };
            folders.iter().map(folder).collect()
        };
        Url {
            coverage: over_time.coverage,
            days: over_time.days,
            downtime_seconds: over_time.downtime_seconds,
            failure: tally.down,
            folders: is_split.then(by_folder),
            incidents: over_time.incidents,
            incidents_left_out: over_time.incidents_left_out,
            latency: over_time.latency,
            success: tally.up,
            total: tally.total(),
            status_codes: owned(&tally.codes, tally.total()),
        }
    }

    fn faults<'f>(&self, faults: &'f Faults) -> FaultsJson<'f> {
        let first = faults.first.iter().map(|fault| FaultJson {
            line: fault.line,
            place: &fault.place,
            reason: phrase::fault(&fault.reason, self.context.words()),
        });
        FaultsJson {
            count: faults.count,
            first: first.collect(),
        }
    }
}

fn line(value: &impl Serialize) -> Result<String, RenderError> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Escaping);
    let written = value.serialize(&mut serializer);
    written.map_err(|_| RenderError)?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|_| RenderError)
}

/// JSON without blanks that also escapes the control characters that JSON allows.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Nearly every text: looking for each kind of character takes far longer.
        if !has_control(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, control) in fragment.match_indices(is_control) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in control.encode_utf16() {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + control.len();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}
