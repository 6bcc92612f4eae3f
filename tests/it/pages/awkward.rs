//! Pages of awkward logs: hostile names, no times, no checks, no failures but one.

use super::*;

#[test]
fn text_from_logs_and_urls_is_only_text() {
    let hostile = [
        "<img src=x onerror=alert(1)>",
        "\"><script>alert(1)</script>",
        "'><svg/onload=alert(1)>",
        "javascript:alert(1)",
        "{{ if x }}{v.action}{body | unescaped}",
        "\u{202e}gpj.exe",
        "</title></select></textarea><b>",
        "&lt;b&gt;",
    ];
    let plain = Site::new().log("A", "s", "202411", &["u 500"]).page("/");
    let tags = |page: &str| page.matches('<').count();
    for text in hostile {
        let quoted = text.replace('"', "\"\"");
        let log = format!("サイト,状態,ステータスコード\n\"{quoted}\",\"{quoted}\",\"{quoted}\"\n");
        let folder = text.replace('/', "_");
        let site = Site::new().file(&format!("{folder}/{folder}/x_{folder}.csv"), log);
        assert!(
            tags(&site.page("/")) <= tags(&plain),
            "{text}: {}",
            site.page("/")
        );
        let query = site_monitor::cgi::query_string::encode(text);
        for target in [
            format!("/?site={query}&year_month={query}"),
            format!("/?company={query}&lang={query}"),
        ] {
            let body = site.get(&target).body;
            assert!(
                !body.contains("<script>")
                    && !body.contains("<img")
                    && !body.contains("</textarea>"),
                "{body}"
            );
        }
        let api = site.json(&format!(
            "/api/{}",
            site_monitor::cgi::query_string::encode(&folder)
        ));
        assert_eq!(api["logs"][text]["total"], 1);
        assert_eq!(api["sites"][0], folder);
    }
}

#[test]
fn a_hostile_name_changes_nothing_but_its_own_cells() {
    let escape = |text: &str| {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace('"', "&quot;").replace('\'', "&#39;")
    };
    let page = |name: &str, target: &str| {
        let name = name.replace('"', "\"\"");
        let log = format!(
            "{HEADER}\n2024-11-01 00:00:00,\"{name}\",{UP},200\n2024-11-01 00:05:00,\"{name}\",異常,500\n"
        );
        Site::new().file("A/s/x_202411.csv", log).page(target)
    };
    let long = "長".repeat(500);
    for name in [
        "<img src=x onerror=alert(1)>",
        "\"><script>alert(1)</script>",
        "javascript:alert(1)",
        "\u{202e}gpj.exe\u{202c}",
        "👩‍👩‍👧‍👦🏴‍☠️",
        &long,
        "a'b&amp;c",
        "{v.body}{{ if x }}",
    ] {
        for target in [
            "/",
            "/?company=A",
            "/?company=A&site=s",
            "/?company=A&year_month=202411",
        ] {
            let shown = escape(name).replace(['\u{202e}', '\u{202c}'], "\u{fffd}");
            let got = page(name, target).replace(&shown, "PLAIN");
            assert_eq!(got, page("PLAIN", target), "{name} at {target}");
        }
    }
}

#[test]
fn a_single_failure_in_a_million_is_seen() {
    let up = "u,正常に稼働中,200\n".repeat(999_999);
    let log = format!("サイト,状態,ステータスコード\n{up}u,異常,500\n");
    let page = Site::new().file("A/s/x_202411.csv", log).page("/");
    assert_eq!(
        page.matches(">99.999%<").count(),
        4,
        "the figure, the company, the row, and the table of counts"
    );
    assert!(!page.contains("100%<"));
    assert!(page.contains("<rect class=\"day-up\" width=\"98.0%\""));
}

#[test]
fn a_site_that_was_never_up_has_a_red_bar_and_no_time_between_failures() {
    let site = Site::new().log("A", "s", "202411", &["https://a.jp/ 500"; 4]);
    let overview = site.page("/?lang=en");
    // The bar itself is red.
    let red = "<rect class=\"day-up\" width=\"0.0%\"";
    assert!(overview.contains(red), "{overview}");
    let page = site.page("/?company=A&site=s&lang=en");
    let row = page.lines().find(|line| line.contains(">24 hours<"));
    let row = row.unwrap_or_else(|| panic!("{page}"));
    assert!(row.contains("data-label=\"MTBF\">—<"), "{row}");
}

