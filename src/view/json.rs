//! The API's answers: the original's shape, keys sorted.

use std::collections::BTreeMap;

use serde::Serialize;

use super::RenderError;
use crate::stats::summary::Summary;
use crate::stats::tally::Tally;

#[derive(Serialize)]
struct Answer<'a> {
    logs: BTreeMap<&'a str, Counts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Counts<'a> {
    failure: u64,
    status_codes: &'a BTreeMap<String, u64>,
    success: u64,
    total: u64,
}

impl<'a> Counts<'a> {
    fn of(tally: &'a Tally) -> Self {
        Self {
            failure: tally.down,
            status_codes: &tally.codes,
            success: tally.up,
            total: tally.total(),
        }
    }
}

#[derive(Serialize)]
struct Problem<'a> {
    error: &'a str,
}

/// The counts of every URL, and the site folders of a company if it was asked for as a whole.
pub fn logs<'a>(
    summary: &'a Summary,
    sites: Option<impl IntoIterator<Item = &'a String>>,
) -> Result<String, RenderError> {
    let logs = summary
        .urls
        .iter()
        .map(|(url, tally)| (url.as_str(), Counts::of(tally)))
        .collect();
    let sites = sites.map(|names| names.into_iter().map(String::as_str).collect());
    line(&Answer { logs, sites })
}

/// An error, in words.
pub fn problem(error: &str) -> Result<String, RenderError> {
    line(&Problem { error })
}

fn line(value: &impl Serialize) -> Result<String, RenderError> {
    let mut text = serde_json::to_string(value).map_err(|error| RenderError(error.to_string()))?;
    text.push('\n');
    Ok(text)
}
