//! Links that go in circles, and clocks that are wrong.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt, symlink};
use std::thread;
use std::time::{Duration, SystemTime};

use site_monitor::check::Moment;

use super::{json, rows, total};
use crate::support::logs::Logs;
use crate::support::site::Site;

/// 2024-12-01 00:00 in Tokyo.
const NOW: Moment = Moment(1_732_978_800);

#[test]
fn links_that_go_in_circles_are_followed_once_and_named() {
    let logs = Logs::new();
    logs.write("A/s/m_202411.csv", rows("https://a/", 100));
    let at = |path: &str| logs.path().join(path);
    symlink("..", at("parent")).unwrap();
    symlink("parent-of-itself", at("parent-of-itself")).unwrap();
    symlink("..", at("A/company")).unwrap();
    symlink(".", at("A/self")).unwrap();
    symlink(".", at("A/s/here.csv")).unwrap();
    symlink("loop.csv", at("A/s/loop.csv")).unwrap();
    symlink("pong.csv", at("A/s/ping.csv")).unwrap();
    symlink("ping.csv", at("A/s/pong.csv")).unwrap();
    symlink("nowhere.csv", at("A/s/dangling.csv")).unwrap();
    for _ in 0..2 {
        assert_eq!(total(&json(&logs.ask("/api/all"))), 100);
        let page = logs.ask("/?lang=en");
        assert_eq!(page.status(), "200");
        for place in [
            "parent-of-itself",
            "A/s/here.csv",
            "A/s/loop.csv",
            "A/s/ping.csv",
            "A/s/pong.csv",
            "A/s/dangling.csv",
        ] {
            assert!(page.body.contains(&format!("<td>{place}</td>")), "{place}");
        }
        assert!(page.body.contains("6 rows or files could not be read"));
        thread::sleep(crate::SETTLED);
    }
    // A link to a site folder is a site folder.
    symlink("s", at("A/t")).unwrap();
    assert_eq!(total(&json(&logs.ask("/api/all"))), 200);
}

#[test]
fn a_file_from_the_future_is_read_again_when_it_changes() {
    let logs = Logs::new();
    let path = logs.write("A/s/m_202411.csv", rows("https://a/", 300));
    let hundred_years = Duration::from_hours(100 * 365 * 24);
    let future = SystemTime::now() + hundred_years;
    let file = File::options().write(true).read(true).open(&path).unwrap();
    file.set_modified(future).unwrap();
    thread::sleep(crate::SETTLED);
    let ask = || {
        let answer = json(&logs.ask("/api/all?include=latency"));
        answer["logs"]["https://a/"]["failure"].as_u64().unwrap()
    };
    for wanted in [3, 4, 5, 6] {
        assert_eq!((ask(), ask()), (wanted, wanted));
        // One more failed check in bytes of the same number, and the same time in the future.
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replacen(",正常に稼働中,200", ",正常に稼働中 ,20", 1);
        file.write_all_at(text.as_bytes(), 0).unwrap();
        file.set_modified(future).unwrap();
        if wanted % 2 == 0 {
            thread::sleep(crate::SETTLED);
        }
    }
    // Back from the future, with one more row.
    let mut text = fs::read_to_string(&path).unwrap();
    text += "2024-11-20 00:00:00,https://a/,異常,500\n";
    fs::write(&path, text).unwrap();
    assert_eq!(ask(), 8);
}

#[test]
fn a_clock_in_another_century_costs_no_page_and_leaves_nothing_wrong() {
    const TARGETS: [&str; 6] = [
        "/?lang=en",
        "/?company=A&site=s",
        "/?company=A&year_month=202411",
        "/?year_month=2024",
        "/api/all",
        "/api/all?include=days,incidents,latency,coverage,faults",
    ];
    let new = || Site::new().file("A/s/m_202411.csv", rows("https://a/", 3000));
    let answers = |site: &Site| TARGETS.map(|target| site.page(target));
    let untouched = answers(&new().now(NOW));
    let mut site = new();
    for year in [1970, 2100, 1901, 9998, 1970, 2024] {
        let moment = Moment((year - 1970) * 31_556_952);
        for settled in [true, false] {
            if settled && year == 1970 {
                Site::settle();
            }
            site = site.now(moment);
            answers(&site);
            assert_eq!(total(&site.json("/api/all")), 3000, "{year}");
            site = site.now(NOW);
            assert_eq!(answers(&site), untouched, "{year}");
        }
    }
}
