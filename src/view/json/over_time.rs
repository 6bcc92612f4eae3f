//! What `?include=` adds to a URL: its checks over time.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::calendar;
use crate::query::Include;
use crate::stats::codes::Codes;
use crate::stats::course::{DayFigures, Seconds};
use crate::stats::figures::{Figures, Percentiles};
use crate::stats::incident::{End, Incident};
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::stats::verdict::Verdict;
use crate::view::context::PageContext;
use crate::view::phrase;

/// What `include` adds.
#[derive(Default, Serialize)]
pub(super) struct OverTime {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Vec<DayJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub downtime_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incidents: Option<Vec<IncidentJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incidents_left_out: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency: Option<Latency>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the keys")]
pub(super) struct Coverage {
    checks: u64,
    coverage: String,
    down_seconds: i64,
    first_check: Option<String>,
    interval_seconds: Option<i64>,
    last_check: Option<String>,
    planned_seconds: i64,
    provisional: bool,
    stale: bool,
    state: &'static str,
    unknown_seconds: i64,
    up_seconds: i64,
    uptime_by_checks: String,
    uptime_by_time: String,
    verdict: &'static str,
}

#[derive(Serialize)]
pub(super) struct DayJson {
    date: String,
    down_seconds: i64,
    failed_codes: BTreeMap<String, u64>,
    failure: u64,
    planned_seconds: i64,
    success: u64,
    total: u64,
    unknown_seconds: i64,
    up_seconds: i64,
}

#[derive(Serialize)]
pub(super) struct IncidentJson {
    end: &'static str,
    failed_checks: u64,
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
pub(super) struct Latency {
    p50_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_ms: Option<f64>,
}

impl OverTime {
    pub(super) fn of(context: &PageContext, include: Include, report: &Report) -> Self {
        if !include.is_by_folder() {
            return Self::default();
        }
        let figures = report.figures();
        let incidents = include.incidents.then_some(&figures);
        Self {
            coverage: include
                .coverage
                .then(|| coverage(context, report, &figures)),
            days: include
                .days
                .then(|| report.days().iter().map(day).collect()),
            downtime_seconds: incidents.map(|figures| figures.seconds.down),
            incidents: incidents.map(|figures| {
                figures
                    .incidents
                    .iter()
                    .map(|i| incident(context, i))
                    .collect()
            }),
            incidents_left_out: incidents.map(|figures| figures.incidents_left_out),
            latency: include.latency.then(|| latency(figures.percentiles())),
        }
    }
}

fn coverage(context: &PageContext, report: &Report, figures: &Figures) -> Coverage {
    let time = |at| context.calendar().rfc3339(at);
    let Seconds {
        up,
        down,
        planned,
        unknown,
    } = figures.seconds;
    let verdict = report.verdict(figures, context.config.uptime_by);
    Coverage {
        checks: figures.total_checks(),
        coverage: figures.seconds.coverage().to_string(),
        down_seconds: down,
        first_check: report.edges().map(|(first, _)| time(first)),
        interval_seconds: report
            .course
            .as_ref()
            .and_then(|course| course.interval_seconds),
        last_check: report.edges().map(|(_, last)| time(last)),
        planned_seconds: planned,
        provisional: figures.provisional,
        stale: report.is_stale(),
        state: state(report.state),
        unknown_seconds: unknown,
        up_seconds: up,
        uptime_by_checks: figures.uptime_by_checks().to_string(),
        uptime_by_time: figures.uptime_by_time().to_string(),
        verdict: match verdict {
            Verdict::Missed => "missed",
            Verdict::NotProven => "not_proven",
            Verdict::MetAsObserved => "met_as_observed",
            Verdict::Met => "met",
            Verdict::None => "none",
        },
    }
}

fn incident(context: &PageContext, incident: &Incident) -> IncidentJson {
    let calendar = context.calendar();
    IncidentJson {
        end: match incident.end {
            End::Up => "up",
            End::Unknown => "unknown",
            End::Maintenance => "maintenance",
            End::Open => "open",
        },
        failed_checks: incident.failed_checks,
        from: calendar.rfc3339(incident.from),
        seconds: incident.seconds,
        status_codes: codes(incident),
        to: incident.to.map(|at| calendar.rfc3339(at)),
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Down => "down",
        State::StaleDown => "stale_down",
        State::Stale => "stale",
        State::Unconfirmed => "unconfirmed",
        State::Maintenance => "maintenance",
        State::Off => "off",
        State::Up => "up",
        State::Undated => "undated",
        State::Ended => "ended",
    }
}

fn day(day: &DayFigures) -> DayJson {
    let DayFigures {
        date,
        checks,
        seconds,
    } = day;
    let failed_codes = checks
        .failed_codes()
        .map(|codes| owned(codes, checks.failure()));
    DayJson {
        date: calendar::date(*date).to_string(),
        down_seconds: seconds.down,
        failed_codes: failed_codes.unwrap_or_default(),
        failure: checks.failure(),
        planned_seconds: seconds.planned,
        success: checks.success(),
        total: checks.total(),
        unknown_seconds: seconds.unknown,
        up_seconds: seconds.up,
    }
}

fn codes(incident: &Incident) -> BTreeMap<String, u64> {
    let codes = incident.codes();
    codes.map(|(code, n)| (code.to_owned(), n)).collect()
}

fn latency(percentiles: Percentiles) -> Latency {
    Latency {
        p50_ms: percentiles.median.map(phrase::millis),
        p95_ms: percentiles.p95.map(phrase::millis),
        p99_ms: percentiles.p99.map(phrase::millis),
    }
}

pub(super) fn owned(codes: &Codes, checks: u64) -> BTreeMap<String, u64> {
    let codes = codes.of_all(checks).into_iter();
    codes.map(|(code, n)| (code.to_owned(), n)).collect()
}
