//! The page of a site: what is drawn, where it leads, and how long it reaches.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::numbers::awkward;
use super::*;
use crate::support::random::Random;

const PAGE: &str = "/?company=A&site=s&lang=en";

/// Checks of a URL some minutes apart, from a number of days before a noon up to it; `rest` is
/// what a row has after the URL.
fn checks(url: &str, days: i64, minutes: i64, rest: impl Fn(DateTime) -> String) -> String {
    let noon: DateTime = "2024-11-20T12:00".parse().unwrap();
    let mut at = noon - days.days();
    let mut log = String::new();
    while at <= noon {
        let row = rest(at);
        log += &format!("{},{url},{row}\n", at.strftime("%Y-%m-%d %H:%M:%S"));
        at += minutes.minutes();
    }
    log
}

fn up(_: DateTime) -> String {
    format!("{UP},200,0.300")
}

fn site_of(rows: &[String]) -> Site {
    let log = format!("{HEADER},応答時間\n{}", rows.concat());
    let site = Site::new().file("A/s/monitor_results_202411.csv", log);
    site.at("2024-11-20T12:01:00")
}

/// What follows a mark, up to another.
#[track_caller]
fn between<'page>(page: &'page str, from: &str, to: &str) -> &'page str {
    let rest = page.split_once(from);
    let rest = rest.unwrap_or_else(|| panic!("no {from} in {page}")).1;
    rest.split_once(to).unwrap_or((rest, "")).0
}

/// The panel under a heading.
#[track_caller]
fn panel<'page>(page: &'page str, name: &str) -> &'page str {
    between(
        page,
        &format!("id=\"{name}-of-1\">"),
        "<section class=\"panel",
    )
}

#[test]
fn the_grid_of_months_has_the_uptime_of_the_json_and_leads_to_the_report() {
    let mut cells = 0;
    for seed in 0..3 {
        let log = awkward(&mut Random::new(seed));
        let site = Site::new().at("2024-11-20T12:03:00");
        let site = site.file("A/s/monitor_results_202411.csv", log);
        let page = site.page(PAGE);
        for period in ["202408", "202409", "202410", "202411", "2024"] {
            let json = site.json(&format!("/api/A/s/{period}?include=coverage"));
            // The API counts by file, the page by date.
            let Some(url) = json["logs"].get("https://a.jp/") else {
                continue;
            };
            let uptime = url["coverage"]["uptime_by_time"].as_str().unwrap();
            let cell = between(&page, &format!("id=\"month-1-{period}\""), "</a>");
            let text = cell.split_once("</span>").unwrap().1;
            let text = text.split('<').next().unwrap();
            assert_eq!(text, uptime.trim_end_matches('%'), "{seed} {period}");
            let href =
                format!("href=\"/?company=A&amp;site=s&amp;year_month={period}&amp;lang=en\"");
            assert!(cell.contains(&href), "{cell}");
            let coverage = url["coverage"]["coverage"].as_str().unwrap();
            let number: f64 = coverage.trim_end_matches('%').parse().unwrap();
            let note = format!("<small>coverage {coverage}</small>");
            assert_eq!(cell.contains(&note), number < 99.0, "{cell}");
            cells += 1;
        }
        // Before the first and after the last month there is nothing to look at.
        assert!(!page.contains("month-1-202407") && !page.contains("month-1-202412"));
    }
    assert!(cells >= 6, "{cells}");
}

#[test]
fn windows_reach_as_far_as_the_log() {
    let all = ["24 hours", "7 days", "30 days", "90 days", "1 year", "All"];
    for (days, windows) in [(0, 1), (5, 2), (20, 3), (60, 4), (300, 5), (400, 6)] {
        let page = site_of(&[checks("https://a.jp/", days, 360, up)]).page(PAGE);
        let table = between(panel(&page, "windows"), "<tbody>", "</tbody>");
        let names = table.split("<th scope=\"row\">").skip(1);
        let names: Vec<_> = names.map(|row| row.split('<').next().unwrap()).collect();
        assert_eq!(names, all[..windows], "{days}");
        // Only the last has all of the log.
        assert_eq!(table.matches("since the first check").count(), 1, "{days}");
        let last = table.rsplit("<tr>").next().unwrap();
        assert!(last.contains("since the first check"), "{last}");
        let total = between(&page, "<dt>Checks</dt><dd>", "<");
        assert!(
            last.contains(&format!("data-label=\"Checks\">{total}<")),
            "{last}"
        );
    }
}

