//! The page that checks the installation: `/?check=1`.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::support::program::{Answer, install, program};
use crate::support::site::Site;

/// The program in a folder of its own beside the logs.
struct Installed {
    site: Site,
    folder: PathBuf,
}

impl Installed {
    fn new() -> Self {
        let site = Site::new().log("A", "s", "202411", &["https://a/ 200"]);
        let folder = site.logs().with_file_name("cgi-bin");
        fs::create_dir(&folder).unwrap();
        let index = folder.join("index.cgi");
        install(&index);
        for path in [&folder, &index] {
            fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
        }
        Self { site, folder }
    }

    fn ask(&self, query: &str) -> Answer {
        let mut command: Command = program(&self.folder.join("index.cgi"));
        command
            .current_dir("/")
            .env("PATH_INFO", "/")
            .env("QUERY_STRING", query);
        let answer = Answer::of(&mut command);
        let place = self.folder.parent().unwrap().to_str().unwrap();
        assert!(!answer.body.contains(place), "{}", answer.body);
        answer
    }

    /// The page's points, each whether it is fine, and its sentence.
    fn points(&self) -> Vec<(bool, String)> {
        let answer = self.ask("check=1&lang=en");
        assert_eq!(answer.status(), "200");
        let points = answer.body.split("<li>").skip(1);
        points
            .map(|point| {
                let point = point.split("</li>").next().unwrap();
                let text = point.split("</span>").last().unwrap();
                (point.contains("class=\"state up\""), text.trim().to_owned())
            })
            .collect()
    }

    #[track_caller]
    fn wants_mending(&self, what: &str) {
        let points = self.points();
        let wrong: Vec<_> = points.iter().filter(|(fine, _)| !fine).collect();
        assert!(
            matches!(&wrong[..], [(_, text)] if text.contains(what)),
            "{points:?}"
        );
    }
}

#[test]
fn all_is_fine_where_it_is() {
    let points = Installed::new().points();
    assert!(points.iter().all(|(fine, _)| *fine), "{points:?}");
    assert!(
        points[0]
            .1
            .contains("Companies: 1, site folders: 1, logs: 1")
    );
    assert_eq!(points.len(), 3);
}

#[test]
fn missing_logs_and_where_they_were_looked_for_are_named() {
    let installed = Installed::new();
    let logs = installed.site.logs();
    fs::rename(&logs, logs.with_file_name("log")).unwrap();
    installed.wants_mending("../logs");
    let answer = installed.ask("lang=en");
    assert_eq!(answer.status(), "503");
    assert!(answer.body.contains("../logs, logs"));
    fs::write(
        installed.folder.join("config.json"),
        r#"{"logs_dir": "../nowhere"}"#,
    )
    .unwrap();
    installed.wants_mending("logs_dir");
    fs::write(
        installed.folder.join("config.json"),
        r#"{"logs_dir": "../log"}"#,
    )
    .unwrap();
    assert!(
        installed.points()[0]
            .1
            .contains("where logs_dir in config.json says")
    );
}

#[test]
fn a_program_that_others_may_change_is_named() {
    for name in ["", "index.cgi"] {
        let installed = Installed::new();
        let path = installed.folder.join(name);
        fs::set_permissions(path, Permissions::from_mode(0o775)).unwrap();
        installed.wants_mending("775");
    }
}

