//! The pages: golden files in both languages, escaping, links.

use crate::support::golden;
use crate::support::site::Site;

/// Every branch of every template is in one of these.
fn every_branch() -> Site {
    Site::new()
        .log(
            "analyzegear",
            "site1",
            "202410",
            &["https://www.example.com/ 200"; 3],
        )
        .log(
            "analyzegear",
            "site1",
            "202411",
            &[
                "https://www.example.com/ 200",
                "https://www.example.com/ 500",
            ],
        )
        .log(
            "analyzegear",
            "site2",
            "202411",
            &["https://blog.example.com/ タイムアウト", " 404"],
        )
        .log(
            "会社 B",
            "a&b",
            "latest",
            &["https://shop.example.net/ 200"],
        )
        .file("会社 B/a&b/broken_202409.csv", "サイト\n")
        .file(
            "会社 B/a&b/short_202409.csv",
            format!("サイト,状態,ステータスコード\n{}", "x\n".repeat(25)),
        )
}

#[track_caller]
fn check(name: &str, target: &str, status: u16) {
    let site = every_branch();
    for lang in ["ja", "en"] {
        let mark = if target.contains('?') { '&' } else { '?' };
        let response = site.get(&format!("{target}{mark}lang={lang}"));
        assert_eq!(response.status.code(), status);
        golden::check(&format!("{name}.{lang}.html"), &response.body);
    }
}

#[test]
fn golden_pages() {
    check("overview", "/", 200);
    check("company", "/?company=analyzegear", 200);
    check(
        "site-month",
        "/?company=analyzegear&site=site1&year_month=202410",
        200,
    );
    check("no-logs", "/?company=analyzegear&year_month=2031", 200);
    check("missing-site", "/?company=analyzegear&site=a%26b", 200);
    check("404", "/nothing/here", 404);
    check("404-company", "/?company=%3Ci%3E", 404);
    check("400", "/%FF", 400);
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
        "稼働率",
    ] {
        assert!(page.contains(&format!(">{text}<")), "{text}");
    }
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
        page.contains(&format!("href=\"{base}?company=analyzegear&amp;lang=en\"")),
        "{page}"
    );
}

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
                !body.contains("<script>") && !body.contains("<img") && !body.contains("<b>"),
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
fn a_single_failure_in_a_million_is_seen() {
    let up = "u,正常に稼働中,200\n".repeat(999_999);
    let log = format!("サイト,状態,ステータスコード\n{up}u,異常,500\n");
    let page = Site::new().file("A/s/x_202411.csv", log).page("/");
    assert_eq!(page.matches("99.999%").count(), 2, "the figure and the row");
    assert!(!page.contains("100%</"));
    assert!(page.contains("class=\"bar-up\" d=\"M0 0h980v10H0z\""));
}
