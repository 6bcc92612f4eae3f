//! What stands in logs and is not for everyone who can open a page: users and passwords, tokens in
//! queries; and characters that would act on a page instead of being shown.

use std::fs;

use serde_json::Value;
use site_monitor::cgi::query_string::encode;

use crate::support::logs::{HEADER, UP};
use crate::support::site::Site;

/// URLs and other texts with a user and a password, both `hunter2`, and with a token in the query
/// or fragment, `s3cr3t`.
const SECRET: [&str; 34] = [
    "https://hunter2:hunter2@app.example/health?token=s3cr3t",
    "https://hunter2@app.example/health?token=s3cr3t",
    "https://:hunter2@app.example/health?token=s3cr3t",
    "https://hunter2:@app.example/health?s3cr3t",
    "https://app.example/health?token=s3cr3t",
    "https://app.example/health?token=s3cr3t&to=admin@b.example",
    "https://app.example/@admin?token=s3cr3t",
    "https://app.example/?a=?s3cr3t?",
    "https://app.example/#s3cr3t",
    "https://app.example/#/login?token=s3cr3t",
    "https://app.example?token=s3cr3t",
    "https://app.example#s3cr3t",
    "https://hunter2:hunter2@app.example?s3cr3t@x",
    "https://hunter2:hunter2@app.example#s3cr3t@x",
    "HTTPS://hunter2:hunter2@APP.example/?TOKEN=s3cr3t",
    "//hunter2:hunter2@app.example/?s3cr3t",
    "https:///hunter2:hunter2@app.example/?s3cr3t",
    "https://hunter2@b:hunter2@app.example/?s3cr3t",
    "https://hunter2:hunter%402@app.example:8443/?s3cr3t",
    "https://hunter2:hunter2@[2001:db8::1]/?s3cr3t",
    "https://hunter2:hunter2@192.0.2.1/?s3cr3t",
    "ftp://hunter2:hunter2@files.example/a;type=i?s3cr3t",
    "postgres://hunter2:hunter2@db.example/x?password=s3cr3t",
    "https://合言葉hunter2:hunter2@日本語.example/道?s3cr3t",
    "本番 https://hunter2:hunter2@app.example/ ?s3cr3t",
    "https://a.example/https://hunter2:hunter2@app.example/?s3cr3t",
    "https://a.example/?to=https://hunter2:hunter2@app.example/s3cr3t",
    "app.example/health?token=s3cr3t",
    "app.example?s3cr3t#s3cr3t",
    "https://hunter2:hunter2@app.example/\n?s3cr3t",
    "hunter2:hunter2@app.example/health?token=s3cr3t",
    "https:hunter2:hunter2@app.example/?s3cr3t",
    "HTTPS:/hunter2:hunter2@app.example/?s3cr3t",
    "https:\\\\hunter2:hunter2@app.example/?s3cr3t",
];

const PAGES: [&str; 8] = [
    "/?",
    "/?company=A",
    "/?company=A&site=s",
    "/?company=A&site=s&date=20241101",
    "/?company=A&site=s&year_month=202411",
    "/?year_month=202411",
    "/?year_month=2024",
    "/?check=1",
];

const JSON: [&str; 6] = [
    "/api/all?",
    "/api/A?",
    "/api/A/s/202411?",
    "/api/all/all/2024?",
    "/api/all?include=days,incidents,latency,coverage,faults",
    "/api/A/202411?include=days,incidents,latency,coverage,faults",
];

/// All of [`SECRET`], up and down, also as status codes, and with rows that can't be used.
fn secret() -> Site {
    let mut log = format!("{HEADER}\n");
    for (at, text) in SECRET.iter().enumerate() {
        log += &format!("2024-11-01 00:{at:02}:00,\"{text}\",{UP},200\n");
        let code = text.replace("s3cr3t", "");
        log += &format!("2024-11-01 01:{at:02}:00,\"{text}\",異常,\"no answer: {code}\"\n");
        log += &format!("yesterday,\"{text}\",異常,500\n\"{text}\"\n");
    }
    Site::new().file("A/s/monitor_results_202411.csv", log)
}

/// Every answer of both kinds in both languages.
fn answers(site: &Site, targets: &[&str]) -> Vec<(String, String)> {
    let targets = targets
        .iter()
        .flat_map(|target| ["ja", "en"].map(|lang| format!("{target}&lang={lang}")));
    targets
        .map(|target| (site.get(&target).body, target))
        .map(|(body, target)| (target, body))
        .collect()
}