#[test]
fn days_lead_to_their_page_and_the_tab_key_stops_where_something_was() {
    let failed = |at: DateTime| match (at.day(), at.hour()) {
        (18, 6) => "異常,500,".to_owned(),
        _ => up(at),
    };
    let notes = "from,to,site,kind,note\n2024-11-16 00:00,2024-11-16 01:00,,maintenance,\n";
    let site = site_of(&[checks("https://a.jp/", 5, 360, failed)]).file("A/notes.csv", notes);
    let page = site.page(PAGE);
    let bars = panel(&page, "bars");
    assert_eq!(bars.matches("<svg class=\"days\"").count(), 3);
    let days: Vec<_> = bars.split("<a href=\"").skip(1).collect();
    // From the first check to today.
    assert_eq!(days.len(), 6);
    for (at, day) in days.iter().enumerate() {
        let date = 15 + at;
        let href = format!("/?company=A&amp;site=s&amp;date=202411{date}&amp;lang=en\"");
        assert!(day.starts_with(&href), "{day}");
        assert!(day.contains(&format!("<title>2024-11-{date}: ")), "{day}");
        let is_stop = !day.split('>').next().unwrap().contains("tabindex=\"-1\"");
        assert_eq!(is_stop, [16, 18, 20].contains(&date), "{day}");
        assert!(day.contains(&format!(" x=\"{}\"", (24 + at) * 13)), "{day}");
    }
}

#[test]
fn incidents_have_notes_and_say_at_least_where_their_start_was_not_seen() {
    let failed = |at: DateTime| match (at.day(), at.hour()) {
        (15, 12) | (18, 6..12) => "異常,503,".to_owned(),
        _ => up(at),
    };
    let notes = "from,to,site,kind,note\n\
        2024-11-18 07:00,2024-11-18 08:00,,note,a <b>new</b> version\n\
        2024-11-19 07:00,2024-11-19 08:00,,note,something else\n\
        2024-11-21 01:00,2024-11-21 02:00,,maintenance,a new server\n";
    let site = site_of(&[checks("https://a.jp/", 5, 60, failed)]).file("A/notes.csv", notes);
    let page = site.page(PAGE);
    let incidents = panel(&page, "incidents");
    let rows: Vec<_> = incidents.split("<tr role=\"row\">").skip(2).collect();
    assert_eq!(rows.len(), 2, "{incidents}");
    for want in [
        ">2024-11-18 06:00</a>",
        "date=20241118&amp;",
        ">12:00<",
        ">6 h<",
        ">503 ×6<",
        "a &lt;b&gt;new&lt;/b&gt; version",
    ] {
        assert!(rows[0].contains(want), "{want}: {}", rows[0]);
    }
    assert!(rows[1].contains(">at least 1 h<"), "{}", rows[1]);
    assert!(!incidents.contains("something else"), "{incidents}");
    let planned = panel(&page, "maintenance");
    assert!(planned.contains("2024-11-21 01:00 – 02:00"), "{planned}");
    assert!(planned.contains(">to come<") && planned.contains("a new server"));
    // Both incidents of the map: Friday noon, and six hours of a Monday.
    let map = panel(&page, "heat");
    assert_eq!(map.matches("<td class=\"h1\">1</td>").count(), 7, "{map}");
    let monday = between(map, "<th scope=\"row\">Mon</th>", "</tr>");
    let hours: Vec<_> = monday.split("</td>").collect();
    let touched = (0..24).filter(|hour| hours[*hour].ends_with(">1"));
    assert!(touched.eq(6..12), "{monday}");
}

