//! A company's notes, as real files.

use std::fs;
use std::ops::Range;
use std::path::Path;

use encoding_rs::SHIFT_JIS;
use site_monitor::calendar::Calendar;
use site_monitor::check::Moment;
use site_monitor::config::Config;
use site_monitor::load::notes::{Notes, read_notes};
use site_monitor::log::fault::Faults;
use site_monitor::query::{Filter, Selection};
use site_monitor::store::folder::{Files, Folder};

use crate::support::site::Site;

const NOTES: &str = "開始,終了,サイト,種類,内容\r\n\
    2024-11-01 02:00,2024-11-01 04:00,,メンテナンス,\"定期点検、\r\n全サイト\"\r\n\
    2024-11-02 02:00,2024-11-02 04:00,https://a/,メンテナンス,交換\r\n\
    2024-11-03 02:00,2024-11-03 04:00,shop,メンテナンス,移転\r\n\
    2024-11-04 02:00,2024-11-04 04:00,,備考,DNS障害\r\n";

fn calendar() -> Calendar {
    Config::default().calendar
}

/// From 02:00 to 04:00 on a day of November.
fn night(day: u8) -> Range<Moment> {
    let at = |hour: u8| {
        let local = format!("2024-11-{day:02}T{hour:02}:00:00");
        calendar().moment(local.parse().unwrap(), None)
    };
    at(2)..at(4)
}

fn notes_of(logs: &Path, company: Filter) -> (Notes, Faults) {
    let selection = Selection {
        company,
        ..Selection::default()
    };
    let listing = Folder::new(logs.to_owned())
        .list(&selection, Files::OfSites)
        .unwrap();
    let mut faults = listing.faults;
    let notes = read_notes(&listing.notes, &calendar(), &mut faults);
    (notes, faults)
}

#[test]
fn maintenance_is_of_a_url_of_a_site_folder_or_of_the_whole_company() {
    let bytes = [
        NOTES.as_bytes().to_vec(),
        format!("\u{feff}{NOTES}").into_bytes(),
        SHIFT_JIS.encode(NOTES).0.into_owned(),
    ];
    for bytes in bytes {
        let site = Site::new().file("A/notes.csv", bytes);
        let (notes, faults) = notes_of(&site.logs(), Filter::All);
        assert_eq!(faults, Faults::default());
        let planned = |site, url| notes.planned("A", site, url);
        assert_eq!(planned("blog", "https://b/"), [night(1)]);
        assert_eq!(planned("blog", "https://a/"), [night(1), night(2)]);
        assert_eq!(planned("shop", "https://b/"), [night(1), night(3)]);
        let of = |site, url| notes.of("A", site, url).map(|note| &*note.text);
        let texts: Vec<_> = of("blog", "https://b/").collect();
        assert_eq!(texts, ["定期点検、\r\n全サイト", "DNS障害"]);
        assert!(notes.planned("B", "shop", "https://a/").is_empty());
    }
}

#[test]
fn only_the_notes_of_selected_companies_are_listed() {
    let site = Site::new()
        .file("A/notes.csv", NOTES)
        .file("B/notes.csv", NOTES)
        .file("A/s/notes.csv", NOTES)
        .file("notes.csv", NOTES);
    let folder = Folder::new(site.logs());
    let companies = |company| {
        let selection = Selection {
            company,
            ..Selection::default()
        };
        let listing = folder.list(&selection, Files::OfSites).unwrap();
        let companies = listing.notes.into_iter().map(|notes| notes.company);
        companies.collect::<Vec<_>>()
    };
    assert_eq!(companies(Filter::All), ["A", "B"]);
    assert_eq!(companies(Filter::of("B")), ["B"]);
}

#[test]
fn a_broken_row_is_shown_with_line_and_reason() {
    let site = Site::new().log("A", "s", "202411", &["https://a/ 200"]).file(
        "A/notes.csv",
        "from,to,site,kind,note\n2024-11-01 02:00,soon,,maintenance,\n2024-11-01 02:00,2024-11-01 04:00,,repair,\n",
    );
    let faults = &site.json("/api/all?include=faults")["faults"];
    assert_eq!(faults["count"], 2);
    assert_eq!(faults["first"][0]["line"], 2);
    for (lang, rows) in [
        (
            "en",
            [
                "<td>A/notes.csv line 2</td><td>the time it begins or ends is missing or invalid",
                "<td>A/notes.csv line 3</td><td>its kind must be “maintenance” or “note”",
            ],
        ),
        (
            "ja",
            [
                "<td>A/notes.csv 2行目</td><td>開始または終了の日時を読み取れません",
                "<td>A/notes.csv 3行目</td><td>種類は「メンテナンス」か「備考」にしてください",
            ],
        ),
    ] {
        let page = site.page(&format!("/?lang={lang}"));
        for row in rows {
            assert!(page.contains(row), "{row}: {page}");
        }
    }
}

#[test]
fn an_answer_has_another_tag_after_the_notes_change() {
    let site = Site::new().log("A", "s", "202411", &["https://a/ 200"]);
    let tag = || site.get("/").etag.unwrap();
    let mut before = tag();
    for text in [NOTES, &NOTES[..NOTES.len() - 1]] {
        site.write("A/notes.csv", text);
        let now = tag();
        assert_ne!(now, before);
        before = now;
    }
    fs::remove_file(site.logs().join("A/notes.csv")).unwrap();
    assert_ne!(tag(), before);
}

#[test]
fn a_folder_of_that_name_is_a_site() {
    let site = Site::new().log("A", "notes.csv", "202411", &["https://a/ 200"]);
    let answer = site.json("/api/A?include=faults");
    assert_eq!(answer["logs"]["https://a/"]["total"], 1);
    assert_eq!(answer["faults"]["count"], 0);
}
