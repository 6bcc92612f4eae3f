//! Parts that several pages share.

use serde::Serialize;

use super::write_text;
use crate::answer::UrlReport;
use crate::check::Moment;
use crate::query::Selection;
use crate::stats::course::Seconds;
use crate::stats::figures::{Figures, Uptime};
use crate::stats::report::Report;
use crate::stats::tally::{Ratio, Tally};
use crate::uptime_by::UptimeBy;
use crate::view::context::PageContext;
use crate::view::names::Names;
use crate::view::phrase;
use crate::view::words::Words;

/// Width of an uptime bar in its own units.
const BAR: u64 = 1000;

/// Of a URL that is checked less often this is said, in seconds.
const QUARTER_OF_AN_HOUR: i64 = 900;

/// An uptime as a number and a bar.
#[derive(Serialize)]
pub(super) struct Share {
    text: String,
    /// The class of its [`Rating`].
    rating: &'static str,
    /// Of 1000; `None` where there is nothing to show. As text, because a template takes the
    /// number 0 for nothing.
    bar: Option<String>,
    /// What must stand beside the number: a coverage that is low, a range that is short.
    notes: Vec<String>,
}

impl Share {
    /// The uptime that decides, of some figures, with their coverage if that is low. At least a
    /// fiftieth of the bar shows a failure: one that can't be seen would read as none.
    pub(super) fn of(context: &PageContext, report: &Report, figures: &Figures) -> Self {
        let uptime = report.uptime(figures, context.config.uptime_by);
        Self {
            text: uptime.to_string(),
            rating: Rating::of(uptime, report.target.uptime).name(),
            bar: share_of_bar(uptime.ratio).map(|share| share.to_string()),
            notes: low_coverage(context, &figures.seconds)
                .into_iter()
                .collect(),
        }
    }

    /// The same with one more note.
    pub(super) fn with_note(self, note: Option<String>) -> Self {
        let notes = note.into_iter().chain(self.notes).collect();
        Self { notes, ..self }
    }
}

/// A text in three, the one in the middle a date with or without a time. It must not break, and
/// browsers break between its digits.
#[derive(Serialize)]
pub(super) struct Dated(String, String, String);

impl Dated {
    /// A text around its first date.
    pub(super) fn of(text: &str) -> Self {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | '\u{a0}');
        let mut parts = text.split(|c| !is_part(c));
        let date = parts.find(|part| part.matches('-').count() == 2);
        let (before, date, after) = date
            .and_then(|date| Some((text.split_once(date)?, date)))
            .map_or((text, "", ""), |((before, after), date)| {
                (before, date, after)
            });
        Self(before.to_owned(), date.to_owned(), after.to_owned())
    }
}

/// How much of a bar is up, of 1000; `None` where nothing was observed.
pub(super) fn share_of_bar(ratio: Ratio) -> Option<u64> {
    let part = || {
        if ratio.part == ratio.whole {
            return BAR;
        }
        let part = u128::from(ratio.part) * u128::from(BAR) / u128::from(ratio.whole);
        u64::try_from(part).map_or(0, |part| part.min(BAR - BAR / 50))
    };
    (ratio.whole > 0).then(part)
}

/// The coverage of some time, if it is too low for an uptime to stand alone.
pub(super) fn low_coverage(context: &PageContext, seconds: &Seconds) -> Option<String> {
    let coverage = seconds.coverage();
    let is_low = coverage.whole > 0 && !seconds.is_covered(context.config.min_coverage);
    is_low.then(|| (context.words().low_coverage)(&coverage.to_string()))
}

/// Which of the two uptimes tables show.
pub(super) fn deciding(context: &PageContext) -> &'static str {
    let words = context.words().rules;
    match context.config.uptime_by {
        UptimeBy::Time => words.by_time,
        UptimeBy::Checks => words.by_checks,
    }
}

/// A number that needs some time; `—` without any.
pub(super) fn if_timed(figures: &Figures, text: impl FnOnce() -> String) -> String {
    if figures.has_time() {
        text()
    } else {
        phrase::NONE.to_owned()
    }
}