#[test]
fn nobody_knows_of_incidents_without_times() {
    let undated = "サイト,状態,ステータスコード\nhttps://a.jp/,異常,500\n";
    let site = Site::new().file("A/s/x_202411.csv", undated);
    let page = site.page("/?company=A&site=s&lang=en");
    assert!(!page.contains("No incidents"), "{page}");
}

#[test]
fn what_is_no_month_is_an_empty_page_and_no_choice() {
    let site = Site::new().log("A", "s", "202411", &["https://a.jp/ 200"; 3]);
    for month in ["202413", "abc"] {
        let page = site.page(&format!("/?year_month={month}&lang=en"));
        assert!(
            page.contains("There are no logs for this choice."),
            "{page}"
        );
        assert!(!page.contains("class=\"banner"), "{page}");
        assert!(!page.contains(&format!("value=\"{month}\"")), "{page}");
    }
    // A real month without logs is shown as chosen.
    let page = site.page("/?year_month=203101&lang=en");
    assert!(
        page.contains("<option value=\"203101\" selected>"),
        "{page}"
    );
}

#[test]
fn the_first_page_says_where_logs_are_expected() {
    let page = Site::new().page("/?lang=en");
    let pattern = ">&lt;company&gt;/&lt;site&gt;/monitor_results_YYYYMM.csv<";
    assert!(page.contains("logs beside cgi-bin"), "{page}");
    assert!(page.contains(pattern), "{page}");
    assert!(page.contains("href=\"/?check=1&amp;lang=en\""), "{page}");
}

#[test]
fn links_keep_their_ids_whatever_comes_first() {
    let (up, down) = (["https://a.jp/ 200"; 3], ["https://a.jp/ 500"; 3]);
    // Whichever of the two is down comes first.
    for (a, b) in [(up, down), (down, up)] {
        let site = Site::new().log("A", "a", "202411", &a);
        let page = site.log("A", "b", "202411", &b).page("/?lang=en");
        for link in [
            "id=\"site-0\" href=\"/?company=A&amp;site=a&amp;lang=en\"",
            "id=\"site-1\" href=\"/?company=A&amp;site=b&amp;lang=en\"",
        ] {
            assert!(page.contains(link), "{page}");
        }
    }
}

#[test]
fn rows_of_more_centuries_take_no_more_time_than_that() {
    let row =
        |year: u32, hour: u32| format!("{year:04}-06-15 {hour:02}:00:00,https://a.jp/,{UP},200\n");
    let seconds = |centuries: u32| {
        let file = |site: Site, year: u32| {
            let log = format!("{HEADER}\n{}", row(year, 13));
            site.file(&format!("A/s/x_{year:04}06.csv"), log)
        };
        // This one is mixed in time with all others.
        let mixed = format!("{HEADER}\n{}{}", row(0, 12), row(100 * centuries - 100, 12));
        let site = Site::new().file("A/s/x_202411.csv", mixed);
        let site = (0..centuries).map(|number| number * 100).fold(site, file);
        // Days are only kept by a cache.
        Site::settle();
        let before = std::time::Instant::now();
        site.page("/");
        before.elapsed().as_secs_f64()
    };
    // Three times is right: from 17 on, the gaps are judged by those before them.
    let (few, many) = (seconds(16), seconds(20));
    assert!(many < 7.0 * few, "{few} s, {many} s");
}

#[test]
fn a_day_after_the_calendar_is_refused_and_not_shown_as_another() {
    let site = Site::new().log("A", "s", "202411", &["u 200"]);
    for (days, name) in [
        ("date=99991231", "date"),
        ("from=20241101&to=99991231", "to"),
        ("from=99991001&to=99991231", "from"),
    ] {
        let answer = site.get(&format!("/?company=A&site=s&{days}&lang=en"));
        assert_eq!(answer.status.code, 400, "{days}");
        let sentence = format!("{name} takes a day such as 20241101");
        assert!(answer.body.contains(&sentence), "{}", answer.body);
    }
    for date in ["00000101", "99990901"] {
        let page = site.page(&format!("/?company=A&site=s&date={date}"));
        let day = format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
        assert!(
            page.contains(&format!("<time datetime=\"{day}\">")),
            "{page}"
        );
    }
}
