//! The page that checks the installation. It contains no path of the host.

use serde::Serialize;

use super::{frame, render};
use crate::installation::{LogsPlace, Permissions};
use crate::query::Selection;
use crate::store::folder::StoreError;
use crate::store::survey::Survey;
use crate::view::RenderError;
use crate::view::context::PageContext;
use crate::view::phrase;
use crate::view::signal::Signal;
use crate::view::words::CheckWords;

#[derive(Serialize)]
struct View {
    heading: &'static str,
    rows: Vec<Row>,
    /// Whether the host honours `.htaccess`, which only the reader's browser can find out.
    canary: Row,
    canary_refused: Row,
    canary_sent: Row,
    canary_link: &'static str,
    canary_href: String,
    script: String,
    home: String,
}

#[derive(Serialize)]
struct Row {
    signal: &'static str,
    shape: &'static str,
    word: &'static str,
    text: String,
}

impl Row {
    fn new(signal: Signal, word: &'static str, text: String) -> Self {
        Self {
            signal: signal.name(),
            shape: signal.shape(),
            word,
            text,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Findings {
    pub logs: LogsPlace,
    pub permissions: Permissions,
    pub survey: Result<Survey, StoreError>,
    /// Whether anyone on the host may write to the log folder.
    pub open_to_all: bool,
    pub caching: Caching,
}

/// Whether results are cached.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Caching {
    Works,
    /// The cache folder can't be written to.
    Refused,
    /// By the setting `cache`.
    Off,
}

/// The page of `/?check=1`.
pub(crate) fn page(context: &PageContext, findings: &Findings) -> Result<String, RenderError> {
    let words = context.words().check;
    let view = View {
        heading: words.heading,
        rows: rows(context, findings),
        canary: Row::new(Signal::Undated, words.unknown, words.canary.to_owned()),
        canary_refused: Row::new(Signal::Up, words.fine, words.canary_refused.to_owned()),
        canary_sent: Row::new(Signal::Down, words.mend, words.canary_sent.to_owned()),
        canary_link: words.canary_link,
        canary_href: context.links.file("canary.csv"),
        script: context.links.file("check.js"),
        home: context.links.page(&Selection::default()),
    };
    let body = render(include_str!("installation.html"), &view, context.words())?;
    frame::around(context, words.heading, "", &[body])
}

fn rows(context: &PageContext, findings: &Findings) -> Vec<Row> {
    let words = context.words().check;
    let fine = |text: String| Row::new(Signal::Up, words.fine, text);
    let mend = |text: String| Row::new(Signal::Down, words.mend, text);
    let mut rows = Vec::new();
    match &findings.survey {
        Ok(survey) => {
            let mut logs = phrase::count(survey.logs as u64);
            if survey.unfinished {
                logs = (context.words().at_least)(&logs);
            }
            let text = (words.logs)(
                place(findings.logs, words),
                survey.companies,
                survey.site_folders,
                &logs,
                survey.opened,
            );
            if survey.logs == 0 {
                let words = context.words();
                let text = format!("{text} {} {}", words.no_logs_yet, words.log_pattern);
                rows.push(mend(text));
            } else {
                rows.push(fine(text));
            }
            if survey.faults > 0 {
                rows.push(mend((words.faults)(survey.faults)));
            }
            for (key, name) in context.config.named() {
                if !survey.names.contains(name) {
                    rows.push(mend((words.unmatched)(key, name)));
                }
            }
            if findings.open_to_all {
                rows.push(mend(words.logs_open.to_owned()));
            }
        }
        Err(StoreError::Missing) => rows.push(mend(context.words().no_logs(findings.logs))),
        Err(StoreError::Unreadable) => {
            rows.push(mend(context.words().problems.logs_unreadable.to_owned()));
        }
    }
    let caching = match findings.caching {
        Caching::Works => fine(words.cache_works.to_owned()),
        Caching::Refused => mend(words.cache_refused.to_owned()),
        Caching::Off => fine(words.cache_off.to_owned()),
    };
    // Without a log folder there is nothing to cache, and no place for it.
    rows.extend(findings.survey.is_ok().then_some(caching));
    let mode = |mode: Option<u32>| mode.map_or(phrase::NONE.to_owned(), |mode| format!("{mode:o}"));
    let permissions = findings.permissions;
    let (program, folder) = (mode(permissions.program), mode(permissions.folder));
    rows.push(if permissions.is_too_open() {
        mend((words.modes_open)(&program, &folder))
    } else {
        fine((words.modes_fine)(&program, &folder))
    });
    rows
}

fn place(logs: LogsPlace, words: &CheckWords) -> &'static str {
    match logs {
        LogsPlace::Environment => words.in_environment,
        LogsPlace::Configured => words.in_configured,
        LogsPlace::Beside | LogsPlace::Nowhere => words.in_beside,
        LogsPlace::Within => words.in_within,
        LogsPlace::Current => words.in_current,
    }
}
