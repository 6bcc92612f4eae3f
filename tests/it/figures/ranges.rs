//! What a range, a window or the clock includes.

use super::*;

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
fn an_open_incident_is_of_no_month_that_has_not_begun() {
    // The monitor's clock is four minutes ahead of ours.
    let row = |time| format!("{HEADER}\n{time},u,異常,500\n");
    let site = Site::new()
        .file("A/s/monitor_results_202410.csv", row("2024-10-31 23:57:00"))
        .file("A/s/monitor_results_202411.csv", row("2024-11-01 00:02:00"))
        .at("2024-10-31T23:58:00");
    let incidents = |month| {
        let answer = site.json(&format!("/api/all/all/{month}?include=incidents"));
        answer["logs"]["u"]["incidents"].as_array().map(Vec::len)
    };
    assert_eq!(incidents("202410"), Some(1));
    assert_eq!(incidents("202411"), Some(0));
}

#[test]
fn silence_is_no_success() {
    let october = format!("{HEADER}\n2024-10-31 22:00:00,u,{UP},200\n");
    let site = Site::new()
        .file("A/s/monitor_results_202410.csv", october)
        .at("2024-12-10T00:00:00");
    // The only check speaks for a day, of which 22 of November's 720 hours are.
    let report = site.page("/?year_month=202411&lang=en");
    assert!(
        report.contains(">3.055%<") && report.contains("not proven"),
        "{report}"
    );
    assert!(!report.contains("met the target"), "{report}");
    // Nothing is known of December.
    let report = site.page("/?year_month=202412&lang=en");
    assert!(!report.contains("met the target"), "{report}");
    let undated = "サイト,状態,ステータスコード\nv,異常,500\n";
    let page = hourly("+++", "2024-11-01T03:00:00")
        .file("B/t/x.csv", undated)
        .page("/?lang=en");
    assert!(
        page.contains("</svg>1 site is up</h1>") && page.contains("No times <b>1</b>"),
        "{page}"
    );
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
fn the_last_day_is_twenty_four_full_hours_and_the_current_one() {
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
    let row = last_24_hours(&page);
    // From midnight to half past midnight, 24 and a half hours, of which one was down.
    for want in [
        "Uptime\">95.918%<",
        "Downtime\">1 h<",
        "Incidents\">1<",
        "MTBF\">23 h 30 min<",
        "Median\">25",
    ] {
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
    let site = Site::new()
        .file("A/s/x_202411.csv", log)
        .at("2024-11-20T00:00:00");
    let page = site.page("/?lang=en");
    assert!(page.contains("</svg>Stale</span>"), "{page}");
    // It is a check, if not one of time yet.
    let answer = site.json("/api/all?include=coverage,faults");
    let url = &answer["logs"]["u"];
    assert_eq!(
        (&url["total"], &url["coverage"]["checks"]),
        (&json!(6), &json!(6))
    );
    assert_eq!(url["coverage"]["last_check"], "2024-11-01T04:00:00+09:00");
    assert_eq!(answer["faults"]["count"], 0);
    // Up to five minutes ahead of the clock is the present.
    let log = format!("{HEADER}\n2024-11-01 01:05:00,u,異常,500\n2024-11-01 01:05:01,u,{UP},200\n");
    let site = Site::new().file("A/s/x_202411.csv", log);
    for (now, state) in [
        ("00:59:59", "undated"),
        ("01:00:00", "down"),
        ("01:00:01", "up"),
    ] {
        let now = format!("2024-11-01T{now}");
        let url = site.clone().at(&now).json("/api/all?include=coverage")["logs"]["u"].take();
        assert_eq!(url["coverage"]["state"], state, "{now}");
    }
}

#[test]
fn a_log_without_times_says_nothing_of_now() {
    let log = "サイト,状態,ステータスコード\nu,正常に稼働中,200\nu,異常,500\n";
    let site = Site::new().file("A/s/x_202411.csv", log);
    let page = site.page("/?lang=en");
    assert!(
        page.contains("</svg>No times</span></td>") && page.contains(">50.000%<"),
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
        "incidents_left_out",
        "downtime_seconds",
        "latency",
        "coverage",
    ] {
        assert!(url.remove(key).is_some(), "{key}");
    }
    assert_eq!(full, plain);
}
