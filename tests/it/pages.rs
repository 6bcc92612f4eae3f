//! The pages: golden files in both languages, escaping, links.

mod awkward;
mod day;
mod numbers;
mod overview;
mod reports;
mod site;
mod states;

use crate::golden;
use crate::support::logs::{HEADER, UP};
use crate::support::site::Site;

/// Hourly checks of a day: `+` up, `-` failed, with a response time where it is up.
fn day(date: &str, url: &str, checks: &str) -> String {
    let mut log = String::new();
    for (hour, check) in checks.chars().enumerate() {
        let rest = if check == '+' {
            format!("{UP},200,0.2{hour:02}")
        } else {
            "異常,500,".to_owned()
        };
        log += &format!("{date} {hour:02}:00:00,{url},{rest}\n");
    }
    log
}

/// Every branch of every template is in one of these: sites that are up, down, stale and
/// without times, incidents of every end, months met, missed and without data, faults.
fn every_branch() -> Site {
    let header = format!("{HEADER},応答時間\n");
    let month = |days: &[&str]| format!("{header}{}", days.concat());
    let (www, shop, blog) = (
        "https://www.example.com/",
        "https://shop.example.com/",
        "https://blog.example.com/",
    );
    let all_up = "+".repeat(24);
    let october = month(&[
        &day("2024-10-30", www, &all_up),
        &day("2024-10-31", www, "+++++++++++++++++++++---"),
    ]);
    let november = month(&[
        &day("2024-11-01", www, "--++++++++"),
        &day("2024-11-01", shop, "++++++++--"),
    ]);
    let stale = month(&[&day("2024-10-31", blog, "+++++---")]);
    // The oldest incident is one more than a page lists.
    let many: String = (1..=26)
        .map(|n| day(&format!("2024-09-{n:02}"), blog, "+-+-+++-+-+"))
        .collect();
    Site::new()
        .file("analyzegear/site1/monitor_results_202410.csv", october)
        .file("analyzegear/site1/monitor_results_202411.csv", november)
        .file(
            "analyzegear/site2/monitor_results_202409.csv",
            format!("{header}{many}"),
        )
        .file("analyzegear/site2/monitor_results_202410.csv", stale)
        .file(
            "会社 B/a&b/undated_latest.csv",
            "サイト,状態,ステータスコード\nhttps://b.jp/,正常に稼働中,200\n,異常,404\n",
        )
        .file("会社 B/a&b/broken_202409.csv", "サイト\n")
        .file(
            "会社 B/a&b/short_202409.csv",
            format!("サイト,状態,ステータスコード\n{}", "x\n".repeat(25)),
        )
        .at("2024-11-01T09:30:00")
}

#[track_caller]
fn check(name: &str, target: &str, status: u16) {
    check_with(&every_branch(), name, target, status);
}

#[track_caller]
fn check_with(site: &Site, name: &str, target: &str, status: u16) {
    for lang in ["ja", "en"] {
        let mark = if target.contains('?') { '&' } else { '?' };
        let response = site.get(&format!("{target}{mark}lang={lang}"));
        assert_eq!(response.status.code, status);
        golden::check(&format!("{name}.{lang}.html"), &response.body);
    }
}

#[test]
fn golden_pages() {
    check("overview", "/", 200);
    check("company", "/?company=analyzegear", 200);
    check("undated-month", "/?year_month=latest", 200);
    check("site", "/?company=analyzegear&site=site1", 200);
    check("site-stale", "/?company=analyzegear&site=site2", 200);
    check(
        "site-undated",
        "/?company=%E4%BC%9A%E7%A4%BE%20B&site=a%26b",
        200,
    );
    check("month-missed", "/?year_month=202411", 200);
    check(
        "month-of-company",
        "/?company=analyzegear&year_month=202410",
        200,
    );
    check("year", "/?year_month=2024", 200);
    check(
        "month-of-many-incidents",
        "/?company=analyzegear&site=site2&year_month=202409",
        200,
    );
    check("no-logs", "/?company=analyzegear&year_month=2031", 200);
    check("missing-site", "/?company=analyzegear&site=a%26b", 200);
    check("404", "/nothing/here", 404);
    check("404-company", "/?company=%3Ci%3E", 404);
    check("400", "/%FF", 400);
    let healthy = Site::new().log("A", "s", "202411", &["https://a.jp/ 200"; 3]);
    check_with(&healthy, "overview-healthy", "/", 200);
    check_with(&healthy, "site-healthy", "/?company=A&site=s", 200);
    check_with(&healthy, "month-met", "/?year_month=202411", 200);
    let sample = Site::new()
        .log("A", "s", "202411", &["https://www.example.com/ 200"; 3])
        .at("2026-01-01T00:00:00");
    check_with(&sample, "overview-sample", "/", 200);
    check_with(&Site::new(), "overview-empty", "/", 200);
    let undated = "サイト,状態,ステータスコード\nhttps://a.jp/,正常に稼働中,200\n";
    let undated = Site::new().file("A/s/x_202411.csv", undated);
    check_with(&undated, "month-undated", "/?year_month=202411", 200);
}

