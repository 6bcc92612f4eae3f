//! What an overview says beside its numbers: what is wrong, which sites it shows, and how much of it.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

/// Checks every ten minutes up to half past noon of 20 November, as many as `checks` has.
fn recent(url: &str, checks: &str) -> String {
    let end: jiff::civil::DateTime = "2024-11-20T12:30".parse().unwrap();
    let mut log = format!("{HEADER}\n");
    let count = i64::try_from(checks.len()).unwrap();
    for (n, check) in (0..).zip(checks.chars()) {
        let at = end - jiff::Span::new().minutes(10 * (count - n));
        let rest = match check {
            '+' => format!("{UP},200"),
            digit => format!("異常,50{digit}"),
        };
        log += &format!("{},{url},{rest}\n", at.strftime("%Y-%m-%d %H:%M:%S"));
    }
    log
}

/// A company with a site of each log.
fn company(site: Site, name: &str, logs: &[(&str, &str)]) -> Site {
    logs.iter().fold(site, |site, (folder, checks)| {
        let log = recent(&format!("https://{folder}.{name}.jp/"), checks);
        site.file(&format!("{name}/{folder}/monitor_results_202411.csv"), log)
    })
}

fn at_noon(site: Site) -> Site {
    site.at("2024-11-20T12:30:00")
}

/// The lines of a page that have a text.
fn lines<'a>(page: &'a str, text: &str) -> Vec<&'a str> {
    page.lines().filter(|line| line.contains(text)).collect()
}

pub(super) fn gzipped(page: String) -> usize {
    let mut gzip = Command::new("gzip")
        .arg("-6")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = gzip.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(page.as_bytes()));
    let packed = gzip.wait_with_output().unwrap().stdout.len();
    writer.join().unwrap().unwrap();
    packed
}

