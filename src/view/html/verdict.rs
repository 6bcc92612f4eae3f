//! Verdicts in words: of a site, and of all sites together.

use serde::Serialize;

use crate::stats::figures::Figures;
use crate::stats::group::Group;
use crate::stats::verdict::Verdict;
use crate::view::phrase::{self, NONE};
use crate::view::words::Words;

/// Whether the period of a report is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Over,
    /// It ends after now.
    Going,
}

/// The verdict of one site.
#[derive(Serialize)]
pub(super) struct VerdictView {
    pub class: &'static str,
    pub word: &'static str,
    /// What it must not be read without.
    notes: Vec<String>,
}

impl VerdictView {
    /// A verdict by some figures; `target` where not all sites have the same.
    pub(super) fn of(
        verdict: Verdict,
        figures: &Figures,
        target: Option<u64>,
        progress: Progress,
        words: &Words,
    ) -> Self {
        let (class, word) = match verdict {
            Verdict::Met => ("met", words.report.met),
            Verdict::MetAsObserved => ("met", words.report.met_as_observed),
            Verdict::Missed => ("missed", words.report.missed),
            Verdict::NotProven => ("unknown", words.report.not_proven),
            Verdict::None => ("unknown", words.report.no_data),
        };
        let is_judged = verdict != Verdict::None;
        let unknown = || phrase::duration(figures.seconds.unknown, words);
        let notes = [
            target.map(|target| (words.report.of_target)(&phrase::percentage(target))),
            (is_judged && progress == Progress::Going).then(|| words.report.so_far.to_owned()),
            (verdict == Verdict::MetAsObserved).then(|| (words.report.unknown_time)(&unknown())),
        ];
        Self {
            class,
            word,
            notes: notes.into_iter().flatten().collect(),
        }
    }
}

/// A verdict as a sentence, with the part that says it.
#[derive(Serialize)]
pub(super) struct Sentence {
    before: String,
    verdict: String,
    after: String,
}

/// The worst verdict on a period, and of how many sites.
pub(super) fn sentence(
    group: &Group,
    period: &str,
    targets: impl Iterator<Item = u64> + Clone,
    progress: Progress,
    words: &Words,
) -> Sentence {
    let all = group.verdicts.len();
    let (verdict, sites) = group.verdict();
    let target = targets_of(targets);
    let w = words.report;
    let text = match verdict {
        Verdict::Missed => (w.some_missed)(period, &target, sites, all),
        Verdict::NotProven => (w.some_not_proven)(period, &target, sites, all),
        Verdict::MetAsObserved => (w.some_met_as_observed)(period, &target, sites, all),
        Verdict::Met if sites == all => (w.all_met)(period, &target, all),
        Verdict::Met => (w.some_met)(period, &target, sites, all),
        Verdict::None => (w.some_silent)(period, sites, all),
    };
    let text = match progress {
        Progress::Going if verdict != Verdict::None => (w.so_far_text)(&text),
        Progress::Going | Progress::Over => text,
    };
    let mut parts = text.splitn(3, '|').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    Sentence {
        before: part(),
        verdict: part(),
        after: part(),
    }
}

/// Time of one site, or of several together.
pub(super) fn hours(group: &Group, seconds: i64, words: &Words) -> String {
    match group.verdicts.len() {
        1 => phrase::duration(seconds, words),
        _ => phrase::hours(seconds, words),
    }
}

/// What was promised: one percentage, or the range of those of all sites.
pub(super) fn targets_of(targets: impl Iterator<Item = u64> + Clone) -> String {
    match (targets.clone().min(), targets.max()) {
        (Some(least), Some(most)) if least == most => phrase::percentage(least),
        (Some(least), Some(most)) => {
            format!("{}–{}", phrase::percentage(least), phrase::percentage(most))
        }
        _ => NONE.to_owned(),
    }
}

/// What all sites were promised; `None` if that is not the same.
pub(super) fn common_target(mut targets: impl Iterator<Item = u64>) -> Option<u64> {
    let first = targets.next()?;
    targets.all(|target| target == first).then_some(first)
}
