//! Reports as letters: from whom, to whom, what stands in them, and where they lead.

use super::*;

const AGENCY: &str = r##"{"agency": {"name": "みなと <b>", "logo": "minato.svg", "contact": ["045", "a@b.jp"], "colour": "#27489c"},
    "names": {"A": "アオゾラ", "A/s": "公式"}}"##;

/// Hourly checks from October to the middle of November, with these rows in place of others.
fn hourly(folder: &str, failed: &[&str]) -> (String, String) {
    let mut log = format!("{HEADER}\n");
    let mut at = "2024-10-01T00:00".parse::<jiff::civil::DateTime>().unwrap();
    while at < "2024-11-20T12:00".parse().unwrap() {
        let time = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let is_failed = failed.iter().any(|start| time.starts_with(start));
        let status = if is_failed {
            "異常,503"
        } else {
            "正常に稼働中,200"
        };
        log += &format!("{time},https://{}.jp/,{status}\n", folder.replace('/', "-"));
        at += jiff::Span::new().hours(1);
    }
    (format!("{folder}/monitor_results_2024.csv"), log)
}

fn site(logs: &[(&str, &[&str])]) -> Site {
    let add = |site: Site, (folder, failed): &(&str, &[&str])| {
        let (path, log) = hourly(folder, failed);
        site.file(&path, log)
    };
    logs.iter().fold(Site::new(), add).at("2024-11-20T11:30:00")
}

#[test]
fn a_letter_says_from_whom_and_to_whom() {
    let site = site(&[("A/s", &[]), ("B/s", &[])]);
    let plain = site.page("/?company=A&year_month=202410");
    assert!(
        plain.contains(">A　御中</p>") && !plain.contains("<address"),
        "{plain}"
    );
    assert!(!plain.contains("agency.css"));
    let site = site.config(AGENCY);
    let page = site.page("/?company=A&year_month=202410");
    assert!(page.contains(">アオゾラ　御中</p>"), "{page}");
    assert!(
        page.contains("<b>みなと &lt;b&gt;</b><span>045</span><span>a@b.jp</span>"),
        "{page}"
    );
    assert!(page.contains("/static/minato.svg\""), "{page}");
    assert!(page.contains(">公式</a>"), "{page}");
    let english = site.page("/?company=A&year_month=202410&lang=en");
    assert!(english.contains(">アオゾラ</p>"), "{english}");
    // Both clients get a letter of their own.
    let all = site.page("/?year_month=202410");
    assert_eq!(all.matches("<article class=\"sheet\">").count(), 2);
    assert_eq!(all.matches("<div class=\"verdict\"").count(), 2);
    assert_eq!(all.matches("<h1").count(), 1);
    assert!(all.contains(">B　御中</p>"));
}

#[test]
fn the_agencys_colour_is_a_style_sheet() {
    let site = site(&[("A/s", &[])]).config(AGENCY);
    assert!(site.page("/").contains("/agency.css?v=%2327489c\""));
    let style = site.get("/agency.css");
    assert_eq!(style.status.code, 200);
    let want = "@media print, (prefers-color-scheme: light) {\n  :root { --accent: #27489c; --accent-solid: #27489c; }\n}\n";
    assert_eq!(style.body, want);
    assert!(style.etag.is_some());
    assert_eq!(Site::new().get("/agency.css").body, "");
}

#[test]
fn incidents_that_overlap_are_one_row_with_its_cause() {
    let site = site(&[
        ("A/s", &["2024-10-08 02", "2024-10-20 05"]),
        ("A/t", &["2024-10-08 02", "2024-10-08 03"]),
        ("A/u", &["2024-10-08 04"]),
    ]);
    let notes = "開始,終了,サイト,種類,内容\n\
        2024-10-08 02:00,2024-10-08 03:00,,備考,更新の失敗\n\
        2024-10-20 00:00,2024-10-21 00:00,t,備考,ほかのサイト\n\
        2024-10-25 01:00,2024-10-25 03:00,,メンテナンス,引っ越し\n\
        2024-11-25 01:00,2024-11-25 03:00,,メンテナンス,来月\n";
    let site = site.file("A/notes.csv", notes);
    let page = site.page("/?company=A&year_month=202410");
    // What ends as another begins does not overlap it: s and t, then u, then s.
    assert!(
        page.contains("障害（3件） <small class=\"quiet\">サイトごとに数えると4件"),
        "{page}"
    );
    let table = page
        .split("<table role=\"table\" class=\"events stack\">")
        .nth(1)
        .unwrap();
    let rows: Vec<&str> = table
        .split("</table>")
        .next()
        .unwrap()
        .split("<tr role=\"row\">")
        .skip(2)
        .collect();
    assert_eq!(rows.len(), 3);
    assert!(
        rows[0].contains("10月8日(火) 02:00〜04:00") && rows[0].contains("2サイト（s、t）"),
        "{}",
        rows[0]
    );
    assert!(
        rows[0].contains("<small dir=\"auto\">更新の失敗</small>"),
        "{}",
        rows[0]
    );
    // Their times differ, so each has its own.
    assert!(
        rows[0].contains("s: 10月8日(火) 02:00〜03:00 1時間"),
        "{}",
        rows[0]
    );
    assert!(
        !rows[1].contains("更新の失敗") && !rows[2].contains("ほかのサイト"),
        "{table}"
    );
    // A remark beside no incident is a line of its own, maintenance a table.
    assert!(
        page.contains("<span dir=\"auto\">t</span>: <span dir=\"auto\">ほかのサイト</span>"),
        "{page}"
    );
    let planned = page.split("計画メンテナンス <small").nth(1).unwrap();
    assert!(
        planned.contains("10月25日(金) 01:00〜03:00") && planned.contains("すべてのサイト"),
        "{planned}"
    );
    assert!(
        planned.contains("引っ越し") && !planned.contains("来月"),
        "{planned}"
    );
}

