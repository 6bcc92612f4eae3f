//! Little room to live in, and requests that end before they have been answered.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{NOBODY, about, is_root, json, rows, total};
use crate::support::logs::{HEADER, Logs, UP};
use crate::support::program::{Answer, PROGRAM, install, program};

/// Many URLs: an answer that is far longer than what a pipe holds.
fn long_answer() -> Logs {
    let logs = Logs::new();
    for month in 9..=11 {
        let mut text = format!("{HEADER}\n");
        for n in 0..900 {
            text += &format!("2024-{month:02}-01 00:00:00,https://{n}.example/,{UP},200\n");
        }
        logs.write(&format!("A/s/m_2024{month:02}.csv"), text);
    }
    thread::sleep(crate::SETTLED);
    logs
}

const CHECKS: u64 = 2700;

#[track_caller]
fn check_afterwards(logs: &Logs) {
    for _ in 0..2 {
        assert_eq!(total(&json(&logs.ask("/api/all"))), CHECKS);
        assert_eq!(logs.ask("/").body.matches(".example/").count() % 900, 0);
    }
    assert_eq!(logs.cache().len(), 1);
}

/// The output of a child that must end soon.
#[track_caller]
fn soon(mut child: Child) -> Output {
    let deadline = Instant::now() + Duration::from_secs(10);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("it goes on");
        }
        thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().unwrap()
}

/// Waits until a child sleeps and stays asleep: until it waits for someone to read its answer.
fn wait_until_stuck(child: &Child) {
    let stat = format!("/proc/{}/stat", child.id());
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut asleep = 0;
    while asleep < 20 {
        assert!(Instant::now() < deadline, "it never waits");
        let stat = fs::read_to_string(&stat).unwrap();
        let sleeps = stat.rsplit(") ").next().unwrap().starts_with('S');
        asleep = if sleeps { asleep + 1 } else { 0 };
        thread::sleep(Duration::from_millis(2));
    }
}

fn piped(command: &mut Command) -> Child {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_request_that_is_ended_in_mid_answer_ends_at_once_and_leaves_nothing() {
    let logs = long_answer();
    for target in ["/", "/api/all", "/"] {
        let child = piped(&mut logs.asked(target));
        wait_until_stuck(&child);
        let start = Instant::now();
        let id = child.id().to_string();
        let kill = ["-c", "kill -TERM \"$1\"", "sh", &id];
        assert!(Command::new("sh").args(kill).status().unwrap().success());
        let ended = soon(child);
        assert!(start.elapsed() < Duration::from_secs(2));
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
        assert_eq!(ended.status.code(), None, "ended by the signal");
        check_afterwards(&logs);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let logs = long_answer();
    for when in ["before", "in mid-answer"] {
        let mut child = piped(&mut logs.asked("/"));
        if when == "in mid-answer" {
            wait_until_stuck(&child);
        }
        drop(child.stdout.take());
        let ended = soon(child);
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{when}");
        assert!(ended.status.success(), "{when}: {ended:?}");
        check_afterwards(&logs);
    }
}

#[test]
fn files_that_are_opened_never_take_the_place_of_closed_ones() {
    let logs = long_answer();
    let read = || {
        let months = [9, 10, 11].map(|month| format!("A/s/m_2024{month:02}.csv"));
        months.map(|month| fs::read(logs.path().join(month)).unwrap())
    };
    let before = read();
    for closed in [">&-", "<&- >&-", "<&- >&- 2>&-", "2>&-"] {
        let mut shell = program(Path::new("/bin/sh"));
        shell.args(["-c", &format!("exec \"$1\" {closed}"), "sh", PROGRAM]);
        let mut command = about(&mut shell, &logs.path(), "/");
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let ended = soon(command.spawn().unwrap());
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{closed}");
        assert!(ended.status.success(), "{closed}: {ended:?}");
        assert_eq!(read(), before, "{closed}");
        check_afterwards(&logs);
    }
}

#[test]
fn every_page_answers_within_the_limits_of_a_shared_host() {
    let logs = Logs::new();
    for site in ["A/s", "A/t", "B/s"] {
        for month in 1..=12 {
            let rows = rows(&format!("https://{site}/"), 8000);
            let rows = rows.replace("2024-11-", &format!("2024-{month:02}-"));
            logs.write(&format!("{site}/m_2024{month:02}.csv"), rows);
        }
    }
    // As a user whose processes are counted; root's are not.
    let index = logs.beside("index.cgi");
    install(&index);
    let everyone = fs::Permissions::from_mode(0o755);
    fs::set_permissions(logs.beside(""), everyone).unwrap();
    thread::sleep(crate::SETTLED);
    if is_root() {
        chown(logs.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    for turn in ["cold", "warm"] {
        for target in [
            "/",
            "/?lang=en",
            "/?company=A",
            "/?company=A&site=s",
            "/?company=A&year_month=202411",
            "/?year_month=2024",
            "/api/all",
            "/api/A/s/202411",
            "/api/all?include=days,incidents,latency,coverage,faults",
        ] {
            let mut limited = program(Path::new("prlimit"));
            limited.args(["--nofile=64", "--nproc=1"]);
            limited.args(["--core=0", "--stack=8388608"]).arg(&index);
            let mut limited = about(&mut limited, &logs.path(), target);
            limited.env("PATH", "/usr/bin:/bin");
            if is_root() {
                limited.uid(NOBODY).gid(NOBODY);
            }
            let answer = Answer::of(&mut limited);
            assert_eq!(answer.status(), "200", "{turn} {target}: {answer:?}");
            assert_eq!(answer.stderr, "", "{turn} {target}");
            assert!(!answer.body.contains("could not be read"));
            if target == "/api/all" {
                assert_eq!(total(&json(&answer)), 3 * 12 * 8000);
            }
        }
    }
    assert_eq!(logs.cache().len(), 3);
}
