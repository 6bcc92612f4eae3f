//! A log folder that several use: installations side by side, users, and requests that are killed.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::{NOBODY, about, is_root, json, rows, total};
use crate::SETTLED;
use crate::support::logs::{HEADER, Logs};
use crate::support::program::{Answer, PROGRAM, install, program};

/// A target that needs times, so that its cache file serves every other target, too.
const TARGET: &str = "/api/all?include=incidents";

/// Three sites, left alone for long enough.
fn some_logs() -> Logs {
    let logs = Logs::new();
    for site in ["A/s", "A/t", "B/u"] {
        logs.write(&format!("{site}/m_202411.csv"), rows("https://a/", 500));
    }
    thread::sleep(SETTLED);
    logs
}

/// Makes the next request write what it has read of a site.
fn change(logs: &Logs, site: &str) {
    let path = logs.path().join(format!("{site}/m_202411.csv"));
    let text = fs::read_to_string(&path).unwrap();
    let more = rows("https://more/", 500);
    fs::write(
        &path,
        text + more.strip_prefix(HEADER).unwrap().trim_start(),
    )
    .unwrap();
    thread::sleep(SETTLED);
}

/// Copies of the program in folders of their own, which differ in their settings.
fn installations(logs: &Logs, count: usize) -> Vec<PathBuf> {
    let install = |n| {
        let home = logs.beside(&format!("cgi-bin-{n}"));
        fs::create_dir(&home).unwrap();
        fs::write(home.join("config.json"), format!("{{\"title\": \"{n}\"}}")).unwrap();
        install(&home.join("index.cgi"));
        home.join("index.cgi")
    };
    (0..count).map(install).collect()
}

#[track_caller]
fn ask(logs: &Logs, index: &Path) -> u64 {
    let answer = Answer::of(&mut about(&mut program(index), &logs.path(), TARGET));
    assert_eq!(answer.stderr, "");
    total(&json(&answer))
}

/// The cache files, each with its inode, which another file of the same name would not have.
fn kept(logs: &Logs) -> BTreeMap<PathBuf, u64> {
    let number = |path: PathBuf| (path.clone(), fs::metadata(path).unwrap().ino());
    logs.cache().into_iter().map(number).collect()
}

fn age(path: &Path, days: u32) {
    let modified = SystemTime::now() - days * Duration::from_hours(24);
    let file = File::open(path).unwrap();
    file.set_times(FileTimes::new().set_modified(modified))
        .unwrap();
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn two_installations_keep_what_they_read_side_by_side() {
    let logs = some_logs();
    let homes = installations(&logs, 2);
    for home in &homes {
        assert_eq!(ask(&logs, home), 1500);
    }
    let first = kept(&logs);
    assert_eq!(first.len(), 6);
    for home in homes.iter().chain(&homes) {
        assert_eq!(ask(&logs, home), 1500);
        assert_eq!(kept(&logs), first, "all is used, and nothing written again");
    }
    // What is written anew for one installation is so for the other, and no more than that.
    change(&logs, "A/s");
    for home in homes.iter().chain(&homes) {
        assert_eq!(ask(&logs, home), 2000);
    }
    let second = kept(&logs);
    let same = second
        .iter()
        .filter(|(path, n)| first.get(*path) == Some(n));
    assert_eq!((second.len(), same.count()), (6, 4));
}

#[test]
fn what_no_installation_has_used_for_a_week_goes_with_a_write() {
    let logs = some_logs();
    let homes = installations(&logs, 3);
    let mut of = Vec::new();
    for home in &homes {
        let before = kept(&logs);
        ask(&logs, home);
        let mut new = kept(&logs);
        new.retain(|path, _| !before.contains_key(path));
        of.push(new.into_keys().collect::<Vec<_>>());
    }
    assert_eq!(of.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3]);
    for path in of[1].iter().chain(&of[2]) {
        age(path, 8);
    }
    // The second is used again, the third is not.
    ask(&logs, &homes[1]);
    for path in &of[1] {
        let noted = modified(path);
        assert!(noted.elapsed().unwrap() < Duration::from_hours(1));
    }
    // What is noted is not noted again on the same day.
    age(&of[1][0], 0);
    let noted = modified(&of[1][0]);
    ask(&logs, &homes[1]);
    assert_eq!(modified(&of[1][0]), noted);
    // Its own files stay, however long no one has asked.
    for path in &of[0] {
        age(path, 400);
    }
    ask(&logs, &homes[0]);
    assert_eq!(kept(&logs).len(), 9, "nothing goes without a write");
    for path in &of[0] {
        age(path, 400);
    }
    change(&logs, "A/s");
    ask(&logs, &homes[0]);
    let left: Vec<_> = kept(&logs).into_keys().collect();
    let mut want = [of[0].clone(), of[1].clone()].concat();
    want.sort();
    assert_eq!(left, want);
}