#[test]
fn a_line_says_since_when_a_site_is_not_up_and_why() {
    let site = company(
        Site::new(),
        "a",
        &[
            ("down", "+++++++333"),
            ("mixed", "+++++++343"),
            ("never", "0000000000"),
            ("noted", "++++++++++"),
            ("up", "++++++++++"),
        ],
    );
    let stale = recent("https://stale.a.jp/", &"+".repeat(60)).replace("2024-11-20", "2024-11-19");
    let site = site
        .file("a/stale/monitor_results_202411.csv", stale)
        .file(
            "a/notes.csv",
            "開始,終了,サイト,種類,内容\n2024-11-20 12:00,2024-11-20 14:00,noted,メンテナンス,Moving the <database>\n",
        )
        .config(r#"{"names": {"a": "Agency A", "a/down": "The shop"}}"#);
    let page = at_noon(site).page("/?lang=en");
    assert!(page.contains("</svg>3 sites are down</h1>"), "{page}");
    let banner = page.split("</section>").next().unwrap();
    for (href, wants) in [
        (
            "down",
            &[
                ">The shop</a> <small class=\"quiet\" dir=\"auto\">Agency A<",
                "since <b>12:00</b> (30 min)",
                ">503, 3 times in a row<",
            ][..],
        ),
        ("mixed", &[">503 × 2, 504 × 1<"]),
        (
            "never",
            &[
                "since <b>10:50</b> (1 h 40 min)",
                ">500; never up since watching began<",
            ],
        ),
        (
            "stale",
            &[
                "since <b>19\u{a0}Nov\u{a0}12:20</b> (1 d)",
                ">perhaps the monitor stopped (interval 10 min)<",
            ],
        ),
        (
            "noted",
            &[
                "since <b>12:00</b> until 14:00",
                ">Moving the &lt;database&gt;<",
            ],
        ),
    ] {
        let line = lines(banner, &format!("site={href}&amp;lang=en\""));
        assert_eq!(line.len(), 1, "{banner}");
        for want in wants {
            assert!(line[0].contains(want), "{want}: {}", line[0]);
        }
    }
    assert!(!banner.contains("site=up"), "{banner}");
    let counts = lines(&page, "class=\"counts\"")[0];
    for want in [
        "6 sites",
        "Up <b>1</b>",
        "Down <b>3</b>",
        "Stale <b>1</b>",
        "Maintenance <b>1</b>",
    ] {
        assert!(counts.contains(want), "{want}: {counts}");
    }
}

#[test]
fn ten_sites_have_a_line_and_the_rest_a_number() {
    let folders: Vec<String> = (0..12).map(|n| format!("s{n:02}")).collect();
    let logs: Vec<(&str, &str)> = folders.iter().map(|name| (name.as_str(), "+00")).collect();
    let page = at_noon(company(Site::new(), "a", &logs)).page("/");
    let banner = page.split("</section>").next().unwrap();
    assert_eq!(lines(banner, "<li><span class=\"state down\"").len(), 10);
    assert!(banner.contains(">ほか 2 サイト<"), "{banner}");
}

#[test]
fn the_tab_tells_the_worst_state_and_how_many_are_in_it() {
    let check = |logs: &[&str], title: &str, icon: &str| {
        let names = ["a", "b", "c"];
        let logs: Vec<(&str, &str)> = names.into_iter().zip(logs.iter().copied()).collect();
        let page = at_noon(company(Site::new(), "x", &logs)).page("/?lang=en");
        assert!(page.contains(&format!("<title>{title}</title>")), "{page}");
        assert!(page.contains(&format!("/static/{icon}?v=")), "{page}");
    };
    check(&["+0", "0+", "+00"], "▼2 Log dashboard", "favicon-down.svg");
    check(&["++", "0+"], "Log dashboard", "favicon-up.svg");
    let log = recent("https://s.a.jp/", "+0+").replace("-20 ", "-19 ");
    let stale = Site::new().file("a/s/monitor_results_202411.csv", log);
    let page = at_noon(stale.clone()).page("/?lang=en");
    assert!(page.contains("<title>■1 Log dashboard</title>"), "{page}");
    assert!(page.contains("/static/favicon-stale.svg?v="), "{page}");
    // A report is not about now.
    let page = at_noon(stale).page("/?lang=en&year_month=202411");
    assert!(page.contains("/static/favicon.svg?v="), "{page}");
    assert!(!page.contains("<title>■"), "{page}");
}

#[test]
fn a_search_hides_what_it_does_not_name_and_says_if_that_is_all() {
    let site = company(
        Site::new(),
        "north",
        &[("shop", "+++"), ("blog", "+00"), ("docs", "+++")],
    );
    let site = company(site, "south", &[("shop", "+++")])
        .config(r#"{"names": {"north/docs": "Handbuch"}}"#);
    let site = at_noon(site);
    let shown = |query: &str| {
        let page = site.page(&format!("/?lang=en{query}"));
        let rows = lines(&page, "<tr role=\"row\" class=").into_iter();
        let shown = rows.filter(|row| !row.split('>').next().unwrap().ends_with(" hidden"));
        let url = |row: &str| {
            let url = row.split("class=\"url\" dir=\"auto\">").nth(1).unwrap();
            url.split('<').next().unwrap().to_owned()
        };
        let shown: Vec<String> = shown.map(url).collect();
        let groups = lines(&page, "<section class=\"group\"").into_iter();
        let hidden = groups.filter(|line| line.ends_with(" hidden>")).count();
        let none = !page.contains("<p id=\"no-match\" class=\"quiet\" role=\"status\" hidden>");
        (shown.join(" "), hidden, none)
    };
    let all = "blog.north.jp/ docs.north.jp/ shop.north.jp/ shop.south.jp/";
    assert_eq!(shown(""), (all.to_owned(), 0, false));
    assert_eq!(
        shown("&q=SHOP"),
        ("shop.north.jp/ shop.south.jp/".to_owned(), 0, false)
    );
    assert_eq!(
        shown("&q=shop+south"),
        ("shop.south.jp/".to_owned(), 1, false)
    );
    // By the name that a client reads, the folder, and the URL.
    for name in ["handbuch", "docs", "docs.north"] {
        assert_eq!(shown(&format!("&q={name}")).0, "docs.north.jp/", "{name}");
    }
    assert_eq!(
        shown("&state=attention"),
        ("blog.north.jp/".to_owned(), 1, false)
    );
    assert_eq!(shown("&state=attention&q=docs"), (String::new(), 2, true));
    // The form, the link to the other language and the tag know of it.
    let answer = site.get("/?lang=en&company=north&q=%22shop%22&state=attention");
    for want in [
        "name=\"company\" value=\"north\"",
        "name=\"lang\" value=\"en\"",
        "name=\"q\" value=\"&quot;shop&quot;\"",
        "value=\"attention\" checked",
        "href=\"/?company=north&amp;lang=ja&amp;q=%22shop%22&amp;state=attention\"",
    ] {
        assert!(answer.body.contains(want), "{want}: {}", answer.body);
    }
    let tags = ["/", "/?q=shop", "/?state=attention"].map(|target| site.get(target).etag);
    assert!(tags[0] != tags[1] && tags[0] != tags[2] && tags[1] != tags[2]);
    // The API has no such question.
    let tags = ["/api/all", "/api/all?q=shop"].map(|target| site.get(target).etag);
    assert_eq!(tags[0], tags[1]);
}

#[test]
fn a_company_is_open_where_something_is_wrong_or_there_are_few() {
    let open = |sites: usize, log: &'static str| {
        let folders: Vec<String> = (0..sites).map(|n| format!("s{n:02}")).collect();
        let logs: Vec<(&str, &str)> = folders.iter().map(|name| (name.as_str(), "+++")).collect();
        let site = company(company(Site::new(), "a", &logs), "b", &[("s", log)]);
        let page = at_noon(site).page("/");
        let closed = page.matches("<details><summary").count();
        assert_eq!(page.matches("class=\"group-bars bars\"").count(), closed);
        page.matches("<details open><summary").count()
    };
    assert_eq!(open(11, "+++"), 2);
    assert_eq!(open(12, "+++"), 0);
    assert_eq!(open(12, "++0"), 1);
}

#[test]
fn a_closed_company_has_the_bars_of_all_its_sites() {
    let folders: Vec<String> = (0..13).map(|n| format!("s{n:02}")).collect();
    let mut logs: Vec<(&str, &str)> = folders.iter().map(|name| (name.as_str(), "+++")).collect();
    logs[7].1 = "+0+";
    let site = company(Site::new(), "a", &logs);
    let site = at_noon(company(site, "b", &[("s", "+++")]));
    let page = site.page("/?lang=en");
    let headers = lines(&page, "class=\"group-bars bars\"");
    assert!(
        headers[0].contains("aria-label=\"90 days: 1 with failures\""),
        "{}",
        headers[0]
    );
    assert!(
        headers[1].contains("aria-label=\"90 days: 0 with failures\""),
        "{}",
        headers[1]
    );
    assert!(
        !headers[0].contains("data-days"),
        "it is read out inside a button"
    );
    // Twelve up for half an hour, one for twenty minutes.
    assert!(headers[0].contains("97.435%"), "{}", headers[0]);
}

#[test]
fn each_url_of_a_folder_has_a_row_that_leads_to_its_place_on_the_sites_page() {
    let site = Site::new().log(
        "A",
        "s",
        "202411",
        &["https://b.jp/ 500", "https://a.jp/ 200"],
    );
    let page = site
        .log("A", "t", "202411", &["https://c.jp/ 200"])
        .page("/");
    for (place, url) in [("s#url-1", "a.jp/"), ("s#url-2", "b.jp/"), ("t", "c.jp/")] {
        let row = lines(
            &page,
            &format!("href=\"/?company=A&amp;site={place}\" dir=\"auto\">"),
        );
        assert!(
            row.iter().any(|row| row.contains(&format!(">{url}<"))),
            "{place}: {page}"
        );
    }
}

#[test]
fn an_uptime_says_of_how_much_time_it_is() {
    let log = recent("https://a.jp/", &"+".repeat(6 * 24 * 40));
    let old = at_noon(Site::new().file("a/s/monitor_results_202411.csv", log));
    let page = old.page("/?lang=en");
    let row = lines(&page, "<tr role=\"row\" class=")[0];
    for want in [
        "data-label=\"24 h\">100%</td>",
        "data-label=\"30 d\">100%</td>",
        "data-label=\"90 d\">100%<small>40 d</small></td>",
        "<small>since 11\u{a0}Oct</small>",
    ] {
        assert!(row.contains(want), "{want}: {row}");
    }
    // The last incident is known, however old it is.
    let log = recent("https://a.jp/", &format!("+0{}", "+".repeat(6 * 24 * 100)));
    let site = at_noon(Site::new().file("a/s/monitor_results_202411.csv", log));
    let page = site.page("/?lang=en");
    let row = lines(&page, "<tr role=\"row\" class=")[0];
    assert!(row.contains("<small>since 12\u{a0}Aug</small>"), "{row}");
    // A quarter of the last day has no checks.
    let log = recent("https://a.jp/", &"+".repeat(6 * 24 * 2));
    let log: String = log
        .split_inclusive('\n')
        .filter(|row| !row.contains("-20 0"))
        .collect();
    let site = at_noon(Site::new().file("a/s/monitor_results_202411.csv", log));
    let page = site.page("/?lang=en");
    let row = lines(&page, "<tr role=\"row\" class=")[0];
    assert!(
        row.contains("data-label=\"24 h\">100%<small>seen 59%</small></td>"),
        "{row}"
    );
}

#[test]
fn the_latest_month_that_is_over_has_its_report_linked() {
    let log = |from: &str| recent("https://a.jp/", "+++").replace("2024-11-20", from);
    let check = |from: &str, want: Option<&str>| {
        let log = format!("{}{}", log(from), &log("2024-11-20")[HEADER.len() + 1..]);
        let site = at_noon(Site::new().file("a/s/monitor_results_202411.csv", log));
        let page = site.page("/?lang=en");
        match want {
            Some(want) => assert!(page.contains(want), "{want}: {page}"),
            None => assert!(!page.contains("class=\"links\""), "{page}"),
        }
    };
    check("2024-11-01", None);
    let october = "href=\"/?company=a&amp;year_month=202410&amp;lang=en\"><span class=\"visually-hidden\">a </span>October report</a>";
    check("2024-10-31", Some(october));
    check("2023-01-31", Some(october));
}

#[test]
fn many_companies_have_a_line_each_and_three_hundred_sites_are_small() {
    let check = |companies: usize, each: usize| {
        let mut site = Site::new();
        for n in 0..companies {
            let folders: Vec<String> = (0..each).map(|n| format!("site{n:02}")).collect();
            let logs: Vec<String> = (0..each)
                .map(|m| {
                    let mut log = "+".repeat(6 * 24 * 2);
                    let at = (n * 31 + m * 17) % log.len();
                    log.replace_range(at..=at, "0");
                    log
                })
                .collect();
            let logs: Vec<(&str, &str)> = folders
                .iter()
                .zip(&logs)
                .map(|(folder, log)| (folder.as_str(), log.as_str()))
                .collect();
            site = company(site, &format!("company{n:03}"), &logs);
        }
        let page = at_noon(site).page("/");
        assert_eq!(page.matches("<section class=\"group\"").count(), companies);
        if companies > 40 {
            assert_eq!(page.matches("<details open>").count(), 0);
        }
        assert_eq!(
            lines(&page, "<tr role=\"row\" class=").len(),
            companies * each
        );
        assert!(!page.contains("data-days"), "rows have no bars");
        let packed = gzipped(page);
        assert!(
            packed <= 40_000,
            "{companies} x {each}: {packed} bytes gzipped"
        );
    };
    check(60, 5);
    check(10, 30);
}
