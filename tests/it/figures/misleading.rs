//! Logs that mislead simpler rules, and what must be said of them.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::*;

pub(super) const UP_ROW: &str = "正常に稼働中,200";
pub(super) const DOWN_ROW: &str = "異常,500";

pub(super) const FIVE_MINUTES: i64 = 300;
pub(super) const HOUR: i64 = 3600;
pub(super) const DAY: i64 = 86_400;

/// A log that is written check by check.
pub(super) struct Log(String);

impl Log {
    pub(super) fn new() -> Self {
        Self(format!("{HEADER}\n"))
    }

    /// So many checks of `u` from a local time on, `step` seconds apart.
    pub(super) fn every(self, step: i64, from: &str, count: i64, row: &str) -> Self {
        self.of("u", step, from, count, row)
    }

    /// The same of another URL.
    fn of(mut self, url: &str, step: i64, from: &str, count: i64, row: &str) -> Self {
        let from: DateTime = from.parse().unwrap();
        for n in 0..count {
            let at = from + SignedDuration::from_secs(n * step);
            self.0 += &format!("{at},{url},{row}\n");
        }
        self
    }

    /// A site with this log, in a file for each month.
    pub(super) fn site(&self, now: &str) -> Site {
        let mut months: BTreeMap<String, String> = BTreeMap::new();
        for row in self.0.lines().skip(1) {
            let rows = months.entry(row[..7].replace('-', "")).or_default();
            rows.push_str(row);
            rows.push('\n');
        }
        let site = months.iter().fold(Site::new(), |site, (month, rows)| {
            let path = format!("A/s/monitor_results_{month}.csv");
            site.file(&path, format!("{HEADER}\n{rows}"))
        });
        site.at(now)
    }
}

/// What the API says of a URL.
#[track_caller]
pub(super) fn ask(site: &Site, target: &str, url: &str) -> Value {
    site.json(&format!("{target}?include=coverage,incidents,days"))["logs"][url].take()
}

/// The first letters of a range's times, from its incidents: `from - to (end)`.
fn incidents(url: &Value) -> Vec<String> {
    let minute = |time: &Value| time.as_str().map_or("?", |time| &time[5..16]).to_owned();
    let incidents = url["incidents"].as_array().unwrap().iter();
    let text = |i: &Value| {
        format!(
            "{} - {} ({})",
            minute(&i["from"]),
            minute(&i["to"]),
            i["end"]
        )
    };
    incidents.map(text).collect()
}

/// Up, down, planned and unknown seconds.
pub(super) fn seconds(url: &Value) -> [i64; 4] {
    let keys = [
        "up_seconds",
        "down_seconds",
        "planned_seconds",
        "unknown_seconds",
    ];
    keys.map(|key| url["coverage"][key].as_i64().unwrap())
}

#[test]
fn an_outage_of_weeks_in_which_the_interval_changes_is_one_incident() {
    let outage = Log::new()
        .every(FIVE_MINUTES, "2024-10-01T00:00", 5 * 288, UP_ROW)
        .every(FIVE_MINUTES, "2024-10-06T00:00", 2 * 288, DOWN_ROW)
        .every(HOUR, "2024-10-08T00:00", 14 * 24, DOWN_ROW)
        .every(FIVE_MINUTES, "2024-10-22T00:00", 2 * 288, DOWN_ROW);
    let url = ask(&outage.site("2024-10-24T00:00:00"), "/api/all", "u");
    assert_eq!(incidents(&url), ["10-06T00:00 - ? (\"open\")"]);
    assert_eq!(url["downtime_seconds"], 18 * DAY);
    assert_eq!(url["coverage"]["state"], "down");
    let over = outage.every(FIVE_MINUTES, "2024-10-24T00:00", 288, UP_ROW);
    let url = ask(&over.site("2024-10-25T00:00:00"), "/api/all", "u");
    assert_eq!(incidents(&url), ["10-06T00:00 - 10-24T00:00 (\"up\")"]);
    assert_eq!(
        url["incidents"][0]["failed_checks"],
        2 * 288 + 14 * 24 + 2 * 288
    );
    assert_eq!(seconds(&url), [6 * DAY, 18 * DAY, 0, 0]);
}

