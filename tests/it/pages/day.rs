//! The page of one day: all that it shows of its checks, and what it says where there is nothing.

use std::fmt::Write as _;

use proptest::prelude::{ProptestConfig, prop, proptest};

use super::*;

const DATED: &str = "日時,サイト,状態,ステータスコード,応答時間\n";

/// The texts between two marks, in order.
fn between<'a>(page: &'a str, from: &'a str, to: &'a str) -> Vec<&'a str> {
    let pieces = page.split(from).skip(1);
    pieces.filter_map(|rest| rest.split(to).next()).collect()
}

/// The numbers of all rows of the tables of hours: checks and failed ones.
fn hours(page: &str) -> Vec<(u64, u64)> {
    let tables = between(page, "<table class=\"day-hours\">", "</table>").concat();
    let rows = between(&tables, "<tr><th scope=\"row\"", "</tr>");
    let number = |cell: &str| {
        let text = cell.rsplit('>').next().unwrap().replace(',', "");
        if text == "—" {
            0
        } else {
            text.parse().unwrap()
        }
    };
    let row = |row: &&str| {
        let cells = between(row, "<td class=\"number", "</td>");
        (number(cells[0]), number(cells[1]))
    };
    rows.iter().map(row).collect()
}

fn sums(hours: &[(u64, u64)]) -> (u64, u64) {
    hours
        .iter()
        .fold((0, 0), |sum, hour| (sum.0 + hour.0, sum.1 + hour.1))
}

/// How many marks are drawn of a class.
fn marks(page: &str, class: &str) -> usize {
    let paths = between(page, &format!("class=\"{class}\" d=\""), "\"").concat();
    paths.matches('M').count()
}

/// Three URLs of a folder: one with all that can be on a day, one without response times, one
/// that has no checks on it.
fn busy() -> Site {
    let mut log = DATED.to_owned();
    for minute in (0..1440).step_by(30) {
        let time = format!("2024-11-06 {:02}:{:02}:00", minute / 60, minute % 60);
        let rest = match minute {
            0..60 | 570 => "異常,503,",
            600 => "異常,タイムアウト,",
            630 => "異常,N/A,",
            660 => "異常,200,",
            900 => "メンテナンス,503,",
            1200 => "正常に稼働中,200,9.5",
            _ => "正常に稼働中,200,0.25",
        };
        writeln!(log, "{time},https://www.example.com/,{rest}").unwrap();
        writeln!(
            log,
            "{time},https://plain.example.com/?token=x,正常に稼働中,200,"
        )
        .unwrap();
    }
    log += "2024-11-05 22:30:00,https://www.example.com/,異常,503,\n";
    log += "2024-11-07 00:00:00,https://www.example.com/,正常に稼働中,200,0.2\n";
    log += "2024-11-04 00:00:00,https://old.example.com/,正常に稼働中,200,0.2\n";
    log += "2024-11-08 00:00:00,https://old.example.com/,正常に稼働中,200,0.2\n";
    let october = "2024-11-06 12:15:00,https://www.example.com/,正常に稼働中,200,0.3\n";
    let notes = "開始,終了,サイト,種類,内容\n\
        2024-11-06 13:00,2024-11-06 14:00,https://www.example.com/,メンテナンス,<b>更新</b>\n\
        2024-11-06 09:00,2024-11-06 12:00,,備考,決済モジュールの不具合\n\
        2024-11-06 18:00,2024-11-07 06:00,s,備考,見張り\n";
    Site::new()
        .config(
            r#"{"maintenance_statuses": ["メンテナンス"], "hours": {"A/s": "Mon-Sun 00:00-23:00"},
            "names": {"A": "株式会社A & B", "A/s": "店"}}"#,
        )
        .file("A/s/monitor_results_202411.csv", log)
        .file(
            "A/s/monitor_results_202410.csv",
            format!("{DATED}{october}"),
        )
        .file("A/notes.csv", notes)
        .at("2024-11-09T12:00:00")
}

