//! Incidents, downtime, coverage, staleness: the cases that other dashboards get wrong.

mod closed;
mod misleading;
mod ranges;

use serde_json::{Value, json};

use crate::support::logs::{HEADER, UP};
use crate::support::site::Site;

/// Checks every hour from the first of November on, `+` up and `-` failed, ` ` none.
fn hourly(checks: &str, now: &str) -> Site {
    let mut log = format!("{HEADER}\n");
    for (hour, check) in checks.chars().enumerate() {
        let (status, code) = if check == '+' {
            (UP, "200")
        } else {
            ("異常", "500")
        };
        if check != ' ' {
            log += &format!(
                "2024-11-{:02} {:02}:00:00,u,{status},{code}\n",
                1 + hour / 24,
                hour % 24
            );
        }
    }
    Site::new()
        .file("A/s/monitor_results_202411.csv", log)
        .at(now)
}

/// The incidents as `from hour - to hour (end)`, and the downtime in hours.
#[track_caller]
fn check(checks: &str, now: &str, want: &[&str], downtime: i64) {
    let site = hourly(checks, now);
    let url = site.json("/api/all?include=incidents")["logs"]["u"].take();
    let hour = |time: &Value| time.as_str().map_or("?", |time| &time[8..13]).to_owned();
    let incidents = url["incidents"].as_array().unwrap();
    let got: Vec<String> = incidents
        .iter()
        .map(|i| {
            format!(
                "{} - {} ({})",
                hour(&i["from"]),
                hour(&i["to"]),
                i["end"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(got, want);
    assert_eq!(url["downtime_seconds"], downtime * 3600);
}

/// The row of the last 24 hours on a site's page.
fn last_24_hours(page: &str) -> &str {
    let (_, row) = page.split_once(">24 hours<").unwrap();
    row.split_once("</tr>").unwrap().0
}

#[test]
fn an_incident_lasts_to_the_next_check_that_is_up() {
    check("+--++", "2024-11-01T05:00:00", &["01T01 - 01T03 (up)"], 2);
    check(
        "-+-",
        "2024-11-01T03:00:00",
        &["01T00 - 01T01 (up)", "01T02 - ? (open)"],
        2,
    );
}

#[test]
fn an_incident_crosses_midnight_as_one() {
    let checks = format!("{}----{}", "+".repeat(22), "+".repeat(10));
    check(&checks, "2024-11-02T12:00:00", &["01T22 - 02T02 (up)"], 4);
}

#[test]
fn what_nobody_saw_is_not_claimed() {
    // Silent for five hours within the incident, and again at its end: over more than three
    // intervals the check before speaks for one, so it is known to be down until six.
    check(
        "++++--     -+++",
        "2024-11-01T15:00:00",
        &["01T04 - 01T06 (unknown)", "01T11 - 01T12 (up)"],
        3,
    );
    check(
        "++++--     +++",
        "2024-11-01T14:00:00",
        &["01T04 - 01T06 (unknown)"],
        2,
    );
    // Three hours are within three intervals.
    check(
        "++++--  ++",
        "2024-11-01T10:00:00",
        &["01T04 - 01T08 (up)"],
        4,
    );
}

#[test]
fn a_dead_monitor_is_not_an_outage_without_end() {
    // The last check, of four o'clock, speaks for one more hour.
    check(
        "+++--",
        "2024-11-20T00:00:00",
        &["01T03 - 01T05 (unknown)"],
        2,
    );
}

#[test]
fn downtime_is_cut_at_the_months_borders_and_the_incident_is_not() {
    let october = format!(
        "{HEADER}\n2024-10-31 21:00:00,u,{UP},200\n2024-10-31 22:00:00,u,異常,500\n2024-10-31 23:00:00,u,異常,500\n"
    );
    let site =
        hourly("--+++", "2024-11-01T05:00:00").file("A/s/monitor_results_202410.csv", october);
    for (month, downtime) in [("202410", 2), ("202411", 2), ("2024", 4)] {
        let url = site.json(&format!("/api/A/s/{month}?include=incidents"))["logs"]["u"].take();
        assert_eq!(url["downtime_seconds"], downtime * 3600, "{month}");
        assert_eq!(url["incidents"][0]["seconds"], 4 * 3600);
        assert_eq!(url["incidents"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn several_urls_in_one_file_have_their_own_incidents() {
    let mut log = format!("{HEADER}\n");
    for hour in 0..6 {
        let status = |failing| {
            if failing {
                "異常,500"
            } else {
                "正常に稼働中,200"
            }
        };
        log += &format!(
            "2024-11-01 0{hour}:00:00,a,{}\n",
            status(hour == 2 || hour == 3)
        );
        log += &format!("2024-11-01 0{hour}:00:05,b,{}\n", status(hour == 4));
    }
    let site = Site::new()
        .file("A/s/x_202411.csv", log)
        .at("2024-11-01T06:00:00");
    let logs = site.json("/api/all?include=incidents")["logs"].take();
    assert_eq!(logs["a"]["downtime_seconds"], 7200);
    assert_eq!(logs["b"]["downtime_seconds"], 3600);
}

#[test]
fn a_url_that_two_folders_log_has_counts_of_both_and_time_of_each() {
    let row = |hour: usize| {
        let is_up = !(3..6).contains(&hour);
        let rest = if is_up {
            format!("{UP},200")
        } else {
            "異常,500".to_owned()
        };
        format!("2024-11-01 {hour:02}:00:00,u,{rest}\n")
    };
    let log = |first: usize| {
        let rows: String = (first..12).step_by(2).map(row).collect();
        format!("{HEADER}\n{rows}")
    };
    let site = Site::new()
        .file("A/s/x_202411.csv", log(0))
        .file("B/t/x_202411.csv", log(1))
        .at("2024-11-01T12:00:00");
    let mut url = site.json("/api/all?include=incidents,coverage,days,latency")["logs"]["u"].take();
    let folders = url["folders"].take();
    // One sees a failure at four, the other at three and five; each until its next check.
    for (folder, checks, down, first) in [("A/s", 6, 2, "00"), ("B/t", 6, 4, "01")] {
        let folder = &folders[folder];
        assert_eq!(folder["coverage"]["checks"], checks);
        assert_eq!(folder["coverage"]["interval_seconds"], 7200);
        assert_eq!(folder["downtime_seconds"], down * 3600);
        assert_eq!(folder["incidents"].as_array().unwrap().len(), 1);
        let first_check = format!("2024-11-01T{first}:00:00+09:00");
        assert_eq!(folder["coverage"]["first_check"], first_check);
    }
    let counts = json!({
        "failure": 3,
        "folders": null,
        "status_codes": {"200": 9, "500": 3},
        "success": 9,
        "total": 12,
    });
    assert_eq!(url, counts);
    // Of one company there is one folder, and nothing to tell apart.
    let of_a = site.json("/api/A?include=incidents")["logs"]["u"].take();
    assert_eq!(of_a["downtime_seconds"], 2 * 3600);
    assert_eq!(of_a.get("folders"), None);
}

#[test]
fn stale_outranks_up_and_down() {
    for (checks, now, want) in [
        ("++++", "2024-11-01T06:00:00", "up"),
        ("++++", "2024-11-01T06:00:01", "stale"),
        ("++--", "2024-11-01T06:00:00", "down"),
        ("++--", "2024-11-01T06:00:01", "stale_down"),
        // A single check speaks for a day.
        ("+", "2024-11-02T00:00:00", "up"),
        ("+", "2024-11-02T00:00:01", "stale"),
        ("-", "2024-11-02T00:00:01", "stale_down"),
    ] {
        let url = hourly(checks, now).json("/api/all?include=coverage")["logs"]["u"].take();
        let coverage = &url["coverage"];
        assert_eq!(coverage["state"], want, "{checks} {now}");
        assert_eq!(
            coverage["stale"],
            want.starts_with("stale"),
            "{checks} {now}"
        );
    }
    let page = hourly("++++", "2024-11-01T06:00:01").page("/");
    assert!(page.contains("</svg>記録停止</span>"), "{page}");
}

#[test]
fn repair_and_failure_free_time_are_means_over_incidents() {
    // Down for two hours and for one, within ten hours of observation.
    let page = hourly("+--+++-+++", "2024-11-01T10:00:00").page("/?company=A&site=s&lang=en");
    let row = last_24_hours(&page);
    for want in [
        "Uptime\">70.000%<",
        "Downtime\">3 h<",
        "Incidents\">2<",
        "Coverage\">100%<",
        "MTTR\">1 h 30 min<",
        "MTBF\">3 h 30 min<",
    ] {
        assert!(row.contains(want), "{want}: {row}");
    }
}

#[test]
fn an_operator_may_change_the_interval() {
    let log = |month: &str, days: u32, step: u32, failing: std::ops::Range<u32>| {
        let mut log = format!("{HEADER}\n");
        for (n, at) in (0..days * 1440).step_by(step as usize).enumerate() {
            let (day, hour, minute) = (1 + at / 1440, at / 60 % 24, at % 60);
            let rest = if failing.contains(&u32::try_from(n).unwrap()) {
                "異常,500"
            } else {
                "正常に稼働中,200"
            };
            log += &format!("{month}-{day:02} {hour:02}:{minute:02}:00,u,{rest}\n");
        }
        log
    };
    let site = Site::new()
        .file("A/s/x_202410.csv", log("2024-10", 31, 1, 0..0))
        .file("A/s/x_202411.csv", log("2024-11", 20, 5, 1000..1100))
        .at("2024-11-20T23:59:00");
    let url = site.json("/api/all?include=incidents,coverage")["logs"]["u"].take();
    assert_eq!(url["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(url["downtime_seconds"], 500 * 60);
    assert_eq!(
        (
            &url["coverage"]["stale"],
            &url["coverage"]["interval_seconds"]
        ),
        (&json!(false), &json!(300))
    );
}