/// What a reader must know of how rarely a URL is checked, if it is.
pub(super) fn checked_rarely(context: &PageContext, report: &Report) -> Option<String> {
    let words = context.words();
    let interval = report.course.as_ref()?.interval_seconds?;
    let threshold = context.config.failure_threshold.get();
    let interval = (interval > QUARTER_OF_AN_HOUR).then(|| phrase::hours(interval, words))?;
    Some((words.report.checked_every)(&interval, threshold))
}

#[derive(Serialize)]
pub(super) struct Code {
    code: String,
    count: String,
}

pub(super) fn codes(tally: &Tally) -> Vec<Code> {
    let code = |(code, count): (&str, u64)| Code {
        code: code.to_owned(),
        count: phrase::count(count),
    };
    let codes = tally.codes.of_all(tally.total());
    codes.into_iter().map(code).collect()
}

/// A moment with its age.
#[derive(Serialize)]
pub(super) struct Aged {
    machine: String,
    moment: String,
    age: String,
}

impl Aged {
    pub(super) fn of(context: &PageContext, at: Moment) -> Self {
        Self {
            machine: context.calendar().rfc3339(at),
            moment: phrase::moment(at, context.calendar()),
            age: phrase::age(context.now.since(at), context.words()),
        }
    }
}

/// Where the figures of a URL end that was taken off the schedule.
pub(super) fn until(context: &PageContext, report: &Report) -> Option<String> {
    let until = report.until()?;
    let until = phrase::moment_in_text(until, context.calendar());
    Some((context.words().until)(&until))
}

/// The names of all URLs that a page is about, listed or not.
pub(super) fn names<'a>(context: &PageContext, reports: &[UrlReport<'a>]) -> Names<'a> {
    Names::on_page(context.config.hide_query, reports.iter().map(|url| url.url))
}

pub(super) fn url_name<'a>(url: &'a str, names: &'a Names, words: &'a Words) -> &'a str {
    if url.is_empty() {
        words.no_name
    } else {
        names.of(url)
    }
}

/// The name of a site folder, as a client reads it: the folder's own where no company is chosen.
pub(super) fn site_name(context: &PageContext, site: &str) -> String {
    let company = context.selection().company.name();
    let name = company.map(|company| context.config.site_name(company, site));
    name.unwrap_or(site).to_owned()
}

/// What a page is about: company, site and month, or everything.
pub(super) fn heading(context: &PageContext) -> String {
    let (selection, words) = (context.selection(), context.words());
    let (company, site) = (selection.company.name(), selection.site.name());
    let names = [
        company.map(|company| context.config.company_name(company).to_owned()),
        site.map(|site| site_name(context, site)),
    ];
    let month = selection
        .months
        .beginning()
        .map(|month| phrase::month(month, words));
    let parts: Vec<String> = names.into_iter().chain([month]).flatten().collect();
    if parts.is_empty() {
        words.everything.to_owned()
    } else {
        parts.join(" / ")
    }
}

/// The beginning of the window's title: empty for the page of everything.
pub(super) fn about(context: &PageContext) -> String {
    if *context.selection() == Selection::default() {
        String::new()
    } else {
        heading(context)
    }
}

/// Says so if the requested site does not exist.
pub(super) fn missing_site(context: &PageContext) -> String {
    let missing = context.answer.missing_site.as_deref();
    let mut notice = String::new();
    if let Some(site) = missing {
        notice.push_str("<p class=\"notice\">");
        write_text(&(context.words().site_not_found)(site), &mut notice);
        notice.push_str("</p>\n");
    }
    notice
}

/// How an uptime compares with what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rating {
    Met,
    Missed,
    /// Ten times as much is missing as was allowed.
    Far,
    Unknown,
}

impl Rating {
    pub(super) fn of(uptime: Uptime, target: u64) -> Self {
        let Some(share) = uptime.thousandths() else {
            return Self::Unknown;
        };
        let allowed = 100_000_u64.saturating_sub(target);
        if share >= target {
            Self::Met
        } else if share + 10 * allowed < 100_000 {
            Self::Far
        } else {
            Self::Missed
        }
    }

    /// Its CSS class.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Far => "far",
            Self::Unknown => "unknown",
        }
    }
}
