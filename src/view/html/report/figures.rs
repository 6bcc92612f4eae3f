//! Five figures of all sites together, with those of the time before.

use serde::Serialize;

use super::events::events_of;
use super::subject::{Shown, Subject, together_before};
use crate::stats::figures::{Figures, Percentiles};
use crate::stats::group::Group;
use crate::view::RenderError;
use crate::view::context::PageContext;
use crate::view::html::incident::known_incidents;
use crate::view::html::render;
use crate::view::html::verdict::hours;
use crate::view::phrase::{self, NONE};
use crate::view::words::Words;

#[derive(Serialize)]
struct View {
    figures: Vec<Figure>,
}

#[derive(Serialize)]
struct Figure {
    name: &'static str,
    value: String,
    notes: Vec<String>,
}

/// The five, of some figures of each site.
struct Values {
    downtime: String,
    incidents: String,
    response: String,
    checks: String,
    coverage: String,
}

impl Values {
    fn of(group: &Group, figures: &[&Figures], words: &Words) -> Self {
        let is_timed = group.seconds.total() > 0;
        let timed = |text: String| if is_timed { text } else { NONE.to_owned() };
        let median = Percentiles::of_all(figures.iter().copied()).median;
        let left_out = figures.iter().map(|one| one.incidents_left_out).sum();
        let incidents = known_incidents(events_of(figures).len(), left_out, words);
        let checks = figures.iter().map(|one| one.total_checks()).sum();
        Self {
            downtime: timed(hours(group, group.seconds.down, words)),
            incidents: timed((words.report.incident_figure)(&incidents)),
            response: median.map_or_else(|| NONE.to_owned(), phrase::response_time),
            checks: phrase::count(checks),
            coverage: group.seconds.coverage().to_string(),
        }
    }
}

pub(in crate::view::html) fn section(
    context: &PageContext,
    subject: &Subject,
    shown: &[Shown],
    group: &Group,
) -> Result<String, RenderError> {
    let all_words = context.words();
    let words = all_words.report;
    let figures: Vec<&Figures> = shown.iter().map(|site| &site.figures).collect();
    let now = Values::of(group, &figures, all_words);
    let before = together_before(context, shown).map(|group| {
        let figures: Vec<&Figures> = shown
            .iter()
            .filter_map(|site| site.before.as_ref())
            .collect();
        Values::of(&group, &figures, all_words)
    });
    let label = match subject.period {
        Some(period) if period.is_year() => words.year_before,
        Some(_) => words.month_before,
        None => words.range_before,
    };
    let note = |value: fn(&Values) -> &String| {
        let before = before.as_ref()?;
        Some(format!("{label} {}", value(before)))
    };
    let checks = group.uptime_by_checks();
    let up_and_down = (words.up_and_down)(
        &phrase::count(checks.ratio.part),
        &phrase::count(checks.failed_checks),
    );
    let unknown = hours(group, group.seconds.unknown, all_words);
    let (downtime_name, unknown) = if shown.len() > 1 {
        (words.downtime_sum, (words.unknown_sum)(&unknown))
    } else {
        (words.downtime, (words.unknown_time)(&unknown))
    };
    let unknown = (group.seconds.total() > 0).then_some(unknown);
    let figure = |name, value, notes: [Option<String>; 2]| Figure {
        name,
        value,
        notes: notes.into_iter().flatten().collect(),
    };
    let view = View {
        figures: vec![
            figure(downtime_name, now.downtime, [note(|v| &v.downtime), None]),
            figure(
                words.incidents,
                now.incidents,
                [note(|v| &v.incidents), None],
            ),
            figure(
                words.response_median,
                now.response,
                [note(|v| &v.response), None],
            ),
            figure(
                words.checks,
                now.checks,
                [note(|v| &v.checks), Some(up_and_down)],
            ),
            figure(
                words.coverage,
                now.coverage,
                [note(|v| &v.coverage), unknown],
            ),
        ],
    };
    render(include_str!("figures.html"), &view, words)
}