#[test]
fn five_percent_coverage_meets_no_target() {
    let watched = Log::new().every(FIVE_MINUTES, "2024-10-01T00:00", 432, UP_ROW);
    let log = |last_hour: &str| {
        Log(watched.0.clone())
            .every(FIVE_MINUTES, "2024-10-31T23:00", 12, last_hour)
            .every(FIVE_MINUTES, "2024-11-01T00:00", 28, UP_ROW)
    };
    // 36 hours and the last one, of 744.
    let site = log(UP_ROW).site("2024-11-01T02:15:00");
    let url = ask(&site, "/api/all/202410", "u");
    assert_eq!(url["coverage"]["uptime_by_time"], "100%");
    assert_eq!(url["coverage"]["coverage"], "4.973%");
    assert_eq!(url["coverage"]["verdict"], "not_proven");
    assert_eq!(url["coverage"]["provisional"], false);
    let report = site.page("/?year_month=202410&lang=en");
    assert!(!report.contains("met the target"), "{report}");
    // Even if all that nobody saw was up, an hour of 744 is more than a thousandth.
    let site = log(DOWN_ROW).site("2024-11-01T02:15:00");
    let url = ask(&site, "/api/all/202410", "u");
    assert_eq!(url["coverage"]["verdict"], "missed");
}

#[test]
fn retries_do_not_miss_a_target() {
    // Down for half an hour of thirty days, in which it was tried every ten seconds.
    let log = Log::new()
        .every(FIVE_MINUTES, "2024-11-01T00:00", 15 * 288, UP_ROW)
        .every(10, "2024-11-16T00:00", 180, DOWN_ROW)
        .every(FIVE_MINUTES, "2024-11-16T00:30", 15 * 288 - 6, UP_ROW);
    let url = ask(&log.site("2024-12-01T00:00:00"), "/api/all/202411", "u");
    assert_eq!(seconds(&url), [30 * DAY - 1800, 1800, 0, 0]);
    assert_eq!(incidents(&url), ["11-16T00:00 - 11-16T00:30 (\"up\")"]);
    assert_eq!(url["coverage"]["uptime_by_time"], "99.930%");
    assert_eq!(url["coverage"]["verdict"], "met");
    // 8,634 of 8,814 checks.
    assert_eq!(url["coverage"]["uptime_by_checks"], "97.957%");
}

#[test]
fn retries_in_an_outage_are_no_sign_of_how_often_a_site_is_checked() {
    let log = Log::new()
        .every(FIVE_MINUTES, "2024-10-01T08:00", 24, UP_ROW)
        .every(10, "2024-10-01T10:00", 361, DOWN_ROW);
    for (now, state) in [
        ("2024-10-01T11:00:00", "down"),
        ("2024-10-01T11:15:00", "down"),
        ("2024-10-01T11:15:01", "stale_down"),
    ] {
        let url = ask(&log.site(now), "/api/all", "u");
        assert_eq!(url["coverage"]["state"], state, "{now}");
        assert_eq!(url["coverage"]["interval_seconds"], FIVE_MINUTES);
        assert_eq!(url["incidents"].as_array().unwrap().len(), 1);
    }
    // What the last one speaks for when nothing follows is one interval.
    let url = ask(&log.site("2024-10-02T00:00:00"), "/api/all", "u");
    assert_eq!(incidents(&url), ["10-01T10:00 - 10-01T11:05 (\"unknown\")"]);
}

#[test]
fn a_client_who_left_is_ended_and_not_stale() {
    let log = Log::new()
        .every(FIVE_MINUTES, "2024-10-01T10:00", 100, UP_ROW)
        .of("other", HOUR, "2024-10-01T10:00", 480, UP_ROW);
    let site = log.site("2024-10-21T09:00:00");
    let url = ask(&site, "/api/all", "u");
    assert_eq!(url["coverage"]["state"], "ended");
    // Its time ends with what its last check, of 18:15, speaks for.
    assert_eq!(seconds(&url), [8 * HOUR + 1200, 0, 0, 0]);
    let page = site.page("/?lang=en");
    assert!(!page.contains("</svg>Stale</span>"), "{page}");
    assert!(page.contains("</svg>1 site is up</h1>"), "{page}");
}

#[test]
fn a_weekly_url_beside_one_of_five_minutes_is_not_ended() {
    let log = Log::new()
        .of("weekly", 7 * DAY, "2024-09-02T03:00", 9, UP_ROW)
        .every(FIVE_MINUTES, "2024-10-25T00:00", 7 * 288, UP_ROW);
    let site = log.site("2024-11-01T00:00:00");
    let url = ask(&site, "/api/all", "weekly");
    assert_eq!(url["coverage"]["state"], "up");
    assert_eq!(url["coverage"]["coverage"], "100%");
}

