//! The table of counts: every URL with all its checks, as the first version of this dashboard had it.

use serde::Serialize;

use super::parts::share_of_bar;
use crate::answer::UrlReport;
use crate::view::phrase;

#[derive(Serialize)]
pub(super) struct CountRow {
    url: String,
    checks: String,
    up: String,
    down: String,
    any_down: bool,
    uptime: String,
    /// The width of what is up; `None` where nothing was observed.
    bar: Option<String>,
}

impl CountRow {
    pub(super) fn of(report: &UrlReport, name: &str) -> Self {
        let tally = &report.report.tally;
        let uptime = report.report.figures().uptime_by_checks();
        Self {
            url: name.to_owned(),
            checks: phrase::count(tally.total()),
            up: phrase::count(tally.up),
            down: phrase::count(tally.down),
            any_down: tally.down > 0,
            uptime: uptime.to_string(),
            bar: share_of_bar(uptime.ratio).map(|share| format!("{}.{}%", share / 10, share % 10)),
        }
    }
}
