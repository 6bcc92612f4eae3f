//! A file system that is slow, or on which any single call fails: strace stands between the
//! program and the kernel.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use serde_json::Value;

use super::{about, json, rows};
use crate::SETTLED;
use crate::support::logs::Logs;
use crate::support::program::{Answer, PROGRAM, program};

const TARGET: &str = "/api/all?include=faults,latency";

/// The system calls that find and read logs, and read and write cache files.
const CALLS: [&str; 11] = [
    "openat",
    "newfstatat",
    "getdents64",
    "statx",
    "read",
    "pread64",
    "lseek",
    "mkdir",
    "rename",
    "pipe2",
    "flock",
];

/// Two files whose checks interleave, one as usual, and one whose rows are not in order of time:
/// all but the third are read twice, the last in more than one piece.
fn some_logs() -> Logs {
    let logs = Logs::new();
    for name in ["A/s/m_202401", "A/s/m_202402", "A/t/m_202401"] {
        logs.write(
            &format!("{name}.csv"),
            rows(&format!("https://{}/", &name[..3]), 300),
        );
    }
    let rows = rows("https://B/u/", 3000);
    let mut lines: Vec<&str> = rows.lines().collect();
    lines[1..].reverse();
    logs.write("B/u/m_202401.csv", lines.join("\n") + "\n");
    thread::sleep(SETTLED);
    logs
}

/// The program under strace, which does something to some of its calls.
fn injected(logs: &Logs, injection: &str) -> Command {
    let mut strace = program(Path::new("strace"));
    strace
        .args(["-qq", "-e", &format!("inject={injection}"), "-o"])
        .arg(logs.beside("trace"))
        .arg(PROGRAM);
    let mut command = about(&mut strace, &logs.path(), TARGET);
    command.env("PATH", "/usr/bin:/bin");
    command
}

/// The answer must be the truth, or less than that with a fault that says so, or an error that names
/// the settings or the logs.
fn check_honest(logs: &Logs, answer: &Answer, truth: &Value, what: &str) {
    assert_eq!(answer.stderr, "", "{what}");
    let path = logs.path();
    assert!(!answer.body.contains(path.to_str().unwrap()), "{what}");
    let settings = answer.status() == "500" && answer.body.contains("config.json");
    if settings || answer.status() == "503" {
        return;
    }
    let answer = json(answer);
    if answer["faults"]["count"] == 0 {
        assert_eq!(answer, *truth, "{what}");
    }
    for (url, told) in answer["logs"].as_object().unwrap() {
        let (told, all) = (&told["total"], &truth["logs"][url]["total"]);
        assert!(told.as_u64() <= all.as_u64(), "{what}: {url}");
    }
}

#[test]
fn any_call_that_fails_is_told_and_nothing_wrong_is_kept() {
    let logs = some_logs();
    let truth = json(&logs.ask(TARGET));
    assert_eq!(truth["faults"]["count"], 0);
    let mut failed = 0;
    for call in CALLS {
        for warm in [false, true] {
            for n in 1.. {
                if !warm {
                    let _ = fs::remove_dir_all(logs.path().join(".cache"));
                }
                let what = format!("{call} {n}, warm: {warm}");
                let injection = format!("{call}:error=EIO:when={n}");
                let answer = Answer::of(&mut injected(&logs, &injection));
                let trace = fs::read_to_string(logs.beside("trace")).unwrap();
                check_honest(&logs, &answer, &truth, &what);
                assert_eq!(json(&logs.ask(TARGET)), truth, "after {what}");
                if !trace.contains("INJECTED") {
                    break;
                }
                failed += 1;
            }
        }
    }
    println!("{failed} calls failed");
    assert!(failed > 100);
}

#[test]
fn a_slow_file_system_costs_only_time() {
    let logs = some_logs();
    let truth = json(&logs.ask(TARGET));
    fs::remove_dir_all(logs.path().join(".cache")).unwrap();
    for turn in ["cold", "warm"] {
        let slow = format!("{}:delay_enter=10000", CALLS.join(","));
        let answer = Answer::of(&mut injected(&logs, &slow));
        assert_eq!(json(&answer), truth, "{turn}");
    }
    assert_eq!(logs.cache().len(), 3);
}
