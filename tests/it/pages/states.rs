//! Pages of all that a site can be: every state, verdict and remark.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::*;

/// Checks of a URL from one local time up to another, some minutes apart; those from `failed.0` up
/// to `failed.1` failed.
fn checks(url: &str, span: (&str, &str), minutes: i64, failed: (&str, &str)) -> String {
    let time = |text: &str| text.parse::<DateTime>().unwrap();
    let (mut at, end) = (time(span.0), time(span.1));
    let failed = time(failed.0)..time(failed.1);
    let mut log = String::new();
    while at < end {
        let rest = if failed.contains(&at) {
            "異常,500,".to_owned()
        } else {
            format!("{UP},200,0.2")
        };
        log += &format!("{},{url},{rest}\n", at.strftime("%Y-%m-%d %H:%M:%S"));
        at += minutes.minutes();
    }
    log
}

const NEVER: (&str, &str) = ("2000-01-01T00:00", "2000-01-01T00:00");

fn log(rows: &[String]) -> String {
    format!("{HEADER},応答時間\n{}", rows.concat())
}

/// A Wednesday at noon with a site in each state.
fn every_state() -> Site {
    let url = |name: &str| format!("https://{name}.example.jp/");
    let recent =
        |name: &str, end, failed| checks(&url(name), ("2024-11-15T00:00", end), 10, failed);
    let noon = "2024-11-20T12:00";
    let main = [
        recent("down", noon, ("2024-11-20T11:30", noon)),
        recent("stale-down", "2024-11-19T12:00", ("2024-11-19T11:40", noon)),
        recent("stale", "2024-11-19T12:00", NEVER),
        recent("unconfirmed", noon, ("2024-11-20T11:50", noon)),
        recent("noted", noon, NEVER),
        recent("maintenance", "2024-11-20T11:50", NEVER),
        format!(
            "2024-11-20 11:50:00,{},メンテナンス,503,\n",
            url("maintenance")
        ),
        recent("up", noon, ("2024-11-18T00:00", "2024-11-18T00:30")),
        recent("dropped", "2024-11-16T12:00", NEVER),
    ];
    let office = checks(&url("office"), ("2024-11-18T00:00", noon), 30, NEVER);
    let old = checks(
        &url("old"),
        ("2024-10-01T00:00", "2024-10-05T00:00"),
        60,
        NEVER,
    );
    let daily = checks(
        &url("daily"),
        ("2024-10-20T03:00", noon),
        1440,
        ("2024-11-10T00:00", "2024-11-12T00:00"),
    );
    let ahead = [
        recent("ahead", noon, NEVER),
        checks(
            &url("ahead"),
            ("2024-11-20T20:00", "2024-11-20T21:00"),
            10,
            NEVER,
        ),
        checks(
            &url("ahead"),
            ("2024-10-31T22:00", "2024-11-01T00:00"),
            10,
            NEVER,
        ),
    ];
    Site::new()
        .config(
            r#"{
                "failure_threshold": 2,
                "maintenance_statuses": ["メンテナンス"],
                "hours": {"A/office": "Mon-Fri 13:00-18:00"},
                "targets": {"default": 99.9, "A/daily": 99}
            }"#,
        )
        .file("A/main/monitor_results_202411.csv", log(&main))
        .file("A/office/monitor_results_202411.csv", log(&[office]))
        .file("A/old/monitor_results_202410.csv", log(&[old]))
        .file("A/daily/monitor_results_202411.csv", log(&[daily]))
        .file("A/ahead/monitor_results_202411.csv", log(&ahead))
        .file(
            "A/undated/monitor_results_202411.csv",
            format!(
                "サイト,状態,ステータスコード\n{},{UP},200\n",
                url("undated")
            ),
        )
        .file(
            "A/notes.csv",
            format!(
                "開始,終了,サイト,種類,内容\n2024-11-20 11:00,2024-11-20 13:00,{},メンテナンス,\n",
                url("noted")
            ),
        )
        .at("2024-11-20T12:00:30")
}

/// A closed month with each verdict, and an incident that began before it.
fn every_verdict() -> Site {
    let month = ("2024-10-01T00:00", "2024-11-02T00:00");
    let site = |name: &str, rows: &[String]| {
        (
            format!("A/{name}/monitor_results_202410.csv"),
            log(rows).replace("URL", &format!("https://{name}.example.jp/")),
        )
    };
    let until = |end| checks("URL", (month.0, end), 10, NEVER);
    let from = |start| checks("URL", (start, month.1), 10, NEVER);
    let all = |failed| checks("URL", ("2024-09-30T00:00", month.1), 10, failed);
    let sites = [
        site("met", &[all(NEVER)]),
        site("missed", &[all(("2024-09-30T22:00", "2024-10-01T02:00"))]),
        site(
            "observed",
            &[until("2024-10-10T00:00"), from("2024-10-10T06:00")],
        ),
        site(
            "not-proven",
            &[until("2024-10-10T00:00"), from("2024-10-12T00:00")],
        ),
        site(
            "one-outage",
            &[
                checks(
                    "URL",
                    ("2024-10-20T00:00", "2024-10-22T00:00"),
                    10,
                    ("2024-10-21T22:00", month.1),
                ),
                checks(
                    "URL",
                    ("2024-10-23T00:00", month.1),
                    10,
                    (month.0, "2024-10-23T01:00"),
                ),
            ],
        ),
    ];
    let site = sites
        .iter()
        .fold(Site::new(), |site, (path, text)| site.file(path, text));
    site.at("2024-11-02T00:00:30")
}

#[test]
fn golden_pages_of_every_state() {
    let states = every_state();
    check_with(&states, "states", "/", 200);
    check_with(&states, "states-site", "/?company=A&site=main", 200);
    check_with(&states, "states-office", "/?company=A&site=office", 200);
    check_with(&states, "states-daily", "/?company=A&site=daily", 200);
    check_with(&states, "states-ahead", "/?company=A&site=ahead", 200);
    check_with(&states, "report-so-far", "/?year_month=202411", 200);
}

#[test]
fn golden_reports_of_every_verdict() {
    let site = every_verdict();
    check_with(&site, "report-verdicts", "/?year_month=202410", 200);
    let target = "/?company=A&site=observed&year_month=202410";
    check_with(&site, "report-observed", target, 200);
    check_with(&site.at("2026-01-01T00:00:00"), "ended", "/", 200);
    let span = ("2024-09-30T00:00", "2024-11-01T00:00");
    let rows = checks("https://a.jp/", span, 10, NEVER);
    let early = Site::new().file("A/s/monitor_results_202410.csv", log(&[rows]));
    let early = early.at("2024-11-01T00:05:00");
    check_with(&early, "report-provisional", "/?year_month=202410", 200);
}