/// A check every half hour on the days on which Berlin's clock changes, and beside them.
fn berlin() -> Site {
    let mut log = DATED.to_owned();
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    for (from, days) in [("2024-03-30", 3), ("2024-10-26", 3)] {
        let start: jiff::civil::Date = from.parse().unwrap();
        let mut at = start.to_zoned(zone.clone()).unwrap();
        let end = start.saturating_add(jiff::ToSpan::days(days));
        while at.date() < end {
            let text = at.strftime("%Y-%m-%d %H:%M:%S");
            let failed = at.hour() == 2 && at.minute() == 30;
            let rest = if failed {
                "異常,500,"
            } else {
                "正常に稼働中,200,0.2"
            };
            writeln!(log, "{text},https://a.example/,{rest}").unwrap();
            at = at.saturating_add(jiff::ToSpan::minutes(30));
        }
    }
    Site::new()
        .config(r#"{"time_zone": "Europe/Berlin"}"#)
        .file("A/s/monitor_results_2024.csv", log)
        .at("2024-11-01T00:00:00")
}

const DAY: &str = "/?company=A&site=s&date=";

#[test]
fn golden_days() {
    check_with(&busy(), "day", &format!("{DAY}20241106"), 200);
    check_with(&berlin(), "day-of-25-hours", &format!("{DAY}20241027"), 200);
    check_with(&busy(), "day-future", &format!("{DAY}20241110"), 200);
    check_with(&busy(), "400-day", "/?company=A&date=20241106", 400);
}

#[test]
fn a_day_shows_its_checks() {
    let page = busy().page(&format!("{DAY}20241106&lang=en"));
    for id in ["url-1", "url-2", "url-3"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1);
        assert!(page.contains(&format!("href=\"#{id}\"")));
    }
    assert!(!page.contains("token=x"), "a hidden query is hidden");
    let section = |id: &str| {
        let rest = page.split(&format!(" id=\"{id}\"")).nth(1).unwrap();
        rest.split("class=\"day-url\"").next().unwrap()
    };
    // By URL: old, plain, www.
    assert!(section("url-1").contains("There are no checks on this day."));
    let plain = section("url-2");
    assert_eq!((marks(plain, "dots"), marks(plain, "check-up")), (0, 46));
    assert_eq!(marks(plain, "check-planned"), 2, "off hours");
    assert!(plain.contains("no ratio"));
    let www = section("url-3");
    assert_eq!(marks(www, "check-failed"), 6);
    assert_eq!(
        marks(www, "check-planned"),
        5,
        "a row, a note of an hour, off hours"
    );
    // Of 37 up checks and two in off time, one is off the scale.
    assert_eq!((marks(www, "check-up"), marks(www, "dots")), (37, 38));
    assert!(www.contains(">9.50 s</text>"));
    assert!(www.contains("class=\"band\"") && www.contains("class=\"band-planned\""));
    assert_eq!(sums(&hours(www)), (48, 6));
    assert!(www.contains("Checks of this day in another month&#39;s file: 1."));
    assert!(www.contains("Checks <b class=\"\">49</b>"));
    // An incident of the night before is shown as a whole.
    assert!(www.contains("Tue 5 Nov 22:30 – 01:00") && www.contains("1 h of it in this period"));
    assert!(www.contains("決済モジュールの不具合") && www.contains("&lt;b&gt;更新"));
    assert!(www.contains("18:00 – Thu 7 Nov 06:00"));
    for (code, meaning) in [
        ("503", "Service Unavailable"),
        ("タイムアウト", "No answer within the time limit"),
        ("N/A", "No HTTP answer"),
        ("200", "OK (but the monitor says failed)"),
    ] {
        let row = format!("<td dir=\"auto\">{code}</td><td class=\"quiet\">{meaning}");
        assert!(www.contains(&row), "{code}");
    }
    assert!(page.contains(">株式会社A &amp; B</a>") && page.contains(">店</a>"));
    assert!(page.contains("<option value=\"202411\" selected>"));
}

#[test]
fn days_lead_to_their_neighbours_as_far_as_the_log_has_days() {
    let site = busy();
    let steps = |date: &str| {
        let page = site.page(&format!("{DAY}{date}"));
        let step = |rel: &str| {
            let start = format!("<a id=\"{rel}-day\" href=\"");
            let link = between(&page, &start, "\"");
            link.first()
                .map(|href| href.split("date=").nth(1).unwrap().to_owned())
        };
        (step("prev"), step("next"))
    };
    let day = |date: &str| Some(date.to_owned());
    assert_eq!(steps("20241106"), (day("20241105"), day("20241107")));
    assert_eq!(steps("20241104"), (None, day("20241105")));
    assert_eq!(steps("20241108"), (day("20241107"), None));
    assert_eq!(steps("20250101"), (day("20241108"), None));
    assert_eq!(steps("20231231"), (None, day("20241104")));
}

