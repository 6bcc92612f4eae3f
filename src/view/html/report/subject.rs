//! What a report is about: its days, what they are compared with, and the sites that are in it.

use std::ops::Range;

use crate::answer::{Kind, UrlReport};
use crate::check::{Day, Moment};
use crate::period::Period;
use crate::stats::figures::Figures;
use crate::stats::group::Group;
use crate::stats::report::Report;
use crate::stats::state::State;
use crate::view::context::PageContext;
use crate::view::html::parts::{names, url_name};
use crate::view::html::verdict::Progress;

/// The days of a report.
pub(in crate::view::html) struct Subject {
    pub days: Range<Day>,
    /// The same days, as time.
    pub span: Range<Moment>,
    /// The months that they are, unless they are any days.
    pub period: Option<Period>,
    /// What they are compared with.
    pub before: Option<Range<Day>>,
    pub progress: Progress,
}

/// A site of a report.
pub(in crate::view::html) struct Shown<'a> {
    pub url: &'a UrlReport<'a>,
    /// What a client reads: the name of its folder, with the URL if the folder has several.
    pub name: String,
    /// The URL as it is written on the page.
    pub address: String,
    pub figures: Figures<'a>,
    pub before: Option<Figures<'a>>,
}

impl Subject {
    pub(in crate::view::html) fn of(context: &PageContext) -> Self {
        let kind = context.answer.kind;
        let days = kind.days().unwrap_or(Day(0)..Day(0));
        let span = context.calendar().span(&days);
        Self {
            period: match kind {
                Kind::Report(period) | Kind::Year(period) => Some(period),
                _ => None,
            },
            before: kind.days_before(),
            progress: if span.end > context.now {
                Progress::Going
            } else {
                Progress::Over
            },
            days,
            span,
        }
    }

    /// The last day that has begun.
    pub(in crate::view::html) fn last_day(&self, context: &PageContext) -> Day {
        let last = self.days.end.plus(-1);
        last.min(context.today().max(self.days.start))
    }

    /// The sites that are in the report.
    pub(in crate::view::html) fn shown<'a>(
        &self,
        context: &PageContext,
        reports: &'a [UrlReport<'a>],
    ) -> Vec<Shown<'a>> {
        let written = names(context, reports);
        let words = context.words();
        // Reports are in the order of folders.
        let is_alone = |at: usize| {
            let url = &reports[at];
            let is_same = |other: Option<&UrlReport>| {
                other.is_some_and(|it| (it.company, it.site) == (url.company, url.site))
            };
            let before = at.checked_sub(1).and_then(|at| reports.get(at));
            !is_same(before) && !is_same(reports.get(at + 1))
        };
        let site = |(at, url): (usize, &'a UrlReport)| {
            let figures = url.report.figures();
            let before = url.report.figures_before();
            let start = self.span.start;
            // What has not begun can't be silent.
            let silent = before.as_ref().filter(|_| start <= context.now);
            if !is_shown(&url.report, &figures, silent, start) {
                return None;
            }
            let address = url_name(url.url, &written, words).to_owned();
            let name = context.config.site_name(url.company, url.site);
            Some(Shown {
                url,
                name: if is_alone(at) {
                    name.to_owned()
                } else {
                    format!("{name} {address}")
                },
                address,
                figures,
                before,
            })
        };
        reports.iter().enumerate().filter_map(site).collect()
    }
}

/// Whether a site is in the report: if it has checks or time in it, or had checks the period
/// before, as silence is news. What had ended before it is not.
fn is_shown(report: &Report, figures: &Figures, before: Option<&Figures>, start: Moment) -> bool {
    let had_checks = before.is_some_and(|before| before.total_checks() > 0);
    let had_ended =
        report.state == State::Ended && report.edges().is_some_and(|(_, last)| last < start);
    figures.total_checks() > 0 || had_checks || figures.has_time() && !had_ended
}

/// The sites together.
pub(in crate::view::html) fn together(context: &PageContext, shown: &[Shown]) -> Group {
    let mut group = Group::default();
    for site in shown {
        group.add(&site.url.report, &site.figures, context.config.uptime_by);
    }
    group
}

/// The sites together in the time before; `None` if there is none, or nothing is known of it.
pub(in crate::view::html) fn together_before(
    context: &PageContext,
    shown: &[Shown],
) -> Option<Group> {
    let mut group = Group::default();
    let mut checks = 0;
    for site in shown {
        let before = site.before.as_ref()?;
        group.add(&site.url.report, before, context.config.uptime_by);
        checks += before.total_checks();
    }
    (group.seconds.total() > 0 || checks > 0).then_some(group)
}