#[test]
fn an_overview_of_fifty_sites_is_small() {
    let mut site = Site::new();
    for n in 0..50 {
        let url = format!("https://www.site{n:02}.example.jp/");
        // Failures on many days in varying places, as the worst case for the bars.
        let days: String = (1..=30)
            .map(|d| {
                let mut checks = "+".repeat(24);
                if (d + n) % 3 == 0 {
                    checks.replace_range(5..6, "-");
                }
                day(&format!("2024-11-{d:02}"), &url, &checks)
            })
            .collect();
        site = site.file(
            &format!("company{}/site{n:02}/monitor_results_202411.csv", n / 10),
            format!("{HEADER},応答時間\n{days}"),
        );
    }
    let page = site.at("2024-11-30T23:30:00").page("/");
    assert!(page.len() <= 150_000, "{} bytes", page.len());
    let packed = overview::gzipped(page);
    assert!(packed <= 25_000, "{packed} bytes gzipped");
}

#[test]
fn the_originals_ids_and_texts_stay() {
    let page = every_branch().page("/");
    for id in [
        "company",
        "site",
        "year_month",
        "selection-form",
        "logs-container",
    ] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    for text in [
        "ログダッシュボード",
        "会社を選択",
        "全体を表示",
        "サイト",
        "合計リクエスト数",
        "正常",
        "異常",
    ] {
        assert!(page.contains(&format!(">{text}<")), "{text}");
    }
    // The column says of which time, too.
    assert!(page.contains(">稼働率（90日間の回数）<"));
}

#[test]
fn the_language_is_the_urls_then_the_browsers_then_the_operators() {
    let vars = |query, accept| {
        site_monitor::cgi::vars::Vars::from([
            ("QUERY_STRING", query),
            ("HTTP_ACCEPT_LANGUAGE", accept),
        ])
    };
    let check = |config: &str, query, accept, want: &str| {
        let body = every_branch()
            .config(config)
            .respond(&vars(query, accept))
            .body;
        assert!(
            body.contains(&format!("<html lang=\"{want}\">")),
            "{config} {query} {accept}"
        );
    };
    check("{}", "", "", "ja");
    check("{}", "", "en-GB,en;q=0.9", "en");
    check("{}", "lang=ja", "en", "ja");
    check("{}", "lang=xx", "en", "en");
    check(r#"{"language": "en"}"#, "", "de", "en");
    check(r#"{"language": "en"}"#, "", "ja", "ja");
}

#[test]
fn links_keep_the_base_and_the_language() {
    let vars = site_monitor::cgi::vars::Vars::from([
        ("SCRIPT_NAME", "/稼働/cgi-bin/index.cgi"),
        ("REQUEST_URI", "/%E7%A8%BC%E5%83%8D/?lang=en"),
        ("QUERY_STRING", "lang=en"),
    ]);
    let page = every_branch().respond(&vars).body;
    let base = "/%E7%A8%BC%E5%83%8D/";
    let links = page.split("href=\"").chain(page.split("src=\"")).skip(1);
    for link in links
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.starts_with('/'))
    {
        assert!(link.starts_with(base), "{link}");
    }
    assert!(
        page.contains(&format!(
            "href=\"{base}?company=analyzegear&amp;site=site2&amp;lang=en\""
        )),
        "{page}"
    );
}