#[test]
fn a_day_without_checks_says_why() {
    let site = busy();
    let page = |date: &str| site.page(&format!("{DAY}{date}&lang=en"));
    for (date, want) in [
        ("20241110", "This day has not come yet."),
        (
            "20241103",
            "This is before the first check (Monday 4 November 2024).",
        ),
        ("20241109", "There are no checks today yet."),
        ("20241105", "There are no checks on this day."),
    ] {
        assert!(page(date).contains(want), "{date}");
    }
    let later = site.clone().at("2024-11-20T00:00:00");
    let after = later.page(&format!("{DAY}20241115&lang=en"));
    assert!(after.contains("This is after the last check (Friday 8 November 2024)."));
    let undated = "サイト,状態,ステータスコード\nhttps://a.jp/,正常に稼働中,200\n";
    let undated = Site::new().file("A/s/x_202411.csv", undated);
    let page = undated.page(&format!("{DAY}20241101&lang=en"));
    assert!(page.contains("This log has no times"));
    let none = Site::new().file("A/s/x_202411.csv", "");
    assert!(
        none.page(&format!("{DAY}20241101&lang=en"))
            .contains("There are no logs")
    );
}

#[test]
fn a_day_needs_a_site_that_is_there() {
    let site = busy();
    for target in [
        "/?date=20241106",
        "/?site=s&date=20241106",
        "/?company=A&site=all&date=20241106",
    ] {
        let response = site.get(&format!("{target}&lang=en"));
        assert_eq!(response.status.code, 400, "{target}");
        assert!(response.body.contains("also needs a company and a site"));
    }
    let page = site.page("/?company=A&site=nothing&date=20241106");
    assert!(
        page.contains("サイト「nothing」") && !page.contains("date="),
        "{page}"
    );
    assert_eq!(
        site.get("/?company=B&site=s&date=20241106").status.code,
        404
    );
}

#[test]
fn a_day_on_which_the_clock_changes_has_its_real_length() {
    let site = berlin();
    let long = site.page(&format!("{DAY}20241027&lang=en"));
    assert_eq!(hours(&long).len(), 25);
    assert_eq!(sums(&hours(&long)), (50, 2));
    assert!(long.contains("viewBox=\"0 0 9000 "));
    assert!(long.contains(">02:00</th>") && long.contains(">02:00 (again)</th>"));
    assert!(long.contains(">02:30</td>") && long.contains(">02:30 (again)</td>"));
    let short = site.page(&format!("{DAY}20240331&lang=en"));
    assert_eq!(hours(&short).len(), 23);
    assert_eq!(sums(&hours(&short)), (46, 0));
    assert!(short.contains("viewBox=\"0 0 8280 ") && !short.contains(">02:00</th>"));
    let plain = site.page(&format!("{DAY}20241026&lang=en"));
    assert_eq!((hours(&plain).len(), sums(&hours(&plain))), (24, (48, 1)));
}

/// A check each second of a day.
fn each_second(url: &str, log: &mut String) {
    for at in 0..86_400 {
        let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
        let rest = if at % 100 == 7 {
            "異常,500,"
        } else {
            "正常に稼働中,200,0.1"
        };
        writeln!(
            log,
            "2024-11-06 {hour:02}:{minute:02}:{second:02},{url},{rest}"
        )
        .unwrap();
    }
}

#[test]
fn a_check_each_second_makes_no_long_page() {
    let mut log = DATED.to_owned();
    each_second("https://a.example/", &mut log);
    let site = Site::new().at("2024-11-07T12:00:00");
    let site = site.file("A/s/monitor_results_202411.csv", &log);
    let page = site.page(&format!("{DAY}20241106&lang=en"));
    assert!(page.len() < 100_000, "{} bytes", page.len());
    assert_eq!(sums(&hours(&page)), (86_400, 864));
    let all = marks(&page, "check-up") + marks(&page, "check-failed");
    assert_eq!(all, 1440);
    assert!(page.contains("a mark is a minute") && page.contains("and 664 more"));
    // Two such URLs are more than are kept.
    each_second("https://b.example/", &mut log);
    site.write("A/s/monitor_results_202411.csv", log);
    let page = site.page(&format!("{DAY}20241106&lang=en"));
    assert!(page.contains("Too many to show: 72,800 more checks"));
    assert_eq!(sums(&hours(&page)).0, 100_000);
    assert_eq!(page.matches("Checks <b class=\"\">86,400</b>").count(), 2);
}

