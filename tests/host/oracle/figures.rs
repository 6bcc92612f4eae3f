//! Incidents, downtime, coverage, staleness, over random checks: agreement with
//! `tests/oracle/figures.py`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::json;
use site_monitor::calendar::Calendar;
use site_monitor::check::Moment;

use super::script::ask;
use crate::support::logs::{HEADER, UP};
use crate::support::random::Random;
use crate::support::site::Site;

/// One log of checks: seconds from its start, up, code.
struct Scenario {
    zone: &'static str,
    start: &'static str,
    interval: i64,
    checks: Vec<(i64, usize, bool, &'static str)>,
    now: i64,
    confirm: i64,
    shuffled: bool,
}

const STARTS: [(&str, &str); 8] = [
    ("Asia/Tokyo", "2024-10-30T21:00:00"),
    ("Asia/Tokyo", "2024-12-31T18:00:00"),
    ("Asia/Tokyo", "2024-02-28T12:00:00"),
    ("Asia/Tokyo", "2023-02-27T12:00:00"),
    ("Europe/Berlin", "2024-10-26T20:00:00"),
    ("Europe/Berlin", "2024-03-30T20:00:00"),
    ("Europe/Berlin", "2024-10-30T23:00:00"),
    ("America/New_York", "2024-11-02T22:00:00"),
];

fn scenario(seed: u64) -> Scenario {
    let mut random = Random::new(seed);
    let (zone, start) = STARTS[random.below(STARTS.len())];
    let interval = [60, 300, 600, 3600][random.below(4)];
    let kind = random.below(10);
    let length = if kind == 0 { 1 } else { 20 + random.below(300) };
    let jitter = random.chance(30);
    let mut failing = false;
    let mut checks = Vec::new();
    let mut at = 0;
    for _ in 0..length {
        at += interval
            + if jitter {
                i64::try_from(random.below(4)).unwrap()
            } else {
                0
            };
        if random.chance(2) {
            at += interval * i64::try_from(random.below(30)).unwrap();
        }
        // Runs of failures, now and then a single one; some logs are all up or all down.
        if random.chance(if failing { 20 } else { 4 }) {
            failing = !failing;
        }
        let up = match kind {
            1 => true,
            2 => false,
            _ => !failing,
        };
        for url in 0..3 {
            if url == 0 || random.chance(50) {
                let code = if up || url == 1 {
                    "200"
                } else {
                    ["500", "503", "タイムアウト"][random.below(3)]
                };
                checks.push((at, url, up || url == 1, code));
            }
            if random.chance(2) {
                checks.extend(checks.last().copied());
            }
        }
    }
    let shuffled = random.chance(25);
    if shuffled {
        for _ in 0..5 {
            let (a, b) = (random.below(checks.len()), random.below(checks.len()));
            checks.swap(a, b);
        }
    }
    let after = [0, interval, interval * 3, interval * 3 + 60, 100_000][random.below(5)];
    let last = checks.iter().map(|check| check.0).max().unwrap();
    let confirm = [1, 1, 2, 3][random.below(4)];
    Scenario {
        zone,
        start,
        interval,
        checks,
        now: last + after,
        confirm,
        shuffled,
    }
}

/// The scenario as a site with a file a month, each in the local month of its checks.
fn site(scenario: &Scenario) -> (Site, Moment) {
    let calendar = Calendar::new(TimeZone::get(scenario.zone).unwrap());
    let start = calendar.moment(scenario.start.parse().unwrap(), None);
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (at, url, up, code) in &scenario.checks {
        let local = calendar.civil(Moment(start.0 + at));
        let file = files
            .entry(local.strftime("%Y%m").to_string())
            .or_insert_with(|| format!("{HEADER}\n"));
        let status = if *up { UP } else { "異常" };
        // Whoever logs in to check it, it is the same URL.
        let user = ["", "user:pass@", "user@"][usize::try_from(at % 7 % 3).unwrap()];
        *file += &format!(
            "{},https://{user}{url}/,{status},{code}\n",
            local.strftime("%Y-%m-%d %H:%M:%S")
        );
    }
    let config = json!({"time_zone": scenario.zone, "confirm_failures": scenario.confirm});
    let now = Moment(start.0 + scenario.now);
    let mut site = Site::new().config(&config.to_string()).now(now);
    for (month, text) in &files {
        site = site.file(&format!("A/s/monitor_results_{month}.csv"), text);
    }
    (site, now)
}

#[test]
fn the_oracle_agrees_on_every_number() {
    let mut incidents = 0;
    for seed in 0..120 {
        let scenario = scenario(seed);
        let (site, now) = site(&scenario);
        let start = scenario.start;
        let months = [
            "",
            &start[..4],
            &format!("{}{}", &start[..4], &start[5..7]),
            "202411",
            "202501",
        ];
        let lines = months.map(|month| format!("A\ts\t{month}\n")).concat();
        let (logs, now, confirm) = (site.logs(), now.0.to_string(), scenario.confirm.to_string());
        let arguments = [
            logs.as_os_str(),
            scenario.zone.as_ref(),
            now.as_ref(),
            confirm.as_ref(),
        ];
        let answers = ask("figures.py", &arguments, &lines);
        assert_eq!(answers.len(), months.len());
        for (month, want) in months.iter().zip(answers) {
            let path = if month.is_empty() { "all" } else { month };
            let mut got =
                site.json(&format!("/api/A/s/{path}?include=incidents,coverage,days"))["logs"]
                    .take();
            for url in got.as_object_mut().unwrap().values_mut() {
                incidents += url["incidents"].as_array().unwrap().len();
                for key in ["total", "success", "failure", "status_codes"] {
                    url.as_object_mut().unwrap().remove(key);
                }
            }
            let kind = (scenario.zone, start, scenario.interval, scenario.shuffled);
            assert_eq!(got, want, "seed {seed}, month {month:?}, {kind:?}");
        }
    }
    assert!(incidents > 1000, "only {incidents} incidents were compared");
}