#[test]
fn what_was_kept_of_a_site_that_is_gone_goes_once_all_sites_were_listed() {
    let logs = some_logs();
    logs.ask(TARGET);
    assert_eq!(kept(&logs).len(), 3);
    fs::rename(logs.path().join("A/t"), logs.beside("t")).unwrap();
    change(&logs, "A/s");
    // Neither this nor the next has seen all sites: a company may be away for a moment.
    logs.ask("/?company=A");
    assert_eq!(kept(&logs).len(), 3);
    let broken = logs.path().join("C");
    symlink("/nowhere", &broken).unwrap();
    change(&logs, "A/s");
    logs.ask(TARGET);
    assert_eq!(kept(&logs).len(), 3);
    fs::remove_file(broken).unwrap();
    logs.ask(TARGET);
    assert_eq!(kept(&logs).len(), 3, "nothing goes without a write");
    change(&logs, "A/s");
    logs.ask(TARGET);
    assert_eq!(kept(&logs).len(), 2);
    // When it is back, it is read and cached like any other.
    fs::rename(logs.beside("t"), logs.path().join("A/t")).unwrap();
    assert_eq!(total(&json(&logs.ask(TARGET))), 1500 + 3 * 500);
    assert_eq!(kept(&logs).len(), 3);
}

#[test]
fn a_killed_writer_leaves_its_draft_until_the_next_write() {
    let logs = some_logs();
    let mut strace = program(Path::new("strace"));
    let inject = ["-qq", "-e", "inject=rename:signal=KILL:when=2", "-o"];
    strace.args(inject).arg(logs.beside("trace")).arg(PROGRAM);
    let mut killed = about(&mut strace, &logs.path(), TARGET);
    killed.env("PATH", "/usr/bin:/bin").output().unwrap();
    let drafts = || {
        let mut drafts = logs.cache();
        drafts.retain(|path| path.extension().is_some());
        drafts
    };
    assert_eq!((drafts().len(), logs.cache().len()), (1, 2));
    // One that another process is writing, whatever its number is here.
    let other = drafts()[0].with_extension("4294967295");
    let writer = File::create(&other).unwrap();
    writer.lock().unwrap();
    assert_eq!(total(&json(&logs.ask(TARGET))), 1500);
    assert_eq!(drafts(), std::slice::from_ref(&other));
    change(&logs, "A/s");
    logs.ask(TARGET);
    assert_eq!(drafts(), std::slice::from_ref(&other));
    // However it ends, its lock ends with it.
    drop(writer);
    change(&logs, "A/s");
    logs.ask(TARGET);
    assert_eq!(drafts(), Vec::<PathBuf>::new());
    assert_eq!(logs.cache().len(), 3);
}

/// Without root no file can be given to another, so there is only one user to ask as.
#[test]
fn a_user_who_does_not_own_the_logs_leaves_nothing_in_the_owners_way() {
    let logs = some_logs();
    let everyone = fs::Permissions::from_mode(0o755);
    fs::set_permissions(logs.beside(""), everyone).unwrap();
    let index = logs.beside("index.cgi");
    install(&index);
    let ask_as_owner = || {
        let mut command = about(&mut program(&index), &logs.path(), TARGET);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        total(&json(&Answer::of(&mut command)))
    };
    let own = |path: &Path, user| {
        if is_root() {
            chown(path, Some(user), None).unwrap();
        }
    };
    let folder = logs.path().join(".cache");
    own(&logs.path(), NOBODY);
    if is_root() {
        assert_eq!(ask(&logs, &index), 1500);
        let page = Answer::of(&mut about(&mut program(&index), &logs.path(), "/?check=1"));
        assert_eq!(page.status(), "200");
        assert!(!folder.exists());
    }
    assert_eq!(ask_as_owner(), 1500);
    let first = kept(&logs);
    assert_eq!(first.len(), 3);
    if is_root() {
        // When root asks, nothing is written, and the owner's cache files are not used.
        change(&logs, "A/s");
        assert_eq!(ask(&logs, &index), 2000);
        assert_eq!(kept(&logs), first);
        // A folder that was given to the user is that user's, whoever owns the logs.
        fs::remove_dir_all(&folder).unwrap();
        own(&logs.path(), 0);
        assert_eq!(ask_as_owner(), 2000);
        assert!(!folder.exists());
        fs::create_dir(&folder).unwrap();
        own(&folder, NOBODY);
        assert_eq!(ask_as_owner(), 2000);
        assert_eq!(kept(&logs).len(), 3);
    }
}
