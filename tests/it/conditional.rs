//! Conditional requests: what a client has already is not sent, nor read, again.

use std::fs;

use site_monitor::check::Moment;
use site_monitor::command::gateway::clock;

use crate::support::program::Answer;
use crate::support::site::Site;

fn site() -> Site {
    Site::new()
        .log("A", "s", "202410", &["u 200"])
        .log("A", "s", "202411", &["u 200"])
        .log("B", "t", "202411", &["v 200"])
}

fn tag(site: &Site, target: &str) -> String {
    site.get(target)
        .etag
        .unwrap_or_else(|| panic!("{target} has no tag"))
}

/// Answers that no other minute's clock comes between: it changes the tag of a page.
fn in_one_minute<T>(ask: impl Fn() -> T) -> T {
    loop {
        let minute = || clock().0.div_euclid(60);
        let before = minute();
        let answers = ask();
        if minute() == before {
            return answers;
        }
    }
}

/// A page without the second that scripts count ages from.
fn without_clock(body: &str) -> String {
    let Some((before, after)) = body.split_once("data-now=\"") else {
        return body.to_owned();
    };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{after}")
}

#[test]
fn what_the_client_has_is_304_without_a_body() {
    let site = site();
    for target in ["/", "/api/all", "/api/A/s/202411"] {
        let [first, again, other] = in_one_minute(|| {
            let mut command = site.program();
            let first = Answer::of(command.env("REQUEST_URI", target));
            let tag = first.header("ETag").to_owned();
            let again = Answer::of(command.env("HTTP_IF_NONE_MATCH", tag));
            let other = "\"0000000000000000\"";
            let other = Answer::of(command.env("HTTP_IF_NONE_MATCH", other));
            [first, again, other]
        });
        let tag = first.header("ETag");
        assert_eq!(again.status(), "304");
        assert_eq!(again.header("ETag"), tag);
        assert_eq!(again.header("Cache-Control"), "private, no-cache");
        assert_eq!(again.header("Vary"), "Accept-Language");
        assert_eq!(again.body, "");
        assert!(again.headers.iter().all(|(name, _)| name != "Content-Type"));
        assert_eq!(other.status(), "200");
        assert_eq!(without_clock(&other.body), without_clock(&first.body));
    }
}

#[test]
fn a_tag_changes_with_what_the_answer_says_and_only_then() {
    let site = site();
    let path = site.logs().join("A/s/monitor_results_202411.csv");
    let targets = [
        "/",
        "/api/all",
        "/api/A",
        "/api/A/202411",
        "/api/B",
        "/api/A/s/202410",
    ];
    let tags = || targets.map(|target| tag(&site, target));
    let before = tags();
    assert_eq!(tags(), before);
    let mut log = fs::read_to_string(&path).unwrap();
    log += "2024-11-02 00:00:00,u,異常,500\n";
    fs::write(&path, log).unwrap();
    let after = tags();
    let changed: Vec<bool> = before.iter().zip(&after).map(|(a, b)| a != b).collect();
    assert_eq!(changed, [true, true, true, true, false, false]);
}

#[test]
fn languages_selections_and_new_folders_have_their_own_tags() {
    let site = site();
    let mut tags: Vec<String> = [
        "/?lang=ja",
        "/?lang=en",
        "/",
        "/?company=A",
        "/?company=A&site=s",
    ]
    .iter()
    .map(|t| tag(&site, t))
    .collect();
    fs::create_dir_all(site.logs().join("C/new")).unwrap();
    tags.push(tag(&site, "/"));
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 6);
}

#[test]
fn errors_have_no_tag() {
    assert_eq!(site().get("/nothing").etag, None);
    assert_eq!(site().get("/?company=nobody").etag, None);
}

#[test]
fn what_could_not_be_read_has_no_tag_and_a_new_mode_changes_one() {
    let site = site();
    let before = tag(&site, "/api/A");
    let path = site.logs().join("A/s/monitor_results_202411.csv");
    let mut mode = fs::metadata(&path).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o600);
    fs::set_permissions(&path, mode).unwrap();
    assert_ne!(tag(&site, "/api/A"), before);
    std::os::unix::fs::symlink("/nowhere", site.logs().join("A/s/gone_202411.csv")).unwrap();
    assert_eq!(site.get("/api/A").etag, None);
}

#[test]
fn a_row_that_is_still_written_is_left_for_a_minute_and_no_tag_is_given() {
    let site = site();
    let path = site.logs().join("A/s/monitor_results_202411.csv");
    let text = fs::read_to_string(&path).unwrap() + "2024-11-01 00:05:00,u,異常,50";
    fs::write(&path, text).unwrap();
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    let written = written.duration_since(std::time::UNIX_EPOCH).unwrap();
    let written = i64::try_from(written.as_secs()).unwrap();
    let total = |site: &Site| site.json("/api/A/s/202411")["logs"]["u"]["total"].clone();
    let site = site.now(Moment(written + 59));
    assert_eq!((total(&site), site.get("/api/A").etag), (1.into(), None));
    assert!(!site.page("/").contains("notices"));
    let site = site.now(Moment(written + 61));
    assert_eq!(total(&site), 2);
    assert!(site.get("/api/A").etag.is_some());
}
