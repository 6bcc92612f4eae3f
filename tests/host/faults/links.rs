//! Links to what belongs to another user are not followed, and are named.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, lchown, symlink};
use std::path::Path;

use site_monitor::log::fault::ReadFailure;
use site_monitor::query::Selection;
use site_monitor::store::directory::FileStamp;
use site_monitor::store::folder::{Files, Folder};

use super::{json, rows, total};
use crate::support::logs::Logs;

const NOBODY: u32 = 65534;

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// A link of a user to what is root's.
fn link_of_a_user(target: impl AsRef<Path>, link: impl AsRef<Path>) {
    symlink(target, &link).unwrap();
    if is_root() {
        lchown(link, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

#[test]
fn links_to_what_is_another_users_are_named_and_not_followed() {
    let logs = Logs::new();
    logs.write("A/s/m_202411.csv", rows("https://a/", 100));
    // Whoever is not root can't give away a file, but finds some of root's everywhere.
    let (company, site, file) = if is_root() {
        let others = logs.beside("others");
        fs::create_dir_all(others.join("shop")).unwrap();
        let file = others.join("shop/m_202411.csv");
        fs::write(&file, rows("https://secret/", 50)).unwrap();
        (others.clone(), others.join("shop"), file)
    } else {
        ("/".into(), "/etc".into(), "/etc/passwd".into())
    };
    for (target, link) in [
        (company, "others"),
        (site, "A/others"),
        (file.clone(), "A/s/others_202411.csv"),
        (file, "A/notes.csv"),
    ] {
        link_of_a_user(target, logs.path().join(link));
    }
    for _ in 0..2 {
        let api = logs.ask("/api/all?include=faults&lang=ja");
        let answer = json(&api);
        assert_eq!(total(&answer), 100);
        assert_eq!(answer["faults"]["count"], 4);
        assert!(!api.body.contains("secret"), "{}", api.body);
        for (lang, reason) in [
            ("ja", "リンク先の所有者がリンクの所有者と異なるため"),
            (
                "en",
                "not read: it belongs to a different user than the link to it",
            ),
        ] {
            let page = logs.ask(&format!("/?lang={lang}"));
            for place in ["others", "A/others", "A/s/others_202411.csv", "A/notes.csv"] {
                let row = format!("<td>{place}</td><td>{reason}");
                assert!(page.body.contains(&row), "{row}: {}", page.body);
            }
            assert!(!page.body.contains("secret"), "{}", page.body);
        }
        assert_eq!(total(&json(&logs.ask("/api/others"))), 0);
    }
}

#[test]
fn links_to_what_is_the_same_users_are_followed() {
    let logs = Logs::new();
    let others = logs.beside("others");
    fs::create_dir_all(others.join("shop")).unwrap();
    let file = others.join("shop/m_202411.csv");
    fs::write(&file, rows("https://a/", 100)).unwrap();
    fs::create_dir_all(logs.path().join("A/s")).unwrap();
    let links = ["company", "A/site", "A/s/m_202411.csv"].map(|link| logs.path().join(link));
    for (target, link) in [&others, &others.join("shop"), &file]
        .into_iter()
        .zip(&links)
    {
        symlink(target, link).unwrap();
    }
    if is_root() {
        // Root may follow what is a user's, as long as all of it is.
        for target in [&others, &others.join("shop"), &file] {
            chown(target, Some(NOBODY), None).unwrap();
        }
        for link in &links {
            lchown(link, Some(NOBODY), None).unwrap();
        }
    }
    let answer = json(&logs.ask("/api/all?include=faults"));
    assert_eq!(
        (total(&answer), &answer["faults"]["count"]),
        (300, &0.into())
    );
}

#[test]
fn a_file_that_becomes_such_a_link_after_it_was_listed_is_not_read() {
    let logs = Logs::new();
    let path = logs.write("A/s/m_202411.csv", rows("https://a/", 100));
    if is_root() {
        chown(&path, Some(NOBODY), None).unwrap();
    }
    let folder = Folder::new(logs.path());
    let list = || folder.list(&Selection::default(), Files::OfSites).unwrap();
    let listing = list();
    assert!(listing.files[0].open().is_ok());
    fs::remove_file(&path).unwrap();
    link_of_a_user("/etc/passwd", &path);
    let refused = listing.files[0].open().unwrap_err();
    assert_eq!(refused, ReadFailure::Foreign);
    assert_eq!((list().files.len(), list().faults.count), (0, 1));
}

/// An honest file may take the place of another while a request runs.
#[test]
fn a_file_that_was_replaced_after_it_was_listed_is_read() {
    let logs = Logs::new();
    let path = logs.write("A/s/m_202411.csv", rows("https://a/", 100));
    let listing = Folder::new(logs.path()).list(&Selection::default(), Files::OfSites);
    let new = logs.beside("new");
    fs::write(&new, rows("https://a/", 101)).unwrap();
    fs::rename(&new, &path).unwrap();
    let opened = listing.unwrap().files[0].open().unwrap();
    let state = FileStamp::of(fs::metadata(&path));
    assert_eq!(opened.input.limit(), state.size());
}
