//! Verdicts in words: of a site, and of all sites together.

use serde::Serialize;

use super::parts::Banner;
use crate::answer::UrlReport;
use crate::stats::figures::Figures;
use crate::stats::group::Group;
use crate::stats::verdict::Verdict;
use crate::view::phrase::{self, NONE};
use crate::view::signal::Signal;
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
    class: &'static str,
    word: &'static str,
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
            Verdict::NotProven => ("no-data", words.report.not_proven),
            Verdict::None => ("no-data", words.report.no_data),
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

/// The worst verdict, and of how many sites.
pub(super) fn banner(group: &Group, progress: Progress, words: &Words) -> Banner {
    let all = group.verdicts.len();
    let (verdict, sites) = group.verdict();
    let words_of = words.report;
    let (signal, text) = match verdict {
        Verdict::Missed => (Signal::Down, (words_of.sites_missed)(sites)),
        Verdict::NotProven => (Signal::Stale, (words_of.sites_not_proven)(sites)),
        Verdict::MetAsObserved => {
            let unknown = hours(group, group.unknown_as_observed, words);
            (
                Signal::Up,
                (words_of.sites_met_as_observed)(sites, &unknown),
            )
        }
        Verdict::Met if sites == all => (Signal::Up, (words_of.all_met)(all)),
        Verdict::Met => (Signal::Up, (words_of.sites_met)(sites)),
        Verdict::None => (Signal::Stale, (words_of.sites_silent)(sites)),
    };
    let is_of_all = all == 1 || verdict == Verdict::Met && sites == all;
    let text = if is_of_all {
        text
    } else {
        (words_of.of_sites)(&text, all)
    };
    let is_judged = verdict != Verdict::None;
    let text = match progress {
        Progress::Going if is_judged => (words_of.so_far_text)(&text),
        Progress::Going | Progress::Over => text,
    };
    Banner::new(signal, text)
}

/// Time of one site, or of several together.
pub(super) fn hours(group: &Group, seconds: i64, words: &Words) -> String {
    match group.verdicts.len() {
        1 => phrase::duration(seconds, words),
        _ => phrase::hours(seconds, words),
    }
}

/// What was promised: one percentage, or the range of those of all sites.
pub(super) fn targets(reports: &[(&UrlReport, Figures)]) -> String {
    match bounds(reports) {
        Some((least, most)) if least == most => phrase::percentage(least),
        Some((least, most)) => {
            format!("{}–{}", phrase::percentage(least), phrase::percentage(most))
        }
        None => NONE.to_owned(),
    }
}

/// Whether not all sites were promised the same.
pub(super) fn is_mixed(reports: &[(&UrlReport, Figures)]) -> bool {
    bounds(reports).is_some_and(|(least, most)| least != most)
}

fn bounds(reports: &[(&UrlReport, Figures)]) -> Option<(u64, u64)> {
    let targets = || reports.iter().map(|(url, _)| url.report.target.uptime);
    Some((targets().min()?, targets().max()?))
}