#[test]
fn a_day_of_many_urls_has_the_details_of_some() {
    let mut log = DATED.to_owned();
    for n in 0..100 {
        writeln!(
            log,
            "2024-11-06 00:00:00,https://a.example/{n:03},正常に稼働中,200,0.1"
        )
        .unwrap();
    }
    let site = Site::new().at("2024-11-07T12:00:00");
    let site = site.file("A/s/monitor_results_202411.csv", log);
    let page = site.page(&format!("{DAY}20241106&lang=en"));
    assert!(page.contains("https://a.example/099"));
    assert!(page.contains("40 more URLs") && page.contains("id=\"url-60\""));
    assert!(!page.contains("url-61"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn hours_add_up_to_the_checks_of_the_day_in_the_json(
        checks in prop::collection::vec((0..2_i64, 0..86_400_i64, 0..4_usize), 1..80),
        day in prop::sample::select(vec!["2024-10-27", "2024-03-31", "2024-06-10"]), months in 1..3_usize,
    ) {
        let mut files = [DATED.to_owned(), DATED.to_owned()];
        for (n, (later, second, status)) in checks.iter().enumerate() {
            let date: jiff::civil::Date = day.parse().unwrap();
            let time = date.at(0, 0, 0, 0);
            let time = time.saturating_add(jiff::ToSpan::seconds(later * 86_400 + second));
            let rest = ["正常に稼働中,200,0.2", "異常,500,", "異常,200,1.5", "メンテナンス,503,"][*status];
            writeln!(files[n % months], "{},https://a.example/,{rest}", time.strftime("%Y-%m-%d %H:%M:%S")).unwrap();
        }
        let month = day[..7].replace('-', "");
        let site = Site::new()
            .config(r#"{"time_zone": "Europe/Berlin", "maintenance_statuses": ["メンテナンス"]}"#)
            .file(&format!("A/s/a_{month}.csv"), &files[0])
            .file(&format!("A/s/b_{month}.csv"), &files[1])
            .at("2024-12-01T00:00:00");
        let page = site.page(&format!("{DAY}{}&lang=en", day.replace('-', "")));
        let (total, failed) = sums(&hours(&page));
        let json = site.json(&format!("/api/A/s/{month}?include=days,incidents"));
        let folders = &json["logs"]["https://a.example/"];
        let days = folders["folders"]["A/s"]["days"].as_array().or(folders["days"].as_array());
        let of_day = days.unwrap().iter().find(|one| one["date"] == day);
        // Maintenance rows are failures in the JSON.
        let planned = marks(&page, "check-planned") as u64;
        let number = |name: &str| of_day.map_or(0, |one| one[name].as_u64().unwrap());
        assert_eq!((total, failed + planned), (number("total"), number("failure")));
        let drawn = marks(&page, "check-up") + marks(&page, "check-failed") + marks(&page, "check-planned");
        assert_eq!(drawn as u64, total);
        assert!(total == 0 || page.contains(&format!("Checks <b class=\"\">{total}</b>")));
        assert_eq!(between(&page, "<td class=\"quiet\">", "</td>").len() as u64, failed);
    }
}

#[test]
fn a_response_time_beyond_all_scales_is_drawn() {
    for time in ["18446744073709", "99999999999999999999", "1e300"] {
        let log = format!("{DATED}2024-11-01 00:00:00,u,{UP},200,{time}\n");
        let site = Site::new().file("A/s/x_202411.csv", log);
        let page = site.page("/?company=A&site=s&date=20241101");
        let lines = page.matches("class=\"grid").count() + page.matches("class=\"base").count();
        assert!(lines < 60, "{page}");
    }
}

#[test]
fn a_log_of_the_future_has_times() {
    let log = format!("{DATED}2024-11-09 00:00:00,u,{UP},200,1\n");
    let site = Site::new().file("A/s/x_202411.csv", log);
    let page = site.page("/?company=A&site=s&date=20241101&lang=en");
    assert!(!page.contains("This log has no times"), "{page}");
    assert!(
        page.contains("more than 5 minutes ahead of the clock: 1."),
        "{page}"
    );
}
