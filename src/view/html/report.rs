//! The report of some months or days as a letter to each client. It is printed on A4.

mod bar;
mod dates;
mod events;
mod figures;
mod letter;
mod maintenance;
mod sites;
mod subject;
mod trend;

use std::ops::Range;

use serde::Serialize;

use super::parts::deciding;
use super::render;
use crate::answer::UrlReport;
use crate::check::Day;
use crate::store::folder::Listing;
use crate::view::context::PageContext;
use crate::view::{RenderError, phrase};

pub(super) use bar::{bar, company_href};
pub(super) use dates::days as day_range;
pub(super) use figures::section as figures_section;
pub(super) use letter::{VerdictBlock, is_provisional, stage};
pub(super) use sites::{remarks, site_href};
pub(super) use subject::{Shown, Subject, together};

#[derive(Serialize)]
struct View {
    letters: Vec<Letter>,
    /// The heading of the page, where each letter has one of its own below it.
    title: Option<String>,
    notices: Vec<String>,
}

/// A letter, as markup.
#[derive(Serialize)]
struct Letter {
    sections: Vec<String>,
    notices: Vec<String>,
    rule: String,
}

/// The title of a report's window: whom it is for, and about what.
pub(super) fn title(context: &PageContext, days: &Range<Day>) -> String {
    let selection = context.selection();
    let company = selection.company.name();
    let site = selection.site.name().map(|site| {
        let named = |company| context.config.site_name(company, site);
        company.map_or(site, named)
    });
    let company = company.map(|company| context.config.company_name(company));
    let name = dates::name(context, days);
    let parts: Vec<&str> = [company, site]
        .into_iter()
        .flatten()
        .chain([name.as_str()])
        .collect();
    format!("{} {}", parts.join(" / "), context.words().report_name)
}

/// The content of the report that is asked for.
pub(super) fn content(
    context: &PageContext,
    listing: &Listing,
    reports: &[UrlReport],
) -> Result<String, RenderError> {
    let subject = Subject::of(context);
    let shown = subject.shown(context, reports);
    let companies: Vec<&[Shown]> = shown
        .chunk_by(|one, next| one.url.company == next.url.company)
        .collect();
    let is_alone = companies.len() < 2;
    let mut letters = Vec::new();
    for (at, sites) in companies.iter().enumerate() {
        let id = match at {
            0 => "report".to_owned(),
            at => format!("report-{}", at + 1),
        };
        letters.push(letter(context, &subject, reports, sites, id, is_alone)?);
    }
    let view = View {
        title: (!is_alone).then(|| title(context, &subject.days)),
        notices: if letters.is_empty() {
            notices(context, &subject, &reports.iter().collect::<Vec<_>>())
        } else {
            Vec::new()
        },
        letters,
    };
    let sheets = render(
        include_str!("report/report.html"),
        &view,
        context.words().report,
    )?;
    Ok(bar(context, &subject, listing, reports)? + &sheets)
}

/// The letter to one client.
fn letter(
    context: &PageContext,
    subject: &Subject,
    reports: &[UrlReport],
    shown: &[Shown],
    id: String,
    is_alone: bool,
) -> Result<Letter, RenderError> {
    let (title, heading) = if is_alone { ("h1", "h2") } else { ("h2", "h3") };
    let company = shown.first().map_or("", |site| site.url.company);
    let of_company: Vec<&UrlReport> = reports
        .iter()
        .filter(|url| url.company == company)
        .collect();
    let group = together(context, shown);
    let sections = vec![
        letter::head(context, subject, shown, &group, title)?,
        figures::section(context, subject, shown, &group)?,
        trend::section(context, &of_company, heading)?,
        sites::section(context, subject, shown, id, heading)?,
        events::section(context, subject, shown, heading)?,
        maintenance::section(context, subject, shown, heading)?,
    ];
    Ok(Letter {
        sections,
        notices: notices(context, subject, &of_company),
        rule: rule(context, shown.len() > 1, is_provisional(shown)),
    })
}

/// What a reader must know about the rows that are counted.
pub(super) fn notices(
    context: &PageContext,
    subject: &Subject,
    reports: &[&UrlReport],
) -> Vec<String> {
    let words = context.words().report;
    let (mut misplaced, mut elsewhere, mut ahead, mut undated) = (0, 0, 0, 0);
    for url in reports {
        let figures = url.report.figures();
        ahead += figures.ahead.total();
        if subject.period.is_some() {
            misplaced += url.report.misplaced(&figures);
            elsewhere += url.report.tally.elsewhere;
        } else {
            undated += u64::from(url.report.course.is_none());
        }
    }
    let some = |number: u64, sentence: fn(&str) -> String| {
        (number > 0).then(|| sentence(&phrase::count(number)))
    };
    let notices = [
        some(misplaced, words.rows_misplaced),
        some(elsewhere, words.rows_elsewhere),
        some(ahead, words.rows_ahead),
        some(undated, words.undated_sites),
    ];
    notices.into_iter().flatten().collect()
}

/// The rules by which the report is made.
pub(super) fn rule(context: &PageContext, is_sum: bool, provisional: bool) -> String {
    let words = context.words().rules;
    let min_coverage = phrase::percentage(context.config.min_coverage);
    let sentences = [
        Some((words.uptime)(&min_coverage)),
        Some(deciding(context).to_owned()),
        Some((words.verdict)(&min_coverage)),
        provisional.then(|| words.provisional.to_owned()),
        Some((words.downtime)(context.config.failure_threshold.get())),
        is_sum.then(|| words.site_hours.to_owned()),
        is_sum.then(|| words.events.to_owned()),
        Some(words.coverage.to_owned()),
        Some(words.bars.to_owned()),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}