#[test]
fn what_is_wrong_now_stands_beside_the_state() {
    let failing = |at: DateTime| match (at.day(), at.hour()) {
        (20, 9..) => "異常,503,".to_owned(),
        _ => up(at),
    };
    let page = site_of(&[checks("https://a.jp/", 5, 60, failing)]).page(PAGE);
    let head = between(&page, "id=\"url-1\"", "<section class=\"panel\"");
    for want in [
        ">since 09:00 (3 h 1 min)<",
        "503, 4 times in a row",
        "Interval 1 h",
        "Target 99.9%",
        "Watched since 2024-11-15",
        "<span class=\"fact\">12:00</span>",
    ] {
        assert!(head.contains(want), "{want}: {head}");
    }
    let notes = "from,to,site,kind,note\n2024-11-20 11:00,2024-11-20 13:00,,maintenance,a move\n";
    let site = site_of(&[checks("https://a.jp/", 5, 60, up)]).file("A/notes.csv", notes);
    let page = site.page(PAGE);
    let head = between(&page, "id=\"url-1\"", "<section class=\"panel\"");
    assert!(head.contains(">a move<"), "{head}");
}

#[test]
fn failures_are_drawn_by_day_and_kind() {
    let failed = |at: DateTime| match (at.day(), at.hour()) {
        (17, 1..4) => "異常,503,".to_owned(),
        (17, 4) => "異常,タイムアウト,".to_owned(),
        (18, 1) => "異常,404,".to_owned(),
        (19, 1) => "異常,N/A,".to_owned(),
        _ => up(at),
    };
    let page = site_of(&[checks("https://a.jp/", 5, 60, failed)]).page(PAGE);
    let kinds = panel(&page, "kinds");
    let columns: Vec<_> = kinds.split("<a href=\"").skip(1).collect();
    let want = [
        "<title>2024-11-17: 5xx server: 3, Timeout: 1</title><rect class=\"kind-5xx\"",
        "<title>2024-11-18: 4xx request: 1</title><rect class=\"kind-4xx\"",
        "<title>2024-11-19: No connection, other: 1</title><rect class=\"kind-none\"",
    ];
    assert_eq!(columns.len(), want.len(), "{kinds}");
    for (column, want) in columns.iter().zip(want) {
        assert!(column.contains(want), "{column}");
    }
    let page = site_of(&[checks("https://a.jp/", 5, 60, up)]).page(PAGE);
    assert!(panel(&page, "kinds").contains("No check failed in 90 days."));
}

#[test]
fn a_day_far_slower_than_the_rest_is_clipped_and_has_its_value() {
    let slow = |at: DateTime| match at.day() {
        10 if at.month() == 11 => format!("{UP},200,5.000"),
        _ => up(at),
    };
    let page = site_of(&[checks("https://a.jp/", 60, 60, slow)]).page(PAGE);
    let chart = panel(&page, "response");
    let title = between(chart, "<title>", "</title>");
    assert!(
        title.starts_with("2024-11-10 95%: ") && title.ends_with("(beyond the scale)"),
        "{title}"
    );
    assert!(
        chart.contains(">4.7") || chart.contains(">4.8") || chart.contains(">5."),
        "{chart}"
    );
    assert!(
        chart.contains(">400 ms</text>") && !chart.contains(">600 ms</text>"),
        "{chart}"
    );
    let spread = panel(&page, "spread");
    assert!(spread.contains("November 2024 (median ") && spread.contains("October 2024 (median "));
    assert!(spread.contains("<title>1 s or more: 5"), "{spread}");
    // Without response times there are no charts of them.
    let log = format!("{HEADER}\n2024-11-20 11:00:00,u,{UP},200\n");
    let page = Site::new().file("A/s/x_202411.csv", log);
    let page = page.at("2024-11-20T12:00:00").page(PAGE);
    assert!(!page.contains("response-of-1") && !page.contains("spread-of-1"));
}

#[test]
fn every_url_of_a_folder_is_a_section_and_many_are_closed_unless_they_are_down() {
    let url = |n: i64| format!("https://a.jp/{n}");
    let failing = |at: DateTime| match at.day() {
        20 => "異常,500,".to_owned(),
        _ => up(at),
    };
    let rows = |count: i64| -> Vec<String> {
        let last = checks(&url(count), 3, 60, failing);
        let rest = (1..count).map(|n| checks(&url(n), 3, 60, up));
        rest.chain([last]).collect()
    };
    let page = site_of(&rows(5)).page(PAGE);
    for n in 1..=5 {
        let section = between(
            &page,
            &format!("id=\"url-{n}\""),
            "</section>\n<section class=\"site-url",
        );
        assert!(
            section.contains(&format!(">{}</a></h2>", url(n))),
            "{section}"
        );
        assert_eq!(section.contains("<details"), n != 5, "{section}");
        assert_eq!(page.matches(&format!("href=\"#url-{n}\"")).count(), 1);
        assert_eq!(page.matches(&format!("id=\"month-{n}-202411\"")).count(), 1);
    }
    assert!(!site_of(&rows(3)).page(PAGE).contains("<details"));
    let one = site_of(&rows(1)).page(PAGE);
    assert!(!one.contains("href=\"#url-") && one.contains("id=\"url-1\""));
    assert!(one.contains("rel=\"noreferrer\" dir=\"auto\">https://a.jp/1</a>"));
}

