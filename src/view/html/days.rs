//! The days of a URL as bars, and as words for the script that reads them out.

use std::ops::Range;

use serde::Serialize;

use crate::calendar;
use crate::check::Day;
use crate::stats::report::Report;
use crate::view::bars::{DayBars, Geometry, Mark, day_bars};
use crate::view::context::PageContext;

/// One bar a day.
#[derive(Serialize)]
pub(super) struct Bars {
    pub shapes: DayBars,
    first: String,
    label: String,
    /// A word a day, as `static/bars.js` has them.
    words: String,
}

impl Bars {
    pub(super) fn of(
        context: &PageContext,
        report: &Report,
        days: &Range<Day>,
        geometry: Geometry,
    ) -> Self {
        let days_of = (days.start.0..days.end.0).map(Day);
        let all: Vec<(Mark, String)> = days_of.map(|day| of_day(context, report, day)).collect();
        let marks: Vec<Mark> = all.iter().map(|(mark, _)| *mark).collect();
        let words: Vec<String> = all.into_iter().map(|(_, word)| word).collect();
        Self::of_marks(context, &marks, &words, days, geometry)
    }

    /// The bars of several sites together: a day failed if it did at any of them. They are not read
    /// out.
    pub(super) fn of_all(
        context: &PageContext,
        reports: &[&Report],
        days: &Range<Day>,
        geometry: Geometry,
    ) -> Self {
        let days_of = (days.start.0..days.end.0).map(Day);
        let mark = |day| {
            let marks = reports.iter().map(|report| of_day(context, report, day).0);
            marks.reduce(Mark::or_worse).unwrap_or(Mark::Empty)
        };
        let marks: Vec<Mark> = days_of.map(mark).collect();
        Self::of_marks(context, &marks, &[], days, geometry)
    }

    /// The number of days before the first check.
    pub(super) fn days_before(&self) -> usize {
        self.shapes.days_before
    }

    fn of_marks(
        context: &PageContext,
        marks: &[Mark],
        words: &[String],
        days: &Range<Day>,
        geometry: Geometry,
    ) -> Self {
        let shapes = day_bars(marks, geometry);
        let label =
            (context.words().bars_label)(marks.len(), shapes.failed_days, shapes.maintenance_days);
        Self {
            label,
            shapes,
            first: calendar::date(days.start).to_string(),
            words: with_repeats(words),
        }
    }
}

/// Words with a blank between them, those of equal days once: `288*4 288/3/98.958%`.
fn with_repeats(words: &[String]) -> String {
    let run = |run: &[String]| match run {
        [word] => word.clone(),
        run => format!("{}*{}", run[0], run.len()),
    };
    let runs: Vec<String> = words.chunk_by(|a, b| a == b).map(run).collect();
    runs.join(" ")
}

/// How a day is drawn, and its word.
fn of_day(context: &PageContext, report: &Report, day: Day) -> (Mark, String) {
    let nothing = |mark, word: &str| (mark, word.to_owned());
    if day > context.today() {
        return nothing(Mark::Future, "f");
    }
    let Some((first, _)) = report.edges() else {
        return nothing(Mark::Empty, "-");
    };
    if day < context.calendar().day_of(first) {
        return nothing(Mark::Before, "b");
    }
    let tally = report.checks_on(day);
    let (total, down) = tally.map_or((0, 0), |tally| (tally.up + tally.down, tally.down));
    if down > 0 {
        let uptime = report.uptime_on(day, context.config.uptime_by);
        let failed = uptime.thousandths().map_or(1000, |up| (100_000 - up) / 100);
        // Of a day with a check that was up, not all is red.
        let most = if total > down { 999 } else { 1000 };
        let failed = u32::try_from(failed.min(most)).unwrap_or(1000);
        return (Mark::Failed(failed), format!("{total}/{down}/{uptime}"));
    }
    let maintenance = report.maintenance_on(day);
    if maintenance > 0 {
        let share = u32::try_from(maintenance * 1000 / 86_400).unwrap_or(1000);
        let minutes = (maintenance + 59) / 60;
        return (Mark::Maintenance(share), format!("m{minutes}/{total}"));
    }
    match (total, tally) {
        (1.., _) => (Mark::Good, total.to_string()),
        (0, Some(_)) => nothing(Mark::Empty, "p"),
        (0, None) => nothing(Mark::Empty, "-"),
    }
}

/// What a word says of a day, for readers without scripts.
pub(super) fn sentence(context: &PageContext, report: &Report, day: Day) -> String {
    let words = context.words();
    let (_, word) = of_day(context, report, day);
    let mut parts = word.trim_start_matches('m').split('/');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (first, second, third) = (part(), part(), part());
    let (sentence, gaps) = match word.as_str() {
        "-" => (words.bar_none, vec![]),
        "b" | "f" => (words.bar_before, vec![]),
        "p" => (words.bar_planned, vec![]),
        _ if word.starts_with('m') => (
            words.bar_maintenance,
            vec![("{minutes}", first), ("{total}", second)],
        ),
        _ if second.is_empty() => (words.bar_up, vec![("{total}", first)]),
        _ => (
            words.bar_down,
            vec![("{total}", first), ("{down}", second), ("{uptime}", third)],
        ),
    };
    let date = sentence.replace("{date}", &calendar::date(day).to_string());
    gaps.into_iter()
        .fold(date, |text, (gap, value)| text.replace(gap, &value))
}
