//! The head of a letter: to whom and from whom, about what, and the verdict in one sentence.

use serde::Serialize;

use super::dates;
use super::subject::{Shown, Subject};
use crate::stats::group::Group;
use crate::stats::verdict::Verdict;
use crate::view::context::PageContext;
use crate::view::html::render;
use crate::view::html::verdict::{Progress, Sentence, sentence};
use crate::view::{RenderError, phrase};

/// How many sites that missed their target are named.
const NAMED: usize = 3;

#[derive(Serialize)]
struct View<'a> {
    addressee: String,
    agency: Option<AgencyView<'a>>,
    /// The element of the heading.
    heading: &'static str,
    /// Its class, where it is not the name of a month.
    class: &'static str,
    name: String,
    dates: String,
    stage: Option<&'static str>,
    sites: String,
    issued: String,
    verdict: VerdictBlock,
}

#[derive(Serialize)]
struct AgencyView<'a> {
    logo: Option<String>,
    name: Option<&'a str>,
    /// What a logo says.
    alt: &'a str,
    contact: &'a [String],
}

/// The uptime and the verdict.
#[derive(Serialize)]
pub(in crate::view::html) struct VerdictBlock {
    uptime: String,
    sentence: Sentence,
    details: String,
    by_time: String,
    by_checks: String,
}

impl VerdictBlock {
    pub(in crate::view::html) fn of(
        context: &PageContext,
        subject: &Subject,
        shown: &[Shown],
        group: &Group,
    ) -> Self {
        let name = match subject.period {
            Some(period) => dates::period_name(context, period),
            None => context.words().report.this_period.to_owned(),
        };
        let targets = shown.iter().map(|site| site.url.report.target.uptime);
        Self {
            uptime: group.uptime(context.config.uptime_by).to_string(),
            sentence: sentence(group, &name, targets, subject.progress, context.words()),
            details: details(context, shown, group),
            by_time: group.uptime_by_time().to_string(),
            by_checks: group.uptime_by_checks().to_string(),
        }
    }
}

/// Which sites missed their target, and how many met it.
fn details(context: &PageContext, shown: &[Shown], group: &Group) -> String {
    let words = context.words().report;
    let of = |verdict: Verdict| {
        let sites = shown.iter().zip(&group.verdicts);
        sites
            .filter(move |(_, of)| **of == verdict)
            .map(|(site, _)| site)
    };
    let missed: Vec<String> = of(Verdict::Missed)
        .map(|site| {
            let uptime = site
                .url
                .report
                .uptime(&site.figures, context.config.uptime_by);
            (words.site_with_uptime)(&site.name, &uptime.to_string())
        })
        .collect();
    if missed.is_empty() || shown.len() < 2 {
        return String::new();
    }
    let listed = missed.len().min(NAMED);
    let names = missed[..listed].join(words.list_separator);
    let names = match missed.len() - listed {
        0 => names,
        more => (words.and_more)(&names, more),
    };
    let met = of(Verdict::Met).count();
    let met = (met > 0).then(|| (words.also_met)(met));
    let parts: Vec<String> = [Some((words.missed_sites)(&names)), met]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" ")
}

/// The letter up to its figures.
pub(super) fn head(
    context: &PageContext,
    subject: &Subject,
    shown: &[Shown],
    group: &Group,
    heading: &'static str,
) -> Result<String, RenderError> {
    let words = context.words().report;
    let company = shown.first().map_or("", |site| site.url.company);
    let client = context.config.company_name(company);
    let agency = context.config.agency.as_ref();
    let last = subject.last_day(context);
    let view = View {
        addressee: format!("{client}{}", words.honorific),
        agency: agency.map(|agency| AgencyView {
            logo: agency
                .logo
                .as_ref()
                .map(|logo| context.links.operators_file(logo)),
            name: agency.name.as_deref(),
            alt: agency.name.as_deref().unwrap_or_default(),
            contact: &agency.contact,
        }),
        heading,
        class: if subject.period.is_some() {
            ""
        } else {
            "range"
        },
        name: dates::name(context, &subject.days),
        dates: dates::days(context, subject.days.start, last),
        stage: stage(context, subject, shown),
        sites: (words.sites_every)(shown.len(), interval(context, shown).as_deref()),
        issued: dates::full(context, context.today()),
        verdict: VerdictBlock::of(context, subject, shown, group),
    };
    render(include_str!("letter.html"), &view, words)
}

/// That a report is in progress, or provisional.
pub(in crate::view::html) fn stage(
    context: &PageContext,
    subject: &Subject,
    shown: &[Shown],
) -> Option<&'static str> {
    let words = context.words().report;
    match (subject.progress, is_provisional(shown)) {
        (Progress::Going, true) => Some(words.unfinished_provisional),
        (Progress::Going, false) => Some(words.unfinished),
        (Progress::Over, true) => Some(words.provisional),
        (Progress::Over, false) => None,
    }
}

pub(in crate::view::html) fn is_provisional(shown: &[Shown]) -> bool {
    shown.iter().any(|site| site.figures.provisional)
}

/// How often all sites are checked of late, if that is the same or nearly so.
fn interval(context: &PageContext, shown: &[Shown]) -> Option<String> {
    let courses = || {
        shown
            .iter()
            .filter_map(|site| site.url.report.course.as_ref())
    };
    let intervals = || courses().filter_map(|course| course.interval_seconds);
    let minutes = |seconds: i64| (seconds + 30) / 60 * 60;
    let text = |seconds: i64| phrase::hours(minutes(seconds), context.words());
    let (least, most) = (intervals().min()?, intervals().max()?);
    if least < 60 {
        return None;
    }
    Some(if minutes(least) == minutes(most) {
        text(least)
    } else {
        (context.words().report.days)(&text(least), &text(most))
    })
}