#[test]
fn a_log_without_times_has_counts_and_the_months_of_its_files() {
    let row = |status: &str| format!("サイト,状態,ステータスコード\nhttps://a.jp/,{status}\n");
    let site = Site::new()
        .file("A/s/x_202410.csv", row("正常に稼働中,200"))
        .file("A/s/x_202409.csv", row("異常,500"))
        .file("A/s/x_latest.csv", row("異常,500"));
    let page = site.at("2024-11-20T12:00:00").page(PAGE);
    for part in ["bars", "response", "spread", "kinds", "heat", "incidents"] {
        assert!(!page.contains(&format!("{part}-of-1")), "{part}");
    }
    assert!(!panel(&page, "windows").contains("<table"));
    assert!(page.contains("<dt>Uptime by checks</dt><dd>33.333%"));
    assert!(page.contains("<dt>Uptime by time</dt><dd>—"));
    let cell = |period: &str| between(&page, &format!("id=\"month-1-{period}\""), "</a>");
    assert!(cell("202410").contains("cell met") && cell("202410").ends_with(">100"));
    assert!(cell("202409").contains("cell far") && cell("202409").ends_with(">0.000"));
    assert!(cell("2024").ends_with(">50.000"), "{}", cell("2024"));
    assert!(page.contains("year_month=latest&amp;lang=en\" dir=\"auto\">latest</a>"));
}

#[test]
fn names_of_the_settings_stand_in_the_heading_and_the_way_back() {
    let site = site_of(&[checks("https://a.jp/", 1, 60, up)])
        .config(r#"{"names": {"A": "株式会社あ", "A/s": "公式サイト"}}"#)
        .at("2024-11-20T12:01:00");
    let page = site.page(PAGE);
    assert!(page.contains("<h1 dir=\"auto\">公式サイト</h1>"), "{page}");
    let crumbs = between(&page, "class=\"crumbs\"", "</ol>");
    for want in [
        "href=\"/?lang=en\"",
        "href=\"/?company=A&amp;lang=en\" dir=\"auto\">株式会社あ</a>",
        "aria-current=\"page\" dir=\"auto\">公式サイト</li>",
    ] {
        assert!(crumbs.contains(want), "{want}: {crumbs}");
    }
}

#[test]
fn of_many_urls_the_details_are_of_those_that_need_attention_and_of_the_first() {
    let rows: Vec<String> = (0..70)
        .map(|number| {
            checks(
                &format!("https://{number:03}.jp/"),
                1,
                60,
                |_| match number {
                    69 => "異常,500,0.300".to_owned(),
                    _ => format!("{UP},200,0.300"),
                },
            )
        })
        .collect();
    let page = site_of(&rows).page(PAGE);
    assert_eq!(page.matches("<section class=\"site-url").count(), 60);
    let list = between(&page, "<ul class=\"url-list\">", "</nav>");
    assert_eq!(list.matches("<li").count(), 70);
    assert!(
        list.contains("10 more URLs have only their state"),
        "{list}"
    );
    // Links of other pages lead to each of them.
    for number in 1..=70 {
        assert_eq!(
            page.matches(&format!(" id=\"url-{number}\"")).count(),
            1,
            "{number}"
        );
        let is_detailed = page.contains(&format!("id=\"url-{number}-name\""));
        assert_eq!(is_detailed, number <= 59 || number == 70, "{number}");
        let is_link = list.contains(&format!("href=\"#url-{number}\""));
        assert_eq!(is_link, is_detailed, "{number}");
    }
    assert_eq!(page.matches("Good day").count(), 1);
}
