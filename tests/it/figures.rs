//! Incidents, downtime, coverage, staleness: the cases that other dashboards get wrong.

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
    // The monitor was silent for five hours within the incident, and again at its end.
    check(
        "++++--     -+++",
        "2024-11-01T15:00:00",
        &["01T04 - 01T05 (unknown)", "01T11 - 01T12 (up)"],
        2,
    );
    check(
        "++++--     +++",
        "2024-11-01T14:00:00",
        &["01T04 - 01T05 (unknown)"],
        1,
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
    check(
        "+++--",
        "2024-11-20T00:00:00",
        &["01T03 - 01T04 (unknown)"],
        1,
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
fn a_url_that_two_folders_log_has_one_history() {
    let row = |hour: usize, up: bool| {
        let rest = if up {
            format!("{UP},200")
        } else {
            "異常,500".to_owned()
        };
        format!("2024-11-01 {hour:02}:00:00,u,{rest}\n")
    };
    let rows: Vec<String> = (0..12)
        .map(|hour| row(hour, !(3..6).contains(&hour)))
        .collect();
    let every = |nth: usize| {
        rows.iter()
            .skip(nth)
            .step_by(2)
            .map(String::as_str)
            .collect::<String>()
    };
    let log = |rows: &str| format!("{HEADER}\n{rows}");
    let one = Site::new().file("A/s/x_202411.csv", log(&rows.concat()));
    let two = Site::new()
        .file("A/s/x_202411.csv", log(&every(0)))
        .file("B/t/x_202411.csv", log(&every(1)));
    let path = "/api/all?include=incidents,coverage,days,latency";
    let (one, two) = (one.at("2024-11-01T12:00:00"), two.at("2024-11-01T12:00:00"));
    assert_eq!(one.json(path), two.json(path));
    assert_eq!(one.json(path)["logs"]["u"]["downtime_seconds"], 3 * 3600);
}

#[test]
fn stale_outranks_up_and_down() {
    for (checks, now, want) in [
        ("++++", "2024-11-01T06:00:00", "稼働中"),
        ("++++", "2024-11-01T06:00:01", "記録停止"),
        ("++--", "2024-11-01T06:00:00", "停止中"),
        ("++--", "2024-11-01T06:00:01", "記録停止"),
        ("+", "2024-11-01T12:00:00", "稼働中"),
    ] {
        let page = hourly(checks, now).page("/");
        assert!(
            page.contains(&format!("</span> {want}</td>")),
            "{checks} {now}: {page}"
        );
    }
}

#[test]
fn repair_and_failure_free_time_are_means_over_incidents() {
    // Down for two hours and for one, within ten hours of observation.
    let page = hourly("+--+++-+++", "2024-11-01T10:00:00").page("/?company=A&site=s&lang=en");
    let row = page
        .split(">24 hours</th>")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
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

#[test]
fn an_incident_that_is_over_when_the_month_begins_is_not_the_months() {
    let october =
        format!("{HEADER}\n2024-10-31 22:00:00,u,異常,500\n2024-10-31 23:00:00,u,異常,500\n");
    let site =
        hourly("+++++", "2024-11-01T05:00:00").file("A/s/monitor_results_202410.csv", october);
    let incidents = |month| {
        site.json(&format!("/api/A/s/{month}?include=incidents"))["logs"]["u"]["incidents"].take()
    };
    assert_eq!(incidents("202411"), json!([]));
    assert_eq!(incidents("202410").as_array().unwrap().len(), 1);
}

#[test]
fn silence_is_no_success() {
    let october = format!("{HEADER}\n2024-10-31 22:00:00,u,{UP},200\n");
    let site = Site::new()
        .file("A/s/monitor_results_202410.csv", october)
        .at("2024-12-10T00:00:00");
    let report = site.page("/?year_month=202411&lang=en");
    assert!(
        report.contains("1 site has no data") && !report.contains("met the target"),
        "{report}"
    );
    let undated = "サイト,状態,ステータスコード\nv,異常,500\n";
    let page = hourly("+++", "2024-11-01T03:00:00")
        .file("B/t/x.csv", undated)
        .page("/?lang=en");
    assert!(
        page.contains("1 site is up; 1 site has no timestamps"),
        "{page}"
    );
    assert!(!page.contains("All sites are up"));
}

#[test]
fn what_is_asked_of_a_month_does_not_change_how_the_site_is() {
    let log = |month: &str| {
        let up = if month == "09" {
            "正常に稼働中,200"
        } else {
            "異常,500"
        };
        let rows = (1..=30)
            .map(|day| format!("2024-{month}-{day:02} 12:00:00,u,{up}\n"))
            .collect::<Vec<_>>()
            .concat();
        format!("{HEADER}\n{rows}")
    };
    let mut site = Site::new().at("2024-11-30T13:00:00");
    for month in ["09", "10", "11"] {
        site = site.file(&format!("A/s/x_2024{month}.csv"), log(month));
    }
    let asked = |path: &str| {
        let url =
            site.json(&format!("/api/A/s/{path}?include=incidents,coverage"))["logs"]["u"].take();
        (
            url["coverage"]["stale"].clone(),
            url["coverage"]["last_check"].clone(),
            url["incidents"][0]["from"].clone(),
        )
    };
    assert_eq!(asked("202410"), asked("202411"));
    assert_eq!(asked("20241"), asked("202411"));
}

#[test]
fn the_last_day_is_twenty_four_hours_and_not_since_midnight() {
    let mut log = format!("{HEADER},応答時間\n");
    for hour in 0..48 {
        let (status, code) = if hour == 30 {
            ("異常", "500")
        } else {
            (UP, "200")
        };
        log += &format!(
            "2024-11-{:02} {:02}:00:00,u,{status},{code},0.250\n",
            1 + hour / 24,
            hour % 24
        );
    }
    let page = Site::new()
        .file("A/s/x_202411.csv", log)
        .at("2024-11-03T00:30:00")
        .page("/?company=A&site=s&lang=en");
    let row = page
        .split(">24 hours</th>")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
    // From one o'clock on: 23 checks, one of them failed.
    for want in ["Uptime\">95.652%<", "Incidents\">1<", "Median\">25"] {
        assert!(row.contains(want), "{want}: {row}");
    }
}

#[test]
fn a_row_from_the_future_does_not_hide_a_dead_monitor() {
    let mut log = format!("{HEADER}\n");
    for hour in 0..5 {
        log += &format!("2024-11-01 0{hour}:00:00,u,{UP},200\n");
    }
    log += &format!("2099-01-01 00:00:00,u,{UP},200\n");
    let page = Site::new()
        .file("A/s/x_202411.csv", log)
        .at("2024-11-20T00:00:00")
        .page("/?lang=en");
    assert!(page.contains("</span> Stale</td>"), "{page}");
    assert!(
        page.contains("<td>A/s/x_202411.csv line 7</td><td>the time is invalid or in the future"),
        "{page}"
    );
}

#[test]
fn a_log_without_times_says_nothing_of_now() {
    let log = "サイト,状態,ステータスコード\nu,正常に稼働中,200\nu,異常,500\n";
    let site = Site::new().file("A/s/x_202411.csv", log);
    let page = site.page("/?lang=en");
    assert!(
        page.contains("</span> No times</td>") && page.contains(">50.000%<"),
        "{page}"
    );
    assert!(!page.contains("class=\"banner"));
    let report = site.page("/?year_month=202411&lang=en");
    assert!(
        report.contains(">50.000%<") && report.contains("missed"),
        "{report}"
    );
    let url = site.json("/api/all?include=incidents,coverage,latency,days")["logs"]["u"].take();
    assert_eq!(url["incidents"], json!([]));
    assert_eq!(url["coverage"]["last_check"], Value::Null);
    assert_eq!(url["total"], 2);
}

#[test]
fn an_unknown_include_is_named() {
    let response = hourly("+", "2024-11-01T01:00:00").get("/api/all?include=days,dayz&lang=en");
    assert_eq!(response.status.code, 400);
    assert!(response.body.contains("not “dayz”"), "{}", response.body);
}

#[test]
fn what_is_included_never_changes_the_rest() {
    let site = hourly("++-+++--+", "2024-11-01T10:00:00");
    let plain = site.json("/api/A");
    let mut full = site.json("/api/A?include=days,incidents,latency,coverage,faults");
    full.as_object_mut().unwrap().remove("faults");
    let url = full["logs"]["u"].as_object_mut().unwrap();
    for key in [
        "days",
        "incidents",
        "downtime_seconds",
        "latency",
        "coverage",
    ] {
        assert!(url.remove(key).is_some(), "{key}");
    }
    assert_eq!(full, plain);
}