#[test]
fn the_verdict_names_up_to_three_sites_that_missed() {
    let down: &[&str] = &["2024-10-08 02"];
    let sites = [
        ("A/a", down),
        ("A/b", down),
        ("A/c", down),
        ("A/d", down),
        ("A/e", &[]),
    ];
    let page = site(&sites).page("/?company=A&year_month=202410");
    assert!(
        page.contains("5サイト中 4サイトが目標の 99.9% に<b>届きませんでした</b>。"),
        "{page}"
    );
    assert!(
        page.contains(
            "届かなかったのはa（99.865%）、b（99.865%）、c（99.865%）、ほか1サイトです。"
        ),
        "{page}"
    );
    assert!(page.contains("達成は1サイトです。"), "{page}");
    let going = site(&sites[4..]).page("/?company=A&year_month=202411");
    assert!(
        going.contains("現時点では、2024年11月の稼働率は"),
        "{going}"
    );
    assert!(going.contains("（集計途中・暫定）"), "{going}");
}

#[test]
fn a_report_leads_to_its_neighbours_that_are_there() {
    let site = site(&[("A/s", &[])]);
    let links = |target: &str| {
        let page = site.page(target);
        let bar = page.split("<nav class=\"sheetbar").nth(1).unwrap();
        bar.split("</nav>").next().unwrap().replace("&amp;", "&")
    };
    let first = links("/?company=A&year_month=202410");
    assert!(!first.contains("rel=\"prev\""), "{first}");
    assert!(
        first.contains("company=A&year_month=202411\" rel=\"next\""),
        "{first}"
    );
    assert!(
        first.contains("company=A&year_month=2024\"") && first.contains("/api/A/all/202410?"),
        "{first}"
    );
    // The last seven days, today among them; last month.
    assert!(
        first.contains("company=A&from=20241114&to=20241120"),
        "{first}"
    );
    let now = links("/?company=A&year_month=202411");
    assert!(
        now.contains("year_month=202410\" rel=\"prev\"") && !now.contains("rel=\"next\""),
        "{now}"
    );
    let year = links("/?company=A&year_month=2024");
    assert!(!year.contains("rel="), "{year}");
    let page = site.page("/?company=A&year_month=202410&lang=en");
    assert!(
        page.contains("href=\"/?company=A&amp;site=s&amp;lang=en\""),
        "{page}"
    );
}

#[test]
fn the_years_grid_leads_to_each_month() {
    let site = site(&[("A/s", &["2024-10-08"]), ("A/t", &[])]);
    let page = site.page("/?company=A&year_month=2024");
    assert!(
        page.contains("<th scope=\"col\">11月<small>20日まで</small></th>"),
        "{page}"
    );
    let href = "company=A&amp;site=s&amp;year_month=202410\">96.774";
    assert!(
        page.contains(&format!("class=\"cell far\" href=\"/?{href}")),
        "{page}"
    );
    // Before the first check nothing is known, and December has not begun.
    let row = page.split("<tr class=\"company-row\">").nth(1).unwrap();
    assert_eq!(
        row.matches("<span class=\"cell unknown\">—</span>").count(),
        27
    );
    assert_eq!(
        row.matches("<span class=\"cell unknown\"></span>").count(),
        3
    );
}

#[test]
fn a_range_without_times_says_so() {
    let undated = "サイト,状態,ステータスコード\nhttps://a.jp/,異常,500\n";
    let site = site(&[("A/s", &[])]).file("A/t/x_202410.csv", undated);
    let month = site.page("/?company=A&year_month=202410");
    assert!(
        month.contains(">a.jp/<") && month.contains(">0.000%<"),
        "{month}"
    );
    let range = site.page("/?company=A&from=20241001&to=20241031");
    assert!(!range.contains(">a.jp/<"), "{range}");
    assert!(range.contains("日時の記録がないサイトが1件あり"), "{range}");
}

#[test]
fn days_that_have_not_begun_have_no_report() {
    let site = site(&[("A/s", &[])]);
    for days in [
        "year_month=202412",
        "from=20241201&to=20241231",
        "year_month=2025",
    ] {
        let page = site.page(&format!("/?company=A&{days}&lang=en"));
        assert!(
            page.contains("There are no logs for this choice."),
            "{page}"
        );
    }
    // Of days that have, silence is news.
    let later = site.at("2024-12-02T00:00:00");
    let page = later.page("/?company=A&year_month=202412&lang=en");
    assert!(page.contains("<article class=\"sheet\">"), "{page}");
}

#[test]
fn a_site_that_does_not_exist_leaves_the_days_of_a_report() {
    let site = site(&[("A/s", &[])]);
    for days in ["year_month=202410", "from=20241001&to=20241031"] {
        let page = site.page(&format!("/?company=A&site=none&{days}&lang=en"));
        assert!(page.contains("There is no site “none”"), "{page}");
        assert!(page.contains("<article class=\"sheet\">"), "{page}");
    }
}

#[test]
fn a_name_of_blanks_is_a_mistake() {
    let error = site_monitor::config::Config::from_json(br#"{"names": {"A/s": " \u3000"}}"#);
    assert_eq!(error.unwrap_err().key.as_deref(), Some("names.A/s"));
}