#[test]
fn users_and_passwords_are_in_no_answer_and_nothing_that_is_kept() {
    for hide in ["true", "false", "\"everywhere\""] {
        let site = secret().config(&format!("{{\"hide_query\": {hide}}}"));
        if hide == "true" {
            Site::settle();
        }
        for _ in 0..2 {
            for (target, body) in answers(&site, &[&PAGES[..], &JSON[..]].concat()) {
                assert!(!body.contains("hunter"), "{target}, {hide}: {body}");
            }
        }
        if hide == "true" {
            let kept: Vec<_> = fs::read_dir(site.logs().join(".cache")).unwrap().collect();
            assert_eq!(kept.len(), 1);
            let kept = fs::read(kept[0].as_ref().unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&kept);
            assert!(text.contains("app.example") && !text.contains("hunter"));
        }
    }
}

#[test]
fn queries_are_hidden_where_the_settings_say() {
    let check = |config: &str, pages: bool, json: bool| {
        let site = secret().config(config);
        for (targets, shown) in [(&PAGES[..7], pages), (&JSON[..], json)] {
            for (target, body) in answers(&site, targets) {
                assert_eq!(body.contains("s3cr3t"), shown, "{target}, {config}: {body}");
            }
        }
    };
    check("{}", false, true);
    check(r#"{"hide_query": true}"#, false, true);
    check(r#"{"hide_query": false}"#, true, true);
    check(r#"{"hide_query": "everywhere"}"#, false, false);
}

#[test]
fn queries_in_the_texts_of_notes_are_hidden_as_those_of_urls() {
    let notes = "開始,終了,サイト,種類,内容\n\
        2024-11-01 00:00,2024-11-01 00:03,,備考,see https://a.jp/?s3cr3t\n\
        2024-11-01 00:05,2024-11-01 00:09,s,メンテナンス,see https://a.jp/#s3cr3t\n";
    let site = Site::new()
        .log("A", "s", "202411", &["https://x.jp/ 500"])
        .file("A/notes.csv", notes);
    let mut shown = 0;
    for (target, body) in answers(&site, &PAGES) {
        assert!(!body.contains("s3cr3t"), "{target}: {body}");
        shown += body.matches("see https://a.jp/?…").count();
    }
    assert!(shown > 0);
    let all = site.config(r#"{"hide_query": false}"#);
    let body = all.page("/?company=A&site=s&date=20241101");
    assert!(body.contains("see https://a.jp/?s3cr3t"), "{body}");
}

#[test]
fn urls_that_differ_in_user_and_password_are_one() {
    let urls = ["https://a:b@x.jp/", "https://x.jp/", "https://c@x.jp/"];
    let [up, down, down_again] = urls;
    let site = Site::new()
        .log(
            "A",
            "s",
            "202411",
            &[
                &format!("{up} 200"),
                &format!("{down} 500"),
                &format!("{down_again} 500"),
            ],
        )
        .log("A", "t", "202411", &[&format!("{up} 200")]);
    let logs = site.json("/api/A/s?include=incidents")["logs"].take();
    assert_eq!(logs.as_object().unwrap().len(), 1);
    let url = &logs["https://x.jp/"];
    assert_eq!((&url["total"], &url["failure"]), (&3.into(), &2.into()));
    assert_eq!(url["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(url["incidents"][0]["failed_checks"], 2);
    assert_eq!(site.json("/api/all")["logs"]["https://x.jp/"]["total"], 4);
    assert_eq!(site.page("/").matches(">https://x.jp/<").count(), 2);
}

/// The names of URLs in a page's table of sites, in their order.
fn names(page: &str) -> Vec<&str> {
    let names = page.split("class=\"url\"").skip(1);
    names
        .map(|rest| rest.split_once('>').unwrap().1.split_once('<').unwrap().0)
        .collect()
}

/// The names in the list of a site's URLs, and those of its sections, which are the same.
fn names_of_site(page: &str) -> Vec<&str> {
    let text = |rest: &'_ str| -> usize { rest.find('<').unwrap() };
    let after = |mark: &str| {
        let rests = page.split(mark).skip(1).map(|rest| {
            let rest = rest.split_once('>').unwrap().1;
            let rest = match rest.strip_prefix("<a ") {
                Some(link) => link.split_once('>').unwrap().1,
                None => rest,
            };
            &rest[..text(rest)]
        });
        rests.collect::<Vec<_>>()
    };
    let listed = after("<a href=\"#url-");
    assert_eq!(listed, after("-name\" class=\"url-name\""));
    listed
}

#[test]
fn urls_that_look_alike_without_their_query_are_numbered() {
    let site = Site::new()
        .file(
            "A/s/monitor_results_202410.csv",
            format!(
                "{HEADER}\n2024-10-31 23:00:00,https://x.jp/?c=3,{UP},200\n2024-10-31 23:01:00,https://x.jp/,{UP},200\n"
            ),
        )
        .log(
            "A",
            "s",
            "202411",
            &["https://x.jp/?a=1 500", "https://x.jp/y?a=1 200"],
        )
        .log(
            "B",
            "s",
            "202411",
            &["https://x.jp/?b=2 200", "https://x.jp/?c=3 200"],
        )
        .config(r#"{"hide_query": "everywhere"}"#);
    let in_a = [
        "https://x.jp/",
        "https://x.jp/?… (1)",
        "https://x.jp/?… (2)",
        "https://x.jp/y?…",
    ];
    assert_eq!(names_of_site(&site.page("/?company=A&site=s")), in_a);
    let mut by_state = in_a.map(|name| name.trim_start_matches("https://"));
    by_state.swap(0, 1);
    // By state under their company, then by name in the table of counts.
    assert_eq!(names(&site.page("/?company=A")), [by_state, in_a].concat());
    let of_all = [
        "https://x.jp/",
        "https://x.jp/?… (1)",
        "https://x.jp/?… (3)",
        "https://x.jp/y?…",
        "https://x.jp/?… (2)",
        "https://x.jp/?… (3)",
    ];
    assert_eq!(names(&site.page("/"))[of_all.len()..], of_all);
    // All rows are of November, by their dates.
    let report = site.page("/?company=A&year_month=202411");
    // A report leaves out the scheme, as an overview does.
    assert_eq!(
        names(&report),
        in_a.map(|name| name.trim_start_matches("https://"))
    );
    let incident = site.page("/?company=A&year_month=202411");
    assert!(
        incident.contains("<span dir=\"auto\">s https://x.jp/?… (1)</span>"),
        "{incident}"
    );
    // A key means the same whichever months are asked for.
    let keys = |target: &str| {
        let logs = site.json(target)["logs"].take();
        logs.as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys("/api/A"), in_a);
    assert_eq!(keys("/api/A/202410"), [in_a[0], in_a[2]]);
    assert_eq!(keys("/api/A/s/202411"), [in_a[1], in_a[3]]);
}

/// Characters that act instead of being shown.
const ACTING: &str = "\u{1}\u{8}\u{b}\u{c}\u{1b}\u{1f}\u{7f}\u{80}\u{85}\u{9b}\u{9f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

#[test]
fn control_characters_act_in_no_answer() {
    let name = format!("a{ACTING}\u{200f}b");
    let shown = format!("a{}\u{200f}b", "\u{fffd}".repeat(ACTING.chars().count()));
    let row = |code: &str| format!("\"{name}\0\",異常,\"{name}{code}\"\n");
    let log = format!(
        "サイト,状態,ステータスコード\n{}{}x\n",
        row("\0"),
        row("\t\n")
    );
    let title =
        serde_json::to_string(&format!("{{\"title\": {}}}", Value::from(name.clone()))).unwrap();
    let title: String = serde_json::from_str(&title).unwrap();
    let site = Site::new()
        .file(&format!("{name}/{name}/x_{name}.csv"), &log)
        .file(&format!("{name}/{name}/x_202411.csv"), &log)
        .file(&format!("{name}/{name}/broken_{name}.csv"), "x\n")
        .config(&title);
    let name_in_query = encode(&name);
    let of_company = format!("company={name_in_query}");
    let of_site = format!("{of_company}&site={name_in_query}");
    let of_site = of_site.as_str();
    let free_of = |body: &str, target: &str| {
        let found = body.chars().find(|&c| c == '\0' || ACTING.contains(c));
        assert_eq!(found, None, "{target}");
    };
    let pages = [
        "/?".to_owned(),
        format!("/?{of_company}"),
        format!("/?{of_site}"),
        format!("/?{of_site}&date=20241101"),
        format!("/?{of_site}&year_month=202411"),
        format!("/?{of_site}&year_month={name_in_query}"),
        format!("/?{of_company}&site={name_in_query}x"),
        format!("/?company={name_in_query}x"),
        format!("/?year_month={name_in_query}"),
        format!("/{name_in_query}?"),
    ];
    for (target, body) in answers(&site, &pages.each_ref().map(String::as_str)) {
        free_of(&body, &target);
        assert!(body.contains(&shown), "{target}: {body}");
    }
    let targets = [
        "/api/all?include=faults,days".to_owned(),
        format!("/api/{name_in_query}?include=faults"),
    ];
    for target in targets {
        let answer = site.get(&target).body;
        free_of(&answer, &target);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let url = &answer["logs"][format!("{name}\0")];
        assert_eq!(url["total"], 4);
        assert_eq!(url["status_codes"][format!("{name}\t\n")], 2);
        let place = answer["faults"]["first"][0]["place"].as_str().unwrap();
        assert!(place.starts_with(&format!("{name}/{name}/")), "{place}");
    }
    let refused = site.get(&format!("/api/all?include={name_in_query}"));
    free_of(&refused.body, "a word that is refused");
    let refused: Value = serde_json::from_str(&refused.body).unwrap();
    assert!(refused["error"].as_str().unwrap().contains(&name));
}