#[test]
fn missed_daily_checks_are_not_rounded_away() {
    // The gap of four days is a hole, of which the check before speaks for one.
    let log = Log::new()
        .every(DAY, "2023-11-01T00:00", 200, UP_ROW)
        .every(DAY, "2024-05-22T00:00", 162, UP_ROW);
    let url = ask(&log.site("2024-10-31T00:00:00"), "/api/all", "u");
    assert_eq!(seconds(&url), [362 * DAY, 0, 0, 3 * DAY]);
    assert_eq!(url["coverage"]["coverage"], "99.178%");
}

#[test]
fn three_rows_a_round_that_all_failed_are_one_incident() {
    let mut rows = HEADER.to_owned() + "\n";
    for round in 0..864 {
        for second in 0..3 {
            let (day, minute) = (1 + round / 288, round % 288 * 5);
            let time = format!(
                "2024-10-{day:02} {:02}:{:02}:0{second}",
                minute / 60,
                minute % 60
            );
            rows += &format!("{time},u,{DOWN_ROW}\n");
        }
    }
    let url = ask(&Log(rows).site("2024-10-04T00:00:00"), "/api/all", "u");
    assert_eq!(incidents(&url), ["10-01T00:00 - ? (\"open\")"]);
    assert_eq!(url["incidents"][0]["failed_checks"], 3 * 864);
    assert_eq!(seconds(&url), [0, 3 * DAY, 0, 0]);
    assert_eq!(url["coverage"]["interval_seconds"], FIVE_MINUTES);
}

#[test]
fn ten_minutes_between_two_dead_days_speak_for_a_quarter_of_an_hour() {
    for (row, up, down) in [(UP_ROW, 900, 0), (DOWN_ROW, 0, 900)] {
        let log = Log::new()
            .every(FIVE_MINUTES, "2024-10-05T00:00", 5 * 288, UP_ROW)
            .every(FIVE_MINUTES, "2024-10-11T00:00", 3, row)
            .every(FIVE_MINUTES, "2024-10-12T00:10", 3 * 288, UP_ROW);
        let url = ask(&log.site("2024-10-15T00:10:00"), "/api/all", "u");
        let unknown = DAY + DAY - 300;
        assert_eq!(seconds(&url), [8 * DAY + up, down, 0, unknown], "{row}");
        let want = (down > 0).then_some("10-11T00:00 - 10-11T00:15 (\"unknown\")");
        assert_eq!(incidents(&url), Vec::from_iter(want));
    }
}

#[test]
fn unconfirmed_failures_keep_a_hundred_percent_away() {
    let log = Log::new().every(FIVE_MINUTES, "2024-10-01T10:00", 1, UP_ROW);
    let log = (0..50).fold(log, |log, n| {
        let hour =
            |minutes: i64| format!("2024-10-01T{:02}:{:02}", 10 + minutes / 60, minutes % 60);
        log.every(FIVE_MINUTES, &hour(10 * n + 5), 1, DOWN_ROW)
            .every(FIVE_MINUTES, &hour(10 * n + 10), 1, UP_ROW)
    });
    let site = log.site("2024-10-01T18:25:00");
    let url = ask(&site.config(r#"{"failure_threshold": 2}"#), "/api/all", "u");
    assert_eq!(url["incidents"], json!([]));
    assert_eq!(seconds(&url)[1], 0);
    assert_eq!(url["coverage"]["uptime_by_time"], "99.999%");
    // 51 of 101.
    assert_eq!(url["coverage"]["uptime_by_checks"], "50.495%");
}

#[test]
fn a_first_check_at_ten_to_midnight_is_all_there_is_of_its_month() {
    let log = Log::new().every(FIVE_MINUTES, "2024-10-31T23:50", 26, UP_ROW);
    let site = log.site("2024-11-01T01:55:00");
    let url = ask(&site, "/api/all/202410", "u");
    assert_eq!(seconds(&url), [600, 0, 0, 0]);
    assert_eq!(url["coverage"]["coverage"], "100%");
    // The report says since when.
    let report = site.page("/?year_month=202410&lang=en");
    assert!(report.contains("2024-10-31\u{a0}23:50"), "{report}");
}

#[test]
fn a_row_of_next_year_does_not_keep_a_site_up() {
    let log = Log::new()
        .every(FIVE_MINUTES, "2024-10-01T10:00", 13, DOWN_ROW)
        .every(FIVE_MINUTES, "2025-10-01T11:00", 1, UP_ROW);
    let url = ask(&log.site("2024-10-02T11:00:00"), "/api/all", "u");
    assert_eq!(url["coverage"]["state"], "stale_down");
    assert_eq!(url["coverage"]["last_check"], "2024-10-01T11:00:00+09:00");
    // The last check speaks for five minutes.
    assert_eq!(url["downtime_seconds"], 65 * 60);
    assert_eq!(url["total"], 14);
}