#[test]
fn a_log_folder_that_keeps_nothing_is_named() {
    let installed = Installed::new();
    fs::write(installed.site.logs().join(".cache"), "").unwrap();
    installed.wants_mending("can&#39;t be cached");
    fs::write(installed.folder.join("config.json"), r#"{"cache": false}"#).unwrap();
    assert!(installed.points().iter().all(|(fine, _)| *fine));
}

#[test]
fn a_setting_of_a_folder_that_is_not_there_is_named() {
    let installed = Installed::new();
    let write = |text| fs::write(installed.folder.join("config.json"), text).unwrap();
    write(r#"{"names": {"A": "Acme", "A/s": "Shop"}, "targets": {"A/s": 99.5}}"#);
    assert!(installed.points().iter().all(|(fine, _)| *fine));
    for (setting, named) in [
        (
            r#"{"hours": {"A/shop": "Mon 09:00-17:00"}}"#,
            "hours names “A/shop”",
        ),
        (
            r#"{"targets": {"B": 99.5, "default": 99}}"#,
            "targets names “B”",
        ),
        (r#"{"names": {"s": "Shop"}}"#, "names names “s”"),
    ] {
        write(setting);
        installed.wants_mending(named);
    }
}

/// The names in the cache folder, and when it and they were changed.
fn kept(installed: &Installed) -> Vec<(PathBuf, i64, i64)> {
    let folder = installed.site.logs().join(".cache");
    let entries = fs::read_dir(&folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.push(folder);
    paths.sort();
    let state = |path: PathBuf| {
        let found = fs::metadata(&path).unwrap();
        (path, found.ctime(), found.ctime_nsec())
    };
    paths.into_iter().map(state).collect()
}

#[test]
fn whether_anything_can_be_kept_is_tried_once_a_minute() {
    let installed = Installed::new();
    let ask = || assert!(installed.points().iter().all(|(fine, _)| *fine));
    ask();
    let first = kept(&installed);
    ask();
    ask();
    assert_eq!(kept(&installed), first);
    let written = File::open(&first[0].0).unwrap();
    let two_minutes_ago = SystemTime::now() - Duration::from_mins(2);
    written.set_modified(two_minutes_ago).unwrap();
    ask();
    let later = fs::metadata(&first[0].0).unwrap().modified().unwrap();
    assert!(later > two_minutes_ago);
    assert_eq!(kept(&installed).len(), first.len());
}

/// A user who owns nothing.
const NOBODY: u32 = 65534;

#[test]
fn that_the_folder_was_just_written_to_says_nothing_if_it_cannot_be_now() {
    let installed = Installed::new();
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let set_mode = |path: &Path, mode| {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    for path in [installed.folder.parent().unwrap(), &installed.site.logs()] {
        set_mode(path, 0o755);
    }
    installed.ask("check=1");
    let cache = installed.site.logs().join(".cache");
    let may_keep = |mode| {
        set_mode(&cache, mode);
        let written = File::open(&cache).unwrap();
        written.set_modified(SystemTime::now()).unwrap();
        let mut command = program(&installed.folder.join("index.cgi"));
        command
            .current_dir("/")
            .env("QUERY_STRING", "check=1&lang=en");
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let page = Answer::of(&mut command).body;
        set_mode(&cache, 0o700);
        !page.contains("can&#39;t be cached")
    };
    if is_root {
        // By another user, whoever else may look at it or write to it.
        assert_eq!([0o755, 0o777].map(may_keep), [false, false]);
        chown(&cache, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    assert_eq!([0o500, 0o700].map(may_keep), [false, true]);
}

#[test]
fn what_cannot_be_listed_is_counted() {
    let installed = Installed::new();
    let link = installed.site.logs().join("A/s/gone_202410.csv");
    std::os::unix::fs::symlink(Path::new("/nowhere"), link).unwrap();
    installed.wants_mending("be read: 1");
}

#[test]
fn a_log_folder_without_logs_is_named_and_what_belongs_there() {
    let installed = Installed::new();
    let logs = installed.site.logs();
    fs::rename(
        logs.join("A/s/monitor_results_202411.csv"),
        logs.join("A/202411.csv"),
    )
    .unwrap();
    installed.wants_mending("logs: 0");
    installed.wants_mending("&lt;company&gt;/&lt;site&gt;/monitor_results_YYYYMM.csv");
}

#[test]
fn an_empty_log_folder_elsewhere_is_not_said_to_be_beside_the_program() {
    let installed = Installed::new();
    let elsewhere = installed.folder.with_file_name("elsewhere");
    fs::create_dir(elsewhere).unwrap();
    let config = r#"{"logs_dir": "../elsewhere"}"#;
    fs::write(installed.folder.join("config.json"), config).unwrap();
    for query in ["lang=ja", "lang=en"] {
        let body = installed.ask(query).body;
        assert!(body.contains("logs_dir"), "{body}");
        assert!(!body.contains("<code>logs/"), "{body}");
    }
}

#[test]
fn a_log_folder_open_to_everyone_is_named() {
    let installed = Installed::new();
    let logs = installed.site.logs();
    fs::set_permissions(&logs, Permissions::from_mode(0o777)).unwrap();
    installed.wants_mending("Anyone");
    fs::set_permissions(&logs, Permissions::from_mode(0o775)).unwrap();
    assert!(installed.points().iter().all(|(fine, _)| *fine));
}
