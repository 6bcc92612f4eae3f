//! The answers of the API: the JSON of the Flask app that this program replaces, keys sorted. Only
//! `include` adds to it.

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
use crate::calendar;
use crate::check::Day;
use crate::log::fault::Faults;
use crate::query::Include;
use crate::stats::codes::Codes;
use crate::stats::day::DayTally;
use crate::stats::figures::State;
use crate::stats::incident::{End, Incident};
use crate::stats::report::{Percentiles, Report};
use crate::store::folder::Listing;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents: Option<Vec<IncidentJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency: Option<Latency>,
    status_codes: BTreeMap<String, u64>,
    success: u64,
    total: u64,
}

#[derive(Serialize)]
struct Coverage {
    expected: u64,
    first_check: Option<String>,
    interval_seconds: i64,
    last_check: Option<String>,
    seen: u64,
    stale: bool,
}

#[derive(Serialize)]
struct DayJson {
    date: String,
    failed_codes: BTreeMap<String, u64>,
    failure: u64,
    success: u64,
    total: u64,
}

#[derive(Serialize)]
struct IncidentJson {
    end: &'static str,
    failed_checks: i64,
    from: String,
    seconds: i64,
    status_codes: BTreeMap<String, u64>,
    to: Option<String>,
}

/// Milliseconds, to 5 %; `null` without response times.
#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are the keys, and tell the unit"
)]
struct Latency {
    p50_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_ms: Option<f64>,
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
        Kind::Overview | Kind::Site | Kind::Report(_) => Include::default(),
    };
    let printer = Printer { context, include };
    let names = Names::in_json(context.config.hide_query, reports.iter().map(|url| url.url));
    let checked = reports.iter().filter(|url| url.report.tally.total() > 0);
    line(&Answer {
        faults: include.faults.then(|| printer.faults(&listing.faults)),
        logs: checked
            .map(|url| (names.of(url.url), printer.url(&url.report)))
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
    fn url(&self, report: &Report) -> Url {
        let include = self.include;
        let incidents = include.incidents.then(|| report.figures());
        Url {
            coverage: include.coverage.then(|| self.coverage(report)),
            days: include.days.then(|| report.days().map(day).collect()),
            downtime_seconds: incidents.map(|figures| figures.downtime),
            failure: report.tally.down,
            incidents: incidents
                .map(|figures| figures.incidents.iter().map(|i| self.incident(i)).collect()),
            latency: include.latency.then(|| latency(report.latency())),
            success: report.tally.up,
            total: report.tally.total(),
            status_codes: owned(&report.tally.codes, report.tally.total()),
        }
    }

    fn coverage(&self, report: &Report) -> Coverage {
        let time = |at| self.context.calendar().rfc3339(at);
        let coverage = report.figures().coverage;
        Coverage {
            expected: coverage.whole,
            first_check: report.edges.map(|(first, _)| time(first)),
            interval_seconds: report.timeline.typical_interval(),
            last_check: report.edges.map(|(_, last)| time(last)),
            seen: coverage.part,
            stale: report.state == State::Stale,
        }
    }

    fn incident(&self, incident: &Incident) -> IncidentJson {
        let (end, to) = match incident.end {
            End::Up(at) => ("up", Some(at)),
            End::Unknown(at) => ("unknown", Some(at)),
            End::Open => ("open", None),
        };
        IncidentJson {
            end,
            failed_checks: incident.checks,
            from: self.context.calendar().rfc3339(incident.from),
            seconds: incident.until(self.context.now).since(incident.from),
            status_codes: owned(&incident.codes, incident.checks.unsigned_abs()),
            to: to.map(|at| self.context.calendar().rfc3339(at)),
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

fn day((day, tally): &(Day, DayTally)) -> DayJson {
    DayJson {
        date: calendar::date(*day).to_string(),
        failed_codes: owned(&tally.failed_codes, tally.down),
        failure: tally.down,
        success: tally.up,
        total: tally.total(),
    }
}

fn latency(percentiles: Percentiles) -> Latency {
    Latency {
        p50_ms: percentiles.median.map(phrase::millis),
        p95_ms: percentiles.p95.map(phrase::millis),
        p99_ms: percentiles.p99.map(phrase::millis),
    }
}

fn owned(codes: &Codes, checks: u64) -> BTreeMap<String, u64> {
    let codes = codes.of_all(checks).into_iter();
    codes.map(|(code, n)| (code.to_owned(), n)).collect()
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
